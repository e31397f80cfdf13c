"""`purge`, `wipe`, `evidence` as a script meets them: exit codes, what is written, what stays."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop import cli
from storage import AttachFile, DeleteRecord, KdfCost, SaveRecord, Vault

FIRST = "yetti soʻz"
PERSON, STRANGER, CASE, GOOD, HELD, EMPTY = (f"99999999-9999-4999-8999-99999999990{n}" for n in range(6))


def _fill(vault: Vault) -> None:
    for record, name in ((PERSON, "Рустам Саидов"), (STRANGER, "Саодат Каримова")):
        vault.write(SaveRecord("person", {"id": record, "names": [{"full": name}]}))
    grant = {"purpose": "share_lawyer", "decision": "yes"}
    vault.write(SaveRecord("consent", {"person": PERSON, "given_on": "2026-05-01", "grants": [grant]}))
    for record, person in ((GOOD, PERSON), (HELD, STRANGER), (EMPTY, PERSON)):
        vault.write(
            SaveRecord("evidence", {"id": record, "title": f"secret {record[-1]}", "concerns": [person]})
        )
    for record in (GOOD, HELD):
        vault.write(AttachFile(record, f"content of {record}".encode() * 500, "letter.txt"))
    case = {"id": CASE, "title": "case", "victims": [PERSON], "evidence": [GOOD, HELD, EMPTY]}
    vault.write(SaveRecord("case", case))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    with Vault.create(tmp_path / "vault", bytearray(FIRST.encode()), cost=KdfCost(8192, 1, 1)) as vault:
        _fill(vault)
    (tmp_path / "first").write_text(FIRST + "\n", encoding="utf-8")
    (tmp_path / "wrong").write_text("ikkinchi\n", encoding="utf-8")
    return tmp_path


def command(*words: str) -> list[str]:
    main = str(Path(cli.__file__).parent.parent / "__main__.py")
    return [sys.executable, "-I", "-X", "utf8", main, *words]


def daftar(place: Path, *words: str) -> tuple[int, str, str]:
    done = subprocess.run(
        command(*words),
        capture_output=True,
        encoding="utf-8",
        cwd=place,
        env={"LANG": "C"},
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def opened(place: Path) -> Vault:
    return Vault.open(place / "vault", bytearray(FIRST.encode()))


def test_the_package_holds_what_consents_allow_and_the_rest_is_named(place: Path) -> None:
    code, out, err = daftar(
        place, "evidence", "vault", "--passphrase-file", "first", "--case", CASE, "--to", "package", "--json"
    )
    assert code == 0, err
    told = json.loads(out)
    assert told["files"] == 1 and [one["evidence"] for one in told["left_out"]] == [HELD, EMPTY]
    assert told["left_out"][0]["missing"][0]["decision"] == "not_asked"
    assert {path.name for path in (place / "package" / "files").iterdir()} == {"0001.txt"}
    assert "want of consent" in err and "Саодат" not in err and "unprotected" in err
    with opened(place) as vault:
        steps = [step["what"] for step in (vault.get(GOOD) or {})["custody"]]
        assert steps == ["attached", "exported"]
        assert [step["what"] for step in (vault.get(HELD) or {})["custody"]] == ["attached"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (("--purpose", "ecthr"), 5),
        (("--item", HELD), 5),
        (("--item", EMPTY), 3),
        (("--item", PERSON), 3),
        (("--purpose", "statistics"), 2),
    ],
)
def test_what_may_not_leave_is_refused_and_nothing_is_written(
    place: Path, more: tuple[str, ...], expected: int
) -> None:
    words = ("evidence", "vault", "--passphrase-file", "first", "--case", CASE, "--to", "package", *more)
    code, out, err = daftar(place, *words)
    assert (code, out) == (expected, "") and err.strip()
    assert not (place / "package").exists()


def test_a_folder_that_is_taken_or_inside_is_refused(place: Path) -> None:
    (place / "taken").mkdir()
    (place / "taken" / "x").write_bytes(b"x")
    for folder in ("taken", "vault/package", "vault"):
        code, _, err = daftar(
            place, "evidence", "vault", "--passphrase-file", "first", "--case", CASE, "--to", folder
        )
        assert code == 3 and err.strip(), folder
    assert sorted(path.name for path in (place / "taken").iterdir()) == ["x"]
    opened(place).close()


def test_purge_takes_out_what_was_deleted(place: Path) -> None:
    with opened(place) as vault:
        vault.write(DeleteRecord(HELD))
    code, out, err = daftar(place, "purge", "vault", "--passphrase-file", "first")
    assert (code, out) == (0, "") and "1 deleted record" in err and "beside" in err
    with opened(place) as vault:
        assert vault.care_facts().deleted == 0 and vault.verify(deep=True).ok
        assert vault.counts()["evidence"] == 2
    assert daftar(place, "purge", "vault", "--passphrase-file", "wrong")[0] == 4


def test_a_purge_that_is_stopped_changes_nothing(place: Path) -> None:
    with opened(place) as vault:
        vault.write(AttachFile(EMPTY, b"long " * 8_000_000, "long.bin"))
        vault.write(DeleteRecord(GOOD))
    running = subprocess.Popen(
        command("purge", "vault", "--passphrase-file", "first"),
        cwd=place,
        env={"LANG": "C"},
        stderr=subprocess.DEVNULL,
    )
    while running.poll() is None and len(list((place / "vault").glob("[01]?"))) < 3:
        time.sleep(0.002)
    running.send_signal(signal.SIGINT)
    assert running.wait(20) in (130, 0)
    with opened(place) as vault:
        assert vault.alarm is None and vault.verify(deep=True).ok
        assert len(list((place / "vault").glob("[01]?"))) == 2


def test_wipe_needs_the_passphrase_and_the_word(place: Path) -> None:
    said = daftar(place, "wipe", "vault", "--passphrase-file", "wrong", "--word", "destroy")
    assert said[0] == 4
    code, _, err = daftar(place, "wipe", "vault", "--passphrase-file", "first", "--word", "yes")
    assert code == 3 and "destroy" in err
    opened(place).close()
    code, out, err = daftar(place, "wipe", "vault", "--passphrase-file", "first", "--word", " Destroy ")
    assert (code, out) == (0, "") and "laboratory" in err
    assert not (place / "vault").exists()
    assert daftar(place, "wipe", "vault", "--passphrase-file", "first", "--word", "destroy")[0] == 3


def test_wipe_works_while_the_notebook_is_open_elsewhere(place: Path) -> None:
    vault = opened(place)
    code, _, _ = daftar(place, "wipe", "vault", "--passphrase-file", "first", "--word", "destroy")
    assert code == 0 and not (place / "vault" / "A.hdr").exists()
    vault._session.abandon()


def test_ctrl_c_is_a_wish_to_stop_wherever_it_strikes(capsys: pytest.CaptureFixture[str]) -> None:
    """Inside a callback of the database it comes out as some other error; it must still end with 130."""
    from desktop.cli.interrupts import Interrupts

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), Interrupts():
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            raise OSError(5, "what the database made of it") from None
    with pytest.raises(OSError), Interrupts():
        raise OSError(5, "a disk that fails")
    assert signal.getsignal(signal.SIGINT) is before
