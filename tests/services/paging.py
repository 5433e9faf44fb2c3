"""A clinic with a rota, channels that answer as told, and a round of paging."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from coach.domain.case import CaseCategory
from coach.domain.clinic import Clinic
from coach.domain.page import Links
from coach.gateway.pager import Notice, PagerError
from coach.services.page import page_due
from coach.services.triage import open_case
from coach.storage.tables import Case, CaseEntry, Message, Page
from coach.storage.tables.page import PageChannel
from tests.people import CY, Practice

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York
BO, KIM = "+12025550101", "+12025550102"
ROTA: tuple[dict[str, object], ...] = (
    {"name": "Bo", "phone": BO, "email": "bo@clinic.example"},
    {"name": "Kim", "phone": KIM},
)
LINKS = Links("https://coach.example.org", b"k" * 32)


def clinic_of(*rota: dict[str, object]) -> Clinic:
    return Clinic.model_validate({"name": "Hillside", "phone": "202-555-0100", "country": "US", "rota": rota})


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


@dataclass
class Channel:
    """Takes every call, unless it is told what is wrong with it."""

    wrong: PagerError | None = None
    notices: list[Notice] = field(default_factory=list)

    def send(self, notice: Notice) -> None:
        self.notices.append(notice)
        if self.wrong is not None:
            raise self.wrong


@dataclass
class Ward:
    """A practice with a rota; a round pages and lets texts leave."""

    practice: Practice
    clinic: Clinic = field(default_factory=lambda: clinic_of(*ROTA))
    mail: Channel = field(default_factory=Channel)
    webhook: Channel = field(default_factory=Channel)
    links: Links = LINKS

    def opens(
        self, category: CaseCategory = CaseCategory.CRISIS_SUICIDE, *, at: datetime = TEN, phone: str = CY
    ) -> int:
        """The id of a case that opened at `at`."""
        with self.practice.sessions.write() as session:
            case = open_case(session, category, patient=None, phone=phone, what="words of danger", now=at)
            assert case.id is not None
            return case.id

    def pages(self, at: datetime) -> list[tuple[int, str, str]]:
        """What was planned in one round at `at`: step, contact, channel."""
        before = {page.id for page in self.practice.rows(Page)}
        channels = {PageChannel.EMAIL: self.mail, PageChannel.WEBHOOK: self.webhook}
        page_due(self.practice.sessions, self.clinic, channels, self.links, now=at)
        return [(one.step, one.contact, one.channel) for one in self.practice.rows(Page) if one.id not in before]

    def round(self, at: datetime) -> list[tuple[int, str, str]]:
        """The same, and texts leave; what became of them is known in the next round."""
        planned = self.pages(at)
        self.practice.at(at)
        return planned

    def case(self, case_id: int) -> Case:
        return next(case for case in self.practice.rows(Case) if case.id == case_id)

    def lines(self, case_id: int) -> list[str]:
        return [entry.what for entry in self.practice.rows(CaseEntry) if entry.case_id == case_id]

    def states(self) -> dict[tuple[int, str, str], str]:
        """Where each page stands."""
        return {(one.step, one.contact, one.channel): str(one.state) for one in self.practice.rows(Page)}

    def texts(self) -> list[tuple[str, str]]:
        """Messages to contacts: number and state."""
        return [(one.phone or "", str(one.state)) for one in self.practice.rows(Message) if one.name == "page"]
