"""What is asked for each purpose of consent, in words to be read aloud, and what the strip says. Must not decide what follows."""

from __future__ import annotations

from i18n.message import Message, msg, pmsg

# The four questions asked first (the others when their purpose arises): name, words, the purposes they decide.
QUICK: tuple[tuple[str, Message, tuple[str, ...]], ...] = (
    # critical
    (
        "keep",
        msg("May our organisation keep safe what you tell, also encrypted away from this laptop?"),
        ("keep",),
    ),
    # critical
    ("record", msg("May I record our voices?"), ("record_audio",)),
    # critical
    (
        "share",
        msg("May I show it to my coordinator and to a lawyer who may help you?"),
        ("share_coordinator", "share_lawyer"),
    ),
    # critical
    ("contact", msg("May we contact you again?"), ("contact_again",)),
)

QUESTIONS: dict[str, Message] = {
    # critical
    "keep": msg("May our organisation keep safe what you tell, also encrypted away from this laptop?"),
    # critical
    "record_audio": msg("May I record our voices?"),
    # critical
    "take_photographs": msg("May I take photographs, for example of papers or injuries?"),
    # critical
    "share_coordinator": msg("May I show it to my coordinator?"),
    # critical
    "share_lawyer": msg("May I show it to a lawyer who may help you?"),
    # critical
    "un_wgad": msg("May it go to the United Nations Working Group on Arbitrary Detention?"),
    # critical
    "un_wgeid": msg(
        "May it go to the United Nations Working Group on Enforced or Involuntary Disappearances?"
    ),
    # critical
    "un_special_procedures": msg("May it go to other independent experts of the United Nations?"),
    # critical
    "un_treaty_body": msg("May it go to a committee of the United Nations that hears complaints?"),
    # critical
    "interpol_ccf": msg("May it go to the Commission that checks the files of Interpol?"),
    # critical
    "ecthr": msg(
        "May it go to the European Court of Human Rights? The State complained of reads what is filed there."
    ),
    # critical
    "unhcr": msg("May it go to the United Nations refugee agency?"),
    # critical
    "name_to_government": msg("May the Government of {country} learn your name?"),
    # critical
    "name_in_public": msg("May your name stand in what we publish?"),
    # critical
    "publish_anonymised": msg(
        "May we publish what happened, without your name and without what would show who you are?"
    ),
    # critical
    "statistics": msg("May we count it in figures, without your name?"),
    # critical
    "contact_again": msg("May we contact you again?"),
    # critical
    "contact_family": msg("May we contact your family?"),
}

# What the consent page asks, in groups; the strip follows the same order.
GROUPS: tuple[tuple[Message, tuple[str, ...]], ...] = (
    (msg("Keeping"), ("keep", "record_audio", "take_photographs")),
    (msg("People who help"), ("share_coordinator", "share_lawyer", "contact_again", "contact_family")),
    (
        msg("Bodies"),
        ("un_wgad", "un_wgeid", "un_special_procedures", "un_treaty_body", "interpol_ccf", "ecthr", "unhcr"),
    ),
    (msg("Governments"), ("name_to_government",)),
    (msg("The public"), ("publish_anonymised", "name_in_public", "statistics")),
)

SHORT: dict[str, Message] = {
    "keep": pmsg("consent strip", "keep"),
    "record_audio": pmsg("consent strip", "record the voice"),
    "take_photographs": pmsg("consent strip", "photographs"),
    "share_coordinator": pmsg("consent strip", "to the coordinator"),
    "share_lawyer": pmsg("consent strip", "to a lawyer"),
    "un_wgad": pmsg("consent strip", "to the UN (WGAD)"),
    "un_wgeid": pmsg("consent strip", "to the UN (WGEID)"),
    "un_special_procedures": pmsg("consent strip", "to UN experts"),
    "un_treaty_body": pmsg("consent strip", "to a UN committee"),
    "interpol_ccf": pmsg("consent strip", "to the Interpol Commission"),
    "ecthr": pmsg("consent strip", "to the European Court"),
    "unhcr": pmsg("consent strip", "to UNHCR"),
    "name_to_government": pmsg("consent strip", "name to a Government"),
    "name_in_public": pmsg("consent strip", "name in public"),
    "publish_anonymised": pmsg("consent strip", "published without the name"),
    "statistics": pmsg("consent strip", "statistics"),
    "contact_again": pmsg("consent strip", "contact again"),
    "contact_family": pmsg("consent strip", "contact the family"),
}

ANSWERS: tuple[tuple[str, Message], ...] = (
    # critical
    ("yes", pmsg("consent", "Yes")),
    # critical
    ("no", pmsg("consent", "No")),
    # critical
    ("declined", pmsg("consent", "Did not want to say")),
    # critical
    ("not_asked", pmsg("consent", "Not asked")),
)
STATES: tuple[str, ...] = ("TJ", "UZ", "AZ")
TEXT_VERSION = "1"
