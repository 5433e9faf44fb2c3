"""The clinic, read from config/clinic.yaml."""

from pathlib import Path

from coach.content.document import read_document
from coach.content.faults import FileError, in_order
from coach.content.validate import validate
from coach.domain.clinic import Clinic


class ClinicError(FileError):
    """The clinic's file cannot be used."""


def read_clinic(path: Path) -> Clinic:
    """The clinic that the file at `path` describes; raises ClinicError with every fault."""
    document = read_document(path)
    clinic, _ = validate(Clinic, document)
    if clinic is None or document.faults:
        raise ClinicError(in_order(document.faults))
    return clinic
