"""Whatever is edited, by whomever, in whatever order it arrives: nothing is lost and everybody sees the same."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.history import Materialised, Revision, apply_ops, diff_doc, materialise
from storage.records.elements import with_element_ids

Doc = dict[str, Any]
RECORD = "11111111-1111-4111-8111-111111111111"

words = st.sampled_from(["", "а", "Душанбе", "a 🙂 b", "ў" * 3, "x" * 1500, "long " * 400])
texts = st.one_of(
    words.filter(bool), st.builds(lambda word: {"blank": word}, st.sampled_from(["unknown", "declined"]))
)
countries = st.lists(
    st.sampled_from(["TJ", "UZ", "KZ", "PL", "AZ", "RU"]), unique=True, min_size=1, max_size=5
)
elements = st.integers(0, 7).map(lambda number: f"e{number}")


def entries(content: st.SearchStrategy[Doc]) -> st.SearchStrategy[list[Doc]]:
    return st.lists(st.tuples(elements, content), min_size=1, max_size=5, unique_by=lambda pair: pair[0]).map(
        lambda pairs: [{"id": identity, **inner} for identity, inner in pairs]
    )


sources = entries(
    st.fixed_dictionaries({"passage": texts}, optional={"basis": st.sampled_from(["saw", "unknown"])})
)
persons = st.fixed_dictionaries(
    {},
    optional={
        "sex": st.sampled_from(["female", "male", "unknown"]),
        "birth_date": st.sampled_from(["1988", "1988-04", "declined"]),
        "minor": st.sampled_from([True, False, "unknown"]),
        "occupation": texts,
        "birth_place": st.one_of(
            st.just({"blank": "unknown"}),
            st.dictionaries(
                st.sampled_from(["country", "region", "locality"]), words.filter(bool), min_size=1
            ),
        ),
        "citizenships": st.one_of(countries, st.just({"blank": "withheld"})),
        "names": entries(st.fixed_dictionaries({"full": texts}, optional={"generated": st.booleans()})),
        "relations": entries(st.fixed_dictionaries({"kind": texts}, optional={"sources": sources})),
        "custom": st.dictionaries(st.sampled_from(["a.b", "a.c"]), st.integers(0, 3), min_size=1),
        "classes": st.just({"occupation": {"class": "C2"}}),
    },
).map(lambda doc: {"id": RECORD, **doc})


def revision(ops: list[Doc], parents: tuple[str, ...], lamport: int, replica: str, seq: int = 1) -> Revision:
    return Revision(
        record=RECORD,
        type="person",
        author="a" * 64,
        replica=replica,
        seq=seq,
        parents=tuple(sorted(parents)),
        lamport=lamport,
        claimed=0,
        nonce=f"{seq:032x}",
        ops=ops,
    )


class Writer:
    """One laptop: it edits what it sees and exchanges revisions with others."""

    def __init__(self, replica: str) -> None:
        self.replica, self.seq = replica, 0
        self.held: dict[str, Revision] = {}

    def state(self) -> Materialised:
        return materialise(self.held.values())

    def save(self, wished: Doc, *, with_keys: bool = True) -> None:
        state = self.state() if self.held else None
        before = state.doc if state else None
        ops = diff_doc(before, wished, "person", state.keys if state and with_keys else None)
        if not ops:
            return
        self.seq += 1
        lamport = max((held.lamport for held in self.held.values()), default=0) + 1
        made = revision(ops, state.heads if state else (), lamport, self.replica, self.seq)
        self.held[made.id] = made

    def receive(self, other: Writer) -> None:
        self.held.update(other.held)


@given(persons, persons)
@settings(max_examples=300, deadline=None)
def test_diff_then_apply_is_the_wished_document(before: Doc, after: Doc) -> None:
    kept = copy.deepcopy(before)
    assert apply_ops(before, diff_doc(before, after, "person")) == after
    assert before == kept, "the document before is not changed"


@given(st.lists(persons, min_size=1, max_size=5), st.booleans())
@settings(max_examples=150, deadline=None)
def test_a_line_of_saves_ends_in_the_last_document(wishes: list[Doc], with_keys: bool) -> None:
    writer = Writer("r1")
    for wished in wishes:
        writer.save(wished, with_keys=with_keys)
        assert (writer.state().doc if writer.held else {"id": RECORD}) == wished


@given(st.lists(st.tuples(st.integers(0, 2), persons, st.booleans()), min_size=1, max_size=8), st.randoms())
@settings(max_examples=150, deadline=None)
def test_laptops_that_exchanged_everything_agree(steps: list[Any], rng: random.Random) -> None:
    writers = [Writer(f"r{number}") for number in range(3)]
    first = Writer("r9")
    first.save({"id": RECORD, "occupation": "teacher"})
    for writer in writers:
        writer.receive(first)
    for number, wished, exchange in steps:
        writers[number].save(wished)
        if exchange:
            writers[number].receive(rng.choice(writers))
    for one in writers:
        for other in writers:
            one.receive(other)
    results = []
    for _ in range(4):
        shuffled = list(writers[0].held.values())
        rng.shuffle(shuffled)
        results.append(materialise(shuffled + shuffled[:2]))
    assert all(result == results[0] for result in results)
    merged = results[0].doc
    assert merged is not None
    writers[0].save({**merged, "occupation": "a resolved conflict"})
    assert writers[0].state().doc == {**merged, "occupation": "a resolved conflict"}
    assert len(writers[0].state().heads) == 1


@given(persons, persons)
@settings(max_examples=100, deadline=None)
def test_one_line_and_registers_say_the_same(first: Doc, second: Doc) -> None:
    """A concurrent revision that changes nothing must not change how the line reads."""
    writer = Writer("r1")
    writer.save({"id": RECORD, "occupation": "teacher"})
    writer.save(first)
    writer.save(second)
    line = writer.state()
    root = next(held for held in writer.held.values() if not held.parents)
    idle = revision([], (root.id,), 2, "r2")
    merged = materialise([*writer.held.values(), idle])
    assert merged.doc == line.doc


def test_concurrent_edits_of_different_fields_both_stand() -> None:
    one, two = _two({"id": RECORD, "occupation": "teacher", "sex": "female"})
    one.save({"id": RECORD, "occupation": "nurse", "sex": "female"})
    two.save({"id": RECORD, "occupation": "teacher", "sex": "female", "minor": False})
    one.receive(two)
    state = one.state()
    assert state.doc == {"id": RECORD, "occupation": "nurse", "sex": "female", "minor": False}
    assert state.conflicts == () and len(state.heads) == 2


def test_concurrent_edits_of_one_field_are_an_open_conflict_with_the_later_showing() -> None:
    one, two = _two({"id": RECORD, "occupation": "teacher"})
    one.save({"id": RECORD, "occupation": "nurse"})
    two.save({"id": RECORD, "occupation": "driver"})
    two.save({"id": RECORD, "occupation": "cook"})
    one.receive(two)
    state = one.state()
    assert state.doc == {"id": RECORD, "occupation": "cook"}
    (conflict,) = state.conflicts
    assert conflict.path == "occupation"
    assert [value for _, value in conflict.values] == ["cook", "nurse"]


def test_both_insert_into_one_list_and_neither_is_lost() -> None:
    base = {"id": RECORD, "names": [{"id": "a", "full": "A"}, {"id": "b", "full": "B"}]}
    one, two = _two(base)
    one.save({"id": RECORD, "names": [base["names"][0], {"id": "c", "full": "C"}, base["names"][1]]})
    two.save({"id": RECORD, "names": [*base["names"], {"id": "d", "full": "D"}]})
    one.receive(two)
    assert [name["full"] for name in one.state().doc["names"]] == ["A", "C", "B", "D"]  # type: ignore[index]


def test_a_removal_does_not_swallow_a_concurrent_edit() -> None:
    base = {"id": RECORD, "names": [{"id": "a", "full": "A"}, {"id": "b", "full": "B"}]}
    one, two = _two(base)
    one.save({"id": RECORD, "names": [base["names"][0]]})
    two.save({"id": RECORD, "names": [base["names"][0], {"id": "b", "full": "B, corrected"}]})
    one.receive(two)
    state = one.state()
    assert {"id": "b", "full": "B, corrected"} in state.doc["names"]  # type: ignore[index]
    assert state.conflicts


def test_a_withdrawal_outranks_every_edit_whenever_it_arrives() -> None:
    base = Revision(
        record=RECORD,
        type="consent",
        author="a" * 64,
        replica="r0",
        seq=1,
        parents=(),
        lamport=1,
        claimed=0,
        nonce="0" * 32,
        ops=diff_doc(None, {"id": RECORD, "given_on": "2026-05-01"}, "consent"),
    )
    withdrawal = _after(base, [{"op": "set", "path": "withdrawn_on", "value": "2026-06-10"}], 2, "r1")
    later = base
    others = []
    for step in range(3, 6):
        later = _after(
            later,
            [
                {"op": "set", "path": "withdrawn_on", "value": f"2026-0{step}-01"},
                {"op": "clear", "path": "withdrawn_on"},
            ],
            step,
            "r2",
        )
        others.append(later)
    state = materialise([*others, withdrawal, base])
    assert state.doc is not None and state.doc["withdrawn_on"] == "2026-06-10"


def test_a_tombstone_ends_the_record_whatever_else_was_done() -> None:
    one, two = _two({"id": RECORD, "occupation": "teacher"})
    two.save({"id": RECORD, "occupation": "nurse"})
    root = next(iter(one.held.values()))
    grave = revision([{"op": "remove", "path": ""}], (root.id,), 2, "r1", 7)
    state = materialise([grave, *two.held.values()])
    assert state.deleted and state.doc is None


def test_what_a_newer_program_wrote_is_flagged_and_harms_nothing() -> None:
    root = revision(diff_doc(None, {"id": RECORD, "occupation": "teacher"}, "person"), (), 1, "r1")
    newer = _after(
        root,
        [
            {"op": "conjure", "path": "occupation"},
            {"op": "set", "path": "shoe_size", "value": 38},
            {"op": "set", "path": "sex", "value": "female"},
        ],
        2,
        "r2",
    )
    state = materialise([newer, root])
    assert state.doc == {"id": RECORD, "occupation": "teacher", "sex": "female"}
    assert state.unknown == (newer.id,)


def test_a_text_of_a_book_is_changed_by_a_splice() -> None:
    text = "Онҳо субҳи барвақт омаданд. " * 20_000
    before = {"id": RECORD, "narratives": [{"id": "n", "text": text}]}
    changed = text[:5000] + "ӯ 🙂" + text[5010:]
    after = {"id": RECORD, "narratives": [{"id": "n", "text": changed}]}
    (op,) = diff_doc(before, after, "interview")
    assert op["op"] == "splice" and len(op["insert"]) < 20
    assert apply_ops(before, [op]) == after


def test_histories_of_two_records_are_refused() -> None:
    one = revision([], (), 1, "r1")
    other = Revision(**{**{name: getattr(one, name) for name in one.__struct_fields__}, "record": "2"})
    with pytest.raises(ValueError, match="one record"):
        materialise([one, other])


def test_elements_keep_their_ids_by_content() -> None:
    before = {"names": [{"id": "a", "full": "A"}, {"id": "b", "full": "B"}]}
    wished = {"names": [{"full": "B"}, {"full": "C"}, {"id": "a", "full": "A"}]}
    made = with_element_ids("person", before, wished, lambda: "new")
    assert [name["id"] for name in made["names"]] == ["b", "new", "a"]


def _two(base: Doc) -> tuple[Writer, Writer]:
    one, two = Writer("r1"), Writer("r2")
    one.save(base)
    two.receive(one)
    return one, two


def _after(parent: Revision, ops: list[Doc], lamport: int, replica: str) -> Revision:
    fields = {name: getattr(parent, name) for name in parent.__struct_fields__}
    return Revision(**{**fields, "parents": (parent.id,), "lamport": lamport, "replica": replica, "ops": ops})
