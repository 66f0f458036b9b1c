"""What WebDriver and WebDriver BiDi have in common: how clicks and keys are written down."""

CODES = {
    "Backspace": "\ue003",
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Escape": "\ue00c",
    "ArrowLeft": "\ue012",
    "ArrowUp": "\ue013",
    "ArrowRight": "\ue014",
    "ArrowDown": "\ue015",
}
"""The name of a key that writes no character → its code (https://www.w3.org/TR/webdriver2/#keyboard-actions)."""


def click(x: float, y: float) -> list[dict[str, object]]:
    """Return the actions of a click of the mouse."""
    move = {"type": "pointerMove", "x": round(x), "y": round(y)}
    actions = [move, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
    return [{"type": "pointer", "id": "mouse", "actions": actions}]


def press(key: str) -> list[dict[str, object]]:
    """Return the actions of pressing and releasing a key."""
    code = CODES.get(key, key)
    actions = [{"type": "keyDown", "value": code}, {"type": "keyUp", "value": code}]
    return [{"type": "key", "id": "keyboard", "actions": actions}]


class CommandError(Exception):
    """A browser could not do what it was told."""
