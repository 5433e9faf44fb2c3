"""Safety phrases, as reviewed data: config/safety/phrases.yaml read into rules."""

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from coach.content.folders import config_folder
from coach.domain.errors import CoachError
from coach.domain.phrases import PhraseError
from coach.domain.safety import Category, Rules, build_rules

Phrases = list[Annotated[str, Field(min_length=2)]]


class SafetyRulesError(CoachError):
    """The safety phrases cannot be read; names the file and the remedy."""


class Document(BaseModel):
    """The file as written."""

    model_config = ConfigDict(extra="forbid")

    choices: dict[str, Phrases] = {}
    idioms: Phrases
    denials: Phrases
    phrases: dict[Category, Phrases]


@cache
def load_rules(folder: Path | None = None) -> Rules:
    """The rules in safety/phrases.yaml of the config `folder`. Raises SafetyRulesError."""
    path = (folder or config_folder()) / "safety" / "phrases.yaml"
    try:
        raw = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
        document = Document.model_validate(raw)
        return build_rules([*document.idioms, *document.denials], document.phrases, document.choices)
    except OSError as error:
        raise SafetyRulesError(
            f"{path}: cannot be read ({error.strerror}); copy config/safety from coach's own folder"
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SafetyRulesError(f"{path}: {where}: {first['msg']}; mend it there") from error
    except (YAMLError, PhraseError) as error:
        raise SafetyRulesError(f"{path}: {' '.join(str(error).split())}") from error
