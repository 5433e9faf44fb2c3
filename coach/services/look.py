"""Gathers what the last look looks at, for several people at once. Called under their patients' locks."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from coach.domain.calendar import local_day
from coach.domain.conditions import holds
from coach.domain.consent import Consent
from coach.domain.delivery import ARRIVED, ASKS, PER_DAY, PER_WEEK, Purpose
from coach.domain.giving_way import Burden, Left, Rank
from coach.domain.last_look import Look
from coach.domain.program import Hours, Limits, Program
from coach.services.coming import OF_A_PROGRAM, coming, place_of
from coach.services.editions import Edition, Editions
from coach.services.record import record_of
from coach.storage import enrollments, ledger, messages, patients, questions, replies
from coach.storage.questions import NUMERIC
from coach.storage.tables import Enrollment, Message, Patient, Question, Reply
from coach.storage.tables.enrollment import EnrollmentState
from coach.storage.tables.patient import SpellKind
from coach.storage.tables.question import QuestionState

HOURS_WITHOUT_PROGRAM = Hours(start=time(9), end=time(20))
BURDEN_WITHOUT_PROGRAM = Burden(per_day=2, per_week=10, minutes_between=60)
ANSWERS = frozenset(
    {Purpose.KEYWORD, Purpose.RE_ASK, Purpose.SAFETY, Purpose.DIAL, Purpose.FOLLOW_UP}
)  # a check-in's next item is a new question
WEEK = timedelta(days=7)
LOOK_BACK = timedelta(days=9)  # seven local days reach back eight and some hours at most


@dataclass(frozen=True)
class Most:
    """The most texts that the programs of a person can bring in a local day, and in seven running."""

    a_day: int
    a_week: int


@dataclass(frozen=True)
class Text:
    """A message that may be about to leave, and whose it is. `edition` has its words; None: nothing is published."""

    message: Message
    patient: Patient
    enrollment: Enrollment | None
    edition: Edition | None
    burden: Burden
    hours: Hours  # its program's; for a text of none, those in which all programs of the person may send
    most: Most  # what those programs bring


@dataclass(frozen=True)
class _Facts:
    """What is known of several people, by the patient's id or number."""

    spells: Mapping[int, Collection[SpellKind]]
    left: Mapping[int, Sequence[Left]]
    consents: Mapping[str, Consent]
    unread: Collection[str]
    talks: Mapping[int, datetime]


def texts_of(session: Session, editions: Editions, owed: Sequence[tuple[Message, Patient]]) -> list[Text]:
    """Each message with its enrollment and edition, and with the limits of all that its patient is enrolled in."""
    own = {message.enrollment_id for message, _ in owed if message.enrollment_id is not None}
    found = enrollments.all_active_of(session, _ids(patient for _, patient in owed), also=own)
    by_id = {enrollment.id: enrollment for enrollment in found}
    theirs: defaultdict[int, list[Edition]] = defaultdict(list)
    for enrollment in found:
        if enrollment.state is EnrollmentState.ACTIVE:
            theirs[enrollment.patient_id].append(editions.get(session, enrollment.program_id))
    texts = []
    for message, patient in owed:
        enrolled = by_id.get(message.enrollment_id)
        edition = editions.newest(session) if enrolled is None else editions.get(session, enrolled.program_id)
        programs = [one.program for one in theirs[patient.id or 0]]
        hours = edition.program.hours if enrolled is not None and edition is not None else common_hours(programs)
        burden = strictest([program.limits for program in programs])
        busiest = [one.busiest for one in theirs[patient.id or 0]]
        most = Most(sum(day for day, _ in busiest), sum(week for _, week in busiest))
        texts.append(Text(message, patient, enrolled, edition, burden, hours, most))
    return texts


def gather(session: Session, editions: Editions, texts: Sequence[Text], *, now: datetime) -> list[Look]:
    """The look at each text at `now`; one query for each kind of fact, however many they are."""
    ids = _ids(text.patient for text in texts)
    phones = {text.patient.phone for text in texts}
    spells = patients.all_spells_at(session, ids, now)
    talking = [who for who, kinds in spells.items() if SpellKind.TALK in kinds]
    facts = _Facts(
        spells=spells,
        left=messages.left_since(session, ids, now - LOOK_BACK),
        consents=ledger.standings(session, phones),
        unread=replies.unread_from(session, phones),
        talks=patients.talks_until(session, talking, now) if talking else {},
    )
    return [_with_rivals(session, editions, text, _look(session, text, facts, now)) for text in texts]


def _ids(people: Iterable[Patient]) -> set[int]:
    return {patient.id for patient in people if patient.id is not None}


