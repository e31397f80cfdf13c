"""`daftar readiness`: what a petition still lacks. Must not judge anything itself."""

from __future__ import annotations

from desktop.cli.context import Run, today
from desktop.petitions import petition_language, petition_of
from exports import form, readiness
from i18n.message import msg


def run(run: Run) -> int:
    """Print blocks and warnings; the exit code is 0 whatever they say."""
    arguments, console = run.arguments, run.console
    chosen = form(arguments.text("for"))
    with run.vault() as vault:
        case_id = vault.resolve(arguments.text("case"), "case")
        snapshot = vault.snapshot(case_id)
    petition = petition_of(snapshot, case_id, chosen.id)
    language = petition_language(chosen, snapshot, petition, None)
    found = readiness(snapshot, case_id, chosen.id, language=language, today=today())
    if arguments.flag("json"):
        console.json(
            {
                "blocks": [
                    {"field": one.field, "message": console.text(one.message)} for one in found.blocks
                ],
                "warnings": [
                    {"field": one.field, "message": console.text(one.message)} for one in found.warnings
                ],
                "ready": found.ready,
            }
        )
        return 0
    for title, entries in ((msg("Missing"), found.blocks), (msg("Please look at"), found.warnings)):
        if entries:
            console.result(console.text(title))
        for one in entries:
            console.result(f"  {one.field}\t{console.text(one.message)}")
    console.say(msg("Ready to be written.") if found.ready else msg("Not ready yet."))
    return 0
