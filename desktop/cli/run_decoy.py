"""`daftar decoy`: makes a decoy, removes it, gives up the room for one. Must not do any of it before the honest text was confirmed.

In a decoy the command answers as in a notebook that gave the room up.
"""

from __future__ import annotations

from desktop.cli.console import Console
from desktop.cli.context import Run
from desktop.cli.parser import UsageProblem
from desktop.cli.passphrase import ask_line, read_passphrase, wipe
from desktop.cli.table import DECOY_ACTIONS
from i18n import case
from i18n.message import Message, msg
from storage import HONEST_DECOY_TEXT, EnvironmentProblem, InvalidInput, Vault

# critical
_REMOVE = msg(
    "Everything in the decoy is lost, and its passphrase opens nothing more. This notebook stays as it is."
)
# critical
_GIVE_UP = msg("No decoy can ever be made in this notebook after this. It cannot be taken back.")


def run(run: Run) -> int:
    """Do what was asked for, after the text that belongs to it was confirmed."""
    arguments, console = run.arguments, run.console
    action = arguments.text("action")
    if action not in DECOY_ACTIONS:
        raise UsageProblem(
            msg(
                "There is no action “{word}”. There are: {actions}.",
                word=action,
                actions=", ".join(DECOY_ACTIONS),
            )
        )
    if action != "state":
        text = {"create": HONEST_DECOY_TEXT, "remove": _REMOVE, "give-up": _GIVE_UP}[action]
        _confirm(text, console, given=arguments.flag("understood"))
    with run.vault() as vault:
        if action == "create":
            _create(vault, run)
        elif action == "remove":
            vault.decoy.remove()
            console.say(msg("The decoy was removed, with what was in it."))
        elif action == "give-up":
            vault.decoy.give_up()
            console.say(msg("No decoy can be made in this notebook any more."))
        else:
            console.result(vault.decoy.state)
    return 0


def _create(vault: Vault, run: Run) -> None:
    arguments, console = run.arguments, run.console
    secret = read_passphrase(arguments.maybe("new_passphrase_file"), console, new=True)
    try:
        vault.decoy.create(secret, arguments.maybe("label") or "", arguments.maybe("role") or "documenter")
    finally:
        wipe(secret)
    # critical
    console.say(
        msg(
            "The decoy is made and empty. An empty decoy is not believed: open it with its passphrase and use it."
        )
    )


def _confirm(text: Message, console: Console, *, given: bool) -> None:
    """Say the text; go on only when it was confirmed, by the option or by the word on the terminal."""
    console.say(text)
    if given:
        return
    word = console.text(msg("yes"))
    try:
        typed = ask_line(msg("To go on, type the word “{word}”: ", word=word), console)
    except EnvironmentProblem:
        # critical
        raise InvalidInput(
            msg("Nothing was done: the text was not confirmed."), hint=msg("Read it, then give --understood.")
        ) from None
    if not case.is_typed_word(typed.decode("utf-8", "replace"), word, console.catalog.language):
        # critical
        raise InvalidInput(msg("Nothing was done: the text was not confirmed."))
