"""Writes an interchange file of N invented interviews in four languages, the same for the same seed.

    python tests/bench/generate.py 10000 FILE.json [--seed 1]

People, places and events are random combinations of common words; nobody is meant. Narratives have some 2 kB each,
like a short first account.
"""

from __future__ import annotations

import argparse
import json
import random
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Doc = dict[str, Any]

_NAMES: dict[str, dict[str, list[str]]] = {
    "tg": {
        "f": [
            "Мадина",
            "Зулфия",
            "Гулнора",
            "Ситора",
            "Нигина",
            "Фарзона",
            "Шаҳло",
            "Манижа",
            "Парвина",
            "Дилбар",
        ],
        "m": [
            "Фирдавс",
            "Ҷамшед",
            "Сӯҳроб",
            "Далер",
            "Хуршед",
            "Баҳром",
            "Некрӯз",
            "Шералӣ",
            "Табрез",
            "Исфандиёр",
        ],
        "family": [
            "Ҳақназар",
            "Раҷабзода",
            "Ғафурӣ",
            "Шарифзода",
            "Мирзозода",
            "Қодирӣ",
            "Сафарзода",
            "Ятимзода",
            "Бобоҷонзода",
            "Орзуӣ",
        ],
    },
    "ru": {
        "f": [
            "Марина",
            "Ольга",
            "Лариса",
            "Светлана",
            "Жанна",
            "Динара",
            "Айгуль",
            "Эльмира",
            "Тамара",
            "Римма",
        ],
        "m": ["Тимур", "Артём", "Руслан", "Марат", "Ильдар", "Вадим", "Азамат", "Эдуард", "Ренат", "Самир"],
        "family": [
            "Лесков",
            "Орешин",
            "Каримбаев",
            "Токарев",
            "Сабитов",
            "Ветров",
            "Муратов",
            "Ключарёв",
            "Ахметшин",
            "Заречный",
        ],
    },
    "uz": {
        "f": [
            "Gulchehra",
            "Nodira",
            "Oʻgʻiloy",
            "Sevara",
            "Shoira",
            "Zebo",
            "Mohira",
            "Iroda",
            "Feruza",
            "Lola",
        ],
        "m": [
            "Otabek",
            "Sherzod",
            "Gʻayrat",
            "Jasur",
            "Ulugʻbek",
            "Botir",
            "Shavkatbek",
            "Doniyor",
            "Alisher",
            "Zafar",
        ],
        "family": [
            "Yoʻldosh",
            "Qosimboy",
            "Toʻraqul",
            "Gʻulom",
            "Ergashboy",
            "Nurmat",
            "Xolboy",
            "Rahimqul",
            "Eshmat",
            "Joʻraboy",
        ],
    },
    "az": {
        "f": ["Günel", "Aygün", "Nərmin", "Şəbnəm", "Könül", "Ülviyyə", "Lalə", "Fidan", "Səidə", "Mələk"],
        "m": ["Elçin", "Rəşad", "Tural", "Cavid", "Orxan", "Vüqar", "Şahin", "Kənan", "İlqar", "Namiq"],
        "family": [
            "Bağırlı",
            "Çinarlı",
            "Göyçaylı",
            "Dağlı",
            "Qaratel",
            "Səfərli",
            "İncəli",
            "Üzümlü",
            "Əkinçi",
            "Yaşıl",
        ],
    },
}
_SENTENCES: dict[str, list[str]] = {
    "tg": [
        "Субҳи барвақт ба хонаи мо панҷ кас бо либоси оддӣ омаданд.",
        "{name}-ро ба мошини сафед савор карданд ва ҳеҷ ҳуҷҷат нишон надоданд.",
        "Мо се рӯз намедонистем, ки ӯ дар куҷост.",
        "Ҳамсояамон гуфт, ки онҳо аз шуъбаи шаҳр буданд.",
        "Баъд ба ман занг заданд ва гуфтанд, ки хомӯш бошам.",
        "Дар моҳи {month} ҳукмро дар маҷлиси пӯшида хонданд.",
        "Модарам ҳар ҳафта ба назди дари маҳбас мерафт, вале бастаашро намегирифтанд.",
    ],
    "ru": [
        "Рано утром к нам пришли пятеро в гражданском и велели собираться.",
        "{name} посадили в белую машину, никаких бумаг не показали.",
        "Три дня мы не знали, где он, а в отделе отвечали, что такого нет.",
        "Сосед видел, как машина повернула к старому вокзалу.",
        "Потом мне позвонили и посоветовали не писать жалоб.",
        "Приговор зачитали в {month}, в зал никого не пустили.",
        "Передачи не брали, адвоката пустили только на девятый день.",
    ],
    "uz": [
        "Erta tongda uyimizga oddiy kiyimdagi besh kishi keldi.",
        "{name}ni oq mashinaga oʻtqazishdi, hech qanday hujjat koʻrsatishmadi.",
        "Uch kun davomida uning qayerdaligini bilmadik.",
        "Qoʻshnimiz ularni shahar boʻlimidan deb aytdi.",
        "Keyin menga qoʻngʻiroq qilib, jim yurishimni aytishdi.",
        "Hukmni {month} oyida yopiq majlisda oʻqishdi.",
        "Advokatni faqat toʻqqizinchi kuni kiritishdi.",
    ],
    "az": [
        "Səhər tezdən evimizə mülki geyimdə beş nəfər gəldi.",
        "{name} ağ maşına mindirildi, heç bir sənəd göstərilmədi.",
        "Üç gün onun harada olduğunu bilmədik.",
        "Qonşumuz dedi ki, onlar şəhər şöbəsindən idilər.",
        "Sonra mənə zəng edib susmağımı tövsiyə etdilər.",
        "Hökm {month} ayında bağlı iclasda oxundu.",
        "Vəkili yalnız doqquzuncu gün içəri buraxdılar.",
    ],
}
_MONTHS = {
    "tg": [
        "январ",
        "феврал",
        "март",
        "апрел",
        "май",
        "июн",
        "июл",
        "август",
        "сентябр",
        "октябр",
        "ноябр",
        "декабр",
    ],
    "ru": [
        "январе",
        "феврале",
        "марте",
        "апреле",
        "мае",
        "июне",
        "июле",
        "августе",
        "сентябре",
        "октябре",
        "ноябре",
        "декабре",
    ],
    "uz": [
        "yanvar",
        "fevral",
        "mart",
        "aprel",
        "may",
        "iyun",
        "iyul",
        "avgust",
        "sentabr",
        "oktabr",
        "noyabr",
        "dekabr",
    ],
    "az": [
        "yanvar",
        "fevral",
        "mart",
        "aprel",
        "may",
        "iyun",
        "iyul",
        "avqust",
        "sentyabr",
        "oktyabr",
        "noyabr",
        "dekabr",
    ],
}
_COUNTRY = {"tg": "TJ", "ru": "KZ", "uz": "UZ", "az": "AZ"}
_SCRIPT = {"tg": "Cyrl", "ru": "Cyrl", "uz": "Latn", "az": "Latn"}
_HOSTS = ["PL", "LT", "DE", "GE", "TR", "AT", "CZ"]
_KINDS = [
    ("detention.incommunicado", "detention"),
    ("detention.at_home_request", "detention"),
    ("threat.phone_calls", "threat"),
    ("trial.closed", "trial"),
    ("relatives.summons_threats", "relative"),
    ("notice.red_notice", "interpol"),
]
_DETAILS: dict[str, Doc] = {
    "detention": {"warrant_shown": False, "reasons_given": {"blank": "unknown"}, "released_on": "unknown"},
    "threat": {"channel": "phone", "repeated": True},
    "trial": {"closed": True, "in_absentia": False},
    "relative": {"relation": "brother"},
    "interpol": {"notice_type": "red", "learnt_how": "told at a border"},
}


