"""The clinic that texts: what its messages say of it, and whom it calls when a person must act."""

from datetime import datetime
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field, field_validator, model_validator

from coach.domain.part import Part
from coach.domain.program import WEEKDAYS, LocalTime, Weekday

Coverage = Literal["none", "hours", "always"]
CLINIC, SELF_TEST = "clinic", "self-test"
"""Who is paged over the clinic's own webhook, and by the self-test: no contact may have these names."""


def _known_zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError(f"{value!r} is no time zone; write it as America/New_York")
    return value


class Duty(Part):
    """Local days, and the hours that begin on each: until `end`, the next morning where that is not after `start`."""

    days: Annotated[tuple[Weekday, ...], Field(min_length=1)] = WEEKDAYS
    start: LocalTime
    end: LocalTime

    def covers(self, local: datetime) -> bool:
        """Whether `local` (a time of the clinic's zone) is in these hours; alike start and end: the whole day round."""
        now, today = local.time(), WEEKDAYS[local.weekday()] in self.days
        if self.start < self.end:
            return today and self.start <= now < self.end
        yesterday = WEEKDAYS[local.weekday() - 1] in self.days
        return (today and now >= self.start) or (yesterday and now < self.end)


class StaffedHours(Duty):
    """When the clinic is staffed, local to its zone."""

    zone: Annotated[str, AfterValidator(_known_zone)]


class Contact(Part):
    """Somebody who is paged. The phone is E.164; without `on_duty` they are always on duty."""

    name: Annotated[str, Field(min_length=1, max_length=40)]
    phone: str | None = None
    email: str | None = None
    on_duty: Duty | None = None

    @field_validator("name")
    @classmethod
    def _free(cls, value: str) -> str:
        if value in {CLINIC, SELF_TEST}:
            raise ValueError(f"{value!r} is a name that coach uses itself; write the person's name")
        return value

    @field_validator("phone")
    @classmethod
    def _dialled(cls, value: str | None) -> str | None:
        digits = (value or "+1000000")[1:]
        if value is not None and not (
            value[:1] == "+" and digits.isascii() and digits.isdecimal() and len(digits) in _E164
        ):
            raise ValueError(f"{value!r} is no number that can be dialled from anywhere; write it as '+12025550143'")
        return value

    @field_validator("email")
    @classmethod
    def _mailed(cls, value: str | None) -> str | None:
        if value is not None:
            user, _, host = value.rpartition("@")
            if not (user and "." in host.strip(".") and value.isascii() and value.isprintable() and " " not in value):
                raise ValueError(f"{value!r} is no mail address; write it as bo@clinic.example")
        return value

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if self.phone is None and self.email is None:
            raise ValueError(
                f"{self.name} can be reached by nothing; add phone: '+12025550143', or email: bo@clinic.example"
            )
        return self

    def is_on_duty(self, local: datetime) -> bool:
        """Whether they are on duty at `local`, a time of the clinic's zone."""
        return self.on_duty is None or self.on_duty.covers(local)


_E164 = range(7, 16)  # digits: ITU-T E.164 allows 15


class Clinic(Part):
    """One clinic: the name and the phone number that texts show, its country (ISO 3166-1), and who is paged."""

    name: Annotated[str, Field(min_length=1, max_length=30)]
    phone: Annotated[str, Field(pattern=r"^\+?[0-9(][0-9 ()-]{1,18}[0-9]$")]  # as people should read and dial it
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    coverage: Coverage = "none"  # whether somebody reads pages: never, in hours, at any time
    hours: StaffedHours | None = None
    rota: tuple[Contact, ...] = ()  # in the order in which they are called

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.coverage == "hours" and self.hours is None:
            raise ValueError("coverage is hours, and no hours are written; add hours: with days, start, end and zone")
        if self.coverage != "none" and not self.rota:
            raise ValueError("somebody reads pages, but the rota is empty; add rota: with a name and a phone or email")
        if self.hours is None and any(contact.on_duty for contact in self.rota):
            raise ValueError("on_duty is local to the clinic, and its zone is not known; add hours: with a zone")
        names = [contact.name for contact in self.rota]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"{twice[0]!r} is in the rota twice; give each contact a name of their own")
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The clinic's time zone; UTC where it has not said."""
        return ZoneInfo(self.hours.zone if self.hours else "UTC")

    def line(self, now: datetime) -> tuple[Contact, ...]:
        """The whole rota in the order in which it is called at `now` (UTC): who is on duty, then the others."""
        local = now.astimezone(self.zone)
        return tuple(sorted(self.rota, key=lambda contact: not contact.is_on_duty(local)))
