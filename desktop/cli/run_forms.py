"""`daftar forms`: the procedures the program can write for. Must not hold a fact about one."""

from __future__ import annotations

from desktop.cli.context import Run
from exports import forms
from i18n.message import Message


def run(run: Run) -> int:
    """Print id, version, check date and title of every procedure."""
    console = run.console
    if run.arguments.flag("json"):
        console.json(
            [
                {
                    "id": form.id,
                    "title": console.text(Message(form.title.en)),
                    "form_version": form.form_version,
                    "checked_on": str(form.checked_on),
                    "audiences": list(form.copies),
                    "languages": list(form.languages),
                }
                for form in forms()
            ]
        )
        return 0
    for form in forms():
        console.result(
            f"{form.id}\t{form.form_version}\t{form.checked_on}\t{console.text(Message(form.title.en))}"
        )
    return 0
