"""Printing a page of the kit: the warning, the folder, the file that lies there. Must not print by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from i18n.message import msg
from ui.context import Context
from ui.viewmodels.ways_in_paper import MakePage, PaperModel
from ui.views.ways_in_panel import at_left
from ui.widgets.button import Button
from ui.widgets.file_chooser import FileChooser
from ui.widgets.side_panel import Column
from ui.widgets.text import Label


class PaperBox(Column):
    """A folded offer under what is shown; `make` gives the page that is shown now, as a function for another thread."""

    def __init__(
        self, context: Context, make: Callable[[], MakePage | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, gap=8)
        look = context.look
        self.model = PaperModel(context, self)
        self._make = make
        self.wish = Button(look, msg("Write a page to print"), "link", "file-output")
        self.wish.clicked.connect(self._toggle)
        self.add(at_left(self.wish))
        self.warning = Label(
            look,
            # critical
            msg(
                "Writing by hand is safer. The page is an ordinary file: it stays readable in the folder until it is removed,"
                " a printer may keep a copy, and on modern disks a removed file may be found again."
            ),
            "amber",
        )
        self.chooser = FileChooser(
            look, "folder", context.program.default_folder, action=msg("Write it here")
        )
        self.chooser.chosen.connect(self._chosen)
        self.chooser.given_up.connect(self._toggle)
        self.written = Label(look, "", "small")
        self.remove = Button(look, msg("Remove the written pages again"), "quiet", "trash-2")
        self.remove.clicked.connect(self.model.remove)
        for widget in (self.warning, self.chooser, self.written):
            self.add(widget)
        self.add(at_left(self.remove))
        self.problem = Label(look, "", "amber")
        self.add(self.problem)
        self._open = False
        self.model.changed.connect(self.draw)
        self.draw()

    def draw(self) -> None:
        """Show what was written and what went wrong."""
        state = self.model.state
        self.warning.setVisible(self._open)
        self.chooser.setVisible(self._open)
        names = ", ".join(str(path) for path in state.files)
        self.written.say(msg("Still there: {files}", files=names) if names else "")
        self.written.setVisible(bool(names))
        self.remove.setVisible(bool(names))
        self.remove.setEnabled(not state.busy)
        self.problem.say(state.problem or "")
        self.problem.setVisible(state.problem is not None)

    def fold(self) -> None:
        """Put the chooser away."""
        self._open = False
        self.draw()

    def _toggle(self) -> None:
        self._open = not self._open
        self.draw()

    def _chosen(self, folder: object) -> None:
        make = self._make()
        if isinstance(folder, Path) and make is not None:
            self._open = False
            self.model.write(folder, make)
