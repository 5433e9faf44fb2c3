"""The clinic that texts: what its messages say of it."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Clinic(BaseModel):
    """One clinic: the name and the phone number that texts show, and its country (ISO 3166-1, two letters)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=30)]
    phone: Annotated[str, Field(pattern=r"^\+?[0-9(][0-9 ()-]{1,18}[0-9]$")]  # as people should read and dial it
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    coverage: Literal["none", "hours", "always"] = "none"  # whether somebody reads pages: never, in hours, at any time
