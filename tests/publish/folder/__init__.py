"""Tests of edition/publish/folder."""
