"""The door to the worker processes: answers, errors, progress, cancelling, crashes, hostile bytes."""

from __future__ import annotations

import io
import struct
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from i18n.message import Message, msg, nmsg
from storage.errors import Cancelled, Fault, InvalidInput, LeakFound, Tampered
from storage.worker import WorkerCrashed, Workers, wire

_JOBS = """
import os, sys, time
sys.path.insert(0, ROOT)
from i18n.message import msg
from storage.errors import Fault, InvalidInput
from storage.worker import serve

def echo(payload, blobs, progress):
    return {"payload": payload, "blobs": [bytes(blob)[::-1] for blob in blobs]}

def steps(payload, blobs, progress):
    for done in range(payload):
        progress(done, payload)
        time.sleep(0.06)
    progress(payload, payload)
    return payload

def sleep(payload, blobs, progress):
    time.sleep(60)

def die(payload, blobs, progress):
    os._exit(3)

def bug(payload, blobs, progress):
    raise ValueError("Самира said: " + payload)

def refuse(payload, blobs, progress):
    raise InvalidInput(msg("No {n}.", n=3), [Fault("a[0]", msg("wrong"), msg("a number"))], msg("Look again."))

def where(payload, blobs, progress):
    return [os.getpid(), sorted(os.environ)]

known = {f.__name__: f for f in (echo, steps, sleep, die, bug, refuse, where)}
serve({**known, **{f"decode.{name}": f for name, f in known.items()}}, sys.stdin.buffer, sys.stdout.buffer)
"""


@pytest.fixture
def workers(root: Path) -> Iterator[Workers]:
    script = f"ROOT = {str(root)!r}\n{_JOBS}"
    with Workers([sys.executable, "-I", "-X", "utf8", "-c", script]) as pool:
        yield pool


def test_values_bytes_dates_and_messages_come_back_as_they_went(workers: Workers) -> None:
    payload = {"text": "Ўткир\ud800\n", "raw": b"\0\xff", "day": date(2026, 3, 2), "n": [1, 2.5, None, True]}
    answer = workers.call("echo", {**payload, "say": nmsg("{count} page", "{count} pages", 3)}, [b"abc"])
    assert answer["payload"]["say"] == nmsg("{count} page", "{count} pages", 3)
    assert {key: answer["payload"][key] for key in payload} == payload
    assert answer["blobs"] == [b"cba"]


def test_a_worker_is_used_again_and_has_no_environment(workers: Workers) -> None:
    first, second = workers.call("where", None), workers.call("where", None)
    assert first[0] == second[0]
    assert set(first[1]) <= {"LC_CTYPE"}  # Python itself sets this one


def test_progress_arrives_and_ends_at_the_total(workers: Workers) -> None:
    seen: list[tuple[int, int]] = []
    assert workers.call("steps", 4, on_progress=lambda done, of: seen.append((done, of))) == 4
    assert seen[-1] == (4, 4)
    assert len(seen) > 1


def test_a_typed_error_keeps_code_words_and_faults(workers: Workers) -> None:
    with pytest.raises(InvalidInput) as caught:
        workers.call("refuse", None)
    assert caught.value.message == msg("No {n}.", n=3)
    assert caught.value.hint == msg("Look again.")
    assert caught.value.faults == (Fault("a[0]", msg("wrong"), msg("a number")),)


def test_a_bug_tells_type_and_place_but_not_the_words(workers: Workers) -> None:
    with pytest.raises(WorkerCrashed) as caught:
        workers.call("bug", "a name")
    assert caught.value.what == "ValueError"
    assert caught.value.where
    assert "a name" not in repr(caught.value.__dict__)
    assert workers.call("echo", 1)["payload"] == 1


def test_a_dead_worker_is_an_error_and_the_next_call_has_a_new_one(workers: Workers) -> None:
    before = workers.call("where", None)[0]
    with pytest.raises(WorkerCrashed):
        workers.call("die", None)
    assert workers.call("where", None)[0] != before


def test_cancelling_ends_the_worker_at_once(workers: Workers) -> None:
    flag = threading.Event()
    threading.Timer(0.2, flag.set).start()
    begun = time.monotonic()
    with pytest.raises(Cancelled):
        workers.call("sleep", None, cancel=flag)
    assert time.monotonic() - begun < 5
    assert workers.call("echo", "on")["payload"] == "on"


def test_closing_the_pool_ends_a_call_under_way(workers: Workers) -> None:
    threading.Timer(0.3, workers.close).start()
    with pytest.raises(WorkerCrashed):
        workers.call("sleep", None)
    with pytest.raises(Cancelled):
        workers.call("echo", None)


def test_two_calls_run_side_by_side(workers: Workers) -> None:
    pids: list[int] = []

    def one() -> None:
        workers.call("steps", 5)
        pids.append(workers.call("where", None)[0])

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(pids) == 2


@pytest.mark.parametrize(
    "data",
    [
        b"\0\0",
        struct.pack(">I", 0xFFFFFFFF),
        struct.pack(">I", 4) + b"abc",
        struct.pack(">I", 2) + b"[]",
        struct.pack(">I", 27) + b'{"body":{},"frames":[9999]}',
        struct.pack(">I", 25) + b'{"body":{},"frames":[-1]}',
        struct.pack(">I", 37) + b'{"body":{"a":{"$frame":3}},"frames":[]}'[:37],
        struct.pack(">I", 24) + b'{"body":"no","frames":[]}'[:24],
        struct.pack(">I", 40_000) + b"[" * 40_000,
    ],
)
def test_hostile_bytes_are_a_broken_message_and_nothing_else(data: bytes) -> None:
    with pytest.raises(wire.BrokenMessage):
        wire.read_message(io.BytesIO(data))


def test_errors_cross_the_wire_by_kind() -> None:
    for error in (Tampered(msg("a"), msg("b")), LeakFound(msg("c"), [{"where": "page 3"}])):
        stream = io.BytesIO()
        wire.write_message(stream, wire.error_to_plain(error))
        stream.seek(0)
        plain = wire.read_message(stream)
        assert plain is not None
        again = wire.error_from_plain(plain)
        assert type(again) is type(error)
        assert (again.message, again.hint) == (error.message, error.hint)


def test_a_forged_message_object_is_refused() -> None:
    stream = io.BytesIO()
    wire.write_message(stream, {"message": Message("x")})
    data = stream.getvalue().replace(b'"$message":["x"', b'"$message":[123')
    with pytest.raises(wire.BrokenMessage):
        wire.read_message(io.BytesIO(data))


@pytest.mark.parametrize("job", ["decode.die", "decode.bug"])
def test_a_file_that_brings_its_decoder_down_is_refused_and_the_next_one_is_decoded(
    workers: Workers, job: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        workers.call(job, "her words")
    assert "her words" not in str(caught.value)
    assert workers.call("decode.echo", 1)["payload"] == 1


def test_no_two_files_share_a_decoder_and_other_jobs_keep_theirs(workers: Workers) -> None:
    ordinary = workers.call("where", None)[0]
    first, second = workers.call("decode.where", None)[0], workers.call("decode.where", None)[0]
    assert len({ordinary, first, second}) == 3
    assert workers.call("where", None)[0] == ordinary
