"""The window: the front door of this room. Must not be imported by the rooms below.

`start(program, argv)` shows the window and returns the exit code when it is closed.
"""

from __future__ import annotations

from collections.abc import Sequence

from ui.context import Lockable, Program

__all__ = ["Lockable", "Program", "start"]


def start(program: Program, argv: Sequence[str] = ()) -> int:
    """Show the window and run until it is closed; the one place where Qt's event loop runs. Main thread."""
    from ui.app import App, make_application

    application = make_application(argv)
    app = App(program)
    app.show()
    return application.exec()
