"""Pictures: pure functions from values to SVG, one small module for each picture."""
