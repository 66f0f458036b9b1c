"""Tests of edition/publish/machines."""
