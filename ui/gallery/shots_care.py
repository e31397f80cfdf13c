"""How the screens that look after the notebook are brought into each of their states for a picture. Must not copy or destroy anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from i18n.message import msg
from storage import CareFacts, Happened, VerifyReport
from ui.gallery import content_desk
from ui.viewmodels.care import CareState, Outcome
from ui.viewmodels.care_words import KINDS, report_words
from ui.viewmodels.evidence_package_working import Missing, PackageItem, PackageReading
from ui.views.care import CareScreen
from ui.views.care_copies import CopyPage, InsidePage
from ui.views.care_purge import PurgePage
from ui.views.case_desk_records import EvidenceScreen
from ui.views.evidence_package import EvidencePackageScreen
from ui.views.wipe import WipeScreen

State = tuple[str, str, str, Callable[[QWidget], None] | None]
_DAY = 24 * 3600 * 1000
_NOW = 1_778_745_660_000
_FACTS = CareFacts(
    last_copy_ms=_NOW - 9 * _DAY,
    rolling=((1, _NOW), (2, _NOW - _DAY), (3, _NOW - 2 * _DAY)),
    closing_code="04821 77390",
    deleted=3,
    size=1_840_000_000,
    purge_room=2_100_000_000,
    free=64_000_000_000,
    own="0b",
    other="1a",
    read_only=False,
)
_EVENTS = tuple(
    Happened(400 - number, _NOW - number * 3_700_000, kind, {"records": 12} if kind == "import" else {})
    for number, kind in enumerate(KINDS)
)
_WHOLE = VerifyReport("ok", (214, 0), 812, "00", "ok", "ok", (1933, 0))
_REPORTS = {
    "whole": _WHOLE,
    "derived": replace(_WHOLE, derived="stale"),
    "damaged": replace(_WHOLE, pages="damaged", log="rolled back", blobs=(214, 2), revisions=(1933, 1)),
}


def _care(screen: QWidget, topic: str, **more: Any) -> CareScreen | None:
    if not isinstance(screen, CareScreen):
        return None
    state = CareState(topic=topic, facts=_FACTS, events=_EVENTS, more=True)
    screen.model._become(replace(state, **more))
    return screen


def _copy(stage: str, screen: QWidget) -> None:
    done = Outcome(msg("The notebook was copied to “{folder}” and the copy read again.", folder="2026-05-14"))
    stages: dict[str, dict[str, Any]] = {
        "choosing": {},
        "running": {
            "running": "copy",
            "fraction": 0.4,
            "doing": msg("Copying the notebook; each file is read again after writing"),
        },
        "done": {"outcomes": {"copy": done}},
    }
    shown = _care(screen, "copy", **stages[stage])
    if shown is not None and stage == "choosing":
        page = shown.pages["copy"]
        assert isinstance(page, CopyPage)
        page.act()


def _inside(screen: QWidget) -> None:
    shown = _care(screen, "inside")
    if shown is not None:
        page = shown.pages["inside"]
        assert isinstance(page, InsidePage)
        page.ask(2, _NOW - _DAY)


def _check(found: str, screen: QWidget) -> None:
    report = _REPORTS[found]
    _care(screen, "check", report=report, outcomes={"check": Outcome(*report_words(report))})


def _purge(screen: QWidget) -> None:
    shown = _care(screen, "purge")
    if shown is not None:
        page = shown.pages["purge"]
        assert isinstance(page, PurgePage)
        page.act()


def _happened(screen: QWidget) -> None:
    _care(screen, "happened")


def _wipe(screen: QWidget) -> None:
    if isinstance(screen, WipeScreen):
        screen.word.set_text(screen.model.word)


def _package(stage: str, screen: QWidget) -> None:
    if not isinstance(screen, EvidencePackageScreen):
        return
    items = (
        PackageItem("a", "Court decision", "1.pdf", 482_000, True, (), False),
        PackageItem(
            "b", "Recording", "2.wav", 91_000_000, True, (Missing("P-31702-1190-0", "withdrawn"),), False
        ),
        PackageItem("c", "Photograph", "3.jpg", 3_100_000, True, (), True),
        PackageItem("d", "", "", 0, False, (), True),
    )
    reading = PackageReading("K-31702-0482-6", items, None)
    state = replace(screen.model.state, reading=reading, chosen=("a",))
    if stage == "done":
        words = msg("Stopped. No file was left in the folder.")
        state = replace(state, outcome=Outcome(words, "plain"))
    if stage == "refused":
        state = replace(
            state, reading=replace(reading, victim=Missing("P-31702-1190-0", "not_asked")), chosen=()
        )
    screen.model._become(state)
    if stage == "choosing":
        screen.write.click()


def _custody(screen: QWidget) -> None:
    if isinstance(screen, EvidenceScreen):
        author = "4be1c09a" * 8
        steps = [
            {"id": what, "what": what, "at": f"2026-05-{day:02}T08:15+00:00", "who": {"words": author}}
            for day, what in enumerate(("received", "attached", "checked", "exported"), 3)
        ]
        screen.custody.show_evidence(screen.model.state.id, {"file": {"sha256": "00"}, "custody": steps})
        at: QWidget | None = screen.custody
        while at is not None and not isinstance(at, QScrollArea):
            at = at.parentWidget()
        if at is not None:
            QTimer.singleShot(60, at, partial(at.ensureWidgetVisible, screen.custody.check, 0, 120))


STATES: tuple[State, ...] = (
    *((f"care-copy-{stage}", "care", "", partial(_copy, stage)) for stage in ("choosing", "running", "done")),
    ("care-inside", "care", "", _inside),
    *((f"care-check-{found}", "care", "", partial(_check, found)) for found in _REPORTS),
    ("care-purge", "care", "", _purge),
    ("care-happened", "care", "", _happened),
    ("wipe", "wipe", "", None),
    ("wipe-ready", "wipe", "", _wipe),
    *(
        (f"package-{stage}", "evidence_package", content_desk.CASE, partial(_package, stage))
        for stage in ("choosing", "done", "refused")
    ),
    ("evidence-custody", "evidence", content_desk.DOCUMENT, _custody),
)
