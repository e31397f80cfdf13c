"""Filters of the Linux kernel for our processes: no network; a worker that writes nothing; a decoder that opens nothing.

Must not be loosened at run time: a filter can only be added, never taken back. Written without a library, for two machines.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Callable, Iterable

_PR_SET_NO_NEW_PRIVS = 38
_AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x80000000
_UNKNOWN = 0x00050000 | errno.ENOSYS
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _MACHINE, _ARGUMENT = (
    0,
    4,
    16,
)  # places in what the kernel shows a filter; arguments are eight bytes each
_AF_UNIX = 1
_PROT_EXEC = 4
_WRITING = 0o1 | 0o2 | 0o100 | 0o1000 | 0o2000 | 0o20000000  # WRONLY RDWR CREAT TRUNC APPEND TMPFILE
_CLONE_THREAD = 0x10000

# name -> number on x86_64 and on aarch64 (None: there is no such call)
_NUMBERS: dict[str, tuple[int | None, int | None]] = {
    "read": (0, 63), "write": (1, 64), "close": (3, 57), "fstat": (5, 80), "poll": (7, None), "ppoll": (271, 73),
    "lseek": (8, 62), "mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215), "brk": (12, 214),
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "readv": (19, 65),
    "writev": (20, 66), "sched_yield": (24, 124), "mremap": (25, 216), "madvise": (28, 233), "nanosleep": (35, 101),
    "getpid": (39, 172), "exit": (60, 93), "sigaltstack": (131, 132), "gettid": (186, 178), "futex": (202, 98),
    "sched_getaffinity": (204, 123), "restart_syscall": (219, 128), "clock_gettime": (228, 113),
    "clock_nanosleep": (230, 115), "exit_group": (231, 94), "tgkill": (234, 131), "getrandom": (318, 278),
    "seccomp": (317, 277), "socket": (41, 198), "io_uring_setup": (425, 425), "socketpair": (53, 199),
    "connect": (42, 203), "open": (2, None), "openat": (257, 56), "openat2": (437, 437), "creat": (85, None),
    "execve": (59, 221), "execveat": (322, 281), "fork": (57, None), "vfork": (58, None), "clone": (56, 220),
    "clone3": (435, 435), "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "kill": (62, 129), "tkill": (200, 130), "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240),
    "pidfd_open": (434, 434), "pidfd_send_signal": (424, 424), "pidfd_getfd": (438, 438), "unlink": (87, None),
    "unlinkat": (263, 35), "rename": (82, None), "renameat": (264, 38), "renameat2": (316, 276), "mkdir": (83, None),
    "mkdirat": (258, 34), "rmdir": (84, None), "link": (86, None), "linkat": (265, 37), "symlink": (88, None),
    "symlinkat": (266, 36), "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "chown": (92, None),
    "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54), "truncate": (76, 45), "ftruncate": (77, 46),
    "mknod": (133, None), "mknodat": (259, 33), "memfd_create": (319, 279), "bpf": (321, 280),
    "userfaultfd": (323, 282), "perf_event_open": (298, 241), "add_key": (248, 217), "keyctl": (250, 219),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "utimensat": (280, 88), "mount": (165, 40),
    "unshare": (272, 97), "setns": (308, 268), "chroot": (161, 51), "pivot_root": (155, 41),
    "open_by_handle_at": (304, 265), "fallocate": (285, 47),
}  # fmt: skip
_DECODER_MAY = [
    "read",
    "write",
    "close",
    "fstat",
    "poll",
    "ppoll",
    "lseek",
    "munmap",
    "brk",
    "rt_sigaction",
    "rt_sigprocmask",
    "rt_sigreturn",
    "readv",
    "writev",
    "sched_yield",
    "mremap",
    "madvise",
    "nanosleep",
    "getpid",
    "exit",
    "sigaltstack",
    "gettid",
    "futex",
    "sched_getaffinity",
    "restart_syscall",
    "clock_gettime",
    "clock_nanosleep",
    "exit_group",
    "getrandom",
]
_WORKER_MAY_NOT = [
    "socket",
    "socketpair",
    "connect",
    "io_uring_setup",
    "openat2",
    "creat",
    "execve",
    "execveat",
    "fork",
    "vfork",
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "kill",
    "tkill",
    "rt_sigqueueinfo",
    "rt_tgsigqueueinfo",
    "pidfd_open",
    "pidfd_send_signal",
    "pidfd_getfd",
    "unlink",
    "unlinkat",
    "rename",
    "renameat",
    "renameat2",
    "mkdir",
    "mkdirat",
    "rmdir",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
    "chmod",
    "fchmod",
    "fchmodat",
    "chown",
    "fchown",
    "lchown",
    "fchownat",
    "truncate",
    "ftruncate",
    "mknod",
    "mknodat",
    "memfd_create",
    "bpf",
    "userfaultfd",
    "perf_event_open",
    "add_key",
    "keyctl",
    "setxattr",
    "lsetxattr",
    "fsetxattr",
    "utimensat",
    "mount",
    "unshare",
    "setns",
    "chroot",
    "pivot_root",
    "open_by_handle_at",
    "fallocate",
]


def is_known() -> bool:
    """Whether filters are written for this system and machine."""
    return sys.platform.startswith("linux") and platform.machine() in _AUDIT


def deny_network() -> bool:
    """Let the kernel refuse every socket but AF_UNIX, and io_uring, for all threads and children. OSError on failure.

    False on a machine this filter is not written for: nothing is set, the audit hook and the source rules remain.
    """
    return _install(network_filter)


def deny_writing() -> bool:
    """Refuse for good: making or changing files, starting anything, any socket, touching other processes.

    Reading stays possible (fonts, code). OSError on failure; False where filters are not known.
    """
    return _install(worker_filter)


def deny_opening() -> bool:
    """Leave only reading and writing what is open, and memory that holds no code. OSError on failure.

    For a process that decodes a foreign file: everything it needs must be loaded before. False where not known.
    """
    return _install(decoder_filter)


def network_filter(machine: str) -> bytes:
    """The filter that closes the network, as bytes: eight per instruction."""
    program = [*_opening(machine), *_if(machine, "io_uring_setup", _answer(_REFUSE))]
    program += _if(machine, "socket", [*_argument(0), _jump(_EQUAL, _AF_UNIX, 1, 0), _step(_RETURN, _REFUSE)])
    return b"".join([*program, _step(_RETURN, _ALLOW)])


def worker_filter(machine: str, process: int | None = None) -> bytes:
    """The filter of a worker that typesets: it reads files and writes none."""
    program = _opening(machine)
    for name in _WORKER_MAY_NOT:
        program += _if(machine, name, _answer(_REFUSE))
    program += _if(
        machine, "clone3", _answer(_UNKNOWN)
    )  # then the library asks by `clone`, whose flags can be read
    program += _if(machine, "clone", _unless_bits(0, _CLONE_THREAD))
    program += _if(machine, "open", _if_bits(1, _WRITING))
    program += _if(machine, "openat", _if_bits(2, _WRITING))
    program += _if(machine, "tgkill", _own(process))
    return b"".join([*program, _step(_RETURN, _ALLOW)])


def decoder_filter(machine: str, process: int | None = None) -> bytes:
    """The filter of a worker that decodes a foreign file: a short list of what it may, everything else is refused."""
    program = _opening(machine)
    for name in _DECODER_MAY:
        program += _if(machine, name, _answer(_ALLOW))
    for name in ("mmap", "mprotect"):
        program += _if(machine, name, [*_if_bits(2, _PROT_EXEC), _step(_RETURN, _ALLOW)])
    program += _if(machine, "tgkill", [*_own(process), _step(_RETURN, _ALLOW)])
    return b"".join([*program, _step(_RETURN, _REFUSE)])


def _install(make: Callable[[str], bytes]) -> bool:
    if not is_known():
        return False
    machine = platform.machine()
    filter_bytes = make(machine)
    libc = ctypes.CDLL(None, use_errno=True)
    buffer = ctypes.create_string_buffer(filter_bytes, len(filter_bytes))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))

    program = Program(len(filter_bytes) // 8, ctypes.addressof(buffer))
    set_mode_filter, all_threads = 1, 1
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.syscall(
        _number("seccomp", machine), set_mode_filter, all_threads, ctypes.byref(program)
    ):
        raise OSError(ctypes.get_errno(), "seccomp")
    return True


def _number(name: str, machine: str) -> int | None:
    return _NUMBERS[name][0 if machine == "x86_64" else 1]


def _opening(machine: str) -> list[bytes]:
    """Another machine's numbering ends the process; on x86_64 the x32 numbering of the same calls is refused."""
    program = [_step(_LOAD, _MACHINE), _jump(_EQUAL, _AUDIT[machine], 1, 0), _step(_RETURN, _KILL)]
    program.append(_step(_LOAD, _NUMBER))
    if machine == "x86_64":
        program += [_jump(_AT_LEAST, 0x40000000, 0, 1), _step(_RETURN, _REFUSE)]
    return program


