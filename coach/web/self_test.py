"""The self-test's receiver: its page comes here, over the public address."""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException

from coach.gateway.outside import RECEIVER_PATH
from coach.services.self_test import page_arrived
from coach.web.deps import CoachDep

router = APIRouter()


@router.post(RECEIVER_PATH, status_code=204)
def receive_page(coach: CoachDep, token: Annotated[str, Form(max_length=200)]) -> None:
    """204 where the token is that of a page of the self-test, which has arrived now; else 404."""
    if not page_arrived(coach.sessions, token, now=coach.now()):
        raise HTTPException(404, "no such page")
