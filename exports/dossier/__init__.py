"""Builds the frozen tree of a dossier from a snapshot. Must not draw pages, search for names or write files."""
