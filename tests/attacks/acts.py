"""The seven things a notebook is made to do while it is attacked, and what it must hold afterwards. Must not attack itself.

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
from dataclasses import dataclass
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
    WrongPassphrase,
    parse_interchange,
)

FLOOR = KdfCost(8192, 1, 1)
OLD = "олтмиш олти дарахт сояси қайтди тонгда бир".encode()
NEW = "янги калит етти баланд тоғ ортида қолди".encode()
Doc = dict[str, Any]
Look = dict[str, Any]


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


Act = Callable[[Path, Teller], None]


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


def create(folder: Path, tell: Teller) -> None:
    """Make a new notebook with one record."""
    shutil.rmtree(folder)
    tell.begin()
    vault = None
    try:
        with tell.step():
            vault = Vault.create(folder, bytearray(OLD), cost=FLOOR, env=same_machine("create"))
        with tell.step():
            vault.write(SaveRecord("interview", narrative("аввалин"), record_id(1)))
        with tell.step():
            vault.close()
    except DaftarError:
        if not tell.failed:
            raise
        if vault is not None:
            tell.afterwards(vault)


ACTS: dict[str, Act] = {
    "edit": edit,
    "attach": attach,
    "import": take_in,
    "seal": seal,
    "passphrase": change_passphrase,
    "purge": purge,
    "create": create,
}


# ---- what stands afterwards


@dataclass
class Found:
    """A notebook as it was found: None if it does not open, then `refusal` says why."""

    holds: Look | None
    refusal: str = ""
    after: bool = False
    faults: tuple[str, ...] = ()


def look(folder: Path, check: bool = True) -> Found:
    """Open with whichever passphrase opens, read everything, run every check."""
    opening = []
    vault: Vault | None = None
    refusal = ""
    for name, passphrase in (("old", OLD), ("new", NEW)):
        try:
            if vault is not None:
                vault._session.abandon()
            vault = Vault.open(folder, bytearray(passphrase))
            opening.append(name)
        except WrongPassphrase:
            vault = None if not opening else Vault.open(folder, bytearray(OLD))
        except DaftarError as error:
            refusal = error.code
            break
    if vault is None:
        return Found(None, refusal or "wrong-passphrase")
    try:
        found = _read(vault, opening, check)
        vault.close()
    except DaftarError as error:
        vault._session.abandon()
        return Found(None, f"{error.code} while reading")
    return found


def _read(vault: Vault, opening: list[str], check: bool) -> Found:
    faults = []
    if vault.alarm is not None:
        faults.append("alarm at opening")
    docs = vault.snapshot().docs
    blobs = {}
    for one, doc in docs.get("evidence", {}).items():
        if doc.get("file"):
            try:
                blobs[one] = hashlib.sha256(b"".join(vault.read_blob(one))).hexdigest()
            except DaftarError as error:
                faults.append(f"file of {one}: {error.code}")
    if check:
        report = vault.verify(deep=True)
        if not report.ok:
            faults.append(f"verify: {report.to_json()}")
    kept = [way.kind for way in vault.ways_in.all() if way.certain]
    holds = {
        "opens with": opening,
        "docs": docs,
        "blobs": blobs,
        "drafts": [draft.text for draft in vault.drafts()],
        "theme": vault.setting("ui.theme"),
        "ways": sorted(kept),
    }
    return Found(holds, after=vault.setting("after") == 1, faults=tuple(faults))


@dataclass
class Told:
    """What the child said before it ended."""

    acknowledged: int = 0
    tried: int = 0
    refused: str = ""
    after_tried: bool = False
    after: bool = False
    broken: str = ""
    killed: bool = False

    @classmethod
    def read(cls, lines: list[list[Any]]) -> Told:
        """Collect the lines of one run."""
        told = cls()
        for word, number, more in lines:
            match word:
                case "try":
                    told.tried = number
                case "ack":
                    told.acknowledged = number
                case "refused":
                    told.refused = more
                case "try-after":
                    told.after_tried = True
                case "ack-after":
                    told.after = True
                case "broken":
                    told.broken = more
        return told


def judge(told: Told, found: Found, states: list[Look | None]) -> list[str]:
    """What is wrong with what was found: nothing acknowledged lost, nothing half done, nobody locked out."""
    wrong = list(found.faults)
    if told.broken:
        wrong.append(f"no clear error: {told.broken}")
    allowed = states[told.acknowledged : told.tried + 1]
    if found.holds is None:
        if None not in allowed:
            wrong.append(f"does not open: {found.refusal}")
    elif not any(_fits(found.holds, state) for state in allowed):
        wrong.append(
            f"after {told.acknowledged} acknowledged of {told.tried} tried it holds something else: "
            + _difference(found.holds, allowed)
        )
    if told.after and not found.after:
        wrong.append("what was acknowledged after the refusal is lost")
    return wrong


def _fits(holds: Look, state: Look | None) -> bool:
    """Equal; a way in is noted before and after the header changes, so the note alone may be one step behind."""
    if state is None:
        return not holds["docs"]  # made whole, but not yet acknowledged
    return all(holds[key] == state[key] for key in state if key != "ways")


def _difference(holds: Look, allowed: list[Look | None]) -> str:
    return "; ".join(
        f"{key} {str(holds[key])[:80]}"
        for state in allowed
        if state
        for key in state
        if holds[key] != state[key]
    )
