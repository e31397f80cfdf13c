"""Gets a passphrase from a prompt without echo or from a file. Must not take it from an argument or the environment.

It is kept in a bytearray from the first byte on, so that it can be wiped; it never becomes a `str`.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.cli.console import Console
from i18n.message import Message, msg
from storage import EnvironmentProblem, Fault, InvalidInput

LONGEST = 4096  # bytes
_BOM = b"\xef\xbb\xbf"
_RETURN = 0x0D


def read_passphrase(file: str | None, console: Console, *, new: bool = False) -> bytearray:
    """The passphrase's bytes (UTF-8): the first line of `file` (`-`: standard input), else asked for on the terminal.

    `new` asks twice. InvalidInput if the file cannot be used or the two differ, EnvironmentProblem without a terminal.
    """
    if file is not None:
        return _from_stdin() if file == "-" else _from_file(Path(file))
    first = _ask(msg("New passphrase: ") if new else msg("Passphrase: "), console)
    if not new:
        return first
    second = _ask(msg("The same again: "), console)
    same = first == second
    wipe(second)
    if not same:
        wipe(first)
        raise InvalidInput(msg("The two passphrases are not the same."), hint=msg("Nothing was created."))
    return first


def ask_line(question: Message, console: Console) -> bytearray:
    """One line from the terminal, without echo. EnvironmentProblem where there is none."""
    return _ask(question, console)


def wipe(secret: bytearray) -> None:
    """Overwrite with zeros in place."""
    secret[:] = bytes(len(secret))


def _from_file(path: Path) -> bytearray:
    try:
        with path.open("rb", buffering=0) as file:
            return _first_line(lambda: file.read(1))
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise _unusable(str(path)) from None
    except OSError:
        raise EnvironmentProblem(
            msg("The passphrase file “{file}” cannot be read.", file=path.name)
        ) from None


def _unusable(name: str) -> InvalidInput:
    fault = Fault(name, msg("there is no such file"), msg("a file whose first line is the passphrase"))
    return InvalidInput(msg("The passphrase file cannot be used."), [fault])


def _from_stdin() -> bytearray:
    descriptor = sys.stdin.fileno()
    return _first_line(lambda: os.read(descriptor, 1))


def _first_line(next_byte: Callable[[], bytes | None]) -> bytearray:
    """Byte by byte, so that nothing behind the line is taken from a pipe.

    Into one buffer of full length: one that grows leaves the beginning of the passphrase behind in memory.
    """
    buffer, used = bytearray(LONGEST + 1), 0
    while used < len(buffer):
        byte = next_byte()
        if not byte or byte == b"\n":
            break
        buffer[used] = byte[0]
        used += 1
    end = used - 1 if used and buffer[used - 1] == _RETURN else used
    line = buffer[len(_BOM) if buffer.startswith(_BOM) else 0 : end]
    wipe(buffer)
    return line


def _ask(question: Message, console: Console) -> bytearray:
    words = console.text(question)
    if sys.platform == "win32":
        return _ask_windows(words, console)
    try:
        terminal = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except OSError:
        raise EnvironmentProblem(
            msg("There is no terminal to ask for the passphrase."), msg("Use --passphrase-file.")
        ) from None
    try:
        with _no_echo(terminal):
            os.write(terminal, words.encode("utf-8", "replace"))
            line = _first_line(lambda: os.read(terminal, 1))
            os.write(terminal, b"\n")
            return line
    finally:
        os.close(terminal)


@contextmanager
def _no_echo(terminal: int) -> Iterator[None]:
    import termios

    before = termios.tcgetattr(terminal)
    quiet = termios.tcgetattr(terminal)
    quiet[3] &= ~termios.ECHO
    termios.tcsetattr(terminal, termios.TCSAFLUSH, quiet)
    try:
        yield
    finally:
        with contextlib.suppress(termios.error):
            termios.tcsetattr(terminal, termios.TCSAFLUSH, before)


def _ask_windows(words: str, console: Console) -> bytearray:
    import msvcrt

    if not sys.stdin.isatty():
        raise EnvironmentProblem(
            msg("There is no terminal to ask for the passphrase."), msg("Use --passphrase-file.")
        )
    getwch: Callable[[], str] = msvcrt.getwch  # type: ignore[attr-defined, unused-ignore]
    console.err.write(words)
    console.err.flush()
    line = bytearray()
    while (letter := getwch()) not in ("\r", "\n"):
        if letter == "\x03":
            raise KeyboardInterrupt
        if letter == "\b":
            while line and (line.pop() & 0xC0) == 0x80:
                pass
        else:
            if 0xD800 <= ord(letter) < 0xDC00:  # the first half of a letter that Windows hands over in two
                letter = (letter + getwch()).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            line += letter.encode("utf-8", "replace")
    console.err.write("\n")
    return line
