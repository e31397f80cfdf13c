"""The decoy notebook: the honest text, its making, its end. Must not look different in a decoy, nor promise more than is true."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from i18n.message import Message, msg
from storage import HONEST_DECOY_TEXT
from ui.context import Context
from ui.viewmodels.decoy import DecoyModel, DecoyState
from ui.viewmodels.gate import ROLES
from ui.views.screen import Heading
from ui.views.ways_in import WaysInScreen
from ui.views.ways_in_forms import AskPanel
from ui.views.ways_in_new import NewPassphrase
from ui.views.ways_in_panel import Panel, at_left
from ui.widgets.button import Button
from ui.widgets.fields import Field, LineField
from ui.widgets.options import Option, Options
from ui.widgets.side_panel import inset
from ui.widgets.text import Hairline, Label

# critical
_WHAT = msg(
    "A decoy is a second notebook in the same folder, with a passphrase of its own. It opens in the same way and takes the"
    " same time. What is in one is not seen from the other."
)
# critical
_FILL = msg(
    "An empty decoy is not believed. Use it: open it now and then, keep ordinary notes in it, nothing that harms anybody."
    " Its dates and its size show how much it was used."
)
# critical
_DECIDE = msg(
    "A decoy can make an interrogation longer. Decide with your coordinator before you have one. Your safety comes first:"
    " if you must give a passphrase, give it."
)
# critical
_UNDERSTOOD = msg("I have read this and want to have a decoy all the same.")
# critical
_GIVE_UP = msg(
    "You can give up the room for a decoy: then none can ever be made in this notebook, and you can say so. Afterwards this"
    " page looks the same as before; only who tries to make a decoy is told. A decoy answers in the same way, so the answer"
    " proves nothing about you, and protects those who have one."
)


class _DecoyPanel(Panel):
    """A step of this screen."""

    @property
    def decoy(self) -> DecoyModel:
        """The model, as this screen made it."""
        assert isinstance(self.model, DecoyModel)
        return self.model

    def say(self, words: Message, kind: str = "body") -> None:
        """Append a paragraph."""
        self.add(inset(Label(self.look, words, kind)))


class AboutPanel(_DecoyPanel):
    """All that is to be known before; the choice stands at the end of the text."""

    step = "list"

    def __init__(self, context: Context, model: DecoyModel, parent: QWidget | None = None) -> None:
        super().__init__(context, model, parent)
        self._drawn: str | None = None
        self.understood: Option | None = None

    def headline(self) -> Message:
        """The screen's name."""
        return msg("Decoy notebook")

    def action(self) -> Message | None:
        """Make one, or take the one there is away."""
        state = self.decoy.state
        if not state.loaded or state.read_only:
            return None
        return msg("Make a decoy") if state.decoy == "none" else msg("Remove the decoy")

    def ready(self) -> bool:
        """Nothing is made before the text was confirmed."""
        state = self.decoy.state
        return state.decoy == "made" or state.understood

    def act(self) -> None:
        """Begin."""
        if self.ready():
            self.model.begin("make" if self.decoy.state.decoy == "none" else "remove")

    def draw(self) -> None:
        """The text, and what can be done."""
        state = self.decoy.state
        if not state.loaded:
            return
        if self._drawn != state.decoy:
            self._drawn = state.decoy
            self._build(state)
        if self.understood is not None:
            self.understood.setChecked(state.understood)

    def _build(self, state: DecoyState) -> None:
        self.clear()
        self.kind = "danger" if state.decoy == "made" else "primary"
        self.understood = None
        self.say(HONEST_DECOY_TEXT, "narrative")
        for words in (_WHAT, _FILL, _DECIDE):
            self.say(words)
        if state.read_only:
            self.say(msg("The notebook can only be read; nothing can be changed here."), "amber")
        elif state.decoy == "none":
            self.understood = Option(self.look, "understood", _UNDERSTOOD, square=True, size=15)
            self.understood.clicked.connect(self._confirm)
            self.add(inset(self.understood))
            self.add(inset(Hairline()))
            self.say(_GIVE_UP, "bodyquiet")
            button = Button(self.look, msg("Give up the room for a decoy"), "quiet")
            button.setObjectName("give_up")
            button.clicked.connect(partial(self._begin, "give_up"))
            self.add(inset(at_left(button)))
        else:
            # critical
            self.say(msg("This notebook has a decoy. Nothing else in this notebook mentions it."))

    def _begin(self, step: str, _checked: bool = False) -> None:
        self.model.begin(step)

    def _confirm(self, on: bool) -> None:
        self.decoy.understand(on)


