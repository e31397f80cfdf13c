"""Runs Python's cycle collector on the GUI thread only. Must not touch widgets itself.

A screen that is left is a web of references; whichever thread the collector happens to run in takes it apart. Widgets may
be taken apart by the GUI thread only, so while a window lives the collector is driven from here.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_TICK_MS = 250


class Collector(QObject):
    """Made on the GUI thread; until `stop` no other thread collects cycles."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running = True
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.collect_due)
        gc.disable()
        self._timer.start()

    def collect_due(self) -> None:
        """Collect the oldest generation that is due by Python's own thresholds; nothing where none is."""
        due = [
            number
            for number, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if 0 < most < count
        ]
        if due:
            gc.collect(max(due))

    def stop(self) -> None:
        """The window is gone: take apart what is left of it here, then leave collecting to Python again."""
        if self._running:
            self._running = False
            self._timer.stop()
            gc.collect()
            gc.enable()
