# Every door of the project. `just` lists them.

python := ".venv/bin/python"

# list the doors
default:
    @just --list --unsorted

# set everything up and open the window
run *ARGS:
    python3 packaging/checkout.py run {{ARGS}}

# set everything up and run every check, as continuous integration does
check *ARGS:
    python3 packaging/checkout.py test {{ARGS}}

# make dist/Daftar: the program in one folder that needs no Python
build *ARGS:
    python3 packaging/build.py {{ARGS}}

# the tests alone
test *ARGS:
    QT_QPA_PLATFORM=offscreen {{python}} -m pytest {{ARGS}}

# bring the sources into shape
format:
    .venv/bin/ruff check --fix --select I .
    .venv/bin/ruff format .

# extract the texts, update and compile the catalogs, check them
i18n:
    {{python}} -m i18n.extract
    {{python}} -m i18n.check

# write the JSON Schema of the interchange file anew
schema:
    {{python}} packaging/schema_diff.py --write

# the figures: the finder's recall and precision, then unlock, import and find at 10,000 interviews
bench:
    {{python}} -m tests.bench.redaction.run --speed
    {{python}} tests/bench/bench_search.py
    {{python}} tests/bench/bench_vault.py

# draw every screen in every language to PNG
gallery *ARGS:
    QT_QPA_PLATFORM=offscreen {{python}} -m ui.gallery {{ARGS}}

# draw the pictures of the README
shots *ARGS:
    QT_QPA_PLATFORM=offscreen {{python}} -m ui.gallery --shots --out docs/pictures {{ARGS}}

# the long crash test: a thousand kills
kills *ARGS:
    {{python}} tests/bench/kill_vault.py --kills 1000 {{ARGS}}

# two hours of sound through five locks, fifty kills of recorders and windows
recordings *ARGS:
    {{python}} tests/bench/record_locks.py {{ARGS}}

# the long attacks, by their marker
mutations *ARGS:
    QT_QPA_PLATFORM=offscreen {{python}} -m pytest tests -m slow {{ARGS}}

# faults at every system call, 10,000 power cuts, 5,000 flipped bits, exchanges, kills of the window, times at the door
attacks: faults power-cuts flips exchanges window-kills timing

# killed, disk error or disk full at every system call
faults *ARGS:
    {{python}} -m tests.attacks.faults {{ARGS}}

# what a disk may hold after a power cut, ten thousand times
power-cuts *ARGS:
    {{python}} -m tests.attacks.replay {{ARGS}}

# flipped bits in every kind of file
flips *ARGS:
    {{python}} -m tests.attacks.flips {{ARGS}}

# pages, files, headers and rows put in the place of others
exchanges *ARGS:
    {{python}} -m tests.attacks.exchanges {{ARGS}}

# the real window killed while it copies, purges, changes passphrases, makes a decoy or a kit
window-kills *ARGS:
    {{python}} -m tests.attacks.window_kills {{ARGS}}

# right, decoy and wrong passphrases: medians and their differences; on a quiet machine
timing *ARGS:
    {{python}} -m tests.attacks.timing {{ARGS}}
