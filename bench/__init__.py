"""Measurements that are not tests. Run one with ``python -m bench.script``."""
