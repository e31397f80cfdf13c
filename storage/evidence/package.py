"""Writes an evidence package into a new folder: files, manifest, proof, verifier, description. Must not judge consent.

The manifest's hash goes into the log as an export, the log's head is signed with both keys: so the signatures cover the
manifest, and the chain shows before which entries each file was attached. Names of files are numbers: an original name can
be a person's. Everything here is unprotected once written; the caller asks and warns.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from i18n.message import Message, msg
from storage.attaching import find_at
from storage.audit import canonical
from storage.crypto import sha256
from storage.environment import Files, disk_errors
from storage.errors import InvalidInput, Tampered
from storage.making import make_folder, remove_tree
from storage.operations import Doc
from storage.session import Progress, Session
from storage.stopping import BytesHeard

_ENDINGS = {
    "application/pdf": ".pdf",
    "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg",
    "audio/wav": ".wav",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "text/plain": ".txt",
    "video/mp4": ".mp4",
}
_SYNCED = 8 << 20
_DESCRIPTION: tuple[Message, ...] = (
    msg(
        "This folder holds files of evidence as they were taken into a notebook of the program Daftar, unchanged."
    ),
    msg("MANIFEST.sha256 lists the SHA-256 of every file. Any program that checks such lists can check it."),
    msg(
        "manifest.json names each file, its size, its hash and the entries of the notebook's log that concern it."
    ),
    msg(
        "proof.json holds the log as a chain of hashes, its signed end, and the public keys of the notebook."
    ),
    msg(
        "verify.py checks all of this. Run it with Python on a computer that need not be connected to anything."
    ),
    msg(
        "The times in the log are those of the laptop's clock: a claim, not a proof. The order of the entries is proven."
    ),
    msg("The keys belong to a role, not to a name. Who held them is to be shown by other means."),
)


@dataclass(frozen=True)
class EvidencePackage:
    """What was written: the folder, how many files, and the manifest's SHA-256 (hex) as the log names it."""

    folder: Path
    files: int
    manifest: str


@dataclass(frozen=True)
class Source:
    """One record to export: its document, and how to read its file."""

    doc: Doc
    read: Callable[[], Iterable[bytes]]


def export_evidence(
    session: Session,
    sources: Sequence[Source],
    folder: Path,
    text: Callable[[Message], str],
    log_export: Callable[[dict[str, Any]], None],
    note_custody: Callable[[], None],
    progress: Progress,
) -> EvidencePackage:
    """Write the package into a new or empty folder; `log_export` writes the export event and signs the log.

    `note_custody` comes last, when all is written: it adds the step to each record.

    Raises InvalidInput (folder not empty, a record without a file), Tampered (a file is damaged), EnvironmentProblem,
    Cancelled: then nothing is left at the folder.
    """
    if not sources or any(not find_at(source.doc, "file") for source in sources):
        raise InvalidInput(msg("Only records with a file can go into an evidence package."))
    made = make_folder(folder, session.env.files)
    try:
        with disk_errors():
            package = _write(session, sources, folder, text, log_export, progress)
        note_custody()
        return package
    except BaseException:
        remove_tree(folder, made)
        raise


def _write(
    session: Session,
    sources: Sequence[Source],
    folder: Path,
    text: Callable[[Message], str],
    log_export: Callable[[dict[str, Any]], None],
    progress: Progress,
) -> EvidencePackage:
    out = session.env.files
    (folder / "files").mkdir()
    total = sum(int(source.doc["file"].get("size") or 0) for source in sources)
    heard = BytesHeard(progress, 2 * total)  # each byte is written, then read again
    events = _events_by_record(session)
    items = [
        _write_file(session, source, folder, number, events, heard)
        for number, source in enumerate(sources, 1)
    ]
    manifest = canonical({"v": 1, "author": session.author, "files": items})
    digest = sha256(manifest).hex()
    log_export({"evidence": len(items), "manifest": digest})
    _put(out, folder / "manifest.json", manifest)
    told = {number for item in items for number in item["events"]} | {session.log.size}
    _put(out, folder / "proof.json", canonical(_proof(session, told)))
    _put(out, folder / "README.txt", "\n\n".join(text(words) for words in _DESCRIPTION).encode() + b"\n")
    _put(out, folder / "verify.py", files("storage.evidence").joinpath("verifier.txt").read_bytes())
    _put(out, folder / "MANIFEST.sha256", _hash_list(folder, heard))
    for place in (folder / "files", folder):
        out.sync_folder(place)
    progress(2 * total, 2 * total)
    return EvidencePackage(folder, len(items), digest)


def _write_file(
    session: Session,
    source: Source,
    folder: Path,
    number: int,
    events: Mapping[str, list[int]],
    heard: BytesHeard,
) -> dict[str, Any]:
    described, record_id = source.doc["file"], str(source.doc["id"])
    name = f"{number:04d}{_ENDINGS.get(described.get('media_type') or '', '.bin')}"
    digest, size, waiting, out = hashlib.sha256(), 0, 0, session.env.files
    with out.new(folder / "files" / name) as file:
        for piece in source.read():
            digest.update(piece)
            size += len(piece)
            out.write(file, piece)
            heard(len(piece))
            waiting += len(piece)
            if waiting >= _SYNCED:  # a slow stick is waited for in short pieces: stopping is quick
                out.sync(file)
                waiting = 0
        out.sync(file)
    if digest.hexdigest() != described["sha256"]:
        raise Tampered(msg("An attached file is damaged or was changed."))
    return {
        "file": f"files/{name}",
        "media_type": described.get("media_type"),
        "size": size,
        "sha256": digest.hexdigest(),
        "events": events.get(record_id, []),
    }


def _events_by_record(session: Session) -> dict[str, list[int]]:
    """Give for each record the numbers of the log's events about it: taken in, described, attached, exported."""
    found: dict[str, list[int]] = {}
    for number, event in session.log.events():
        record_id = json.loads(event).get("facts", {}).get("record")
        if isinstance(record_id, str):
            found.setdefault(record_id, []).append(number)
    return found


def _proof(session: Session, told: set[int]) -> dict[str, Any]:
    row = session.database.one("SELECT body, signatures FROM checkpoints WHERE n = ?", (session.log.size,))
    assert row is not None
    body, signatures = bytes(row[0]).decode("ascii"), bytes(row[1])
    events = session.log.events()
    public = session.signer.public
    return {
        "v": 1,
        "keys": {"ed25519": public.ed25519.hex(), "mldsa65": public.mldsa.hex()},
        "checkpoint": body,
        "signatures": {"ed25519": signatures[:64].hex(), "mldsa65": signatures[64:].hex()},
        "hashes": [sha256(event).hex() for _, event in events],
        "events": [{"n": number, "event": event.decode()} for number, event in events if number in told],
    }


def _put(out: Files, path: Path, data: bytes) -> None:
    out.create(path, data)


def _hash_list(folder: Path, heard: BytesHeard) -> bytes:
    lines = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest = hashlib.sha256()
            with path.open("rb") as file:
                while piece := file.read(1 << 20):
                    digest.update(piece)
                    heard(len(piece))
            lines.append(f"{digest.hexdigest()}  {path.relative_to(folder).as_posix()}\n")
    return "".join(lines).encode()
