"""`daftar purge`: deletion made final. Must not begin without the passphrase or leave two halves behind."""

from __future__ import annotations

from desktop.cli.context import Run
from i18n.message import msg, nmsg
from storage import EnvironmentProblem


def run(run: Run) -> int:
    """Purge, and say what it reached and what not."""
    console = run.console
    with run.vault() as vault:
        before = vault.care_facts()
        if before.free < before.purge_room:
            raise EnvironmentProblem(
                msg("There is not enough room on the disk to write the notebook anew."),
                msg("Free some space and try again. Nothing was changed."),
            )
        vault.purge(console.progress(msg("Making deletion final")))
        after = vault.care_facts()
    # critical
    console.say(
        nmsg(
            "Deletion was made final: the texts and files of {count} deleted record are gone.",
            "Deletion was made final: the texts and files of {count} deleted records are gone.",
            before.deleted,
        )
    )
    # critical
    console.say(
        msg(
            "Copies elsewhere keep what was deleted. The copies inside were removed and one new copy was made."
        )
    )
    if after.own[1:] != after.other[1:]:
        # critical
        console.say(
            msg(
                "The folder now holds {own} beside {other}: whoever looks can see that this was done, and which of the two"
                " is in use.",
                own=after.own,
                other=after.other,
            )
        )
    return 0
