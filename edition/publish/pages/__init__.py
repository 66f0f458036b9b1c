"""The pages of each kind, with their values."""
