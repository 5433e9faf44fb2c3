"""What numbers have in common, whatever they are asked for: corrections, decoys, ranges, and questions asked back."""

import re

from coach.domain.late import late_pattern

NUMBER = late_pattern(r"(?<!\S)-?\d[\d.,:]*(?= )")
CORRECTION = late_pattern(
    r"(?<!\S)(?:make it(?= (?:a |an )?\d)|sorry|perdon|perdona|i mean|i meant|meant|make that|no wait|wait|"
    r"actually|correction|oops|"
    r"scratch that|scrap that|strike that|digo|quise decir|quiero decir|mejor dicho|correccion|ups|\*|"
    r"(?<=\d )no(?= (?:, )?\d)|"
    r"(?<=\d [,.] )no(?= (?:, )?\d)|(?<= [ap]m [,.] )no(?= (?:, )?\d)|"
    r"no (?:, )?(?:espere|espera|mejor|perdon|fueron|eran))(?: [,.:-])* "
)
SAID_BEFORE = late_pattern(
    r"(?<!\S)(?:i said|i put|i wrote|i sent|puse|dije|escribi|mande) (?:a |an |un )?\d+ (?=.*\d)"
)
NOT_FIRST = late_pattern(
    r"\A(?P<before>(?:[^\W\d]+ |, )*?)(?:not|no) (?:a |an |un |at |las |a las )*\d[\d:]* (?:am |pm )?(?=.*\d)"
)
SPAN = late_pattern(r"(?<!\S)(?:\d|half|media|hour|hora)")
NOT_THAT = late_pattern(r"(?<=\d )(?:, |and )?not (?:a |an )?\d+ (?=(?:sorry |\. )*\Z)")  # 18 not 8
BUT_NOT = late_pattern(r"(?<=\d )(?:, )?(?:no|not|y no|and not) \d+ (?=(?:[.!] )*\Z)")  # I meant 20, not 200
QUESTION = late_pattern(
    r"\A(?:¿ )?(?:is (?!an? |about |at )|are |what |whats |how |why |when |where |which |who |should |can "
    r"(?!only |just |not )|could (?!only |just |not |do |barely )|do |does |did (?:you|u|i) |am i |would "
    r"(?!say |call |rate |give |guess )|cual |cuales |cuanto |cuantos |cuantas |cuando |puedo |debo |por que |"
    r"tengo que |es normal |es mucho )"
)
ASKED_BACK = late_pattern(
    r"\A(?:[a-z]+ ){0,3}(?:what|where|who|which one|que|cual|donde) \? \Z|"
    r"\A(?:¿ )?(?:como|que|es|esta|y|quien|a que|what|out of|de) .*\? "
)
TURNED_QUESTION = late_pattern(r"\A¿ (?=.*[a-z])[^?]*\? (?:[^\w\s] )*\Z")
LONG_QUESTION = late_pattern(r"\A(?!(?:yes|yeah|yep|no|nope|si|y|n|done|hecho) )(?!.*[.!;] .)(?:\S+ ){4,}\? \Z")
ROUGHLY = late_pattern(r"(?<!\S)(?:mas o menos|more or less|o asi|or so|ish) ")

# An amount that is known not to be the number, or not to be one number.
COMPARED = late_pattern(
    r"(?<!\S)(?:more|less|(?:higher|lower|greater|bigger|worse|better)(?= than )|over|under|above|below|least|most|"
    r"up to|max|"
    r"maximum|min of|minimum|fewer|beyond|"
    r"past|not|isnt|wasnt|nothing like|mas|menos|sobre|minimo|maximo|no es|no fue|no era|no llegue a|no "
    r"llega a|hasta|> |< |≥|≤|>|<) (?:= )?(?:than |de |que |of |to |the |as )?(?:los |las |unos )?(?:a |"
    r"an |un |even |quite )?-?\d|\d (?:\+|plus|or more|or less|or above|or below|or over|or under|o mas|o "
    r"menos|y pico|y algo|something|tops|max|maximo|minimo|at most|at least|como mucho|como maximo|por lo "
    r"menos|al menos|mas|more|less|menos|higher|lower|extra|and a bit|and some|and change|y tantos) "
)
HALVES = late_pattern(r"(?<!\S)(?:and a half|and half|y medio|y media|point 5|punto 5|coma 5|1 / 2|half|medio) ")
OTHER_DAY = late_pattern(
    r"\d (?:yesterday|ayer|anoche|last night|last week|tomorrow|manana|before|antes)(?! (?:but|pero)) |"
    r"(?<!\S)(?:yesterday|ayer|last week|la semana pasada|tomorrow|manana|usually|normally|goal|meta|"
    r"target) (?:was |is |it was |i did |fue |hice |es |era |de )?(?:a |un |around |about )?\d"
)

