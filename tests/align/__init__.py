"""Tests of edition/align/."""
