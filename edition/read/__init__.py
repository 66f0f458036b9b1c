"""Read files into values; each error names its line."""
