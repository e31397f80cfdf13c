"""The commands of the program: words, options, and the module that does each. Must not import any of those modules."""

from __future__ import annotations

from desktop.cli.parser import Command, Option, Positional
from i18n.message import Message, msg

ROLES = ("documenter", "lawyer", "coordinator", "translator")
AUDIENCES = ("filing", "government", "public", "interviewee")
DECOY_ACTIONS = ("create", "remove", "give-up", "state")
PURPOSES = (
    "share_lawyer",
    "un_wgad",
    "un_wgeid",
    "un_special_procedures",
    "un_treaty_body",
    "interpol_ccf",
    "ecthr",
    "unhcr",
)
UI_TAGS = ("en", "ru", "uz", "uz-Latn", "uz-Cyrl", "tg", "az")
TEXT_TAGS = ("ru", "uz", "uz-Latn", "uz-Cyrl", "tg", "az", "en", "mul")

NAME_COLUMNS = ("name_a", "lang_a", "name_b", "lang_b")

VAULT = Positional("vault", "VAULT", msg("the folder of the notebook"))
CASE = Option("--case", msg("the case, by its code or id"), "K", required=True)
JSON = Option("--json", msg("write the result as JSON, for scripts"))

COMMON = (
    Option("--lang-ui", msg("the language of messages"), "LANG"),
    Option("--help", msg("show this help")),
)
PASSPHRASE = Option(
    "--passphrase-file",
    msg("read the passphrase from the first line of a file; - is the standard input"),
    "PATH",
)
KEY_FILE = Option("--key-file", msg("the key file that belongs to the passphrase"), "PATH")
NEW_PASSPHRASE = Option(
    "--new-passphrase-file", msg("read the new passphrase from the first line of a file"), "PATH"
)

LIMIT = 20


def _command(
    name: str,
    summary: Message,
    *positionals: Positional,
    options: tuple[Option, ...] = (),
    vault: bool = True,
) -> Command:
    """One row; a command on a vault takes the passphrase option too."""
    keys = (PASSPHRASE, KEY_FILE) if vault else ()
    return Command(name, summary, f"desktop.cli.run_{name}", positionals, (*options, *keys, *COMMON))


