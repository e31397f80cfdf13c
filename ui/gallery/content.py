"""Invented people and what they tell, for pictures and for tests of the window. Must not hold a real name or place of anybody."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

from exports import new_petition
from storage import SaveRecord, Vault, import_file
from ui.gallery import content_desk

Doc = dict[str, Any]

SPEAKER = "11111111-1111-4111-8111-111111111111"
HUSBAND = "11111111-1111-4111-8111-111111111112"
BROTHER = "11111111-1111-4111-8111-111111111113"
HEAD = "11111111-1111-4111-8111-111111111114"
INTERVIEW = "22222222-2222-4222-8222-222222222221"
CONSENT = "33333333-3333-4333-8333-333333333331"
INCIDENT = "44444444-4444-4444-8444-444444444441"
CASE = "55555555-5555-4555-8555-555555555551"
PETITION = "66666666-6666-4666-8666-666666666661"
DEMONSTRATION = "66666666-6666-4666-8666-666666666662"
"""The petition to the Working Group in the demonstration; there only after `fill_demonstration`."""

NARRATIVE = """[00:03] Мо дар Хуҷанд зиндагӣ мекардем, ман дар мактаб аз математика дарс медодам. Шавҳарам соли 2018 ба Маскав рафт ва дигар барнагашт, фақат занг мезад. Баъд аз он ки дар интернет чанд чиз навишт, ба назди мо омадан сар карданд.
[00:09] Бори аввал баҳори соли 2019 омаданд, рӯзаш дар ёдам нест, вале ҳанӯз Рамазон сар нашуда буд. Се нафар буданд, дар либоси оддӣ. Яке гуфт, ки аз шуъбаи корҳои дохилӣ аст, ҳуҷҷат нишон надод. Телефонамро гирифтанд ва гуфтанд, ки пагоҳ худам аз пасаш биёям.
[00:17] Ман бо акаам рафтам. Ӯро назди дар нигоҳ доштанд, маро ба ошёнаи дуюм бурданд. Аз соати нӯҳи саҳар то торикӣ он ҷо нишастам. Об хостам, гуфтанд: «Аввал нависед, баъд менӯшед». Коғазе доданд, ки гӯё ман аз шавҳарам даст мекашам. Имзо накардам.
[00:24] Рӯзи дигар директори мактаб маро даъват кард ва гуфт, ки ариза нависам, ин кор дар дасти ӯ нест."""
TRANSLATION = "We lived in Khujand; I taught mathematics at a school. My husband went to Moscow in 2018 and did not come back."


def _person(record: str, full: str, protection: str, **more: Any) -> Doc:
    return {
        "id": record,
        "names": [{"full": full, "language": "tg", "script": "Cyrl", "kind": "legal"}],
        "protection": protection,
        **more,
    }


def _incident(record: str, title: str, kind: str, when: str, words: str) -> Doc:
    return {
        "id": record,
        "title": title,
        "kind": kind,
        "when": when,
        "when_words": words,
        "where": {"country": "TJ", "region": "Sughd", "locality": "Khujand"},
        "victims": [SPEAKER],
        "sources": [{"interview": INTERVIEW, "basis": "experienced", "supports": "yes"}],
    }


def _grants(*decisions: tuple[str, str]) -> list[Doc]:
    return [{"purpose": purpose, "decision": decision} for purpose, decision in decisions]


def records() -> list[tuple[str, Doc]]:
    """The records in an order in which references already exist."""
    relations = [
        {"person": person, "kind": kind, "sources": [{"interview": INTERVIEW}]}
        for person, kind in ((HUSBAND, "husband"), (BROTHER, "brother"), (HEAD, "директори мактаб"))
    ]
    return [
        ("person", _person(HUSBAND, "Каримов Парвиз", "pseudonym", citizenships=["TJ"], sex="male")),
        ("person", _person(BROTHER, "Назаров Комил", "hidden", sex="male")),
        ("person", _person(HEAD, "Содиқов Баҳром", "none", occupation="director of a school")),
        (
            "person",
            _person(
                SPEAKER,
                "Назарова Мадина Комиловна",
                "pseudonym",
                sex="female",
                birth_date="1986-04",
                citizenships=["TJ"],
            ),
        ),
        (
            "interview",
            {
                "id": INTERVIEW,
                "interviewee": SPEAKER,
                "languages": ["tg"],
                "sessions": [{"from": "2026-05-14T10:17+02:00", "mode": "in_person"}],
                "narratives": [
                    {"language": "tg", "kind": "original", "text": NARRATIVE},
                    {"language": "en", "kind": "translation", "text": TRANSLATION},
                ],
                "answers": [
                    {"question": "arrest.warrant_shown", "value": "не, чизе нишон надоданд"},
                    {"question": "witness.who", "value": {"blank": "withheld"}},
                ],
                "review": {"state": "draft"},
            },
        ),
        ("person", {"id": SPEAKER, "relations": relations}),
        (
            "consent",
            {
                "id": CONSENT,
                "person": SPEAKER,
                "interview": INTERVIEW,
                "given_by": SPEAKER,
                "capacity": "self",
                "given_on": "2026-05-14",
                "manner": "oral_witnessed",
                "grants": [
                    *_grants(
                        ("keep", "yes"),
                        ("record_audio", "yes"),
                        ("share_lawyer", "yes"),
                        ("un_wgad", "yes"),
                        ("publish_anonymised", "yes"),
                    ),
                    {"purpose": "name_to_government", "recipient": "TJ", "decision": "no"},
                ],
            },
        ),
        (
            "incident",
            _incident(
                INCIDENT,
                "Ба хона омаданд",
                "relatives.summons_threats",
                "2019-21",
                "баҳори соли 2019, пеш аз Рамазон",
            ),
        ),
        (
            "incident",
            _incident(
                INCIDENT[:-1] + "2",
                "Аз саҳар то шом дар шуъба",
                "detention.at_home_request",
                "2019-04~",
                "як рӯз пас аз ин",
            ),
        ),
        (
            "incident",
            _incident(
                INCIDENT[:-1] + "3", "Гуфтугӯ дар мактаб", "relatives.job_or_school", "2019-05", "рӯзи дигар"
            ),
        ),
        (
            "proceeding",
            {
                "id": "77777777-7777-4777-8777-777777777771",
                "kind": "complaint",
                "country": "TJ",
                "decided_on": "2026-06-20",
                "received_on": "2026-07-02",
                "received_by": "applicant",
                "is_final": True,
            },
        ),
        (
            "case",
            {
                "id": CASE,
                "title": "A teacher held for a day in Khujand",
                "victims": [SPEAKER],
                "interviews": [INTERVIEW],
                "incidents": [INCIDENT, INCIDENT[:-1] + "2", INCIDENT[:-1] + "3"],
                "proceedings": ["77777777-7777-4777-8777-777777777771"],
                "country": "TJ",
                "respondents": ["TJ"],
            },
        ),
        (
            "task",
            {"kind": "safety_check", "about": CASE, "due": "2026-05-20T18:00+02:00"},
        ),
    ]


def fill(vault: Vault) -> None:
    """Write all records; one that comes twice is completed."""
    for type_, doc in [*records(), *content_desk.records()]:
        vault.write(SaveRecord(type_, {**(vault.get(doc["id"]) or {}), **doc} if "id" in doc else doc))
    drawn = random.Random(1)  # pictures stay the same from run to run
    petition = new_petition(vault.snapshot(CASE), CASE, "wgad", "en", today=date(2026, 5, 14), rng=drawn)
    vault.write(SaveRecord("petition", {**petition, "id": PETITION}))


def fill_demonstration(vault: Vault, file: Path) -> None:
    """Take in the demonstration's interchange file, and begin the petition to the Working Group for its first case."""
    before = {row.id for row in vault.rows("case", 0, 100)}
    import_file(vault, file)
    fresh = [vault.get(row.id) or {} for row in vault.rows("case", 0, 100) if row.id not in before]
    case = next(str(doc["id"]) for doc in fresh if doc.get("title") == "Airport case")
    petition = new_petition(
        vault.snapshot(case), case, "wgad", "en", today=date(2026, 5, 14), rng=random.Random(1)
    )
    vault.write(SaveRecord("petition", {**petition, "id": DEMONSTRATION}))
