"""What the gate can find, and its report. Must not look for anything."""

from __future__ import annotations

from dataclasses import dataclass, replace

from i18n.message import Message


@dataclass(frozen=True)
class Finding:
    """Something in a finished file: where (`page 3`, `metadata`, `stream 12`, `filename`), what, and whose it is.

    `form` is the protected form itself and is shown to the owner of the vault only; it never reaches a log.
    A finding that is not `certain` is a hint for the reviewer and refuses nothing in a check on its own.
    """

    where: str
    problem: Message
    subject: str = ""
    form: str = ""
    certain: bool = True
    file: str = ""

    def to_json(self) -> dict[str, object]:
        """The form scripts rely on."""
        return {
            "file": self.file,
            "where": self.where,
            "subject": self.subject,
            "form": self.form,
            "certain": self.certain,
        }

    def in_file(self, name: str) -> Finding:
        """The same finding with the file's name."""
        return replace(self, file=name)


@dataclass(frozen=True)
class GateReport:
    """What a passed gate has looked at."""

    pages: int
    readers: tuple[str, ...]
    checks: tuple[str, ...]
    needles: int
    possible: int
