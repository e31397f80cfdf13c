"""`daftar kit`: the recovery code, shown once, or the proof that an old one still opens. Must not write it to a file.

On a terminal the code counts only when it was typed back. A script that reads the output has it already.
"""

from __future__ import annotations

import sys
from pathlib import Path

from desktop.cli.console import Console
from desktop.cli.context import Run, read_bytes
from desktop.cli.passphrase import ask_line, wipe
from i18n.message import Message, msg
from storage import CodeShare, InvalidInput, Vault, code_digits, read_digits, read_kit, split_code

_LARGEST = 1 << 16
_TRIES = 3
_HOLDERS = 3


def run(run: Run) -> int:
    """Prove an old kit, or make a new one."""
    arguments = run.arguments
    holders = arguments.all("holder")
    if len(holders) > _HOLDERS:
        raise InvalidInput(msg("There are three shares: name at most three people."))
    with run.vault() as vault:
        if (file := arguments.maybe("check")) is not None:
            _check(vault, read_code(file), run.console)
        else:
            _make(vault, run.console, holders, shares=arguments.flag("shares"))
    return 0


def read_code(file: str) -> bytearray:
    """The recovery code out of a file (`-`: standard input): digits, or two shares. InvalidInput says what is wrong."""
    if file == "-":
        data = sys.stdin.buffer.read(_LARGEST)
    else:
        data = read_bytes(Path(file), msg("a file with the recovery digits or two shares"), _LARGEST)
    try:
        return read_kit(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InvalidInput(msg("The file with the recovery code is no text in UTF-8.")) from None


def _check(vault: Vault, code: bytearray, console: Console) -> None:
    try:
        vault.ways_in.check_code(code)
    finally:
        wipe(code)
    # critical
    console.say(msg("The recovery code opens this notebook. Nothing was changed. Try it again in 90 days."))


def _make(vault: Vault, console: Console, holders: tuple[str, ...], *, shares: bool) -> None:
    code = vault.ways_in.draw_code()
    try:
        if shares:
            _show_shares(split_code(code), holders, console)
        else:
            console.result(" ".join(code_digits(code)))
        console.out.flush()
        if console.out.isatty():
            # critical
            console.say(
                msg(
                    "Write it down by hand now. It is not shown again, and whoever has it can open the notebook."
                )
            )
            _typed_back(code, console, shares=shares)
        vault.ways_in.keep_code(code, (*holders, "", "", "")[:_HOLDERS] if shares else ())
    finally:
        wipe(code)
    # critical
    console.say(
        msg("The recovery code is in force. An older code or older shares open this notebook no more.")
    )


def _show_shares(shares: list[CodeShare], holders: tuple[str, ...], console: Console) -> None:
    for share, holder in zip(shares, (*holders, "", "", "")[:_HOLDERS], strict=True):
        title = msg("Share {number} of 3", number=share.number)
        named = msg("Share {number} of 3: {holder}", number=share.number, holder=holder)
        console.result("# " + console.text(named if holder else title))
        for number, word in zip(share.numbers, share.words, strict=True):
            console.result(f"{number} {word}")


def _typed_back(code: bytearray, console: Console, *, shares: bool) -> None:
    """InvalidInput unless what is typed gives the code again; then nothing was changed."""
    for _ in range(_TRIES):
        try:
            typed = _shares_again(console) if shares else _digits_again(console)
        except InvalidInput as error:
            console.error(error)
            continue
        same = typed == code
        wipe(typed)
        if same:
            return
        console.say(msg("That is not the code shown above."))
    # critical
    raise InvalidInput(msg("The code was not typed back. It was thrown away and nothing was changed."))


def _digits_again(console: Console) -> bytearray:
    return read_digits(_line(msg("Type the eleven groups from your paper: "), console))


def _shares_again(console: Console) -> bytearray:
    first = _line(msg("Type the numbers of one share from your paper: "), console)
    second = _line(msg("Type the numbers of another share: "), console)
    return read_kit(first + "\n" + second)


def _line(question: Message, console: Console) -> str:
    typed = ask_line(question, console)
    try:
        return typed.decode("utf-8", "replace")
    finally:
        wipe(typed)
