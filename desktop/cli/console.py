"""What a command may use to speak: results to stdout, words to stderr, in the user's language. Must not decide anything.

Text out of a record may hold control characters; on a terminal they could move the cursor or hide a line, so they
are shown as symbols. Bars are drawn on terminals only.
"""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any, TextIO

from i18n import Catalog
from i18n.message import Message
from storage import DaftarError, InvalidInput, LeakFound

BAR_WIDTH = 30
BAR_EVERY = 0.1  # seconds

Progress = Callable[..., None]


class Console:
    """The two streams and the catalog of one run."""

    def __init__(self, catalog: Catalog, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self.catalog = catalog
        self.out = _plain(out or sys.stdout)
        self.err = _plain(err or sys.stderr)
        self._bar_shown = False
        self._warned: set[str] = set()

    def text(self, message: Message | str) -> str:
        """The words of a message."""
        return self.catalog.text(message)

    def result(self, text: str) -> None:
        """One line of the result."""
        self.out.write(printable(text) + "\n")

    def raw(self, text: str) -> None:
        """The result as it stands, without a line end of ours."""
        self.out.write(text)
        self.out.flush()

    def json(self, value: Any) -> None:
        """The result as one JSON value."""
        self.out.write(json.dumps(value, ensure_ascii=False) + "\n")

    def say(self, message: Message | str) -> None:
        """A message to the person, never part of the result."""
        self.end_bar()
        self.err.write(printable(self.text(message)) + "\n")
        self.err.flush()

    def warn(self, message: Message) -> None:
        """A message that an error raised later need not repeat."""
        self._warned.add(self.text(message))
        self.say(message)

    def error(self, error: DaftarError) -> None:
        """An error: its sentence, every fault on a line of its own, its hint."""
        if self.text(error.message) not in self._warned:
            self.say(error.message)
        if isinstance(error, InvalidInput):
            for fault in error.faults:
                self.say(f"{fault.path}: {self.text(fault.problem)}: {self.text(fault.expected)}")
        if isinstance(error, LeakFound):
            for finding in error.findings:
                self.say(self.finding_line(finding))
        if error.hint is not None:
            self.say(error.hint)

    def finding_line(self, finding: object) -> str:
        """What the gate found, for the owner of the notebook: where, what, whose, which form."""
        get = finding.get if isinstance(finding, dict) else partial(getattr, finding)
        problem = get("problem", "")
        words = self.text(problem) if isinstance(problem, Message) else str(problem)
        return "  " + "\t".join([str(get("where", "")), words, str(get("subject", "")), str(get("form", ""))])

    def progress(self, title: Message) -> Progress | None:
        """A bar for long work, or None where nobody watches (no terminal). Called with done and total."""
        if not self.err.isatty():
            return None
        words, last = self.text(title), 0.0

        def show(done: float, total: float = 1.0, *_: object) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last < BAR_EVERY and done < total:
                return
            last = now
            self._draw(words, min(1.0, done / total) if total else 1.0)

        return show

    def _draw(self, words: str, part: float) -> None:
        filled = round(part * BAR_WIDTH)
        line = f"{words} [{'█' * filled}{'░' * (BAR_WIDTH - filled)}] {part:4.0%}"
        columns = shutil.get_terminal_size().columns
        self.err.write("\r" + line[: columns - 1] + "\x1b[K")
        self.err.flush()
        self._bar_shown = True

    def end_bar(self) -> None:
        """Clear a bar that is still on the screen."""
        if self._bar_shown:
            self.err.write("\r\x1b[K")
            self._bar_shown = False


def printable(text: str) -> str:
    """The text with control and direction characters made visible; line ends and tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(letter) for letter in text)


def _visible(letter: str) -> str:
    code = ord(letter)
    if letter in "\n\t":
        return letter
    if code < 0x20:
        return chr(0x2400 + code)
    if (
        0x7F <= code < 0xA0
        or letter in "\u200e\u200f\u061c"
        or 0x202A <= code <= 0x202E
        or 0x2066 <= code <= 0x2069
    ):
        return f"<U+{code:04X}>"
    return letter


def _plain(stream: TextIO) -> TextIO:
    """UTF-8 with unchanged line ends, whatever the system's settings; a lone surrogate is written as its escape."""
    if isinstance(stream, io.TextIOWrapper):
        with contextlib.suppress(OSError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    return stream
