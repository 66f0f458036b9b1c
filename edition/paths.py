"""Where the edition keeps its templates, its static files and the corpus that it comes with."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""The folder of build.py and pyproject.toml."""
CODE = ROOT / "edition"
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"
CORPUS = ROOT / "corpus"
