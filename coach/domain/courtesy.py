"""A thank-you or an OK after an answer was taken: it asks for nothing, and answers nothing. Pure."""

from collections.abc import Collection

from coach.domain.late import late_pattern
from coach.domain.normal import read_line
from coach.domain.program import AnswerKind

THANKS = (
    "thanks so much|thanks a lot|many thanks|thanks again|thanks|thank you so much|thank you very much|thank you|"
    "thankyou|thank u|thx|thnx|tks|ty|tysm|cheers|much appreciated|you too|have a (?:good|nice|great) (?:day|one)|"
    "muchas gracias|muchisimas gracias|mil gracias|gracias (?:a (?:ti|usted|ustedes)|por todo)|gracias|igualmente|"
    "(?:que tengas? )?(?:un )?(?:buen|lindo) dia|🙏|❤|♥|💙|💚|🧡|💛|💜|🩷|😊|🙂|😀|😃|😄|😁|☺|🤗|🥰|😘|🌷|🌹|🌸"
)
"""What thanks or greets, and is never an answer; emoji without their skin tones."""

ASSENTS = (
    "okay|okey|okie|ok|kk|k|alright|all right|got it|sounds good|will do|noted|understood|great|perfect|cool|nice|"
    "vale|de acuerdo|entendido|perfecto|genial|excelente|bueno|👍|👌|🆗|✅|👏|🫡"
)
"""What says that a text was read; an open question for a yes, for done or for words may be meant by it."""

MIGHT_BE_MEANT = frozenset({AnswerKind.YES_NO, AnswerKind.DONE, AnswerKind.TEXT})
"""Kinds of answer that words of ASSENTS may stand for."""

_SIGNS = r"(?:[.,!¡;:~)(-] )*"
_KIND = late_pattern(rf"{_SIGNS}(?:(?:{THANKS}) {_SIGNS})+")
_KIND_OR_OK = late_pattern(rf"{_SIGNS}(?:(?:{THANKS}|{ASSENTS}) {_SIGNS})+")


def is_courtesy(text: str, open_kinds: Collection[AnswerKind]) -> bool:
    """Whether the whole of `text` is a courtesy, and cannot be meant for an open question, of `open_kinds`."""
    words = read_line(text).words
    if _KIND.fullmatch(words):
        return True
    return MIGHT_BE_MEANT.isdisjoint(open_kinds) and _KIND_OR_OK.fullmatch(words) is not None
