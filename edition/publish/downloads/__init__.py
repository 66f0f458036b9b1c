"""Downloads: JSON, CSV, plain text, TEI, EPUB, DTS, and one archive of them all."""
