"""A second invented case for pictures of the desk: Russian testimony, people to protect, a petition with decisions. Must not hold a real name."""

from __future__ import annotations

from typing import Any

Doc = dict[str, Any]

_ID = "88888888-8888-4888-8888-8888888888"
SPEAKER, COUSIN, MOTHER, COUSINS_WIFE, BROTHER, OFFICER = (
    f"{_ID}{number}" for number in ("01", "02", "03", "04", "05", "06")
)
INTERVIEW, CONSENT, CASE, PETITION, VISIT, SUMMONS, NOTICE, REFUSAL, DOCUMENT = (
    f"{_ID}{number}" for number in ("11", "21", "31", "41", "51", "52", "53", "61", "71")
)

STORY = """В ноябре 2016 года ко мне домой, на улицу Чинор, 14, пришли трое. Спрашивали про моего двоюродного брата Фарруха Латипова. Я сказал, что Фаррух уехал и мы не разговариваем. Они переписали номер Латипова из моего телефона, +992 00 010 14 77, и ушли.

Через два дня вызвали мою мать, Саодат Каримову. Вместе с ней пошла соседка, Умеда. Следователь Нурматов сказал, что дело передадут в прокуратуру. Саодат вернулась поздно вечером и повторяла одно: «Лишь бы Фарруху не было хуже».

Потом мне написал кто-то под именем farrukh_latipov. Я понял, что это не Фаррух: он никогда не называл меня на «вы». Такое же письмо получила Вера, жена Фарруха. У неё оставалась только вера. О письмах узнал и А. Латипов, однофамилец, единственный зубной врач в посёлке; он посоветовал нам уезжать, не дожидаясь зимы.

Мы продали машину и в феврале выехали через Хорог. Вещи отца остались в доме."""


def _person(record: str, full: str, protection: str, **more: Any) -> Doc:
    name = {"full": full, "language": "ru", "script": "Cyrl", "kind": "legal"}
    return {"id": record, "names": [name], "protection": protection, **more}


def _incident(record: str, kind: str, title: str, when: str, words: str, **more: Any) -> Doc:
    source = {"interview": INTERVIEW, "basis": "experienced", "supports": "yes"}
    return {
        "id": record,
        "kind": kind,
        "title": title,
        "when": when,
        "when_words": words,
        "victims": [SPEAKER],
        "sources": [source],
        **more,
    }


def records() -> list[tuple[str, Doc]]:
    """The records in an order in which references already exist."""
    grants = [
        {"purpose": purpose, "decision": "yes"}
        for purpose in ("keep", "share_lawyer", "un_wgad", "publish_anonymised")
    ]
    return [
        (
            "person",
            _person(
                COUSIN,
                "Латипов Фаррух",
                "pseudonym",
                sex="male",
                contacts=[{"channel": "phone", "value": "+992 00 010 14 77"}],
            ),
        ),
        ("person", _person(MOTHER, "Каримова Саодат", "hidden", sex="female")),
        ("person", _person(COUSINS_WIFE, "Латипова Вера", "pseudonym", sex="female")),
        ("person", _person(BROTHER, "Латипов Умед", "hidden", sex="male")),
        ("person", _person(OFFICER, "Нурматов", "none", public_figure=True)),
        (
            "person",
            _person(
                SPEAKER,
                "Латипов Зафар",
                "pseudonym",
                sex="male",
                birth_date="1984",
                citizenships=["TJ"],
                addresses=[{"kind": "real", "country": "TJ", "text": "улица Чинор, 14"}],
                relations=[{"person": MOTHER, "kind": "mother"}, {"person": BROTHER, "kind": "brother"}],
            ),
        ),
        (
            "interview",
            {
                "id": INTERVIEW,
                "interviewee": SPEAKER,
                "languages": ["ru"],
                "sessions": [{"from": "2026-05-02T10:00+02:00", "mode": "in_person"}],
                "narratives": [{"language": "ru", "kind": "original", "text": STORY}],
                "read_back": {"on": "2026-05-02"},
                "review": {"state": "accepted"},
            },
        ),
        (
            "consent",
            {
                "id": CONSENT,
                "person": SPEAKER,
                "interview": INTERVIEW,
                "given_on": "2026-05-02",
                "manner": "signed",
                "grants": grants,
            },
        ),
        (
            "incident",
            _incident(VISIT, "relatives.summons_threats", "Three men at the door", "2016-11", "в ноябре"),
        ),
        (
            "incident",
            _incident(
                SUMMONS, "relatives.summons_threats", "His mother summoned", "2016-11", "через два дня"
            ),
        ),
        (
            "incident",
            _incident(NOTICE, "threat.phone_calls", "Letters under a false name", "", "потом", sources=[]),
        ),
        (
            "proceeding",
            {
                "id": REFUSAL,
                "kind": "complaint",
                "country": "TJ",
                "decided_on": "2026-03-04",
                "received_on": "2026-03-09",
                "received_by": "applicant",
                "is_final": True,
                "complaint": "refusal to open a case",
            },
        ),
        (
            "evidence",
            {"id": DOCUMENT, "title": "Letter under a false name", "neutral_title": "Letter, winter 2016"},
        ),
        (
            "case",
            {
                "id": CASE,
                "title": "Autumn case",
                "victims": [SPEAKER],
                "interviews": [INTERVIEW],
                "incidents": [VISIT, SUMMONS, NOTICE],
                "proceedings": [REFUSAL],
                "evidence": [DOCUMENT],
                "country": "TJ",
                "respondents": ["TJ"],
            },
        ),
        (
            "petition",
            {
                "id": PETITION,
                "case": CASE,
                "procedure": "statement",
                "language": "ru",
                "reference": "R-44187",
                "label_seed": "5a" * 16,
            },
        ),
    ]
