"""Where a project keeps its files: the working directory, or else the project that this package lies in."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def messages_folder(program: Path) -> Path:
    """The messages of a program file: beside its config folder, else of the working directory, else of the project."""
    beside = [program.parent.parent.parent / "messages"] if program.parent.name == "programs" else []
    return _first([*beside, Path("messages"), PROJECT / "messages"])


def clinic_file(program: Path) -> Path:
    """The clinic of a program file: in its config folder, else of the working directory, else of the project."""
    beside = [program.parent.parent / "clinic.yaml"] if program.parent.name == "programs" else []
    return _first([*beside, Path("config/clinic.yaml"), PROJECT / "config/clinic.yaml"])


def program_file(name: str) -> Path:
    """The file of the program of that name: of the working directory, else of the project."""
    return _first([Path(f"config/programs/{name}.yaml"), PROJECT / f"config/programs/{name}.yaml"])


def config_folder() -> Path:
    """The `config` folder of the working directory, where it is a clinic's, else the one that comes with coach."""
    return _first([Path("config/clinic.yaml"), PROJECT / "config/clinic.yaml"]).parent


def _first(places: list[Path]) -> Path:
    return next((place for place in places if place.exists()), places[0])
