"""Layers anchored in the received text → established text, converted to both scripts, with names tagged."""