def _if(machine: str, name: str, then: Iterable[bytes]) -> list[bytes]:
    """Do `then` for one call; afterwards, if that did not decide, the call is allowed or its number is looked at again."""
    number = _number(name, machine)
    if number is None:
        return []
    steps = list(then)
    steps.append(_step(_LOAD, _NUMBER))
    return [_jump(_EQUAL, number, 0, len(steps)), *steps]


def _argument(place: int) -> list[bytes]:
    return [_step(_LOAD, _ARGUMENT + 8 * place)]


def _if_bits(place: int, bits: int) -> list[bytes]:
    return [*_argument(place), _jump(_ANY_BIT, bits, 0, 1), _step(_RETURN, _REFUSE)]


def _unless_bits(place: int, bits: int) -> list[bytes]:
    return [*_argument(place), _jump(_ANY_BIT, bits, 1, 0), _step(_RETURN, _REFUSE)]


def _own(process: int | None) -> list[bytes]:
    own = os.getpid() if process is None else process
    return [*_argument(0), _jump(_EQUAL, own, 1, 0), _step(_RETURN, _REFUSE)]


def _answer(answer: int) -> list[bytes]:
    return [_step(_RETURN, answer)]


def _step(code: int, value: int) -> bytes:
    return struct.pack("<HBBI", code, 0, 0, value)


def _jump(code: int, value: int, when_true: int, when_false: int) -> bytes:
    return struct.pack("<HBBI", code, when_true, when_false, value)
