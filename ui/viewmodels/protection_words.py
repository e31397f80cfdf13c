"""What protects a notebook and what does not, in the reader's words, by situation. Must not promise what no test of the project shows.

The page docs/threat-model.md holds the same sentences; tests/architecture/test_threat_model.py compares them. `rows` are the
numbers of that page's table "Who may want what".
"""

from __future__ import annotations

from i18n.message import Message, msg
from ui.viewmodels.protection_parts import Point, Situation

INTRODUCTION = msg(
    "Daftar protects what is written in this notebook. It cannot protect a person. Here stands what it does, what it"
    " does not do, and what you can do. Read it once while you are calm."
)

_TAKEN = (
    Point(
        (1,),
        msg("It was switched off"),
        # critical
        msg(
            "Everything in the notebook is encrypted, and the program itself writes nothing of it anywhere else, except"
            " the files that you export. Whoever takes the disk must guess the passphrase, and every guess costs time."
            " Your notebook is as strong as your passphrase."
        ),
        # critical
        msg(
            "Use seven random words. Write the recovery digits by hand and keep them in another place than the computer."
        ),
    ),
    Point(
        (7,),
        msg("It was out of your sight and comes back"),
        # critical
        msg(
            "Somebody who had the computer may have changed the program, or added one that records what you type. Daftar"
            " cannot see this from inside."
        ),
        # critical
        msg(
            "If your computer was out of your sight with the police, do not type your passphrase into it again. Open a"
            " backup on another computer."
        ),
    ),
    Point(
        (14,),
        msg("An old copy is put back"),
        msg(
            "Somebody can put back yesterday’s copy of the whole notebook. The program alone cannot notice this, because"
            " the old copy is genuine. If only a part of it is put back, the program notices when it opens or checks the"
            " notebook, and says so."
        ),
        msg(
            "Note the closing code when you lock, and compare the closing code if your computer was taken and returned."
        ),
    ),
)

_FORCED = (
    Point(
        (3,),
        msg("They want the passphrase"),
        # critical
        msg(
            "No program protects you from violence. Whoever has the passphrase reads everything in this notebook. Daftar"
            " never asks for a finger or a face, because these can be forced from anybody."
        ),
        # critical
        msg(
            "If you must give a passphrase, your safety comes first. Carry nothing that you do not need: what is not on"
            " this computer cannot be taken from it."
        ),
    ),
    Point(
        (4,),
        msg("They ask for a second passphrase"),
        # critical
        msg(
            "A decoy notebook can satisfy a quick look at the program. It does not withstand an examination of your disk,"
            " and people who know this program know that decoys exist. Nobody can prove that there is none, so a decoy can"
            " make an interrogation longer. There is none until you make one."
        ),
        # critical
        msg("Decide with your coordinator before you use it."),
    ),
    Point(
        (3, 5),
        msg("You destroy the notebook in time"),
        # critical
        msg(
            "“Destroy this notebook” overwrites the keys first, within about a second, and then removes the files. It does not"
            " reach backups, exported files or copies in a cloud. On SSD, USB and SD memory a laboratory may still find an"
            " old copy of the keys; then only the passphrase protects them. No passphrase wipes the notebook by being"
            " typed, because that would be punished too."
        ),
        # critical
        msg(
            "Destroying evidence can be a crime. Think about it before you need it, with a lawyer who knows the country"
            " where you are."
        ),
    ),
    Point(
        (3,),
        msg("It should not be noticed"),
        msg(
            "Until it is unlocked, the window shows a neutral name and no political word. This does not make the program"
            " invisible: the list of programs, traces in the system and the download show that it was here."
        ),
        msg("If it is dangerous to be found with this program, do not carry it."),
    ),
)

