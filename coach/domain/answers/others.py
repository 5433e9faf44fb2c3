"""What is told of somebody else: their doings, their pain and their hours answer nothing that the writer was asked."""

import re

from coach.domain.late import late_pattern

_FAMILY = (
    "wife|husband|hubby|partner|spouse|boyfriend|girlfriend|bf|gf|fiancee?|mother|mom|mum|mam|mama|father|dad|daughter|"
    "son|kids?|child|children|baby|toddler|grandsons?|granddaughters?|grandkids?|grandchildren|grandma|grandpa|nan|"
    "sister|brother|sis|bro|twins?|cousins?|aunt|auntie|uncle|nephew|niece|inlaws|friends?|mates?|buddy|neighbou?rs?|"
    "roommates?|flatmates?|housemates?|boss|coworkers?|colleagues?|"
    "espos[oa]|marido|mujer|pareja|novi[oa]|madre|papa|padre|hij[oa]s?|nin[oa]s?|niet[oa]s?|abuel[oa]|herman[oa]s?|"
    "gemel[oa]s?|ti[oa]|prim[oa]s?|sobrin[oa]s?|suegr[oa]|cunad[oa]|nuera|yerno|amig[oa]s?|vecin[oa]s?|jef[ea]|"
    "companer[oa]s?|senora?|viej[oa]|muchach[oa]s?|chamac[oa]s?|chiquill[oa]s?|missus|mrs"
)
_HELPERS = (
    "carer|caregiver|doctor|doc|dr|gp|therapist|nurse|trainer|doctora|medic[oa]|enfermer[oa]|"
    "dogs?|cat|puppy|perr[oa]s?|gato"
)
_WHOSE = r"(?:my|our|the|his|her|their|mi|mis|nuestr[oa]|el|la|los|las|su) "
_ANYBODY = rf"(?:{_FAMILY}|{_HELPERS})"
_ADVERB = (
    r"(?:(?:also|just|already|only|always|usually|even|never|actually|really|finally|probably|both|all|still|"
    r"tambien|ya|siempre|solo|nunca|si|no|le|les|se|lo|la|los|las) )"
)
_SAYS = "says|said|say|thinks|thought|reckons|dice|dijo|dicen|cree|piensa"
_DOES = (
    "did|does|do|didnt|doesnt|finished|completed|managed|walked|stretched|exercised|swam|skipped|"
    "went|came|salio|salieron|fue|fueron|vino|hizo|hace|hicieron|camino|caminaron|termino|logro|estiro|nado|"
    r"cumplio|(?:yes|si|no|tambien)(?= (?:[^\w\s]|\Z))"
)
_IS = (
    "is|are|was|were|has|have|had|isnt|wasnt|hasnt|hurts|aches|would|will|wants|needs|likes|gets|got|goes|comes|"
    "leaves|left|visits|visited|arrives|works|starts|finishes|wakes|sleeps|naps|eats|turned|turns|picks|ran|walks|"
    "rode|rates|rated|scored|calls|called|texted|"
    "es|son|esta|estan|estaba|era|tiene|tienen|tenia|duele|dolia|quiere|sale|llega|llego|viene|vienen|"
    "va|iba|visita|trabaja|empieza|entra|camina|puso|durmio|duerme|despierta|levanta"
)
_JOINS = (  # after these, and after a sign, somebody else's clause may begin
    r"(?:[^\w\s#]+|but|pero|so|because|cause|cuz|cos|bc|porque|while|mientras|though|although|aunque|well|oh|lol|haha|"
    r"no|nope|yes|yeah|yep|si|pues|sorry|perdon|today|hoy|(?<!\bme )(?<!\bi )(?<!\bus )and|(?<!\byo )y|"
    r"like|that|que|mine|mio|mia) "
)
_MINE = r"(?:i|im|ive|ill|id|me|us|we|weve|mine|myself|yo|nos|nosotr[oa]s|mio|mia|mios|mias|conmigo) "
_TURNS = r"(?:[^\w\s#]+|but|pero|so|asi|though|although|aunque) "
_ENDS = (
    rf"(?:{_TURNS}|{_MINE}|(?:then|luego|while|mientras|because|porque|couldnt|didnt|cant|havent|no (?:pude|hice)) |"
    rf"(?:and|y) (?={_MINE}|{_WHOSE}|s?he |ella ))"
)


def _told_of(people: str, verbs: str) -> re.Pattern[str]:
    """What finds a clause about `people` and what they do, to its end."""
    who = (
        rf"(?:a )?(?:{_WHOSE})?(?:{people})(?: (?:and|y|&) (?:{_WHOSE})?(?:{people}))? |"  # my wife, a mi mama
        rf"(?:{_WHOSE})?(?:{people})s (?:[a-z]+ ){{1,2}}?|"  # my brother's knee
        rf"(?:the|el|la) [a-z]+ (?:of|de) {_WHOSE}(?:{people}) "  # el dolor de mi mama
    )
    said = rf"(?:{_SAYS}) (?:(?!{_TURNS})\S+ )*"
    subject = rf"(?:\A|(?<!\S){_JOINS})(?P<who>{who})|(?<!\S)(?:s?he|ella) "
    rest = rf"(?:(?!{_ENDS})\S+ )"
    alone = r"(?!(?:[a-z]+ ){0,5}(?:with me|conmigo) )"
    return late_pattern(rf"(?:{subject}){alone}{_ADVERB}{{0,2}}(?:{said}|(?:{verbs}) {rest}*)|(?<!\S)s?hes {rest}+")


DOINGS = _told_of(_FAMILY, _DOES)
NUMBERS = _told_of(_ANYBODY, f"{_DOES}|{_IS}")
ASKS = late_pattern(rf"\A(?P<who>(?:did|does|has|was|is) (?:{_WHOSE})?(?:{_FAMILY})s? (?:[a-z]+ )*)")


def without_others_doings(words: str) -> str:
    """`words` with what family and friends did or said blotted out, every place kept: "my wife did all of hers"."""
    return _blotted(_blotted(words, ASKS), DOINGS)


def without_others_numbers(words: str) -> str:
    """`words` with every clause about somebody else blotted out: "my brother's knee is an 8"."""
    return _blotted(words, NUMBERS)


def _blotted(words: str, pattern: re.Pattern[str]) -> str:
    """What joins the clause to the rest, "no" or "but", is kept."""

    def blot(match: re.Match[str]) -> str:
        kept = match.start("who") - match.start() if match["who"] else 0
        return match[0][:kept] + "#" * (len(match[0]) - kept - 1) + " "

    return pattern.sub(blot, words)
