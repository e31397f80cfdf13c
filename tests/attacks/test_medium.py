"""Media that are full, write-protected or pulled; two Daftars; newer versions: one clear sentence each, the notebook whole.

The media are mounted in mount namespaces of their own, which needs root on Linux; elsewhere those trials say so and are skipped.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from i18n import Catalog
from storage import DaftarError, Environment, EnvironmentProblem, Incompatible, SaveRecord, Vault
from tests.attacks.acts import FLOOR, OLD, make_template
from ui.app import App
from ui.gallery.__main__ import make_program

ROOT = Path(__file__).resolve().parents[2]
FULL = "There is no space left on the disk. Free some space and try again."
GONE = "The disk does not answer: it was pulled out, or it is failing."
PROTECTED = "The disk or card is write-protected."
ELSEWHERE = "Another Daftar has this notebook open."
NEWER = "This notebook was made by a newer Daftar."
READ_ONLY = "This notebook was written by a newer Daftar and can only be read."
SPACE_MATTERS_NOT = {"setting", "passphrase change", "second passphrase", "kit", "close and open", "search"}


def _may_mount() -> bool:
    if not sys.platform.startswith("linux") or os.geteuid() != 0 or shutil.which("mkfs.ext4") is None:
        return False
    trial = ["unshare", "-m", "sh", "-c", "mount -t tmpfs tmpfs /mnt && losetup -f"]
    return subprocess.run(trial, capture_output=True, check=False).returncode == 0


mounts = pytest.mark.skipif(not _may_mount(), reason="needs root, mount namespaces and loop devices")


def trial(place: Path, module: str, *words: str) -> list[dict[str, Any]]:
    """Run a driver in a mount namespace; what it told."""
    done = subprocess.run(
        ["unshare", "-m", "--propagation", "private", sys.executable, "-B", "-m", f"tests.attacks.{module}",
         words[0], str(place), *words[1:]],
        capture_output=True, encoding="utf-8", cwd=ROOT, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def sound(stands: dict[str, Any], *opens: str) -> bool:
    """Opens, every check passes, nothing that was there is gone."""
    records = stands.get("records", {})
    whole = records.get("interview", 0) >= 5 and records.get("evidence", 0) >= 1
    return stands["opens"] in opens and stands["faults"] == [] and whole


# --- disk full -----------------------------------------------------------------------------------------------------------


@mounts
@pytest.mark.parametrize("level", ["0", "24"])
def test_every_operation_on_a_full_disk(tmp_path: Path, level: str) -> None:
    told = trial(tmp_path, "medium", "full", level)
    assert len(told) == 19
    for one in told:
        name, done = one["what"], one["done"]
        assert done["said"] in (("", FULL) if name in SPACE_MATTERS_NOT else (FULL,)), one
        # the session goes on; closing may be refused, and then the log is found longer at the next opening
        assert one["afterwards"]["said"] in ("", FULL) and one["closing"]["said"] in ("", FULL), one
        assert one["left"] == [], one  # nothing half made stays on the disk
        changed = name == "passphrase change" and not done["said"]
        assert sound(one["stands"], "new" if changed else "old", "old+new" if "second" in name else "-"), one
        if not one["afterwards"]["said"] and not one["closing"]["code"]:
            closed = name in ("create", "restore", "close and open")
            assert one["stands"]["after"] != closed, one


@mounts
def test_every_operation_where_some_room_is_left(tmp_path: Path) -> None:
    """Acknowledged or refused; what was acknowledged stands, what was refused left nothing."""
    for one in trial(tmp_path, "medium", "full", "150", "500"):
        name, done, stands = one["what"], one["done"]["said"], one["stands"]
        assert done in ("", FULL), one
        assert sound(stands, "old", "new", "old+new", "old+decoy"), one
        records = stands["records"]
        if name == "import":
            assert records.get("person", 0) == (0 if done else 60), one
        if name == "save":
            assert records["interview"] == (6 if done else 7), one
        if name == "draft":
            assert stands["drafts"] == (0 if done else 1), one
        if name in ("evidence package", "dump", "backup", "restore", "create"):
            assert bool(one["left"]) != bool(done), one


@mounts
def test_every_command_on_a_full_disk(tmp_path: Path) -> None:
    for one in trial(tmp_path, "medium", "full-cli", "0"):
        said, code = one["done"]["said"], one["done"]["exit"]
        assert "Traceback" not in said and len(said.splitlines()) <= 3, one
        if one["what"] == "find":
            assert code == 0, one
        elif one["what"] == "passphrase":
            assert (code, one["stands"]["opens"]) in ((0, "new"), (8, "new"), (8, "old")), one
            assert ("was changed" in said) == (one["stands"]["opens"] == "new" and code == 8), one
        else:
            assert code == 8 and FULL in said, one
        assert one["left"] == [] and sound(one["stands"], "old", "new"), one


@mounts
def test_copies_of_a_petition_on_a_full_disk(tmp_path: Path) -> None:
    refused, written = trial(tmp_path, "medium", "full-dossier", "0", "1500")
    assert refused["done"]["exit"] == 8 and FULL in refused["done"]["said"] and refused["left"] == []
    assert written["done"]["exit"] == 0 and "manifest.json" in written["left"]
    assert refused["whole"] and written["whole"]


@mounts
def test_typing_in_the_window_on_a_full_disk(tmp_path: Path) -> None:
    (one,) = trial(tmp_path, "medium_window", "full")
    assert one["opened"] == "" and one["said"] == FULL
    assert one["on_screen"] and one["kept"] and one["whole"] == ""


# --- pulled, write-protected ---------------------------------------------------------------------------------------------


@mounts
def test_the_stick_is_pulled_in_every_operation_and_put_in_again(tmp_path: Path) -> None:
    told = trial(tmp_path, "medium", "pulled")
    assert len(told) == 19
    for one in told:
        assert one["done"]["said"] == GONE and "in again" in one["done"]["hint"], one
        assert one["afterwards"]["said"] in ("", GONE), one
        assert one["gone"]["said"] == "There is no notebook folder at this place.", one
        assert sound(one["stands"], "old") and one["stands"]["theme"] == "light", one


@mounts
def test_the_stick_is_pulled_under_the_window(tmp_path: Path) -> None:
    (one,) = trial(tmp_path, "medium_window", "pulled")
    assert one["opened"] == "" and one["said"] == GONE
    assert one["on_screen"] and one["kept"] and one["whole"] == ""


@mounts
def test_a_medium_that_turns_write_protected_and_one_that_is(tmp_path: Path) -> None:
    told = {one["what"]: one for one in trial(tmp_path, "medium", "read-only")}
    # A file system that finds a fault takes no more writing; the library sees a disk error, the program sees the reason.
    in_session = (PROTECTED, "The disk reported an error while the notebook was read or written.")
    for name in (
        "save",
        "draft",
        "setting",
        "attach",
        "erase",
        "purge",
        "passphrase change",
        "kit",
        "decoy",
        "backup",
    ):
        assert told[name]["done"]["said"].splitlines()[0] in in_session, told[name]
    assert sound(told["afterwards"]["stands"], "old")
    assert told["open"]["done"]["said"] == PROTECTED and "copy" in told["open"]["done"]["hint"]
    for name in ("new", "import", "restore", "verify", "find"):
        assert told[name]["done"]["exit"] == 8 and PROTECTED in told[name]["done"]["said"], told[name]
    assert told["unchanged"]["done"]["said"] == ""


@mounts
def test_the_gate_on_a_write_protected_medium(tmp_path: Path) -> None:
    (one,) = trial(tmp_path, "medium_window", "read-only")
    assert one["said"] == PROTECTED


# --- two Daftars, newer versions -----------------------------------------------------------------------------------------


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    make_template(tmp_path / "vault")
    return tmp_path / "vault"


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def daftar(notebook: Path, *words: str) -> tuple[int, str]:
    secret = notebook.parent / "secret"
    secret.write_bytes(OLD + b"\n")
    main = ROOT / "desktop" / "__main__.py"
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-X", "utf8", str(main), *words, "--passphrase-file", str(secret)],
        capture_output=True, encoding="utf-8", cwd=notebook.parent, env={"LANG": "C"}, timeout=120, check=False,
    )  # fmt: skip
    return done.returncode, done.stderr


def at_the_gate(qtbot: QtBot, notebook: Path, judge: Callable[[App], str]) -> str:
    """Type the passphrase into the window; what it says then."""
    app = App(replace(make_program(notebook), lock=lambda _parts, _folder: None))
    qtbot.addWidget(app.window)
    app.show()
    app.gate_model.choose_existing(notebook)
    app.gate_model.unlock(bytearray(OLD))
    qtbot.waitUntil(lambda: bool(judge(app)), timeout=15_000)
    said = judge(app)
    app.close()
    app.jobs.shut()
    app.look.words.uninstall()
    return said


def error_of(app: App) -> str:
    error = app.gate_model.state.error
    return "" if error is None else Catalog("en").text(error.message)


def alarm_of(app: App) -> str:
    shell = app.window.shell
    return (
        ""
        if shell is None or not shell.alarm.isVisible()
        else f"{shell.alarm.message.text()} {shell.alarm.hint.text()}"
    )


def test_two_daftars_on_one_notebook(notebook: Path, qtbot: QtBot) -> None:
    holder = Vault.open(notebook, bytearray(OLD))
    try:
        before = bytes_of(notebook)
        with pytest.raises(EnvironmentProblem) as refused:
            Vault.open(notebook, bytearray(OLD))
        assert Catalog("en").text(refused.value.message) == ELSEWHERE
        for words in (("verify", str(notebook)), ("find", str(notebook), "рӯзи")):
            code, said = daftar(notebook, *words)
            assert code == 8 and ELSEWHERE in said
        assert at_the_gate(qtbot, notebook, error_of) == ELSEWHERE
        assert bytes_of(notebook) == before
        holder.write(SaveRecord("person", {}))
        assert holder.verify(deep=True).ok
    finally:
        holder.close()
    assert daftar(notebook, "verify", str(notebook))[0] == 0


def make_newer(notebook: Path, major: int, minor: int) -> None:
    """Another version in both copies. A minor version stands under the MAC too, so it is signed with the key."""
    from storage.keys.ring import unlock

    ring = unlock(notebook, bytearray(OLD), Environment())
    data = replace(ring.header, major=major, minor=minor).encode(ring.content.header_key)
    ring.wipe()
    for name in ("A.hdr", "B.hdr"):
        (notebook / name).write_bytes(data)


def test_a_newer_major_version_is_refused_and_untouched(notebook: Path, qtbot: QtBot) -> None:
    make_newer(notebook, 2, 0)
    before = bytes_of(notebook)
    with pytest.raises(Incompatible) as refused:
        Vault.open(notebook, bytearray(OLD))
    assert Catalog("en").text(refused.value.message) == NEWER
    assert refused.value.hint is not None
    code, said = daftar(notebook, "verify", str(notebook))
    assert code == 9 and NEWER in said
    assert at_the_gate(qtbot, notebook, error_of) == NEWER
    assert bytes_of(notebook) == before


def test_a_newer_minor_version_is_read_and_not_written(notebook: Path, qtbot: QtBot) -> None:
    make_newer(notebook, 1, 7)
    before = bytes_of(notebook)
    with Vault.open(notebook, bytearray(OLD)) as vault:
        assert vault.read_only and vault.alarm is None
        assert vault.counts()["interview"] == 6 and vault.search("рӯзи").total
        for refused in (
            lambda: vault.write(SaveRecord("person", {})),
            lambda: vault.purge(),
            lambda: vault.keep_backup(),
            lambda: vault.ways_in.change_passphrase(bytearray(OLD)),
        ):
            with pytest.raises(DaftarError) as error:
                refused()
            assert Catalog("en").text(error.value.message) == READ_ONLY
    code, said = daftar(notebook, "find", str(notebook), "рӯзи")
    assert code == 0, said
    said = at_the_gate(qtbot, notebook, alarm_of)
    assert NEWER in said and "can be read" in said
    assert bytes_of(notebook) == before


def test_a_header_whose_version_alone_was_raised_is_no_newer_notebook(notebook: Path) -> None:
    """Without the key nobody can make a notebook look newer than it is."""
    for name in ("A.hdr", "B.hdr"):
        data = bytearray((notebook / name).read_bytes())
        data[10:12] = b"\0\7"
        data[4064:4096] = hashlib.sha256(data[:4064]).digest()
        (notebook / name).write_bytes(data)
    with pytest.raises(DaftarError) as refused:
        Vault.open(notebook, bytearray(OLD))
    assert refused.value.code == "tampered"


@pytest.mark.parametrize(("year", "said"), [(1970, "is behind"), (2200, "years after")])
def test_a_wrong_clock_is_said_in_the_window(notebook: Path, qtbot: QtBot, year: int, said: str) -> None:
    """Once the notebook is open; the bar is amber and can be closed."""
    from datetime import UTC, datetime

    moment = datetime(year, 3, 1, tzinfo=UTC)
    program = replace(make_program(notebook), now=lambda: moment, lock=lambda _parts, _folder: None)
    app = App(program)
    qtbot.addWidget(app.window)
    app.show()
    app.gate_model.unlock(bytearray(OLD))
    qtbot.waitUntil(lambda: app.window.shell is not None and app.window.shell.bar.isVisible(), timeout=15_000)
    assert app.window.shell is not None
    assert said in app.window.shell.bar.message.text()
    app.close()
    app.jobs.shut()
    app.look.words.uninstall()


def test_a_wrong_clock_is_said_by_the_command_line(tmp_path: Path) -> None:
    """The command line takes the system's clock; so the notebook is one that was last written in 2200."""
    folder = tmp_path / "vault"
    later = replace(Environment(), now_ms=lambda: 7_258_118_400_000)
    Vault.create(folder, bytearray(OLD), cost=FLOOR, env=later).close()
    code, said = daftar(folder, "verify", str(folder))
    assert code == 0 and "The clock of this computer is behind" in said and "2200" in said
