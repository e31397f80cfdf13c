"""`daftar wipe`: destroys a notebook. Must not act before a passphrase opened it and the word was given."""

from __future__ import annotations

from pathlib import Path

from desktop.cli.console import Console
from desktop.cli.context import Run, require_notebook
from desktop.cli.passphrase import ask_line, read_passphrase, wipe
from i18n import case
from i18n.message import msg
from storage import WIPE_TEXT, WIPE_WORD, InvalidInput, proves_passphrase, wipe_vault


def run(run: Run) -> int:
    """Say what it means, prove the passphrase, take the word, destroy."""
    arguments, console = run.arguments, run.console
    folder = Path(arguments.text("vault"))
    require_notebook(folder)
    console.say(WIPE_TEXT)
    key_file = arguments.maybe("key_file")
    secret = read_passphrase(arguments.maybe("passphrase_file"), console)
    try:
        proves_passphrase(folder, secret, None if key_file is None else Path(key_file))
    finally:
        wipe(secret)
    given = arguments.maybe("word")
    _require_word(given if given is not None else _ask_word(console), console)
    wipe_vault(folder)
    # critical
    console.say(msg("The notebook was destroyed. Copies elsewhere were not touched."))
    return 0


def _ask_word(console: Console) -> str:
    # critical
    line = ask_line(msg("Type the word {word} to destroy the notebook: ", word=WIPE_WORD), console)
    return line.decode("utf-8", "replace")


def _require_word(given: str, console: Console) -> None:
    wanted, language = console.text(WIPE_WORD), console.catalog.language
    if not case.is_typed_word(given, wanted, language):
        # critical
        raise InvalidInput(
            msg("The word is not the one that was asked for. Nothing was destroyed."),
            (),
            msg("The word is: {word}", word=WIPE_WORD),
        )
