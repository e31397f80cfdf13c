"""Which screen belongs to which name. Must not import a screen before it is wanted: the window opens faster."""

from __future__ import annotations

from importlib import import_module

from ui.context import Context, Route
from ui.views.screen import Screen

# name -> module and class; each is made as `Class(context, record_id)`
SCREENS: dict[str, tuple[str, str]] = {
    "home": ("ui.views.home", "Home"),
    "interviews": ("ui.views.record_lists", "InterviewList"),
    "people": ("ui.views.record_lists", "PeopleList"),
    "cases": ("ui.views.record_lists", "CaseList"),
    "settings": ("ui.views.settings", "SettingsScreen"),
    "ways_in": ("ui.views.ways_in", "WaysInScreen"),
    "decoy": ("ui.views.decoy", "DecoyScreen"),
    "interview": ("ui.views.interview", "InterviewRoom"),
    "person": ("ui.views.person", "PersonScreen"),
    "incident": ("ui.views.incident", "IncidentScreen"),
    "proceeding": ("ui.views.case_desk_records", "ProceedingScreen"),
    "evidence": ("ui.views.case_desk_records", "EvidenceScreen"),
    "case": ("ui.views.case_desk", "CaseDesk"),
    "export": ("ui.views.export", "ExportAssistant"),
    "redaction": ("ui.views.redaction_review", "RedactionReview"),
    "evidence_package": ("ui.views.evidence_package", "EvidencePackageScreen"),
    "care": ("ui.views.care", "CareScreen"),
    "wipe": ("ui.views.wipe", "WipeScreen"),
    "protection": ("ui.views.protection", "ProtectionScreen"),
}
# record type -> screen that shows one of them
SCREEN_OF_TYPE = {
    "interview": "interview",
    "person": "person",
    "incident": "incident",
    "case": "case",
    "proceeding": "proceeding",
    "evidence": "evidence",
}


def make_screen(context: Context, route: Route) -> Screen:
    """Build the screen of a route; KeyError for a name that is no screen."""
    module, name = SCREENS[route.screen]
    screen = getattr(import_module(module), name)(context, route.record_id)
    if not isinstance(screen, Screen):
        raise KeyError(route.screen)
    return screen
