"""Divide texts into passages with permanent ids."""
