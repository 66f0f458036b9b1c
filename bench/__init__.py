"""Benchmarks: scripts that print figures. No test depends on them. Run one with e.g. ``python -m bench.script``."""
