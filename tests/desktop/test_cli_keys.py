"""`passphrase`, `kit`, `recover` as a script meets them: exit codes, what changes, what stays, and typing back on a terminal."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import cli
from desktop.cli import run_import, run_kit
from desktop.cli.console import Console
from desktop.cli.context import Run
from desktop.cli.parser import Arguments
from desktop.cli.passphrase import LONGEST, _from_file
from i18n import Catalog
from i18n.message import msg
from storage import EnvironmentProblem, InvalidInput, KdfCost, Vault, WrongPassphrase, code_digits

FLOOR = KdfCost(8192, 1, 1)
FIRST, SECOND = "yetti soʻz", "olma anor gilos tarvuz qovun behi shaftoli"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    Vault.create(tmp_path / "vault", bytearray(FIRST.encode()), label="test", cost=FLOOR).close()
    (tmp_path / "first").write_text(FIRST + "\n", encoding="utf-8")
    (tmp_path / "second").write_text(SECOND + "\n", encoding="utf-8")
    return tmp_path


def daftar(place: Path, *words: str, given: str = "") -> tuple[int, str, str]:
    main = str(Path(cli.__file__).parent.parent / "__main__.py")
    done = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", main, *words],
        capture_output=True,
        input=given,
        encoding="utf-8",
        cwd=place,
        env={"LANG": "C"},
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def opens(place: Path, text: str) -> bool:
    try:
        Vault.open(place / "vault", bytearray(text.encode())).close()
    except WrongPassphrase:
        return False
    return True


def test_the_passphrase_is_changed(place: Path) -> None:
    code, _, _ = daftar(
        place, "passphrase", "vault", "--passphrase-file", "second", "--new-passphrase-file", "second"
    )
    assert code == 4
    (place / "weak").write_text("abc", encoding="utf-8")
    code, _, _ = daftar(
        place, "passphrase", "vault", "--passphrase-file", "first", "--new-passphrase-file", "weak"
    )
    assert code == 3 and opens(place, FIRST)
    code, out, _ = daftar(
        place, "passphrase", "vault", "--passphrase-file", "first", "--new-passphrase-file", "second"
    )
    assert (code, out) == (0, "")
    assert (opens(place, FIRST), opens(place, SECOND)) == (False, True)


def test_a_key_file_belongs_to_the_passphrase(place: Path) -> None:
    (place / "card").write_bytes(bytes(range(64)))
    words = (
        "passphrase",
        "vault",
        "--passphrase-file",
        "first",
        "--new-passphrase-file",
        "second",
        "--new-key-file",
    )
    assert daftar(place, *words, "none")[0] == 3
    assert daftar(place, *words, "card")[0] == 0
    verify = ("verify", "vault", "--passphrase-file", "second")
    assert daftar(place, *verify)[0] == 4
    assert daftar(place, *verify, "--key-file", "card")[0] == 0
    assert daftar(place, *verify, "--key-file", "gone")[0] == 3
    again = (
        "passphrase",
        "vault",
        "--passphrase-file",
        "second",
        "--key-file",
        "card",
        "--new-passphrase-file",
    )
    assert daftar(place, *again, "second words")[0] == 3, "there is no such file"
    (place / "third").write_text("tosh qum suv shamol olov bulut yomgʻir", "utf-8")
    assert daftar(place, *again, "third")[0] == 0
    verify = ("verify", "vault", "--passphrase-file", "third")
    assert daftar(place, *verify)[0] == 4 and daftar(place, *verify, "--key-file", "card")[0] == 0
    again = (
        "passphrase",
        "vault",
        "--passphrase-file",
        "third",
        "--key-file",
        "card",
        "--new-passphrase-file",
    )
    assert daftar(place, *again, "second", "--without-key-file")[0] == 0
    assert daftar(place, "verify", "vault", "--passphrase-file", "second")[0] == 0


def test_a_notebook_is_made_with_its_key_file(place: Path) -> None:
    (place / "card").write_bytes(bytes(range(64)))
    new = ("new", "made", "--passphrase-file", "second", "--key-file")
    assert daftar(place, *new, "none")[0] == 3 and not (place / "made").exists()
    code, out, err = daftar(place, *new, "card")
    assert (code, out.strip()) == (0, "made") and "the key file nobody can open it" in err
    verify = ("verify", "made", "--passphrase-file", "second")
    assert (daftar(place, *verify)[0], daftar(place, *verify, "--key-file", "card")[0]) == (4, 0)


@pytest.mark.parametrize("way", ["digits", "two shares", "all shares", "standard input"])
def test_a_kit_recovers_the_notebook(place: Path, way: str) -> None:
    shares = ("--shares", "--holder", "Mother") if "shares" in way else ()
    code, out, err = daftar(place, "kit", "vault", "--passphrase-file", "first", *shares)
    assert code == 0 and "recovery code" in err
    if shares:
        assert "# Share 1 of 3: Mother\n" in out and "# Share 2 of 3\n" in out
        parts = out.split("# Share ")
        out = out if way == "all shares" else "# " + parts[3] + "\n# " + parts[1]
    else:
        assert [len(group) for group in out.split()] == [5] * 11
    (place / "kit").write_text(out, encoding="utf-8")
    assert daftar(place, "kit", "vault", "--passphrase-file", "first", "--check", "kit")[0] == 0
    file, given = ("-", out) if way == "standard input" else ("kit", "")
    words = ("recover", "vault", "--new-passphrase-file", "second", "--kit-file", file)
    assert daftar(place, *words, given=given)[:2] == (0, "")
    assert (opens(place, FIRST), opens(place, SECOND)) == (False, True)


def test_wrong_and_damaged_kits_change_nothing(place: Path) -> None:
    _, out, _ = daftar(place, "kit", "vault", "--passphrase-file", "first")
    before = {path.name: path.read_bytes() for path in (place / "vault").glob("*.hdr")}
    groups = out.split()
    stale = " ".join(code_digits(bytearray(20)))
    short, swapped = " ".join(groups[:-1]), " ".join([groups[1], groups[0], *groups[2:]])
    for text, expected in ((stale, 4), (short, 3), (swapped, 3), ("", 3)):
        (place / "kit").write_text(text, encoding="utf-8")
        code, _, err = daftar(
            place, "recover", "vault", "--kit-file", "kit", "--new-passphrase-file", "second"
        )
        assert code == expected and "Traceback" not in err
        if expected == 3:
            assert daftar(place, "kit", "vault", "--passphrase-file", "first", "--check", "kit")[0] == 3
    assert {path.name: path.read_bytes() for path in (place / "vault").glob("*.hdr")} == before
    (place / "kit").write_text(stale, encoding="utf-8")
    assert daftar(place, "kit", "vault", "--passphrase-file", "first", "--check", "kit")[0] == 4
    (place / "kit").write_text(out, encoding="utf-8")
    assert daftar(place, "recover", "vault", "--kit-file", "kit", "--new-passphrase-file", "weakling")[0] == 3
    assert opens(place, FIRST)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def vault(place: Path) -> Iterator[Vault]:
    with Vault.open(place / "vault", bytearray(FIRST.encode())) as opened:
        yield opened


def test_on_a_terminal_the_code_counts_only_when_typed_back(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    console = Console(Catalog("en"), Terminal(), io.StringIO())
    out = console.out
    assert isinstance(out, io.StringIO)
    answers = iter(["", "12345", " ".join(code_digits(bytearray(20)))])
    monkeypatch.setattr(run_kit, "ask_line", lambda *_: bytearray(next(answers).encode()))
    with pytest.raises(InvalidInput):
        run_kit._make(vault, console, (), shares=False)
    assert not vault.ways_in.has_kit
    monkeypatch.setattr(run_kit, "ask_line", lambda *_: bytearray(out.getvalue().splitlines()[-1].encode()))
    run_kit._make(vault, console, (), shares=False)
    assert vault.ways_in.has_kit


def test_on_a_terminal_two_shares_are_typed_back(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    console = Console(Catalog("en"), Terminal(), io.StringIO())
    out = console.out
    assert isinstance(out, io.StringIO)
    asked: list[int] = []

    def answer(*_: object) -> bytearray:
        asked.append(1)
        lines = out.getvalue().split("# Share")[len(asked) + 1].splitlines()[1:]
        return bytearray(" ".join(line.split()[0] for line in lines).encode())

    monkeypatch.setattr(run_kit, "ask_line", answer)
    run_kit._make(vault, console, ("a", "b", "c"), shares=True)
    assert len(asked) == 2
    assert vault.ways_in.all()[-1].holders == ("a", "b", "c")


def test_a_backup_is_made_and_restored(place: Path) -> None:
    code, out, _ = daftar(place, "backup", "vault", "copy", "--passphrase-file", "first")
    assert (code, out) == (0, "copy\n")
    assert daftar(place, "backup", "vault", "copy", "--passphrase-file", "first")[0] == 3
    assert daftar(place, "backup", "vault", "other", "--passphrase-file", "second")[0] == 4
    assert daftar(place, "backup", "vault", "vault/inside", "--passphrase-file", "first")[0] == 3
    restore = ("restore", "copy", "again", "--passphrase-file")
    assert daftar(place, *restore, "second")[0] == 4
    assert not (place / "again").exists()
    code, out, _ = daftar(place, *restore, "first")
    assert (code, out) == (0, "again\n")
    assert daftar(place, *restore, "first")[0] == 3
    assert daftar(place, "restore", "copy", "third", "--passphrase-file", "first", "--rolling", "1")[0] == 8
    assert daftar(place, "restore", "nowhere", "third", "--passphrase-file", "first")[0] == 3
    assert not (place / "third").exists()
    code, out, _ = daftar(place, "verify", "again", "--passphrase-file", "first", "--json")
    assert code == 0 and '"ok": true' in out


def test_an_import_keeps_a_backup_and_a_full_disk_does_not_fail_it(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    console = Console(Catalog("en"), io.StringIO(), io.StringIO())
    run = Run(Arguments({}), console)

    def full(_progress: object) -> None:
        raise EnvironmentProblem(msg("no space"))

    with monkeypatch.context() as patched:
        patched.setattr(vault, "keep_backup", full)
        run_import._keep_backup(vault, run)
    assert isinstance(console.err, io.StringIO) and "no space" in console.err.getvalue()
    assert vault.rolling_backups() == []
    run_import._keep_backup(vault, run)
    run_import._keep_backup(vault, run)
    assert [number for number, _ in vault.rolling_backups()] == [1]


@pytest.mark.parametrize(
    ("file", "line"),
    [
        (b"words\r\nnot this", b"words"),
        (b"\xef\xbb\xbfwords", b"words"),
        (b"\xef\xbb\xbf\r\n", b""),
        (b"", b""),
        (b"a\rb\n", b"a\rb"),
        (b"x" * 9000, b"x" * (LONGEST + 1)),
    ],
)
def test_the_first_line_of_a_passphrase_file_is_the_passphrase(
    tmp_path: Path, file: bytes, line: bytes
) -> None:
    (tmp_path / "file").write_bytes(file)
    assert _from_file(tmp_path / "file") == bytearray(line)
