"""Making a recovery kit: choose its form, write it down, type it back. Must not show two shares at a time."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from i18n.message import Message, msg
from ui.context import Context
from ui.viewmodels.ways_in import WaysInModel
from ui.viewmodels.ways_in_kit import SHARES, KitModel
from ui.viewmodels.ways_in_paper import MakePage
from ui.views.ways_in_panel import Panel, at_left
from ui.views.ways_in_paper import PaperBox
from ui.views.ways_in_share import ShareEntry, digit_cells
from ui.widgets.announcing import announce
from ui.widgets.button import Button
from ui.widgets.fields import Field, LineField
from ui.widgets.options import Option, Options
from ui.widgets.secret_shown import DigitsShown, WordsShown
from ui.widgets.side_panel import Column, inset
from ui.widgets.text import Label

FORMS: tuple[tuple[str, Message], ...] = (
    ("digits", msg("Eleven groups of digits, on one paper in a safe place away from the computer")),
    (
        "shares",
        msg("Three shares for three people: any two of them together open the notebook, one alone does not"),
    ),
)


class KitPanel(Panel):
    """Holds the stages; the one shown is built anew, so that nothing of another stays."""

    step = "kit"

    def __init__(self, context: Context, model: WaysInModel, parent: QWidget | None = None) -> None:
        super().__init__(context, model, parent)
        self.kit = KitModel(context, self)
        self.paper: PaperBox | None = None
        self.options: Options | None = None
        self.digits: DigitsShown | None = None
        self.words: WordsShown | None = None
        self.holder: LineField | None = None
        self.entry: ShareEntry | None = None
        self.cells = digit_cells(self.look, self.kit.judge_group)
        self.cells.edited.connect(self.changed)
        self.cells.submitted.connect(self.act)
        self.problem = Label(self.look, "", "amber")
        self._shown: tuple[str, int] = ("", -1)
        self._stage = Column(gap=16)
        self.add(self._stage)
        self.kit.changed.connect(self.draw)
        self.kit.kept.connect(self._kept)
        self.kit.failed.connect(self.model.fail)
        self.draw()

    def headline(self) -> Message:
        """Where one is."""
        state = self.kit.state
        if state.stage == "choose":
            return msg("Recovery kit")
        if state.stage == "again":
            return msg("Type it back")
        if state.form == "shares":
            return msg("Share {number} of 3", number=state.share + 1)
        return msg("Recovery digits")

    def action(self) -> Message | None:
        """On to the next stage."""
        state = self.kit.state
        if state.stage == "choose":
            return msg("Show the first share") if state.form == "shares" else msg("Show the digits")
        if state.stage == "again":
            if state.form == "shares" and not state.typed:
                return msg("Next share")
            return msg("Put the kit into force")
        if state.form == "shares" and state.share < SHARES - 1:
            return msg("Next share")
        return msg("I have written it down")

    def ready(self) -> bool:
        """Something is chosen, or everything is typed."""
        state = self.kit.state
        if state.busy:
            return False
        if state.stage == "choose":
            return bool(state.form)
        if state.stage == "again":
            return self.entry.cells.is_complete if self.entry is not None else self.cells.is_complete
        return True

    def act(self) -> None:
        """Take the step."""
        state = self.kit.state
        if not self.ready():
            return
        if state.stage == "choose":
            self.kit.draw_code()
        elif state.stage == "show":
            self._written_down()
        elif self.entry is not None:
            self.entry.hand_over(self.kit.take_share)
        else:
            self.kit.keep_digits(self.cells.copy_bytes())

    def draw(self) -> None:
        """Build another stage, or say what is wrong in this one."""
        state = self.kit.state
        at = (state.stage, state.share if state.stage == "show" else 0)
        if at != self._shown:
            self._shown = at
            self._clear_stage()
            {"choose": self._choose, "show": self._show, "again": self._again}[state.stage]()
            self.take_focus()
        self.problem.say(state.problem or "")
        self.problem.setVisible(state.problem is not None)
        announce(self.problem)
        if self.entry is not None:
            self.entry.show_typed(state.typed)
        self.changed.emit()

    def first_focus(self) -> QWidget | None:
        """What one types into."""
        if self.kit.state.stage == "again":
            return self.entry.cells if self.entry is not None else self.cells
        return self.holder or (self.options.findChild(Option) if self.options is not None else None)

    def escapes(self) -> bool:
        """Only before something is shown."""
        return self.kit.state.stage == "choose"

    def wipe(self) -> None:
        """Overwrite all of it."""
        self._wipe_shown()
        self.cells.wipe()
        self.kit.wipe()

    def _written_down(self) -> None:
        state = self.kit.state
        self._take_holder()
        if state.form == "shares" and state.share < SHARES - 1:
            self.kit.show_share(state.share + 1)
        else:
            self.kit.ask_back()

    def _take_holder(self) -> None:
        if self.holder is not None:
            self.kit.name_holder(self.holder.text())

    def _wipe_shown(self) -> None:
        if self.digits is not None:
            self.digits.wipe()
        if self.words is not None:
            self.words.wipe()
        if self.entry is not None:
            self.entry.cells.wipe()

    def _clear_stage(self) -> None:
        self._wipe_shown()
        self.cells.wipe()
        for kept in (self.cells, self.problem, self.paper):
            if kept is not None:
                kept.hide()
                kept.setParent(None)
        self._stage.clear()
        self.options = self.digits = self.words = self.holder = self.entry = None

    def _say(self, words: Message, kind: str = "bodyquiet") -> None:
        self._stage.add(inset(Label(self.look, words, kind)))

    def _choose(self) -> None:
        self._say(
            # critical
            msg(
                "The kit opens the notebook when the passphrase is forgotten. Without it and without the passphrase nobody can, not even we."
            )
        )
        self.options = Options(self.look, FORMS, msg("Form of the kit"), size=15)
        self.options.set_value(self.kit.state.form)
        self.options.chosen.connect(self.kit.choose)
        self._stage.add(inset(self.options))
        if self.model.state.kit is not None:
            # critical
            self._say(
                msg(
                    "The kit you have stays in force until the new one was typed back. Then it opens nothing more."
                ),
                "body",
            )
        self._stage.add(inset(self.problem))

    def _show(self) -> None:
        if self.kit.state.form == "shares":
            self._show_share()
        else:
            self._show_digits()
        if self.paper is None:
            self.paper = PaperBox(self.context, self._page, self.model.state.pages)
        self.paper.fold()
        self._stage.add(inset(self.paper))
        self.paper.show()

    def _show_digits(self) -> None:
        # critical
        self._say(
            msg(
                "Write the groups by hand on paper now. They are shown only this once, and whoever has them can open the notebook."
            ),
            "body",
        )
        self.digits = DigitsShown(self.look, msg("Recovery digits, to be written down"))
        self.digits.show_digits(self.kit.digits())
        self._stage.add(inset(self.digits))

    def _show_share(self) -> None:
        state, share = self.kit.state, self.kit.shown_share()
        # critical
        self._say(
            msg("Write the words or their numbers on paper of its own. Let nobody see two of the three."),
            "body",
        )
        self.holder = LineField(self.look, msg("Who keeps this share"))
        self.holder.set_text(state.holders[state.share])
        self._stage.add(inset(Field(self.look, msg("Who keeps this share"), self.holder)))
        self.words = WordsShown(self.look, msg("Words of a share, to be written down"))
        if share is not None:
            self.words.show_words(tuple(zip(share.numbers, share.words, strict=True)))
        self._stage.add(inset(self.words))
        if state.share:
            before = Button(self.look, msg("The share before"), "link", "chevron-left")
            before.clicked.connect(self._share_before)
            self._stage.add(inset(at_left(before)))

    def _again(self) -> None:
        if self.kit.state.form == "shares":
            self._say(
                msg(
                    "Type two of the three shares from the paper, words or numbers. Then the kit is in force."
                ),
                "body",
            )
            self.entry = ShareEntry(self.look, self.kit.judge_word)
            self.entry.edited.connect(self.changed)
            self.entry.submitted.connect(self.act)
            self._stage.add(inset(self.entry))
        else:
            self._say(msg("Type the groups from your paper. Then the kit is in force."), "body")
            self._stage.add(inset(self.cells))
            self.cells.show()
        self._stage.add(inset(self.problem))
        look_again = Button(self.look, msg("Show it again"), "link", "eye")
        look_again.clicked.connect(self.kit.look_again)
        self._stage.add(inset(at_left(look_again)))

    def _share_before(self) -> None:
        self._take_holder()
        self.kit.show_share(self.kit.state.share - 1)

    def _page(self) -> MakePage | None:
        """The page for what is shown now, made in another thread."""
        from exports import digits_page, share_page

        language, today = self.look.words.code, self.context.program.today()
        share = self.kit.shown_share()
        if self.kit.state.form == "digits":
            groups = self.kit.groups()
            return partial(digits_page, groups, today, language) if groups else None
        if share is None:
            return None
        self._take_holder()
        pairs = tuple(zip(share.numbers, share.words, strict=True))
        holder = self.kit.state.holders[self.kit.state.share]
        return partial(share_page, share.number, pairs, holder, share.numbers[0], today, language)

    def _kept(self) -> None:
        # critical
        self.model.finished(msg("The recovery kit is in force. An older kit opens this notebook no more."))
