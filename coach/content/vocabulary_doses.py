"""Words by which a text would tell somebody to take a medicine in another way."""

import re
from collections.abc import Iterator, Mapping

from coach.domain.program import Language

_TURNS = {
    "en": r"""raise | raising | increase | increasing | lower | lowering | reduce | reducing | decrease | decreasing |
      cut\ (?:back|down|out) | cut(?=\ (?:it|them|a|the|your)\b) | cutting | halve | double | doubling | stop |
      stopping | quit | skip | skipping | change | changing | switch | come\ off | taper | leave\ out | drop | adjust |
      (?:take|use|try)\ (?:\w+\ )?(?:more|less|fewer|extra|another|half) | taking\ (?:more|less|fewer|extra)""",
    "es": r"""sube | subir | suba | subas | aumenta | aumentar | aumente | aumentes | baja | bajar | baje | bajes |
      reduce | reducir | reduzca | reduzcas | disminuye | disminuir | disminuyas | dobla | doblar | dobles | duplica |
      duplicar | dupliques | deja | dejar | deje | dejes | suspende | suspender | suspenda | suspendas | parar | pares |
      salta | saltar | saltes | s[aá]ltate | saltarte | omite | omitir | omitas | cambia | cambiar | cambie | cambies |
      quita | quitar | quites | ajusta | ajustar | ajustes |
      (?:toma|tomar|tome|tomes|usa|usar|prueba)\ (?:\w+\ )?(?:m[aá]s|menos|otr[ao]|media|medio)""",
}
_MEDICINES = {
    "en": r"medicines? | medications? | meds? | pills? | painkillers?",
    "es": r"""medicinas? | medicamentos? | medicaci[oó]n | pastillas? | c[aá]psulas? | comprimidos? | analg[eé]sicos? |
      calmantes?""",
}
# Medicines only where medicines are spoken of: a tablet is a screen as well, and una receta is for a cake.
_THEM = {
    "en": r"""it | them | one | any | some | more | less |
      (?:(?:a|the|your|one)\ )?(?:tablets? | capsules? | patch(?:es)? | prescriptions?)""",
    "es": r"""la | las | lo | los | una | uno | alguna | m[aá]s | menos |
      (?:(?:la|las|el|los|tu|tus|una?)\ )?(?:tabletas? | parches? | recetas?)""",
}
# A person who only thinks of it, and one who is told not to, is on the way to a talk.
_HELD = {
    "en": r"""do\ not | don't | don\u2019t | never | not | no\ need\ to | before | rather\ than | instead\ of |
      without | if | when | want\ to | wish\ to | thinking\ (?:of|about) | ask\ (?:\S+\ ){0,4}(?:about|before)""",
    "es": r"""no | nunca | jam[aá]s | sin | antes\ de | en\ vez\ de | si | cuando | quieres | piensas | pensando |
      pregunta\w*""",
}
_TALK = {
    "en": r"""\{\{\s*phone\s*\}\} | call\ us | pharmacists? | doctors? | clinicians? | nurses? | prescribers? |
      care\ team | whoever\ prescribed""",
    "es": r"""\{\{\s*phone\s*\}\} | ll[aá]manos | farmac[eé]utic[oa]s? | m[eé]dic[oa]s? | doctora? | enfermer[oa]s? |
      equipo | cl[ií]nica""",
}
NEAR = 6  # words between the verb and the medicine


def _words(pattern: str) -> str:
    return rf"(?<!\w)(?:{pattern})(?!\w)"


def _compiled(language: Language) -> tuple[re.Pattern[str], ...]:
    between = rf"(?:\W+(?:\w+\W+){{0,{NEAR}}}?)"
    turns, medicines = _words(_TURNS[language]), _words(_MEDICINES[language])
    after = rf"(?P<verb>{turns}){between}{medicines}"
    before = rf"{medicines}{between}(?P<verb>{turns})"
    theirs = rf"(?P<verb>{turns})\W+{_words(_THEM[language])}"
    flags = re.IGNORECASE | re.VERBOSE
    return tuple(re.compile(one, flags) for one in (after, before, theirs))


_ADVICE: Mapping[Language, tuple[re.Pattern[str], ...]] = {"en": _compiled("en"), "es": _compiled("es")}
_HOLDING = {one: re.compile(_words(words), re.IGNORECASE | re.VERBOSE) for one, words in _HELD.items()}
_TALKING = {one: re.compile(words, re.IGNORECASE | re.VERBOSE) for one, words in _TALK.items()}
_SENTENCE = re.compile(r"(?:\{\{.*?\}\}|[^.!?;\n])+[.!?;]*")


def dose_advice_in(text: str, language: Language, *, medication: bool) -> Iterator[tuple[int, str]]:
    """Where a text may tell to take a medicine in another way: offsets, and the words.

    It may say not to, or speak of the wish to, as long as it names whom to ask. In a text about medicines
    (`medication`) "it" and "them" are medicines too.
    """
    advice = _ADVICE[language] if medication else _ADVICE[language][:2]
    talks = _TALKING[language].search(text) is not None
    for sentence in _SENTENCE.finditer(text):
        found = [match for pattern in advice if (match := pattern.search(sentence[0]))]
        if not found:
            continue
        first = min(found, key=lambda match: match.start("verb"))
        held = _HOLDING[language].search(sentence[0], 0, first.start("verb")) or sentence[0].rstrip().endswith("?")
        if not (held and talks):
            yield sentence.start() + first.start("verb"), first["verb"]
