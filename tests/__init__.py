"""The tests. What they share stands in `conftest.py`; the harness of the browser in `browser/`."""