_WAS = (
    r"(?:was |were |it was |only |just |about |solo |had |i had |did |i did |fue |era |hice |tuve )*(?:a |an |un |"
    r"una |at |en |like |como )*"
)
_BEFORE = r"(?:yesterday|ayer|last night|anoche|last week|last time|la semana pasada|the day before)"
_WEEKDAY = (
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|lunes|martes|miercoles|jueves|viernes|sabado|domingo)"
)
_MIN = r"(?: (?:min|mins|minutes|minutos))?"
EARLIER = late_pattern(  # what another day was, beside today
    rf"(?<!\S)(?:(?:it |i |que |y |and |but |pero |vs |versus |from )*{_WAS}\d+{_MIN} {_BEFORE}|"
    rf"{_BEFORE} {_WAS}\d+{_MIN}|(?:was |were |it was |i had |fue |era |tuve )\d+{_MIN} (?:on |el |last )?{_WEEKDAY}|"
    rf"(?:was |were |fue |era |estaba en |it was |had been |been )(?:a |an |un |at |at a )*\d+{_MIN} (?:before|"
    rf"earlier|antes|"
    r"when|this morning|first thing|last time|temprano|al despertar|en la manana)|"
    rf"(?:would be|would have been|id be at|seria|hubiera sido) (?:a |an |un |at )*\d+{_MIN} (?=without |if |"
    rf"but for |sin |si )) "
)

