"""What the demonstration consists of: content files, attached files, dossiers. Must not make anything.

`content/*.json` are ordinary interchange files, imported in the order of their names; `content/plan.toml` names the
attached files to be made and the dossiers to be written, by the ids the content files give.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

CONTENT = Path(__file__).resolve().parent / "content"


@dataclass(frozen=True)
class Attachment:
    """A file to make (`photograph`, `paper` or `sound`) and to attach to a piece of evidence."""

    evidence: str
    make: str
    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Filing:
    """A dossier to write, in every copy its procedure has."""

    case: str
    procedure: str
    language: str | None


@dataclass(frozen=True)
class Plan:
    """The whole demonstration."""

    passphrase: str
    label: str
    files: tuple[Path, ...]
    attachments: tuple[Attachment, ...]
    filings: tuple[Filing, ...]


def read_plan(folder: Path = CONTENT) -> Plan:
    """The plan that ships with the program."""
    table = tomllib.loads((folder / "plan.toml").read_text(encoding="utf-8"))
    return Plan(
        table["passphrase"],
        table["label"],
        tuple(sorted(folder.glob("*.json"))),
        tuple(
            Attachment(one["evidence"], one["make"], one["name"], tuple(one.get("lines", ())))
            for one in table.get("attachments", ())
        ),
        tuple(
            Filing(one["case"], one["procedure"], one.get("language")) for one in table.get("dossiers", ())
        ),
    )