_NEW = _command(
    "new",
    msg("create a notebook (a folder)"),
    VAULT,
    options=(
        Option("--label", msg("a name for the notebook, seen only after unlocking"), "L"),
        Option("--role", msg("who works with it: {roles}", roles=", ".join(ROLES)), "R", choices=ROLES),
    ),
)
_IMPORT = _command(
    "import",
    msg("take records in from an interchange file; all or nothing"),
    VAULT,
    Positional("file", "FILE.json", msg("the interchange file")),
)
_DUMP = _command(
    "dump",
    # critical
    msg("write the records out, unprotected, with everything they hold"),
    VAULT,
    options=(
        Option("--case", msg("only this case, by its code or id"), "K"),
        Option(
            "--output",
            msg("write into this file; attached files go into a folder beside it"),
            "FILE.json",
            "-o",
        ),
    ),
)
_FIND = _command(
    "find",
    msg("search in any script"),
    VAULT,
    Positional("query", "QUERY", msg("what to look for")),
    options=(JSON, Option("--limit", msg("how many results at most"), "N", kind="count")),
)
_READINESS = _command(
    "readiness",
    msg("what is still missing before a petition can be written"),
    VAULT,
    options=(CASE, Option("--for", msg("the procedure"), "PROCEDURE", required=True), JSON),
)
_DEADLINES = _command(
    "deadlines",
    msg("every deadline and open task"),
    VAULT,
    options=(Option("--today", msg("count from this day"), "DATE", kind="date"), JSON),
)
_DOSSIER = _command(
    "dossier",
    # critical
    msg("write the copies of a petition, each checked before it is written"),
    VAULT,
    options=(
        CASE,
        Option("--for", msg("the procedure"), "PROCEDURE", required=True),
        Option("--to", msg("the folder to write into"), "FOLDER", required=True),
        Option(
            "--audience",
            msg("only these copies; default: all the procedure has"),
            "A",
            repeat=True,
            choices=AUDIENCES,
        ),
        Option("--lang", msg("the language of the document"), "LANG"),
        Option(
            "--override",
            msg("a formal obstacle is accepted, with the written reason"),
            "FIELD=REASON",
            repeat=True,
        ),
        Option("--date", msg("the date shown on the pages"), "D", kind="date"),
        Option(
            "--possible",
            # critical
            msg("what becomes of possible mentions nobody has judged: hide them, or stop"),
            "hide|stop",
            choices=("hide", "stop"),
        ),
        Option("--json", msg("write the manifest as JSON, for scripts")),
    ),
)
_REDACT = _command(
    "redact",
    # critical
    msg("find and replace protected people in a plain text"),
    Positional("file", "FILE.txt", msg("the text, in UTF-8; - is the standard input")),
    options=(
        Option(
            "--lang",
            msg("the language of the text; mul: mixed or unknown"),
            "L",
            required=True,
            choices=TEXT_TAGS,
        ),
        Option("--vault", msg("the notebook with the protected people"), "VAULT"),
        Option("--case", msg("the case, by its code or id"), "K"),
        Option("--names", msg("the protected people, places and identifiers in a file"), "FILE.json"),
        Option("--audience", msg("for whom the text is meant"), "A", choices=AUDIENCES),
        Option(
            "--possible",
            msg("what becomes of possible mentions: keep or hide"),
            "keep|hide",
            choices=("keep", "hide"),
        ),
        JSON,
    ),
)
_CHECK = _command(
    "check",
    # critical
    msg("look for protected people in finished PDF files"),
    Positional("files", "FILE.pdf", msg("the files to check"), many=True),
    options=(
        Option("--vault", msg("the notebook with the protected people"), "VAULT", required=True),
        CASE,
        Option("--audience", msg("for whom the files are meant"), "A", choices=AUDIENCES),
        JSON,
    ),
)
_NAMES = _command(
    "names",
    msg("how alike two names are across scripts, with the reason"),
    Positional("pair", "A B", msg("two names"), many=True, needed=False),
    options=(
        Option("--tsv", msg("a table with the columns {columns}", columns=", ".join(NAME_COLUMNS)), "FILE"),
        JSON,
    ),
    vault=False,
)
_VERIFY = _command(
    "verify",
    msg("check that the notebook is whole and unchanged"),
    VAULT,
    options=(
        Option("--deep", msg("read every attached file too")),
        Option("--rebuild", msg("build lists and search anew from the history")),
        JSON,
    ),
)
_PASSPHRASE_COMMAND = _command(
    "passphrase",
    # critical
    msg("change the passphrase; the old one opens the notebook no more"),
    VAULT,
    options=(
        NEW_PASSPHRASE,
        Option("--new-key-file", msg("from now on this file is needed too"), "PATH"),
        # critical
        Option(
            "--without-key-file",
            msg("from now on no key file is needed; else the one you came in with stays"),
        ),
    ),
)
_KIT = _command(
    "kit",
    # critical
    msg("make the recovery code that opens the notebook when the passphrase is forgotten"),
    VAULT,
    options=(
        Option("--shares", msg("split it into three shares, any two of which open the notebook")),
        Option("--holder", msg("who keeps a share; may be given three times"), "NAME", repeat=True),
        Option(
            "--check", msg("change nothing; prove that the code in a file still opens the notebook"), "FILE"
        ),
    ),
)
_RECOVER = _command(
    "recover",
    # critical
    msg("open a notebook with its recovery code and set a new passphrase"),
    VAULT,
    options=(
        Option(
            "--kit-file",
            msg("the digits, or two shares, in a file; - is the standard input"),
            "F",
            required=True,
        ),
        NEW_PASSPHRASE,
    ),
    vault=False,
)
_DECOY = _command(
    "decoy",
    # critical
    msg("a second notebook for a quick look: make it, remove it, or give up the room for it"),
    VAULT,
    Positional("action", "|".join(DECOY_ACTIONS), msg("what to do; state says whether there is one")),
    options=(
        NEW_PASSPHRASE,
        Option("--label", msg("a name for the decoy, seen only after it was opened"), "L"),
        Option("--role", msg("who works with it: {roles}", roles=", ".join(ROLES)), "R", choices=ROLES),
        # critical
        Option("--understood", msg("the honest text was read; without it the program asks on the terminal")),
    ),
)
_BACKUP = _command(
    "backup",
    # critical
    msg("copy the whole notebook, locked as it is, into a new folder"),
    VAULT,
    Positional("folder", "FOLDER", msg("a new or empty folder, best on another disk")),
)
_RESTORE = _command(
    "restore",
    # critical
    msg("make a notebook out of a backup; the backup stays as it is"),
    Positional("folder", "FOLDER", msg("the folder of the backup")),
    Positional("vault", "VAULT", msg("a new or empty folder for the notebook")),
    options=(
        Option(
            "--rolling",
            msg("take the database from the 1st, 2nd or 3rd backup inside it"),
            "N",
            choices=("1", "2", "3"),
        ),
    ),
)
_PURGE = _command(
    "purge",
    # critical
    msg("make deletion final: what was deleted is taken out, what lives gets a new key"),
    VAULT,
)
_WIPE = _command(
    "wipe",
    # critical
    msg("destroy a notebook: its keys first, then its files; asks for the passphrase and one word"),
    VAULT,
    options=(Option("--word", msg("the word that is otherwise asked for on the terminal"), "WORD"),),
)
_EVIDENCE = _command(
    "evidence",
    # critical
    msg("write files of evidence into a folder, unprotected, with all that proves them"),
    VAULT,
    options=(
        CASE,
        Option("--to", msg("the folder to write into"), "FOLDER", required=True),
        Option(
            "--purpose",
            # critical
            msg("for whom, as people were asked; default: share_lawyer"),
            "P",
            choices=PURPOSES,
        ),
        Option("--item", msg("only this evidence, by its id"), "ID", repeat=True),
        Option("--lang", msg("the language of the description"), "LANG"),
        JSON,
    ),
)
_SCHEMA = _command("schema", msg("the JSON Schema of the interchange file"), vault=False)
_FORMS = _command(
    "forms", msg("the procedures, their version and when they were checked"), options=(JSON,), vault=False
)
_DEMO = _command(
    "demo",
    msg("make a demonstration notebook with invented people, and its dossiers"),
    Positional("folder", "FOLDER", msg("a new or empty folder")),
    vault=False,
)
_SELFTEST = _command("selftest", msg("the installed program checks itself"), vault=False)

COMMANDS: tuple[Command, ...] = (
    _NEW,
    _IMPORT,
    _DUMP,
    _FIND,
    _READINESS,
    _DEADLINES,
    _DOSSIER,
    _REDACT,
    _CHECK,
    _NAMES,
    _VERIFY,
    _PASSPHRASE_COMMAND,
    _KIT,
    _RECOVER,
    _DECOY,
    _BACKUP,
    _RESTORE,
    _PURGE,
    _WIPE,
    _EVIDENCE,
    _SCHEMA,
    _FORMS,
    _DEMO,
    _SELFTEST,
)


def command(name: str) -> Command | None:
    """The command of that name."""
    return next((one for one in COMMANDS if one.name == name), None)
