"""Phrases (`coach.domain.phrases`) that say nothing about whether something was done, read before all others."""

NEUTRAL = (
    "(cumple|cumplen|cumplio|cumpleanos|birthday) (anos|#)?",
    "se me (fue|hizo|paso) (el dia|la hora|tarde|el tiempo|la manana|la tarde)",
    "(was|were|iba a)? (going to|gonna|about to|decir) (say|tell you|decir)? (yes|no|que si|que no)",
    (
        "(and|y)? (ill|i will|will|gonna|going to|voy a|lo hare|la hare) (do|try|hacerlo)? (it|them)? (again|otra "
        "vez|de nuevo) (tomorrow|manana|later|luego|tonight)?"
    ),
    "(hurt|hurts|ached|aches|dolio|duele|sore) (...)? (a (bit|little|lot|ton)|some|un poco|mucho|after*)",
    "(all|everything|todo|its all) (good|fine|ok|okay|well|bien|tranquilo)",
    (
        "no (more|real|big|major|extra|new|bad)? (pain|problem*|issue*|trouble|complaint*|deal|worries|sweat|"
        "biggie|soreness|rush|hurry|stress|thanks to|side effects|help needed|choice|option|alternative|wonder|joke|"
        "kidding|doubt about it)"
    ),
    "(not|wasnt|isnt|not too|not so|wasnt too|wasnt so) (bad|easy|hard|terrible|fun|great|perfect|pretty|comfortable)",
    (
        "(didnt|did not|doesnt|does not|dont) (hurt|feel (good|great|bad|well|right|too|so|any)|help|mind|"
        "enjoy|like it|sleep|regret)"
    ),
    "(cant|cannot) (complain|believe|wait|lie)",
    (
        "no (me dolio|me duele|dolio|duele|fue facil|estuvo mal|hay problema|tan mal|esta mal|sin dolor|se "
        "preocupe|te preocupes)"
    ),
    "sin (dolor|problema*|molestia*)",
    (
        "(a|an)? (bit|little|lil|tad) (bit)? (sore|tired|stiff|achy|hard|late|slow|better|worse|of pain|"
        "tight|painful|shaky|rough|easier)"
    ),
    (
        "(un poco|un poquito|algo) (cansad*|adolorid*|tarde|de dolor|lento|mejor|peor|dificil|duro|tiesa|"
        "tieso|agotad*|mas)"
    ),
    "(me|se) (dolio|duele|costo|canse|cansa|dolieron) (un poco|un poquito|poco|algo|mas o menos)",
    "(con|tengo) (algo de|un poco de|poco) dolor",
    "some (pain|soreness|discomfort|stiffness|ache*|trouble|rain|tea|coffee|music)",
    "(half|1 / 2|media) (an|a|de)? (hour|hr|hora)",
    "(at|by|about|around|till|until|from|before|after)? half past #?",
    "(at|by|around|till|until|before|after) half #",
    "(than|like|as|que|como) (yesterday|ayer|before|antes|usual|always|siempre)",
    "(esta|en la|por la|de la|la) manana",
    "despues (de|del)",
    "(a)? (la|las) # y (media|cuarto|#)",
    "(tengo|tuve|un|el|mi|otro) (examen)? parcial*",
    "(sali|salimos|salgo|sale) (tarde|temprano|del|de (la|el|mi|trabajar|chambear|turno))",
    "(most|some) days",
    "not (because|only because)",
    "(so|very|really) (much|little)",
    "(all|todo|toda) (day|night|morning|week|evening|afternoon|el dia|la (manana|noche|tarde|semana))",
    "done with (this|you|these|life|everything|it all|all this)",
    "not (gonna|going to) lie",
    "no (pain no gain|excuses|matter)",
)
