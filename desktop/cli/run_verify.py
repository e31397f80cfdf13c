"""`daftar verify`: is the notebook whole and unchanged. Must not repair unless asked to rebuild."""

from __future__ import annotations

from desktop.cli.context import Run
from i18n.message import msg

DAMAGED = 7


def run(run: Run) -> int:
    """Print the report; 0 if all is well, 7 if not."""
    arguments, console = run.arguments, run.console
    with run.vault() as vault:
        report = vault.verify(
            deep=arguments.flag("deep"),
            rebuild=arguments.flag("rebuild"),
            progress=console.progress(msg("Checking")),
        )
    plain = report.to_json()
    if arguments.flag("json"):
        console.json(plain)
    else:
        for key, value in plain.items():
            if key != "ok":
                console.result(f"{key}\t{_line(value)}")
    console.say(
        msg("The notebook is whole.") if report.ok else msg("The notebook is damaged or was changed.")
    )
    return 0 if report.ok else DAMAGED


def _line(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(f"{key}={item}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return " ".join(str(item) for item in value)
    return str(value)
