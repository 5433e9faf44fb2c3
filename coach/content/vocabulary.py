"""Words that texts to patients must show, and words that they must not hold, with the reason and a better way."""

import re
from collections.abc import Mapping

from coach.content.kinds import Kind
from coach.domain.program import AnswerKind, Language

_TIME = re.compile(r"\b\d{1,2}:\d{2}\b")

ANSWER_FORMATS: Mapping[tuple[AnswerKind, Language], tuple[re.Pattern[str], str]] = {
    (AnswerKind.YES_NO, "en"): (re.compile(r"\bY(ES)?\b.*\bNO?\b", re.DOTALL), "Reply Y or N."),
    (AnswerKind.YES_NO, "es"): (re.compile(r"\bS[IÍ]\b.*\bNO?\b", re.DOTALL), "Responde SÍ o NO."),
    (AnswerKind.DONE, "en"): (re.compile(r"\bDONE\b.*\bNO\b", re.DOTALL), "Reply DONE, SOME or NO."),
    (AnswerKind.DONE, "es"): (re.compile(r"\bHECHO\b.*\bNO\b", re.DOTALL), "Responde HECHO, PARTE o NO."),
    (AnswerKind.SCALE_0_10, "en"): (re.compile(r"\b0 ?(-|to) ?10\b"), "Reply 0-10."),
    (AnswerKind.SCALE_0_10, "es"): (re.compile(r"\b0 ?(-|al?) ?10\b"), "Responde de 0 a 10."),
    (AnswerKind.SCALE_0_3, "en"): (re.compile(r"\b0 ?(-|to) ?3\b"), "Reply 0-3."),
    (AnswerKind.SCALE_0_3, "es"): (re.compile(r"\b0 ?(-|al?) ?3\b"), "Responde de 0 a 3."),
    (AnswerKind.SCALE_1_7, "en"): (re.compile(r"\b1 ?(-|to) ?7\b"), "Reply 1-7."),
    (AnswerKind.SCALE_1_7, "es"): (re.compile(r"\b1 ?(-|al?) ?7\b"), "Responde de 1 a 7."),
    (AnswerKind.MINUTES, "en"): (
        re.compile(r"(?=.*\bmin(ute)?s?\b)(?=.*(\bnumber\b|\b\d+\b))", re.DOTALL | re.IGNORECASE),
        "Reply with the minutes as a number, like 10.",
    ),
    (AnswerKind.MINUTES, "es"): (
        re.compile(r"(?=.*\bmin(uto)?s?\b)(?=.*(\bnúmero\b|\b\d+\b))", re.DOTALL | re.IGNORECASE),
        "Responde con los minutos, como 10.",
    ),
    (AnswerKind.TEXT, "en"): (re.compile(r"\bSKIP\b"), "Reply in a few words, or SKIP."),
    (AnswerKind.TEXT, "es"): (re.compile(r"\bPASO\b"), "Responde en pocas palabras, o PASO."),
    (AnswerKind.TIME, "en"): (_TIME, "Reply with a time, like 9:30 am."),
    (AnswerKind.TIME, "es"): (_TIME, "Responde con una hora, como 9:30."),
}
"""How a question shows its answer format, kind by kind, and words that do."""

SEIZED = re.compile(r"\b(STOPALL|STOP|UNSUBSCRIBE|CANCEL|END|QUIT|REVOKE|OPTOUT|UNSTOP|START|HELP|INFO)\b")
"""Words that Twilio's default opt-out handling takes for itself when they are a whole reply."""

_SELF_HARM = r"""suicid\w* | self-?\ ?harm\w* | autolesi\w* | kill\ yourself |
  quitar(te|se)\ la\ vida"""
_CLINICAL = r"""depress\w* | depresi\w* | deprimid\w* | anxiety | ansiedad | bipolar |
  ptsd | disorders? | trastornos? | diagnos\w* | diagn[oó]stic\w* | mental\ health | salud\ mental"""
