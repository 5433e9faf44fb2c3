"""A text made ready for consent: shorthand written in full, slips mended, and people's names known for names."""

import re
from collections.abc import Iterable

from coach.domain.late import late_pattern
from coach.domain.likeness import is_word
from coach.domain.normal import Line, Token, read_line
from coach.domain.spelling import Speller

NAME, NAMES = "@name", "@names"  # what a person's name, and a name with 's, are read as
CALLED = "@called"  # a name after "no" and a pause: "no, Ana here" is Ana, and "no Ana here" is not


def listed(words: str) -> tuple[str, ...]:
    """The phrases of a page of them, parted by commas."""
    return tuple(" ".join(word.split()) for word in words.split(",") if word.strip())


def _meant(page: str) -> dict[str, str]:
    """Each way of writing, from lines of `word: way way way`."""
    pairs = (line.split(":") for line in page.strip().splitlines())
    return {way: word.strip() for word, ways in pairs for way in ways.split()}


WRITTEN_OUT = _meant(
    """
    you: u ya'll yall yous
    your: ur yr youre yer
    please: plz pls plse pleas plis plss pleeze plez plox
    text: txt tx txtt
    texts: txts texs texxts txs
    texting: txting textin txtin textn
    texted: txted
    message: msg mssg mesage mssage
    messages: msgs mssgs mesages msges messeges
    dont: dnt donot donut dnot dontt don
    stop: stp stopp tsop sotp stahp stawp stahhp sto stob
    thanks: thx thnx tks ty tnx
    number: # num nbr nmbr
    enough: nuff enuf enuff nough enought
    anymore: anymor nomore
    sorry: sry srry
    because: cuz cos bc
    que: q k qe
    porfa: xfa xfavor porfavor pf plix porfis favorcito
    mensajes: msjs mjs mensages mensjes msjes mensaje msj mensajitos
    mas: maz
    unsubscribe: unsuscribe unsubcribe unsubscibe unsubscrib unscribe unsub
    cancel: cancle cansel cancell
    want: wnt wanna
    going: gonna
    someone: some1 sum1
    all: alll allll
    are: r
    help: hlep hepl halp
    unenroll: unenrol
    quiero: kiero qiero
    """
)
MENDED = frozenset(
    """
    stop stops stopped stopping unsubscribe unsubscribed cancel cancels canceled cancelled revoke remove removed
    start starts started unstop ayuda cancelar text texts texting message messages messaging subscription program
    receive receiving anymore please number wrong contact sending mensajes recibir borrenme suscripcion programa
    participar participate withdraw enough cancer cancers massage massages tests tested smart stars stark pleased
    contract contracts contacted texted messaged messenger stoop stomp sleeping sensing spending cancela cancelas
    cancele cancelen cancelo cancelan cancelado cancelaron contactar contacte contacten contacto ayude ayudo ayuda
    ayudar program programa programas numero numeros
    """.split()  # noqa: SIM905 - a page of words reads better than a list
)
SPELLER = Speller(MENDED)
GIVEN_NAMES = frozenset(
    """
    aaron adam alejandra alejandro alex alice alicia amanda amy ana andrea andres andrew angela anita ann anna anne
    anthony antonio ashley barbara ben beth betty bill bob brenda brian carla carlos carmen carol caroline catherine
    charles chris christina cindy claudia cristina dan daniel dave david deborah debra dennis diana diane diego
    donald donna dorothy ed eddie edith eduardo elena elizabeth ellen emily emma enrique eric ernesto esther eva
    fernando fran frances francisco frank fred gabriel gabriela gary george gloria greg guadalupe guillermo gustavo
    hannah harold hector helen henry hugo ines irene isabel ivan jack jaime james jane janet jason javier jeff jen
    jennifer jenny jerry jessica jesus jim jimmy joan joe john johnny jorge jose joseph josh juan juana juanita judy
    julia julie julio karen kate kathy keith kelly ken kevin kim larry laura leo leticia linda lisa lorena louis
    lucas lucia lucy luis lupe manuel marco margaret margarita maria mariana marie mario marta martha martin mary
    matt melissa michael michelle miguel mike miriam monica nancy natalia nicole norma olivia oscar pablo pam
    patricia patrick paul paula pedro peter phil rachel rafael ramon raul rebecca ricardo richard rick rita rob
    robert roberto rodrigo roger ron rosa rosario roy ruben ruth ryan sam samantha samuel sandra sara sarah scott
    sergio sharon silvia sofia sonia stephanie steve steven sue susan susana tamara ted teresa thomas tim timothy
    tina tom tony tracy valeria vanessa veronica vicky victor victoria virginia walter wendy yolanda
    """.split()  # noqa: SIM905 - a page of words reads better than a list
)
NO_NAMES = frozenset(
    """
    i im ive ill id ok okay dr mr mrs ms covid god christmas english spanish english espanol ingles stop start help
    please thanks text texts message number the this you your me my no yes and sorry phone end quit cancel unsubscribe
    opt out revoke all now hurt sure monday tuesday wednesday thursday friday saturday sunday january february march
    april may june july august september october november december mom dad mother father wife husband daughter son
    usa tv mri er gp pt pm am que mas ya de por favor not wrong texting messages
    dios senor cristo jehova virgen navidad lunes martes miercoles jueves viernes sabado domingo enero febrero marzo
    abril mayo junio julio agosto septiembre octubre noviembre diciembre mama papa esposo esposa hijo hija doctor
    doctora gracias hola lord church bible easter thanksgiving
    """.split()  # noqa: SIM905 - a page of words reads better than a list
)
# No dictionary lists them all: mandarme, llamándonos, póngale.
WITH_PRONOUN = late_pattern(r"(?:(?:[aei]r|ando|iendo)(?:me|te|se|nos|les?|l[oa]s?)+|[ae]n?(?:se|les?|l[oa]s?))\Z")
DRAWN_OUT = late_pattern(r"([a-z])\1{2,}")
NO = frozenset({"no", "nope", "nah"})
SHARE_OF_CAPITALS = 0.6  # from here on capitals are the writer's habit and no sign of a name


