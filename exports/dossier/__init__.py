"""Builds the frozen tree of a dossier from a snapshot. Must not draw pages, search for names or write files."""

from exports.dossier.build import build
from exports.dossier.tree import Dossier, Run, Runs, Section, map_texts, plain, texts

__all__ = ["Dossier", "Run", "Runs", "Section", "build", "map_texts", "plain", "texts"]
