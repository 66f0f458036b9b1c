"""Tests of edition/bring."""
