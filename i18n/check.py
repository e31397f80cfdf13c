"""The gate for translations: every catalog against the sources and the rules. Must not change a file.

python -m i18n.check [--allow-missing] [LANG …]      prints faults; exit 1 when there is any
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from i18n import po
from i18n.catalog import DOMAIN, LOCALE_FOLDER, compiled_path
from i18n.check_rules import PLACEHOLDER, RULES
from i18n.glossary import strays
from i18n.languages import SOURCE_LANGUAGE, UI_LANGUAGES
from i18n.plurals import plural_count, plural_header

LANGUAGES = tuple(entry.code for entry in UI_LANGUAGES if entry.code != SOURCE_LANGUAGE)


@dataclass(frozen=True)
class Finding:
    """One fault of one translation (or of the file: `id` empty)."""

    language: str
    rule: str
    problem: str
    id: str = ""
    source: str = ""
    text: str = ""

    def __str__(self) -> str:
        shown = f" {self.id} “{self.source}” → “{self.text}”" if self.id else ""
        return f"{self.language}: {self.rule}: {self.problem}{shown}"


def check_catalog(language: str, catalog: po.PoFile, template: Iterable[po.Entry]) -> Iterator[Finding]:
    """All faults of one catalog."""
    if catalog.header.get("Plural-Forms") != plural_header(language):
        yield Finding(language, "header", "Plural-Forms is not the language's rule")
    if catalog.header.get("Language") != language:
        yield Finding(language, "header", "Language is not this language")
    if catalog.fuzzy or catalog.obsolete:
        yield Finding(language, "header", "fuzzy or obsolete entries")
    known = catalog.by_key()
    if len(known) != len(catalog.entries):
        yield Finding(language, "header", "an entry stands twice")
    wanted = {entry.key: entry for entry in template}
    for key in known.keys() - wanted.keys():
        yield _of(known[key], language, "unknown", "not a text of the program")
    for key, entry in wanted.items():
        yield from check_entry(known.get(key, entry.with_forms(())), language)


def check_entry(entry: po.Entry, language: str) -> Iterator[Finding]:
    """All faults of one translation."""
    if not any(entry.forms):
        yield _of(entry, language, "missing", "not translated")
        return
    wanted = 1 if entry.plural is None else plural_count(language)
    if len(entry.forms) != wanted or not all(entry.forms):
        yield _of(entry, language, "plural", f"{wanted} forms wanted")
        return
    for place, form in enumerate(entry.forms):
        for name, rule in RULES.items():
            source = _source_for(entry, place, form, language)
            if name == "numbers" and entry.plural is not None:
                continue
            for problem in rule(source, form, language):
                yield _of(entry, language, name, problem, form)


def placeholder_fault(entry: po.Entry, form: str) -> str:
    """What is wrong with the placeholders of a translation, or nothing; used where translations come in."""
    allowed = [sorted(PLACEHOLDER.findall(text)) for text in (entry.source, entry.plural) if text is not None]
    found = sorted(PLACEHOLDER.findall(form))
    return "" if found in allowed else f"placeholders differ, wanted {' '.join(allowed[-1]) or 'none'}"


def check_compiled(language: str, catalog: po.PoFile, folder: Path = LOCALE_FOLDER) -> Iterator[Finding]:
    """The compiled catalog must be in step with the .po."""
    path = compiled_path(language, folder)
    if not path.is_file() or path.read_bytes() != po.compile_entries(catalog.entries, language):
        yield Finding(language, "compiled", "the .mo is not in step with the .po; run python -m i18n.extract")


def check_terms(language: str, folder: Path = LOCALE_FOLDER) -> Iterator[Finding]:
    """Where translations use other words than the glossary: to be read, not to be obeyed."""
    for entry in po.read(compiled_path(language, folder).with_suffix(".po")).entries:
        if entry.translated:
            for problem in strays(entry.source, entry.forms[0], language):
                yield _of(entry, language, "terms", problem)


def check_accelerators(entries: Iterable[po.Entry], language: str, menu: Iterable[str]) -> Iterator[Finding]:
    """No two entries of one menu (source texts) with the same accelerator letter."""
    words = {entry.source: entry.forms[0] for entry in entries if entry.translated}
    taken: dict[str, str] = {}
    for source in menu:
        text = words.get(source, source)
        _, mark, rest = text.partition("&")
        letter = rest[:1].casefold()  # ascii
        if mark and letter in taken:
            yield Finding(language, "accelerators", f"“{text}” and “{taken[letter]}” share {letter}")
        taken.setdefault(letter, text)


def check_all(languages: Iterable[str] = LANGUAGES, folder: Path = LOCALE_FOLDER) -> list[Finding]:
    """Every fault of the given languages."""
    template = po.read(folder / f"{DOMAIN}.pot").entries
    findings: list[Finding] = []
    for language in languages:
        path = compiled_path(language, folder).with_suffix(".po")
        if not path.is_file():
            findings.append(Finding(language, "missing", "there is no catalog"))
            continue
        catalog = po.read(path)
        findings += check_catalog(language, catalog, template)
        findings += check_compiled(language, catalog, folder)
    return findings


def main(arguments: list[str] | None = None) -> int:
    """The command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m i18n.check", description="Check the translations.")
    parser.add_argument("languages", nargs="*", metavar="LANG", default=list(LANGUAGES))
    parser.add_argument(
        "--allow-missing", action="store_true", help="do not count what is not translated yet"
    )
    parser.add_argument("--terms", action="store_true", help="print where a translation leaves the glossary")
    options = parser.parse_args(arguments)
    unknown = set(options.languages) - set(LANGUAGES)
    if unknown:
        parser.error(f"LANG is one of {', '.join(LANGUAGES)}")
    if options.terms:
        advice = [finding for language in options.languages for finding in check_terms(language)]
        sys.stdout.write("".join(f"{finding}\n" for finding in advice))
        return 0
    findings = check_all(options.languages)
    if options.allow_missing:
        findings = [finding for finding in findings if finding.rule != "missing"]
    for finding in findings:
        sys.stdout.write(f"{finding}\n")
    sys.stdout.write(f"{len(findings)} faults in {len(options.languages)} languages\n")
    return 1 if findings else 0


def _source_for(entry: po.Entry, place: int, form: str, language: str) -> str:
    """The source a form is held against: the singular's count may be left out only where the form means exactly one."""
    if entry.plural is None:
        return entry.source
    only_one = place == 0 and plural_count(language) == 2
    if only_one and sorted(PLACEHOLDER.findall(form)) == sorted(PLACEHOLDER.findall(entry.source)):
        return entry.source
    return entry.plural


def _of(entry: po.Entry, language: str, rule: str, problem: str, text: str = "") -> Finding:
    return Finding(
        language, rule, problem, entry.id, entry.source, text or (entry.forms[0] if entry.forms else "")
    )


if __name__ == "__main__":
    sys.exit(main())
