"""Where the program starts: the window, a command, a worker or the lock screen. Must not import more than it needs."""

from __future__ import annotations

import os
import sys

STOPPED = 130

if not __package__:  # started by path (`python -I …/__main__.py`): make the rooms importable
    program = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))  # noqa: PTH120 - pathlib is slow to load
    sys.path.insert(0, program)
    if __file__.endswith(".pyc"):  # a folder build: its libraries lie beside the program
        sys.path.append(os.path.join(os.path.dirname(program), "packages"))  # noqa: PTH118, PTH120


def main(arguments: list[str] | None = None) -> int:
    """Run the program with the given arguments (default: the command line's); the exit code."""
    argv = sys.argv[1:] if arguments is None else arguments
    if argv[:1] == ["--worker"]:
        from desktop.worker_main import main as worker

        return worker(decoding=argv[1:2] == ["decode"])
    if argv[:1] == ["--recorder"]:
        from desktop.recorder_main import main as recorder

        return recorder()
    import logging

    from desktop.hardening import scrub_environment

    logging.disable()  # libraries log pieces of the files they read
    scrub_environment()
    from desktop.cli import main as command_line

    return command_line(argv)


def guarded_main() -> int:
    """`main`, stopped quietly also while it is still loading; once it has ended, a late Ctrl-C no longer changes how."""
    code = STOPPED
    try:
        code = main()
    except KeyboardInterrupt:
        pass
    finally:
        import signal

        signal.signal(signal.SIGINT, signal.SIG_IGN)
    return code


if __name__ == "__main__":
    raise SystemExit(guarded_main())
