"""Pure rules, without files: numerals, calendar, written dates, script, folding, Markdown."""