class Generator:
    """Draws records one interview after another."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)

    def file(self, interviews: int) -> Doc:
        """The whole file: for each interview two people, the testimony, its consent, incidents; a case for every tenth."""
        value: Doc = {
            "format": "daftar-interchange/1",
            "persons": [],
            "interviews": [],
            "consents": [],
            "incidents": [],
            "cases": [],
        }
        for number in range(interviews):
            for plural, record in self._one(number):
                value[plural].append(record)
        return value

    def _one(self, number: int) -> Iterator[tuple[str, Doc]]:
        rng = self._rng
        language = ("tg", "ru", "uz", "az")[number % 4]
        speaker, relative = self._person(language, "f"), self._person(language, "m")
        speaker["relations"] = [{"person": relative["id"], "kind": "brother"}]
        relative["protection"] = "hidden"
        interview = self._interview(language, speaker, relative)
        yield from (("persons", speaker), ("persons", relative), ("interviews", interview))
        yield "consents", self._consent(speaker, interview, language)
        incidents = [self._incident(language, relative, interview) for _ in range(rng.randint(1, 3))]
        yield from (("incidents", incident) for incident in incidents)
        if number % 10 == 0:
            yield (
                "cases",
                {
                    "id": self._id(),
                    "title": f"Case {number}",
                    "victims": [relative["id"], speaker["id"]],
                    "interviews": [interview["id"]],
                    "incidents": [incident["id"] for incident in incidents],
                    "country": _COUNTRY[language],
                    "status": "open",
                },
            )

    def _person(self, language: str, sex: str) -> Doc:
        rng, names = self._rng, _NAMES[language]
        given, family = rng.choice(names[sex]), rng.choice(names["family"])
        return {
            "id": self._id(),
            "names": [
                {
                    "full": f"{given} {family}",
                    "given": given,
                    "family": family,
                    "language": language,
                    "script": _SCRIPT[language],
                    "kind": "legal",
                }
            ],
            "sex": "female" if sex == "f" else "male",
            "birth_date": f"{rng.randint(1955, 2004)}-{rng.randint(1, 12):02d}",
            "citizenships": [_COUNTRY[language]],
            "exile_category": [rng.choice(["civic", "opposition", "religious"])],
            "host_status": [
                {
                    "country": rng.choice(_HOSTS),
                    "from": str(rng.randint(2014, 2025)),
                    "status": "asylum_seeker",
                }
            ],
            "protection": "pseudonym",
        }

    def _interview(self, language: str, speaker: Doc, relative: Doc) -> Doc:
        rng = self._rng
        day = f"{rng.randint(2023, 2026)}-{rng.randint(1, 9):02d}-{rng.randint(1, 28):02d}"
        return {
            "id": self._id(),
            "interviewee": speaker["id"],
            "sessions": [{"from": f"{day}T10:00+02:00", "to": f"{day}T11:40+02:00", "mode": "in_person"}],
            "languages": [language],
            "narratives": [
                {
                    "id": self._id(),
                    "language": language,
                    "kind": "original",
                    "text": self._text(language, relative),
                }
            ],
            "answers": [{"question": "arrest.warrant_shown", "value": rng.random() < 0.2}],
        }

    def _text(self, language: str, relative: Doc) -> str:
        rng = self._rng
        name, month = relative["names"][0]["full"], rng.choice(_MONTHS[language])
        paragraphs = []
        for _ in range(5):
            sentences = rng.sample(_SENTENCES[language], 5)
            paragraphs.append(" ".join(sentence.format(name=name, month=month) for sentence in sentences))
        return "\n\n".join(paragraphs)

    def _consent(self, speaker: Doc, interview: Doc, language: str) -> Doc:
        grants = [
            {"purpose": purpose, "decision": "yes"} for purpose in ("keep", "un_wgad", "ecthr", "statistics")
        ]
        return {
            "id": self._id(),
            "person": speaker["id"],
            "interview": interview["id"],
            "given_by": speaker["id"],
            "capacity": "self",
            "given_on": interview["sessions"][0]["from"][:10],
            "manner": "signed",
            "text_language": language,
            "text_version": "1",
            "grants": grants,
        }

    def _incident(self, language: str, victim: Doc, interview: Doc) -> Doc:
        rng = self._rng
        kind, form = rng.choice(_KINDS)
        return {
            "id": self._id(),
            "kind": kind,
            "when": f"{rng.randint(2010, 2025)}-{rng.randint(1, 12):02d}~",
            "where": {"country": _COUNTRY[language]},
            "victims": [victim["id"]],
            "extraterritorial": rng.random() < 0.4,
            "description": rng.choice(_SENTENCES[language]).format(name="…", month="…"),
            "details": {form: dict(_DETAILS[form])},
            "sources": [
                {"interview": interview["id"], "basis": "saw", "supports": "yes", "confidence": "high"}
            ],
        }

    def _id(self) -> str:
        return str(uuid.UUID(int=self._rng.getrandbits(128), version=4))


def write(path: Path, interviews: int, seed: int = 1) -> None:
    """Write the file; about 6 kB per interview."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        json.dump(Generator(seed).file(interviews), stream, ensure_ascii=False)


def main() -> None:
    parser = argparse.ArgumentParser(description="Write an interchange file of invented interviews.")
    parser.add_argument("interviews", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    write(arguments.file, arguments.interviews, arguments.seed)


if __name__ == "__main__":
    main()
