"""The program as a user starts it, and records that lead to a petition, in each language."""

from __future__ import annotations

import json
import os
import subprocess
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop.paths import program_command
from storage import KdfCost, Vault

PASSPHRASE = "yetti soʻz sakkiz daryo toʻqqiz togʻ bahor"
CASE = "7d1f9a52-6c0e-4f0b-8a3e-2f0b1c9d4e61"


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


class Program:
    """Runs the command line; commands on a vault get the passphrase file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.secret = folder / "secret.txt"
        self.secret.write_text(PASSPHRASE + "\nsecond line\n", encoding="utf-8")

    @property
    def command(self) -> list[str]:
        return list(program_command())

    def run(self, *words: str | Path, given: bytes | None = None, before: list[str] | None = None) -> Done:
        environment = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "HOME": str(self.folder)}
        done = subprocess.run(
            [*(before or []), *self.command, *map(str, words)],
            input=given,
            capture_output=True,
            env=environment,
            cwd=self.folder,
            timeout=300,
            check=False,
        )
        text = done.stderr.decode("utf-8")
        assert "Traceback" not in text
        return Done(done.returncode, done.stdout.decode("utf-8"), text)

    def __call__(self, *words: str | Path, given: bytes | None = None) -> Done:
        return self.run(*words, "--passphrase-file", self.secret, given=given)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """An empty notebook at the reader's floor, closed."""
    folder = tmp_path / "notes"
    secret = bytearray(PASSPHRASE.encode("utf-8"))
    Vault.create(folder, secret, role="lawyer", cost=KdfCost(8192, 1, 1)).close()
    return folder


