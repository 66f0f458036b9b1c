"""Citations: what can be cited, and the formats of citations."""