# Numbers of other things.
CLOCK = (
    r"\d+:\d+(?: (?:am|pm|a \. m|p \. m))?|\d+(?:\.\d+)? (?:am|pm|a \. m|p \. m)(?: \.)?|(?:a las|las|"
    r"desde las|hasta las) \d+"
)
SINCE = r"(?:since|until|till|til|by|before|@) (?:(?:about|around|like|nearly|almost) )*\d+"
DATED = (
    r"(?:day|days|week|dia|semana|number of|year|january|february|march|april|june|july|august|l|c|s|"
    r"covid|linea|line|ruta|route|bus|tram|calle|street|avenida|apt|room|channel|canal|exit|gate|platform|hwy|highway|"
    r"(?:paracetamol|ibuprofeno?|tylenol|advil|naproxeno?|tramadol|gabapentin\w?)(?: de)?|capitulo|chapter|page|"
    r"pagina|season|episode) \d+(?: - [ls] ?\d+)?"
)
ORDINAL = r"\d+ (?:st|nd|rd|th|ero|er|ro|mo|vo)"
UNITS = (
    r"km|kms|k|kilometers?|kilometros?|miles?|mi|steps?|pasos?|laps?|vueltas?|blocks?|cuadras?|meters?|"
    r"metros?|yards?|mts?|feet|ft|"
    r"foot|pies|reps?|sets?|series|x|times|veces|vez|days?|dias?|weeks?|semanas?|months?|mes|meses|years?|"
    r"anos?|pills?|pastillas?|"
    r"tablets?|mg|lbs?|kg|kilos?|libras?|calories|calorias|%|percent|por ciento|degrees|grados|dollars|"
    r"bucks|people|personas|kids|"
    r"hijos|dogs?|breaks?|pausas?|floors?|pisos|flights|stairs|songs?|stretch(?:es)?|exercises?|"
    r"ejercicios?|hills?|houses|stops|"
    r"noches?|nights?|am|pm|st|nd|rd|th|o clock|oclock|hours of sleep|episodes?|episodios?|films?|movies?|"
    r"chapters?|trips?|paracetamol(?:es)?|ibuprofen[o]?|tylenol|advil|aleve|aspirin(?:as?)?|naproxen[o]?|tramadol|gabapentin|"
    r"diclofenaco|ketorolaco|norco|percocet|"
    r"circuits?|lengths?|tries|intentos|naps?|siestas?|beers?|coffees?"
)
SECONDS = r"s|sec|secs|second|seconds|seg|segs|segundo|segundos"
RATED = late_pattern(  # how strong the pain is, beside how long
    r"(?<!\S)(?:(?:pain|hurt|aches?|dolor)(?: level| score| scale| today| hoy)?(?: was| is| at| a| era| fue| es| de|"
    r" en| of| about| around| like| como| :| =)* (?:a |an |un )?\d+(?: (?:/|out of|de|sobre) 10)?|"
    r"(?:me )?(?:dolio|duele|dolia|hurt|hurts)(?: me| it)?(?: like| como| about| around| at)? (?:a |an |un )?\d+|"
    r"\d+ (?:/|out of|sobre|de) 10|\d+ (?:for|of|in|de) (?:the )?(?:pain|dolor)) "
)
TIME_UNITS = r"m|min|mins|minute|minutes|minuto|minutos|h|hr|hrs|hs|hour|hours|hora|horas"
# Any other plural right behind a number is counted by it; these words end in s and are no plurals.
NO_PLURALS = (
    r"this|is|was|as|has|less|plus|yes|pls|plis|nomas|thanks|thnks|thnx|thx|gracias|pues|mas|menos|es|points?|puntos?|"
    r"mins|minutes|minutos|hours|"
    r"hrs|horas|hs|always|sometimes|sucks|hurts|feels|aches|los|las|its|perhaps|besides|unless|across|us|"
    r"gets|keeps|was|does|"
    r"estos|estas|unos|despues|antes|entonces|jeses|guess|boss|miss|pass|todos|atras|dios|adios|ademas|"
    r"apenas|meds|stress|stairs|depends|means|seems|looks|comes|goes|says|stays|throbs|radiates|happens|changes|burns"
)
PLURAL = rf"\d+ (?!(?:{NO_PLURALS}) )[a-z]{{2,}}s"
AGE = (
    r"(?:im|i am|turned|turning|age|aged|tengo|cumpli|edad|edad de) \d\d(?= (?!min|m |of |out ))"
    r"(?: (?:years? old|yrs?|anos?))?|(?:hes|shes|whos|(?:he|she|who|that) (?:is|was|turned|turns)|el tiene|"
    r"ella tiene|que tiene|aged) \d+"
)
COUNTED = late_pattern(
    rf"(?<!\S)(?:{CLOCK}|{AGE}|{SINCE}|{DATED}|{ORDINAL}|-?\d[\d.,]* (?:1000 )?(?:{UNITS})|{PLURAL}) "
)


def masked(words: str, pattern: re.Pattern[str]) -> str:
    """`words` with what `pattern` finds blotted out, every place kept."""
    return pattern.sub(lambda match: "#" * (len(match[0]) - 1) + " ", words)


def after_correction(words: str) -> str:
    """`words` with all before a correction blotted out, when a number was put right by another."""
    first = CORRECTION.match(words)
    words = masked(words, BUT_NOT) if first else words
    last = max(
        (match for match in CORRECTION.finditer(words) if NUMBER.search(words, match.end())), default=None, key=_end
    )
    words = masked(masked(words, NOT_THAT), SAID_BEFORE)
    if last is None or not SPAN.search(words[: last.start()]):
        return masked(words, NOT_FIRST)
    return "#" * (last.end() - 1) + " " + words[last.end() :]


def without_earlier(words: str) -> str:
    """`words` without the number of an earlier day, where there is one of today too."""
    today = EARLIER.sub(lambda match: "#" * (len(match[0]) - 1) + " ", words)
    return today if NUMBER.search(today) else words


def _end(match: re.Match[str]) -> int:
    return match.end()


def asks_back(words: str) -> bool:
    """Whether the reply is itself a question."""
    return bool(QUESTION.match(words) or ASKED_BACK.match(words) or TURNED_QUESTION.match(words))


def asks_in_words(words: str) -> bool:
    """The same, or a longer sentence that ends as a question, where the answer would be in words."""
    return asks_back(words) or bool(LONG_QUESTION.match(words))
