"""The command line: reads the words, runs the command, turns every end into an exit code. Must not import Qt.

Exit codes: 0 done, 1 a bug, 2 usage, 130 stopped, and those of storage/errors.py. A first word with a path separator
is a notebook for the window, never a command.
"""

from __future__ import annotations

import difflib
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from desktop import excepthook, hardening, paths
from desktop.cli.console import Console
from desktop.cli.context import Run
from desktop.cli.help import command_help, program_help
from desktop.cli.interrupts import Interrupts
from desktop.cli.parser import Command, UsageProblem, parse, usage
from desktop.cli.table import COMMANDS, UI_TAGS, command
from i18n import Catalog, canonical_language
from i18n.message import msg
from storage import Cancelled, DaftarError, EnvironmentProblem

DONE, BUG, USAGE, ENVIRONMENT, STOPPED = 0, 1, 2, 8, 130


def main(argv: Sequence[str]) -> int:
    """Do what the words say; the exit code."""
    words = list(argv)
    try:
        tag, words = _take_language(words)
    except UsageProblem as problem:
        return _usage(problem, Console(Catalog(system_language())))
    console = Console(Catalog(tag or system_language()))
    try:
        return _dispatch(words, console)
    except UsageProblem as problem:
        return _usage(problem, console)
    except BrokenPipeError:
        _forget_stdout()
        return ENVIRONMENT
    except OSError:  # not even the refusal could be written: the code alone tells
        return ENVIRONMENT


def system_language() -> str:
    """The language the window spoke before it was locked, else the one the system's settings ask for."""
    for name in (paths.LANGUAGE, "LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return canonical_language(os.environ[name])
    if sys.platform == "win32":
        import ctypes
        import locale

        identifier = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return canonical_language(locale.windows_locale.get(identifier, "en"))
    return "en"


def _take_language(words: list[str]) -> tuple[str | None, list[str]]:
    """`--lang-ui` may stand anywhere, also before the command; it is taken out first so that every error is in it."""
    tag: str | None = None
    rest: list[str] = []
    left = list(words)
    while left:
        word = left.pop(0)
        name, equals, value = word.partition("=")
        if word == "--":
            rest += [word, *left]
            break
        if name != "--lang-ui":
            rest.append(word)
            continue
        if not equals:
            if not left:
                raise UsageProblem(msg("The option {option} needs a value.", option=name))
            value = left.pop(0)
        if value.replace("_", "-") not in UI_TAGS:
            raise UsageProblem(
                msg(
                    "“{value}” is not possible for {option}. Possible: {choices}.",
                    value=value,
                    option=name,
                    choices=", ".join(UI_TAGS),
                )
            )
        tag = canonical_language(value)
    return tag, rest


def _dispatch(words: list[str], console: Console) -> int:
    first = words[0] if words else ""
    if first in ("--help", "-h", "help"):
        console.raw(program_help(console))
        return DONE
    if first == "--version":
        console.result(f"daftar {excepthook.VERSION}")
        return DONE
    if _is_path(first) or not words or first in ("--locked", "--"):
        return _window(words, console)
    found = command(first)
    if found is None:
        if first.startswith("-"):
            raise UsageProblem(msg("There is no option {option}.", option=first))
        if first and len(words) == 1 and Path(first).is_dir():
            return _window(words, console)
        raise _unknown(first)
    rest = words[1:]
    if "--help" in rest[: rest.index("--") if "--" in rest else None]:
        console.raw(command_help(found, console))
        return DONE
    return _run(found, rest, console)


def _run(found: Command, words: list[str], console: Console) -> int:
    arguments = parse(found, words)
    hardening.harden_process()
    hardening.install_audit_hook([paths.worker_command()])
    try:
        run = cast("Callable[[Run], int]", importlib.import_module(found.module).run)
        with Interrupts():
            code = run(Run(arguments, console))
        console.end_bar()
        console.out.flush()
        return code
    except (KeyboardInterrupt, Cancelled):
        console.say(msg("Stopped."))
        return STOPPED
    except DaftarError as error:
        if error.exit_code == BUG:
            return _bug(error, console)
        console.error(error)
        return error.exit_code
    except BrokenPipeError:
        raise
    except (UsageProblem, SystemExit):
        raise
    except OSError as error:
        console.error(_environment(error))
        return ENVIRONMENT
    except Exception as error:  # noqa: BLE001 - the last line of defence: a code and a report, never a traceback
        return _bug(error, console)


def _environment(error: OSError) -> EnvironmentProblem:
    """An operating system error nobody worded: its number and kind, without a path."""
    name = type(error).__name__
    return EnvironmentProblem(
        msg("The computer refused: {what}.", what=f"{name} {error.errno}"),
        msg("Check free space, permissions and that the disk is still connected."),
    )


def _bug(error: BaseException, console: Console) -> int:
    console.say(
        msg("Something is wrong in the program itself; it stopped. Error: {kind}.", kind=type(error).__name__)
    )
    report = excepthook.write_report(error, Path.cwd())
    if report is not None:
        console.say(
            msg("A report without any content of the notebook is in the file “{file}”.", file=report.name)
        )
    return BUG


def _usage(problem: UsageProblem, console: Console) -> int:
    console.say(problem.message)
    if problem.command is not None:
        console.say(msg("Usage: {usage}", usage=usage(problem.command)))
        console.say(msg("Help: {command}", command=f"daftar {problem.command.name} --help"))
    else:
        console.say(msg("Help: {command}", command="daftar --help"))
    return USAGE


def _unknown(word: str) -> UsageProblem:
    near = difflib.get_close_matches(word, [one.name for one in COMMANDS], 1)
    if near:
        return UsageProblem(
            msg("There is no command “{word}”. Perhaps {near} is meant.", word=word, near=near[0])
        )
    return UsageProblem(msg("There is no command “{word}”.", word=word))


def _window(words: list[str], console: Console) -> int:
    from desktop.bootstrap import run_window

    return run_window(words, console)


def _is_path(word: str) -> bool:
    return not word.startswith("-") and (os.sep in word or bool(os.altsep and os.altsep in word))


def _forget_stdout() -> None:
    """The reader of our output is gone; keep Python from complaining about it once more at the end."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    os.close(null)
