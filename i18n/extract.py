"""Collects every text a person can see into the template and the catalogs. Must not guess a translation.

    python -m i18n.extract                 write daftar.pot, all .po and .mo files; same sources, same bytes
    python -m i18n.extract --check         change nothing; exit 1 when a file is not in step with the sources
    python -m i18n.extract --missing tg    print what has no translation, as a JSON list
    python -m i18n.extract --fill tg F     merge translations from F, a JSON file, into the .po, and compile

--missing prints objects with `id`, `source`, and where they apply `plural` (then `forms` says how many texts are wanted),
`context`, `critical`, `places` (where a short text stands: class and field, or table), `terms` (words of the glossary that belong in it), `files`. --fill takes an object {key: translation}, or that list with a `translation` in each. A key is
an `id`, always unambiguous, or the source text where only one entry has it. A translation is a text, or a list with one
text for each plural form (ru: 3, for 1, 2–4 and 5 or more; others 2, for 1 and many; equal texts are fine). One with other
{placeholders} than the source, or a key that is not known, is refused and printed; the rest is merged and the exit code
is 1. A changed source text is a new entry without translation; nothing is ever marked fuzzy.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from i18n import po
from i18n.catalog import DOMAIN, LOCALE_FOLDER, compiled_path
from i18n.check import placeholder_fault
from i18n.glossary import terms_in
from i18n.languages import SOURCE_LANGUAGE, UI_LANGUAGES
from i18n.plurals import plural_count
from i18n.sources import SourceProblem, collect
from i18n.uz_generate import generate

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = tuple(entry.code for entry in UI_LANGUAGES if entry.code != SOURCE_LANGUAGE)
GENERATED, ORIGIN = "uz_Cyrl", "uz_Latn"


def po_path(language: str, folder: Path = LOCALE_FOLDER) -> Path:
    """Where the translations of a language lie."""
    return compiled_path(language, folder).with_suffix(".po")


def planned(root: Path = ROOT, folder: Path = LOCALE_FOLDER) -> dict[Path, bytes]:
    """Every file of the locale folder as it should be, from the sources and the translations there are."""
    entries = collect(root)
    files = {folder / f"{DOMAIN}.pot": po.render(entries, "").encode()}
    merged: dict[str, list[po.Entry]] = {}
    for language in LANGUAGES:
        known = _known(language, folder)
        if language == GENERATED:
            merged[language] = generate(merged[ORIGIN], known)
        else:
            merged[language] = [_merge(entry, known.get(entry.key)) for entry in entries]
        files.update(_files(merged[language], language, folder))
    return files


def missing(language: str, folder: Path = LOCALE_FOLDER) -> list[dict[str, Any]]:
    """The entries of a language without translation, as --missing prints them."""
    out: list[dict[str, Any]] = []
    for entry in po.read(po_path(language, folder)).entries:
        if entry.translated:
            continue
        item: dict[str, Any] = {"id": entry.id, "source": entry.source}
        if entry.plural is not None:
            item |= {"plural": entry.plural, "forms": plural_count(language)}
        if entry.context is not None:
            item["context"] = entry.context
        if entry.critical:
            item["critical"] = True
        places = [note for note in entry.extracted if note != po.CRITICAL]
        if places:
            item["places"] = places
        terms = {term.english: term.words[language] for term in terms_in(entry.source)}
        if terms:
            item["terms"] = terms
        out.append(item | {"files": list(entry.files)})
    return out


def fill(language: str, words: object, folder: Path = LOCALE_FOLDER) -> list[str]:
    """Merge translations; the faults of those that were refused, one line each."""
    path = po_path(language, folder)
    entries = list(po.read(path).entries)
    places: dict[str, list[int]] = {}
    for place, entry in enumerate(entries):
        for key in (entry.id, entry.source):
            places.setdefault(key, []).append(place)
    faults: list[str] = []
    for key, translation in _pairs(words):
        found = places.get(key, [])
        if len(found) != 1:
            faults.append(f"{key}: {'several entries, use the id' if found else 'no such entry'}")
            continue
        forms = tuple(translation) if isinstance(translation, list) else (translation,)
        fault = _form_fault(entries[found[0]], forms, language)
        if fault:
            faults.append(f"{key}: {fault}")
        else:
            notes = tuple(note for note in entries[found[0]].notes if note != po.REVIEWED)
            entries[found[0]] = replace(entries[found[0]], forms=forms, notes=notes)
    for name, data in _files(entries, language, folder).items():
        po.write_text(name, data)
    if language == ORIGIN:
        made = generate(entries, _known(GENERATED, folder))
        for name, data in _files(made, GENERATED, folder).items():
            po.write_text(name, data)
    return faults


@contextmanager
def _alone(folder: Path = LOCALE_FOLDER, patience: float = 60.0) -> Iterator[None]:
    """One run at a time, because several translators may fill at once; a lock left by a killed run is taken over."""
    lock, tried = folder / ".lock", time.monotonic()
    folder.mkdir(parents=True, exist_ok=True)
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
            break
        except FileExistsError:
            if time.monotonic() - tried > patience:
                break
            time.sleep(0.1)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _known(language: str, folder: Path) -> dict[str, po.Entry]:
    path = po_path(language, folder)
    return po.read(path).by_key() if path.is_file() else {}


def _merge(entry: po.Entry, known: po.Entry | None) -> po.Entry:
    return entry if known is None else replace(entry, forms=known.forms, notes=known.notes)


def _files(entries: list[po.Entry], language: str, folder: Path) -> dict[Path, bytes]:
    return {
        po_path(language, folder): po.render(entries, language).encode(),
        compiled_path(language, folder): po.compile_entries(entries, language),
    }


def _pairs(words: object) -> list[tuple[str, Any]]:
    if isinstance(words, dict):
        return list(words.items())
    if isinstance(words, list):
        return [(item["id"], item["translation"]) for item in words if item.get("translation")]
    raise ValueError("expected a JSON object or list")


def _form_fault(entry: po.Entry, forms: tuple[Any, ...], language: str) -> str:
    wanted = 1 if entry.plural is None else plural_count(language)
    if len(forms) != wanted or not all(isinstance(form, str) and form.strip() for form in forms):
        return f"{wanted} text(s) wanted"
    return next((fault for form in forms if (fault := placeholder_fault(entry, form))), "")


def main(arguments: list[str] | None = None) -> int:
    """The command; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m i18n.extract",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--check", action="store_true", help="change nothing, exit 1 when out of step")
    parser.add_argument(
        "--missing", metavar="LANG", choices=LANGUAGES, help="print untranslated entries as JSON"
    )
    parser.add_argument(
        "--fill", nargs=2, metavar=("LANG", "FILE"), help="merge translations from a JSON file"
    )
    options = parser.parse_args(arguments)
    if options.missing:
        _say(json.dumps(missing(options.missing), ensure_ascii=False, indent=1))
        return 0
    if options.fill:
        language, name = options.fill
        if language not in LANGUAGES:
            parser.error(f"LANG is one of {', '.join(LANGUAGES)}")
        with _alone():
            faults = fill(language, json.loads(Path(name).read_text(encoding="utf-8")))
        _say(*faults, f"{language}: {len(missing(language))} not translated")
        return 1 if faults else 0
    with _alone():
        return _write(check_only=options.check)


def _write(*, check_only: bool) -> int:
    try:
        files = planned()
    except SourceProblem as problem:
        _say(str(problem))
        return 1
    stale = [path for path, data in files.items() if not path.is_file() or path.read_bytes() != data]
    if check_only:
        _say(*(f"not in step with the sources: {path.relative_to(ROOT)}" for path in stale))
        return 1 if stale else 0
    for path, data in files.items():
        po.write_text(path, data)
    template = po.parse(files[LOCALE_FOLDER / f"{DOMAIN}.pot"].decode()).entries
    _say(f"{len(template)} texts, {sum(entry.critical for entry in template)} critical")
    for language in LANGUAGES:
        _say(f"{language}: {len(missing(language))} not translated")
    return 0


def _say(*lines: str) -> None:
    sys.stdout.write("".join(line + "\n" for line in lines))


if __name__ == "__main__":
    sys.exit(main())
