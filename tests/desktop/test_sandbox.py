"""What a worker process may do once it serves: each refusal is tried in a real process; bombs and mutated files are fed."""

from __future__ import annotations

import io
import random
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import hardening_windows, paths
from desktop.demo import attachments
from storage import InvalidInput, WorkerCrashed, Workers

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel filter is Linux only")
MUTATED = 200

READY = {
    "decoder": "import logging\nfrom exports import prepare_decoders\nhardening.harden_worker(hardening.DECODER)\n"
    "prepare_decoders()\nseccomp.deny_opening()\n",
    "typesetter": "hardening.harden_worker()\nseccomp.deny_writing()\n",
}
BODY = """
import ctypes, errno, mmap, os, sys
sys.path.insert(0, {root!r})
from desktop import hardening, seccomp
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
parent = os.getppid()
{ready}
def attempt():
    return {call}
ctypes.set_errno(0)
try:
    got = attempt()
    number = ctypes.get_errno() if got in (-1, 2**64 - 1) else 0
except OSError as error:
    number = error.errno
os.write(1, (errno.errorcode.get(number, "done") if number else "done").encode())
"""


def outcome(root: Path, kind: str, call: str, tmp_path: Path) -> str:
    """What the kernel says when a worker of a kind makes a call."""
    script = BODY.format(root=str(root), ready=READY[kind], call=call.format(place=str(tmp_path)))
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-c", script], capture_output=True, timeout=60, check=False
    )
    return done.stdout.decode() or f"ended {done.returncode} {done.stderr.decode()[-300:]}"


WRITES_AND_MORE = {
    "make a file": "libc.open(b'{place}/new', os.O_CREAT | os.O_WRONLY, 0o600)",
    "write to a file": "libc.open(b'{place}/old', os.O_WRONLY)",
    "append to a file": "os.open('{place}/old', os.O_RDWR | os.O_APPEND)",
    "empty a file": "libc.truncate(b'{place}/old', 0)",
    "make a nameless file": "os.open('{place}', os.O_TMPFILE | os.O_WRONLY)",
    "make a file by another call": "libc.syscall(85, b'{place}/new', 0o600)",
    "open with the newest call": "libc.syscall(437, -100, b'{place}/old', 0, 0)",
    "remove a file": "os.unlink('{place}/old')",
    "rename a file": "os.rename('{place}/old', '{place}/new')",
    "make a folder": "os.mkdir('{place}/folder')",
    "make a link": "os.symlink('/', '{place}/link')",
    "start a program": "os.execv('/bin/true', ['true'])",
    "start a program from a descriptor": "libc.syscall(322, -100, b'/bin/true', None, None, 0)",
    "split": "libc.syscall(57)",
    "split by clone": "libc.syscall(56, 17, 0, 0, 0, 0)",
    "a local socket": "libc.socket(1, 1, 0)",
    "an internet socket": "libc.socket(2, 1, 0)",
    "an io_uring": "libc.syscall(425, 4, 0)",
    "watch the parent": "libc.ptrace(16, parent, 0, 0)",
    "read the parent's memory": "libc.process_vm_readv(parent, None, 0, None, 0, 0)",
    "signal the parent": "libc.kill(parent, 0)",
    "signal a thread of the parent": "libc.syscall(234, parent, parent, 0)",
    "a handle on the parent": "libc.syscall(434, parent, 0)",
    "memory as a file": "libc.memfd_create(b'x', 0)",
    "a name space": "libc.unshare(0x10000000)",
}
READS = {
    "read a file": "libc.open(b'{place}/old', os.O_RDONLY)",
    "read a file by the newer call": "os.open('/etc/hostname', os.O_RDONLY)",
    "list a folder": "os.listdir('{place}')",
    "look whether a file is there": "libc.access(b'{place}/old', 0)",
    "know a file's size": "os.stat('{place}/old').st_size",
    "memory with code": "libc.mmap(None, 4096, 7, 0x22, -1, 0)",
    "lift a limit": "libc.prlimit(0, 7, None, None)",
    "prctl": "libc.prctl(4, 1, 0, 0, 0)",
    "its own name": "libc.syscall(63, ctypes.create_string_buffer(400))",
}


@linux
@pytest.mark.parametrize("what", WRITES_AND_MORE)
@pytest.mark.parametrize("kind", READY)
def test_no_worker_writes_starts_connects_or_touches_another_process(
    root: Path, tmp_path: Path, kind: str, what: str
) -> None:
    (tmp_path / "old").write_bytes(b"kept")
    assert outcome(root, kind, WRITES_AND_MORE[what], tmp_path) == "EPERM"
    assert [path.name for path in tmp_path.iterdir()] == ["old"]
    assert (tmp_path / "old").read_bytes() == b"kept"


@linux
@pytest.mark.parametrize("what", READS)
def test_a_decoder_opens_and_learns_nothing(root: Path, tmp_path: Path, what: str) -> None:
    (tmp_path / "old").write_bytes(b"x")
    assert outcome(root, "decoder", READS[what], tmp_path) == "EPERM"


@linux
def test_the_trial_itself_sees_what_is_allowed(root: Path, tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"x")
    assert outcome(root, "typesetter", READS["read a file"], tmp_path) == "done"
    assert outcome(root, "typesetter", "libc.syscall(234, os.getpid(), os.getpid(), 0)", tmp_path) == "done"
    assert outcome(root, "decoder", "libc.getpid()", tmp_path) == "done"


@linux
def test_the_limits_of_a_decoder_hold(root: Path) -> None:
    body = """
import resource
print(*(resource.getrlimit(getattr(resource, name)) for name in ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_NOFILE", "RLIMIT_CORE")))
"""
    script = f"import sys; sys.path.insert(0, {str(root)!r})\nfrom desktop import hardening\nhardening.harden_worker(hardening.DECODER)\n{body}"
    done = subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.strip() == f"{(512 << 20,) * 2} (60, 60) (16, 16) (0, 0)"


