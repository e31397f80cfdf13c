"""Reads which evidence may leave and writes the package, in the vault lane. Must not decide for whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import exports
from i18n.message import Message, msg
from storage import EvidencePackage
from storage.errors import ConsentMissing
from ui.viewmodels.care_working import Teller

if TYPE_CHECKING:
    from storage import Snapshot, Vault
    from ui.jobs import Job

SAID: dict[str, Message] = {
    # critical
    "no": msg("said no"),
    # critical
    "declined": msg("did not want to answer"),
    # critical
    "not_asked": msg("was not asked"),
    # critical
    "withdrawn": msg("took the consent back"),
    # critical
    "expired": msg("the consent has run out"),
    # critical
    "yes": msg("only others have said yes"),
}
"""What keeps a file back, in words; a yes of somebody else does not count for who speaks on a recording."""


@dataclass(frozen=True)
class Missing:
    """Whose consent is missing, by code, and what was said."""

    code: str
    decision: str


@dataclass(frozen=True)
class PackageItem:
    """One evidence as the list shows it; `size` in bytes."""

    id: str
    title: str
    name: str
    size: int
    has_file: bool
    missing: tuple[Missing, ...]
    nobody: bool

    @property
    def may_leave(self) -> bool:
        """Whether its file may go into the package."""
        return self.has_file and not self.missing


@dataclass(frozen=True)
class PackageReading:
    """What can be handed over; `victim` is the main victim's missing consent, which keeps everything back."""

    case_code: str
    items: tuple[PackageItem, ...]
    victim: Missing | None


def read_package(record_id: str, purpose: str, today: date, vault: Vault) -> PackageReading:
    """Judge an evidence alone, or all evidence of a case."""
    is_case = vault.type_of(record_id) == "case"
    snapshot = vault.snapshot(record_id) if is_case else vault.snapshot()
    ids = exports.evidence_of_case(snapshot, record_id) if is_case else [record_id]
    judged = exports.leaving_evidence(snapshot, ids, purpose, today)
    missing = exports.main_victim_missing(snapshot, record_id, purpose, today) if is_case else None
    return PackageReading(
        str((vault.get(record_id) or {}).get("code") or "") if is_case else "",
        tuple(_item(snapshot, one) for one in judged),
        None if missing is None else Missing(_code(snapshot, missing[0]), missing[1].decision),
    )


def _item(snapshot: Snapshot, one: exports.LeavingEvidence) -> PackageItem:
    doc: dict[str, Any] = snapshot.get(one.id) or {}
    file = doc.get("file") if isinstance(doc.get("file"), dict) else {}
    missing = tuple(Missing(_code(snapshot, person), state.decision) for person, state in one.missing)
    return PackageItem(
        id=one.id,
        title=str(doc.get("neutral_title") or doc.get("title") or ""),
        name=str((file or {}).get("name") or ""),
        size=int((file or {}).get("size") or 0),
        has_file=one.has_file,
        missing=missing,
        nobody=not one.people,
    )


def _code(snapshot: Snapshot, person: str) -> str:
    return str((snapshot.get(person) or {}).get("code") or "")


def write_package(
    record_id: str,
    chosen: tuple[str, ...],
    purpose: str,
    folder: Path,
    today: date,
    text: Callable[[Message], str],
    vault: Vault,
    job: Job,
) -> EvidencePackage:
    """Judge once more, then write. Raises ConsentMissing: a withdrawal may have come since the list was shown."""
    found = read_package(record_id, purpose, today, vault)
    allowed = {item.id for item in found.items if item.may_leave}
    if found.victim is not None or not set(chosen) <= allowed:
        # critical
        raise ConsentMissing(msg("A consent that is needed is not in force. Nothing was written."))
    words = msg("Writing the files; each is compared with its hash")
    return vault.export_evidence(chosen, folder, text, Teller(job, (words,)))
