"""Health: is the process there, and can it take texts."""

from fastapi import APIRouter, Response
from sqlalchemy.exc import SQLAlchemyError

from coach.storage.schema import is_current
from coach.web.deps import CoachDep

router = APIRouter()


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """The process answers. Async, so that it waits for no thread: all of them may be waiting for the database."""
    return {"status": "ok"}


@router.get("/readyz")
def readyz(coach: CoachDep, response: Response) -> dict[str, str]:
    """The database answers and stands at the newest migration; 503 otherwise."""
    try:
        if coach.sessions.reachable() and is_current(coach.sessions.engine):
            return {"status": "ready"}
        problem = "the database is not migrated; run coach migrate"
    except SQLAlchemyError:
        problem = "the database does not answer"
    response.status_code = 503
    return {"status": problem}
