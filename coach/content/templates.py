"""Texts for patients, rendered from templates: sandboxed, strict, and never read twice, whatever a value holds."""

from collections.abc import Iterator, Mapping
from types import CodeType

from jinja2 import BytecodeCache, DictLoader, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment

from coach.domain.errors import CoachError
from coach.domain.feedback import WORDINGS
from coach.domain.program import LANGUAGES, AnswerKind

NUDGE_VARIABLES = frozenset({"name", "clinic", "phone"})  # given name; the clinic's name and phone
GOAL_VARIABLES = NUDGE_VARIABLES | {"goal"}  # minutes; in the texts of the goal's nudges
SHARED_VARIABLES = NUDGE_VARIABLES
INVITATION_VARIABLES = NUDGE_VARIABLES | {"program", "per_week"}  # the program's title; the most texts a week

FEEDBACK_VARIABLES = frozenset({"minutes", "goal", "before", "now", "times"})
DIAL_VARIABLES = NUDGE_VARIABLES | {"until", "days", "next", "count", "goal", "at", "first", "last"}
PROGRESS_VARIABLES = DIAL_VARIABLES | {"answers", "minutes", "done", "kind", "more"}

DIAL_KEYS = (
    *("dial_pause", "dial_pause_longest", "dial_resume", "dial_not_paused"),
    *("dial_flare", "dial_flare_longer", "dial_better"),
    *("dial_less", "dial_more", "dial_least", "dial_most", "dial_later", "dial_keeps"),
    *("dial_time", "dial_time_hours", "dial_time_how", "dial_language", "dial_one_language"),
    *("dial_no_weekends", "dial_weekends", "dial_team", "progress", "progress_quiet"),
)
SHARED_KEYS = (
    *("invitation", "confirmed", "stop", "start", "help", "unsure", "quiet", "flare_ask"),
    *DIAL_KEYS,
    *(f"unclear_{kind}" for kind in AnswerKind),
    *(f"reminder_{kind}" for kind in AnswerKind),
)
"""The texts that every program needs beside its own, as messages/<language>/shared/<key>.txt."""

FEEDBACK_KEYS = tuple(f"feedback/{one}/{number}" for one, texts in WORDINGS.items() for number in range(1, texts + 1))
"""The kind lines after an answer, as messages/<language>/<key>.txt."""


class TextError(CoachError):
    """A text cannot be rendered."""


class _Compiled(BytecodeCache):
    """What this process has compiled: two publications share most of their texts."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None, "Jinja hands over what it compiled"
        self._codes[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


def environment(templates: Mapping[str, str]) -> ImmutableSandboxedEnvironment:
    """The one way in which coach reads templates; `templates` maps paths without .txt to texts."""
    return ImmutableSandboxedEnvironment(
        loader=DictLoader(templates),
        undefined=StrictUndefined,
        autoescape=False,  # plain text for phones
        bytecode_cache=_COMPILED,
    )


class Texts:
    """The templates of a publication, by key: "steady-steps/exercise/1" or "shared/stop"."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self._environment = environment(templates)

    def render(self, key: str, language: str, variables: Mapping[str, object]) -> str:
        """The text in `language`, else in another one, without the newline at its end; raises TextError."""
        try:
            template = self._environment.select_template(list(_search_path(key, language)))
            return template.render(variables).rstrip("\n")
        except TemplateNotFound:
            raise TextError(f"text {key} exists in no language; write messages/{language}/{key}.txt") from None
        except (TemplateError, ArithmeticError, TypeError, ValueError) as error:
            raise TextError(f"text {language}/{key} cannot be rendered: {error}; mend its file and publish") from None


def _search_path(key: str, language: str) -> Iterator[str]:
    yield f"{language}/{key}"
    yield from (f"{other}/{key}" for other in LANGUAGES if other != language)
