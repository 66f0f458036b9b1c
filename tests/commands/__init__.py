"""Tests of `edition/commands`."""
