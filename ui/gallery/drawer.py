"""Walks the window through every screen, language and theme and saves what it shows. Must not use the event loop by hand.

A timer waits until all jobs are delivered and two rounds have passed, then takes the picture and goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui.app import App
from ui.gallery import content, content_desk, shots_care, shots_keys, shots_session
from ui.gallery.shots_gate import GATE
from ui.views.case_desk import CaseDesk
from ui.views.export import ExportAssistant
from ui.views.incident import IncidentScreen
from ui.views.interview import InterviewRoom
from ui.views.protection import ProtectionScreen
from ui.views.redaction_review import RedactionReview

_TICK_MS = 12
_ROUNDS = 3
_MOST_TICKS = 600

LANGUAGES = ("en", "ru", "uz_Latn", "uz_Cyrl", "tg", "az", "xx")
THEMES = ("light", "dark")


@dataclass(frozen=True)
class Shot:
    """One screen: its name, the route, and what to do once it is shown."""

    name: str
    screen: str
    record: str = ""
    then: Callable[[QWidget], None] | None = None


def _show_consent(screen: QWidget) -> None:
    if isinstance(screen, InterviewRoom) and screen.sheet is not None:
        screen.sheet.consent_wished.emit()


def _show_forms(screen: QWidget) -> None:
    if isinstance(screen, InterviewRoom) and screen.sheet is not None:
        screen.side.person_form.toggle()
        screen.sheet.keys.setChecked(True)
        screen.sheet.more.setChecked(True)


def _show_question(screen: QWidget) -> None:
    if isinstance(screen, InterviewRoom) and screen.sheet is not None:
        screen.side.questions.show_topic("witness")
        screen.side.questions.unfold("witness.basis")


def _pause(screen: QWidget) -> None:
    if isinstance(screen, InterviewRoom):
        screen.model.pause()


def _add_person(screen: QWidget) -> None:
    if isinstance(screen, CaseDesk):
        screen.model.choose("person")


def _show_who(screen: QWidget) -> None:
    if isinstance(screen, ExportAssistant):
        screen.model.go("who")


def _show_write(screen: QWidget) -> None:
    if isinstance(screen, ExportAssistant):
        screen.model.go("write")


def _ask_who(screen: QWidget) -> None:
    if isinstance(screen, RedactionReview):
        screen.model.ask_who()


def _choose_kind(screen: QWidget) -> None:
    if isinstance(screen, IncidentScreen):
        screen.kind.open()
        screen.kind.search.set_text("INTERPOL")


def _read_to_the_computer(screen: QWidget) -> None:
    if isinstance(screen, ProtectionScreen):
        screen.go_to("computer")


SHOTS: tuple[Shot, ...] = (
    Shot("home", "home"),
    Shot("interviews", "interviews"),
    Shot("people", "people"),
    Shot("cases", "cases"),
    Shot("begin", "interview"),
    Shot("interview", "interview", content.INTERVIEW, _show_question),
    Shot("interview-forms", "interview", content.INTERVIEW, _show_forms),
    Shot("consent", "interview", content.INTERVIEW, _show_consent),
    Shot("pause", "interview", content.INTERVIEW, _pause),
    Shot("person", "person", content.SPEAKER),
    Shot("incident", "incident", content.INCIDENT),
    Shot("case", "case", content_desk.CASE),
    Shot("case-adding", "case", content_desk.CASE, _add_person),
    Shot("proceeding", "proceeding", content_desk.REFUSAL),
    Shot("evidence", "evidence", content_desk.DOCUMENT),
    Shot("export", "export", content_desk.PETITION),
    Shot("export-who", "export", content_desk.PETITION, _show_who),
    Shot("export-write", "export", content_desk.PETITION, _show_write),
    Shot("redaction", "redaction", content_desk.PETITION),
    Shot("redaction-who", "redaction", content_desk.PETITION, _ask_who),
    Shot("incident-kind", "incident", content_desk.VISIT, _choose_kind),
    Shot("settings", "settings"),
    *(Shot(*state) for state in shots_keys.STATES),
    *(Shot(*state) for state in shots_care.STATES),
    *(Shot(*state) for state in shots_session.STATES),
    Shot("protection", "protection"),
    Shot("protection-computer", "protection", then=_read_to_the_computer),
)
DEMONSTRATION: tuple[Shot, ...] = (Shot("petition", "export", content.DEMONSTRATION),)
"""Pictures that need the demonstration's records; drawn only when asked for by name."""


class Drawer(QObject):
    """`shot(name, language, theme)` when a screen stands still; `finished` at the end."""

    shot = Signal(str, str, str)
    finished = Signal()

    def __init__(
        self,
        app: App,
        languages: tuple[str, ...],
        themes: tuple[str, ...],
        screens: tuple[str, ...],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._app = app
        self._plan = self._steps(languages, themes, screens)
        self._still = 0
        self._ticks = 0
        self._now: tuple[str, str, str] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin."""
        self._timer.start()

    def _steps(
        self, languages: tuple[str, ...], themes: tuple[str, ...], screens: tuple[str, ...]
    ) -> Iterator[tuple[str, str, str] | None]:
        """Each yield waits for stillness; a triple is a picture to take, None only a pause."""
        wanted = set(screens)
        for language in languages:
            for theme in themes:
                self._app.look.words.switch(language)
                self._app.look.theme.set(theme, 100)
                for name in GATE:
                    if not wanted or name in wanted:
                        GATE[name](self._app)
                        yield name, language, theme
        GATE["lock"](self._app)
        self._app.gate_model.unlock(bytearray(b"gallery"))
        yield None
        for language in languages:
            for theme in themes:
                self._app.look.words.switch(language)
                self._app.look.theme.set(theme, 100)
                for shot in (*SHOTS, *DEMONSTRATION):
                    if shot.name not in wanted if wanted else shot in DEMONSTRATION:
                        continue
                    self._app.navigator.go(shot.screen, shot.record)
                    yield None
                    screen = self._app.window.current_screen()
                    if shot.then is not None and screen is not None:
                        shot.then(screen)
                    yield shot.name, language, theme
                for name, cover in shots_session.SHEETS.items():
                    if not wanted or name in wanted:
                        cover(self._app)
                        yield name, language, theme
                        shots_session.uncover(self._app)

    def _tick(self) -> None:
        self._ticks += 1
        waiting = not self._app.jobs.is_idle
        self._still = 0 if waiting else self._still + 1
        if self._still < _ROUNDS and self._ticks < _MOST_TICKS:
            return
        self._still = self._ticks = 0
        if self._now is not None:
            self.shot.emit(*self._now)
        try:
            self._now = next(self._plan)
        except StopIteration:
            self._timer.stop()
            self.finished.emit()
