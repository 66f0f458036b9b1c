"""Templates and what they print."""
