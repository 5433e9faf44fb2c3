"""Whole texts that are a keyword, whatever politeness, name, swear word or sign stands beside it."""

import re

from coach.domain.consent_line import NAME, NAMES, listed
from coach.domain.late import late_pattern
from coach.domain.normal import Line

# The provider's and carriers' words first (47 CFR 64.1200(a)(10)), then those of other languages and what people write.
STOP_WORDS = frozenset(
    listed(
        """
        stop, quit, end, revoke, opt out, cancel, unsubscribe, alto, anular, arret, baja, borrame, borrar,
        borrenme, cancel all, cancel it, cancel this, cancela, cancelar, cancelen, cancele, cease, cease and desist,
        dar de baja, darme de baja, darse de baja, dame de baja, deja, dejen, desinscribir, desist, desuscribir,
        detener, detenga, detengan, detenganse, end all, end it, end this, i quit, i revoke, i unsubscribe, i cancel,
        i opt out, i stop, no text, no texts, optar, optout, opt me out, opting out, para, para todo, parar, pare,
        paren, parenle, quit it, quit this, quitar, quitenme, remove, remove me, delete me, erase me, salir, saquenme,
        stop all, stop it, stopall, stop this, stop these, stop those, stop them, stop that, stop everything,
        stop everything all, un subscribe, unenroll, discontinue, terminate, halt, desuscribirme,
        desinscribirme, salirme, retirarme, borrarme, cancelame, eliminar, elimina, eliminen, borra, borren,
        desactivar, cancelo, cancelarme, leave
        me alone, go away, take me off, get me off, get me out, i want out, im out,
        count me out, remove my number, no contact, stop service, end service, cancel service
        """
    )
)
START_WORDS = frozenset(
    listed(
        """
        alta, begin, begin again, comenzar, comienza, dar de alta, darme de alta, empezar, empieza, iniciar, inicio,
        opt in, optin, reanudar, reanuden, reiniciar, rejoin, restart, resubscribe, re subscribe, resume,
        resuscribir, resuscribirme, start, start again, start over, subscribe, suscribir, suscribirme, unstop, un stop,
        unsuspend, volver, resume all, start all, start it, start them
        """
    )
)
HELP_WORDS = frozenset(
    listed(
        """
        auxilio con esto, ayuda, ayudame, ayudeme, ayudenme, help, help info, help me, i need help, info, informacion,
        information, mas informacion, more info, more information, necesito ayuda, need help, me ayudan,
        me pueden ayudar, can you help me, can you help, quiero ayuda, quiero informacion, i want help, need info,
        i need info, i need information, necesito informacion, necesito info, mas info, help menu, menu
        """
    )
)
BARE_STOPS = frozenset({"no more", "no mas", "basta"})  # beside "please" they may mean only this one
YES_WORDS = frozenset({"yes", "si", "y", "s", "yeah", "yep", "yup"})  # start a stopped person; otherwise an answer
MOODS = late_pattern(
    r"(?:(?:please|por favor|porfa|thanks|thank you|thank u|gracias|muchas gracias|now|ya|ahora|ahorita|ahora mismo|"
    r"omg|ok|okay|okey|just|immediately|inmediatamente|right|right now|right away|away|asap|at once|already|forever|"
    r"permanently|for good|today please|hi|hello|hey|hiya|hola|buenas|buenos dias|buenas tardes|good morning|"
    r"good evening|dear|sir|maam|madam|mate|bro|bruh|bros|dude|man|guys|folks|people|buddy|pal|luv|love|hun|honey|"
    r"amigo|amigos|senor|senora|senorita|doctor|doctora|doc|nurse|coach|team|yo|ugh|argh|lol|lmao|oh|well|so|"
    r"i said|i say|i told you|said|i repeat|means stop|sorry|kindly|regards|best|from|you|yous|"
    r"fuck\w*|fukin\w*|effing|bloody|shit\w*|damn\w*|goddamn\w*|dammit|ffs|wtf|bitch\w*|ass|asshole\w*|arsehole\w*|"
    r"bastard\w*|jerk\w*|idiot\w*|moron\w*|stupid|creep\w*|weirdo\w*|crap|hell|bs|motherfuck\w*|dick\w*|prick\w*|"
    r"twat\w*|wanker\w*|cabron\w*|pendej\w*|carajo|chinga\w*|mierda|joder|puta\w*|puto\w*|cono|maldit\w*|"
    r"@names?|\d+|x+|f{3,}s?) )+"
)
STOP_SIGNS = late_pattern(r"[\s.!?]*(?:[🛑⛔]\ufe0f?[\s.!?]*)+")
SPELT_OUT = late_pattern(r"(?:\w ){3,}")  # s t o p
STOP_SIGN = "🛑"  # beside "please", other signs or a name
# A first sentence or clause that says stop; what follows cannot unsay it.
PLAIN = "stop|stop all|stopall|unsubscribe|opt out|opt - out|optout|revoke"
BEFORE_A_PAUSE = late_pattern(
    rf"^(?:[^\w\s] )*(?:{PLAIN}|baja|cancel|quit|end|alto|basta|cancelar|no more texts) "
    r"(?:[^\w\s,:'\"()/-] )*(?P<pause>[.!?;\n,:(-]|\Z)(?P<rest>.*)",
    re.DOTALL,
)
AFTER_A_PAUSE = late_pattern(
    rf"[^\w\s'\"/~@] (?P<said>(?:please |just |so )?(?:{PLAIN}|remove me|stop it|stop now) "
    r"(?:(?:please|now|thanks|por favor|ya|ok|@name|thank you) )*(?:[^\w\s] )*)\Z"
)
ALSO_AN_ANSWER = frozenset({"quit", "end", "alto", "baja", "basta", "cancel", "cancelar"})  # "quit, too sore"
FULL_STOP = frozenset(".!?;\n")


