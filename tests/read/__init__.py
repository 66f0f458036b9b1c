"""Tests of edition/read."""
