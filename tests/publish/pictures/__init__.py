"""Tests of edition/publish/pictures/."""
