"""A rehearsal's folder: fresh for each run, and for one run at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coach.domain.errors import CoachError


class FolderError(CoachError):
    """The folder cannot be used."""


@contextmanager
def own_folder(folder: Path) -> Iterator[Path]:
    """The path of a new database in `folder`, which is ours until the block ends.

    Raises:
        FolderError: it cannot be written, or another demo uses it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("w", encoding="ascii")
    except OSError as error:
        raise FolderError(
            f"the folder {folder} cannot be written ({error.strerror}); name another with --folder"
        ) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise FolderError(
                f"another demo is running in {folder}; end it first, or name another folder with --folder"
            ) from None
        lock.write(str(os.getpid()))
        lock.flush()
        for left in folder.glob("demo.db*"):
            left.unlink()
        yield folder / "demo.db"
