"""The command line as a script or a person meets it: words, languages, exit codes, what goes to which stream."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import cli
from desktop.cli.console import Console, printable
from desktop.cli.parser import Arguments, Command, Option, Positional, UsageProblem, parse, usage
from desktop.cli.passphrase import read_passphrase
from desktop.cli.table import COMMANDS
from i18n import UI_LANGUAGES, Catalog, msg
from storage import InvalidInput

COMMAND = Command(
    "try",
    msg("try"),
    "nowhere",
    (Positional("vault", "VAULT", msg("v")), Positional("files", "FILE", msg("f"), many=True)),
    (
        Option("--json", msg("j")),
        Option("--limit", msg("l"), "N", kind="count"),
        Option("--today", msg("t"), "DATE", kind="date"),
        Option("--output", msg("o"), "FILE", "-o"),
        Option("--audience", msg("a"), "A", repeat=True, choices=("public", "filing")),
        Option("--case", msg("c"), "K", required=True),
    ),
)


def read(*words: str) -> Arguments:
    return parse(COMMAND, words)


def test_words_and_options_in_any_order() -> None:
    got = read(
        "--case",
        "K-1",
        "v",
        "--audience",
        "public",
        "a.pdf",
        "--limit=3",
        "--audience=filing",
        "-o",
        "-",
        "b.pdf",
    )
    assert (got.text("vault"), got.all("files"), got.text("case")) == ("v", ("a.pdf", "b.pdf"), "K-1")
    assert (got.all("audience"), got.count("limit", 20), got.maybe("output")) == (
        ("public", "filing"),
        3,
        "-",
    )
    assert (got.flag("json"), got.day("today")) == (False, None)


def test_after_two_dashes_everything_is_a_word() -> None:
    assert read("--case=K", "--", "-v", "--json").all("files") == ("--json",)


@pytest.mark.parametrize(
    "words",
    [
        ["v", "f"],
        ["v", "--case", "K"],
        ["--case", "K", "v", "f", "--jso"],
        ["--case", "K", "v", "f", "--json=1"],
        ["--case", "K", "v", "f", "--limit", "-3"],
        ["--case", "K", "v", "f", "--limit", "three"],
        ["--case", "K", "v", "f", "--limit", "٣"],
        ["--case", "K", "v", "f", "--today", "2026-13-01"],
        ["--case", "K", "v", "f", "--today", "2026-W01-1"],
        ["--case", "K", "v", "f", "--today", "20260101"],
        ["--case", "K", "v", "f", "--audience", "all"],
        ["--case", "K", "v", "f", "--output"],
        ["--case", "K", "--case", "L", "v", "f"],
    ],
)
def test_what_cannot_be_read_is_one_sentence_with_the_command(words: list[str]) -> None:
    with pytest.raises(UsageProblem) as caught:
        read(*words)
    assert caught.value.command is COMMAND
    assert "{" not in Catalog("en").text(caught.value.message)


def test_the_usage_line_shows_what_must_and_what_may_stand() -> None:
    line = usage(COMMAND)
    assert line.startswith("daftar try VAULT FILE...")
    assert "[--json]" in line
    assert " --case K" in line
    assert "[--audience A]..." in line


def run(*words: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", str(Path(cli.__file__).parent.parent / "__main__.py"), *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PATH": os.environ.get("PATH", ""), "LANG": "C"},
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("language", [language.bcp47 for language in UI_LANGUAGES])
def test_help_speaks_every_language_and_names_every_command(language: str) -> None:
    code, out, err = run("--lang-ui", language, "--help")
    assert (code, err) == (0, "")
    assert all(f"  {command.name} " in out for command in COMMANDS)
    if language != "en":
        assert "Commands" not in out
        assert "Options" not in out
    for command in COMMANDS:
        console = Console(Catalog("en"), io.StringIO(), io.StringIO())
        assert cli.command_help(command, console).startswith("Usage: daftar " + command.name)


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_has_a_module_that_can_run_without_qt(command: str) -> None:
    script = f"""
import sys; sys.path.insert(0, {str(Path(cli.__file__).parent.parent.parent)!r})
import importlib
from desktop.cli.table import command
module = importlib.import_module(command({command!r}).module)
assert callable(module.run)
print(sorted(name for name in sys.modules if name.startswith(("PySide6", "shiboken6", "ui"))))
print("socket" in sys.modules and "ssl" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout.split("\n")[0] == "[]", done.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["frobnicate"], 2),
        (["find"], 2),
        (["find", "v", "q", "--limit", "x"], 2),
        (["--selftest"], 2),
        (["--lang-ui", "klingon", "forms"], 2),
        (["redact", "x.txt", "--lang", "ru"], 2),
        (["redact", "x.txt", "--lang", "ru", "--vault", "v"], 2),
        (["redact", "x.txt", "--lang", "xx", "--names", "n"], 2),
        (["find", "absent-folder", "q"], 3),
        (["--version"], 0),
    ],
)
def test_exit_codes_before_anything_is_opened(words: list[str], code: int) -> None:
    got, out, err = run(*words)
    assert got == code, err
    assert "Traceback" not in err
    assert (out == "") is (code != 0)


