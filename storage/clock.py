"""Whether the computer's clock can be right, judged by the notebook's own log. Must not correct a time or refuse anything.

The clock is only a claim: what is written bears it, nothing is decided by it. But a person should hear that it is wrong.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from i18n.message import Message, msg

DAY_MS = 24 * 3600 * 1000
SLACK_MS = 26 * 3600 * 1000
"""A clock that shows the hour of another city, from 12 hours behind to 14 before, is no wrong clock."""
MADE_MS = 1_767_225_600_000
"""1 January 2026: this program is not older."""
AHEAD_MS = 3 * 366 * DAY_MS
"""So long somebody may leave a notebook alone; longer is more likely a wrong clock."""
_LAST_MS = 253_402_214_400_000  # 31 December 9999: no calendar of ours goes further


def clock_problem(last_ms: int, now_ms: int) -> Message | None:
    """Give the sentence that the clock is wrong, or None. `last_ms`: the last entry of the log, 0 if there is none; ms UTC.

    The last entry counts, not the latest: once the clock is set right and something is written, all is well.
    """
    now, last = _day(now_ms), _day(last_ms)
    if last_ms and now_ms < last_ms - SLACK_MS:
        return msg(
            "The clock of this computer is behind: it shows {today}, and the last entry of this notebook is of {day}. Set it"
            " before you write.",
            today=now,
            day=last,
        )
    if now_ms < MADE_MS - SLACK_MS:
        return msg(
            "The clock of this computer shows {today}, which cannot be. Set it before you write.", today=now
        )
    if last_ms >= MADE_MS - SLACK_MS and now_ms > last_ms + AHEAD_MS:
        return msg(
            "The clock of this computer shows {today}, years after the last entry of this notebook, {day}. If that is wrong,"
            " set it before you write.",
            today=now,
            day=last,
        )
    return None


def _day(at_ms: int) -> date:
    return datetime.fromtimestamp(max(0, min(at_ms, _LAST_MS)) / 1000, UTC).date()
