"""Loads the program's own typeface into Qt once. Must not choose sizes."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFontDatabase

FAMILY = "Noto Sans"
_loaded: set[str] = set()


def load() -> str:
    """Register every bundled face not yet known to Qt; return the family for the screen. Needs a QGuiApplication."""
    for face in _faces():
        if face.name not in _loaded:
            QFontDatabase.addApplicationFontFromData(QByteArray(face.read_bytes()))
            _loaded.add(face.name)
    return FAMILY


def _faces() -> list[Traversable]:
    folder = resources.files("i18n") / "fonts"
    return [face for face in folder.iterdir() if face.name.endswith(".ttf")] if folder.is_dir() else []
