"""Tests of edition/publish/render."""
