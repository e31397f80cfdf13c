"""What a notebook holds after an attack, and whether that may be. Must not attack.

A look opens with every passphrase that opens, reads everything and runs every check; also of what lies beside: a copy.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from storage import DaftarError, Environment, KdfCost, TakeInRecordings, Vault, WrongPassphrase
from storage.crypto import derive_kek
from storage.keys.ring import unlock
from tests.attacks.acts import NEW, OLD

Look = dict[str, Any]
RECORDING = "recording.ogg"
BESIDE = ("ways", "package")


def remember_keys() -> None:
    """Derive each key from its passphrase once in this process and its children: Argon2id is not what is attacked."""
    known: dict[tuple[bytes, bytes, KdfCost], bytes] = {}

    def remembered(passphrase: bytearray, salt: bytes, cost: KdfCost) -> bytearray:
        at = (bytes(passphrase), salt, cost)
        if at not in known:
            known[at] = bytes(derive_kek(passphrase, salt, cost))
        return bytearray(known[at])

    mock.patch("storage.keys.attempts.derive_kek", remembered).start()


@dataclass
class Found:
    """A notebook as it was found: `holds` is None if it does not open, then `refusal` says why."""

    holds: Look | None
    refusal: str = ""
    after: bool = False
    faults: tuple[str, ...] = ()


def look(folder: Path) -> Found:
    """Open with whichever passphrase opens, read everything, run every check."""
    passphrases = {"old": OLD, "new": NEW}
    refusal = "wrong-passphrase"
    for name, passphrase in passphrases.items():
        try:
            vault = Vault.open(folder, bytearray(passphrase))
        except WrongPassphrase:
            continue
        except DaftarError as error:
            refusal = error.code
            break
        try:
            found = _read(vault, _all_that_open(folder, vault, name))
            vault.close()
        except DaftarError as error:
            vault._session.abandon()
            return Found(None, f"{error.code} while reading")
        _look_beside(folder, found)
        return found
    found = Found(None, refusal)
    _look_beside(folder, found)
    return found


def _all_that_open(folder: Path, vault: Vault, opened_by: str) -> list[str]:
    """The passphrases that open; `decoy` for one that opens the other container."""
    if opened_by == "new":
        return ["new"]
    try:
        ring = unlock(folder, bytearray(NEW), Environment())
    except WrongPassphrase:
        return ["old"]
    other = ring.container.name[0] != vault._session.ring.container.name[0]
    ring.wipe()
    return ["old", "decoy" if other else "new"]


def _look_beside(folder: Path, found: Found) -> None:
    """A decoy that opens is whole; so is a copy beside, and one that is not whole is no notebook."""
    if found.holds is not None and "decoy" in found.holds["opens with"]:
        found.holds["decoy"], faults = _whole(folder, NEW)
        found.faults += faults
    copy = folder.parent / "copy"
    if copy.is_dir():
        held, faults = _whole(copy, OLD)
        found.faults += faults
        if found.holds is not None:
            found.holds["copy"] = held
    if found.holds is not None:
        found.holds["package"] = _is_package(folder.parent / "package")


def _is_package(folder: Path) -> bool:
    """True if an evidence package is whole by its own list."""
    try:
        lines = (folder / "MANIFEST.sha256").read_text("utf-8").splitlines()
        pairs = [line.split(maxsplit=1) for line in lines]
        return all(
            hashlib.sha256((folder / name.lstrip("*")).read_bytes()).hexdigest() == digest
            for digest, name in pairs
        )
    except OSError:
        return False


def _whole(folder: Path, passphrase: bytes) -> tuple[str | None, tuple[str, ...]]:
    try:
        vault = Vault.open(folder, bytearray(passphrase))
    except DaftarError:
        return None, ()
    found = _read(vault, [])
    vault.close()
    assert found.holds is not None
    return _hash(found.holds), tuple(f"{folder.name}, other: {fault}" for fault in found.faults)


def _hash(holds: Look) -> str:
    return hashlib.sha256(repr((holds["docs"], holds["blobs"])).encode()).hexdigest()[:16]


def _read(vault: Vault, opening: list[str]) -> Found:
    faults = []
    if vault.alarm is not None:
        faults.append("alarm at opening")
    if list(vault._session.ring.container.glob("incoming/*")):
        vault.write(TakeInRecordings())
    docs = vault.snapshot().docs
    blobs = {}
    for one, doc in docs.get("evidence", {}).items():
        if doc.get("file"):
            try:
                blobs[one] = hashlib.sha256(b"".join(vault.read_blob(one))).hexdigest()
            except DaftarError as error:
                faults.append(f"file of {one}: {error.code}")
    report = vault.verify(deep=True)
    if not report.ok:
        faults.append(f"verify: {report.to_json()}")
    holds = {
        "opens with": opening,
        "docs": {type_: {one: _lasting(doc) for one, doc in found.items()} for type_, found in docs.items()},
        "blobs": blobs,
        "drafts": [draft.text for draft in vault.drafts()],
        "theme": vault.setting("ui.theme"),
        "ways": sorted(way.kind for way in vault.ways_in.all() if way.certain),
        "copy": None,
        "decoy": None,
        "package": False,
    }
    return Found(holds, after=vault.setting("after") == 1, faults=tuple(faults))


def _lasting(doc: dict[str, Any]) -> dict[str, Any]:
    """A document; of a recording without what is drawn or dated anew by whoever takes it in."""
    file = doc.get("file")
    if not isinstance(file, dict) or file["name"] != RECORDING:
        return doc
    rest = {name: value for name, value in doc.items() if name not in ("custody", "title", "dated")}
    return {**rest, "file": {**file, "blobs": None}}


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
    elif told.acknowledged == told.tried and found.holds["package"] != (allowed[0] or {}).get("package"):
        wrong.append("the package that was acknowledged is not whole")
    elif not any(_fits(found.holds, state) for state in allowed):
        wrong.append(
            f"after {told.acknowledged} acknowledged of {told.tried} tried it holds something else: "
            + _difference(found.holds, allowed)
        )
    if told.after and not found.after:
        wrong.append("what was acknowledged after the refusal is lost")
    return wrong


def _fits(holds: Look, state: Look | None) -> bool:
    """Equal; but a note of a way in, and of an export, stands before or after the thing itself, and may be one step off."""
    return state is not None and all(holds[key] == state[key] for key in state if key not in BESIDE)


def _difference(holds: Look, allowed: list[Look | None]) -> str:
    return "; ".join(
        f"{key} {str(holds[key])[:80]}"
        for state in allowed
        if state
        for key in state
        if holds[key] != state[key]
    )
