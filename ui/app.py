"""Puts the window together from what the composition root injects, and keeps settings, language and lock connected.

Must not decide where files lie or how processes end: that is desktop's.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from i18n.message import Message
from ui.arriving import Arriving
from ui.bus import Bus
from ui.collecting import Collector
from ui.context import Context, Discreet, Navigator, Program
from ui.guarding import SystemGuard
from ui.jobs import JobRunner
from ui.locking import IdleWatch, Locker
from ui.look import Look
from ui.quiet_work import QuietWork
from ui.settings import Settings
from ui.system_look import system_scale
from ui.theme import Theme
from ui.translator import Words
from ui.viewmodels.gate import GateModel
from ui.viewmodels.interview_session import InterviewSession
from ui.viewmodels.interview_session_recording import SessionRecording
from ui.views.gate import Gate
from ui.views.interview_session_guard import SessionGuard
from ui.views.window import Window

if TYPE_CHECKING:
    from storage import Vault


class App(QObject):
    """One run of the window: from the gate to the lock."""

    def __init__(self, program: Program, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.program = program
        self._collector = Collector(self)
        self.look = Look(Theme(self), Words(program.catalog, program.language, self))
        self.bus = Bus(self)
        self.jobs = JobRunner(self.bus, program.workers, self)
        self.settings = Settings(self.jobs, self)
        self.navigator = Navigator(self)
        self.discreet = Discreet(self)
        self.session = InterviewSession(self)
        self.recording = SessionRecording(self.jobs, program.recorders, self.look.t, self)
        self.context = Context(
            self.look,
            self.jobs,
            self.bus,
            self.settings,
            self.navigator,
            self.discreet,
            program,
            self.lock,
            self.session,
            wipe=self.wipe,
            recording=self.recording,
        )
        self._scale = system_scale()
        self._scale_was_chosen = False
        self.look.theme.set("system", self._scale)
        self.look.words.install()
        self.gate_model = GateModel(program, self.jobs, self)
        self.window = Window(self.context, Gate(self.look, program, self.gate_model))
        self.guard = SessionGuard(self.window, self.session, self.jobs, self.look, self)
        self.watch = (
            IdleWatch(program.autolock, self, sitting=self.session) if program.autolock is not None else None
        )
        self.system = SystemGuard(self.window, program, self.watch, self.settings, self)
        self.arriving = Arriving(self.context, self.window, self.gate_model, self)
        self._folder: Path | None = program.folder
        self._leaving = False
        self.quiet = QuietWork(self.jobs, self)
        self._connect()

    def show(self) -> None:
        """Show the window, the caret in the first field."""
        self.window.show()
        self.window.gate.focus_first()
        self.system.start()

    def lock(self) -> None:
        """Lock now: the injected lock walks our steps and ends the process."""
        if not self._leaving:
            self._leaving = True
            tells = bool(self.settings.get("ui.closing_code"))
            code = self.look.words.code
            self.program.lock(Locker(self.window, self.jobs, code, self, tells_code=tells), self._folder)

    def wipe(self) -> None:
        """Destroy the notebook's keys and end. Raises EnvironmentProblem when they are still there; then nothing ended."""
        if self._folder is None or self._leaving:
            return
        self.jobs.interrupt()
        self.recording.leave()
        locker = Locker(self.window, self.jobs, self.look.words.code, self)
        self.program.wipe(locker, self._folder)
        # Only where the process was not replaced: nothing may seal the notebook again.
        self._leaving = True
        self.jobs.forsake()

    def close(self) -> None:
        """The window was closed: write drafts, seal, end the workers; the process ends by itself."""
        if self._leaving:
            return
        self._leaving = True
        self.session.end()
        self.recording.leave()
        self.window.forget_view()
        locker = Locker(self.window, self.jobs, self.look.words.code, self)
        locker.blank_windows()
        locker.commit_drafts(2.0)
        locker.seal()
        locker.end_workers()
        self.look.words.uninstall()
        self._collector.stop()
        self.quiet.stop()
        self.system.stop()

    def _end(self) -> None:
        """The session or the program is to end: as if the window were closed, and nothing keeps it open."""
        self.window.close()
        self.close()
        QApplication.quit()

    def _connect(self) -> None:
        self.gate_model.opened.connect(self._opened)
        self.window.gate.language_chosen.connect(self._choose_language)
        self.window.text_size_wished.connect(self._choose_text_size)
        self.window.closing.connect(self.close)
        self.settings.loaded.connect(self._enter)
        self.settings.changed.connect(self._setting_changed)
        self.discreet.changed.connect(self._remember_discreet)
        self.quiet.found.connect(self._show_alarm)
        if self.watch is not None:
            self.watch.due.connect(self.lock)
            self.watch.cover_due.connect(self.guard.cover)
        self.guard.over.connect(self.lock)
        self.guard.uncovered.connect(self.system.restore_view)
        self.recording.changed.connect(self._show_recording)
        self.system.end_wished.connect(self._end)

    def _show_recording(self) -> None:
        self.guard.show_recording(self.recording.state.hears)

    def _opened(self, folder: object) -> None:
        self._folder = folder if isinstance(folder, Path) else None
        self.arriving.look()
        self.settings.load()

    def _enter(self) -> None:
        chosen_here = self.look.words.code
        stored = self.settings.get("ui.language")
        if stored and stored != chosen_here and not self.window.gate.language_was_chosen:
            self.look.words.switch(stored)
        else:
            self.settings.set("ui.language", chosen_here)
        if self._scale_was_chosen:
            self.settings.set("ui.text_size", self.look.theme.scale)
        self._set_theme()
        if self.settings.get("ui.discreet") != self.discreet.on:
            self.discreet.toggle()
        if self.watch is not None:
            self.watch.set_minutes(self.settings.get("ui.autolock_minutes"))
            self.watch.start(self.window)
        self.arriving.ready()
        self.recording.look()
        self.jobs.vault(_warning_of, self._warn)
        self.quiet.start()

    def _warn(self, found: tuple[Message | None, bool]) -> None:
        self._show_alarm(*found)

    def _show_alarm(self, alarm: Message | None, read_only: bool) -> None:
        if self.window.shell is not None and (alarm is not None or read_only):
            self.window.shell.show_alarm(alarm, read_only=read_only)

    def _setting_changed(self, key: str) -> None:
        if key in ("ui.theme", "ui.text_size"):
            self._set_theme()
        elif key == "ui.language":
            self.look.words.switch(self.settings.get("ui.language"))
        elif key == "ui.autolock_minutes" and self.watch is not None:
            self.watch.set_minutes(self.settings.get("ui.autolock_minutes"))

    def _set_theme(self) -> None:
        self.look.theme.set(self.settings.get("ui.theme"), self.settings.get("ui.text_size") or self._scale)

    def _choose_language(self, code: str) -> None:
        self.look.words.switch(code)

    def _choose_text_size(self, percent: int) -> None:
        if self.jobs.has_vault:
            self.settings.set("ui.text_size", max(90, min(200, percent)))
        else:
            self._scale_was_chosen = True
            self.look.theme.resize_text(percent)

    def _remember_discreet(self, on: bool) -> None:
        self.settings.set("ui.discreet", on)


def _warning_of(vault: Vault) -> tuple[Message | None, bool]:
    return vault.alarm, vault.read_only


def make_application(argv: Sequence[str]) -> QApplication:
    """The QApplication, without anything of the system's desktop settings in our look."""
    QApplication.setDesktopSettingsAware(False)
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeMenuBar)
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(list(argv[:1]) or ["daftar"])
    app.setApplicationName("Daftar")
    app.setStyle("Fusion")
    return app
