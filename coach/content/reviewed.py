"""Files of config/safety, which clinicians review: read whole, or the first fault said with its place."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from coach.domain.errors import CoachError

File = TypeVar("File", bound=BaseModel)


def read_reviewed(path: Path, kind: type[File], trouble: type[CoachError]) -> File:
    """The file as a `kind`. Raises `trouble`, which names the file, the place and the remedy."""
    try:
        return kind.model_validate(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise trouble(
            f"{path}: cannot be read ({error.strerror}); copy config/safety from coach's own folder"
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise trouble(f"{path}: {where}: {first['msg']}; mend it there") from error
    except YAMLError as error:
        raise trouble(f"{path}: {' '.join(str(error).split())}") from error
