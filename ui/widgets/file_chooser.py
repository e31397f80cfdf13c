"""Chooses a file or a folder inside the window. Must not write anything anywhere: Qt's own dialog keeps a history on disk.

Shows one folder at a time: places, path, folders first, files that fit. Nothing is opened; `chosen(path)` is all.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from shiboken6 import isValid

from i18n.message import Message, msg
from ui.icons import pixmap
from ui.look import Look, Speaking
from ui.widgets.button import Button, IconButton
from ui.widgets.fields import Field, LineField
from ui.widgets.text import Label

_MOST = 2000
_MOST_LOOKED_AT = 50_000  # a folder of a million files must not hold the window still


@dataclass(frozen=True)
class Entry:
    """One line of a folder."""

    path: Path
    is_folder: bool


def list_folder(folder: Path, endings: Sequence[str] = (), *, folders_only: bool = False) -> list[Entry]:
    """Folders first, then files whose name ends with one of `endings` (all when empty); hidden ones left out.

    At most 2,000 entries, out of the first 50,000 the system names. Raises OSError where the folder cannot be read.
    """
    folders, files = [], []
    with os.scandir(folder) as found:
        for entry in islice(found, _MOST_LOOKED_AT):
            if entry.name.startswith("."):
                continue
            if _is_folder(entry):
                folders.append(Entry(Path(entry.path), True))
            elif not folders_only and (not endings or Path(entry.name).suffix.casefold() in endings):
                files.append(Entry(Path(entry.path), False))
    return (sorted(folders, key=_key) + sorted(files, key=_key))[:_MOST]


def disks(platform: str = sys.platform, root: Path = Path("/")) -> list[Path]:
    """Where this system puts other disks, sticks and cards; the whole disk first."""
    if platform == "win32":
        letters = (Path(f"{letter}:/") for letter in "CDEFGHIJKLMNOPQRSTUVWXYZAB")
        return [path for path in letters if _is_there(path)]
    found = [root]
    for place in ("Volumes", "media", "run/media", "mnt"):
        for one in _folders(root / place):
            # Linux: a folder for each person, and in it one for each stick
            nested = _folders(one) if place in ("media", "run/media") and not one.is_mount() else []
            found += nested or [one]
    return found


def _folders(place: Path) -> list[Path]:
    try:
        return sorted(one for one in place.iterdir() if one.is_dir())
    except OSError:
        return []


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a drive without a card in it
        return False


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _key(entry: Entry) -> str:
    return entry.path.name.casefold()


class FileChooser(Speaking):
    """`chosen(Path)`, `given_up`. `mode`: "file", "folder" (existing ones), "new_folder", "new_file" (a name in a folder)."""

    chosen = Signal(object)
    given_up = Signal()

    def __init__(
        self,
        look: Look,
        mode: str = "file",
        start: Path | None = None,
        endings: Sequence[str] = (),
        action: Message = msg("Choose"),  # noqa: B008 - a message is a constant
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, parent)
        self._came_from: QWidget | None = None
        self.setProperty("whole_in_sight", True)
        self._mode = mode
        self._endings = tuple(ending.casefold() for ending in endings)
        self.folder = start if start is not None and start.is_dir() else Path.home()
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 8)
        stack.setSpacing(8)
        top = QHBoxLayout()
        self.up = IconButton(look, "chevron-left", msg("Up to the folder above"))
        self.up.clicked.connect(self.go_up)
        self.home = IconButton(look, "house", msg("Home folder"))
        self.home.clicked.connect(self.go_home)
        self.path_label = Label(look, "", "quiet")
        top.addWidget(self.up)
        top.addWidget(self.home)
        self.disks = IconButton(look, "hard-drive", msg("Disks, sticks and cards"))
        self.disks.clicked.connect(self.show_disks)
        top.addWidget(self.disks)
        top.addWidget(self.path_label, 1)
        stack.addLayout(top)
        stack.addWidget(self._make_list(), 1)
        self.note = Label(look, "", "amber")
        self.note.hide()
        stack.addWidget(self.note)
        name = msg("Name of the new file") if mode == "new_file" else msg("Name of the new folder")
        self.name = LineField(look, name)
        self.name.submitted.connect(self._accept)
        self._name_field = Field(look, name, self.name)
        stack.addWidget(self._name_field)
        self._name_field.setVisible(mode in ("new_folder", "new_file"))
        end = QHBoxLayout()
        end.addStretch(1)
        self.cancel = Button(look, msg("Cancel"), "plain")
        self.cancel.clicked.connect(self.given_up)
        self.accept = Button(look, action, "quiet", "check")
        self.accept.clicked.connect(self._accept)
        end.addWidget(self.cancel)
        end.addWidget(self.accept)
        stack.addLayout(end)
        self._entries: list[Entry] = []
        self.speak()
        self.show_folder(self.folder)

    def _make_list(self) -> QListWidget:
        self.list = QListWidget()
        self.list.setMinimumHeight(200)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.itemActivated.connect(self._activated)
        self.list.itemSelectionChanged.connect(self._current_changed)
        self.empty = Label(
            self.look,
            msg("Nothing here that fits.") if self._mode == "file" else msg("No folders in this folder."),
            "quiet",
        )
        inside = QVBoxLayout(self.list.viewport())
        inside.setContentsMargins(8, 8, 8, 8)
        inside.addWidget(self.empty, 0, Qt.AlignmentFlag.AlignTop)
        return self.list

    def setVisible(self, visible: bool) -> None:
        """Opened by itself, not with its page: one goes on here, sees what lies here now, and comes back when it closes."""
        opened = visible and not self.isVisible()
        focused = QApplication.focusWidget()
        if not visible and focused is not None and self.isAncestorOf(focused):
            came_from, self._came_from = self._came_from, None
            if came_from is not None and isValid(came_from) and came_from.isVisible():
                came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        super().setVisible(visible)
        if opened and self.isVisible():
            self._came_from = focused
            self.show_folder(self.folder)
            named = self._mode in ("new_folder", "new_file")
            (self.name if named else self.list).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up, Backspace goes to the folder above."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.key() == Qt.Key.Key_Backspace:
            self.go_up()
        else:
            super().keyPressEvent(event)

    def speak(self) -> None:
        """Name the list for screen readers."""
        self.list.setAccessibleName(self.look.t(msg("Folders and files")))

    def restyle(self) -> None:
        """Icons follow the colours."""
        self.show_folder(self.folder)

    def show_folder(self, folder: Path) -> None:
        """Show what a folder holds; says so where it cannot be read."""
        try:
            entries = list_folder(folder, self._endings, folders_only="file" not in self._mode)
        except OSError:
            self.note.say(msg("This folder cannot be read. Choose another one."))
            self.note.show()
            return
        self.note.hide()
        self.folder = folder
        self._show_entries(entries)

    def show_disks(self) -> None:
        """Show where other disks, sticks and cards are put by the system, in place of a folder."""
        self._show_entries([Entry(path, True) for path in disks()], whole_path=True)

    def _show_entries(self, entries: list[Entry], *, whole_path: bool = False) -> None:
        self._entries = entries
        self.list.clear()
        self.list.setIconSize(QSize(18, 18))
        colour = self.look.theme.palette.quiet
        for entry in entries:
            icon = pixmap("folder" if entry.is_folder else "file", 18, colour, self.devicePixelRatioF())
            name = str(entry.path) if whole_path else entry.path.name
            self.list.addItem(QListWidgetItem(icon, name))
        self.empty.setVisible(not entries)
        if entries and self._mode == "file":
            self.list.setCurrentRow(0)
        self._current_changed()

    def go_up(self) -> None:
        """Show the folder above."""
        self.show_folder(self.folder.parent)

    def go_home(self) -> None:
        """Show the home folder."""
        self.show_folder(Path.home())

    def _activated(self, item: QListWidgetItem) -> None:
        entry = self._entries[self.list.row(item)]
        if entry.is_folder:
            self.show_folder(entry.path)
        elif self._mode == "file":
            self.chosen.emit(entry.path)

    def _current_changed(self) -> None:
        entry = self._current()
        self.accept.setEnabled(self._mode != "file" or (entry is not None and not entry.is_folder))
        self.path_label.say(str(self._target()))

    def _current(self) -> Entry | None:
        """The marked line. Qt's own current one is no choice: it comes with the focus, and is not seen."""
        row = self.list.currentRow()
        item = self.list.item(row)
        return self._entries[row] if item is not None and item.isSelected() else None

    def _target(self) -> Path:
        """The folder meant: the one that is marked, else the one that is shown. The label above always says it."""
        entry = self._current()
        return entry.path if entry is not None and entry.is_folder and self._mode != "file" else self.folder

    def _accept(self) -> None:
        if self._mode in ("new_folder", "new_file"):
            self._accept_new()
        elif self._mode == "folder":
            self.chosen.emit(self._target())
        elif (entry := self._current()) is not None and not entry.is_folder:
            self.chosen.emit(entry.path)

    def _accept_new(self) -> None:
        name = self.name.text().strip()
        if not name or "/" in name or "\\" in name or name in (".", ".."):
            nameless = msg("Write a name for the file, without slashes.")
            if self._mode == "new_folder":
                nameless = msg("Write a name for the folder, without slashes.")
            self._name_field.show_problem(nameless)
        elif (problem := _name_problem(self._target() / name)) is not None:
            self._name_field.show_problem(problem)
        else:
            self.chosen.emit(self._target() / name)


def _name_problem(path: Path) -> Message | None:
    """Why nothing new can have this path; None when it can."""
    unusable = msg("The name of the file cannot be used. Give it a shorter, plain name and try again.")
    try:
        taken = path.exists()
    except OSError:  # too long for this system
        return unusable
    if "\0" in path.name:
        return unusable
    return msg("A folder or file of this name is already here.") if taken else None
