"""Tests of edition/publish/cite."""
