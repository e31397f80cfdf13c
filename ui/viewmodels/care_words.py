"""Words for what a check found, for what happened and when. Pure; must not read the vault."""

from __future__ import annotations

from datetime import UTC, datetime

from i18n import formatting
from i18n.message import Message, msg, nmsg
from storage import Happened, VerifyReport, choice_label

KINDS: dict[str, Message] = {
    "new": msg("The notebook was made"),
    "create": msg("A record was made"),
    "revise": msg("A record was changed"),
    "delete": msg("A record was deleted"),
    "erase": msg("The texts and files of a deleted record were taken out"),
    "attach": msg("A file was taken in"),
    "custody": msg("A step of custody was noted"),
    "import": msg("Records were taken in from a file"),
    "merge": msg("Records of a colleague were taken in"),
    "dump": msg("Records were written out, unprotected"),
    "export": msg("Files were written out"),
    "view-export": msg("Copies of a petition were shown"),
    "redact": msg("A decision about redaction was made"),
    "print": msg("Something was printed"),
    "setting": msg("A setting of the notebook was changed"),
    "rebuild": msg("Lists and search were built anew"),
    "key": msg("A way into the notebook was changed"),
    "backup": msg("The notebook was copied"),
    "restore": msg("The notebook was made out of a copy"),
    "purge": msg("Deletion was made final"),
    "alarm": msg("Something did not fit when the notebook was opened"),
}
"""Every kind of event the log knows, in words."""


def happened_words(event: Happened) -> Message:
    """What happened, in words."""
    return KINDS.get(event.kind, msg("Something else happened"))


def happened_detail(event: Happened) -> Message | str:
    """What may be said beside it: how many, which audience; never content."""
    facts = event.facts
    records, files = facts.get("records"), facts.get("evidence")
    if isinstance(records, int):
        return nmsg("{count} record", "{count} records", records)
    if isinstance(files, int):
        return nmsg("{count} file of evidence", "{count} files of evidence", files)
    audience = facts.get("audience")
    if isinstance(audience, str):
        return choice_label("petition", "exports/audience", audience)
    return ""


def moment_words(ms: int, language: str) -> str:
    """A moment of the laptop's clock, in its own zone."""
    moment = datetime.fromtimestamp(ms / 1000, UTC).astimezone()
    return formatting.date_time(moment, language)


def report_words(report: VerifyReport) -> tuple[Message, str, Message | None]:
    """What a check found: message, tone, what to do."""
    if report.ok:
        return msg("Everything is whole: nothing is missing and nothing was changed."), "good", None
    if only_derived(report):
        words = msg("Lists and search do not match the history. Your records are whole.")
        return words, "amber", msg("Build lists and search anew.")
    # critical
    words = msg("Something in this notebook is damaged or was changed from outside.")
    # critical
    hint = msg(
        "Do not write in it any more. Keep the folder as it is, and go back to a copy from before: a copy elsewhere,"
        " or one inside the notebook."
    )
    return words, "red", hint


def only_derived(report: VerifyReport) -> bool:
    """Whether building lists and search anew would heal everything that was found."""
    whole = (report.pages, report.log) == ("ok", "ok") and not (report.blobs[1] or report.revisions[1])
    return whole and report.derived != "ok"


def report_lines(report: VerifyReport) -> list[tuple[Message, bool]]:
    """Each part of a check in words, and whether it is whole."""
    files, changes = report.blobs, report.revisions
    return [
        (_page_line(report.pages), report.pages == "ok"),
        (_file_line(*files), not files[1]),
        (_log_line(report.log, report.entries), report.log == "ok"),
        (_change_line(*changes), not changes[1]),
        (_derived_line(report.derived), report.derived == "ok"),
    ]


def _page_line(state: str) -> Message:
    if state == "ok":
        return msg("The database: every page is whole.")
    return msg("The database: some pages are damaged or were changed.")


def _file_line(checked: int, bad: int) -> Message:
    if bad:
        return nmsg(
            "Attached files: {count} is damaged or missing.",
            "Attached files: {count} are damaged or missing.",
            bad,
        )
    return nmsg(
        "Attached files: {count} read to its end, whole.",
        "Attached files: {count} read to their ends, whole.",
        checked,
    )


def _log_line(state: str, entries: int) -> Message:
    if state == "rolled back":
        return msg("The log: an older state of the database was put in the place of the newer one.")
    if state != "ok":
        return msg("The log: its chain is broken.")
    return nmsg("The log: {count} entry, unbroken.", "The log: {count} entries, unbroken.", entries)


def _change_line(checked: int, bad: int) -> Message:
    if bad:
        return nmsg(
            "Changes: {count} does not fit its signature.",
            "Changes: {count} do not fit their signatures.",
            bad,
        )
    return nmsg(
        "Changes: {count} with a right signature.", "Changes: {count} with right signatures.", checked
    )


def _derived_line(state: str) -> Message:
    if state == "ok":
        return msg("Lists and search: they match the history.")
    return msg("Lists and search: they do not match the history.")