def fingerprint(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def bytes_of() -> Callable[[Path], dict[str, bytes]]:
    return fingerprint


@dataclass(frozen=True)
class Story:
    """A testimony nobody has seen before: who speaks, a relative, the words, what must never appear in public."""

    language: str
    names: tuple[dict[str, str], ...]
    relative: dict[str, str]
    text: str
    query: str
    secrets: tuple[str, ...]


def name(full: str, given: str, family: str, language: str, script: str) -> dict[str, str]:
    return {
        "full": full,
        "given": given,
        "family": family,
        "language": language,
        "script": script,
        "kind": "legal",
    }


STORIES = {
    "ru": Story(
        "ru",
        (name("Мунира Каландарова", "Мунира", "Каландарова", "ru", "Cyrl"),),
        name("Субхон Каландаров", "Субхон", "Каландаров", "ru", "Cyrl"),
        "В то утро Муниру Каландарову увезли из дома. Субхону ответили, что Каландаровой у них нет.\n\n"
        "В деле она записана как Kalandarova. Следователь сказал Мунире: «О Субхоне подумай».",
        "каландарову",
        ("каландаров", "kalandarov", "мунир", "munir", "субхон", "subhon", "subkhon"),
    ),
    "uz": Story(
        "uz",
        (name("Oʻtkir Shomansurov", "Oʻtkir", "Shomansurov", "uz-Latn", "Latn"),),
        name("Gulasal Shomansurova", "Gulasal", "Shomansurova", "uz-Latn", "Latn"),
        "Oʻsha kuni Oʻtkirni uydan olib ketishdi. Gulasalga hech narsa aytishmadi, Shomansurovning ishi yopiq edi.\n\n"
        "Qogʻozda «Ўткир Шомансуров» deb yozilgan. O'tkirning telefonini ham olishdi.",
        "шомансуров",
        ("shomansurov", "шомансуров", "oʻtkir", "o'tkir", "ўткир", "utkir", "gulasal", "гуласал"),
    ),
    "uz-Cyrl": Story(
        "uz-Cyrl",
        (name("Жасурбек Ғойибназаров", "Жасурбек", "Ғойибназаров", "uz-Cyrl", "Cyrl"),),
        name("Моҳинур Ғойибназарова", "Моҳинур", "Ғойибназарова", "uz-Cyrl", "Cyrl"),
        "Жасурбекни ишдан олиб кетишди. Моҳинурга Ғойибназаровнинг қаердалигини айтишмади.\n\n"
        "Паспортида «Jasurbek Gʻoyibnazarov» деб ёзилган.",
        "gʻoyibnazarov",
        ("жасурбек", "jasurbek", "ғойибназаров", "gʻoyibnazarov", "моҳинур", "mohinur"),
    ),
    "tg": Story(
        "tg",
        (name("Сафармоҳ Ғоибназарова", "Сафармоҳ", "Ғоибназарова", "tg", "Cyrl"),),
        name("Хуҷамурод Ғоибназаров", "Хуҷамурод", "Ғоибназаров", "tg", "Cyrl"),
        "Субҳи барвақт Сафармоҳро аз хона бурданд. Ба Хуҷамурод гуфтанд, ки Ғоибназарова дар ин ҷо нест.\n\n"
        "Дар ҳуҷҷат «Safarmoh Ghoibnazarova» навишта шудааст. Хуҷамуродро ду бор пурсиш карданд.",
        "ғоибназарова",
        ("сафармоҳ", "safarmoh", "ғоибназаров", "ghoibnazarov", "хуҷамурод", "khujamurod"),
    ),
    "az": Story(
        "az",
        (name("Ülviyyə Qəhrəmanzadə", "Ülviyyə", "Qəhrəmanzadə", "az", "Latn"),),
        name("İsfəndiyar Qəhrəmanzadə", "İsfəndiyar", "Qəhrəmanzadə", "az", "Latn"),
        "Həmin səhər Ülviyyəni evdən apardılar. İsfəndiyara dedilər ki, Qəhrəmanzadənin işi məxfidir.\n\n"
        "Sənəddə «Ulviyya Gahramanzada» yazılıb. İSFƏNDİYAR Qəhrəmanzadəni iki dəfə çağırdılar.",
        "qəhrəmanzadənin",
        ("ülviyyə", "ulviyya", "qəhrəmanzadə", "gahramanzada", "isfəndiyar", "i\u0307sfəndiyar"),
    ),
    "en": Story(
        "en",
        (name("Gulsanam Torakhonova", "Gulsanam", "Torakhonova", "en", "Latn"),),
        name("Davronbek Torakhonov", "Davronbek", "Torakhonov", "en", "Latn"),
        "That morning Gulsanam was taken from home. Nobody told Davronbek where the Torakhonovs' daughter was.\n\n"
        "Gulsanam Torakhonova's file was closed. In the list she stands as Гулсанам Торахонова.",
        "торахонова",
        ("gulsanam", "гулсанам", "torakhonov", "торахонов", "davronbek", "давронбек"),
    ),
}


def records(story: Story, **changes: Any) -> dict[str, Any]:
    """An interchange file that leads to a WGAD petition."""
    source = [{"interview": "i1", "passage": "1", "basis": "saw", "supports": "yes", "confidence": "high"}]
    grants = [
        {"purpose": purpose, "decision": "yes"}
        for purpose in ("keep", "un_wgad", "ecthr", "publish_anonymised", "share_lawyer")
    ]
    detention = {
        "warrant_shown": False,
        "reasons_given": "None were given.",
        "legal_basis": "none stated",
        "holding_forces": [{"words": "police"}],
        "places": [{"place": {"country": "TJ", "facility": "police department"}, "from": "2019-03-04"}],
        "incommunicado_until": "2019-03-20",
        "conditions": "a cell without a window",
        "released_on": "2019-09",
    }
    document: dict[str, Any] = {
        "format": "daftar-interchange/1",
        "persons": [
            {
                "id": "p1",
                "names": list(story.names),
                "sex": "female",
                "birth_date": "1990",
                "citizenships": ["TJ"],
                "protection": "pseudonym",
                "relations": [{"person": "p2", "kind": "brother", "sources": source}],
            },
            {
                "id": "p2",
                "names": [story.relative],
                "sex": "male",
                "citizenships": ["TJ"],
                "protection": "hidden",
            },
            {
                "id": "p3",
                "names": [name("Maria Lindqvist", "Maria", "Lindqvist", "en", "Latn")],
                "protection": "pseudonym",
            },
        ],
        "interviews": [
            {
                "id": "i1",
                "interviewee": "p1",
                "languages": [story.language],
                "narratives": [{"language": story.language, "kind": "original", "text": story.text}],
                "review": {"state": "accepted", "by": {"words": "coordinator"}},
            }
        ],
        "consents": [
            {
                "id": "c1",
                "person": "p1",
                "interview": "i1",
                "given_by": "p1",
                "capacity": "self",
                "given_on": "2026-05-01",
                "manner": "signed",
                "grants": grants,
            }
        ],
        "incidents": [
            {
                "id": "e1",
                "kind": "detention.incommunicado",
                "title": "Taken from home",
                "when": "2019-03-04",
                "where": {"country": "TJ", "region": "Sughd"},
                "victims": ["p1"],
                "perpetrators": [
                    {"agency": {"words": "police"}, "role": "arrest", "acting_for_country": "TJ"}
                ],
                "description": "Taken from home without a warrant.",
                "details": {"detention": detention},
                "sources": source,
            }
        ],
        "cases": [
            {
                "id": CASE,
                "title": "March case",
                "victims": ["p1"],
                "interviews": ["i1"],
                "incidents": ["e1"],
                "country": "TJ",
                "respondents": ["TJ"],
            }
        ],
        "petitions": [
            {
                "id": "t1",
                "case": CASE,
                "procedure": "wgad",
                "language": "en",
                "submitter": "p3",
                "applicants": ["p1"],
                "arguments": [
                    {"provision": "WGAD-I", "explanation": "No legal basis was given.", "facts": ["e1"]}
                ],
            }
        ],
    }
    return {**document, **changes}


@pytest.fixture
def stories() -> dict[str, Story]:
    return STORIES


@pytest.fixture
def write_records(tmp_path: Path) -> Callable[..., Path]:
    """Writes an interchange file for a story; keyword arguments replace lists of it."""

    def write(story: Story, **changes: Any) -> Path:
        path = tmp_path / f"records-{uuid.uuid4().hex[:8]}.json"
        path.write_text(json.dumps(records(story, **changes), ensure_ascii=False), encoding="utf-8")
        return path

    return write


@pytest.fixture
def case_id() -> str:
    return CASE


@dataclass(frozen=True)
class Demonstration:
    """The demonstration, made once for all tests that only look at it."""

    folder: Path
    done: Done
    pdfs: tuple[Path, ...]


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    home = tmp_path_factory.mktemp("demonstration")
    folder = home / "demo"
    done = Program(home).run("demo", folder)
    assert done.code == 0, done.err
    return Demonstration(folder, done, tuple(sorted((folder / "dossiers").rglob("*.pdf"))))
