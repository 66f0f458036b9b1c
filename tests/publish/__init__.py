"""Tests of edition/publish."""
