"""What one inbound text means: safety, then consent, then commands, then answers, then a note. Pure and ordered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from coach.domain.answers import UNCLEAR, Answer, Status, Value, is_skip, understand
from coach.domain.commands import EVERYDAY, Command, read_command
from coach.domain.consent_words import Wanted, Wish, read_wish
from coach.domain.correction import puts_right
from coach.domain.courtesy import is_courtesy
from coach.domain.program import AnswerKind
from coach.domain.safety import Category, Finding, Rules, read_all
from coach.domain.safety import read as read_safety

TWO_TEXTS_ENOUGH = 0.9
"""How like danger two texts in a row must be that are none each: chance joins words that nobody would."""

TOO_SOON = timedelta(seconds=20)  # nobody reads and answers a text that quickly
JUST_ANSWERED = timedelta(minutes=10)
"""How long "sorry, 6" is about the answer before it, rather than about another question that is open."""


@dataclass(frozen=True)
class OpenQuestion:
    """A question that the text may answer; `sent_at` is UTC. `closed` ones take only an answer that is understood."""

    id: int
    kind: AnswerKind
    sent_at: datetime
    closed: bool = False


@dataclass(frozen=True)
class AnsweredQuestion:
    """A question whose answer, of `answered_at` (UTC), the text may put right."""

    id: int
    kind: AnswerKind
    answered_at: datetime


Asked = OpenQuestion | AnsweredQuestion


@dataclass(frozen=True)
class Context:
    """What must be known of the sender. `received_at` is UTC; `earlier` joins the texts of the 2 minutes before.

    `answered` are the questions they answered lately, the last first. `thanks_expected`: coach took an answer of theirs
    lately, and nobody of the team is waiting for a word of theirs.
    """

    language: str
    received_at: datetime
    rules: Rules
    open: tuple[OpenQuestion, ...] = ()
    earlier: str = ""
    opted_out: bool = False
    answered: tuple[AnsweredQuestion, ...] = ()
    thanks_expected: bool = False


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
    courtesy: bool = False  # a thank-you or an OK, for which nothing is to be done
    because: tuple[str, ...] = ()
    wrong_person: bool = False  # the number is said to be another's


def interpret(text: str, context: Context) -> Reading:
    """What `text` means to a sender of whom `context` is known; raises nothing, whatever the text.

    1. safety, whatever else is said; 2. and 3. stop, start, help; 4. commands; 5. open questions, an answer put right,
    or a courtesy after one; 6. else it is a note.
    Beside a command that is an everyday word too (BETTER, LESS, MORE, LATER) the answers are kept.
    """
    danger, rules = _danger(text, context), context.rules
    wanted = read_wish(
        text, opted_out=context.opted_out, asked=bool(context.open), taught=rules.wishes, speller=rules.wish_speller
    )
    command = read_command(text)
    if danger is not None and wanted is not None and wanted.wish == "unsure":
        wanted = None  # "I don't want this any more" is no question about texts where it may mean life
    if wanted is not None and wanted.wish == "unsure" and context.open and is_skip(text):
        wanted = None  # "I don't want to answer that" is about the question
    beside = wanted is not None and wanted.wish in {"unsure", "help"} and not wanted.keyword
    decided = (wanted is not None and not beside) or (command is not None and command.word not in EVERYDAY)
    thanks = danger is None and wanted is None and command is None and _is_thanks(text, context)
    answers = [] if decided else _answers(text, context, thanks=thanks)
    if beside:  # "stop asking me that, it's a 7", "6, can you call me": the number counts, any words do not
        answers = _values(answers)
    return Reading(
        text=text,
        safety=danger.category if danger else None,
        consent=wanted.wish if wanted else None,
        command=command if wanted is None or _resumes(command, wanted) else None,
        answers=tuple(Answered(question.id, answer.status, answer.value) for question, answer in answers),
        note=not (decided or beside or thanks or answers) and command is None and bool(text.strip()),
        courtesy=thanks and not answers,
        wrong_person=wanted is not None and wanted.wrong_person,
        because=_because(text, danger, wanted, command, [answer for _, answer in answers]),
    )


def _is_thanks(text: str, context: Context) -> bool:
    return context.thanks_expected and is_courtesy(text, [one.kind for one in context.open if not one.closed])


def _values(answers: Sequence[tuple[Asked, Answer]]) -> list[tuple[Asked, Answer]]:
    """Those with a value, but for words, for which any would do; where there are none, one that is unclear."""
    found = [one for one in answers if one[1].status == "understood" and one[0].kind is not AnswerKind.TEXT]
    return found or [(question, UNCLEAR) for question, _ in answers[:1]]


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


def _answers(text: str, context: Context, *, thanks: bool) -> list[tuple[Asked, Answer]]:
    """The questions that `text` answers, each with its answer; if it leaves all unclear, the one most likely meant."""
    open_ones = [question for question in context.open if not question.closed]
    if open_ones and is_skip(text):  # fits every kind alike: it is for what was asked last
        newest = min(open_ones, key=lambda question: (_too_soon(question, context), -question.sent_at.timestamp()))
        return [(newest, understand(text, newest.kind, context.language))]
    read = _read(text, context, open_ones)
    taken = _put_right_or(_taken(read), text, context)
    if taken or thanks:
        return taken
    late = _taken(_read(text, context, [question for question in context.open if question.closed]))
    if late:
        return [*late]
    for status in ("skip", "invalid"):
        one = next(((question, answer) for question, answer in read if answer.status == status), None)
        if one:
            return [one]
    return [*read[:1]]


def _put_right_or(
    taken: Sequence[tuple[OpenQuestion, Answer]], text: str, context: Context
) -> list[tuple[Asked, Answer]]:
    """The answer that `text` puts right, where it was just given or no open question is for such a one; or `taken`."""
    for question in context.answered:
        answer = understand(text, question.kind, context.language)
        if question.kind is AnswerKind.TEXT or not puts_right(text, answer):
            continue
        just_now = context.received_at - question.answered_at <= JUST_ANSWERED
        if just_now or all(one.kind is AnswerKind.TEXT for one, _ in taken):
            return [(question, answer)]
    return [*taken]


def _read(text: str, context: Context, questions: Sequence[OpenQuestion]) -> list[tuple[OpenQuestion, Answer]]:
    """`text` read as an answer to each of `questions`: specific kinds first, then the newest, just sent ones last."""
    ordered = sorted(questions, key=lambda question: question.sent_at, reverse=True)
    ordered.sort(key=lambda question: (_too_soon(question, context), question.kind is AnswerKind.TEXT))
    return [(question, understand(text, question.kind, context.language)) for question in ordered]


def _too_soon(question: OpenQuestion, context: Context) -> bool:
    return context.received_at - question.sent_at < TOO_SOON


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
