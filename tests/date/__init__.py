"""Tests of edition/date."""
