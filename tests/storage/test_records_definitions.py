"""Every field is defined once and has a name, a class, a place in the form; codes can be spoken and mistyped safely."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from storage import TYPES, choice_label, class_of, field_label, is_valid_code, spec_of
from storage.records import PURPOSES, default_class, parse_path
from storage.records.codes import digits_for, draw_code, draw_vault_number, make_code
from storage.records.kinds import Kind
from storage.records.spec import PLURALS, RECORD_CLASSES


def test_every_field_and_choice_has_words() -> None:
    for record_type in TYPES:
        assert spec_of(record_type).label.source
        for spec in spec_of(record_type).walk():
            assert field_label(record_type, spec.path) == spec.label
            assert spec.label.source.strip() and "_" not in spec.label.source, spec.path
            assert spec.cls in ("C0", "C1", "C2", "C3") and spec.widget
            for value in [*spec.choices, *spec.suggestions]:
                label = choice_label(record_type, spec.path, value)
                assert label.source and "_" not in label.source, (spec.path, value)


def test_the_definitions_can_hold_the_normative_file(shared: Path) -> None:
    """The structs are real types, not only a description: msgspec reads every record into them, strictly."""
    value = json.loads((shared / "design" / "interchange-full.json").read_text(encoding="utf-8"))
    for cls in RECORD_CLASSES:
        for record in value.get(cls.plural, []):
            assert msgspec.convert(record, cls, strict=True).id == record["id"]


def test_fields_named_as_lists_have_the_kinds_they_are_used_as() -> None:
    kinds = {("person", "names"): Kind.LIST, ("person", "citizenships"): Kind.SET, ("interview", "narratives"): Kind.LIST,
             ("incident", "details"): Kind.GROUP, ("incident", "details/transfer/scheduled_at"): Kind.DATETIME,
             ("petition", "sections"): Kind.TEXTS, ("consent", "grants/purpose"): Kind.CHOICE}  # fmt: skip
    for (record_type, path), kind in kinds.items():
        at = parse_path(record_type, path)
        assert at is not None and at.spec.kind is kind
    assert len(PURPOSES) == 18


@pytest.mark.parametrize(
    ("record_type", "path", "expected"),
    [
        ("person", "code", "C3"),
        ("person", "names/full", "C1"),
        ("person", "sex", "C0"),
        ("person", "identity_documents/number", "C2"),
        ("person", "identity_documents/issuer", "C1"),
        ("person", "contacts/value", "C2"),
        ("person", "host_status/sources/passage", "C2"),
        ("interview", "sessions/place/locality", "C3"),
        ("interview", "narratives/text", "C1"),
        ("consent", "grants/decision", "C2"),
        ("incident", "description", "C0"),
        ("incident", "witnesses", "C2"),
        ("incident", "sexual_violence", "C2"),
        ("authority", "obstacle", "C2"),
        ("petition", "label_seed", "C3"),
        ("task", "outcome", "C3"),
        ("case", "title", "C3"),
        ("stub", "hashes", "C3"),
    ],
)
def test_default_classes(record_type: str, path: str, expected: str) -> None:
    assert default_class(record_type, path) == expected


def test_a_class_can_be_raised_freely_and_lowered_only_with_a_reason() -> None:
    doc: dict[str, Any] = {
        "classes": {"sex": {"class": "C2"}, "contacts": {"class": "C0"}, "names": {"class": "C3"}}
    }
    assert class_of("person", doc, "sex") == "C2"
    assert class_of("person", doc, "contacts/x1/value") == "C2"
    assert class_of("person", doc, "names/x1/full") == "C3"
    assert class_of("person", doc, "birth_date") == "C1"
    reasoned = {"classes": {"contacts": {"class": "C0", "reason": "public"}}}
    assert class_of("person", reasoned, "contacts/x1/value") == "C0"


def test_paths() -> None:
    at = parse_path("interview", "narratives/n1/text")
    assert at is not None and at.elements == ("n1",) and at.spec.path == "narratives/text"
    at = parse_path("agency", "name/ru")
    assert at is not None and at.key == "ru"
    for bad in (
        "",
        "/",
        "nothing",
        "narratives//text",
        "narratives/n1/shoe",
        "narratives/n1/n2/text",
        "languages/x/y",
    ):
        assert parse_path("interview", bad) is None, bad
    with pytest.raises(KeyError):
        field_label("person", "nothing")


def test_plurals_are_those_of_the_format() -> None:
    assert (
        PLURALS["evidence"] == "evidence"
        and PLURALS["agency"] == "agencies"
        and len(set(PLURALS.values())) == len(TYPES)
    )


# -- codes --


def test_codes_have_their_form_and_their_prefix() -> None:
    assert make_code("P", "31702", "0482") == "P-31702-0482-6"
    assert is_valid_code("P-31702-0482-6", "person") and not is_valid_code("P-31702-0482-6", "case")
    for bad in (
        "P-31702-0482-5",
        "p-31702-0482-6",
        "P-31702-482-6",
        "P-31702-0482",
        "X-31702-0482-6",
        "",
        "P-٣1702-0482-6",
    ):
        assert not is_valid_code(bad)


def test_every_slip_of_one_digit_or_two_neighbours_is_found() -> None:
    rng = Random(3)
    for _ in range(50):
        vault, number = draw_vault_number(rng), f"{rng.randrange(10**4):04d}"
        digits = vault + number + make_code("K", vault, number)[-1]
        for at in range(10):
            for other in "0123456789":
                if other != digits[at]:
                    assert not _valid(digits[:at] + other + digits[at + 1 :])
            if at < 9 and digits[at] != digits[at + 1]:
                assert not _valid(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])


def test_codes_grow_by_a_digit_when_half_are_used() -> None:
    assert [digits_for(used) for used in (0, 4_999, 5_000, 49_999, 50_000)] == [4, 4, 5, 5, 6]
    taken: set[str] = set()
    rng = Random(1)
    for _ in range(6_000):
        code = draw_code("person", "31702", len(taken), taken.__contains__, rng)
        assert code not in taken and is_valid_code(code, "person")
        taken.add(code)


def test_a_vault_full_of_foreign_codes_still_draws() -> None:
    code = draw_code("case", "00000", 0, lambda code: len(code) == len("K-00000-0000-0"), Random(1))
    assert is_valid_code(code, "case") and len(code) == len("K-00000-00000-0")


def _valid(digits: str) -> bool:
    return is_valid_code(f"K-{digits[:5]}-{digits[5:9]}-{digits[9]}")
