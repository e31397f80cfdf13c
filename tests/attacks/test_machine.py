"""A notebook against a model of it, while files refuse at random: write, sync, rename, remove (security page 5.2, by chance).

What was acknowledged stands; what was refused happened whole or not at all; some passphrase always opens. `DAFTAR_MACHINE`
is how many sessions are tried (12 here). A disk that refuses SQLite is the business of `faults`.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from storage import (
    AttachFile,
    DeleteRecord,
    Environment,
    EnvironmentProblem,
    Files,
    SaveRecord,
    SetSetting,
    Vault,
    WrongPassphrase,
)
from storage.keys.ring import unlock
from tests.attacks.acts import FLOOR, NEW, OLD, narrative, record_id

ERRORS = (errno.EIO, errno.ENOSPC, errno.EROFS, errno.EACCES)
METHODS = ("write", "sync", "sync_folder", "rename", "remove", "new")
FAULTS = st.one_of(
    st.none(),
    st.tuples(st.sampled_from(METHODS), st.integers(1, 6), st.sampled_from(ERRORS), st.booleans()),
)
NUMBERS = st.integers(0, 5)
TEXTS = st.text("дарё сухан хона", min_size=1, max_size=60).map(str.strip).filter(bool)


class Refusing(Files):
    """Files of which the k-th use of one kind is refused, or all from then on."""

    def __init__(self) -> None:
        self.fault: tuple[str, int, int, bool] | None = None
        self.left = 0

    def arm(self, fault: tuple[str, int, int, bool] | None) -> None:
        """Refuse what is said, until `arm(None)`."""
        self.fault, self.left = fault, fault[1] if fault else 0

    def _use(self, method: str) -> None:
        if self.fault is None or self.fault[0] != method:
            return
        self.left -= 1
        if self.left == 0 or (self.left < 0 and self.fault[3]):
            raise OSError(self.fault[2], "refused")

    def new(self, path: Path) -> BinaryIO:
        self._use("new")
        return super().new(path)

    def write(self, file: BinaryIO, data: bytes) -> None:
        self._use("write")
        super().write(file, data)

    def sync(self, file: BinaryIO) -> None:
        self._use("sync")
        super().sync(file)

    def sync_folder(self, folder: Path) -> None:
        self._use("sync_folder")
        super().sync_folder(folder)

    def rename(self, source: Path, target: Path) -> None:
        self._use("rename")
        super().rename(source, target)

    def remove(self, path: Path) -> None:
        self._use("remove")
        super().remove(path)


Model = dict[str, Any]


class Notebook(RuleBasedStateMachine):
    """The vault and what it must hold: texts and files by record, a setting."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="daftar-machine-"))
        self.folder, self.files = self.place / "vault", Refusing()
        self.model: Model = {"texts": {}, "files": {}, "setting": None}
        self.now, self.copies = OLD, 0
        self.erased: set[str] = set()
        Vault.create(self.folder, bytearray(OLD), cost=FLOOR).close()
        self.vault = self.open()

    def open(self) -> Vault:
        """Open with the passphrase in force."""
        return Vault.open(self.folder, bytearray(self.now), env=Environment(files=self.files))

    def teardown(self) -> None:
        self.vault.close()
        shutil.rmtree(self.place, ignore_errors=True)

    def held(self) -> Model:
        """What the vault says now."""
        docs = self.vault.snapshot().docs
        texts = {one: doc["narratives"][0]["text"] for one, doc in docs.get("interview", {}).items()}
        evidence = docs.get("evidence", {})
        files = {one: b"".join(self.vault.read_blob(one)) for one, doc in evidence.items() if doc.get("file")}
        texts |= {one: doc["title"] for one, doc in evidence.items()}
        return {"texts": texts, "files": files, "setting": self.vault.setting("word")}

    def do(self, fault: Any, change: Callable[[], Any], after: Model) -> None:
        """Do one thing while the files refuse; afterwards it is done, or refused and then whole or not done."""
        self.files.arm(fault)
        try:
            change()
            allowed = [after]
        except EnvironmentProblem as refused:
            assert fault is not None and refused.message.source
            allowed = [self.model, after]
        finally:
            self.files.arm(None)
        if self.vault._closed:
            self.vault = self.open()
        held = self.held()
        assert held in allowed
        self.model = held

    def with_(self, part: str, key: str, value: Any) -> Model:
        """The model with one thing more."""
        return {**self.model, part: {**self.model[part], key: value}}

    @rule(number=NUMBERS, text=TEXTS, fault=FAULTS)
    def save(self, number: int, text: str, fault: Any) -> None:
        one = record_id(number)
        operation = SaveRecord("interview", narrative(text), one)
        self.do(fault, lambda: self.vault.write(operation), self.with_("texts", one, text))

    @rule(number=NUMBERS, size=st.sampled_from([0, 1, 70_000]), fault=FAULTS)
    def attach(self, number: int, size: int, fault: Any) -> None:
        one, data = record_id(100 + number), bytes([number]) * size
        if one in self.erased:
            return
        if one not in self.model["texts"]:
            operation = SaveRecord("evidence", {"title": "акс"}, one)
            self.do(None, lambda: self.vault.write(operation), self.with_("texts", one, "акс"))
        attaching = AttachFile(one, data, "photo.jpg")
        self.do(fault, lambda: self.vault.write(attaching), self.with_("files", one, data))

    @precondition(lambda self: self.model["files"])
    @rule(fault=FAULTS)
    def erase(self, fault: Any) -> None:
        one = sorted(self.model["files"])[0]
        self.erased.add(one)
        after = {
            **self.model,
            "texts": {key: value for key, value in self.model["texts"].items() if key != one},
            "files": {key: value for key, value in self.model["files"].items() if key != one},
        }
        self.do(fault, lambda: self.vault.write(DeleteRecord(one, erase=True)), after)

    @rule(word=TEXTS, fault=FAULTS)
    def set(self, word: str, fault: Any) -> None:
        operation = SetSetting("word", word)
        self.do(fault, lambda: self.vault.write(operation), {**self.model, "setting": word})

    @rule(fault=FAULTS)
    def change_passphrase(self, fault: Any) -> None:
        other = NEW if self.now == OLD else OLD
        self.do(fault, lambda: self.vault.ways_in.change_passphrase(bytearray(other)), self.model)
        opens = [one for one in (OLD, NEW) if self.opens(one)]
        assert opens and (fault is not None or opens == [other])
        # Refused half way, both may open; the session goes on with the one it had.
        self.now = self.now if self.now in opens else other

    @rule(fault=FAULTS)
    def purge(self, fault: Any) -> None:
        self.do(fault, lambda: self.vault.purge(), self.model)

    @rule(fault=FAULTS)
    def keep_backup(self, fault: Any) -> None:
        self.do(fault, lambda: self.vault.keep_backup(), self.model)

    @rule(fault=FAULTS)
    def copy(self, fault: Any) -> None:
        self.copies += 1
        target = self.place / f"copy{self.copies}"
        self.do(fault, lambda: self.vault.backup(target), self.model)
        try:
            with Vault.open(target, bytearray(self.now)) as copy:
                assert copy.alarm is None and copy.verify().ok
                assert len(copy.snapshot().docs.get("interview", {})) == sum(
                    one in self.model["texts"] for one in map(record_id, range(6))
                )
        except EnvironmentProblem:
            assert fault is not None

    @rule(fault=FAULTS)
    def close(self, fault: Any) -> None:
        self.do(fault, self.vault.close, self.model)

    @rule()
    def crash(self) -> None:
        self.vault._session.abandon()
        self.vault = self.open()
        assert self.held() == self.model

    def opens(self, passphrase: bytes) -> bool:
        """True if the keys open."""
        try:
            unlock(self.folder, bytearray(passphrase), Environment()).wipe()
        except WrongPassphrase:
            return False
        return True

    @invariant()
    def nothing_is_wrong(self) -> None:
        assert self.vault.alarm is None and self.opens(self.now)

    @rule()
    def check(self) -> None:
        assert self.vault.verify(deep=True).ok


Notebook.TestCase.settings = settings(
    max_examples=int(os.environ.get("DAFTAR_MACHINE", "12")),
    stateful_step_count=25,
    deadline=None,
    derandomize="DAFTAR_MACHINE" not in os.environ,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)
TestNotebook = Notebook.TestCase
