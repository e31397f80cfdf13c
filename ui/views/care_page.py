"""What every topic of the care screen has: a title, honest words, an outcome, progress with Stop. Must not do the work itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from i18n.message import Message, msg
from ui.context import Context
from ui.theme.tokens import HANG
from ui.viewmodels.care import CareModel, CareState
from ui.widgets.message_bar import MessageBar
from ui.widgets.progress import Progress
from ui.widgets.side_panel import Column
from ui.widgets.text import Label


class Inset(QWidget):
    """A widget on the text edge; takes no room, not even a gap, while the widget is hidden."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        line = QVBoxLayout(self)
        line.setContentsMargins(HANG, 0, HANG, 0)
        line.addWidget(inner)
        inner.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow what is inside."""
        if event.type() == QEvent.Type.ShowToParent:
            self.show()
        elif event.type() == QEvent.Type.HideToParent:
            self.hide()
        return False


class PlaceWarning(Label):
    """Says once what is to be known about a chosen folder; choosing the same one again means that it is wanted."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.look, "", "amber")
        self._context = context
        self._told: Path | None = None
        self.hide()

    def accepts(self, folder: Path) -> bool:
        """Whether nothing is to be said about the folder, or it was said already."""
        machine = self._context.program.machine
        problem = machine.place_problem(folder) if machine is not None and folder != self._told else None
        if problem is None:
            self.hide()
            return True
        self._told = folder
        self.say(msg("{problem} To write there all the same, choose it once more.", problem=problem))
        self.show()
        return False


class CarePage(Column):
    """One topic. `action` names its primary act, `act` does it or opens what it needs first."""

    topic = ""

    def __init__(
        self, context: Context, model: CareModel, title: Message, words: tuple[Message, ...]
    ) -> None:
        super().__init__(gap=16)
        self.context, self.model = context, model
        look = context.look
        self.stack.setContentsMargins(24 - HANG, 8, 24 - HANG, 32)
        self.push_up()
        self.outcome = MessageBar(look, closable=False)
        self.progress = Progress(look)
        self.progress.stopped.connect(model.stop)
        self.put(Label(look, title, "section"))
        self.put(self.outcome)
        self.put(self.progress)
        for sentence in words:
            self.put(Label(look, sentence, "body"))
        self.outcome.hide()
        self.progress.hide()

    def put(self, widget: QWidget) -> QWidget:
        """Append a widget on the text edge."""
        self.add(Inset(widget))
        return widget

    def show_state(self, state: CareState) -> None:
        """Show how the work goes and how it ended."""
        running = state.running == self.topic
        self.progress.setVisible(running)
        if running:
            self.progress.show_progress(state.fraction, state.doing)
            self.progress.stop.setEnabled(not state.stopping)
        outcome = state.outcomes.get(self.topic)
        if outcome is not None:
            self.outcome.show_message(outcome.message, outcome.tone, outcome.hint or "")
        else:
            self.outcome.hide()

    def action(self, state: CareState) -> Message | None:
        """What the primary act is called now; None where there is none."""
        raise NotImplementedError

    def act(self) -> None:
        """Do the primary act, or show what it needs first."""
        raise NotImplementedError
