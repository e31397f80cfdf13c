"""The window over a notebook on a medium that fills up or is pulled, worked in offscreen. Must be run in a mount namespace.

    unshare -m python -B -m tests.attacks.medium_window full|pulled|read-only PLACE

Prints JSON lines like tests/attacks/medium.py: what the window said, and what stood in the notebook afterwards.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from i18n import catalog
from storage import DaftarError, Vault
from tests.attacks.medium import Medium, shell, tell
from ui.app import App, make_application
from ui.gallery import content
from ui.gallery.__main__ import make_notebook, make_program
from ui.widgets.narrative_edit import NarrativeEdit

PASSPHRASE = b"gallery"
LONG = "Баъд аз он ки рафтанд, ҳама хомӯш монданд. " * 3000


class Desk:
    """The open window, and waiting in it."""

    def __init__(self, folder: Path) -> None:
        self.app = App(make_program(folder))
        self.app.show()
        self.folder = folder

    def until(self, holds: Callable[[], Any], seconds: float = 20.0) -> bool:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QApplication.processEvents()
            if holds():
                return True
            time.sleep(0.01)
        return False

    def unlock(self) -> str:
        """Type the passphrase; what the gate said, empty when it opened."""
        self.app.gate_model.choose_existing(self.folder)
        self.app.gate_model.unlock(bytearray(PASSPHRASE))
        state = self.app.gate_model
        self.until(lambda: self.app.window.shell is not None or state.state.error or state.state.problem)
        error = state.state.error
        return catalog("en").text(error.message) if error is not None else ""

    def editor(self) -> NarrativeEdit:
        self.app.navigator.go("interview", content.INTERVIEW)
        self.until(lambda: self.app.window.current_screen().findChildren(NarrativeEdit))
        self.until(lambda: self.app.jobs.is_idle)
        return self.app.window.current_screen().findChildren(NarrativeEdit)[0]

    @property
    def bar(self) -> Any:
        assert self.app.window.shell is not None
        return self.app.window.shell.bar

    def said(self) -> str:
        """What the message bar says, once it says something."""
        self.until(lambda: self.bar.isVisible())
        return str(self.bar.message.text()) if self.bar.isVisible() else ""


def drafts(folder: Path) -> tuple[str, list[str]]:
    """How the notebook opens afterwards (empty: well), and the drafts in it."""
    try:
        with Vault.open(folder, bytearray(PASSPHRASE)) as vault:
            whole = "" if vault.verify(deep=True).ok and vault.alarm is None else "damaged"
            return whole, [draft.text for draft in vault.drafts()]
    except DaftarError as error:
        return error.code, []


def renew(medium: Medium) -> None:
    master = medium.place / "gallery"
    if not master.exists():
        make_notebook(master)
    shutil.copytree(master, medium.folder)
    os.sync()


def full(medium: Medium) -> None:
    """Type on a full disk; the words stay on the screen, and are kept as soon as there is room."""
    medium.mount_tmpfs()
    renew(medium)
    desk = Desk(medium.folder)
    opened = desk.unlock()
    editor = desk.editor()
    medium.leave(0)
    editor.textCursor().insertText("аввал " + LONG)
    said = desk.said()
    kept_on_screen = "аввал" in editor.toPlainText()
    medium.free()
    editor.textCursor().insertText("баъд ")
    desk.until(lambda: False, 4.0)
    desk.app.window.close()
    whole, texts = drafts(medium.folder)
    tell(
        what="typing", opened=opened, said=said, on_screen=kept_on_screen, whole=whole,
        kept=any("аввал" in text and "баъд" in text for text in texts),
    )  # fmt: skip
    medium.unmount("-l")


def pulled(medium: Medium) -> None:
    """Type after the stick was pulled; the window says so, can be closed, and what was saved before is there."""
    medium.mount_image()
    renew(medium)
    desk = Desk(medium.folder)
    opened = desk.unlock()
    editor = desk.editor()
    editor.textCursor().insertText("пеш аз он ")
    desk.until(lambda: False, 4.0)
    medium.pull()
    editor.textCursor().insertText("пас аз он ")
    said = desk.said()
    on_screen = "пас аз он" in editor.toPlainText()
    desk.app.window.close()
    medium.unmount("-l")
    medium.mount_image()
    whole, texts = drafts(medium.folder)
    tell(
        what="typing", opened=opened, said=said, on_screen=on_screen, whole=whole,
        kept=any("пеш аз он" in text for text in texts),
    )  # fmt: skip
    medium.unmount("-l")


def read_only(medium: Medium) -> None:
    """Open on a write-protected medium."""
    medium.mount_image()
    renew(medium)
    shell("mount", "-o", "remount,ro", medium.at)
    desk = Desk(medium.folder)
    tell(what="opening", said=desk.unlock())
    desk.app.window.close()
    medium.unmount("-l")


def main(arguments: list[str]) -> int:
    make_application(["medium"])
    {"full": full, "pulled": pulled, "read-only": read_only}[arguments[0]](Medium(Path(arguments[1])))
    return 0


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    os._exit(code)  # windows and threads end with the process