class MakePanel(_DecoyPanel):
    """What the decoy says of itself, and its passphrase."""

    step = "make"

    def __init__(self, context: Context, model: DecoyModel, parent: QWidget | None = None) -> None:
        super().__init__(context, model, parent)
        look = self.look
        self.say(HONEST_DECOY_TEXT, "bodyquiet")
        self.label = LineField(look, msg("Name of the decoy"))
        note = msg("Seen in the decoy after it was opened; something ordinary, or nothing.")
        self.add(inset(Field(look, msg("Name of the decoy"), self.label, note)))
        self.role = Options(look, ROLES, msg("What its owner seems to do"), columns=2, size=15)
        self.role.set_value("documenter")
        self.add(inset(Field(look, msg("What its owner seems to do"), self.role)))
        self.say(msg("Passphrase of the decoy"), "section")
        self.form = NewPassphrase(context, with_key_file=False)
        self.form.edited.connect(self.changed)
        self.form.submitted.connect(self.act)
        self.add(self.form)

    def headline(self) -> Message:
        """What happens."""
        return msg("A decoy notebook")

    def action(self) -> Message | None:
        """Make it."""
        return msg("Making the notebook…") if self.model.state.busy else msg("Make the decoy")

    def act(self) -> None:
        """Make it."""
        if not self.model.state.busy and (new := self.form.secret()) is not None:
            self.decoy.make(new, self.label.text(), self.role.value or "documenter")

    def draw(self) -> None:
        """Say what is wrong."""
        if self.model.state.problem is not None:
            self.form.show_problem(self.model.state.problem)

    def first_focus(self) -> QWidget | None:
        """The name."""
        return self.label

    def wipe(self) -> None:
        """Overwrite the passphrase."""
        self.form.wipe()


class RemoveDecoyPanel(_DecoyPanel):
    """What is lost with the decoy."""

    step = "remove"
    kind = "danger"

    def __init__(self, context: Context, model: DecoyModel, parent: QWidget | None = None) -> None:
        super().__init__(context, model, parent)
        # critical
        self.say(
            msg(
                "Everything in the decoy is lost, and its passphrase opens nothing more. This notebook stays as it is."
            )
        )

    def headline(self) -> Message:
        """The question."""
        return msg("Remove the decoy?")

    def action(self) -> Message | None:
        """The removal."""
        return msg("Removing…") if self.model.state.busy else msg("Remove it")

    def act(self) -> None:
        """Remove it."""
        self.decoy.remove()


class GiveUpPanel(_DecoyPanel):
    """What is given up."""

    step = "give_up"
    kind = "danger"

    def __init__(self, context: Context, model: DecoyModel, parent: QWidget | None = None) -> None:
        super().__init__(context, model, parent)
        self.say(_GIVE_UP)
        # critical
        self.say(msg("This cannot be taken back."), "amber")

    def headline(self) -> Message:
        """The question."""
        return msg("Give up the room for a decoy?")

    def action(self) -> Message | None:
        """Give it up."""
        return msg("Give it up")

    def act(self) -> None:
        """Give it up."""
        self.decoy.give_up()


_PANELS: dict[str, Callable[[Context, DecoyModel], Panel]] = {
    "ask": AskPanel,
    "make": MakePanel,
    "remove": RemoveDecoyPanel,
    "give_up": GiveUpPanel,
}


class DecoyScreen(WaysInScreen):
    """The steps of the decoy, with the same frame as the ways in."""

    returned_to = False

    def make_model(self) -> DecoyModel:
        """The model of the steps."""
        return DecoyModel(self.context, self)

    def make_panel(self, step: str) -> Panel:
        """The panel of a step."""
        assert isinstance(self.model, DecoyModel)
        return _PANELS.get(step, AboutPanel)(self.context, self.model)

    def heading(self) -> Heading:
        """The title of the step."""
        return Heading(self.panel.headline(), rail="settings")

    def who_sees(self) -> Message:
        """Where it can be read."""
        return msg("Only you see this now")

    def follow_place(self, place: str) -> None:
        """There is one beginning."""
