"""The vault's front door: create, open, read, write, verify, close. Must not hold SQL, cryptography or record rules.

A vault belongs to the thread that opened it; `interrupt` alone may be called from another.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from i18n import forget as forget_words
from i18n.message import Message
from storage.backup.restoring import restore_session
from storage.clock import clock_problem
from storage.crypto import KdfCost, choose_cost, require_strong
from storage.decoy import Decoy
from storage.environment import Environment
from storage.errors import EnvironmentProblem
from storage.history_reading import revisions_of
from storage.keeping import Keeping
from storage.keys import PassphraseOffer, RecoveryOffer, hash_key_file
from storage.operations import ChangeSet, Doc, Draft, Operation, RevisionInfo, Row
from storage.reading import Reader
from storage.search import SearchResult, search_index
from storage.session import Progress, Session, create_session, open_session
from storage.snapshot import Snapshot
from storage.verifying import VerifyReport, verify
from storage.ways_in import WaysIn
from storage.writing import Writer


class Vault(Keeping):
    """One open notebook. `folder`, `label`, `role` and `alarm` (what was found wrong, or None) may be read."""

    def __init__(self, folder: Path, session: Session) -> None:
        self.folder = folder
        self._closed = False
        self._stop = threading.Event()
        self._bind(session)

    def _bind(self, session: Session) -> None:
        self._session = session
        self._reader = Reader(session.database)
        self._writer = Writer(session, self._reader, self._stop)
        self._writer.before_merge = self._keep_backup_before_merge

    @classmethod
    def create(
        cls,
        folder: Path | str,
        passphrase: bytearray,
        *,
        label: str = "",
        role: str = "documenter",
        key_file: Path | None = None,
        cost: KdfCost | None = None,
        env: Environment | None = None,
    ) -> Vault:
        """Make a new vault in an empty or absent folder and open it. The passphrase stays the caller's to wipe.

        Without `cost` the passphrase must be strong and the cost is measured on this machine; tests give a cost. With
        `key_file` the vault never opens without it. Raises InvalidInput (folder not empty, passphrase weak, key file),
        EnvironmentProblem (disk).
        """
        file_hash = None if key_file is None else hash_key_file(key_file)
        if cost is None:
            require_strong(passphrase)
            cost = choose_cost(role)
        path = Path(folder)
        return cls(path, create_session(path, passphrase, cost, label, role, env or Environment(), file_hash))

    @classmethod
    def open(
        cls,
        folder: Path | str,
        passphrase: bytearray,
        *,
        key_file: Path | None = None,
        env: Environment | None = None,
        progress: Progress | None = None,
    ) -> Vault:
        """Open a vault. Raises WrongPassphrase, EnvironmentProblem, Incompatible, Tampered; InvalidInput (key file).

        A log that does not fit its header opens read-only, and `alarm` says so.
        """
        path = Path(folder)
        offer = PassphraseOffer(passphrase, None if key_file is None else hash_key_file(key_file))
        return cls(path, open_session(path, offer, env or Environment(), progress))

    @classmethod
    def recover(
        cls,
        folder: Path | str,
        code: bytearray,
        passphrase: bytearray,
        *,
        env: Environment | None = None,
        progress: Progress | None = None,
    ) -> Vault:
        """Open a vault with its recovery code and put a new passphrase in the place of the forgotten one.

        The vault writes as a new replica from now on. Raises WrongPassphrase (nothing was changed), InvalidInput (weak
        passphrase), and as `open`.
        """
        require_strong(passphrase)
        path = Path(folder)
        session = open_session(path, RecoveryOffer(code), env or Environment(), progress)
        try:
            WaysIn(session).renew_passphrase(passphrase)
        except BaseException:
            session.abandon()
            raise
        return cls(path, session)

    @property
    def ways_in(self) -> WaysIn:
        """Passphrases, key file, recovery kit: list, add, change, remove, prove."""
        return WaysIn(self._session)

    def clock_problem(self, now_ms: int | None = None) -> Message | None:
        """What is wrong with the computer's clock (or with `now_ms`), judged by the last entry of the log."""
        last, now = self.what_happened(limit=1), self._session.env.now_ms() if now_ms is None else now_ms
        return clock_problem(last[0].at_ms if last else 0, now)

    @property
    def decoy(self) -> Decoy:
        """The decoy notebook: make, remove, give up. `storage.HONEST_DECOY_TEXT` is to be shown before."""
        return Decoy(self._session)

    @property
    def label(self) -> str:
        """The vault's label, a pseudonym."""
        return self._session.meta("label")

    @property
    def role(self) -> str:
        """The role its owner has: documenter, lawyer, coordinator or translator."""
        return self._session.meta("role")

    @property
    def vault_number(self) -> str:
        """The five digits every code of this vault carries."""
        return self._session.vault_number

    @property
    def author(self) -> str:
        """This vault's name as author of revisions."""
        return self._session.author

    def get(self, record_id: str) -> Doc | None:
        """Give the current document of a record, or None."""
        return self._reader.get(record_id)

    def type_of(self, record_id: str) -> str | None:
        """Give the type of a current record, or None."""
        return self._reader.type_of(record_id)

    def docs(self, type_: str, ids: Iterable[str] | None = None) -> Iterator[Doc]:
        """Give the documents of a type, or those of `ids`."""
        return self._reader.docs(type_, ids)

    def rows(self, type_: str, offset: int = 0, limit: int = 200) -> list[Row]:
        """Give one page of a list, the newest first."""
        return self._reader.rows(type_, offset, limit)

    def counts(self) -> dict[str, int]:
        """Count the current records of each type; types without any are absent."""
        return self._reader.counts()

    def referring(self, record_id: str) -> list[tuple[str, str]]:
        """Give (type, id) of every current record that refers to this one."""
        return self._reader.referring(record_id)

    def find_code(self, code: str) -> str | None:
        """Give the id of the record with this code, or None."""
        return self._reader.find_code(code)

    def resolve(self, code_or_id: str, type_: str) -> str:
        """Give the id for a code or an id; raises InvalidInput."""
        return self._reader.resolve(code_or_id, type_)

    def snapshot(self, case_id: str | None = None) -> Snapshot:
        """Give all documents, or those of one case with all persons and what leads to and from it."""
        return self._reader.snapshot(case_id)

    def search(self, query: str, limit: int = 20) -> SearchResult:
        """Search in any script; never raises for what is typed. Words of edits that still wait are indexed first.

        Where the disk is full or write-protected, they wait on, and the rest is searched.
        """
        if not self.read_only:
            with suppress(EnvironmentProblem):
                self._writer.settle()
        with self._session.database.errors():
            return search_index(self._session.database.raw, query, limit)

    def settle(self, most: int = 1) -> int:
        """Index the words of up to `most` edited records; gives how many wait. For idle moments: a search does it too."""
        return 0 if self.read_only else self._writer.settle(most)

    def setting(self, key: str, default: Any = None) -> Any:
        """Give a preference."""
        return self._writer.setting(key, default)

    def drafts(self) -> list[Draft]:
        """Give the drafts, the newest first."""
        return self._writer.drafts.all()

    def history(self, record_id: str) -> list[RevisionInfo]:
        """Give what was saved to a record, oldest first."""
        return revisions_of(self._session, record_id)

    def imported(self, canonical_hash: str) -> bool:
        """True if an interchange file with this hash was taken in before."""
        return self._reader.imported(canonical_hash)

    def read_blob(self, record_id: str, field: str = "file") -> Iterator[bytes]:
        """Give the original bytes of a record's file, its segments in order; raises Tampered, InvalidInput (no file)."""
        return self._writer.attaching.read(record_id, field)

    def write(self, operation: Operation, progress: Progress | None = None) -> ChangeSet:
        """Do one operation in one transaction; when it returns, what it did is durable.

        Raises InvalidInput (nothing changed), EnvironmentProblem, Cancelled; Tampered or Incompatible when read-only.
        """
        self._require_writable()
        return self._writer.write(operation, progress)

    def verify(
        self, deep: bool = False, rebuild: bool = False, progress: Progress | None = None
    ) -> VerifyReport:
        """Check pages, blobs, log, derived tables; `deep` also every signature; `rebuild` writes what is derived anew."""
        if rebuild:
            self._require_writable()
        return verify(self._session, deep=deep, rebuild=rebuild, progress=self._writer.listening(progress))

    @classmethod
    def restore(
        cls,
        source: Path | str,
        folder: Path | str,
        passphrase: bytearray,
        *,
        key_file: Path | None = None,
        rolling: int | None = None,
        env: Environment | None = None,
        progress: Progress | None = None,
    ) -> Vault:
        """Make a vault of its own out of a backup, and open it. `rolling`: take the database from that rolling backup.

        Raises WrongPassphrase, InvalidInput (the folder exists), Tampered (damaged backup), EnvironmentProblem; then
        nothing was made.
        """
        offer = PassphraseOffer(passphrase, None if key_file is None else hash_key_file(key_file))
        path, listen = Path(folder), progress or (lambda done, total: None)
        return cls(path, restore_session(Path(source), path, offer, env or Environment(), listen, rolling))

    def interrupt(self) -> None:
        """Stop what is running (any thread): it rolls back and ends with Cancelled."""
        self._writer.cancel()

    def close(self) -> None:
        """Sign and seal the log, close, forget the keys and remembered words. Harmless when closed already."""
        if not self._closed:
            self._closed = True
            forget_words()
            self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
