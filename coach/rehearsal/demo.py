"""The demo: three made-up patients live through a program in virtual time, over real HTTP and a real database."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from zoneinfo import ZoneInfo

from sqlmodel import Session

from coach.bootstrap import Coach
from coach.domain.consent import Consent
from coach.domain.delivery import MessageState
from coach.domain.program import Program
from coach.rehearsal.cast import PEOPLE, START, troubles
from coach.rehearsal.instants import next_instant
from coach.rehearsal.people import CONSENT, Person, replies_to
from coach.rehearsal.time import VirtualClock
from coach.sandbox.faults import Fault
from coach.sandbox.phones import Phone
from coach.sandbox.provider import Sandbox
from coach.services.duties import DUTIES
from coach.services.enroll import add_patient, enroll
from coach.storage import ledger, messages, questions
from coach.storage.messages import EVERYONE
from coach.storage.tables import Question

SEED = 8
MINUTE = 60  # seconds
ROUNDS = 50  # no instant needs as many; a text that never settles would show here
REAL_SECONDS_A_DAY = 10.0
PATIENCE = 60.0  # real seconds that time stands still for the phone that is yours
A_LOOK = 0.2  # real seconds between two looks at that phone


@dataclass
class Demo:
    """One run. `say` prints a line; `pause` sleeps so many real seconds; `waits`: whether your phone is waited for."""

    coach: Coach
    sandbox: Sandbox
    clock: VirtualClock
    say: Callable[[str], None]
    pause: Callable[[float], None]
    waits: bool
    moved_on: Event = field(default_factory=Event)
    waiting: bool = False
    _patients: dict[str, int] = field(default_factory=dict)
    _answers: list[tuple[datetime, Person, str]] = field(default_factory=list)
    _noticed: set[str] = field(default_factory=set)
    _waited_for: set[str] = field(default_factory=set)
    _shown: dict[str, int] = field(default_factory=dict)
    _troubles: list[tuple[datetime, str, Fault]] = field(default_factory=lambda: troubles(START))

    def enroll_everybody(self, program: Program) -> None:
        """The three are patients, with consent recorded, and begin on the demo's first day."""
        for person in PEOPLE:
            self.sandbox.add_phone(Phone(person.phone, person.name, ZoneInfo(person.zone), person.language))
            patient_id = add_patient(
                self.coach.sessions,
                name=person.name,
                phone=person.phone,
                zone=person.zone,
                language=person.language,
                country="US",
                consent="made up for the demo",
                now=self.clock(),
            )
            self._patients[person.phone] = patient_id
            enroll(
                self.coach.sessions,
                self.coach.editions,
                patient_id=patient_id,
                program=program.name,
                start=START.date(),
                preset="standard",
                seed=SEED,
                now=self.clock(),
            )

    def live(self, days: int) -> None:
        """So many days go by, from instant to instant."""
        end = START + timedelta(days=days)
        while self.clock() < end:
            self._settle()
            self._notice()
            if self.waits:
                self._wait_for_you()
            others = [
                self.sandbox.next_due(),
                *(at for at, _, _ in self._answers),
                *(at for at, _, _ in self._troubles),
            ]
            self._step_to(min(end, next_instant(self.coach.sessions, self.clock(), others)))

    def _step_to(self, moment: datetime) -> None:
        seconds = (moment - self.clock()).total_seconds()
        self.pause(seconds / 86_400 * REAL_SECONDS_A_DAY)
        self.clock.move_to(moment)
        for trouble in [one for one in self._troubles if one[0] <= moment]:
            self._troubles.remove(trouble)
            self.say(f"[yellow]~ {trouble[1]}[/]")
            self.sandbox.faults.order(trouble[2])
        for answer in sorted(one for one in self._answers if one[0] <= moment):
            self._answers.remove(answer)
            self.sandbox.text_from(answer[1].phone, answer[2])

    def _settle(self) -> None:
        """Everything due at this instant is done, and shown."""
        for number in range(ROUNDS):
            before = len(self.sandbox.ledger.entries())
            for duty in DUTIES:
                if number == 0 or duty.every < MINUTE:  # an instant is no minute
                    duty.run(self.coach, EVERYONE)
            self.sandbox.deliver_due(self.clock())
            self._show()
            if len(self.sandbox.ledger.entries()) == before:
                return

    def _show(self) -> None:
        """What is new on the phones, in each person's own time."""
        for phone, bubbles in self.sandbox.phones():
            for bubble in bubbles[self._shown.get(phone.number, 0) :]:
                arrow = "[green]<[/]" if bubble.mine else "[blue]>[/]"
                text = bubble.text.replace("[", r"\[")
                self.say(f"{phone.local(bubble.at):%a %d %b %H:%M} {phone.name.split()[0]:>5} {arrow} {text}")
            self._shown[phone.number] = len(bubbles)

    def _notice(self) -> None:
        """The made-up people see what is asked, and make up their minds when to answer."""
        for person, asked, replies in self._new_questions():
            self._noticed.add(asked)
            if not (self.waits and person.is_yours):
                self._answers += [(self.clock() + after, person, text) for after, text in replies]

    def _new_questions(self) -> Iterator[tuple[Person, str, list[tuple[timedelta, str]]]]:
        for person in PEOPLE:
            if "yes" in self._asked(person) and f"{person.phone}: yes" not in self._noticed:
                yield person, f"{person.phone}: yes", [(person.says_yes_after, CONSENT[person.language])]
            with self.coach.sessions.read() as session:
                asked = self._on_the_phone(session, person)
            for question in asked:
                assert question.id is not None
                if str(question.id) not in self._noticed:
                    yield person, str(question.id), replies_to(person, question.id, question.expects, SEED)

    def _on_the_phone(self, session: Session, person: Person) -> list[Question]:
        """The person's open questions whose text has arrived: nobody answers what they have not seen."""
        return [
            question
            for question in questions.open_of(session, self._patients[person.phone])
            if any(asking.state is MessageState.DELIVERED for asking in messages.askings(session, question.id or 0))
        ]

    def _wait_for_you(self) -> None:
        """Time stands still while your phone is asked something: until you answer or move on, a minute at most."""
        yours = next(person for person in PEOPLE if person.is_yours)
        while (asked := self._asked(yours)) - self._waited_for:
            self._waited_for |= asked
            self.moved_on.clear()
            self.waiting = True
            for _ in range(int(PATIENCE / A_LOOK)):
                if self.moved_on.wait(A_LOOK) or self._asked(yours) != asked:
                    break
            self.waiting = False
            if "yes" in asked and "yes" in self._asked(yours):
                self.say("[yellow]~ without a YES from the third phone no nudge goes there; it can still be given[/]")
            self._settle()
            self._notice()

    def _asked(self, person: Person) -> set[str]:
        """What the person's phone shows that waits for an answer."""
        with self.coach.sessions.read() as session:
            return {str(question.id) for question in self._on_the_phone(session, person)} | (
                {"yes"} if self._invited(session, person) else set()
            )

    def _invited(self, session: Session, person: Person) -> bool:
        """Whether the invitation is on the person's phone and not yet answered."""
        shown = next(bubbles for phone, bubbles in self.sandbox.phones() if phone.number == person.phone)
        return bool(shown) and ledger.standing(session, person.phone) is Consent.INVITED
