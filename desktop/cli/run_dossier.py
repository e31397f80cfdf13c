"""`daftar dossier`: writes the copies of a petition and says what was written and what was not. Must not judge anything."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from desktop import paths
from desktop.cli.console import Console, Progress
from desktop.cli.context import Run
from desktop.cli.parser import UsageProblem
from desktop.dossiers import Request, Written, write_dossier
from i18n.message import Message, msg, nmsg
from storage import Vault, Workers, choice_label


def run(run: Run) -> int:
    """Print the written files; refusals and notes go to stderr, the gravest refusal is the exit code."""
    arguments, console = run.arguments, run.console
    overrides = dict(_override(text) for text in arguments.all("override"))
    with run.vault() as vault, Workers(paths.worker_command()) as workers:
        request = Request(
            case_id=vault.resolve(arguments.text("case"), "case"),
            procedure=arguments.text("for"),
            folder=Path(arguments.text("to")),
            audiences=arguments.all("audience"),
            language=arguments.maybe("lang"),
            overrides=overrides,
            date=arguments.day("date"),
            possible="stop" if arguments.maybe("possible") == "stop" else "hide",
        )
        bar = console.progress(msg("Writing the dossier"))
        written = write_dossier(vault, request, workers.call, _steps(bar))
        codes = _codes(vault, written)
    _tell(written, codes, console)
    if arguments.flag("json"):
        console.json(written.manifest.to_json())
    else:
        for path in written.files:
            console.result(str(path))
    return written.manifest.exit_code


def _override(text: str) -> tuple[str, str]:
    name, equals, reason = text.partition("=")
    if not (name.strip() and equals and reason.strip()):
        raise UsageProblem(msg("--override needs a field and a written reason: {form}", form="FIELD=REASON"))
    return name.strip(), reason.strip()


def _steps(bar: Progress | None) -> Progress | None:
    if bar is None:
        return None

    def step(_what: str, done: int, total: int) -> None:
        bar(done, total)

    return step


def _reader(audience: str) -> Message:
    """Who reads a copy, in words."""
    return choice_label("petition", "exports/audience", audience)


def _codes(vault: Vault, written: Written) -> dict[str, str]:
    """The codes of the records that possible mentions stand in and may mean: an id says nothing to a person."""
    mentions = [mention for note in written.manifest.notes for mention in note.mentions]
    ids = {record_id for mention in mentions for record_id in (mention.record, mention.subject)}
    return {record_id: str((vault.get(record_id) or {}).get("code") or record_id) for record_id in ids}


def _tell(written: Written, codes: Mapping[str, str], console: Console) -> None:
    for copy in written.manifest.refused:
        # critical
        console.say(msg("The copy “{audience}” was not written.", audience=_reader(copy.audience)))
        console.say(copy.message)
        for finding in copy.findings:
            console.say(console.finding_line(finding))
        if copy.hint is not None:
            console.say(copy.hint)
    for note in written.manifest.notes:
        if note.possible:
            # critical
            words = nmsg(
                "{audience}: {count} possible mention nobody has judged was hidden.",
                "{audience}: {count} possible mentions nobody has judged were hidden.",
                note.possible,
                audience=_reader(note.audience),
            )
            console.say(words)
            for mention in note.mentions:
                console.say(f"  {codes[mention.record]}\t{codes[mention.subject]}\t{mention.quote}")
        if note.left_out:
            # critical
            console.say(
                msg(
                    "{audience}: left out for want of consent: {codes}",
                    audience=_reader(note.audience),
                    codes=list(note.left_out),
                )
            )
        if note.without_glyph:
            letters = " ".join(f"U+{ord(letter):04X}" for letter in note.without_glyph)
            console.say(
                msg(
                    "{audience}: printed as codes, no font has them: {letters}",
                    audience=_reader(note.audience),
                    letters=letters,
                )
            )
