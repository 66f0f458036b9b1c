"""Do several things side by side, each in a process of its own that begins with all that is in memory here.

multiprocessing does it; what is added is that work need not be pickled, since a forked process has it, and that no
process outlives its parent: one that still wrote would be in the way of the next build.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_Made = TypeVar("_Made")
_PR_SET_PDEATHSIG = 1


def side_by_side(tasks: Sequence[Callable[[], _Made]]) -> list[_Made]:
    """What the tasks return, in their order; what one of them raises is raised.

    One after the other where there is one processor, where a process cannot be forked, or where there are threads,
    whose locks a forked process would find closed for ever.

    >>> side_by_side([lambda: "遼", lambda: "金"])
    ['遼', '金']
    """
    if len(tasks) < 2 or _processors() < 2 or sys.platform in ("win32", "darwin") or threading.active_count() > 1:
        return [task() for task in tasks]
    import multiprocessing  # noqa: PLC0415 (slow to load, and not needed by a site that is made in one process)

    context = multiprocessing.get_context("fork")
    running = []
    for task in tasks[1:]:
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=_run, args=(task, there, os.getpid()), daemon=True)
        process.start()
        there.close()
        running.append((process, here))
    try:
        made = [tasks[0]()]
        for process, connection in running:
            made.append(_result(connection))
            process.join()
    finally:
        for process, _ in running:
            process.kill()
            process.join()
    return made


def _result(connection: Connection) -> Any:  # noqa: ANN401 (what the task made)
    try:
        raised, value = connection.recv()
    except EOFError:
        raise OSError(None, "a process of the build was killed") from None
    if raised:
        raise value
    return value


def _run(task: Callable[[], object], connection: Connection, parent: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted too, and ends this one
    try:
        message: tuple[bool, object] = (False, task())
    except Exception as error:  # noqa: BLE001 (raised again where the result is taken)
        message = (True, error)
    connection.send(message)


def _processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
