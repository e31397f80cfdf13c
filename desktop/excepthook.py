"""What happens when the program itself is wrong: a type, a code, a place. Must not show or keep a value.

The report file holds versions, exception types and line numbers; nothing of a record, a name or a path of the user's.
"""

from __future__ import annotations

import platform
import secrets
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

VERSION = "0.1.0"


def describe(error: BaseException) -> str:
    """The report: program and system versions, then types and places, outermost first. No values."""
    lines = [
        f"daftar {VERSION}",
        f"python {platform.python_version()} {sys.platform} {platform.machine()}",
        "",
    ]
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines += [type(current).__qualname__, *places(current.__traceback__), ""]
        current = current.__cause__ or current.__context__
    return "\n".join(lines)


def places(trace: TracebackType | None) -> list[str]:
    """Module and line of every step of a traceback."""
    found: list[str] = []
    while trace is not None:
        name = trace.tb_frame.f_globals.get("__name__", "?")
        found.append(f"  {name}:{trace.tb_lineno} {trace.tb_frame.f_code.co_name}")
        trace = trace.tb_next
    return found


def write_report(error: BaseException, folder: Path) -> Path | None:
    """Write the report into `folder` under a fresh name; None where that is not possible."""
    path = folder / f"daftar-report-{secrets.token_hex(4)}.txt"
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(describe(error))
    except OSError:
        return None
    return path


def install(tell: Callable[[BaseException], None]) -> None:
    """Send every unhandled exception, of any thread, to `tell`; nothing is printed by Python itself."""

    def hook(kind: type[BaseException], value: BaseException, trace: TracebackType | None) -> None:
        tell(value.with_traceback(trace))

    def thread_hook(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None and arguments.exc_type is not SystemExit:
            tell(arguments.exc_value)

    sys.excepthook = hook
    threading.excepthook = thread_hook
    sys.unraisablehook = lambda unraisable: None


def quiet_qt() -> None:
    """Drop every message of Qt's own: its texts name files and pieces of what is shown. After Qt is loaded."""
    from PySide6.QtCore import qInstallMessageHandler

    qInstallMessageHandler(_drop)


def _drop(*_: object) -> None:
    """Nothing."""
