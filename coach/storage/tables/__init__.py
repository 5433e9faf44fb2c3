"""Every table, one noun a file. Rows, not minds: the rules are the domain's."""

from coach.storage.tables.answer import Answer
from coach.storage.tables.attempt import Attempt, Receipt
from coach.storage.tables.case import Case, CaseEntry
from coach.storage.tables.consent import ConsentEntry
from coach.storage.tables.enrollment import Enrollment
from coach.storage.tables.message import Message, MessageEvent
from coach.storage.tables.patient import Patient, Spell
from coach.storage.tables.program import PublishedProgram
from coach.storage.tables.question import Question
from coach.storage.tables.reply import Reply
from coach.storage.tables.sender import Sender

__all__ = [
    "Answer",
    "Attempt",
    "Case",
    "CaseEntry",
    "ConsentEntry",
    "Enrollment",
    "Message",
    "MessageEvent",
    "Patient",
    "PublishedProgram",
    "Question",
    "Receipt",
    "Reply",
    "Sender",
    "Spell",
]
