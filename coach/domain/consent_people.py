"""Texts that say whose number this is not: a wrong, recycled or shared number, or one whose owner has died."""

WRONG_NUMBER = (
    (
        "(you|youve|got|have|has|its|is|hi|hello|hey|sorry|think|thats|reached|texted|dialed|called|messaging|"
        "texting|to|at|i) (the|a)? wrong ({phone}|person|guy|one|woman|man|lady|recipient|patient|contact|girl|"
        "dude|family|house)"
    ),
    "^ (um|uh|hi|no|hello|sorry|hey|yeah|i think|oops)? (you (have|got))? (the)? wrong ({phone}|person|guy)",
    (
        "wrong (number|person) (mate|bro|dude|please|stop|sorry|pal|$|i|im|this|not|you|thanks|there|here|no|"
        "love|buddy|remove|take|dont|@name)"
    ),
    (
        "(no one|nobody|noone|none|no person|no|aint no) (here)? (named|called (@name|that|this)|by "
        "(that|the|this) name|with that name|of that name|goes by) (here|lives|at|...)"
    ),
    "(no one|nobody|noone|none|no person|no|aint no) @name (here|there|lives|living|anymore|in this|(at|on|with) this)",
    "(no one|nobody|noone) (here)? (named|called (@name|that|this)|by (that|the|this) name|with that name)",
    "there (is|isnt|is not) (no|not a|any|a)? (@name|one by that name)",
    (
        "(dont|do not|never) know (a|any|who|this|an|anyone|anybody|no|her|him|of|heard of) ? (named|called|by "
        "that name|is)? (@name|that is|that name|this person)"
    ),
    (
        "(he|she|they|@name|that person) (does not|doesnt|dont|do not|no longer|is no longer|isnt|hasnt|not) "
        "(longer)? (have|has|had|own|owns|use|uses|using|at|on|live|lives|living|work|works|answer|answers) "
        "(this|that|here|at this|with us|the) (phone|number|cell|line|address|anymore|any more|$|one)?"
    ),
    "not (her|his|their|@names|the right|that persons|hers|my|for @name|meant for me) (number|phone|cell|line)",
    (
        "(isnt|is not|aint|no longer|not|isnt even|was) (her|his|their|@names|@name|the right|that persons) "
        "(old|new)? {phone}"
    ),
    (
        "{phone} (no longer|does not|doesnt|dont|not|isnt|is not|used to|now|has been|was|got) (longer)? "
        "(belong*|reassigned|recycled|hers|his|changed|given|in use by|assigned|@names|associated|connected)"
    ),
    "(belongs|belong|assigned) to (someone|somebody|me now|another|a different|other)",
    (
        "(just|recently|newly|only) (got|bought|received|was given|picked up|have) (this|a new|assigned this|"
        "my)? (new)? (number|phone|cell|line|sim)"
    ),
    "(this is|its|is) (now)? my (new)? (number|phone) (now|not)",
    "(had|have|have had) this {phone} (for|since)",
    (
        "(she|he|they|@name) (has|have|got|changed) (a)? (her|his|their|new|different|another)? (new|"
        "different)? {phone} now"
    ),
    "(she|he|they|@name) (changed|switched|got a new|has a new|gave up|lost) (her|his|their|new)? {phone}",
    (
        "(not|isnt) (the)? (person|one|patient) (you|youre|you are) (...)? (looking|texting|want|think|trying|"
        "after|need|reach)"
    ),
    "(not who|somebody else|someone else|different person|another person) (you|now|has|owns|s|have|uses) (...)?",
    "(numero|persona|telefono|celular) (equivocad*|incorrect*|erroneo|errone*|mal)",
    "(se|te) (equivoc*|confundi*) (de|con)? (el|la)? ({phone}|persona)?",
    "equivocad* de (numero|persona)",
    "(ya)? no es (su|el|mi|este|de) (numero|telefono|celular|numero de|cel) ",
    "(este|esta|el) {phone} (ya)? no (es|pertenece|le pertenece|corresponde|lo tiene|esta a nombre|lo usa)",
    "(este|el) {phone} (ahora)? (es|pertenece|lo tengo) (mio|a otra|de otra|ahora|yo|a mi)",
    (
        "(no|ya no|aqui no) (vive|hay|esta|trabaja|existe|conozco) (aqui)? (a)? (ningun*|nadie|esa|ese|@name) "
        "(con ese|llamad*|@name|persona|que se llame|aqui|de nombre|senor*|$)"
    ),
    "(no|aqui no) (conozco|se quien es|conocemos) (a)? (@name|ningun*|esa persona|nadie)",
    "aqui no (vive|es|hay|esta) (@name|ella|el|nadie|ningun*|esa|ese|la)",
    "(ya)? no (usa|tiene|ocupa|utiliza|vive) (mas)? (este|ese|el|aqui) (numero|telefono|celular|cel)?",
    "(no soy|yo no soy) (la|el|esa|ese) (persona|paciente|duen*|indicad*|que busca*)",
    "^ (no|aqui|disculpe|perdon|lo siento)? (aqui)? no es (aqui)? $",
    "(cambio|cambiado) (de|su) {phone}",
    (
        "(acabo de|recien|apenas) (recibir|comprar|tener|obtuve|compre|me dieron|adquiri|me asignaron) (este|"
        "el|un)? (numero|celular|telefono|linea)"
    ),
    "(tengo|soy) (el|la)? (este|nuevo|nueva|otra|otro) (dueno|duena|numero|persona) (de|nuevo|desde)?",
)
DIED = (
    (
        "(^|(this is|im|i am|its) {their} {family}) (unfortunately|sadly|sorry|hi|sorry but|hello|im sorry)? "
        "(she|he|@name) (has|had|just|is|was|actually|sadly|recently)? (died|passed|dead|deceased|no longer "
        "with us|no longer alive|gone|pass away)"
    ),
    (
        "(@name|(the|that|this) (patient|person|owner|man|woman|lady|gentleman) (...)? (...)?) (has|just|is|"
        "was|recently|sadly|unfortunately)? (died|passed (away|on|in|last)|dead|deceased|no longer with us|no "
        "longer alive)"
    ),
    (
        "(^|soy|es) (su|el|la)? {family}? (de @name)? (lamento|lamentablemente|desafortunadamente|por "
        "desgracia)? (ella|el|@name)? (ya|se)? (fallecio|murio|ha fallecido|ha muerto|esta muert*|falleci*) "
        "(ayer|en|el|la|hace|$|este|por favor|ya|paren|hoy)"
    ),
    (
        "(@name|la senora|el senor|ella|esta persona|este senor|esta senora|la paciente|el paciente|la duena|"
        "el dueno|esa persona|la persona) (@name|ya|se|que|...)? (fallecio|murio|ha fallecido|esta muert*|"
        "fallecid*|difunt*|ha muerto)"
    ),
)
GRIEF = ("(miss|still|grie*|heart|lonely|sad|extran*|trist*|years ago|dog|cat|perro|gato)",)
DEATH = ("(died|passed away|deceased|is dead|fallecio|murio|fallecid*|difunt*)",)
OF_ANOTHER = ("(her|his|their|@names|su) {phone}", "(she|he|ella) ... (number|phone|numero)")
# Said by whoever holds the phone: it may be another of the household, for whom nothing stops.
NOT_ME = (
    "(this|that|it|its) (is)? (not|isnt|aint|no longer|isnt even) @name",
    "(im|i am) not @name (@name)? ($|sorry|you|stop|please|this|who|and|but|dont|im|i|wrong|take)",
    "(isnt|aint|not) (@names|@name) (here|{phone}|$|sorry|you|stop|please|anymore|so|im|its|this|i)",
    "my name (is not|isnt|aint|is) (not)? @name (not|isnt)?",
    "(no soy|yo no soy|no es|no me llamo|esta no es|este no es) (la|el|de)? (senor*)? (@names|@name)",
    "(este|esta) (no|ya no) es (el)? (numero|telefono|celular|de)? (de)? @name",
)
HOUSEHOLD = (
    "(this is|im|i am|its|is|am|here is) {their} (family|{family})",
    "(soy|es|habla|somos|le habla) (el|la|su|un|una)? {family}",
    "({family}) (here|of @name|texting for|writing for|replying for|answering for)",
)
