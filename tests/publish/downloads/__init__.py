"""Tests of edition/publish/downloads."""
