"""Set the works side by side."""