_OPEN = (
    Point(
        (2,),
        msg("The computer is running or asleep"),
        # critical
        msg(
            "The notebook locks when nobody touches the computer for some minutes, and when the system says that the screen is"
            " locked, the lid closed or the computer going to sleep. Locking ends the program, so that texts and keys leave the memory. During an interview the"
            " page can be covered by a short PIN instead; the keys then stay in memory. A running or sleeping computer can"
            " give up its memory."
        ),
        # critical
        msg("Lock before you leave the table. Shut the computer down before a crossing."),
    ),
    Point(
        (2, 5),
        msg("The system writes memory to the disk"),
        msg(
            "When memory is short, the system moves a part of it to the disk; when it hibernates, all of it. Texts and keys"
            " of an open notebook can be among it, and Daftar cannot prevent or undo that."
        ),
        msg(
            "Encrypt the whole disk, switch hibernation off, and read at the end of this page what is true of this computer."
        ),
    ),
    Point(
        (20,),
        msg("Somebody sees the screen"),
        msg(
            "Lists show codes, and names can be hidden. What is on the screen can be read and photographed by everybody who"
            " sees it."
        ),
        msg("Sit with a wall behind you. Ctrl+Shift+L locks at once, Ctrl+Shift+D hides the names."),
    ),
)

_INFECTED = (
    Point(
        (6,),
        msg("A spying program runs on it"),
        # critical
        msg(
            "If the computer is infected, this program cannot protect what you type. Such a program sees the screen, the"
            " keys and the memory."
        ),
        # critical
        msg("Use a separate, offline computer for the notebook, and nothing else on it."),
    ),
    Point(
        (6,),
        msg("Screenshots, copying, printing"),
        msg(
            "Testimony that you copy stays inside the program. What is printed passes through the print queue and can stay"
            " inside the printer, readable for others. Pictures of the screen can be taken by other programs; at the end of"
            " this page stands whether this system prevents it."
        ),
        msg("Do not share your screen in a call while the notebook is open."),
    ),
    Point(
        (17,),
        msg("The program itself is false"),
        msg(
            "Daftar is built from few parts, each known by its checksum, and tests itself when asked. Still, a poisoned part"
            " or a false copy would look the same, and a false program would say that all is well."
        ),
        msg("Take the program from your organisation, by hand, not from a link that somebody sent you."),
    ),
    Point(
        (18,),
        msg("Somebody watches the network"),
        msg(
            "The program never connects: it has no account, asks for no updates and reports nothing. That it was once"
            " downloaded may be known to others."
        ),
        msg("If something asks for a connection, it is not this program. Keep Wi-Fi off while you work."),
    ),
)

_SENT = (
    Point(
        (12,),
        msg("A paper is published"),
        # critical
        msg(
            "A public copy is written anew, without the names and places that you protect, and checked before it is kept. We"
            " remove what the file says. People may still recognise the story."
        ),
        # critical
        msg("Let a second person who knows the place read it before it leaves."),
    ),
    Point(
        (8,),
        msg("A file is on its way"),
        # critical
        msg(
            "Files that you export are not encrypted: everybody through whose hands they pass can read, copy and keep them,"
            " also a provider or a border guard. A backup of the notebook is encrypted; others can see that you carry it and"
            " how large it is, and can take it away."
        ),
        # critical
        msg("Hand files over in person where you can, and remove them from the computer afterwards."),
    ),
    Point(
        (9,),
        msg("You do not know who receives it"),
        # critical
        msg(
            "The program cannot know who is at the other end. A false lawyer or coordinator can have a true name and a true"
            " picture."
        ),
        # critical
        msg("If you did not check in person or by a voice that you know, you may be writing to the police."),
    ),
    Point(
        (19,),
        msg("A copy is kept for years"),
        msg(
            "Somebody may keep a copy of the notebook and try again with the machines of the future. No machine is known, also"
            " no quantum computer, that would break its encryption. Guessing weak passphrases becomes easier every year."
        ),
        msg("Choose a passphrase for decades: the seven words that the program proposes."),
    ),
)

_TRUSTED = (
    Point(
        (10,),
        msg("Somebody among you informs or invents"),
        msg(
            "The program shows where a record came from, not whether it is true. It reads the files it is given as data only,"
            " and refuses those that are faulty."
        ),
        msg("Ask who else knows it, and rely on nothing that has one source only."),
    ),
    Point(
        (11,),
        msg("A coordinator is arrested"),
        msg(
            "The coordinator is the greatest risk: whoever can open many notebooks loses them all at once. By itself nobody but"
            " you can open this one, and one share of the recovery code alone opens nothing."
        ),
        msg("Keep regions apart, in separate notebooks, and merge only what must be merged."),
    ),
    Point(
        (13,),
        msg("Somebody with the passphrase changes or backdates"),
        msg(
            "Every change is signed and stands in a chain, so that a later silent change of what was signed is found. Dates are"
            " only claimed: the clock of a laptop proves nothing."
        ),
        msg(
            "Where a day matters, give the evidence package to somebody outside and let them write down the day."
        ),
    ),
)

