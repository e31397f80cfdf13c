"""What another program of the same screen can read from the clipboard and from the selection: nothing of the notebook."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.attacks.conftest import canary_notebook as canary_notebook  # the fixtures
from tests.desktop.test_panic import TYPED, Open
from tests.desktop.test_panic import pytestmark as pytestmark
from tests.desktop.test_panic import screen as screen

MIDDLE = (
    560,
    384,
)  # inside the sheet one writes on: without a window manager the window stands at the left top
READER = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
app = QGuiApplication([])
def read():
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        data = app.clipboard().mimeData(mode)
        print(mode.name, data.formats(), repr(data.text()), flush=True)
    app.quit()
QTimer.singleShot(300, read)
app.exec()
"""
OWNER = """
import sys
from PySide6.QtGui import QClipboard, QGuiApplication
app = QGuiApplication([])
app.clipboard().setText("from another program", QClipboard.Mode.Clipboard)
app.clipboard().setText("from another program", QClipboard.Mode.Selection)
print("owned", flush=True)
app.exec()
"""


def client(body: str, window: Open) -> subprocess.Popen[str]:
    environment = {**window.environment, "QT_QPA_PLATFORM": "xcb"}
    return subprocess.Popen(
        [sys.executable, "-I", "-c", body], stdout=subprocess.PIPE, text=True, env=environment
    )


def read(window: Open) -> str:
    """What a second program finds in CLIPBOARD and PRIMARY."""
    return client(READER, window).communicate(timeout=30)[0]


def test_the_reader_sees_what_other_programs_copy(canary_notebook: Path, tmp_path: Path, screen: str) -> None:
    window = Open("writing", canary_notebook, tmp_path, screen)
    owner = client(OWNER, window)
    try:
        assert owner.stdout is not None and owner.stdout.readline() == "owned\n"
        assert read(window).count("from another program") == 2
    finally:
        owner.kill()
        owner.communicate()
        window.end()


@pytest.mark.parametrize("how", ["keys", "cut", "mouse", "insert key", "middle button"])
def test_no_word_of_the_notebook_reaches_another_program(
    how: str, canary_notebook: Path, tmp_path: Path, screen: str
) -> None:
    window = Open("writing", canary_notebook, tmp_path, screen)
    try:
        if how == "mouse":
            x, y = MIDDLE
            window.tool("mousemove", str(x - 260), str(y - 80), "mousedown", "1")
            for step in range(1, 8):
                window.tool("mousemove", str(x - 260 + 60 * step), str(y - 80 + 10 * step))
            window.tool("mouseup", "1")
            window.tool("mousemove", str(x), str(y), "click", "--repeat", "2", "1")  # a word
        else:
            window.tool("key", "ctrl+a")
            if how != "middle button":
                window.tool("key", {"keys": "ctrl+c", "cut": "ctrl+x", "insert key": "ctrl+Insert"}[how])
            else:
                x, y = MIDDLE
                window.tool("mousemove", str(x), str(y), "click", "2")
        time.sleep(0.3)
        found = read(window)
        assert len(found.splitlines()) == 2
        assert TYPED not in found
        assert re.findall(r"'[^']+'\s*$", found, re.M) == [], found  # both texts are empty
    finally:
        window.end()
