"""Reads a command line by a declared table. Must not run anything, print anything or know a command.

The standard parser speaks English; this one says everything through messages, and takes no abbreviations, so that a
new option never changes what an old script means.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from i18n.message import Message, msg

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Value = str | int | bool | date | tuple[str, ...] | None


@dataclass(frozen=True)
class Positional:
    """A word by its place; `many` takes all that are left (at least one if `needed`), and stands last."""

    name: str
    metavar: str
    help: Message
    many: bool = False
    needed: bool = True


@dataclass(frozen=True)
class Option:
    """`--name METAVAR`, or a switch without a metavar; `repeat` collects every value given."""

    name: str
    help: Message
    metavar: str | None = None
    short: str | None = None
    repeat: bool = False
    required: bool = False
    choices: tuple[str, ...] = ()
    kind: Literal["text", "count", "date"] = "text"

    @property
    def key(self) -> str:
        return self.name.removeprefix("--").replace("-", "_")


@dataclass(frozen=True)
class Command:
    """One command: its words, what it does, and the module whose `run` does it (imported only then)."""

    name: str
    summary: Message
    module: str
    positionals: tuple[Positional, ...] = ()
    options: tuple[Option, ...] = ()


class UsageProblem(Exception):
    """The command line cannot be read; `message` says why in one sentence."""

    def __init__(self, message: Message, command: Command | None = None) -> None:
        super().__init__("usage")
        self.message = message
        self.command = command


class Arguments:
    """What was given. A key that is not declared is a mistake of ours and raises KeyError."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._values = dict(values)

    def text(self, key: str) -> str:
        """A text that is always there (a positional, a required option)."""
        value = self._values[key]
        assert isinstance(value, str)
        return value

    def maybe(self, key: str) -> str | None:
        """A text, or None where it was not given."""
        value = self._values[key]
        return value if isinstance(value, str) else None

    def all(self, key: str) -> tuple[str, ...]:
        """Every value of a repeated option or of a `many` positional."""
        value = self._values[key]
        return value if isinstance(value, tuple) else ()

    def flag(self, key: str) -> bool:
        """Whether a switch was given."""
        return self._values[key] is True

    def count(self, key: str, default: int) -> int:
        """A whole number of at least 0."""
        value = self._values[key]
        return value if isinstance(value, int) else default

    def day(self, key: str) -> date | None:
        """A calendar day."""
        value = self._values[key]
        return value if isinstance(value, date) else None


def parse(command: Command, words: Sequence[str]) -> Arguments:
    """The words after the command's name, by its table. UsageProblem with the first thing wrong."""
    options = {name: option for option in command.options for name in (option.name, option.short) if name}
    values: dict[str, Value] = {option.key: () if option.repeat else None for option in command.options}
    loose: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word == "--":
            loose += rest
            break
        if word == "-" or not word.startswith("-"):
            loose.append(word)
            continue
        name, equals, attached = word.partition("=")
        option = options.get(name)
        if option is None:
            raise _unknown_option(name, command, list(options))
        _store(command, option, name, attached if equals else None, rest, values)
    for option in command.options:
        if option.required and values[option.key] is None:
            raise UsageProblem(msg("The option {option} is needed.", option=option.name), command)
    return Arguments({**values, **_places(command, loose)})


def _store(
    command: Command,
    option: Option,
    name: str,
    attached: str | None,
    rest: list[str],
    values: dict[str, Value],
) -> None:
    if option.metavar is None:
        if attached is not None:
            raise UsageProblem(msg("The option {option} takes no value.", option=name), command)
        values[option.key] = True
        return
    if attached is None:
        if not rest or (rest[0].startswith("-") and rest[0] != "-"):
            raise UsageProblem(msg("The option {option} needs a value.", option=name), command)
        attached = rest.pop(0)
    value = _convert(command, option, attached)
    before = values[option.key]
    if option.repeat:
        assert isinstance(before, tuple)
        assert isinstance(value, str)
        values[option.key] = (*before, value)
    elif before is not None:
        raise UsageProblem(msg("The option {option} was given twice.", option=name), command)
    else:
        values[option.key] = value


def _convert(command: Command, option: Option, text: str) -> Value:
    if option.choices and text not in option.choices:
        words = msg(
            "“{value}” is not possible for {option}. Possible: {choices}.",
            value=text,
            option=option.name,
            choices=", ".join(option.choices),
        )
        raise UsageProblem(words, command)
    if option.kind == "count":
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise UsageProblem(
                msg("{option} needs a whole number, not “{value}”.", option=option.name, value=text), command
            )
        return int(text)
    if option.kind == "date":
        try:
            if not _DAY.fullmatch(text):
                raise ValueError
            return date.fromisoformat(text)
        except ValueError:
            words = msg(
                "{option} needs a day like 2026-03-02, not “{value}”.", option=option.name, value=text
            )
            raise UsageProblem(words, command) from None
    return text


def _places(command: Command, loose: list[str]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    left = list(loose)
    for place in command.positionals:
        if not left and place.needed:
            raise UsageProblem(msg("{word} is missing.", word=place.metavar), command)
        if place.many:
            values[place.name], left = tuple(left), []
        else:
            values[place.name] = left.pop(0)
    if left:
        raise UsageProblem(msg("“{word}” is one word too many.", word=left[0]), command)
    return values


def _unknown_option(name: str, command: Command, known: list[str]) -> UsageProblem:
    near = difflib.get_close_matches(name, known, 1)
    if near:
        words = msg("There is no option {option}. Perhaps {near} is meant.", option=name, near=near[0])
        return UsageProblem(words, command)
    return UsageProblem(msg("There is no option {option}.", option=name), command)


def _place_form(place: Positional) -> str:
    text = place.metavar + ("..." if place.many and place.needed else "")
    return text if place.needed else f"[{text}]"


def usage(command: Command) -> str:
    """The command's form in one line, as in `daftar find VAULT QUERY [--json]`."""
    parts = ["daftar", command.name]
    parts += [_place_form(place) for place in command.positionals]
    for option in command.options:
        text = option.name if option.metavar is None else f"{option.name} {option.metavar}"
        if not option.required:
            text = f"[{text}]"
        parts.append(text + ("..." if option.repeat else ""))
    return " ".join(parts)
