"""Tests of edition/commands."""
