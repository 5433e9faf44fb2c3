"""What one inbound text means: safety, then consent, then commands, then answers, then a note. Pure and ordered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from coach.domain.answers import Answer, Status, Value, understand
from coach.domain.commands import EVERYDAY, Command, read_command
from coach.domain.consent_words import Wanted, Wish, read_wish
from coach.domain.program import AnswerKind
from coach.domain.safety import Category, Finding, Rules, read_all
from coach.domain.safety import read as read_safety

TWO_TEXTS_ENOUGH = 0.9
"""How like danger two texts in a row must be that are none each: chance joins words that nobody would."""

TOO_SOON = timedelta(seconds=20)  # nobody reads and answers a text that quickly


@dataclass(frozen=True)
class OpenQuestion:
    """A question that the text may answer; `sent_at` is UTC. `closed` ones take only an answer that is understood."""

    id: int
    kind: AnswerKind
    sent_at: datetime
    closed: bool = False


@dataclass(frozen=True)
class Context:
    """What must be known of the sender. `received_at` is UTC; `earlier` joins the texts of the 2 minutes before."""

    language: str
    received_at: datetime
    rules: Rules
    open: tuple[OpenQuestion, ...] = ()
    earlier: str = ""
    opted_out: bool = False


@dataclass(frozen=True)
class Answered:
    """What the text says to one question."""

    question_id: int
    status: Status
    value: Value | None = None


@dataclass(frozen=True)
class Reading:
    """All that one text means. `because` are the words of it that decided."""

    text: str
    safety: Category | None = None
    consent: Wish | None = None
    command: Command | None = None
    answers: tuple[Answered, ...] = ()
    note: bool = False
    because: tuple[str, ...] = ()
    wrong_person: bool = False  # the number is said to be another's


def interpret(text: str, context: Context) -> Reading:
    """What `text` means to a sender of whom `context` is known; raises nothing, whatever the text.

    1. safety, whatever else is said; 2. and 3. stop, start, help; 4. commands; 5. open questions; 6. else it is a note.
    Beside a command that is an everyday word too (BETTER, LESS, MORE, LATER) the answers are kept.
    """
    danger, rules = _danger(text, context), context.rules
    wanted = read_wish(
        text, opted_out=context.opted_out, asked=bool(context.open), taught=rules.wishes, speller=rules.wish_speller
    )
    command = read_command(text)
    if danger is not None and wanted is not None and wanted.wish == "unsure":
        wanted = None  # "I don't want this any more" is no question about texts where it may mean life
    asks_back = wanted is not None and wanted.wish == "unsure"
    decided = (wanted is not None and not asks_back) or (command is not None and command.word not in EVERYDAY)
    answers = [] if decided else _answers(text, context)
    if asks_back:  # "stop asking me that, it's a 7": the 7 counts all the same
        answers = [(question, answer) for question, answer in answers if _is_value(question, answer)]
    return Reading(
        text=text,
        safety=danger.category if danger else None,
        consent=wanted.wish if wanted else None,
        command=command if wanted is None or _resumes(command, wanted) else None,
        answers=tuple(Answered(question.id, answer.status, answer.value) for question, answer in answers),
        note=not decided and not asks_back and command is None and not answers and bool(text.strip()),
        wrong_person=wanted is not None and wanted.wrong_person,
        because=_because(text, danger, wanted, command, [answer for _, answer in answers]),
    )


def _is_value(question: OpenQuestion, answer: Answer) -> bool:
    """Whether a value was understood; any words would do for a question for words."""
    return answer.status == "understood" and question.kind is not AnswerKind.TEXT


def _resumes(command: Command | None, wanted: Wanted) -> bool:
    return command is not None and command.word == "RESUME" and wanted.wish == "start"


def _danger(text: str, context: Context) -> Finding | None:
    """What is found in `text`, or only once the texts just before it are read with it, and was not in them alone."""
    finding = read_safety(text, context.rules)
    if finding or not context.earlier.strip():
        return finding
    known = {earlier.category for earlier in read_all(context.earlier, context.rules)}
    joined = read_all(f"{context.earlier} {text}", context.rules, least=TWO_TEXTS_ENOUGH)
    found = next((one for one in joined if one.category not in known), None)
    if found is None:
        return None
    here = tuple(words for words in found.because if words in text)
    return Finding(found.category, here or (text.strip(),))


def _answers(text: str, context: Context) -> list[tuple[OpenQuestion, Answer]]:
    """The questions that `text` answers, each with its answer; if it leaves all unclear, the one most likely meant."""
    open_ones = [question for question in context.open if not question.closed]
    read = _read(text, context, open_ones)
    taken = _taken(read)
    if taken:
        return taken
    late = _taken(_read(text, context, [question for question in context.open if question.closed]))
    if late:
        return late
    for status in ("skip", "invalid"):
        one = next(((question, answer) for question, answer in read if answer.status == status), None)
        if one:
            return [one]
    return read[:1]


def _read(text: str, context: Context, questions: Sequence[OpenQuestion]) -> list[tuple[OpenQuestion, Answer]]:
    """`text` read as an answer to each of `questions`: specific kinds first, then the newest, just sent ones last."""
    ordered = sorted(questions, key=lambda question: question.sent_at, reverse=True)
    ordered.sort(
        key=lambda question: (context.received_at - question.sent_at < TOO_SOON, question.kind is AnswerKind.TEXT)
    )
    return [(question, understand(text, question.kind, context.language)) for question in ordered]


def _taken(read: Sequence[tuple[OpenQuestion, Answer]]) -> list[tuple[OpenQuestion, Answer]]:
    """The answers understood, each from words of its own: "done, 6" may answer two, and "6" only one."""
    taken: list[tuple[OpenQuestion, Answer]] = []
    for question, answer in read:
        if answer.status != "understood" or (taken and question.kind is AnswerKind.TEXT):
            continue
        if all(_apart(answer.because, other.because) for _, other in taken):
            taken.append((question, answer))
    return taken


def _apart(these: tuple[str, ...], those: tuple[str, ...]) -> bool:
    return not any(one in other or other in one for one in these for other in those)


def _because(
    text: str, danger: Finding | None, wanted: Wanted | None, command: Command | None, answers: Sequence[Answer]
) -> tuple[str, ...]:
    found = [*(danger.because if danger else ()), *(wanted.because if wanted else ())]
    if command and not wanted:
        found.append(text.strip())
    found += [words for answer in answers for words in answer.because]
    return tuple(dict.fromkeys(words for words in found if words))
