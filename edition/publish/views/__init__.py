"""What templates print, as values."""
