"""Which passwords are too easy: short ones, and those that are guessed first."""

import re
from collections.abc import Iterable

from zxcvbn import zxcvbn

SHORTEST, LONGEST = 12, 200  # characters; NIST SP 800-63B asks for 8 or more, and refuses common ones
LOOKED_AT = 72  # characters: what comes after makes a guess no easier, and looking at it takes long
ENOUGH = 3  # of 4: safe against 10^8 guesses, where each of ours costs a tenth of a second


def weakness(password: str, known: Iterable[str] = ()) -> str | None:
    """Why that password is too easy, and what is better; or None. `known`: words that others know of its owner."""
    if len(password) < SHORTEST:
        return f"it has {len(password)} characters; take {SHORTEST} or more: four words that do not belong together"
    if len(password) > LONGEST:
        return f"it has {len(password)} characters; {LONGEST} is the most"
    words = [word for name in known for word in [name, *re.findall(r"\w+", name)]]
    guess = zxcvbn(password[:LOOKED_AT], user_inputs=words)
    if guess["score"] >= ENOUGH:
        return None
    return "it is easily guessed: it is common, or follows a pattern; take four words that do not belong together"