def test_without_a_screen_the_window_is_refused_with_a_hint(tmp_path: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("other systems always have a screen")
    for words in ([], [str(tmp_path / "vault")], [f".{os.sep}find"]):
        code, _, err = run(*words)
        assert code == 8
        assert "--help" in err


def test_the_language_follows_the_system_and_the_option_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert cli.system_language() == "en"
    monkeypatch.setenv("LANG", "uz_UZ@cyrillic")
    assert cli.system_language() == "uz_Cyrl"
    monkeypatch.setenv("LC_ALL", "tg_TJ.UTF-8")
    assert cli.system_language() == "tg"
    assert cli._take_language(["find", "--lang-ui=uz_Cyrl", "v"]) == ("uz_Cyrl", ["find", "v"])
    assert cli._take_language(["find", "--", "--lang-ui", "ru"])[0] is None


def test_control_and_direction_characters_of_a_record_cannot_play_with_the_terminal() -> None:
    assert printable("a\x1b[2Jb\u202ec\x9bd\rе\n") == "a␛[2Jb<U+202E>c<U+009B>d␍е\n"
    assert printable("Ғафур ʻО") == "Ғафур ʻО"


def test_bars_are_drawn_on_terminals_only() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    quiet = Console(Catalog("en"), io.StringIO(), io.StringIO())
    assert quiet.progress(msg("Working")) is None
    loud = Console(Catalog("en"), io.StringIO(), Terminal())
    show = loud.progress(msg("Working"))
    assert show is not None
    show(1, 2)
    assert "50%" in loud.err.getvalue()  # type: ignore[attr-defined]
    assert loud.out.getvalue() == ""  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"seven words\nsecond", "seven words"),
        (b"seven words\r\nsecond", "seven words"),
        (b"no end", "no end"),
        ("\ufeffо\u02bbз\n".encode(), "о\u02bbз"),
        (b" spaces stay \n", " spaces stay "),
        (b"", ""),
    ],
)
def test_the_first_line_of_a_passphrase_file_counts(tmp_path: Path, data: bytes, line: str) -> None:
    path = tmp_path / "secret"
    path.write_bytes(data)
    console = Console(Catalog("en"), io.StringIO(), io.StringIO())
    assert read_passphrase(str(path), console) == bytearray(line.encode())


def test_an_absent_passphrase_file_is_bad_input(tmp_path: Path) -> None:
    console = Console(Catalog("en"), io.StringIO(), io.StringIO())
    for path in (tmp_path / "absent", tmp_path):
        with pytest.raises(InvalidInput):
            read_passphrase(str(path), console)


def test_names_are_compared_as_a_pair_and_as_a_table(tmp_path: Path) -> None:
    code, out, _ = run("names", "Ўткир Шомансуров", "Oʻtkir Shomansurov", "--json")
    assert code == 0
    answer = json.loads(out)
    assert answer["same"] is True
    assert answer["reasons"]
    table = tmp_path / "names.tsv"
    table.write_text(
        "lang_a\tname_a\tname_b\tlang_b\nru\tМунира\tMunira\ten\n\nru\tМунира\tQəhrəman\taz\n", "utf-8"
    )
    code, out, _ = run("names", "--tsv", str(table), "--json")
    assert code == 0
    assert [row["same"] for row in json.loads(out)] == [True, False]


@pytest.mark.parametrize(
    ("words", "content", "code"),
    [
        (["one"], None, 2),
        (["one", "two", "three"], None, 2),
        ([], None, 2),
        (["one", "two", "--tsv", "names.tsv"], b"", 2),
        (["--tsv", "names.tsv"], b"", 3),
        (["--tsv", "names.tsv"], b"name_a\tname_b\nx\ty\n", 3),
        (["--tsv", "names.tsv"], b"name_a\tlang_a\tname_b\tlang_b\nx\ty\n", 3),
        (["--tsv", "names.tsv"], b"name_a\tlang_a\tname_b\tlang_b\n\xff\ty\tz\tw\n", 3),
        (["--tsv", "absent.tsv"], None, 3),
    ],
)
def test_bad_pairs_and_tables_of_names(
    tmp_path: Path, words: list[str], content: bytes | None, code: int
) -> None:
    if content is not None:
        (tmp_path / "names.tsv").write_bytes(content)
    got, out, err = run("names", *(str(tmp_path / word) if word.endswith(".tsv") else word for word in words))
    assert got == code, err
    assert out == ""


def test_an_empty_word_is_no_command_and_opens_no_window(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["", "--lang-ui", "en"]) == 2
    assert "no command" in capsys.readouterr().err
