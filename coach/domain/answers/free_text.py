"""A line or two of one's own."""

from coach.domain.answers.result import UNCLEAR, Answer, understood
from coach.domain.late import late_pattern
from coach.domain.normal import Line
from coach.domain.phrases import late_phrases
from coach.domain.spelling import Speller

LETTERS = 2  # different ones; fewer say nothing

REFUSED = late_phrases(
    (
        (
            "^ (no|nope|nah|nop|naw|pass|next|n / a|n a|na|mejor no|ningun*|none|nothing|nada|no tengo na"
            "da|saltalo|saltala|siguiente) (much|really|at all|to report|comes to mind|de nada|en especial)? "
            "(today|hoy|gracias|thanks)? $"
        ),
        (
            "^ (im)? (not|ahora|hoy|esta vez|por hoy) (today|now|tonight|this time|right now|no|no gracias|"
            "sorry) (sorry|thanks|gracias|please|pls|por favor|maybe tomorrow)? $"
        ),
        (
            "^ (no|nah|nope)? (i|id|i would|i really|me)? (dont|do not|rather not|prefer not|prefer not to|"
            "prefiero no|dont really|didnt) (want to|wanna|feel like it|feel like|feel up to|care to|answer|say|"
            "share|to|sharing|contestar|decir|compartir|responder|hacerlo|escribir|hoy)? (want to|it|say|share|"
            "answer|write|today|sharing|this|talk about it|writing|that|tonight|now|hoy|sorry)? $"
        ),
        "^ (id|i would|would)? (rather|prefer) not (to)? (say|share|answer|write|today|talk about it|this time)? $",
        (
            "^ (no|not) (thanks|thank you|gracias|comment|comments|comentario*|quiero|tengo ganas|in the mood|"
            "feeling it|feeling up to it|up to it|deseo) (today|hoy|sorry|to|contestar|responder|escribir|decir|"
            "compartir|hablar|nada)? (de|sobre|about)? (eso|esto|ello|nada|it|that|this)? (today|hoy|ahora|now)? $"
        ),
        (
            "^ (hoy)? (no tengo|sin|nada) (ganas|que decir|nada que decir|ganas hoy|comentarios|energia|energia "
            "hoy) (hoy|(de|para) (eso|esto|nada|escribir|contestar|responder|hablar|pensar|platicar))? (hoy)? $"
        ),
        (
            "^ (no|nah|sorry)? (im)? (not|no) (sharing|saying|telling|answering|talking) (today|now|tonight|that|this|"
            "anything)? $"
        ),
        "^ mejor no (lo)? (digo|decir|contesto|contestar|comparto|compartir|hablo|hablar) (hoy|de eso|nada)? $",
        "^ (i have|ive got|got)? nothing to (say|share|write|add) (today|sorry)? $",
        (
            "^ (none of your business|no es asunto suyo|cant think of (one|anything|any|much|a thing|nothing)|"
            "no se me ocurre nada)"
        ),
        "^ (i)? (cant|cannot|no puedo) (today|right now|now|hoy|ahora)? $",
        "^ (siguiente|next|proxima) (pregunta|question|one)? (por favor|please|porfa)? $",
        "^ (not|no) (today|hoy|now|tonight) (thank you|thanks|gracias|sorry|please)? $",
    )
)
SAYS_NOTHING = late_phrases(
    (
        (
            "^ (ok|okay|okey|okie|k|kk|okay then|ok then|ok thanks|ok thank you|ok gracias|thanks|thank you|thx|"
            "ty|thks|tks|gracias|lol|haha|jaja|jajaja|hmm|hm|huh|uh|um|eh|yes|yeah|yep|yup|y|n|si|sip|sure|claro|"
            "maybe|quizas|tal vez|(de|from) parte de quien|later|luego|mas tarde|despues|idk|dunno|no (idea|clue)|"
            "i dont know|dont know|"
            "not sure|no se|"
            "no lo se|ni idea|hi|hello|hey|hola|test|testing|prueba|done|listo|hecho|vale|bueno|ya|what|que|why|"
            "who|how|where|when|como|cual|which|same|huh what|wait what|eh que|perdon|sorry|oops|ups|"
            "mm|mmm|mmmm|hmmm|que (escribo|pongo|digo|hago)) (thanks|"
            "gracias|ok|lol|then|you|please|pls)? $"
        ),
        (
            "^ (what|who|whats|whos|que|quien) (is|are|are you|es|eres|was|does|do)? (this|you|that|it|esto|"
            "usted|ese|texting me|for|mean|this about|es|me escribe)? (mean|for|about|again|number)? $"
        ),
        (
            "^ (i)? (dont|do not|didnt|no) (understand|get it|get this|entiendo|comprendo|entendi|follow) (this|"
            "the question|que|nada|it|la pregunta|what you mean)? $"
        ),
        (
            "^ (can|could|will|would) (you|u|someone|somebody|i|la clinica|anyone) (call|text|phone|talk|explain|"
            "repeat|help|tell|speak|do)"
        ),
        "^ (what|que|como) (should|do|do you|am|did|debo|tengo que|quiere*|significa|mean) ...",
        "^ (new phone)? (who|whos) (dis|this|that)",
        (
            "^ (what|que|como|mande|eh|huh|perdon)? (no (le|te)? (entendi|entiendo)|mande|mand(e|a) usted) (nada|la "
            "pregunta|bien)? $"
        ),
        "^ (call me|llamame|llameme|please call|pueden llamarme|me pueden llamar|puede llamarme)",
        "^ (do|should|must|did|is|are) (i|this|it|you|there) ...",
    )
)
SPELLER = Speller({"today", "prefer", "rather", "thank", "thanks", "gracias", "prefiero", "nothing", "quien"})
JABBER = late_pattern(
    r"\A(?:(?!.*[aeiouy0-9])(?=(?:[a-z] ?){4,})[a-z ]+|(?:asdf|sdfg|qwer|hjkl|jkl|zxcv|fdsa)[a-z]*) \Z"
)  # a hand on the keys
ASKED = late_pattern(
    r"\A(?:¿ )?(?:what|who|why|how|where|when|which|que|quien|como|cual|por que|cuando|donde|cuanto|do|"
    r"does|is|are|did) .*\? \Z"
)


def read_text(line: Line, language: str) -> Answer:  # noqa: ARG001 - every kind is read with the same two arguments
    """Ok when `line` says something of its own; a refusal is a skip, and what says nothing is unclear."""
    line = SPELLER.mend(line)
    words = line.words
    refused = REFUSED.search(words)
    if refused:
        return Answer("skip", None, (line.quote(*refused.span()),))
    if JABBER.match(words):
        return UNCLEAR
    letters = len({char for char in words if char.isalpha()})
    if letters < LETTERS or SAYS_NOTHING.search(words.replace("? ", "")) or ASKED.match(words):
        return UNCLEAR
    return understood("ok", line.quote(0, len(words)))
