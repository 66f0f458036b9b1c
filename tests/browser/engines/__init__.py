"""The core of what a reader does, in three engines: Chromium, Firefox and WebKitGTK.

A test speaks to a `Window` (`window.py`), which speaks to one of three drivers: `chromium.py` (Playwright),
`firefox.py` (WebDriver BiDi) and `webkit.py` (WebDriver). `python -m
tests.browser.engines` installs the browsers.
"""
