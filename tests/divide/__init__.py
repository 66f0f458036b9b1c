"""Tests of edition/divide."""
