"""Taking in: from sealed segments to one evidence record with its blobs, linked to the interview. Must not lose a second.

Files go only after the transaction that holds their content; a crash in between is seen by the number of segments taken.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from i18n.message import Message, msg
from storage.attaching import Attaching
from storage.attachments import StoredBlob
from storage.checking import prepare_doc
from storage.crypto import sub_key, wipe
from storage.crypto.ratchet import next_key, recording_key
from storage.custody import with_step
from storage.environment import disk_errors
from storage.operations import ChangeSet, Doc
from storage.reading import Reader
from storage.recording.handle import is_alive
from storage.recording.naming import MOST_SEGMENTS, Found, file_name, found_in
from storage.recording.segments import Segment, read_file, read_segment
from storage.revising import Change, Reviser
from storage.session import Session

BEGUN = msg("Recording begun.")
NAME, MEDIA_TYPE = "recording.ogg", "audio/ogg"
_META = "recording:"
Text = Callable[[Message], str]
Transaction = Callable[..., AbstractContextManager[None]]


@dataclass(frozen=True)
class Progressed:
    """What the notebook knows of one recording: how far it is taken in, and what was found on the way."""

    interview: str = ""
    began: int = 0
    taken: int = 0
    samples: int = 0
    rate: int = 0
    marks: tuple[dict[str, Any], ...] = ()
    missing: tuple[int, ...] = ()
    damaged: tuple[int, ...] = ()
    why: str = ""
    done: bool = False


@dataclass
class _Batch:
    """Segments read in one go."""

    progress: Progressed
    sound: bytearray = field(default_factory=bytearray)
    used: list[int] = field(default_factory=list)


def recording_state(session: Session, recording_id: bytes) -> Progressed:
    """Give what the notebook knows of a recording."""
    stored = session.meta(_META + recording_id.hex())
    if not stored:
        return Progressed()
    values = json.loads(stored)
    tuples = {name: tuple(values[name]) for name in ("marks", "missing", "damaged")}
    return Progressed(**{**values, **tuples})


def evidence_id(recording_id: bytes) -> str:
    """Give the id of the evidence record of a recording: always the same one, however often it is taken in."""
    return str(uuid.UUID(bytes=recording_id, version=4))


def first_key(session: Session, recording_id: bytes) -> bytearray:
    """Give key 0 of a recording; the caller wipes it."""
    vault_id = session.ring.header.vault_id
    root = sub_key(session.ring.state.vault_key, vault_id, "recording")
    try:
        return recording_key(root, vault_id, recording_id)
    finally:
        wipe(root)


def incoming_of(session: Session) -> Path:
    """Give the folder of segments of the opened container."""
    return session.ring.container / "incoming"


class Taking:
    """Takes in what recorders left or are writing, one transaction a recording."""

    def __init__(
        self,
        session: Session,
        reader: Reader,
        reviser: Reviser,
        attaching: Attaching,
        transaction: Transaction,
        new_id: Callable[[], str],
        text: Text,
    ) -> None:
        self._session, self._reader = session, reader
        self._reviser, self._attaching = reviser, attaching
        self._transaction, self._new_id, self._text = transaction, new_id, text

    def run(self) -> ChangeSet:
        """Take in every finished segment; where the recorder has ended, also the last one, as far as it is whole."""
        created: set[tuple[str, str]] = set()
        changed: set[tuple[str, str]] = set()
        with disk_errors():
            files = list(found_in(incoming_of(self._session)))
        for recording_id in sorted({found.recording_id for found in files}):
            own = {found.number: found for found in files if found.recording_id == recording_id}
            changes = self._take(recording_id, own)
            created |= changes.created
            changed |= changes.changed
        return ChangeSet(created=frozenset(created), changed=frozenset(changed))

    def _take(self, recording_id: bytes, files: dict[int, Found]) -> ChangeSet:
        alive = is_alive(incoming_of(self._session), recording_id)
        if not alive:  # it may have written more between our look at the folder and its end
            files = {**files, **self._newer(recording_id, files)}
        state = recording_state(self._session, recording_id)
        batch = self._read(recording_id, files, state, alive)
        changes = ChangeSet()
        if batch.progress != state:
            changes = self._keep(recording_id, batch, state)
        self._tidy(files, batch.progress, alive)
        return changes

    def _newer(self, recording_id: bytes, files: dict[int, Found]) -> dict[int, Found]:
        incoming = incoming_of(self._session)
        number = max((known for known in files if known < MOST_SEGMENTS), default=-1) + 1
        newer: dict[int, Found] = {}
        while (path := incoming / file_name(recording_id, number)).is_file():
            newer[number] = Found(path, recording_id, number)
            number += 1
        return newer

    # -- reading

    def _read(self, recording_id: bytes, files: dict[int, Found], state: Progressed, alive: bool) -> _Batch:
        batch = _Batch(state)
        highest = max((number for number in files if number < MOST_SEGMENTS), default=-1)
        incoming = incoming_of(self._session)
        key = first_key(self._session, recording_id)
        try:
            for _ in range(state.taken):
                key = next_key(key, recording_id)
            for number in range(state.taken, highest + 1):
                if state.done:
                    break
                path = incoming / file_name(recording_id, number)
                if not path.is_file():
                    self._miss(batch, number)
                else:
                    with disk_errors():
                        data = read_file(path)
                    segment = read_segment(data, key, recording_id, number)
                    if alive and number == highest and not segment.ended:
                        break  # being written
                    self._add(batch, number, segment, number == highest)
                key = next_key(key, recording_id)
        finally:
            wipe(key)
        if not alive and not state.done:
            why = batch.progress.why or "stopped"
            batch.progress = replace(batch.progress, done=True, why=why)
        return batch

    @staticmethod
    def _miss(batch: _Batch, number: int) -> None:
        before = batch.progress
        batch.progress = replace(before, taken=number + 1, missing=(*before.missing, number))

    @staticmethod
    def _add(batch: _Batch, number: int, segment: Segment, is_highest: bool) -> None:
        before, facts = batch.progress, segment.facts
        harmed = segment.damaged > 0 or (not segment.ended and not is_highest)
        batch.sound += segment.sound
        batch.used.append(number)
        batch.progress = replace(
            before,
            interview=before.interview or str(facts.get("interview", "")),
            began=before.began or int(facts.get("at", 0)),
            rate=before.rate or int(facts.get("rate", 0)),
            samples=max(before.samples, segment.samples),
            marks=(*before.marks, *segment.marks),
            damaged=(*before.damaged, number) if harmed else before.damaged,
            taken=number + 1,
            why=segment.last or before.why,
            done=bool(segment.last),
        )

    # -- keeping

    def _keep(self, recording_id: bytes, batch: _Batch, state: Progressed) -> ChangeSet:
        """Write blob, evidence, link and what was found, in one transaction."""
        identity = evidence_id(recording_id)
        dropped = self._reader.type_ever(identity) is not None and self._reader.get(identity) is None
        blob = None
        if batch.sound and not dropped:
            blob = self._session.blobs.add(bytes(batch.sound), NAME, MEDIA_TYPE)
        try:
            changes = [] if dropped else self._changes(identity, batch, state, blob)
            with self._transaction():
                self._write(recording_id, identity, batch, state, blob, changes)
        except BaseException:
            if blob is not None:
                self._attaching.discard([blob])
            raise
        named = {change.before is None: (change.type, change.id) for change in changes}
        return ChangeSet(
            created=frozenset(filter(None, [named.get(True)])),
            changed=frozenset((change.type, change.id) for change in changes if change.before is not None),
        )

    def _write(
        self,
        recording_id: bytes,
        identity: str,
        batch: _Batch,
        state: Progressed,
        blob: StoredBlob | None,
        changes: list[Change],
    ) -> None:
        session, at = self._session, self._session.env.now_ms()
        if blob is not None:
            self._attaching.commit_row(identity, blob)
        for change in changes:
            revisions = self._reviser.write([change], at)
            facts: dict[str, Any] = {"record": change.id}
            if change.id == identity and blob is not None:
                facts["sha256"] = blob.trailer.sha256
            kind = "attach" if "sha256" in facts else "create" if change.before is None else "revise"
            session.log.append(kind, at, facts, revisions)
        after = batch.progress
        if (after.missing, after.damaged) != (state.missing, state.damaged):
            found = {"record": identity, "missing": list(after.missing), "damaged": list(after.damaged)}
            session.log.append("alarm", at, found)
        session.set_meta(_META + recording_id.hex(), json.dumps(asdict(after)))

    def _changes(
        self, identity: str, batch: _Batch, state: Progressed, blob: StoredBlob | None
    ) -> list[Change]:
        before = self._reader.get(identity)
        if before is None and blob is None:
            return []
        wished = self._described(identity, before, batch, state, blob)
        changes = [self._change("evidence", before, wished)]
        interview = self._reader.get(batch.progress.interview) if batch.progress.interview else None
        if before is None and interview is not None:
            known = interview.get("recordings")
            linked = {**interview, "recordings": [*(known if isinstance(known, list) else []), identity]}
            changes.append(self._reviser.change("interview", interview, linked))
        return [change for change in changes if change.ops]

    def _change(self, type_: str, before: Doc | None, wished: Doc) -> Change:
        file, rest = wished["file"], {name: value for name, value in wished.items() if name != "file"}
        checked = prepare_doc(type_, rest, before, self._reader, self._new_id)
        return self._reviser.change(type_, before, {**checked, "file": file})

    def _described(
        self, identity: str, before: Doc | None, batch: _Batch, state: Progressed, blob: StoredBlob | None
    ) -> Doc:
        doc: Doc = dict(before) if before is not None else self._new_document(identity, batch.progress)
        stored = doc.get("file")
        file: Doc = stored if isinstance(stored, dict) else {}
        names = list(file.get("blobs", []))
        digest = hashlib.sha256()
        for piece in self._attaching.read(identity) if before is not None and names else ():
            digest.update(piece)
        if blob is not None:
            digest.update(batch.sound)
            names.append(blob.blob_id.hex())
        doc["file"] = {
            "name": NAME,
            "media_type": MEDIA_TYPE,
            "size": int(file.get("size", 0)) + (blob.trailer.size if blob is not None else 0),
            "sha256": digest.hexdigest(),
            "blobs": names,
        }
        if before is None:
            doc = self._with_step(doc, self._text(BEGUN), batch.progress.began)
        if batch.progress.done and not state.done:
            words = " ".join(self._text(line) for line in ended_words(batch.progress))
            doc = self._with_step(doc, words, self._session.env.now_ms())
        return doc

    def _new_document(self, identity: str, progress: Progressed) -> Doc:
        began = progress.began or self._session.env.now_ms()
        day = datetime.fromtimestamp(began / 1000, UTC).astimezone().date().isoformat()
        return {
            "id": identity,
            "title": self._text(msg("Sound recording, {day}", day=day)),
            "neutral_title": self._text(msg("Sound recording")),
            "dated": day,
            "whole_or_part": "whole",
            "class": "C3",  # a voice is a name: it leaves only if somebody decides so
            "obtained_how": self._text(msg("Recorded with this notebook during the interview")),
        }

    def _with_step(self, doc: Doc, what: str, at: int) -> Doc:
        session = self._session
        return with_step(doc, what, doc["file"]["sha256"], session.author, at, session.env.random)

    # -- tidying

    def _tidy(self, files: dict[int, Found], progress: Progressed, alive: bool) -> None:
        """Remove what is taken in and committed; all of it once the recording is done and nobody writes."""
        whole = progress.done and not alive
        incoming = incoming_of(self._session)
        for recording_id in {found.recording_id for found in files.values()}:
            for number in range(progress.taken):
                if number in files or whole:
                    self._remove(incoming / file_name(recording_id, number))
        for found in files.values():
            if whole:
                self._remove(found.path)

    def _remove(self, path: Path) -> None:
        try:
            self._session.env.files.remove(path)
        except OSError:
            return  # it is found again, and known to be taken in, at the next look


def ended_words(progress: Progressed) -> Iterator[Message]:
    """Say how a recording ended: length, reason, pauses, what is missing."""
    seconds = progress.samples // progress.rate if progress.rate else 0
    yield msg("Recording ended. Length: {length}.", length=_clock(seconds))
    yield WHY.get(progress.why, WHY["stopped"])
    for at, length in pauses(progress):
        yield msg("Paused at {moment}, for {seconds} s.", moment=_clock(at), seconds=length)
    if progress.missing:
        yield msg("Missing parts: {count}.", count=len(progress.missing))
    if progress.damaged:
        yield msg("Damaged parts: {count}.", count=len(progress.damaged))


WHY: dict[str, Message] = {
    "stop": msg("It was stopped by hand."),
    "lock": msg("It ended because the notebook was locked."),
    "time": msg("It ended because it had lasted as long as it may."),
    "disk": msg("It ended because the disk took no more."),
    "device": msg("It ended because there was no sound from the microphone any more."),
    "stopped": msg("The recorder was stopped from outside; it is kept up to then."),
}


def pauses(progress: Progressed) -> Iterator[tuple[int, int]]:
    """Give (second of the recording, length in s) of every pause; one that lasted to the end has length 0."""
    began: dict[str, Any] | None = None
    for note in progress.marks:
        if note.get("what") == "pause":
            began = note
        elif note.get("what") == "resume" and began is not None:
            yield _second(began, progress), max(0, (int(note["at"]) - int(began["at"])) // 1000)
            began = None
    if began is not None:
        yield _second(began, progress), 0


def _second(note: dict[str, Any], progress: Progressed) -> int:
    return int(note["samples"]) // progress.rate if progress.rate else 0


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
