"""Deadlines and procedures in words. Must not compute a date."""

from __future__ import annotations

from datetime import date, datetime

from exports import Deadline, Form, deadline_title
from i18n import formatting
from i18n.message import Message, msg


def procedure_words(form: Form) -> Message:
    """The title of a procedure; form files hold the English source text."""
    return Message(form.title.en)


def deadline_words(deadline: Deadline, language: str) -> tuple[Message, str, Message | str]:
    """What is due, the day, and how sure it is."""
    title = deadline_title(deadline)
    due = _day(deadline.due, language)
    if deadline.passed:
        return title, due, msg("This day has passed.")
    if deadline.post_by:
        post = _day(deadline.post_by, language)
        if deadline.estimated:
            return title, due, msg("Estimated. Post it by {date}.", date=post)
        return title, due, msg("Post it by {date}.", date=post)
    return title, due, msg("Estimated.") if deadline.estimated else ""


def _day(value: str | None, language: str) -> str:
    if not value:
        return ""
    day = date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value).date()
    return formatting.short_date(day, language)