def whole(line: Line, *, opted_out: bool) -> str:
    """The wish ("stop", "start", "help") that the whole text is the keyword of, or nothing."""
    words = _bare(line.words)
    short = " ".join(MOODS.sub(" ", f" {words} ".replace("  ", " ").lstrip() + " ").split())
    if STOP_SIGNS.fullmatch(line.raw) or (STOP_SIGN in line.raw and not short):
        return "stop"
    if opted_out and {words, short} & YES_WORDS:
        return "start"
    if words in BARE_STOPS:
        return "stop"
    once = " ".join(dict.fromkeys(short.split()))  # STOP STOP STOP
    for wish, keywords in (("stop", STOP_WORDS), ("start", START_WORDS), ("help", HELP_WORDS)):
        if keywords & {words, short, once} or _each_is(short, keywords):
            return wish
    return ""


def said_first(line: Line) -> str:
    """The words that say stop before a pause, ready to be quoted; or nothing."""
    match = BEFORE_A_PAUSE.match(line.words)
    if match is None:
        return ""
    word, pause, rest = match[0][: match.start("pause")].split()[-1], match["pause"], match["rest"].strip()
    if pause not in FULL_STOP and (word in ALSO_AN_ANSWER or (pause == "-" and not rest)):
        return ""
    return line.quote(0, match.start("pause"))


def said_last(line: Line) -> str:
    """The words that say stop after the last pause, ready to be quoted; or nothing."""
    match = AFTER_A_PAUSE.search(line.words)
    return line.quote(*match.span("said")) if match else ""


def _bare(words: str) -> str:
    kept = [word for word in words.split() if word[0].isalnum() or word in {NAME, NAMES}]
    glued = "".join(kept)
    return glued if SPELT_OUT.fullmatch(" ".join(kept) + " ") and glued.isalpha() else " ".join(kept)


def _each_is(short: str, keywords: frozenset[str]) -> bool:
    """Whether `short` is nothing but keywords of one wish: "stop cancel unsubscribe"."""
    words = short.split()
    return len(words) > 1 and all(word in keywords for word in words)
