"""The interview room: consent first, then the sheet with everything beside it; Pause and Close always at the top right.

Must not show counts, progress, labels of ours or anything red while a session is open.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from i18n.languages import language_name
from i18n.message import Message, msg
from ui.context import Context
from ui.viewmodels.interview import InterviewModel
from ui.viewmodels.row_words import joined
from ui.views.interview_begin import MODES, BeginPage
from ui.views.interview_consent import ConsentPage
from ui.views.interview_sheet import InterviewSheet
from ui.views.interview_side import InterviewSide
from ui.views.screen import Heading, Screen
from ui.views.speaker import SpeakerPage
from ui.widgets.button import Button
from ui.widgets.text import Label
from ui.wiping import wipe_bytes


class InterviewRoom(Screen):
    """`InterviewRoom(context, "")` begins a new interview; with an id it opens one."""

    def __init__(self, context: Context, record_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(context, record_id, parent)
        look = context.look
        self.model = InterviewModel(context, record_id, self)
        self._speaker_page: SpeakerPage | None = None
        self._wanted_text = ""
        self.begin_button = Button(look, msg("Begin"), "primary")
        self.begin_button.clicked.connect(self._begin)
        self.show_button = Button(look, msg("Show to the speaker"), "plain", "refresh-cw")
        self.show_button.explain(msg("Turns the screen to the speaker: only the text, in large letters (F9)"))
        self.show_button.clicked.connect(self.turn_to_speaker)
        self.pause_button = Button(look, msg("Pause"), "quiet", "pause")
        self.pause_button.clicked.connect(self._pause)
        self.close_button = Button(look, msg("Close"), "quiet", "square")
        self.close_button.explain(msg("Ends this sitting. Everything is saved; it can be opened again."))
        self.close_button.clicked.connect(self._close)
        self._pages = QStackedLayout(self)
        self._begin_page: BeginPage | None = None
        self._consent_page: ConsentPage | None = None
        self._room: QWidget | None = None
        self.sheet: InterviewSheet | None = None
        self._loading = QWidget()
        self._pages.addWidget(self._loading)
        self._paused = self._make_pause_page()
        self._pages.addWidget(self._paused)
        shortcut = QShortcut(QKeySequence("F9"), self)
        shortcut.activated.connect(self.turn_to_speaker)
        self._just_begun = QElapsedTimer()
        self.model.changed.connect(self.draw)
        self.model.closed.connect(self._closed)
        self.model.begun.connect(self._begun)
        self.draw()

    # -- the screen's side

    def heading(self) -> Heading:
        """Code, languages, manner and day."""
        state = self.model.state
        if state.step != "room":
            return Heading(
                msg("A new interview") if state.step == "begin" else msg("Interview"), rail="interviews"
            )
        facts: list[Message | str] = [language_name(line.language) for line in state.narratives[:1]]
        facts.append(dict(MODES).get(state.mode, state.mode))
        day = _day(state.began)
        if day is not None:
            facts.append(day)
        return Heading(msg("Interview"), state.code, joined(facts), "interviews")

    def header_actions(self) -> list[QWidget]:
        """Begin before; show, pause and close in the room."""
        return [self.show_button, self.pause_button, self.close_button, self.begin_button]

    def wants_first_focus(self) -> QWidget | None:
        """The first question, or the text."""
        if self._begin_page is not None and self.model.state.step == "begin":
            return self._begin_page.first_focus()
        return self.sheet.edit if self.sheet is not None else None

    def who_sees(self) -> Message:
        """Who may read this, by consent."""
        allowed = {line.purpose for line in self.model.state.grants if line.decision == "yes"}
        if self.model.state.withdrawn:
            # critical
            return msg("Only you see this; consent was taken back")
        if {"share_coordinator", "share_lawyer"} & allowed:
            # critical
            return msg("Only you see this now; it may be shown to those who help")
        # critical
        return msg("Only you see this now")

    def unsaved(self) -> list[Any]:
        """The draft, for the lock."""
        return self.sheet.unsaved() if self.sheet is not None else []

    def leave(self) -> None:
        """Take the text over."""
        if self.sheet is not None:
            self.sheet.finish()

    def place(self) -> str:
        """Which of the texts is shown."""
        return self.model.state.current

    def follow_place(self, place: str) -> None:
        """Show that text, once they are read."""
        self._wanted_text = place

    # -- drawing

    def draw(self) -> None:
        """Show the step the interview is at."""
        state = self.model.state
        if self._wanted_text in {line.id for line in state.narratives}:
            wanted, self._wanted_text = self._wanted_text, ""
            if wanted != state.current:
                QTimer.singleShot(0, self, partial(self.model.show_narrative, wanted))
        if state.step == "begin":
            self._show_begin()
        elif state.step == "room" and state.paused_since is not None:
            self._pages.setCurrentWidget(self._paused)
        elif state.step == "room":
            self._show_room()
        in_room = state.step == "room"
        self.begin_button.setVisible(state.step == "begin")
        for button in (self.show_button, self.pause_button, self.close_button):
            button.setVisible(in_room)
        self.close_button.say(msg("Open again") if state.closed else msg("Close"))
        self.close_button.set_icon("rotate-ccw" if state.closed else "square")
        self.pause_button.setVisible(in_room and not state.closed)
        self.pause_button.say(msg("Go on") if state.paused_since is not None else msg("Pause"))
        self.heading_changed.emit()

    def turn_to_speaker(self) -> None:
        """Cover the window with nothing but the text, in large letters; Escape comes back."""
        if self.sheet is None or self._speaker_page is not None:
            return
        self._speaker_page = SpeakerPage(self.context, self.sheet.edit.stored_text(), self.window())
        self._speaker_page.closed.connect(self._turned_back)
        self._speaker_page.open_over()

    def _show_begin(self) -> None:
        if self._begin_page is None:
            self._begin_page = BeginPage(self.context)
            self._pages.addWidget(self._begin_page)
        self._pages.setCurrentWidget(self._begin_page)

    def _show_room(self) -> None:
        if self._room is None:
            self._room = self._make_room()
            self._pages.addWidget(self._room)
            self._pages.setCurrentWidget(self._room)
            if self.sheet is not None:
                self.sheet.draw()
                self.sheet.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._pages.currentWidget() is not self._consent_page:
            resumed = self._pages.currentWidget() is self._paused
            self._pages.setCurrentWidget(self._room)
            if resumed and self.sheet is not None:  # on the button, the first space typed would pause again
                self.sheet.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_room(self) -> QWidget:
        room = QWidget()
        line = QHBoxLayout(room)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        self.sheet = InterviewSheet(self.context, self.model)
        self.side = InterviewSide(self.context, self.model)
        self.sheet.topic_chosen.connect(self.side.questions.show_topic)
        self.sheet.consent_wished.connect(self._show_consent)
        line.addWidget(self.sheet, 1)
        line.addWidget(self.side)
        return room

    def _make_pause_page(self) -> QWidget:
        page = QWidget()
        stack = QVBoxLayout(page)
        stack.addStretch(2)
        self._pause_label = Label(self.context.look, msg("A pause. Everything is saved."), "section")
        self._pause_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        stack.addWidget(self._pause_label)
        stack.addSpacing(16)
        go_on = Button(self.context.look, msg("Go on"), "quiet")
        go_on.clicked.connect(self._go_on)
        stack.addWidget(go_on, 0, Qt.AlignmentFlag.AlignHCenter)
        stack.addStretch(3)
        return page

    def _show_consent(self) -> None:
        if self._consent_page is None:
            self._consent_page = ConsentPage(self.context, self.model)
            self._consent_page.done.connect(self._consent_done)
            self._pages.addWidget(self._consent_page)
        self._pages.setCurrentWidget(self._consent_page)
        self._consent_page.back.setFocus()

    def _consent_done(self) -> None:
        if self._room is not None:
            self._pages.setCurrentWidget(self._room)

    # -- commands

    def _begin(self) -> None:
        page = self._begin_page
        if page is None:
            return
        if page.pin.problem is not None:  # whoever typed something believes that there is a PIN
            page.pin.tell_problem()
            return
        self.begin_button.setEnabled(False)
        self.model.begin(page.value())

    def _begun(self, interview_id: str) -> None:
        self.record_id = interview_id
        self._just_begun.start()
        pin = self._begin_page.pin.take() if self._begin_page is not None else None
        self.context.session.begin(interview_id, pin)
        wipe_bytes(pin or bytearray())
        self._record_if_wished(interview_id)
        self.context.settings.set("ui.place", {"screen": "interview", "record": interview_id})

    def _record_if_wished(self, interview_id: str) -> None:
        page, recording = self._begin_page, self.context.recording
        if page is not None and recording is not None and page.recording_wished != "no":
            recording.start(interview_id, goes_on=page.recording_wished == "goes_on")

    def _go_on(self) -> None:
        if self.context.recording is not None:
            self.context.recording.resume()
        self.model.go_on()

    def _pause(self) -> None:
        if self.model.state.paused_since is not None:
            self._go_on()
        else:
            if self.context.recording is not None:  # what is said in a pause is nobody's business
                self.context.recording.pause()
            if self.sheet is not None:
                self.sheet.finish()
            self.model.pause()

    def _close(self) -> None:
        # The second half of a double click on Begin must not close what the first one began: Close stands in that place.
        if self._just_begun.isValid() and not self._just_begun.hasExpired(QApplication.doubleClickInterval()):
            return
        if self.model.state.closed:
            self.model.reopen()
            self.context.session.begin(self.record_id)
            return
        if self.sheet is not None:
            self.sheet.finish()
        if self.context.recording is not None:
            self.context.recording.stop()
        self.model.close()

    def _closed(self, code: str) -> None:
        self.context.session.end()
        self.context.navigator.go("home")
        self.context.navigator.say(
            msg("The interview {code} is closed. It can be opened again from the list.", code=code), "good"
        )

    def _turned_back(self) -> None:
        self._speaker_page = None
        if self.sheet is not None:
            self.sheet.edit.setFocus()


def _day(moment: str) -> Message | None:
    try:
        return Message("{day}", {"day": datetime.fromisoformat(moment).date()})
    except ValueError:
        return None