def test_the_job_object_of_windows_holds_what_the_interface_wants() -> None:
    import ctypes

    found = hardening_windows.limits(512 << 20, 60)
    assert ctypes.sizeof(found) == 144  # JOBOBJECT_EXTENDED_LIMIT_INFORMATION on 64 bits
    raw = bytes(found)
    assert struct.unpack_from("<q", raw, 0)[0] == 600_000_000
    assert struct.unpack_from("<I", raw, 16)[0] == 0x2000 | 0x400 | 0x100 | 0x08 | 0x02
    assert struct.unpack_from("<I", raw, 40)[0] == 1
    assert struct.unpack_from("<Q", raw, 112)[0] == 512 << 20
    assert hardening_windows.limit_process(1, 1) is False


# -- files that mean harm


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(paths.worker_command()) as pool:
        yield pool


def decode(workers: Workers, data: bytes) -> str:
    """What becomes of a file: "pixels", "refused" or "crashed"; anything else fails the test."""
    try:
        pages = workers.call("decode.rasterise", {}, [data])
    except InvalidInput:
        return "refused"
    except WorkerCrashed:
        return "crashed"
    for page in pages:
        assert len(page["data"]) == page["width"] * page["height"] * len(page["mode"])
        assert max(page["width"], page["height"]) <= 2000
    return "pixels"


def png(width: int, height: int, colour: int = 6, data: bytes | None = None) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    points = {0: 1, 2: 3, 6: 4}[colour]
    if data is None:
        packer = zlib.compressobj(9)
        row = bytes(1 + width * points)
        data = b"".join([*(packer.compress(row) for _ in range(height)), packer.flush()])
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def test_the_largest_picture_that_is_allowed_fits_into_the_memory_of_a_decoder(workers: Workers) -> None:
    assert decode(workers, png(8000, 5000, 2)) == "pixels"
    assert decode(workers, png(8000, 5000, 6)) == "pixels"
    assert decode(workers, png(8001, 5000, 2)) == "refused"


@pytest.mark.parametrize(
    "data",
    [
        png(60_000, 60_000, 2, zlib.compress(bytes(1 << 20))),
        png(6000, 6000, 0, zlib.compress(bytes(1 << 28), 9)),  # unpacks to far more than it says
        png(0, 0, 2, b""),
        b"%PDF-1.7\n" + b"1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 99999999>>endobj\n" * 3 + b"trailer<</Root 1 0 R>>",
        b"GIF89a" + bytes(64),
        b"BM" + bytes(64),
        b"II*\0" + bytes(64),
        b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"RIFF\xff\xff\xff\xffWEBPVP8X",
    ],
    ids=["vast", "longer than said", "empty", "pages in a ring", "gif", "bmp", "tiff", "svg", "eps", "webp"],
)  # fmt: skip
def test_bombs_and_other_kinds_end_in_a_refusal(workers: Workers, data: bytes) -> None:
    assert decode(workers, data) in ("refused", "pixels")
    assert workers.call("echo", 1)["payload"] == 1


def samples() -> list[bytes]:
    from PIL import Image

    out = io.BytesIO()
    Image.radial_gradient("L").convert("RGBA").save(out, "WEBP")
    return [
        attachments.photograph(["a"]),
        attachments.paper(["a"]),
        png(64, 64),
        out.getvalue(),
    ]


def test_mutated_files_never_give_anything_but_pixels_or_a_refusal(root: Path) -> None:
    """Two hundred files in one process behind the decoder's own filter: what a crash there would be is seen as one."""
    dice = random.Random(17)
    bodies = []
    for number in range(MUTATED):
        data = bytearray(samples_once()[number % 4])
        for _ in range(dice.choice((1, 3, 30, 300))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        if number % 5 == 0:
            del data[dice.randrange(len(data)) :]
        bodies.append(bytes(data))
    script = f"""
import sys; sys.path.insert(0, {str(root)!r})
from desktop import hardening, seccomp
from exports import DECODERS, prepare_decoders
from storage import InvalidInput
hardening.harden_worker(hardening.Limits(512 << 20, 300, 16))
prepare_decoders()
seccomp.deny_opening()
count = dict(pixels=0, refused=0)
while head := sys.stdin.buffer.read(4):
    data = sys.stdin.buffer.read(int.from_bytes(head, "big"))
    try:
        DECODERS["decode.rasterise"]({{}}, [data], lambda done, total: None)
        count["pixels"] += 1
    except InvalidInput:
        count["refused"] += 1
print(count["pixels"], count["refused"])
"""
    fed = b"".join(len(one).to_bytes(4, "big") + one for one in bodies)
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-c", script], input=fed, capture_output=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    pixels, refused = map(int, done.stdout.split())
    assert pixels + refused == MUTATED
    assert pixels > 10 and refused > 10


_SAMPLES: list[bytes] = []


def samples_once() -> list[bytes]:
    if not _SAMPLES:
        _SAMPLES.extend(samples())
    return _SAMPLES


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.99])
def test_a_file_cut_short_is_refused_or_shown_as_far_as_it_goes(workers: Workers, share: float) -> None:
    for data in samples_once():
        assert decode(workers, data[: max(1, int(len(data) * share))]) in ("refused", "pixels")


@linux
def test_every_foreign_file_has_a_process_of_its_own(workers: Workers) -> None:
    """A decoder that was taken over has nothing of the next file."""
    data = samples_once()[2]
    before = set(workers._idle)
    assert decode(workers, data) == "pixels"
    assert set(workers._idle) == before
    assert workers._busy == set()
