"""What an open vault does about itself: copies, purge, evidence package, its own story. Must not know records or widgets.

The part of `Vault` (its base) that is about the folder as a whole. Long work takes progress(done, total); `interrupt` stops it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from i18n.message import Message, msg
from storage.audit import closing_code
from storage.backup.copying import check_target, copy_folder
from storage.backup.restoring import copy_of_ring, open_copy
from storage.backup.rolling import EVERY_MS, place, rolling_backups, write_rolling
from storage.caring import LAST_COPY, CareFacts, Happened, facts_of, what_happened
from storage.custody import CHECKED, EXPORTED
from storage.errors import Cancelled, EnvironmentProblem, Incompatible, InvalidInput, Tampered
from storage.evidence import EvidencePackage, export_evidence
from storage.evidence.package import Source
from storage.making import remove_tree
from storage.operations import ChangeSet, DeleteRecord, LogEvent, TakeInRecordings
from storage.quiet_check import QuietCheck
from storage.reading import Reader
from storage.recording.beginning import (
    LiveRecording,
    RecordingTicket,
    begin_recording,
    live_recordings,
)
from storage.rotation import deleted_with_content, rotate_key
from storage.session import Progress, Session, reconnect
from storage.stopping import BytesHeard
from storage.writing import Writer

MERGE_MS = 3600 * 1000


class Keeping:
    """The base of `Vault`; what it needs of it is declared here and bound there."""

    folder: Path
    _session: Session
    _reader: Reader
    _writer: Writer
    _closed: bool

    _quiet: QuietCheck | None = None

    def _bind(self, session: Session) -> None:
        raise NotImplementedError

    @property
    def alarm(self) -> Message | None:
        """What was found wrong at opening, to be shown. A log that does not fit also makes the vault read-only."""
        return self._session.alarm

    @property
    def read_only(self) -> bool:
        """True if nothing can be written: an alarm, or a vault of a newer minor version."""
        return self._session.read_only

    @property
    def closing_code(self) -> str:
        """Two groups of five digits of the log's head, to be noted at closing and compared at opening."""
        return closing_code(self._session.log.head)

    def _require_writable(self) -> None:
        if self.read_only and self.alarm is not None:
            raise Tampered(self.alarm)
        if self.read_only:
            raise Incompatible(msg("This notebook was written by a newer Daftar and can only be read."))

    def care_facts(self) -> CareFacts:
        """Give how copies, room and deletions stand, for the person who looks after the notebook."""
        return facts_of(self._session)

    def what_happened(self, before: int | None = None, limit: int = 50) -> list[Happened]:
        """Give events of the log without content, the latest first; with `before`, those with a smaller number."""
        return what_happened(self._session, before, limit)

    def backup(self, target: Path | str, progress: Progress | None = None) -> None:
        """Copy the whole vault folder, without its lock, into a new one; logged, and readable by its passphrases.

        Raises InvalidInput (target), EnvironmentProblem, Cancelled: then nothing is left at the target.
        """
        self._copy(Path(target), {}, self._writer.listening(progress))
        if not self.read_only:
            with self._session.transaction():
                self._session.set_meta(LAST_COPY, str(self._session.env.now_ms()))

    def _copy(
        self, target: Path, facts: dict[str, Any], listen: Progress, *, with_headers: bool = True
    ) -> None:
        check_target(self.folder, target)
        if not self.read_only:
            self._writer.log_event(LogEvent("backup", facts=facts))
            self._session.seal()
        # Closed, so that no journal file beside the database tells which container is the real one.
        self._session.database.close()
        try:
            copy_folder(self.folder, target, self._session.env.files, listen, with_headers=with_headers)
        finally:
            self._bind(reconnect(self._session))

    def go_back(self, number: int, target: Path | str, progress: Progress | None = None) -> None:
        """Make a notebook of its own in a new folder, with the database of rolling backup `number`. This one stays as it is.

        Raises InvalidInput (target, no such backup), Tampered (that backup is damaged), EnvironmentProblem, Cancelled:
        then nothing is left at the target.
        """
        self._require_writable()
        listen, made = self._writer.listening(progress), Path(target)
        if not place(self._session.ring.container, number).is_file():
            raise InvalidInput(msg("There is no such copy inside the notebook."))
        existed = made.exists()
        self._copy(made, {"rolling": number}, listen, with_headers=False)
        ring = copy_of_ring(self._session.ring, made)
        try:
            facts = {name: self._session.meta(name) for name in ("slots", "decoy")}
            known = {name: value for name, value in facts.items() if value}
            open_copy(ring, self._session.env, number, listen, known).close()
        except BaseException:
            ring.wipe()
            remove_tree(made, not existed)
            raise

    def check_quietly(self, hurry: Callable[[], bool], seconds: float = 0.1) -> bool:
        """Check a little of what was not checked since opening; True when all was. For idle moments.

        What is found becomes `alarm`. `hurry` is asked often and ends the moment. Raises EnvironmentProblem.
        """
        if self._quiet is None or self._quiet.session is not self._session:
            self._quiet = QuietCheck(self._session)
        if not self._quiet.finished:
            self._quiet.go_on(hurry, seconds)
        return self._quiet.finished

    def rolling_backups(self) -> list[tuple[int, int]]:
        """Give (number, when in ms UTC) of the rolling backups inside the container, the newest first."""
        return rolling_backups(self._session.ring.container)

    @property
    def backup_due(self) -> bool:
        """True if something was logged since the last rolling backup, and that one is a day old or missing."""
        return self._backup_older_than(EVERY_MS)

    def _backup_older_than(self, age_ms: int) -> bool:
        if self.read_only:
            return False
        row = self._session.database.one("SELECT max(n) FROM log WHERE n > ?", (self._backup_size(),))
        kept = self.rolling_backups()
        age = self._session.env.now_ms() - kept[0][1] if kept else age_ms
        return row != (None,) and not 0 <= age < age_ms

    def _backup_size(self) -> int:
        return int(self._session.meta("backed_up") or 0)

    def keep_backup(self, progress: Progress | None = None) -> None:
        """Make a rolling backup of the database; the third oldest goes. Raises EnvironmentProblem, Cancelled."""
        self._require_writable()
        self._keep_backup(self._writer.listening(progress))

    def _keep_backup_before_merge(self, listen: Progress) -> None:
        """Before records of somebody else come in: a copy of how it was, unless one of the last hour is there.

        An hour, so that three imports in a row do not push out the copies of the days before.
        """
        holds = self._session.database.one("SELECT count(*) FROM documents") != (0,)
        if holds and self._backup_older_than(MERGE_MS):
            self._keep_backup(listen)

    def _keep_backup(self, listen: Progress) -> None:
        write_rolling(self._session.database, self._session.ring, listen)
        with self._session.transaction():
            self._session.set_meta("backed_up", str(self._session.log.size))

    def export_evidence(
        self,
        record_ids: Iterable[str],
        folder: Path | str,
        text: Callable[[Message], str],
        progress: Progress | None = None,
    ) -> EvidencePackage:
        """Write the files of some evidence, unprotected, with all that proves them; `text` words its description.

        Each exported record gets a step of custody. Consents are the caller's to check. Raises InvalidInput, Tampered,
        EnvironmentProblem, Cancelled: then nothing is left at the folder.
        """
        self._require_writable()
        check_target(self.folder, Path(folder))
        sources = []
        for record_id in record_ids:
            doc = self._reader.get(record_id)
            if doc is None:
                raise InvalidInput(msg("There is no such record."))
            sources.append(Source(doc, partial(self._writer.attaching.read, record_id, "file")))

        def log_export(facts: dict[str, Any]) -> None:
            self._writer.log_event(LogEvent("export", facts=facts))

        def note_custody() -> None:
            self._writer.note_custody([str(source.doc["id"]) for source in sources], EXPORTED)

        listen = self._writer.listening(progress)
        return export_evidence(self._session, sources, Path(folder), text, log_export, note_custody, listen)

    def check_evidence(self, record_id: str, progress: Progress | None = None) -> ChangeSet:
        """Read an evidence's file to its end, compare its hash, and note that as a step of custody.

        Raises InvalidInput (no file), Tampered (the file is not what it was), Cancelled.
        """
        self._require_writable()
        doc = self._reader.get(record_id) or {}
        digest, pieces = hashlib.sha256(), self._writer.attaching.read(record_id, "file")
        heard = BytesHeard(self._writer.listening(progress), int(doc["file"].get("size") or 0))
        for piece in pieces:
            digest.update(piece)
            heard(len(piece))
        if digest.hexdigest() != doc["file"].get("sha256"):
            raise Tampered(msg("An attached file is damaged or was changed."))
        return self._writer.note_custody([record_id], CHECKED)

    def begin_recording(self, interview: str) -> RecordingTicket:
        """Draw a recording of an interview, for a recorder process. InvalidInput when one is under way."""
        self._require_writable()
        return begin_recording(self._session, interview)

    def live_recordings(self) -> list[LiveRecording]:
        """Give the recordings a living recorder writes, with the way to command it."""
        return live_recordings(self._session)

    def purge(self, progress: Progress | None = None) -> None:
        """Make deletion reach as far as it can: erase what was deleted, move all that lives to a new key, drop the rest.

        Every way in keeps opening. The rolling backups go and one is made anew. Raises EnvironmentProblem, Tampered,
        Cancelled: then nothing that lives is lost, what was deleted may be erased already; when the switch of keys itself
        fails, the vault is closed.
        """
        self._require_writable()
        if self.live_recordings():
            raise InvalidInput(msg("A recording is under way. Stop it first."))
        self._writer.write(TakeInRecordings(), None)  # its keys come from the key that is about to go
        listen = self._writer.listening(progress)
        for record_id in deleted_with_content(self._session):
            listen(0, 1)
            self._writer.delete(DeleteRecord(record_id, erase=True))
        self._writer.settle()
        try:
            rotate_key(self._session, listen)
        except BaseException:
            self._closed = self._session.lock.released
            raise
        self._bind(reconnect(self._session))
        # The purge is done: a copy that cannot be made now is made when the notebook is idle.
        with suppress(Cancelled, EnvironmentProblem):
            self._keep_backup(listen)
