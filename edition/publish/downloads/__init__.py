"""Everything to download."""
