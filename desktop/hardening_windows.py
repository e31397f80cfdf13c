"""Closes a process on Windows: no fault reports, no reading of its memory by the user's other programs, limits for workers.

Must not write into the registry (an exclusion from fault reports there would be a trace of the program). Written from the
documented interfaces, not run on Windows yet; every call that is refused leaves the program as it was.
"""

from __future__ import annotations

import contextlib
import ctypes
from typing import Any

windll: Any = getattr(ctypes, "windll", None)

_NO_BOXES = 0x0001 | 0x0002 | 0x8000  # critical errors, faults, missing files
_NO_HEAP, _NO_WINDOW = 0x01, 0x20  # of a fault report
_DACL = 4
# The owner and the system may wait for the process, end it and ask its name: not read its memory, not change this list.
DESCRIPTOR = "D:P(A;;0x101001;;;OW)(A;;0x101001;;;SY)"
_LIMITS = 9  # JobObjectExtendedLimitInformation
_ONE_PROCESS, _MEMORY, _DIE_ON_FAULT, _CLOSE_KILLS, _PROCESS_TIME = 0x08, 0x100, 0x400, 0x2000, 0x02
_TICKS = 10_000_000  # in a second


class JobLimits(ctypes.Structure):
    """`JOBOBJECT_EXTENDED_LIMIT_INFORMATION` of a 64-bit system."""

    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_set", ctypes.c_size_t),
        ("most_set", ctypes.c_size_t),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
        ("counters", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process", ctypes.c_size_t),
        ("peak_job", ctypes.c_size_t),
    )


def close_process() -> None:
    """No fault dialogs or heap in reports; nobody but the system reads our memory."""
    if windll is None:
        return
    windll.kernel32.SetErrorMode(_NO_BOXES)
    with contextlib.suppress(Exception):
        windll.kernel32.WerSetFlags(_NO_HEAP | _NO_WINDOW)
    with contextlib.suppress(Exception):
        _narrow_access()


def _narrow_access() -> None:
    descriptor = ctypes.c_void_p()
    made = windll.advapi32.ConvertStringSecurityDescriptorToSecurityDescriptorW(
        ctypes.c_wchar_p(DESCRIPTOR), 1, ctypes.byref(descriptor), None
    )
    if made:
        windll.kernel32.GetCurrentProcess.restype = ctypes.c_void_p
        own = ctypes.c_void_p(windll.kernel32.GetCurrentProcess())
        windll.advapi32.SetKernelObjectSecurity(own, _DACL, descriptor)
        windll.kernel32.LocalFree(descriptor)


def limits(memory: int, seconds: int) -> JobLimits:
    """Limits of a worker: `memory` bytes, `seconds` of processor time, no process of its own."""
    found = JobLimits()
    found.flags = _ONE_PROCESS | _MEMORY | _DIE_ON_FAULT | _CLOSE_KILLS | _PROCESS_TIME
    found.processes = 1
    found.process_memory = memory
    found.process_time = seconds * _TICKS
    return found


def limit_process(memory: int, seconds: int) -> bool:
    """Put this process into a job object with those limits, for good; whether the system did."""
    if windll is None:
        return False
    kernel = windll.kernel32
    with contextlib.suppress(Exception):
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        wanted = limits(memory, seconds)
        size = ctypes.sizeof(wanted)
        if not kernel.SetInformationJobObject(job, _LIMITS, ctypes.byref(wanted), size):
            return False
        # The handle stays open: closing the last one would end the process.
        return bool(kernel.AssignProcessToJobObject(job, ctypes.c_void_p(kernel.GetCurrentProcess())))
    return False
