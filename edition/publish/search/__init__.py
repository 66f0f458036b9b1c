"""The search index, which the scripts of the search page query."""
