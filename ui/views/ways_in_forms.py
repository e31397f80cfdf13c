"""The short steps: asking for the passphrase again, changing it, adding one, removing a way in. Must not keep what is typed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from i18n.message import Message, msg
from ui.context import Context
from ui.viewmodels.ways_in import WaysInModel
from ui.views.ways_in_list import kind_words, way_details
from ui.views.ways_in_new import KeyFileRow, NewPassphrase
from ui.views.ways_in_panel import Panel
from ui.widgets.fields import Field, LineField
from ui.widgets.passphrase import PassphraseBox
from ui.widgets.side_panel import inset
from ui.widgets.text import Label

_LABEL = 80
"""Letters of a label; it stands in a list beside others."""


class AskPanel(Panel):
    """The passphrase once more, so that nobody changes the keys of a notebook that was left open."""

    step = "ask"

    def __init__(self, context: Context, model: WaysInModel, parent: QWidget | None = None) -> None:
        super().__init__(context, model, parent)
        look = self.look
        reason = msg("Before a way in is changed, the notebook asks for the passphrase again.")
        self.add(inset(Label(look, reason, "bodyquiet")))
        self.box = PassphraseBox(look, msg("Passphrase"), with_plain=True)
        self.box.submitted.connect(self.act)
        self.box.edited.connect(self.changed)
        self.field = Field(look, msg("Passphrase"), self.box)
        self.add(inset(self.field))
        self.key_file = KeyFileRow(context)
        self.key_file.setVisible(any(way.kind == "key-file" for way in model.state.ways))
        self.add(self.key_file)

    def headline(self) -> Message:
        """Whose passphrase."""
        return msg("Your passphrase")

    def action(self) -> Message | None:
        """Go on."""
        return msg("Checking…") if self.model.state.busy else msg("Go on")

    def ready(self) -> bool:
        """Something is typed."""
        return not self.box.is_empty

    def act(self) -> None:
        """Have it checked."""
        if self.ready() and not self.model.state.busy:
            self.model.prove(self.box.take(), self.key_file.path)

    def draw(self) -> None:
        """Say what is wrong."""
        self.field.show_problem(self.model.state.problem or "")

    def first_focus(self) -> QWidget | None:
        """The field."""
        return self.box.focus()

    def wipe(self) -> None:
        """Overwrite it."""
        self.box.wipe()


class ChangePanel(Panel):
    """Another passphrase in the place of the one that is used."""

    step = "change"

    def __init__(self, context: Context, model: WaysInModel, parent: QWidget | None = None) -> None:
        super().__init__(context, model, parent)
        # critical
        text = msg(
            "The new passphrase takes the place of the one you came in by. The other ways in stay as they are."
        )
        self.add(inset(Label(self.look, text, "bodyquiet")))
        self.form = NewPassphrase(context, model.state.folder)
        current = model.state.current
        self.form.key_file.wanted = current is not None and current.kind == "key-file"
        self.form.edited.connect(self.changed)
        self.form.submitted.connect(self.act)
        self.add(self.form)

    def headline(self) -> Message:
        """What happens."""
        return msg("Change the passphrase")

    def action(self) -> Message | None:
        """The change."""
        return msg("Changing…") if self.model.state.busy else msg("Change it")

    def act(self) -> None:
        """Change it."""
        if not self.model.state.busy and (new := self.form.secret()) is not None:
            row = self.form.key_file
            self.model.change(new, row.path, without_key_file=row.given_up)

    def draw(self) -> None:
        """Say what is wrong."""
        if self.model.state.problem is not None:
            self.form.show_problem(self.model.state.problem)

    def first_focus(self) -> QWidget | None:
        """The first field."""
        return self.form.first_focus()

    def wipe(self) -> None:
        """Overwrite everything."""
        self.form.wipe()


class AddPanel(ChangePanel):
    """One more passphrase, for another person or as a reserve."""

    step = "add"

    def __init__(self, context: Context, model: WaysInModel, parent: QWidget | None = None) -> None:
        Panel.__init__(self, context, model, parent)
        # critical
        text = msg("Whoever knows it can open the whole notebook. Everything else stays as it is.")
        self.add(inset(Label(self.look, text, "bodyquiet")))
        self.name = LineField(self.look, msg("Whose it is or where it lies"))
        note = msg("Seen only in this list, after unlocking.")
        self.add(inset(Field(self.look, msg("Whose it is or where it lies"), self.name, note)))
        self.form = NewPassphrase(context, model.state.folder)
        self.form.edited.connect(self.changed)
        self.form.submitted.connect(self.act)
        self.add(self.form)

    def headline(self) -> Message:
        """What happens."""
        return msg("Another way in")

    def action(self) -> Message | None:
        """The addition."""
        return msg("Adding…") if self.model.state.busy else msg("Add it")

    def act(self) -> None:
        """Add it."""
        if not self.model.state.busy and (new := self.form.secret()) is not None:
            self.model.add(new, self.form.key_file.path, " ".join(self.name.text().split())[:_LABEL])

    def first_focus(self) -> QWidget | None:
        """The label."""
        return self.name


class RemovePanel(Panel):
    """Which way in goes, and what that means."""

    step = "remove"
    kind = "danger"

    def __init__(self, context: Context, model: WaysInModel, parent: QWidget | None = None) -> None:
        super().__init__(context, model, parent)
        way = model.state.chosen
        if way is None:
            return
        self.add(inset(Label(self.look, kind_words(way), "section")))
        if way.label:
            self.add(inset(Label(self.look, way.label, "bodyquiet")))
        for line in way_details(way):
            self.add(inset(Label(self.look, line, "bodyquiet")))
        # critical
        text = msg(
            "After this it opens the notebook no more. Backups that were made before still open with it."
        )
        self.add(inset(Label(self.look, text, "body")))
        if way.current:
            # critical
            own = msg("You came in by this one. From the next time on you need another way in.")
            self.add(inset(Label(self.look, own, "amber")))

    def headline(self) -> Message:
        """The question."""
        return msg("Remove this way in?")

    def action(self) -> Message | None:
        """The removal."""
        return msg("Remove it") if self.model.state.chosen is not None else None

    def act(self) -> None:
        """Remove it."""
        self.model.remove()
