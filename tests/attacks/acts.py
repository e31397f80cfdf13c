"""The things a notebook is made to do while it is attacked. Must not attack, and not judge what is left.

An act runs in a child process: it makes ready, says `begin`, then does its steps, each announced before and acknowledged
after. The clock and the random bytes are the same at every run, so that what must stand after each step is known.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from storage import (
    AttachFile,
    DaftarError,
    DeleteRecord,
    Environment,
    ImportRecords,
    KdfCost,
    SaveDraft,
    SaveRecord,
    SetSetting,
    Vault,
    parse_interchange,
    wipe_vault,
)

FLOOR = KdfCost(8192, 1, 1)
OLD = "олтмиш олти дарахт сояси қайтди тонгда бир".encode()
NEW = "янги калит етти баланд тоғ ортида қолди".encode()
Doc = dict[str, Any]
Act = Callable[[Path, "Teller"], None]


def same_machine(seed: str) -> Environment:
    """A clock and random bytes that repeat themselves from run to run."""
    state = {"at": 1_780_000_000_000, "drawn": 0}

    def now() -> int:
        state["at"] += 1000
        return state["at"]

    def random(length: int) -> bytes:
        state["drawn"] += 1
        return hashlib.shake_256(f"{seed} {state['drawn']}".encode()).digest(length)

    return Environment(now_ms=now, random=random)


def record_id(number: int) -> str:
    """The id of the n-th invented record."""
    return str(uuid.UUID(bytes=hashlib.sha256(str(number).encode()).digest()[:16], version=4))


def narrative(text: str) -> Doc:
    """An interview that holds one text."""
    return {"narratives": [{"id": record_id(900), "language": "tg", "kind": "original", "text": text}]}


def make_template(folder: Path) -> None:
    """The notebook every act begins with: some records, one with a file, one deleted."""
    with Vault.create(folder, bytearray(OLD), cost=FLOOR, env=same_machine("template")) as vault:
        for number in range(6):
            vault.write(SaveRecord("interview", narrative(f"Рӯзи {number}. " * 150), record_id(number)))
        for number in (20, 21):
            vault.write(SaveRecord("evidence", {"title": f"акс {number}"}, record_id(number)))
            vault.write(AttachFile(record_id(number), bytes([number]) * 40_000, "photo.jpg"))


class Teller:
    """Tells what is tried and what returned; `begin` waits for the attacker."""

    def __init__(self, say: Callable[[str, int, str], None], begin: Callable[[], None]) -> None:
        self._say, self.begin, self._step = say, begin, 0
        self.failed = False

    @contextlib.contextmanager
    def step(self) -> Iterator[None]:
        """One step. A clear refusal is told and ends the act."""
        number = self._step = self._step + 1
        self._say("try", number, "")
        try:
            yield
        except DaftarError as error:
            self.failed = True
            self._say("refused", number, error.code)
            raise
        self._say("ack", number, "")

    def afterwards(self, vault: Vault) -> None:
        """After a refusal the same session goes on: what it then acknowledges must stand too."""
        with contextlib.suppress(DaftarError):
            self._say("try-after", 0, "")
            vault.write(SetSetting("after", 1))
            self._say("ack-after", 0, "")


@contextlib.contextmanager
def opened(folder: Path, tell: Teller) -> Iterator[Vault]:
    """The open notebook of an act; closed at its end as well as the attacker lets it."""
    vault = Vault.open(folder, bytearray(OLD), env=same_machine("act"))
    tell.begin()
    try:
        yield vault
    except DaftarError:
        if not tell.failed:
            raise
        tell.afterwards(vault)
        with contextlib.suppress(DaftarError):
            vault.close()


def edit(folder: Path, tell: Teller) -> None:
    """Change a record, make one, delete one, keep a draft and a preference."""
    with opened(folder, tell) as vault:
        with tell.step():
            vault.write(SaveRecord("interview", narrative("Дигар шуд. " * 400), record_id(1)))
        with tell.step():
            vault.write(SaveRecord("interview", narrative("Нав. " * 30), record_id(50)))
        with tell.step():
            vault.write(DeleteRecord(record_id(2)))
        with tell.step():
            vault.write(SaveDraft("editor", record_id(1), "сиёҳнавис " * 80))
        with tell.step():
            vault.write(SetSetting("ui.theme", "dark"))


def attach(folder: Path, tell: Teller) -> None:
    """Attach a file, then erase an evidence with its file."""
    with opened(folder, tell) as vault:
        with tell.step():
            vault.write(SaveRecord("evidence", {"title": "нав"}, record_id(60)))
        with tell.step():
            vault.write(AttachFile(record_id(60), b"\x00\x01\x02" * 70_000, "new.bin"))
        with tell.step():
            vault.write(DeleteRecord(record_id(20), erase=True))


def take_in(folder: Path, tell: Teller) -> None:
    """Import a file of forty persons."""
    source = folder.parent / "in.json"
    persons = [
        {
            "id": record_id(1000 + n),
            "names": [{"id": record_id(3000 + n), "full": f"Шахс {n}", "language": "tg", "kind": "legal"}],
        }
        for n in range(40)
    ]
    source.write_text(json.dumps({"format": "daftar-interchange/1", "persons": persons}), "utf-8")
    with opened(folder, tell) as vault, tell.step():
        vault.write(ImportRecords(parse_interchange(source, known=vault)))


def seal(folder: Path, tell: Teller) -> None:
    """Save and close: the log is signed, its head sealed into both header copies. Then open and close again."""
    with opened(folder, tell) as vault:
        with tell.step():
            vault.write(SetSetting("ui.theme", "light"))
        with tell.step():
            vault.close()
        with tell.step():
            again = Vault.open(folder, bytearray(OLD), env=same_machine("again"))
        with tell.step():
            again.write(SetSetting("ui.theme", "dark"))
        with tell.step():
            again.close()


def change_passphrase(folder: Path, tell: Teller) -> None:
    """Change the passphrase, then add a recovery code."""
    with opened(folder, tell) as vault:
        with tell.step():
            vault.ways_in.change_passphrase(bytearray(NEW))
        with tell.step():
            vault.ways_in.keep_code(vault.ways_in.draw_code())


def purge(folder: Path, tell: Teller) -> None:
    """Delete a record, then move everything to a new container under a new key."""
    with opened(folder, tell) as vault:
        with tell.step():
            vault.write(DeleteRecord(record_id(3)))
        with tell.step():
            vault.purge()
        with tell.step():
            vault.write(SaveRecord("interview", narrative("пас аз тозакунӣ"), record_id(80)))


def change_ways(folder: Path, tell: Teller) -> None:
    """Add a second passphrase, then take the first away."""
    with opened(folder, tell) as vault:
        with tell.step():
            vault.ways_in.add_passphrase(bytearray(NEW))
        with tell.step():
            vault.ways_in.remove(next(way.slot for way in vault.ways_in.all() if way.current))


def decoy(folder: Path, tell: Teller) -> None:
    """Make a decoy notebook, then throw it away."""
    with opened(folder, tell) as vault:
        with tell.step():
            vault.decoy.create(bytearray(NEW))
        with tell.step():
            vault.decoy.remove()


def back_up(folder: Path, tell: Teller) -> None:
    """Keep a rolling backup, copy the whole folder, go on."""
    with opened(folder, tell) as vault:
        with tell.step():
            vault.keep_backup()
        with tell.step():
            vault.backup(folder.parent / "copy")
        with tell.step():
            vault.write(SetSetting("ui.theme", "dark"))


def wipe(folder: Path, tell: Teller) -> None:
    """Destroy the notebook."""
    with opened(folder, tell) as vault, tell.step():
        wipe_vault(folder, vault._session.env)


def _beginning(folder: Path, tell: Teller, make: Callable[[], Vault]) -> None:
    """A notebook comes into being, gets a record, is closed."""
    tell.begin()
    vault = None
    try:
        with tell.step():
            vault = make()
        with tell.step():
            vault.write(SaveRecord("interview", narrative("аввалин"), record_id(1)))
        with tell.step():
            vault.close()
    except DaftarError:
        if not tell.failed:
            raise
        if vault is not None:
            tell.afterwards(vault)


def create(folder: Path, tell: Teller) -> None:
    """Make a new notebook with one record."""
    shutil.rmtree(folder)
    env = same_machine("create")
    _beginning(folder, tell, lambda: Vault.create(folder, bytearray(OLD), cost=FLOOR, env=env))


def restore(folder: Path, tell: Teller) -> None:
    """Make a notebook out of a copy of a folder."""
    source, env = folder.rename(folder.parent / "copy"), same_machine("restore")
    _beginning(folder, tell, lambda: Vault.restore(source, folder, bytearray(OLD), env=env))


def restore_rolling(folder: Path, tell: Teller) -> None:
    """Make a notebook out of a rolling backup, which lacks the last record."""
    with Vault.open(folder, bytearray(OLD), env=same_machine("before")) as vault:
        vault.keep_backup()
        vault.write(SaveRecord("interview", narrative("дер"), record_id(90)))
    source, env = folder.rename(folder.parent / "copy"), same_machine("restore")
    _beginning(folder, tell, lambda: Vault.restore(source, folder, bytearray(OLD), rolling=1, env=env))


def go_back(folder: Path, tell: Teller) -> None:
    """Make a notebook of its own out of a rolling backup of the open one, which goes on."""
    with Vault.open(folder, bytearray(OLD), env=same_machine("before")) as before:
        before.keep_backup()
        before.write(SaveRecord("interview", narrative("дер"), record_id(90)))
    with opened(folder, tell) as vault:
        with tell.step():
            vault.go_back(1, folder.parent / "copy")
        with tell.step():
            vault.write(SetSetting("ui.theme", "dark"))


def recover(folder: Path, tell: Teller) -> None:
    """Open with the recovery code under a new passphrase, and close."""
    with Vault.open(folder, bytearray(OLD), env=same_machine("before")) as vault:
        code = vault.ways_in.draw_code()
        vault.ways_in.keep_code(bytearray(code))
    tell.begin()
    with tell.step():
        vault = Vault.recover(folder, bytearray(code), bytearray(NEW), env=same_machine("recover"))
    with tell.step():
        vault.close()


ACTS: dict[str, Act] = {
    "edit": edit,
    "attach": attach,
    "import": take_in,
    "seal": seal,
    "passphrase": change_passphrase,
    "purge": purge,
    "create": create,
    "ways": change_ways,
    "decoy": decoy,
    "backup": back_up,
    "restore": restore,
    "rolling": restore_rolling,
    "back": go_back,
    "recover": recover,
    "wipe": wipe,
}
"""The first seven are those of the test plan; the others came later."""
