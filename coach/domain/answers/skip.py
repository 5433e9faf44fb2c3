"""Whether a reply says that it will not answer: "skip", "rather not say", "prefiero no contestar"."""

from coach.domain.late import late_pattern
from coach.domain.normal import Line, read_line
from coach.domain.spelling import Speller

_KIND = (
    r"please|pls|plz|porfa|por favor|sorry|perdon|perdone|disculpe|disculpa|lo siento|thanks|thank you|thx|gracias|"
    r"dear|honey|hun|ok|okay|and|y|🙏|[^\w\s]"
)
_ASKED = (
    r"it|this|that|one|1|the|question|q|qn|bit|la|esta|esto|eso|esa|ese|pregunta|de|con|on|for|por|vez|time|hora|"
    r"nota|cifra|numero"
)
_NOW = r"now|right now|today|tonight|hoy|ahora|esta noche|este dia|mejor"
_IF_SO = (
    r"if (?:thats|that is|its|it is|you dont|u dont|thats all|no te|no le|no les)(?: all)? "
    r"(?:the same|ok|okay|alright|all right|fine|cool|mind|importa|molesta)(?: (?:to|with|by) (?:you|u|ye|yous))?"
)
_LEAD = (
    rf"\A(?:(?:{_KIND}|no|nope|well|oh|pues|ay|yo|i|id|ill|im|i am|i will|i would|would|i think|hoy|today|"
    r"es[ao]|est[ao]|that|this|that one|this one) )*"
)
_WANT = (
    r"can i|let me|lets|just|gonna|going to|want to|like to|rather|prefer to|prefiero|quiero|quisiera|voy a|mejor|me"
)
_LATER_ON = (
    r"(?:la |el |lo )?(?:proxima|otra|manana|otro dia) (?:vez )?(?:le |te |les )?(?:digo|contesto|respondo|cuento)"
)
_REST = rf"(?:(?:{_ASKED}|{_NOW}|{_KIND}|{_IF_SO}|{_LATER_ON}) )*\Z"
SKIPS = late_pattern(
    rf"{_LEAD}(?:(?:{_WANT}|{_ASKED}) )*"
    r"(?:n / a|skip|skipping|skiped|skipped|pass|passing|next question|next one|next|no comment|"
    r"paso|pasar|pasemos|omit(?:ir|o|a)|salt(?:ar|ear|o|a|arla|arlo|arme|ese|ate|esela)|brinc(?:ar|o|ate)|brinquese|"
    r"siguiente|proxima|"
    rf"(?:leave|leaving) (?:(?:{_ASKED}) )+(?:out|blank|empty)|give (?:(?:{_ASKED}) )+a miss|"
    rf"(?:dejar|dejo|dejarl[oa]) (?:(?:{_ASKED}) )*en blanco) {_REST}"
)
PRIVATE = late_pattern(
    rf"{_LEAD}(?:(?:{_WANT}) )*(?:none of (?:your|ur|yer) business|(?:keep|keeping) (?:that|this|it|that one) "
    r"(?:to myself|private|between me and .*)|(?:thats|that is|this is|its|is|a bit|too|kinda|es|muy|eso es|"
    r"esto es|algo) "
    rf"(?:(?:a bit|too|kinda|very|muy|algo|demasiado) )*(?:private|personal|privado|confidencial)|"
    rf"no (?:es asunto|le importa|te importa)(?: suyo| tuyo| de nadie)?) {_REST}"
)
REFUSED = late_pattern(  # to say anything, which is no answer to any question
    rf"{_LEAD}(?:dont|do not|rather not|prefer not|not|wont|prefiero no|no)(?: le| te| les)? (?:(?:want to|wanna|"
    rf"going to|gonna|care to|"
    rf"feel like|like to|to|quiero|quisiera|voy a|deseo|me gusta) )?(?:answer|answering|say|saying|share|tell|discuss|"
    rf"talk about|respond|rate|(?:put|give) (?:a |any )?numbers?(?: on| to)?|(?:poner|dar)(?:le)? (?:un |"
    rf"ningun )?numero|calificar|contesto|respondo|digo|contestar|contestarla|responder|decir|decirlo|hablar de|"
    rf"compartir) {_REST}"
)
UNWILLING = late_pattern(
    r"(?<!\S)(?:dont (?:want|feel like|wanna)|do not want|rather not|prefer not|wont|cant|no quiero|prefiero no|"
    r"no tengo ganas|no me gusta) .*[,.;!] (?:(?:ok|so|and|please|can we|lets|just|y|pues|mejor) )*"
    rf"(?:next(?: question| one)?|skip|pass|move on|siguiente|otra pregunta|paso|la que sigue) {_REST}"
)
SKIP_FIRST = late_pattern(
    r"\A(?:skip|paso|omitir)(?: (?:please|pls|this one|this|it|esta|por favor|hoy|today))?(?: [,.!;:-])+ "
)
SPELLER = Speller({"skip", "skipped", "skipping", "pass", "omitir", "saltar"})


def is_skip(text: str) -> bool:
    """Whether `text` skips a question, of whatever kind."""
    return skips(read_line(text))


def skips(line: Line) -> bool:
    """The same, of a text that is read already."""
    words = SPELLER.mend(line).words
    return bool(
        SKIPS.match(words)
        or UNWILLING.search(words)
        or PRIVATE.match(words)
        or REFUSED.match(words)
        or SKIP_FIRST.match(words)
    )
