"""The site in a real browser: the harness, and what it must show."""
