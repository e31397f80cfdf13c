"""A window that begins one piece of long work on a notebook and tells when: to be killed in the middle. Run as a program."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer

from ui.app import App, make_application
from ui.gallery.__main__ import make_program
from ui.viewmodels.care import CareModel
from ui.viewmodels.evidence_package import EvidencePackageModel


def main(folder: Path, work: str, target: Path, record: str) -> int:
    """Open, begin, print a line when it runs and one when it ended."""
    application = make_application(["care"])
    app = App(replace(make_program(folder), lock=lambda _parts, _folder: None))
    app.show()
    app.gate_model.unlock(bytearray(b"gallery"))
    begun: list[object] = []

    def begin() -> None:
        if app.window.shell is None or begun:
            return
        if work == "evidence":
            package = EvidencePackageModel(app.context, app)
            begun.append(package)
            package.changed.connect(
                lambda: package.state.chosen and not package.state.running and start(package)
            )
            package.load(record)
            return
        care = CareModel(app.context, app)
        begun.append(care)
        {"copy": lambda: care.copy(target), "purge": care.purge, "go_back": lambda: care.go_back(1, target)}[
            work
        ]()
        say("running")
        care.changed.connect(lambda: care.state.busy or end())

    def start(package: EvidencePackageModel) -> None:
        if package.state.outcome is not None:
            end()
        else:
            say("running")
            package.write(target)

    def end() -> None:
        say("ended")
        application.quit()

    def say(word: str) -> None:
        sys.stdout.write(word + "\n")
        sys.stdout.flush()

    timer = QTimer()
    timer.setInterval(5)
    timer.timeout.connect(begin)
    timer.start()
    application.exec()
    app.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4]))
