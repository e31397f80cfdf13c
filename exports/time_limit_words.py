"""What a deadline or task is called. Must not compute a date."""

from __future__ import annotations

from exports.time_limits import Deadline
from i18n.message import Message, msg

_RULES: dict[str, Message] = {
    "ecthr-4-months": msg("European Court: four months from receipt"),
    "ecthr-6-months": msg("European Court: six months from receipt"),
    "wgeid-urgent-3-months": msg("Urgent procedure for a disappearance: three months"),
    "task-deadline": msg("Deadline"),
    "task-reply_due": msg("Reply due"),
    "task-safety_check": msg("Safety check"),
    "task-reprisal_check": msg("Check for reprisals"),
    "task-consent_renewal": msg("Renewal of consent"),
}


def deadline_title(deadline: Deadline) -> Message:
    """The rule or the kind of task in words."""
    return _RULES.get(deadline.rule) or msg("Task")
