"""The passphrase field with what belongs to it: show, keyboard layout, Caps Lock, the field for screen readers. Must not keep it.

`PassphraseBox` is asked for the bytes, whichever of its two fields is in use: the own one that leaves no copies, or, one
labelled step away, a plain field of the system that says what it costs.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from i18n.message import Message, msg
from ui.look import Look, must_speak
from ui.widgets.button import Button
from ui.widgets.passphrase_field import CAPACITY, PassphraseField
from ui.widgets.passphrase_plain import PlainPassphrase
from ui.widgets.status_line import IconMark
from ui.widgets.text import Label

__all__ = ["CAPACITY", "PassphraseBox", "PassphraseField"]


class PassphraseBox(QWidget):
    """The field with "Show" inside its right end, the keyboard layout and Caps Lock below it.

    `with_plain` offers the field for screen readers; `take`, `copy_bytes`, `is_empty`, `wipe`, `submitted`, `edited` then mean
    the field in use.
    """

    submitted = Signal()
    edited = Signal()
    plain_used = Signal(bool)

    def __init__(
        self,
        look: Look,
        name: Message,
        parent: QWidget | None = None,
        *,
        with_keyboard: bool = True,
        with_plain: bool = False,
    ) -> None:
        super().__init__(parent)
        self.look = look
        self._name = name
        self._stack = stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(8)
        self.field = PassphraseField(look, name)
        self.show_button = Button(look, msg("Show"), "link", "eye", parent=self.field)
        self.show_button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_button.setCheckable(True)
        self.show_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the caret where one types
        self.show_button.toggled.connect(self._toggle)
        self.show_button.clicked.connect(self._type_on)
        stack.addWidget(self.field)
        self._layout_mark = IconMark(look, "keyboard", side=18)
        self._layout_label = Label(look, "", "quiet")
        self._caps_label = Label(look, "", "quiet", wrap=False)
        hints = QHBoxLayout()
        hints.setSpacing(8)
        hints.addWidget(self._layout_mark)
        hints.addWidget(self._layout_label, 1)
        hints.addWidget(self._caps_label)
        if with_keyboard:
            stack.addLayout(hints)
        self._layout_mark.setVisible(with_keyboard)
        self.plain: PlainPassphrase | None = None
        self.plain_link: Button | None = None
        if with_plain:
            self._offer_plain(name, stack)
        self.setFocusProxy(self.field)
        self.field.capitals_seen.connect(self._show_capitals)
        self.field.submitted.connect(self.submitted)
        self.field.edited.connect(self.edited)
        method = QGuiApplication.inputMethod()
        method.localeChanged.connect(self.refresh_keyboard)
        self.refresh_keyboard()

    @property
    def uses_plain(self) -> bool:
        """Whether the field for screen readers is in use."""
        return self.plain is not None and self.field.isHidden()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed in the field in use."""
        return self.plain.is_empty if self.plain is not None and self.uses_plain else self.field.is_empty

    def take(self) -> bytearray:
        """Move the bytes out of the field in use; the caller wipes them."""
        return self.plain.take() if self.plain is not None and self.uses_plain else self.field.take()

    def copy_bytes(self) -> bytearray:
        """A copy for judging; the caller wipes it."""
        if self.plain is not None and self.uses_plain:
            return self.plain.copy_bytes()
        return self.field.copy_bytes()

    def wipe(self) -> None:
        """Empty both fields."""
        self.field.wipe()
        if self.plain is not None:
            self.plain.wipe()

    def focus(self) -> QWidget:
        """The widget one types into."""
        return self.plain.line if self.plain is not None and self.uses_plain else self.field

    def refresh_keyboard(self) -> None:
        """Say which keyboard layout is in force."""
        locale = QGuiApplication.inputMethod().locale()
        name = locale.nativeLanguageName() or "English"
        place = locale.nativeTerritoryName()
        self._layout_label.say(msg("Keyboard: {layout}", layout=f"{name} ({place})" if place else name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button at the field's right end."""
        super().resizeEvent(event)
        self._place_button()

    def changeEvent(self, event: QEvent) -> None:
        """Another language: another width of the button."""
        super().changeEvent(event)
        if must_speak(self, event):
            self._place_button()

    def follow(self, other: PassphraseBox) -> None:
        """Change to the field for screen readers whenever the other box does: both hold the same passphrase."""
        self._add_plain(self._name)
        other.plain_used.connect(self.use_plain)

    def use_plain(self, on: bool) -> None:
        """Use the field for screen readers, or the own one; what was typed in the one that is left is wiped."""
        if self.plain is None or on == self.uses_plain:
            return
        self.wipe()
        self.plain.setVisible(on)
        self.field.setVisible(not on)
        self.setFocusProxy(self.plain.line if on else self.field)
        if self.plain_link is not None:
            self.plain_link.say(msg("Field without copies") if on else msg("Field for screen readers"))
        self.plain_used.emit(on)

    def _add_plain(self, name: Message) -> None:
        self.plain = PlainPassphrase(self.look, name)
        self.plain.submitted.connect(self.submitted)
        self.plain.edited.connect(self.edited)
        self._stack.insertWidget(1, self.plain)
        self.plain.hide()

    def _offer_plain(self, name: Message, stack: QVBoxLayout) -> None:
        self._add_plain(name)
        self.plain_link = Button(self.look, msg("Field for screen readers"), "link", "type")
        self.plain_link.clicked.connect(self._plain_wished)
        line = QHBoxLayout()
        line.addWidget(self.plain_link)
        line.addStretch(1)
        stack.addLayout(line)

    def _plain_wished(self) -> None:
        self.use_plain(not self.uses_plain)
        self.focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_button(self) -> None:
        wish = self.show_button.sizeHint()
        width = min(wish.width(), self.field.width() // 2)
        self.field.set_tail(width)
        height = min(self.field.height() - 8, self.show_button.heightForWidth(width))
        self.show_button.setGeometry(
            self.width() - width - 10, (self.field.height() - height) // 2, width, height
        )

    def _show_capitals(self, on: bool) -> None:
        self._caps_label.say(msg("Caps Lock is on") if on else "")

    def _type_on(self) -> None:
        if not self.show_button.hasFocus():
            self.focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle(self, on: bool) -> None:
        self.field.set_shown(on)
        self.show_button.say(msg("Hide") if on else msg("Show"))
        self.show_button.set_icon("eye-off" if on else "eye")
        self._place_button()
