"""Nouns: frozen values without behaviour beyond reading themselves."""