_DELETED = (
    Point(
        (5,),
        msg("You delete in the notebook"),
        # critical
        msg(
            "What is deleted is no longer shown or used. So that nobody can bring it back from the disk, make deletion final:"
            " the notebook gets a new key and its own backups are made anew. Backups elsewhere and files that were exported still hold it."
        ),
        # critical
        msg("After a withdrawal, make deletion final, then make a new backup and destroy the old ones."),
    ),
    Point(
        (5,),
        msg("A laboratory examines the disk"),
        # critical
        msg(
            "On modern disks erasing is not certain: old pieces, also of the keys, can stay where no program reaches them, in"
            " snapshots of the system or in a cloud. What was never stored is the only thing that is surely gone."
        ),
        # critical
        msg(
            "If you must be able to erase, use a key file on a memory card and have no kit and no other way in: then to destroy"
            " the card is real erasure."
        ),
    ),
    Point(
        (5,),
        msg("The original lies elsewhere"),
        # critical
        msg("The phone, the camera or the memory card still holds the photo or the sound that you took in."),
        # critical
        msg("Remove it there too, and expect that a laboratory could bring it back."),
    ),
    Point(
        (5, 14),
        msg("Backups elsewhere"),
        # critical
        msg(
            "A backup is a whole notebook. It opens with the passphrase and the digits of the day on which it was made, also"
            " when you change the passphrase later."
        ),
        # critical
        msg(
            "Keep few backups, know where each of them is, and replace them all after you change the passphrase."
        ),
    ),
)

_LOST = (
    Point(
        (16,),
        msg("You forget the passphrase"),
        # critical
        msg(
            "Without passphrase and recovery digits nobody, including us, can open it. Two of the three shares do the same as"
            " the digits."
        ),
        # critical
        msg("Make the recovery kit on the first day, and try it when the program reminds you."),
    ),
    Point(
        (15,),
        msg("The power goes, the disk is full, a stick breaks"),
        # critical
        msg(
            "Saved means saved: what the program called saved stays when the power goes or the disk is full. A broken, lost or"
            " stolen disk takes the notebook with it."
        ),
        # critical
        msg("Make a backup every week on another medium, and keep it in another place."),
    ),
)

_OUTSIDE = (
    Point(
        (),
        msg("Devices, rooms, the law"),
        msg(
            "Daftar does not protect against devices hidden in the computer or in the room, against signals that the computer"
            " gives off, against faults below the operating system, or against people who follow you. It gives no right to keep"
            " silent: whether a lawyer’s notes are protected is a matter of law."
        ),
        msg("Ask a lawyer, before you travel, what can be demanded of you there."),
    ),
)

SITUATIONS: tuple[Situation, ...] = (
    Situation("taken", msg("If the computer is taken"), _TAKEN),
    Situation("forced", msg("If somebody forces you"), _FORCED),
    Situation("open", msg("If it is stolen while open"), _OPEN),
    Situation("infected", msg("If the computer is infected"), _INFECTED),
    Situation("sent", msg("What you send"), _SENT),
    Situation("trusted", msg("Whom you trust"), _TRUSTED),
    Situation("deleted", msg("Deleting"), _DELETED),
    Situation("lost", msg("If you forget, or something breaks"), _LOST),
    Situation("outside", msg("What no program can do"), _OUTSIDE),
)
COMPUTER = msg("What this computer allows")
NOTHING_KNOWN = msg("Nothing is known of this computer.")
NO_WEAKNESS = msg(
    "Swap, hibernation, disk encryption and the notebook’s place: the program found nothing to warn of."
)


def all_texts() -> tuple[Message, ...]:
    """Every message above that the page in docs repeats."""
    found = [INTRODUCTION, COMPUTER]
    for situation in SITUATIONS:
        found.append(situation.title)
        for point in situation.points:
            found += [point.when, point.truth, *([point.act] if point.act is not None else [])]
    return tuple(found)
