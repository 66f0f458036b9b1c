"""Pure functions without file access: numerals, calendar, date grammar, script conversion, folding, Markdown."""
