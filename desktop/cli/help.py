"""The help texts, laid out for a terminal. Must not run anything."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Sequence

from desktop.cli.console import Console
from desktop.cli.parser import Command, usage
from desktop.cli.table import COMMANDS, COMMON
from i18n.message import Message, msg

_COLUMN = 26
_NARROWEST, _WIDEST = 60, 100


def program_help(console: Console) -> str:
    """What the program is and every command it has."""
    rows = [(one.name, one.summary) for one in COMMANDS]
    options = [(" ".join(filter(None, (one.name, one.metavar))), one.help) for one in COMMON]
    parts = [
        console.text(msg("daftar: a notebook for testimony. Without a command it opens the window.")),
        "",
        console.text(msg("Usage: {usage}", usage="daftar [VAULT]")),
        console.text(msg("Usage: {usage}", usage="daftar COMMAND ...")),
        "",
        console.text(msg("Commands")),
        *_rows(rows, console),
        "",
        console.text(msg("Options")),
        *_rows(options, console),
        "",
        console.text(msg("More about a command: {command}", command="daftar COMMAND --help")),
    ]
    return "\n".join(parts) + "\n"


def command_help(command: Command, console: Console) -> str:
    """The form of one command, and every word and option of it."""
    places = [(one.metavar, one.help) for one in command.positionals]
    options = [
        (" ".join(filter(None, (f"{one.short}," if one.short else "", one.name, one.metavar))), one.help)
        for one in command.options
    ]
    parts = [
        *textwrap.wrap(
            console.text(msg("Usage: {usage}", usage=usage(command))), _width(), subsequent_indent="    "
        ),
        "",
        *textwrap.wrap(console.text(command.summary), _width()),
        "",
        *(_rows(places, console)),
        *([""] if places else []),
        console.text(msg("Options")),
        *_rows(options, console),
    ]
    return "\n".join(parts) + "\n"


def _rows(rows: Sequence[tuple[str, Message]], console: Console) -> list[str]:
    lines: list[str] = []
    for name, words in rows:
        shown = name
        text = textwrap.wrap(console.text(words), _width() - _COLUMN - 2) or [""]
        if len(name) > _COLUMN - 2:
            lines.append(f"  {name}")
            shown = ""
        lines.append(f"  {shown:<{_COLUMN}}{text[0]}".rstrip())
        lines += [f"  {'':<{_COLUMN}}{more}" for more in text[1:]]
    return lines


def _width() -> int:
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((80, 24)).columns)) - 2
