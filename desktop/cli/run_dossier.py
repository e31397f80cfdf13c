"""`daftar dossier`: writes the copies of a petition and says what was written and what was not. Must not judge anything."""

from __future__ import annotations

from pathlib import Path

from desktop import paths
from desktop.cli.console import Console, Progress
from desktop.cli.context import Run
from desktop.cli.parser import UsageProblem
from desktop.dossiers import Request, Written, write_dossier
from i18n.message import msg, nmsg
from storage import Workers


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
    _tell(written, console)
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


def _tell(written: Written, console: Console) -> None:
    for copy in written.manifest.refused:
        # critical
        console.say(msg("The copy “{audience}” was not written.", audience=copy.audience))
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
                audience=note.audience,
            )
            console.say(words)
            for mention in note.mentions:
                console.say(f"  {mention.section}\t{mention.subject}\t{mention.quote}")
        if note.left_out:
            # critical
            console.say(
                msg("{audience}: left out for want of consent: {codes}", audience=note.audience, codes=list(note.left_out))
            )
        if note.without_glyph:
            letters = " ".join(f"U+{ord(letter):04X}" for letter in note.without_glyph)
            console.say(msg("{audience}: printed as codes, no font has them: {letters}", audience=note.audience, letters=letters))