def read_consent_line(text: str, speller: Speller = SPELLER) -> Line:
    """The tokens of `text`, each the word that is meant and still knowing where it was written."""
    tokens = read_line(text).tokens
    capitals = _capitals(text, tokens)
    read = [_token(text, token, speller, capital=place in capitals) for place, token in enumerate(tokens)]
    for place, (no, pause, name) in enumerate(zip(read, read[1:], read[2:], strict=False)):
        if no.word in NO and not is_word(pause.word) and name.word == NAME:
            read[place + 2] = Token(CALLED, name.start, name.end)
    return Line(text, tuple(read))


def _token(text: str, token: Token, speller: Speller, *, capital: bool) -> Token:
    word = WRITTEN_OUT.get(token.word) or WRITTEN_OUT.get(DRAWN_OUT.sub(r"\1", token.word), token.word)
    if word == token.word:
        word = _name(text[token.start : token.end], token.word, capital) or _mended(word, speller)
        word = WRITTEN_OUT.get(word, word)
    return Token(word, token.start, token.end)


def _mended(word: str, speller: Speller) -> str:
    if word in speller.known:
        return word
    usual = SPELLER.word(word)
    return speller.word(word) if usual == word and not WITH_PRONOUN.search(word) else usual


def _name(raw: str, word: str, capital: bool) -> str:
    owned = len(word) > 1 and re.search(r"['’]s\Z", raw, re.IGNORECASE) is not None
    bare = word[:-1] if owned or (word[:-1] in GIVEN_NAMES and word not in GIVEN_NAMES and word[-1] == "s") else word
    if bare in GIVEN_NAMES or (capital and bare not in NO_NAMES):
        return NAMES if bare != word else NAME
    return ""


def _capitals(text: str, tokens: Iterable[Token]) -> frozenset[int]:
    """The places of words with a capital that no start of a sentence asks for."""
    words = [(place, token) for place, token in enumerate(tokens) if token.word[0].isalpha()]
    high = [(place, token) for place, token in words if _capital(text[token.start : token.end])]
    if len(words) > 1 and len(high) > SHARE_OF_CAPITALS * len(words) and len(words) > 3:  # noqa: PLR2004 - "Stop Ana"
        return frozenset()
    return frozenset(place for place, token in high if not re.search(r"(?:\A|[.!?\n])[^\w]*\Z", text[: token.start]))


def _capital(raw: str) -> bool:
    return raw[0].isupper() and raw[1:].islower() and len(raw) > 1
