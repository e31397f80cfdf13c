"""Settings: language, light or dark, text size, when it locks, keys. Must not store anything outside the notebook."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from i18n.languages import UI_LANGUAGES
from i18n.message import Message, msg, nmsg
from ui.context import Context
from ui.theme.tokens import CONTENT_WIDTH
from ui.views.screen import Heading, Screen
from ui.widgets.choice import Choice
from ui.widgets.fields import Field
from ui.widgets.row import Row, SectionHead
from ui.widgets.segmented import Segmented
from ui.widgets.side_panel import Column, scrolled
from ui.widgets.text import Hairline, Label

MINUTES = (1, 2, 3, 5, 10, 15)
SIZES = (90, 100, 110, 125, 150, 175, 200)
KEYS: tuple[tuple[str, Message], ...] = (
    ("Ctrl+Shift+L", msg("Lock at once")),
    ("Ctrl+Shift+D", msg("Hide or show names")),
    # critical
    ("Ctrl+Shift+Delete", msg("The page that destroys this notebook")),
    ("Ctrl+1 … Ctrl+4", msg("Today, interviews, people, cases")),
    ("Alt+←", msg("Back")),
    ("Ctrl++  Ctrl+−  Ctrl+0", msg("Larger text, smaller text, usual size")),
    ("F6", msg("Time mark in an interview")),
)
# screen, what it is called, one quiet sentence, icon
PLACES: tuple[tuple[str, Message, Message, str], ...] = (
    (
        "ways_in",
        msg("Ways in"),
        msg("Passphrases, the key file, and the recovery kit for when a passphrase is forgotten"),
        "key-round",
    ),
    (
        "protection",
        msg("What protects this notebook, and what does not"),
        msg("By situation: what the program does, what it cannot do, and what you can do"),
        "shield",
    ),
    (
        "care",
        msg("Copies, check, clean up"),
        msg("A copy elsewhere, is everything whole, making deletion final, what was done"),
        "hard-drive",
    ),
    (
        "decoy",
        msg("Decoy notebook"),
        msg("What a second notebook in this folder can do, and what it cannot"),
        "book-open",
    ),
    (
        "wipe",
        # critical
        msg("Destroy this notebook"),
        # critical
        msg("Its keys are gone in a moment, for good; asked twice"),
        "trash-2",
    ),
)


class SettingsScreen(Screen):
    """Every change holds at once."""

    def __init__(self, context: Context, record_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(context, record_id, parent)
        look, settings = context.look, context.settings
        column = Column(gap=28)
        column.setMaximumWidth(CONTENT_WIDTH)
        column.stack.setContentsMargins(0, 8, 0, 32)
        column.push_up()
        stack = QVBoxLayout(self)
        stack.setContentsMargins(self.margin_left, 0, self.margin_right, 0)
        stack.addWidget(scrolled(column))

        if PLACES:
            column.add(self._places())

        self.language = Segmented(
            look, [(entry.code, entry.autonym) for entry in UI_LANGUAGES], msg("Language of the window")
        )
        self.language.set_value(look.words.code)
        self.language.chosen.connect(self._choose_language)
        column.add(Field(look, msg("Language of the window"), self.language))

        self.theme = Segmented(
            look,
            [("light", msg("Light")), ("dark", msg("Dark")), ("system", msg("As the system"))],
            msg("Light or dark"),
        )
        self.theme.set_value(settings.get("ui.theme"))
        self.theme.chosen.connect(self._choose_theme)
        column.add(Field(look, msg("Light or dark"), self.theme))

        self.text_size = Segmented(
            look, [(str(size), msg("{percent} %", percent=size)) for size in SIZES], msg("Text size")
        )
        self.text_size.set_value(str(settings.get("ui.text_size") or look.theme.scale))
        self.text_size.chosen.connect(self._choose_size)
        column.add(Field(look, msg("Text size"), self.text_size))

        column.add(self._lock_field())
        column.add(self._code_field())

        self.marks = Segmented(
            look, [("on", msg("Shown")), ("off", msg("Not shown"))], msg("Time marks beside the narrative")
        )
        self.marks.set_value("on" if settings.get("ui.time_marks") else "off")
        self.marks.chosen.connect(self._choose_marks)
        column.add(Field(look, msg("Time marks beside the narrative"), self.marks))
        column.add(self._blank_field())
        column.add(Hairline())
        column.add(self._keys())

    def _lock_field(self) -> Field:
        look, settings = self.context.look, self.context.settings
        minutes = [
            (str(count), nmsg("after {count} minute", "after {count} minutes", count)) for count in MINUTES
        ]
        self.lock_after = Choice(
            look,
            minutes,
            msg("Lock when nobody touches the computer"),
            str(settings.get("ui.autolock_minutes")),
        )
        self.lock_after.chosen.connect(self._choose_minutes)
        # critical
        note = msg(
            "Locking ends the program, so that nothing of the notebook stays in memory. What you typed is saved first."
        )
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.lock_after)
        line.addStretch(1)
        return Field(look, msg("Lock when nobody touches the computer"), holder, note)

    def _code_field(self) -> Field:
        look, settings = self.context.look, self.context.settings
        label = msg("Closing code")
        self.closing_code = Segmented(look, [("on", msg("Shown")), ("off", msg("Not shown"))], label)
        self.closing_code.set_value("on" if settings.get("ui.closing_code") else "off")
        self.closing_code.chosen.connect(self._choose_code)
        # critical
        note = msg(
            "Ten digits on the lock screen, and again when the notebook opens. Note them on paper: if they differ, somebody put"
            " an older copy of the whole notebook in its place. Who sees them learns only that somebody wrote in it."
        )
        return Field(look, label, self.closing_code, note)

    def _blank_field(self) -> Field:
        look = self.context.look
        words = msg("When another window is in front")
        self.blank = Segmented(
            look, [("off", msg("Stay readable")), ("on", msg("Show a blank sheet"))], words
        )
        self.blank.set_value("on" if self.context.settings.get("ui.blank_behind") else "off")
        self.blank.chosen.connect(self._choose_blank)
        machine = self.context.program.machine
        return Field(look, words, self.blank, machine.capture_truth() if machine is not None else "")

    def heading(self) -> Heading:
        """The title."""
        return Heading(msg("Settings"), rail="settings")

    def wants_first_focus(self) -> QWidget | None:
        """Left to the tab order."""
        return None

    def who_sees(self) -> Message:
        """Where settings lie."""
        return msg("Settings are kept inside the notebook")

    def _places(self) -> QWidget:
        """The screens about the notebook itself: one row each."""
        holder = Column(gap=8)
        holder.add(SectionHead(self.context.look, msg("This notebook")))
        for screen, label, detail, icon in PLACES:
            row = Row(self.context.look, label, "", detail, icon, chevron=True)
            row.setObjectName(screen)
            row.clicked.connect(partial(self._go, screen))
            holder.add(row)
        return holder

    def _go(self, screen: str, _checked: bool = False) -> None:
        self.context.navigator.go(screen)

    def _keys(self) -> QWidget:
        holder = Column(gap=8)
        holder.add(SectionHead(self.context.look, msg("Keys")))
        table = QWidget()
        grid = QGridLayout(table)  # the widest keys make the column: larger text must not be cut
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (keys, words) in enumerate(KEYS):
            label = Label(self.context.look, keys, "small", wrap=False)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(self.context.look, words, "quiet"), row, 1)
        holder.add(table)
        return holder

    def _choose_language(self, code: str) -> None:
        self.context.settings.set("ui.language", code)

    def _choose_theme(self, choice: str) -> None:
        self.context.settings.set("ui.theme", choice)

    def _choose_size(self, percent: str) -> None:
        self.context.settings.set("ui.text_size", int(percent))

    def _choose_minutes(self, minutes: str) -> None:
        self.context.settings.set("ui.autolock_minutes", int(minutes))

    def _choose_code(self, choice: str) -> None:
        self.context.settings.set("ui.closing_code", choice == "on")

    def _choose_marks(self, choice: str) -> None:
        self.context.settings.set("ui.time_marks", choice == "on")

    def _choose_blank(self, choice: str) -> None:
        self.context.settings.set("ui.blank_behind", choice == "on")
