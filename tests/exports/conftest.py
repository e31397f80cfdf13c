"""Records for export tests: invented people only."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Doc = dict[str, Any]
_TYPES = {
    "persons": "person", "interviews": "interview", "consents": "consent", "incidents": "incident",
    "proceedings": "proceeding", "evidence": "evidence", "authorities": "authority", "organisations": "organisation",
    "agencies": "agency", "cases": "case", "petitions": "petition", "tasks": "task",
}  # fmt: skip


class Frozen:
    """The least a snapshot must be."""

    def __init__(self, docs: dict[str, list[Doc]]) -> None:
        self.docs = {kind: {doc["id"]: doc for doc in found} for kind, found in docs.items()}

    def get(self, id: str, /) -> Doc | None:
        return next((docs[id] for docs in self.docs.values() if id in docs), None)

    def of(self, type: str, /) -> list[Doc]:
        return list(self.docs.get(type, {}).values())

    def type_of(self, id: str, /) -> str | None:
        return next((kind for kind, docs in self.docs.items() if id in docs), None)

    def edited(self, id: str, **changes: Any) -> Frozen:
        docs = copy.deepcopy({kind: list(found.values()) for kind, found in self.docs.items()})
        for found in docs.values():
            for doc in found:
                if doc["id"] == id:
                    doc.update(changes)
        return Frozen(docs)

    def plus(self, type: str, *more: Doc) -> Frozen:
        docs = copy.deepcopy({kind: list(found.values()) for kind, found in self.docs.items()})
        docs.setdefault(type, []).extend(more)
        return Frozen(docs)


@pytest.fixture
def full(shared: Any) -> Frozen:
    """The interchange file that shows every field."""
    data = json.loads((shared / "design" / "interchange-full.json").read_text(encoding="utf-8"))
    return Frozen({_TYPES[key]: value for key, value in data.items() if key in _TYPES})


def small_records(
    name: str = "Гулбаҳор Назарова", given: str = "Гулбаҳор", family: str = "Назарова"
) -> Frozen:
    """A small case: one detained woman, one brother as the source, all consents given but to be named."""
    yes = [{"purpose": p, "decision": "yes"} for p in ("keep", "un_wgad", "ecthr", "publish_anonymised")]
    return Frozen(
        {
            "person": [
                {
                    "id": "v1", "code": "P-31702-0482-6", "sex": "female", "birth_date": "1984-05-03", "citizenships": ["TJ"],
                    "names": [{"full": name, "given": given, "family": family, "kind": "legal", "language": "tg"}],
                    "protection": "pseudonym", "occupation": "teacher",
                },
                {
                    "id": "s1", "code": "P-31702-1190-0", "sex": "male",
                    "names": [{"full": "Фирдавс Назаров", "given": "Фирдавс", "family": "Назаров", "kind": "legal"}],
                    "protection": "hidden", "relations": [{"person": "v1", "kind": "brother"}],
                },
            ],
            "interview": [
                {
                    "id": "i1", "code": "I-31702-0011-1", "interviewee": "s1", "languages": ["ru"],
                    "review": {"state": "accepted"}, "read_back": {"on": "2026-03-02"},
                    "narratives": [
                        {"id": "n1", "kind": "original", "language": "ru",
                         "text": f"Мою сестру увели утром.\nБольше я её не видел. {name} учила детей."},
                        {"id": "n2", "kind": "translation", "translation_of": "n1", "language": "en",
                         "text": "They took my sister away in the morning.\nI have not seen her since. She taught children."},
                    ],
                }
            ],
            "consent": [
                {"id": "c1", "person": "s1", "interview": "i1", "given_on": "2026-03-01", "grants": yes},
                {"id": "c2", "person": "v1", "given_by": "s1", "capacity": "sibling", "why_not_self": "no_contact",
                 "reason": "held without contact", "given_on": "2026-03-01", "grants": yes},
            ],
            "incident": [
                {
                    "id": "e1", "kind": "detention.incommunicado", "title": "Taken", "when": "2026-01-20", "victims": ["v1"],
                    "where": {"country": "TJ", "region": "Khatlon", "locality": "Bokhtar"},
                    "perpetrators": [{"agency": {"words": "men in plain clothes"}, "role": "arrest"}],
                    "description": f"{name} was taken from the school.",
                    "details": {"detention": {"warrant_shown": False, "reasons_given": {"blank": "unknown"}}},
                    "sources": [{"interview": "i1", "basis": "saw"}],
                }
            ],
            "proceeding": [
                {"id": "x1", "kind": "complaint", "body": {"words": "prosecutor of the region"}, "country": "TJ",
                 "lodged_on": "2026-02-01", "outcome": "no answer", "complaint": "arrest"}
            ],
            "case": [
                {"id": "k1", "code": "K-31702-4076-3", "victims": ["v1"], "interviews": ["i1"], "incidents": ["e1"],
                 "proceedings": ["x1"], "evidence": [], "country": "TJ"}
            ],
            "petition": [
                {"id": "t1", "case": "k1", "procedure": "wgad", "reference": "R-55120", "label_seed": "seed", "date": "2026-06-01",
                 "submitter": {"words": "a lawyer in exile"},
                 "arguments": [{"provision": "WGAD-III", "explanation": "No judge saw her.", "facts": ["e1"]}]}
            ],
        }
    )  # fmt: skip


@pytest.fixture
def small() -> Frozen:
    return small_records()


@pytest.fixture
def make_small() -> Callable[..., Frozen]:
    return small_records


def petition_of(records: Frozen, **changes: Any) -> Doc:
    return {**records.of("petition")[0], **changes}


@pytest.fixture
def petition() -> Callable[..., Doc]:
    return petition_of


@pytest.fixture
def demo() -> Frozen:
    """The records of the demonstration."""
    content = Path(__file__).parents[2] / "desktop" / "demo" / "content" / "10-interviews.json"
    data = json.loads(content.read_text(encoding="utf-8"))
    return Frozen({_TYPES[key]: value for key, value in data.items() if key in _TYPES})
