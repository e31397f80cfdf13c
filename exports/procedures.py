"""The procedures, read from the form files in `forms/`. Must not interpret a field; adding a form needs no code."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import resources
from typing import Any

from exports.form_model import Category, Field, Form, PageLimit, Part, State, Words
from i18n.message import msg
from storage.errors import InvalidInput

AUDIENCES = ("filing", "government", "public", "interviewee")

_RENAMED = {"as": "shown_as", "class": "klass", "label_fr": "", "column_fr": "", "help_fr": ""}


def _words(table: dict[str, Any], key: str) -> Words:
    return Words(str(table.get(key, "")), str(table.get(f"{key}_fr", "")))


def _field(table: dict[str, Any]) -> Field:
    known: dict[str, Any] = {}
    for key, value in table.items():
        if key.endswith("_fr") or key in ("label", "help", "column", "fills"):
            continue
        known[_RENAMED.get(key, key)] = value
    fills = table.get("fills", ())
    known["fills"] = (fills,) if isinstance(fills, str) else tuple(fills)
    column = _words(table, "column") if "column" in table else None
    return Field(label=_words(table, "label"), help=_words(table, "help"), column=column, **known)


def _part(table: dict[str, Any], copies: tuple[str, ...]) -> Part:
    return Part(
        id=table["id"],
        title=_words(table, "title"),
        sheet=table["sheet"],
        recipients=tuple(table["recipients"]),
        copies=tuple(table.get("copies", copies)),
        fields=tuple(_field(item) for item in table.get("field", ())),
        draws=table.get("draws", ""),
        intro=_words(table, "intro"),
        section=table.get("section", ""),
        repeat=table.get("repeat", ""),
        mandatory=table.get("mandatory", False),
        optional=table.get("optional", False),
        help=_words(table, "help"),
        severity="warning" if table.get("status") == "unverified" else "formal",
    )


def _state(table: dict[str, Any]) -> State:
    return State(
        code=table["code"],
        iso3=table["iso3"],
        name=_words(table, "name"),
        treaties=dict(table.get("treaties", {})),
        until=table.get("until", ""),
    )


def _category(table: dict[str, Any]) -> Category:
    articles = tuple(table.get("articles", ()))
    protocol = table.get("protocol", "convention")
    return Category(table["id"], _words(table, "title"), articles, table.get("status", "verified"), protocol)


def parse_form(data: dict[str, Any]) -> Form:
    """One form file's data as a `Form`; KeyError or TypeError name what is missing or unknown."""
    copies = tuple(data["copies"])
    roots = {
        name: (path,) if isinstance(path, str) else tuple(path)
        for name, path in data.get("roots", {}).items()
    }
    texts = {
        key: tuple(_words(item, "text") for item in items) for key, items in data.get("texts", {}).items()
    }
    return Form(
        id=data["id"],
        title=_words(data, "title"),
        body=_words(data, "body"),
        languages=tuple(data["languages"]),
        unsure_languages=tuple(data.get("unsure_languages", ())),
        form_version=data["form_version"],
        checked_on=data["checked_on"],
        source=data["source"],
        copies=copies,
        purpose=data["purpose"],
        bases=tuple(data["bases"]),
        parts=tuple(_part(part, copies) for part in data["part"]),
        roots=roots,
        categories=tuple(_category(item) for item in data.get("category", ())),
        states=tuple(_state(item) for item in data.get("state", ())),
        page_limits=tuple(PageLimit(**item) for item in data.get("page_limit", ())),
        source_word=data.get("source_word", "source"),
        excluded_kinds=tuple(data.get("excluded_kinds", ())),
        capacity_font=data.get("capacity_font", ""),
        other_matters=tuple(data.get("other_matters", ())),
        leads_with=data.get("leads_with", "case"),
        texts=texts,
    )


@lru_cache(maxsize=1)
def _all() -> dict[str, Form]:
    found: dict[str, Form] = {}
    for entry in sorted((resources.files("exports") / "forms").iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            read = parse_form(tomllib.loads(entry.read_text(encoding="utf-8")))
            found[read.id] = read
    return found


def forms() -> list[Form]:
    """Every procedure that ships, by id."""
    return list(_all().values())


def form(procedure: str) -> Form:
    """The procedure with this id; InvalidInput where there is none."""
    found = _all().get(procedure)
    if found is None:
        known = ", ".join(_all())
        raise InvalidInput(
            msg("There is no procedure “{name}”. Known are: {known}.", name=procedure, known=known)
        )
    return found


def _of_words(words: Iterable[Words]) -> Iterator[str]:
    return (item.en for item in words if item.en)


def source_texts() -> list[str]:
    """Every English text of the form files, in file order: what the catalogs must translate."""
    found: list[str] = []
    for item in forms():
        found += _of_words((item.title, item.body))
        for part in item.parts:
            found += _of_words((part.title, part.intro, part.help))
            for entry in part.fields:
                found += _of_words((entry.label, entry.help, *([entry.column] if entry.column else [])))
        found += _of_words(category.title for category in item.categories)
        found += _of_words(state.name for state in item.states)
        found += [text for group in item.texts.values() for text in _of_words(group)]
    return list(dict.fromkeys(found))
