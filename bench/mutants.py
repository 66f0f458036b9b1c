"""Measure how many planted faults the tests catch: ``python -m bench.mutants 200``.

Cosmic Ray (``pip install cosmic-ray``; it is no part of the test environment) makes the mutants: one changed operator,
number, comparison or decorator each. A sample of them, drawn with a seed, is tested in a clone of the last commit:
first by the tests of the folder of the mutated module and its doctests, then, if they pass, by the laws over the whole
corpus. Mutants of type annotations are left out, since they change nothing at run time.

    python -m bench.mutants [SAMPLE] [SEED] [FOLDER …]      default: 200 1122, and the folders of `FOLDERS`
"""

from __future__ import annotations

import ast
import random
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = ("rules", "divide", "date", "emend", "align", "publish/cite")
#: Tests of the whole, for mutants that the tests of their folder let live.
LAWS = ("tests/test_laws.py", "tests/check", "tests/rules", "tests/divide", "tests/emend", "tests/publish/pages")
CONFIG = """[cosmic-ray]
module-path = [{modules}]
timeout = 300
excluded-modules = []
test-command = "{python} -m bench.mutants --test"
[cosmic-ray.distributor]
name = "local"
"""


def test(clone: Path) -> int:
    """Run the tests of the module that differs from the commit; 0 if they pass."""
    changed = subprocess.run(
        ["git", "diff", "--name-only", "edition"], cwd=clone, capture_output=True, text=True, check=True
    )
    module = changed.stdout.split()[0]
    folder = Path("tests", *Path(module).parent.parts[1:])
    first = [module, str(folder)] if any((clone / folder).glob("test_*.py")) else [module]
    for paths in (first, LAWS):
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-x",
            "-q",
            "-p",
            "no:cacheprovider",
            *paths,
            "--ignore=tests/publish/pages/test_html.py",
        ]
        if code := subprocess.run(
            command, cwd=clone, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
        ).returncode:
            return code
    return 0


def annotated(source: str) -> set[tuple[int, int]]:
    """The places (line from 1, column from 0) inside type annotations of a source."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            for inner in ast.walk(part) if part else ():
                if isinstance(inner, ast.expr):
                    found |= {
                        (inner.lineno, column) for column in range(inner.col_offset, (inner.end_col_offset or 0) + 1)
                    }
    return found


def sample(session: Path, clone: Path, size: int, seed: int) -> int:
    """Keep a sample of the mutants of a session; return how many there were, without those of annotations."""
    with sqlite3.connect(session) as database:
        rows = database.execute(
            "select job_id, module_path, start_pos_row, start_pos_col from mutation_specs"
        ).fetchall()
        typed = {path: annotated((clone / path).read_text(encoding="utf-8")) for path in {row[1] for row in rows}}
        jobs = sorted(job for job, path, line, column in rows if (line, column) not in typed[path])
        kept = set(random.Random(seed).sample(jobs, min(size, len(jobs))))  # noqa: S311 (a sample, no secret)
        left_out = [(row[0],) for row in rows if row[0] not in kept]
        database.executemany("delete from mutation_specs where job_id = ?", left_out)
        database.executemany("delete from work_items where job_id = ?", left_out)
    return len(jobs)


def main(arguments: list[str]) -> None:
    """Make, sample and test the mutants, and print which survive."""
    size, seed = int(arguments[0] if arguments else 200), int(arguments[1] if len(arguments) > 1 else 1122)
    folders = arguments[2:] or FOLDERS
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        session = Path(folder) / "session.sqlite"
        modules = ", ".join(f'"edition/{name}"' for name in folders)
        (clone / "mutants.toml").write_text(CONFIG.format(modules=modules, python=sys.executable), encoding="utf-8")
        subprocess.run(["cosmic-ray", "init", "mutants.toml", str(session)], cwd=clone, check=True)
        total = sample(session, clone, size, seed)
        subprocess.run(["cosmic-ray", "exec", "mutants.toml", str(session)], cwd=clone, check=True)
        with sqlite3.connect(session) as database:
            done = database.execute(
                "select test_outcome, module_path, start_pos_row, operator_name"
                " from work_results join mutation_specs using (job_id)"
            ).fetchall()
    for outcome, path, line, operator in sorted(done, key=lambda row: row[1:3]):
        if "SURVIVED" in outcome.upper():
            print(f"{path}:{line}: {operator}")
    killed = sum("SURVIVED" not in outcome.upper() for outcome, *_ in done)
    print(
        f"{killed} of {len(done)} mutants killed ({100 * killed / max(len(done), 1):.0f} %); {total} there are in all"
    )


if __name__ == "__main__":
    sys.exit(test(Path.cwd())) if sys.argv[1:] == ["--test"] else main(sys.argv[1:])
