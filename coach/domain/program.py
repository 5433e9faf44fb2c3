"""A program: what a care team writes, as values. `coach.content.programs` reads it and says where it is wrong."""

import re
from collections.abc import Iterator
from datetime import time
from enum import StrEnum
from typing import Annotated, Literal, Self, get_args

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from coach.domain.alerts.rules import AlertRule
from coach.domain.measures import Measure
from coach.domain.mechanism import Mechanism
from coach.domain.part import Misfit, Name, Part

_VARIANT = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Variant = Annotated[
    str,
    Field(pattern=_VARIANT, max_length=60),
    WithJsonSchema({"type": ["string", "integer"], "pattern": _VARIANT}),  # most are written as plain numbers
]
Language = Literal["en", "es"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Week = Annotated[int, Field(ge=1, le=52)]

_CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"


def _local_time(value: object) -> time:
    if isinstance(value, time):
        return value
    if isinstance(value, str) and re.fullmatch(_CLOCK, value):
        return time.fromisoformat(value)
    raise Misfit("not-a-time", "a time of day has two digits, a colon and two digits; write it as 09:30 or 17:05")


LocalTime = Annotated[
    time,
    BeforeValidator(_local_time),  # pydantic alone would read "930" as seconds after midnight
    PlainSerializer(lambda value: f"{value:%H:%M}", return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": _CLOCK, "examples": ["09:30"]}),
]
"""A time of day, local to the patient, written as HH:MM."""


class NudgeKind(StrEnum):
    PACING = "pacing"
    EXERCISE = "exercise"
    JOURNALING = "journaling"
    SELF_COMPASSION = "self_compassion"
    REFRAME = "reframe"
    PLEASANT = "pleasant"
    SLEEP = "sleep"
    MEDICATION = "medication"
    BREATHING = "breathing"
    EDUCATION = "education"
    CHECK_IN = "check_in"  # the kind that previews and exports show for a check-in's questions


class AnswerKind(StrEnum):
    YES_NO = "yes_no"
    DONE = "done"
    SCALE_0_10 = "scale_0_10"
    SCALE_0_3 = "scale_0_3"
    SCALE_1_7 = "scale_1_7"
    MINUTES = "minutes"
    TEXT = "text"
    TIME = "time"


SCALES = frozenset({AnswerKind.SCALE_0_10, AnswerKind.SCALE_0_3, AnswerKind.SCALE_1_7})


class Slots(Part):
    """The local times of a day at which texts are due; each patient can move their own."""

    morning: LocalTime
    midday: LocalTime
    afternoon: LocalTime
    evening: LocalTime


SlotName = Literal["morning", "midday", "afternoon", "evening"]


class Hours(Part):
    """The local hours in which texts may leave: from `start`, until just before `end`."""

    start: LocalTime
    end: LocalTime

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.start >= self.end:
            raise Misfit("hours-backwards", "hours must start before they end; write them as start: 09:00, end: 20:00")
        return self


class Limits(Part):
    """How much one person is asked to bear, over all programs: a local day, seven local days, minutes between two."""

    per_day: Annotated[int, Field(ge=1, le=10)]
    per_week: Annotated[int, Field(ge=1, le=40)]
    minutes_between: Annotated[int, Field(ge=0, le=600)] = 60
    segments: dict[Language, Annotated[int, Field(ge=1, le=3)]]


class Answer(Part):
    """What a text asks for: the kind of answer, how long it is waited for, and when the one reminder goes."""

    kind: AnswerKind
    within: Annotated[int, Field(ge=30, le=2880)]  # minutes after the text left
    reminder: Annotated[int, Field(ge=30, le=1440)] | None = None  # minutes after the text left; none: no reminder
    action: bool = False  # whether a yes or a done counts as something done (adherence's action figure)


class When(Part):
    """Conditions on the person's own record, looked at when a text is about to leave; all that are given must hold.

    `coach.domain.conditions` says what each means.
    """

    in_flare: bool | None = None
    answered_last_week: bool | None = None  # anything understood in the seven local days before
    goal_reached: bool | None = None  # on one of those days at least
    goal_grown: bool | None = None  # the goal in force is more than the one they began with
    went_over: bool | None = None  # well over it on one of those days: boom, and perhaps bust
    language: Language | None = None
    weeks: Annotated[list[Week], Field(min_length=1)] | None = None  # of the program

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            what = "a condition without a word holds always; write one, such as in_flare: true"
            raise Misfit("condition-empty", what)
        return self


class Instead(Part):
    """Other words of the same nudge for those whose record is such; the first whose condition holds are used."""

    when: When
    variants: Annotated[list[Variant], Field(min_length=1)]  # in the nudge's own folder


Said = Literal["yes", "no", "done", "partial", "not_done"]


class FollowUp(Part):
    """A text in return for an answer, in place of the kind line: for these answers, or for numbers in this range."""

    answers: Annotated[list[Said], Field(min_length=1)] | None = None
    at_least: Annotated[int, Field(ge=0, le=1440)] | None = None
    at_most: Annotated[int, Field(ge=0, le=1440)] | None = None
    when: When | None = None
    variants: Annotated[list[Variant], Field(min_length=1)]  # in the nudge's own folder

    @model_validator(mode="after")
    def _for_something(self) -> Self:
        ranged = self.at_least is not None or self.at_most is not None
        if (self.answers is None) is not ranged:
            what = "a follow-up is for answers or for a range; write answers: [no], or at_least: 7"
            raise Misfit("follow-up-for-nothing", what)
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise Misfit("follow-up-backwards", "at_least is more than at_most; write the smaller number as at_least")
        return self


class Why(Part):
    """What a nudge is to help against, and where that is shown: for the care team, never for patients."""

    mechanism: Mechanism
    source: Annotated[str, Field(min_length=4, max_length=200)]


class Nudge(Part):
    """One kind of text: when it is owed, in which words, and what it asks."""

    name: Name
    kind: NudgeKind
    weeks: Annotated[list[Week], Field(min_length=1)]
    days: Annotated[list[Weekday], Field(min_length=1)]
    slot: SlotName
    send_within: Annotated[int, Field(ge=5, le=720)] = 120  # minutes after its slot; later it expires
    variants: Annotated[list[Variant], Field(min_length=1)]  # messages/<language>/<program>/<nudge>/<variant>.txt
    rotation: Literal["in_order", "shuffled"] = "in_order"
    answer: Answer | None = None
    when: When | None = None  # only for those whose record is such
    instead: list[Instead] = Field(default_factory=list)
    follow_ups: list[FollowUp] = Field(default_factory=list)  # the first that fits the answer is sent
    why: Why | None = None


class Item(Part):
    """One question of a check-in, asked only after the one before was answered."""

    name: Name
    variants: Annotated[list[Variant], Field(min_length=1)]  # messages/<language>/<program>/<item>/<variant>.txt
    answer: Answer
    measure: Measure | None = None  # what it measures, for alerts and trends
    weeks: Annotated[list[Week], Field(min_length=1)] | None = None  # asked only in these; else in all of the check-in
    words: Literal["program", "clinic"] = "program"  # clinic: left out until the clinic has entered its words


class CheckIn(Part):
    """A short series of measure questions, one at a time."""

    name: Name
    weeks: Annotated[list[Week], Field(min_length=1)]
    days: Annotated[list[Weekday], Field(min_length=1)]
    slot: SlotName
    send_within: Annotated[int, Field(ge=5, le=720)] = 120
    when: When | None = None
    items: Annotated[list[Item], Field(min_length=1, max_length=10)]  # the first is asked in every week of it

    def asked(self, week: int) -> list[Item]:
        """The questions of one program week, in their order."""
        return [item for item in self.items if item.weeks is None or week in item.weeks]


class Preset(Part):
    """A lighter or fuller way through the same program: the nudges that it leaves out."""

    without: list[Name] = Field(default_factory=list)


class Dial(Part):
    """What people may turn by text within this program; the team can always change all of it."""

    longest_pause: Annotated[int, Field(ge=1, le=60)] = 30  # days
    fixed: list[Literal["amount", "times", "weekends"]] = Field(default_factory=list)  # only the team changes these


class PacingGoal(Part):
    """The rule of the pacing quota, in minutes in one go; `coach.domain.goal` has the arithmetic."""

    baseline: Name  # the nudge whose answers are the baseline
    nudges: Annotated[list[Name], Field(min_length=1)]  # the nudges that ask about, and may name, the goal
    cap: Annotated[int, Field(ge=2, le=240)] = 30  # minutes


class Program(Part):
    """One program, as written. Weeks count from 1; week 1 begins on the enrollment's start date."""

    name: Name
    title: dict[Language, Annotated[str, Field(min_length=1, max_length=40)]]
    languages: Annotated[list[Language], Field(min_length=1)]
    weeks: Week
    themes: list[Annotated[str, Field(min_length=1, max_length=40)]] = Field(default_factory=list)  # one a week
    slots: Slots
    hours: Hours
    limits: Limits
    presets: dict[Name, Preset] = Field(default_factory=dict)
    dial: Dial = Field(default_factory=Dial)
    feedback: bool = True  # whether an answer gets one kind line back
    goal: PacingGoal | None = None
    nudges: Annotated[list[Nudge], Field(min_length=1)]
    check_ins: list[CheckIn] = Field(default_factory=list)
    alerts: list[Annotated[AlertRule, Field(discriminator="kind")]] = Field(default_factory=list)

    def nudge(self, name: str) -> Nudge | None:
        """The nudge of that name, or None."""
        return next((nudge for nudge in self.nudges if nudge.name == name), None)

    def check_in(self, name: str) -> CheckIn | None:
        """The check-in of that name, or None."""
        return next((check_in for check_in in self.check_ins if check_in.name == name), None)

    def answer_of(self, name: str, item: str | None = None) -> Answer | None:
        """What the nudge of that name, or that item of the check-in, asks for; None where it asks nothing."""
        nudge, check_in = self.nudge(name), self.check_in(name)
        if nudge is not None:
            return nudge.answer
        return next((one.answer for one in check_in.items if one.name == item), None) if check_in else None

    def texts(self) -> Iterator[Nudge | Item]:
        """All that has words of its own, in the program's order: the nudges, then the check-ins' items."""
        yield from self.nudges
        for check_in in self.check_ins:
            yield from check_in.items

    def text_key(self, name: str, variant: str) -> str:
        """The key of one text of a nudge or an item; its file is messages/<language>/<key>.txt."""
        return f"{self.name}/{name}/{variant}"
