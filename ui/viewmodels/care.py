"""Looking after the notebook: copies, check, deletion made final, what happened. Must not know widgets or write files.

One piece of long work at a time; it can be stopped at every moment and then leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from i18n.message import Message, msg
from storage import CareFacts, Happened, VerifyReport
from storage.errors import DaftarError
from ui.viewmodels import care_working as working
from ui.viewmodels.base import ViewModel
from ui.viewmodels.care_words import report_words

if TYPE_CHECKING:
    from ui.context import Context
    from ui.jobs import Job

TOPICS = ("copy", "inside", "check", "purge", "happened")


@dataclass(frozen=True)
class Outcome:
    """How a piece of work ended, in words; tone as in the message bar."""

    message: Message
    tone: str = "good"
    hint: Message | None = None


@dataclass(frozen=True)
class CareState:
    """What the screen shows. `running` is the topic whose work is under way; `outcomes` stand by topic."""

    topic: str = "copy"
    facts: CareFacts | None = None
    events: tuple[Happened, ...] = ()
    more: bool = False
    running: str = ""
    stopping: bool = False
    fraction: float = 0.0
    doing: Message | str = ""
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    report: VerifyReport | None = None

    @property
    def busy(self) -> bool:
        """Whether long work is under way."""
        return bool(self.running)


class CareModel(ViewModel[CareState]):
    """Commands: `load`, `go`, `copy`, `keep`, `go_back`, `check`, `rebuild`, `purge`, `stop`, `show_more`."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(CareState(), parent)
        self._context = context
        self._job: Job | None = None
        self._ended: list[object] = []
        self._expected: Outcome | None = None

    def load(self) -> None:
        """Read how things stand."""
        self._context.jobs.vault(working.read_care, self._read, self._failed_reading)

    def go(self, topic: str) -> None:
        """Show another topic."""
        if topic in TOPICS:
            self._become(replace(self._state, topic=topic))

    def copy(self, folder: Path) -> None:
        """Copy the whole notebook into a new folder."""
        # critical
        words = msg("The notebook was copied to “{folder}” and the copy read again.", folder=str(folder))
        # critical
        hint = msg(
            "Keep it away from this computer. It opens with the passphrases and codes of today, also later."
        )
        self._begin("copy", partial(working.copy_notebook, folder), Outcome(words, "good", hint))

    def keep(self) -> None:
        """Make a copy of the database inside the notebook now."""
        self._begin("inside", working.keep_copy, Outcome(msg("A copy was made inside the notebook.")))

    def go_back(self, number: int, folder: Path) -> None:
        """Make a notebook of its own out of a copy inside; this one stays as it is."""
        # critical
        words = msg("The older state lies as a notebook of its own in “{folder}”.", folder=str(folder))
        # critical
        hint = msg(
            "It opens with the same passphrases. This notebook was not changed. Go on writing in one of the two only."
        )
        self._begin("inside", partial(working.go_back, number, folder), Outcome(words, "good", hint))

    def check(self) -> None:
        """Check everything."""
        self._begin("check", working.check_notebook, None)

    def rebuild(self) -> None:
        """Build lists and search anew from the history, and check again."""
        self._begin("check", working.rebuild, None)

    def purge(self) -> None:
        """Make deletion final."""
        # critical
        words = msg("Deletion was made final. What was deleted is no longer in this notebook.")
        self._begin("purge", working.purge, Outcome(words))

    def stop(self) -> None:
        """Ask the work to stop; the screen says so when it has."""
        if self._job is not None and self._state.running and not self._state.stopping:
            self._job.cancel()
            self._become(replace(self._state, stopping=True, doing=msg("Stopping")))
            self._context.jobs.vault(working.read_care, self._stopped, self._failed)

    def show_more(self) -> None:
        """Read the next page of what happened."""
        if self._state.events and self._state.more:
            last = self._state.events[-1].number
            self._context.jobs.vault(partial(working.read_more, last), self._more_read, self._failed_reading)

    # inside

    def _begin(self, topic: str, work: working.Long, outcome: Outcome | None) -> None:
        if self._state.busy or not self._context.jobs.has_vault:
            return
        outcomes = {name: one for name, one in self._state.outcomes.items() if name != topic}
        self._become(
            replace(
                self._state,
                running=topic,
                stopping=False,
                fraction=0.0,
                doing=msg("Preparing"),
                outcomes=outcomes,
                report=None if topic == "check" else self._state.report,
            )
        )
        self._ended, self._expected = [], outcome
        self._job = self._context.jobs.vault_long(
            partial(working.noted, work, self._ended),
            partial(self._done, topic),
            partial(self._failed_in, topic),
            self._progress,
        )

    def _progress(self, fraction: float, doing: Message) -> None:
        if self._state.running and not self._state.stopping:
            self._become(replace(self._state, fraction=fraction, doing=doing))

    def _done(self, topic: str, result: object) -> None:
        report = result if isinstance(result, VerifyReport) else self._state.report
        outcome = self._expected
        if outcome is None and report is not None:
            outcome = Outcome(*report_words(report))
        self._end(topic, outcome, report)

    def _failed_in(self, topic: str, error: DaftarError) -> None:
        self._end(topic, Outcome(error.message, "amber", error.hint), self._state.report)

    def _end(self, topic: str, outcome: Outcome | None, report: VerifyReport | None) -> None:
        outcomes = dict(self._state.outcomes)
        if outcome is not None:
            outcomes[topic] = outcome
        self._job = None
        self._become(
            replace(self._state, running="", stopping=False, doing="", outcomes=outcomes, report=report)
        )
        self.load()

    def _stopped(self, found: working.CareReading) -> None:
        topic = self._state.running
        if self._state.stopping and self._ended:
            self._done(topic, self._ended[0])
        elif self._state.stopping:
            words = working.stopped_words(purging=topic == "purge")
            self._end(topic, Outcome(words, "plain"), self._state.report)
        self._read(found)

    def _read(self, found: working.CareReading) -> None:
        self._become(replace(self._state, facts=found.facts, events=found.events, more=found.more))

    def _more_read(self, found: tuple[tuple[Happened, ...], bool]) -> None:
        events, more = found
        self._become(replace(self._state, events=(*self._state.events, *events), more=more))

    def _failed(self, error: DaftarError) -> None:
        if self._state.running:
            self._end(self._state.running, Outcome(error.message, "amber", error.hint), self._state.report)

    def _failed_reading(self, error: DaftarError) -> None:
        self._context.navigator.say(error)
