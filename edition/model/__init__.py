"""The data model: frozen dataclasses that only hold values and parse their own codes."""
