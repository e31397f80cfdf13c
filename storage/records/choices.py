"""The closed lists of words a field may hold, with what a person reads for each. Must not hold taxonomy or bodies."""

from __future__ import annotations

from i18n.message import msg, pmsg
from storage.records.kinds import Choices

BLANK_WORDS: Choices = {
    "unknown": msg("Not known"),
    "not_asked": msg("Not asked"),
    "declined": msg("Did not want to answer"),
    "withheld": msg("Withheld for safety"),
    "not_applicable": msg("Does not apply"),
}
YES_NO: Choices = {"true": msg("Yes"), "false": msg("No")}
CONFIDENTIALITY: Choices = {
    "C0": msg("May go to a Government"),
    "C1": msg("Only with the person’s specific consent"),
    "C2": msg("To a secretariat only, on its own sheet"),
    "C3": msg("Never leaves the notebook on paper"),
}
SEX: Choices = {"female": msg("Female"), "male": msg("Male"), "other": pmsg("sex", "Other")}
NAME_KIND: Choices = {
    "legal": pmsg("name", "Legal name"),
    "birth": msg("Name at birth"),
    "married": msg("Married name"),
    "religious": msg("Religious name"),
    "other_spelling": msg("Other spelling"),
    "alias": msg("Alias"),
    "nickname": msg("Nickname"),
    "former": msg("Former name"),
    "honorific": msg("Honorific form"),
    "passport_mrz": msg("As in the passport"),
    "court_file": msg("As in the court file"),
    "asylum_file": msg("As in the asylum file"),
}
EXILE_CATEGORY: Choices = {
    "insider": msg("Former member of the government or family of one"),
    "opposition": msg("Member of the opposition"),
    "religious": msg("Religious figure or alleged religious extremist"),
    "civic": msg("Journalist, academic or civil society activist"),
}
IDENTITY_BASIS: Choices = {
    "document_seen": msg("Document seen"),
    "copy": msg("Copy of a document"),
    "unhcr_or_asylum_card": msg("UNHCR or asylum card"),
    "known_to_colleague": msg("Known to a colleague"),
    "vouched": msg("Somebody vouched for the person"),
    "self_stated": msg("As the person said"),
    "doubtful": msg("Doubtful"),
}
ADDRESS_KIND: Choices = {
    "real": msg("Where the person lives"),
    "safe_postal": msg("Safe postal address"),
    "care_of": msg("Care of somebody"),
}
HOST_STATUS: Choices = {
    "asylum_seeker": msg("Asylum seeker"),
    "refugee": msg("Refugee"),
    "subsidiary": msg("Subsidiary protection"),
    "temporary": msg("Temporary protection"),
    "residence": msg("Residence permit"),
    "naturalised": msg("Naturalised"),
    "none": msg("No status"),
    "refused": msg("Refused"),
}
PROTECTION: Choices = {
    "none": pmsg("protection", "Name is printed"),
    "pseudonym": msg("Pseudonym"),
    "hidden": msg("Hidden"),
}
SESSION_MODE: Choices = {
    "in_person": msg("In person"),
    "phone": msg("By phone"),
    "video": msg("By video"),
    "written": msg("In writing"),
    "from_paper": msg("From paper"),
}
NARRATIVE_KIND: Choices = {
    "original": pmsg("narrative", "Original"),
    "translation": msg("Translation"),
    "summary": msg("Summary"),
    "addendum": msg("Addendum"),
}
PARAGRAPH_STATE: Choices = {
    "missing": pmsg("paragraph", "Missing"),
    "draft": pmsg("paragraph", "Draft"),
    "checked": pmsg("paragraph", "Checked"),
    "stale": pmsg("paragraph", "Original changed since"),
}
OFF_RECORD: Choices = {
    "delete": msg("Delete"),
    "keep_only_me": msg("Keep, only for me"),
    "include": msg("Include"),
}
DURESS: Choices = {
    "none": pmsg("duress", "None"),
    "suspected": pmsg("duress", "Suspected"),
    "confirmed": pmsg("duress", "Confirmed"),
}
REVIEW_STATE: Choices = {
    "draft": pmsg("review", "Draft"),
    "closed": pmsg("review", "Closed"),
    "in_review": pmsg("review", "In review"),
    "returned": pmsg("review", "Returned"),
    "accepted": pmsg("review", "Accepted"),
}
CAPACITY: Choices = {
    "self": msg("The person"),
    "guardian": msg("Guardian"),
    "spouse": msg("Husband or wife"),
    "parent": msg("Parent"),
    "child": msg("Son or daughter"),
    "sibling": msg("Brother or sister"),
    "heir": msg("Heir"),
    "authorised_lawyer": msg("Authorised lawyer"),
}
WHY_NOT_SELF: Choices = {
    "disappeared": msg("Disappeared"),
    "no_contact": msg("No contact"),
    "dead": msg("Dead"),
    "minor": msg("A minor"),
    "incapacity": msg("Not able to decide"),
}
CONSENT_MANNER: Choices = {
    "signed": msg("Signed"),
    "mark": msg("By a mark"),
    "oral_recorded": msg("Spoken and recorded"),
    "oral_witnessed": msg("Spoken before a witness"),
}
ASSENT: Choices = {"yes": msg("Yes"), "no": msg("No")}
DECISION: Choices = {
    "yes": msg("Yes"),
    "no": msg("No"),
    "declined": msg("Did not want to answer"),
    "not_asked": msg("Not asked"),
}
WITHDRAWAL_SCOPE: Choices = {
    # critical
    "all": msg("Everything"),
    # critical
    "passage": msg("One passage"),
    # critical
    "purpose": msg("One purpose"),
}
PURPOSE: Choices = {
    # critical
    "keep": msg("Keep this safe, also encrypted away from this laptop"),
    # critical
    "record_audio": msg("Record the voice"),
    # critical
    "take_photographs": msg("Take photographs"),
    # critical
    "share_coordinator": msg("Share with the coordinator"),
    # critical
    "share_lawyer": msg("Share with a lawyer"),
    # critical
    "un_wgad": msg("UN Working Group on Arbitrary Detention"),
    # critical
    "un_wgeid": msg("UN Working Group on Enforced Disappearances"),
    # critical
    "un_special_procedures": msg("UN special procedures"),
    # critical
    "un_treaty_body": msg("UN treaty bodies"),
    # critical
    "interpol_ccf": msg("Commission for the Control of INTERPOL’s Files"),
    # critical
    "ecthr": msg("European Court of Human Rights"),
    # critical
    "unhcr": msg("UNHCR"),
    # critical
    "name_to_government": msg("Tell the name to a Government"),
    # critical
    "name_in_public": msg("Print the name in public"),
    # critical
    "publish_anonymised": msg("Publish without the name"),
    # critical
    "statistics": msg("Count in statistics"),
    # critical
    "contact_again": msg("Contact the person again"),
    # critical
    "contact_family": msg("Contact the family"),
}
PURPOSES: tuple[str, ...] = tuple(PURPOSE)
RELATION_IN_TIME: Choices = {
    "before": pmsg("time", "Before"),
    "after": pmsg("time", "After"),
    "same": pmsg("time", "At the same time"),
}
CHANNEL: Choices = {"formal": msg("Formal"), "informal": msg("Informal")}
BASIS: Choices = {
    "experienced": msg("Lived through it"),
    "saw": msg("Saw it"),
    "heard": msg("Heard it happen"),
    "told_by": msg("Was told by somebody"),
    "read": msg("Read it"),
    "inferred": msg("Concluded it"),
    "rumour": msg("Rumour"),
}
SUPPORTS: Choices = {"yes": msg("Yes"), "no": msg("No"), "in_part": msg("In part")}
CONFIDENCE: Choices = {
    "high": pmsg("confidence", "High"),
    "medium": pmsg("confidence", "Medium"),
    "low": pmsg("confidence", "Low"),
}
INSTRUMENT: Choices = {
    "minsk_1993": msg("Minsk Convention of 1993"),
    "sco": msg("Shanghai Cooperation Organisation"),
    "csto": msg("Collective Security Treaty Organization"),
    "bilateral": msg("Treaty between two States"),
    "deportation": msg("Deportation"),
    "none": pmsg("instrument", "None"),
}
PROCEEDING_KIND: Choices = {
    "complaint": msg("Complaint"),
    "appeal": msg("Appeal"),
    "habeas_corpus": msg("Habeas corpus"),
    "detention_review": msg("Review of detention"),
    "criminal_trial": msg("Criminal trial"),
    "extradition": msg("Extradition"),
    "expulsion": msg("Expulsion"),
    "asylum": msg("Asylum"),
    "constitutional": msg("Constitutional complaint"),
    "interim_measure": msg("Interim measure"),
    "un_communication": msg("Communication to a UN body"),
    "interpol_ccf": msg("Request to the Commission for the Control of INTERPOL’s Files"),
    "ecthr_application": msg("Application to the European Court of Human Rights"),
    "other": pmsg("proceeding", "Other"),
}
RECEIVED_BY: Choices = {"applicant": msg("Applicant"), "lawyer": msg("Lawyer")}
WHOLE_OR_PART: Choices = {"whole": pmsg("evidence", "Whole"), "part": pmsg("evidence", "Part")}
AUTHORITY_SCOPE: Choices = {
    "ecthr": msg("European Court of Human Rights"),
    "wgad": msg("UN Working Group on Arbitrary Detention"),
    "wgeid": msg("UN Working Group on Enforced Disappearances"),
    "ccf": msg("Commission for the Control of INTERPOL’s Files"),
    "treaty_body": msg("UN treaty bodies"),
    "domestic": msg("Domestic authorities"),
}
SIGNATURE: Choices = {
    "ink": pmsg("signature", "In ink"),
    "scan": pmsg("signature", "Scan"),
    "mark": pmsg("signature", "Mark"),
}
AUDIENCE: Choices = {
    "filing": msg("The body addressed"),
    "government": msg("The Government"),
    "public": msg("The public"),
    "interviewee": msg("The interviewee"),
}
TASK_KIND: Choices = {
    "deadline": msg("Deadline"),
    "reply_due": msg("Reply due"),
    "safety_check": msg("Safety check"),
    "reprisal_check": msg("Check for reprisals"),
    "consent_renewal": msg("Renewal of consent"),
    "retention": msg("End of keeping"),
    "referral": msg("Referral"),
    "question": msg("Question"),
    "to_complete": msg("To complete"),
    "custom": msg("Own task"),
}
NOTE_KIND: Choices = {
    "question": msg("Question"),
    "answer": pmsg("note", "Answer"),
    "review": pmsg("note", "Review"),
    "strategy": msg("Strategy"),
    "debrief": msg("Debrief"),
}
NOTE_AUDIENCE: Choices = {
    "only_me": msg("Only me"),
    "legal_team": msg("Legal team"),
    "coordination": msg("Coordination"),
}
ROLE: Choices = {
    "documenter": msg("Documenter"),
    "lawyer": msg("Lawyer"),
    "coordinator": msg("Coordinator"),
    "translator": msg("Translator"),
}
OWN_FIELD_TYPE: Choices = {
    "text": pmsg("field type", "Text"),
    "choice": pmsg("field type", "Choice"),
    "yes_no": pmsg("field type", "Yes or no"),
    "date": pmsg("field type", "Date"),
    "datetime": pmsg("field type", "Date and time"),
    "number": pmsg("field type", "Number"),
}
RELATIVE: Choices = {
    "mother": msg("Mother"),
    "father": msg("Father"),
    "wife": msg("Wife"),
    "husband": msg("Husband"),
    "son": msg("Son"),
    "daughter": msg("Daughter"),
    "brother": msg("Brother"),
    "sister": msg("Sister"),
    "grandparent": msg("Grandparent"),
    "other_relative": msg("Other relative"),
    "friend": msg("Friend"),
    "colleague": msg("Colleague"),
    "lawyer": msg("Lawyer"),
}
IDENTITY_DOCUMENT: Choices = {
    "passport": msg("Passport"),
    "identity_card": msg("Identity card"),
    "birth_certificate": msg("Birth certificate"),
    "travel_document": msg("Travel document"),
    "residence_permit": msg("Residence permit"),
    "asylum_card": msg("Asylum seeker’s card"),
}
PERPETRATOR_ROLE: Choices = {
    "arrest": pmsg("role", "Arrest"),
    "interrogation": pmsg("role", "Interrogation"),
    "request": pmsg("role", "Request"),
    "judgment": pmsg("role", "Judgment"),
    "threat": pmsg("role", "Threat"),
    "order": pmsg("role", "Order"),
    "guard": pmsg("role", "Guarding"),
}
CERTAINTY: Choices = {
    "certain": pmsg("certainty", "Certain"),
    "likely": pmsg("certainty", "Likely"),
    "possible": pmsg("certainty", "Possible"),
}
CONTACT_CHANNEL: Choices = {
    "signal": msg("Signal"),
    "whatsapp": msg("WhatsApp"),
    "telegram": msg("Telegram"),
    "phone": msg("Phone"),
    "email": msg("E-mail"),
    "letter": msg("Letter"),
    "through_somebody": msg("Through somebody"),
}
CASE_STATUS: Choices = {
    "open": pmsg("case", "Open"),
    "filed": pmsg("case", "Filed"),
    "closed": pmsg("case", "Closed"),
}
FILING_STATUS: Choices = {
    "draft": pmsg("filing", "Draft"),
    "ready": pmsg("filing", "Ready"),
    "sent": pmsg("filing", "Sent"),
    "registered": pmsg("filing", "Registered"),
    "communicated": pmsg("filing", "Communicated"),
    "decided": pmsg("filing", "Decided"),
}
REDACTION_ACTION: Choices = {
    "keep": pmsg("redaction", "Keep"),
    "pseudonym": pmsg("redaction", "Pseudonym"),
    "hide": pmsg("redaction", "Hide"),
    "not_this": msg("Not this person"),
}