_DRUGS = r"""antidepress\w* | antidepresiv\w* | opioids? | opioides? | opiates? | oxycodone | oxicodona | oxycontin |
  percocet | hydrocodone | hidrocodona | vicodin | morphine | morfina | fentan[yi]lo? | tramadol | codeine |
  code[ií]na | methadone | metadona | gabapentina? | pregabalina? | lyrica | neurontin | ibuprofeno? | advil |
  naproxeno? | aleve | acetaminophen | acetaminof[eé]n | paracetamol | tylenol | duloxetin[ae] | cymbalta |
  sertralin[ae] | zoloft | fluoxetin[ae] | prozac | amitriptyline | amitriptilina | benzodiazepin\w* |
  diazepam | valium | alprazolam | xanax | naloxon[ae] | narcan"""
_DOSE = r"doses? | dosis | dosage | \d+\ ?mg"
_BLAME = r"""missed | failed | fail | failing | failure | lazy | your\ fault | should\ have | you\ forgot |
  you\ did\ ?n[o']t | fallaste | fallado | fallar | fracas\w+ | olvidaste | perdiste | no\ hiciste |
  no\ has\ (hecho|respondido|contestado) | deber[ií]as\ haber | por\ tu\ culpa"""


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE | re.VERBOSE)


AVOIDED: tuple[tuple[Kind, re.Pattern[str], str, str], ...] = (
    (
        "self-harm",
        _words(_SELF_HARM),
        "speaks of harming oneself, and may be read on a lock screen",
        "leave it to a talk",
    ),
    (
        "diagnosis",
        _words(_CLINICAL),
        "names a diagnosis, and may be read on a lock screen",
        "speak of pain, sleep or mood",
    ),
    ("drug", _words(_DRUGS), "names a drug, and may be read on a lock screen", "write 'prescribed medicines'"),
    ("dose", _words(_DOSE), "speaks of a dose", "leave doses to the person's clinician"),
    ("blame", _words(_BLAME), "may sound like blame", "say what can be done next"),
)
"""Kinds and patterns of what no text to a patient holds, the reason, and a better way."""

SUBSTITUTES: Mapping[str, str] = {
    "\u2018": "'",
    "\u2019": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2013": "-",
    "\u2014": "-",
    "\u2026": "...",
    "\u00a0": "a plain space",
    "\u2022": "-",
    "\u00b4": "'",
    "`": "'",
}
"""What to write for characters that the GSM alphabet lacks."""

INVITATION_MUST: Mapping[Language, tuple[tuple[re.Pattern[str], str], ...]] = {
    "en": (
        (re.compile(r"\bYES\b"), "how to begin: Reply YES"),
        (re.compile(r"\bSTOP\b"), "how to leave: STOP"),
        (re.compile(r"\bHELP\b"), "how to get help: HELP"),
        (re.compile(r"data rates", re.IGNORECASE), "the cost: Msg&data rates may apply"),
        (re.compile(r"\{\{ *per_week *\}\}"), "how often: up to {{ per_week }} a week"),
        (re.compile(r"emergenc", re.IGNORECASE), "its limits: not for emergencies"),
    ),
    "es": (
        (re.compile(r"\bSÍ?"), "how to begin: Responde SÍ"),
        (re.compile(r"\bSTOP\b"), "how to leave: STOP"),
        (re.compile(r"\bHELP\b|\bAYUDA\b"), "how to get help: HELP"),
        (re.compile(r"datos", re.IGNORECASE), "the cost: tarifas de mensajes y datos"),
        (re.compile(r"\{\{ *per_week *\}\}"), "how often: hasta {{ per_week }} por semana"),
        (re.compile(r"emergenc", re.IGNORECASE), "its limits: no es para emergencias"),
    ),
}
"""What carriers (CTIA, Messaging Principles, opt-in confirmation) and safety want an invitation to say."""
