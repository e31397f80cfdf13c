"""Preferences of the window, kept inside the vault and nowhere else. Must not touch QSettings or files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ui.jobs import JobRunner

if TYPE_CHECKING:
    from storage import Vault

# key -> value before anybody chose
DEFAULTS: dict[str, Any] = {
    "ui.language": "",
    "ui.theme": "system",
    "ui.text_size": 0,  # as the system
    "ui.closing_code": False,
    "ui.autolock_minutes": 3,
    "ui.discreet": False,
    "ui.place": {},
    "ui.time_marks": True,
    "ui.blank_behind": False,
}


def _read_all(vault: Vault) -> tuple[dict[str, Any], bool]:
    return {key: vault.setting(key, default) for key, default in DEFAULTS.items()}, not vault.read_only


class Settings(QObject):
    """A copy of the vault's window settings; `set` writes through, but for a notebook that can only be read.

    `changed` carries the key.
    """

    changed = Signal(str)
    loaded = Signal()

    def __init__(self, jobs: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._values = dict(DEFAULTS)
        self._kept = True

    def get(self, key: str) -> Any:
        """The value of a key of `DEFAULTS`."""
        return self._values[key]

    def load(self) -> None:
        """Read all from the vault; `loaded` follows."""
        self._jobs.vault(_read_all, self._take)

    def set(self, key: str, value: Any) -> None:
        """Change a setting now and in the vault."""
        if self._values.get(key) == value:
            return
        self._values[key] = value
        self.changed.emit(key)
        if self._jobs.has_vault and self._kept:
            self._jobs.write(_operation(key, value))

    def _take(self, found: tuple[dict[str, Any], bool]) -> None:
        values, self._kept = found
        self._values.update(values)
        self.loaded.emit()


def _operation(key: str, value: Any) -> Any:
    from storage import SetSetting

    return SetSetting(key, value)
