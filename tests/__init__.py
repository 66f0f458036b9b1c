"""The tests. Shared fixtures are in `conftest.py`, the browser harness in `browser/`."""
