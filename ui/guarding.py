"""What the system says reaches the window here: sleep, lid, locked screen, end; pictures of the screen; windows in front.

Must not decide when to lock (the policy does) and must not end the process.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from ui.context import Program
from ui.locking import IdleWatch
from ui.settings import Settings
from ui.views.interview_session_cover import Covering
from ui.views.window import Window

BLANK_BEHIND = "ui.blank_behind"


class SystemGuard(QObject):
    """`end_wished` when the session or the program is to end: the window closes as if it were asked to."""

    end_wished = Signal()

    def __init__(
        self,
        window: Window,
        program: Program,
        watch: IdleWatch | None,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window, self._program, self._watch, self._settings = window, program, watch, settings
        self._covering = Covering()
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self.state_changed)
            application.commitDataRequest.connect(self._session_ends, Qt.ConnectionType.DirectConnection)

    def start(self) -> None:
        """Listen, once the window is shown and the loop runs: asking the system must not delay the first picture."""
        QTimer.singleShot(0, self, self._start)

    def stop(self) -> None:
        """Hear nothing any more."""
        if self._program.signals is not None:
            self._program.signals.stop()

    def hear(self, event: str) -> None:
        """What the system said. For sleep this returns only when the notebook is locked, or not at all."""
        if event == "end":
            self.end_wished.emit()
        elif self._window.shell is None:
            if event != "awake":
                self.forget_typed()
        elif self._watch is not None:
            self._watch.hear(event)

    def forget_typed(self) -> None:
        """A passphrase, digits or words half typed do not wait through a sleep: every entry knows how to `wipe`."""
        for widget in self._window.findChildren(QWidget):
            wipe = getattr(widget, "wipe", None)
            if callable(wipe):
                wipe()

    def restore_view(self) -> None:
        """Show again what the blank page hid, where another sheet came over it in between."""
        if self._window.sheet_shown is None:
            self._covering.restore_view()

    def protect_all(self) -> None:
        """Tell the system again about every window, after `capture.on` was changed."""
        capture = self._program.capture
        if capture is not None:
            for widget in QApplication.topLevelWidgets():
                if widget.internalWinId():
                    capture.protect(int(widget.internalWinId()))

    def state_changed(self, state: Qt.ApplicationState) -> None:
        """Another window is in front, or ours again."""
        window = self._window
        in_front = state == Qt.ApplicationState.ApplicationActive
        if in_front and window.sheet_shown is window.blank:
            window.take_sheet_away()
            self._covering.restore_view()
        elif not in_front and self._wants_blank():
            self._covering.clear_view(window, window.all_pages())
            window.show_sheet(window.blank)
            window.blank.repaint()

    def _wants_blank(self) -> bool:
        window = self._window
        return (
            window.shell is not None and window.sheet_shown is None and bool(self._settings.get(BLANK_BEHIND))
        )

    def _start(self) -> None:
        number = int(self._window.winId())
        if self._program.capture is not None:
            self._program.capture.watch(number)
        if self._program.signals is not None:
            self._program.signals.watch(number, self.hear)

    def _session_ends(self, _manager: object) -> None:
        self.end_wished.emit()
