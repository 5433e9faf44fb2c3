"""What every piece of a written program is: immutable, named in one form, without keys that nobody reads."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]


class Misfit(ValueError):  # noqa: N818 (pydantic wants a ValueError; what it is, is a misfit)
    """A piece that its types alone would let pass. `words` say what, a semicolon, the remedy; `kind` is the check's."""

    def __init__(self, kind: str, words: str) -> None:
        self.kind = kind
        super().__init__(words)


class Part(BaseModel):
    """A piece of a program: immutable, and without keys that nobody reads."""

    model_config = ConfigDict(frozen=True, extra="forbid")
