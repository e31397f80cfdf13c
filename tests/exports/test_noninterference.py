"""Two records that differ only in what a public copy hides give byte-identical public PDFs."""

from __future__ import annotations

import hashlib
import random
from datetime import date

import pytest

from exports import ExportRequest, build, protected_for, redact, render, write_copies

# Consonants and vowels of Russian, Latin, Tajik, Azerbaijani, Uzbek: invented words that can be said aloud.
LETTERS = (
    (tuple("бвгдзклмнпрстфхш"), tuple("аеиоуя")), (tuple("bcdfghklmnprstz"), tuple("aeiou")),
    (tuple("бғдзҷқлмнрҳш"), tuple("аиӣоӯ")), (tuple("bcçdğklmnrsşz"), tuple("aəeıiöü")),
    (("gʻ", "sh", "ch", *"bdfhklmnqrstxz"), ("oʻ", *"aeiou")),
)  # fmt: skip
STRANGE = ("\U0001f600", "\u202e", "\u200f", "\u200b", "-", "’")


def secret_word(rng: random.Random, longest: int = 14) -> str:
    consonants, vowels = rng.choice(LETTERS)
    word = "".join(rng.choice(vowels if n % 2 else consonants) for n in range(rng.randrange(5, longest)))
    return word[0].upper() + word[1:]  # an invented word: no language's rules apply


def secret_records(make_small, rng: random.Random):
    """The small case with another name, birth date, document and address in every field that the public copy hides."""
    given, family = secret_word(rng), secret_word(rng)
    records = make_small(f"{given} {family}", given, family)
    noise = "".join(
        rng.choice(STRANGE + rng.choice(rng.choice(LETTERS))) for _ in range(rng.randrange(0, 500))
    )
    changes = {
        "birth_date": rng.choice(["1984-05-03", "1961", "unknown", None]),
        "birth_place": rng.choice([{"country": "TJ", "locality": secret_word(rng)}, None]),
        "citizenships": rng.choice([["TJ"], ["UZ", "RU"], []]),
        "occupation": noise or None,
        "sex": rng.choice(["female", None]),
        "identity_documents": [
            {"type": "passport", "number": str(rng.randrange(10**8, 10**9)), "issuer": noise[:20]}
        ]
        if noise
        else [],
        "addresses": [
            {
                "kind": "real",
                "country": "TJ",
                "text": f"{secret_word(rng)} {rng.randrange(99)}, {secret_word(rng)}",
            }
        ],
        "contacts": [{"channel": "phone", "value": f"+992{rng.randrange(10**8, 10**9)}"}],
    }
    return records.edited("v1", **{key: value for key, value in changes.items() if value is not None})


def public_bytes(records, procedure: str) -> bytes:
    petition = {**records.of("petition")[0], "procedure": procedure}
    dossier = build(
        records, petition, language="en", audience="public", date="2026-06-01", on=date(2026, 6, 1)
    )
    return render(redact(dossier, protected_for(records, petition, "public"), seed="seed"))


def test_two_hundred_pairs(make_small):
    rng = random.Random(20260601)
    seen = {
        hashlib.sha256(public_bytes(secret_records(make_small, rng), "wgad")).hexdigest() for _ in range(200)
    }
    assert len(seen) == 1


def test_the_transfer_sheet_too(make_small):
    rng = random.Random(7)
    seen = {
        hashlib.sha256(public_bytes(secret_records(make_small, rng), "ecthr")).hexdigest() for _ in range(40)
    }
    assert len(seen) == 1


@pytest.mark.slow
def test_a_thousand_pairs(make_small):
    rng = random.Random(1)
    for procedure in ("wgad", "ecthr"):
        seen = {
            hashlib.sha256(public_bytes(secret_records(make_small, rng), procedure)).hexdigest()
            for _ in range(1000)
        }
        assert len(seen) == 1


def test_the_same_run_gives_the_same_bytes(small, petition, tmp_path):
    hashes = []
    for name in ("a", "b"):
        request = ExportRequest(petition(small), "en", date(2026, 6, 2 if name == "a" else 9))
        made = write_copies(request, small, lambda id: iter(()), tmp_path / name)
        assert not made.refused
        hashes.append([(file.name, file.sha256) for file in made.files])
    assert hashes[0] == hashes[1]
