"""`decoy` as a script and as a person meet it: the honest text first, then the act; the same words in a decoy."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import cli
from desktop.cli import run_decoy
from desktop.cli.console import Console
from i18n import Catalog
from storage import HONEST_DECOY_TEXT, EnvironmentProblem, InvalidInput, KdfCost, Vault, WrongPassphrase

FLOOR = KdfCost(8192, 1, 1)
FIRST, SECOND = "yetti soʻz", "olma anor gilos tarvuz qovun behi shaftoli"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    Vault.create(tmp_path / "vault", bytearray(FIRST.encode()), label="test", cost=FLOOR).close()
    (tmp_path / "first").write_text(FIRST + "\n", encoding="utf-8")
    (tmp_path / "second").write_text(SECOND + "\n", encoding="utf-8")
    (tmp_path / "weak").write_text("abc\n", encoding="utf-8")
    return tmp_path


def decoy(place: Path, *words: str, key: str = "first") -> tuple[int, str, str]:
    main = str(Path(cli.__file__).parent.parent / "__main__.py")
    done = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", main, "decoy", "vault", *words, "--passphrase-file", key],
        capture_output=True,
        input="",
        encoding="utf-8",
        cwd=place,
        env={"LANG": "C"},
        timeout=120,
        check=False,
        start_new_session=True,  # no terminal to ask on
    )
    return done.returncode, done.stdout, done.stderr


def opens(place: Path, text: str) -> bool:
    try:
        Vault.open(place / "vault", bytearray(text.encode())).close()
    except WrongPassphrase:
        return False
    return True


def test_nothing_is_done_before_the_honest_text_was_confirmed(place: Path) -> None:
    for action in ("create", "remove", "give-up"):
        code, out, said = decoy(place, action, "--new-passphrase-file", "second")
        assert (code, out) == (3, "") and "not confirmed" in said
    code, _, said = decoy(place, "create", "--new-passphrase-file", "second")
    assert "It does not withstand an examination of your disk" in " ".join(said.split())
    assert not opens(place, SECOND)


def test_a_decoy_is_made_and_removed(place: Path) -> None:
    assert decoy(place, "state")[:2] == (0, "none\n")
    code, _, said = decoy(
        place,
        "create",
        "--understood",
        "--new-passphrase-file",
        "second",
        "--label",
        "school",
        "--role",
        "lawyer",
    )
    assert code == 0 and "carry nothing" in " ".join(said.split())
    assert decoy(place, "state")[:2] == (0, "made\n")
    with Vault.open(place / "vault", bytearray(SECOND.encode())) as vault:
        assert (vault.label, vault.role) == ("school", "lawyer")
    assert decoy(place, "create", "--understood", "--new-passphrase-file", "second")[0] == 3
    assert decoy(place, "remove", "--understood")[0] == 0
    assert decoy(place, "state")[:2] == (0, "none\n") and not opens(place, SECOND) and opens(place, FIRST)


def test_what_cannot_be_is_refused(place: Path) -> None:
    assert decoy(place, "create", "--understood", "--new-passphrase-file", "weak")[0] == 3
    assert decoy(place, "create", "--understood", "--new-passphrase-file", "second", "--role", "king")[0] == 2
    assert decoy(place, "hide", "--understood")[0] == 2
    assert decoy(place)[0] == 2
    assert decoy(place, "remove", "--understood")[0] == 3
    assert decoy(place, "state", key="second")[0] == 4
    assert opens(place, FIRST) and not opens(place, SECOND)


def test_a_decoy_and_a_notebook_that_gave_the_room_up_answer_alike(place: Path) -> None:
    assert decoy(place, "create", "--understood", "--new-passphrase-file", "second")[0] == 0
    inside = [
        decoy(place, "state", key="second"),
        decoy(place, "create", "--understood", "--new-passphrase-file", "first", key="second"),
    ]
    other = place / "other"
    other.mkdir()
    for name in ("first", "second"):
        (other / name).write_text((place / name).read_text("utf-8"), "utf-8")
    Vault.create(other / "vault", bytearray(SECOND.encode()), cost=FLOOR).close()
    assert decoy(other, "give-up", "--understood", key="second")[0] == 0
    given_up = [
        decoy(other, "state", key="second"),
        decoy(other, "create", "--understood", "--new-passphrase-file", "first", key="second"),
    ]
    assert inside == given_up and inside[0][1] == "none\n"
    assert opens(place, FIRST)


def console() -> Console:
    return Console(Catalog("en"), io.StringIO(), io.StringIO())


@pytest.mark.parametrize("typed", ["yes", " YES ", "no", ""])
def test_on_a_terminal_the_word_is_typed(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    here = console()
    monkeypatch.setattr(run_decoy, "ask_line", lambda _question, _console: bytearray(typed.encode()))
    if typed.strip().casefold() == "yes":
        run_decoy._confirm(HONEST_DECOY_TEXT, here, given=False)
    else:
        with pytest.raises(InvalidInput):
            run_decoy._confirm(HONEST_DECOY_TEXT, here, given=False)


def test_without_a_terminal_it_is_said_how_to_confirm(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_question: object, _console: object) -> bytearray:
        raise EnvironmentProblem(HONEST_DECOY_TEXT)

    monkeypatch.setattr(run_decoy, "ask_line", none)
    with pytest.raises(InvalidInput) as caught:
        run_decoy._confirm(HONEST_DECOY_TEXT, console(), given=False)
    assert caught.value.hint is not None and "--understood" in caught.value.hint.source
