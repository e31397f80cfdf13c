"""Everything that can go wrong, as types with a stable code, words and a hint. Must not hold record content.

The command line turns each into an exit code (docs/architecture.md), the window into a message bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from i18n.message import Message, msg


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an input: where (`persons[2].names[0].full`), what is wrong, what was expected."""

    path: str
    problem: Message
    expected: Message


class DaftarError(Exception):
    """Base of all errors a user may meet: `code` is stable, `message` and `hint` are translatable."""

    code = "error"
    exit_code = 1

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(self.code)
        self.message = message
        self.hint = hint


class InvalidInput(DaftarError):
    """The input is refused whole; `faults` lists everything wrong with it. Nothing was changed."""

    code = "invalid_input"
    exit_code = 3

    def __init__(self, message: Message, faults: Sequence[Fault] = (), hint: Message | None = None) -> None:
        super().__init__(message, hint)
        self.faults = tuple(faults)


class WrongPassphrase(DaftarError):
    """No key slot opens with what was typed."""

    code = "wrong_passphrase"
    exit_code = 4


class ConsentMissing(DaftarError):
    """Testimony may not leave: the consent it needs is not in force."""

    code = "consent_missing"
    exit_code = 5


class Refused(DaftarError):
    """Refused for another protective or formal reason (readiness block, language, possible hits)."""

    code = "refused"
    exit_code = 5


class LeakFound(DaftarError):
    """The gate found a protected form in a finished file; nothing was written."""

    code = "leak_found"
    exit_code = 6

    def __init__(
        self, message: Message, findings: Sequence[object] = (), hint: Message | None = None
    ) -> None:
        super().__init__(message, hint)
        self.findings = tuple(findings)


class Tampered(DaftarError):
    """Stored bytes are damaged or were changed outside the program."""

    code = "tampered"
    exit_code = 7


class EnvironmentProblem(DaftarError):
    """Disk full, no permission, read-only medium, or another Daftar holds the notebook."""

    code = "environment"
    exit_code = 8


class Incompatible(DaftarError):
    """Made by a newer Daftar."""

    code = "incompatible"
    exit_code = 9


class Cancelled(DaftarError):
    """The user stopped the work; never shown as an error."""

    code = "cancelled"
    exit_code = 130

    def __init__(self) -> None:
        super().__init__(msg("Stopped."))
