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


class PagesLeft(Column):
    """Which pages still lie somewhere, and a button that removes them; nothing where there are none."""

    def __init__(self, context: Context, model: PaperModel, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=8)
        self.model = model
        self.written = Label(context.look, "", "amber")
        self.remove = Button(context.look, msg("Remove the written pages again"), "quiet", "trash-2")
        self.remove.clicked.connect(model.remove)
        self.problem = Label(context.look, "", "amber")
        self._button = at_left(self.remove)
        for widget in (self.written, self._button, self.problem):
            self.add(widget)
        model.changed.connect(self.draw)
        self.draw()

    def draw(self) -> None:
        """Show what was written and what went wrong."""
        state = self.model.state
        names = ", ".join(str(path) for path in state.files)
        # critical
        self.written.say(
            msg("A page of the recovery kit still lies here: {files}", files=names) if names else ""
        )
        self.written.setVisible(bool(names))
        self._button.setVisible(bool(names))
        self.remove.setEnabled(not state.busy)
        self.problem.say(state.problem or "")
        self.problem.setVisible(state.problem is not None)
        self.setVisible(bool(names) or state.problem is not None)


class PaperBox(Column):
    """A folded offer under what is shown; `make` gives the page that is shown now, as a function for another thread."""

    def __init__(
        self,
        context: Context,
        make: Callable[[], MakePage | None],
        files: tuple[Path, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, gap=8)
        look = context.look
        self.model = PaperModel(context, files, self)
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
        self.left = PagesLeft(context, self.model)
        for widget in (self.warning, self.chooser, self.left):
            self.add(widget)
        self._open = False
        self.draw()

    def draw(self) -> None:
        """Show or fold the warning and the chooser."""
        self.warning.setVisible(self._open)
        self.chooser.setVisible(self._open)

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
