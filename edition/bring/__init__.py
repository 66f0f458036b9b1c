"""What comes from outside: it is printed for an editor to look at, and nothing writes into the corpus."""
