"""Tests of edition/emend."""
