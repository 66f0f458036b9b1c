"""Tests of edition/check."""
