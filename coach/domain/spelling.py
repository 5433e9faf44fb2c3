"""Slips of the thumb: a word that is no word, but one letter away from a word that is expected."""

import re
from collections.abc import Collection, Iterable, Iterator

from coach.domain.normal import Line, Token

MENDABLE = 4  # letters; shorter words are too close to each other
STEM = 5  # letters that words of one meaning share: minutes and minutos
LONG_DRAWN = re.compile(r"([^\W\d])\1{2,}")
REPEATED = re.compile(r"([^\W\d])\1+")

# Words that people do write and that lie one letter from an expected one: never mended. English, Spanish, and more
# of both (the frequent ones that a speller took for slips).
KNOWN = frozenset(
    """
    able about after again alive alone along cuarto cuartos quarter quarters also always another anything around
    away back bad bake base bath bear beat bed been beer best bone book born both bother bought boy break bring
    brother busy but cake call came can cane card care cash cast cat chance change chat clear clinic cold come cone
    cook cool could count cow cry cut daily dance dark dear deer dine does dog doing dome dose down drag drink drive
    drop dune each early ease east easy eat else empty even ever every everything face fair fall farm fast fear feel
    fell felt few fine fire first fish five fix flat flight food foot forget fort found free fresh friend from full
    fun gave get give goes gold gone good grade grand grass great grew groan ground guess had hair hand happen hard
    hate have head hear heard heart heat heavy held hello help here hide high hike hill hire hold hole home hope
    host hot house huge hurry hurt idea ill into jump keep kept kids kill kind knee knew know known lane last late
    later lead least leave left leg lent less life lift light like line list little live load long look loose lose
    loss lost lot loud love low luck lunch made mail make male man many mate meal mean meds meet men mend met might
    mile mind mine minus miss mist mode money moon more morning most mother move much muddle must name near neck need
    never new news nice niece night nine noise nose note nothing noun now off often once only open other our out
    over own pace paid pain part party past path pay people phone pill pine place plan play pool poor post pretty
    pull push quick quiet quite race rain read ready real rest ride right rise road room rough round rule run said
    same sand save saw say scare sea seat see seed seem seen self sell send sense sent set seven shape share she
    ship shirt shop short shot should show shower sick side sight sign since sing sit site size skin skip sky sleep
    slept slip slow small snow sofa soft sold some someone son song soon sore sort sound soup south speed spend
    spent stand star stare stay step still stone stood stop store story strength strong stuck such suit sun sunny
    super sure swim table take talk tall taste team tell ten tend tent test than that the their them then there
    these they thin thing think this those though thought three through throw tight time tire tired today toe told
    tone too took top touch toward town train tree tried trip true try turn under until use used usual very visit
    wait wake walk wall want warm wash waste watch water way weak wear weather week weight well went were wet what
    when where which while white who whole why wide wife will wind wine winter wish with woke wonder wont wood word
    wore work world worse worst would write wrong yard year yell yellow yes yesterday yet york young your yours
    creo afuera agua ahora algo alguien alla alli alto amiga amigo ando antes ayer bajo bano barco bien boca buen buena
    bueno cada calle calma calor cama camino campo cansada cansado cara carro carta casa caso casi cena cerca cerro
    cielo cierto cita claro coche comida como compra con cosa cosas cuando cuello cuenta cuento cuerpo cuidado dado
    dando dar debe decir dedo deje dejo demasiado desde despues dia dias dice dicen dicho dijo doler dolia dolor
    donde dormir dura duro ella ellos enero entre era eran esta estaba estar este esto estos estoy falta familia
    fiesta fin flor forma frio fue fuego fuera fueron fuerte gato gente gracias grande haber hace hacer hacia haga
    hago hasta hay hecho hice hija hijo hizo hola hombre hora hoy humo ido iglesia iba igual ir jamas jardin juego
    lado lago lavar leche leer lejos lento libro llama llamo llega llego lleno llevo lluvia luego lugar lunes madre
    mal malo mama mano mas mata mayor mejor menos mesa mesas meta metas miedo mientras mira mismo modo mucha mucho
    muela mueve mujer mundo muy nada nadie nieve nieto nina nino noche nube nunca ojos otra otro padre pago pan papa
    para parece parque parte pasa pasado paseo pedir pelo peor perro pero pie piel pierna plan poca poco podia
    porque puede puedo puerta pues quiero rato rico risa ropa roto sala salgo sali salud sangre seis semana sentada
    sentado sentir serio siempre siente siento siesta sigo sigue sobre sol sola solo sopa suelo sueno tanto tarde
    tengo tiempo tiene tierra tipo toda todas todavia todo todos toma tomar tomo tope tres una unas uno unos usar
    vaca valor vamos vaya veces veo verano vez viaje vida viejo viene viento vino vio vista vivo voz vuelta
    absolute acaso acres alabado alter alternativa alternativo arabe ashes baked bazo bean begin begun bitter
    blacks bombs boobs booth bravo butter buys cana cannon canoa caro cerdo cesto cetro chamber cheek chick
    chisme chuck ciento cierro ciervo cine cinico circo clavo colmo color commence compete compleja complejo
    confortable corra corro corto coste court courts crashed cuadro cuanto cuero cuesta cuneta cunt curse dele
    descanso dese deuda devil ding dolar dolido donor door drone drown duela duelo dueno dying ejercito empiece
    entire estaca estafa facial fail fifth filing finishes firing fond forged forth fourth frito fund ganar
    gangs ganso grain grano grave greet guest guests hacha hacker hallar hallway harta honra horca horns horse
    hose hueca hunting hurra inicio intense intenso intent intenta invento killer lamer laser latir lave layer
    lease lente leve libra liebre lisa llave lleva macho madam madera males manada manly manzana master mecha
    medica medico medida medir messed metro miel minds minuto mision misses moaning mourning moved mover movies
    nanny nearby negativa novena nueva nueve nuevo opcion ounce pagar pajar pants parcial paris parks parties
    pasar passes pausa pedo petty pissed plain planes planet planting porte posible probable pudo pureza
    qualified qualities queda quede quedo queen quejo querida queso quieto quote rally realize regalar renal
    rented renting reset respiro rocket sabia sail salado saldo sally salute salvado salvo scale score semen
    seria serve seventh shady shake sheep shipping shoot shout siege sixth slapped slide slipping smart sniff
    sobria soplo sorda sorteo spared spoon staff staged stared staring starring stars startled starving stashed
    stated stating steak steal stem stepped stick stops stream stuff surge swear sweep sweet swept swore tacto
    tango tank tanks tarda tardo teen tenso terminal terribly testing tests thick thinks thirsty thorough threw
    ticket tinto tires tonto torno trace trade trago traje tramo trapo trasto trees tricked tries tucked turco
    util various waist waking wander wheat whore whose wired witch worker worried wound
    """.split()  # noqa: SIM905 - a page of words reads better than a list
)


