"""What the process may not do: each refusal is tried for real, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desktop import hardening, seccomp

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel filter is Linux only")


def run_hardened(root: Path, body: str, before: str = "hardening.harden_process()") -> str:
    """The output of a fresh Python that hardens itself, then runs `body`."""
    script = f"import sys; sys.path.insert(0, {str(root)!r})\nfrom desktop import hardening\n{before}\n{body}"
    done = subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_only_trusted_platforms_survive_and_all_other_switches_go() -> None:
    env = {
        "QT_QPA_PLATFORM": "offscreen",
        "QT_PLUGIN_PATH": "x",
        "QML_IMPORT_PATH": "x",
        "PYTHONPATH": "x",
        "LD_PRELOAD": "x",
        "HOME": "kept",
    }
    hardening.scrub_environment(env)
    assert env == {"QT_QPA_PLATFORM": "offscreen", "HOME": "kept"}


@pytest.mark.parametrize("platform", ["vnc", "vnc:port=5900", "minimal", "offscreen:x", "eglfs", ""])
def test_other_platforms_are_not_honoured(platform: str) -> None:
    env = {"QT_QPA_PLATFORM": platform}
    hardening.scrub_environment(env)
    assert env == {}


@linux
@pytest.mark.parametrize("family", [2, 10, 16, 17, 40, 38])  # INET, INET6, NETLINK, PACKET, VSOCK, ALG
def test_the_kernel_refuses_every_socket_that_could_reach_out(root: Path, family: int) -> None:
    body = (
        "import ctypes, errno\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        f"print(libc.socket({family}, 1, 0), ctypes.get_errno() == errno.EPERM)"
    )
    assert run_hardened(root, body) == "-1 True"


@linux
@pytest.mark.parametrize(
    "call",
    [
        "libc.syscall({'x86_64': 425, 'aarch64': 425}[platform.machine()], 4, ctypes.create_string_buffer(256))",  # io_uring_setup
        "libc.syscall(0x40000000 | 41, 2, 1, 0) if platform.machine() == 'x86_64' else libc.socket(2, 1, 0)",  # the x32 socket
        "libc.syscall({'x86_64': 41, 'aarch64': 198}[platform.machine()], 2, 1, 0)",  # past the library
        "libc.syscall({'x86_64': 41, 'aarch64': 198}[platform.machine()], 2 | (1 << 32), 1, 0)",  # a family with more bits
    ],
)
def test_ways_around_the_library_are_refused_too(root: Path, call: str) -> None:
    body = (
        "import ctypes, errno, platform\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        f"print({call}, ctypes.get_errno() == errno.EPERM)"
    )
    assert run_hardened(root, body) == "-1 True"


@linux
def test_local_sockets_work_and_threads_and_children_inherit_the_filter(root: Path) -> None:
    body = """
import ctypes, subprocess, threading
libc = ctypes.CDLL(None, use_errno=True)
print(libc.socket(1, 1, 0) >= 0)
found = []
thread = threading.Thread(target=lambda: found.append(libc.socket(2, 1, 0)))
thread.start(); thread.join()
print(found)
code = "import ctypes; print(ctypes.CDLL(None).socket(2, 1, 0))"
print(subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True).stdout.strip())
"""
    assert run_hardened(root, body).split("\n") == ["True", "[-1]", "-1"]


@linux
def test_memory_cannot_be_read_dumped_and_new_files_are_private(root: Path) -> None:
    body = """
import ctypes, os, resource
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE), oct(os.umask(0)))
"""
    assert run_hardened(root, body) == "0 (0, 0) 0o77"


@linux
def test_a_worker_cannot_take_all_memory_or_connect(root: Path) -> None:
    body = """
import ctypes
try:
    bytearray(4 << 30)
except MemoryError:
    print("refused")
print(ctypes.CDLL(None).socket(2, 1, 0))
"""
    assert run_hardened(root, body, "hardening.harden_worker()").split("\n") == ["refused", "-1"]


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.socket()",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import urllib.request; urllib.request.urlopen('file:///')",
        "import subprocess; subprocess.run(['true'])",
        "import subprocess; subprocess.run('true', shell=True)",
        "import os; os.system('true')",
        "import os; os.fork()",
        "import os; os.execv('/bin/true', ['true'])",
        "import os; os.posix_spawn('/bin/true', ['true'], {})",
        "import os; os.spawnv(os.P_WAIT, '/bin/true', ['true'])",
        "import ctypes; ctypes.CDLL('libc.so.6')",
        "import ctypes; ctypes.CDLL('/lib/x86_64-linux-gnu/libc.so.6')",
    ],
)
def test_the_audit_hook_refuses(root: Path, attempt: str) -> None:
    body = f"""
try:
    {attempt}
except hardening.Forbidden as error:
    print("refused")
"""
    assert run_hardened(root, body, "hardening.install_audit_hook([('/bin/echo', '--worker')])") == "refused"


def test_the_audit_hook_lets_the_named_commands_through_and_nothing_that_only_looks_alike(root: Path) -> None:
    body = """
import subprocess
print(subprocess.run([sys.executable, "-c", "print(7)", "more"], capture_output=True, text=True).stdout.strip())
for words in ([sys.executable, "-c", "print(8)"], [sys.executable], sys.executable):
    try:
        subprocess.run(words, capture_output=True)
    except hardening.Forbidden:
        print("refused")
"""
    hook = "hardening.install_audit_hook([(sys.executable, '-c', 'print(7)')])"
    assert run_hardened(root, body, hook).split("\n") == ["7", "refused", "refused", "refused"]


def test_the_filter_is_whole_instructions_on_every_machine_it_knows() -> None:
    for machine in ("x86_64", "aarch64"):
        for one in (seccomp.network_filter, seccomp.worker_filter, seccomp.decoder_filter):
            assert len(one(machine)) % 8 == 0
            assert len(one(machine)) // 8 < 4096
