"""Tests of edition/publish/pages."""
