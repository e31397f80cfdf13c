"""Draws every screen in every language, light and dark, to PNG for people to look at. Must not be part of a run of the program."""
