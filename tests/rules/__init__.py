"""Tests of edition/rules."""
