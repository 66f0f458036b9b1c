"""Tests of edition/cache."""