def _look(session: Session, text: Text, facts: _Facts, now: datetime) -> Look:
    message, patient, enrollment = text.message, text.patient, text.enrollment
    assert patient.id is not None
    question = None if message.question_id is None else session.get_one(Question, message.question_id)
    spells = facts.spells[patient.id]
    numeric = _asks_number(text.edition, message)
    return Look(
        now=now,
        purpose=message.purpose,
        send_by=message.send_by,
        zone=ZoneInfo(patient.zone),
        hours=text.hours,
        consent=facts.consents[patient.phone],
        burden=text.burden,
        left=tuple(facts.left[patient.id]),
        held=SpellKind.HOLD in spells,
        paused=SpellKind.PAUSE in spells,
        silent=SpellKind.SILENCE in spells,
        ended=enrollment is not None and enrollment.state is EnrollmentState.ENDED,
        unmet=_unmet(session, text),
        answers_text_at=_answered_text(session, message),
        question_answered=question is not None and question.state is QuestionState.ANSWERED,
        question_closed=question is not None and question.state is QuestionState.CLOSED,
        question_arrived=question is None or _arrived(session, message, question),
        written=message.written_by is not None,
        override=message.override is not None,
        talk_until=facts.talks.get(patient.id),
        unread=patient.phone in facts.unread,
        numeric=numeric,
        numeric_open=numeric and questions.number_open(session, patient.id, but=message.question_id),
    )


def _with_rivals(session: Session, editions: Editions, text: Text, look: Look) -> Look:
    """The same look, beside what is to come in the next seven days, where that may want the same room.

    Most people's days hold no more than fits, whatever happens: what is to come is worked out for the others alone.
    """
    if look.purpose not in PER_WEEK:
        return look
    program = text.edition.program if text.edition and text.enrollment else None
    mine = place_of(session, text.message, program, text.enrollment, text.patient, now=look.now)
    waiting = () if mine.rank > Rank.RE_ASK else (Purpose.REMINDER, Purpose.RE_ASK, Purpose.ITEM)
    today = local_day(look.now, look.zone)
    gone = [(local_day(one.at, look.zone), one.purpose) for one in look.left if one.purpose in PER_WEEK]
    a_week = sum(day > today - WEEK for day, _ in gone) + text.most.a_week + mine.texts
    a_day = sum(day == today and purpose in PER_DAY for day, purpose in gone) + text.most.a_day + 1
    if not waiting and a_week <= text.burden.per_week and a_day <= text.burden.per_day:
        return look
    rivals = coming(
        session,
        editions,
        text.patient,
        now=look.now,
        days=WEEK.days,
        purposes=OF_A_PROGRAM.union(waiting),
        but=text.message.id,
    )
    return replace(look, mine=mine, coming=tuple(rivals))


def hours_of(session: Session, editions: Editions, patient: Patient) -> Hours:
    """The local hours in which all active programs of the patient may send."""
    assert patient.id is not None
    active = enrollments.active_of(session, patient.id)
    return common_hours([editions.get(session, one.program_id).program for one in active])


def common_hours(programs: Sequence[Program]) -> Hours:
    """The hours that all these programs allow; nine to eight where there is none, or they have none in common."""
    if not programs:
        return HOURS_WITHOUT_PROGRAM
    start, end = max(one.hours.start for one in programs), min(one.hours.end for one in programs)
    return Hours(start=start, end=end) if start < end else HOURS_WITHOUT_PROGRAM


def strictest(limits: Sequence[Limits]) -> Burden:
    """The strictest of each limit, over all programs of a person."""
    if not limits:
        return BURDEN_WITHOUT_PROGRAM
    return Burden(
        per_day=min(limit.per_day for limit in limits),
        per_week=min(limit.per_week for limit in limits),
        minutes_between=max(limit.minutes_between for limit in limits),
    )


def _unmet(session: Session, text: Text) -> bool:
    """Whether the program's own condition on the text is not so for its patient, on its local date."""
    message = text.message
    if text.edition is None or text.enrollment is None or message.purpose not in OF_A_PROGRAM:
        return False
    program = text.edition.program
    written = program.nudge(message.name) or program.check_in(message.name)
    if written is None or written.when is None or message.local_date is None:
        return False
    return not holds(written.when, record_of(session, program, text.enrollment, text.patient, message.local_date))


def _asks_number(edition: Edition | None, message: Message) -> bool:
    """Whether the message opens a question for a number."""
    if edition is None or message.purpose not in ASKS:
        return False
    answer = edition.program.answer_of(message.name, message.item)
    return answer is not None and answer.kind in NUMERIC


def _answered_text(session: Session, message: Message) -> datetime | None:
    if message.reply_id is None or message.purpose not in ANSWERS:
        return None
    return session.get_one(Reply, message.reply_id).received_at


def _arrived(session: Session, message: Message, question: Question) -> bool:
    if message.purpose is not Purpose.REMINDER:
        return True
    assert question.id is not None
    return any(asking.state in ARRIVED for asking in messages.askings(session, question.id))
