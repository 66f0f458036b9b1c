"""Resolve written dates to days."""