class Speller:
    """Knows the words that are expected, and mends what is one slip away from exactly one of them.

    Words of fewer than `mendable` letters are mended only where a letter is repeated; those that are `known`, never.
    """

    def __init__(
        self, vocabulary: Iterable[str], *, mendable: int = MENDABLE, known: Collection[str] = frozenset()
    ) -> None:
        self.words = frozenset(vocabulary)
        self.known = known
        self.mendable = mendable
        self._near: dict[str, set[str]] = {}
        for word in self.words:
            if len(word) >= mendable:
                for key in _shortened(word):
                    self._near.setdefault(key, set()).add(word)
        self._mended: dict[str, str] = {}

    def mend(self, line: Line) -> Line:
        """`line` with its slips mended; every word still knows where it was written."""
        return Line(line.raw, tuple(Token(self.word(token.word), token.start, token.end) for token in line.tokens))

    def word(self, word: str) -> str:
        """The expected word that `word` stands for, or `word`."""
        if word in self.words or word in KNOWN or word in self.known or not word.isalpha():
            return word
        return self._drawn_out(word) or self._one_slip(word) or _squeezed(word)

    def _drawn_out(self, word: str) -> str:
        ways = (REPEATED.sub(r"\1", word), REPEATED.sub(r"\1\1", word), _ending_drawn_out(word))
        return next((way for way in ways if way != word and way in self.words), "")

    def _one_slip(self, word: str) -> str:
        if len(word) < self.mendable:
            return ""
        near = {found for key in _shortened(word) for found in self._near.get(key, ()) if _one_apart(word, found)}
        for ways in ({found for found in near if sorted(found) == sorted(word)}, near):  # swapped letters are likelier
            if ways and len({found[: min(STEM, *map(len, ways))] for found in ways}) == 1:
                return min(ways)
        return ""


def _squeezed(word: str) -> str:
    """`word` without letters said three times and more, which no word has: todayyyy. A word of one letter stays."""
    return LONG_DRAWN.sub(r"\1", word) if len(set(word)) > 1 else word


def _ending_drawn_out(word: str) -> str:
    """`word` without the repeats of its last letter: dooone stays, goodd becomes good."""
    return word.rstrip(word[-1]) + word[-1]


def _shortened(word: str) -> Iterator[str]:
    """`word`, and `word` without one of its letters: two words share one when they are at most one slip apart."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _one_apart(written: str, meant: str) -> bool:
    """Whether one letter was left out, added, swapped with its neighbour or mistaken, and the first one was right."""
    if written[0] != meant[0]:
        return False
    short, long = sorted((written, meant), key=len)
    start = next(
        (place for place, (one, other) in enumerate(zip(short, long, strict=False)) if one != other), len(short)
    )
    if len(long) != len(short):
        return len(long) - len(short) == 1 and short[start:] == long[start + 1 :]
    swapped = long[:start] + long[start : start + 2][::-1] + long[start + 2 :]
    return short == swapped or (short[start + 1 :] == long[start + 1 :] and len(short) > MENDABLE)
