"""Alignment: passages → years and months with the works side by side."""
