"""Why a place is shown to the reviewer, in one sentence. Must not decide what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping

from i18n.message import Message, msg
from ui.viewmodels.redaction_review_model import HINT, Mention

_KINDS: Mapping[str, Message] = {
    "person": msg("A person not chosen yet"),
    "place": msg("Place"),
    "identifier": msg("Number, address or account"),
    "marked": msg("Marked by you"),
    HINT: msg("Not registered"),
}
_HOW: Mapping[str, Message] = {
    "exact": msg("Written like a name of {who}, but it may be a common word or somebody else."),
    "inflected": msg("May be a form of a name of {who}."),
    "script": msg("May be a name of {who} in another script."),
    "spelling": msg("Spelt almost like a name of {who}."),
    "part": msg("Only a part of a name of {who}; it may be somebody else."),
    "handle": msg("An account or address that looks like a name of {who}."),
}
_SUGGESTED: Mapping[str, Message] = {
    "name": msg("A name that nobody has registered."),
    "birth_date": msg("A date of birth."),
    "document": msg("The number of a document."),
    "phone": msg("A telephone number."),
    "email": msg("An e-mail address."),
    "account": msg("An account in a network."),
    "address": msg("An address."),
    "occupation": msg("By these words somebody may be known."),
}


def kind_words(kind: str) -> Message:
    """What a group of mentions without a person is called."""
    return _KINDS.get(kind, _KINDS["identifier"])


def reason_words(mention: Mention, people: Mapping[str, tuple[str, str]]) -> Message:
    """Why somebody has to look at this place."""
    codes = [people[who][0] for who in mention.candidates if who in people]
    if len(codes) > 1:
        return msg("May mean {first} or {second}. Who is it?", first=codes[0], second=codes[1])
    if mention.kind == HINT:
        return _SUGGESTED.get(mention.how, _SUGGESTED["occupation"])
    who = people.get(mention.subject or "", ("", ""))[0] or (codes[0] if codes else "")
    source = _HOW.get(mention.how, _HOW["part"])
    if not who:
        return msg("Looks like a place, number or address that is to be hidden.")
    return Message(source.source, {"who": who})
