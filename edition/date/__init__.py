"""Dates to the day: written words → Julian day numbers."""
