"""The program's own worker processes: hardened, without the program's environment, doing the exports' risky jobs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import paths
from desktop.demo import attachments
from desktop.worker_main import decoding_jobs, jobs
from exports import DECODERS, JOBS
from storage import InvalidInput, WorkerCrashed, Workers
from storage.worker.pool import DECODING


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(paths.worker_command()) as pool:
        yield pool


def test_every_job_of_the_exports_is_registered_with_its_kind_of_worker() -> None:
    assert set(JOBS) <= set(jobs())
    assert set(DECODERS) <= set(decoding_jobs())
    assert all(name.startswith(DECODING) for name in DECODERS)
    assert not any(name.startswith(DECODING) for name in jobs())


def test_an_unknown_job_is_a_crash_of_ours(workers: Workers) -> None:
    with pytest.raises(WorkerCrashed):
        workers.call("no such job", None)


def test_a_picture_and_a_paper_become_pixels(workers: Workers) -> None:
    for data in (attachments.photograph(["a"]), attachments.paper(["a"])):
        pages = workers.call("decode.rasterise", {}, [data])
        assert len(pages) == 1
        page = pages[0]
        assert len(page["data"]) == page["width"] * page["height"] * len(page["mode"])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7\n",
        b"\xff\xd8\xff\xe0" + b"\0" * 100,
        b"GIF89a" + b"\0" * 30,
        b"<svg/>",
        os.urandom(4096),
    ],
)
def test_what_is_no_picture_is_refused_and_the_worker_goes_on(workers: Workers, data: bytes) -> None:
    with pytest.raises(InvalidInput):
        workers.call("decode.rasterise", {}, [data])
    assert workers.call("echo", 1)["payload"] == 1


def test_a_picture_bomb_cannot_take_the_machine(workers: Workers) -> None:
    """A PNG that says it is 60,000 × 60,000 points."""
    import struct
    import zlib

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(1 << 20))
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    with pytest.raises(InvalidInput):
        workers.call("decode.rasterise", {}, [bomb])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_the_process_is_closed(root: Path) -> None:
    """The worker as it really runs: its filter, its limits, its environment, seen from outside."""
    process = subprocess.Popen(
        paths.worker_command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"LD_PRELOAD": "", "SECRET": "x"},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        from storage.worker import wire

        wire.write_message(process.stdin, {"job": "echo", "payload": 1, "blobs": []})
        assert wire.read_message(process.stdout)
        status = Path(f"/proc/{process.pid}/status").read_text()
        assert "Seccomp:\t2" in status
        assert "NoNewPrivs:\t1" in status
        limits = Path(f"/proc/{process.pid}/limits").read_text()
        assert "Max core file size        0 " in limits
        assert "Max address space         unlimited" not in limits
    finally:
        process.kill()
        process.communicate()
