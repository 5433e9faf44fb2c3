"""Every table, one noun a file. Rows, not minds: the rules are the domain's."""

from coach.storage.tables.account import Account, Invitation, Knock, SignIn
from coach.storage.tables.alert import Alert
from coach.storage.tables.answer import Answer
from coach.storage.tables.attempt import Attempt, Receipt
from coach.storage.tables.audit import AuditEntry, AuditSubject
from coach.storage.tables.case import Case, CaseEntry
from coach.storage.tables.consent import ConsentEntry
from coach.storage.tables.do_not_text import DoNotText
from coach.storage.tables.enrollment import Enrollment
from coach.storage.tables.message import Message, MessageEvent
from coach.storage.tables.page import Page
from coach.storage.tables.patient import Patient, Spell
from coach.storage.tables.program import PublishedProgram
from coach.storage.tables.question import Question
from coach.storage.tables.reply import Reply
from coach.storage.tables.sender import Sender
from coach.storage.tables.sign import SelfTest, Sign
from coach.storage.tables.tally import Tally
from coach.storage.tables.turn import Turn

__all__ = [
    "Account",
    "Alert",
    "Answer",
    "Attempt",
    "AuditEntry",
    "AuditSubject",
    "Case",
    "CaseEntry",
    "ConsentEntry",
    "DoNotText",
    "Enrollment",
    "Invitation",
    "Knock",
    "Message",
    "MessageEvent",
    "Page",
    "Patient",
    "PublishedProgram",
    "Question",
    "Receipt",
    "Reply",
    "SelfTest",
    "Sender",
    "Sign",
    "SignIn",
    "Spell",
    "Tally",
    "Turn",
]
