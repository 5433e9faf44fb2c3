"""Words for no and for some of it, as phrases (`coach.domain.phrases`), a longer one before a shorter one.

Each tuple is read over what the tuples before it left; `polarity.SIGNS` has their order.
"""

# Begun and not ended, and a beginning or a reason denied: read before what may be known or not.
CUT_SHORT = (
    "tried (to|it|them)? but (i)? (couldnt|could not|cant|didnt) (finish|complete|end|keep going|do (it|them)? all)",
    (
        "(lo|la|los|las)? (intente|trate) pero no (pude|los|lo|la|las)? (terminar*|termine|acabar*|acabe|completar*|"
        "complete)"
    ),
)
REFUTED = (
    "(havent|have not|hasnt|didnt|did not|never|not|couldnt) (even|yet)? (started|start|begun|begin|began)",
    "no (he|lo he|los he|la|lo|los)? (empece|empezado|comence|comenzado|empiezo)",
    "(lo|los|la|las)? (intente|trate) pero no (pude|se pudo|lo logre)",
    "no se (pudo|puede|hizo|logro|dio|me dio)",
    "(i)? tried (to)? but (i)? (couldnt|could not|cant)",
    "no (mucho|mucha) (dolor|trabajo|cansancio|frio|calor|molestia)",
)

# Some of it.
PARTLY = (
    "bits and (pieces|bobs)",
    "(un|1) (chin|chinchin) (na ma|na mas|nada mas|nomas)?",
    "(only|just|solo|nomas) (did|hice|managed)? (the|los|las|el|la) (...)? (ones|1|bit|bits|stretch*|facil*)",
    (
        "(first|primer*|morning) (set|round|one|1|half|part|serie|lot)? (yes|si|done) (...)? (second|other|last|next|"
        "segund*|otr*|evening|rest) (set|round|one|1|half|part|serie|lot)? (no|not)"
    ),
    "(all|everything|all of them|the lot|todos|todo) (apart from|other than|bar|save for|aside from|short of|salvo)",
    "1 que otr*",
    "(left|right|1|one) (side|leg|arm|half) only",
    "(lado|pierna|brazo) (izquierdo|izquierda|derecho|derecha) (solo|solamente|nomas|nada mas)",
    (
        "(not|didnt do|did not do|couldnt do|havent done|no hice|no pude hacer|wasnt|isnt) (it|them|quite)? "
        "(all|everything|the whole|completely|fully|entirely|todo|todos|todas|completo|completos|completa|"
        "the rest|the full)"
    ),
    (
        "(not|didnt|did not|couldnt|could not|cant|havent|never|no pude|no) (quite|really|all|get to|ever)? "
        "(finish|finished|complete|completed|termine|terminar|terminarlo|acabe|acabar|complete|completar|"
        "completarlo|complete|end it)"
    ),
    "no (lo|la|los|las) (termine|acabe|complete)",
    "not (much|a lot|many|quite|very much)",
    "no (mucho|muchos|tanto|del todo|completo|completamente)",
    (
        "(did|do|got|finished|completed|managed|hice|logre) (a|the|only|just|like|about|almost|casi|solo)? "
        "(half|halfway|part|some|most|mitad|parte|algo|algunos|algunas|few|couple)"
    ),
    "(all|everything|all of them|todos|todo|todas) (but|except|menos|excepto)",
    "(a|one|una)? (bit|little|lil bit|little bit|tiny bit|smidge|few|couple) (of (it|them|those|the))?",
    (
        "(about|like|the first|first|second|other|only|just|around)? (half|halfway|half way|1 / 2) (of it|of "
        "them|done|way|through)?"
    ),
    (
        "(part|parts|some|most|much|bits|one|1) of (it|them|the (2|3|4|5|exercises|stretches|moves|routine)|"
        "those|these|my|#)"
    ),
    (
        "(partly|partially|partial|partway|part way|part|some|most|mostly|kinda|kind of|sort of|sorta|more "
        "or less|somewhat|semi)"
    ),
    (
        "(almost|nearly|barely|hardly|casi|apenas) (all|done|finished|everything|todo|todos|todas|there|"
        "completo|it|any|nada)?"
    ),
    (
        "(only|solo|solamente|nomas|nada mas) (did|hice)? (the|el|la|los|a|un|una)? (first|primer*|#|one|uno|"
        "una|mitad|poco|few|couple)"
    ),
    "just (did)? (the|a)? (first|1|one|few|couple|part|warm up|half)",
    "^ (only|just|solo|solamente|nomas) (did|hice)? (the|el|la|los|las) ... $",
    "(did|hice|made|finished|termine) (the|las|los) (first|last|primer*|ultim*) (#|few|couple|par)",
    "(los|las) (primer*|ultim*) (#|dos|tres)",
    "^ (solo|solamente|nomas) (la|el)? (respiracion*|estiramiento*|caminata|caminar|respirar|estirar|calentamiento) $",
    "(la|una)? (mayoria|mayor parte) (de (los|las|ellos|ellas) ...)?",
    "(only|just|solo|solamente|nomas) (one|uno|una|un poco|algunos|algunas|some|part)",
    (
        "(one|1|una|un) (set|round|serie|vuelta|exercise|stretch|ejercicio|side|lado|leg|pierna) (only|nomas|"
        "solamente|nada mas)"
    ),
    (
        "(only|just|solo|solamente|nomas) (did|hice)? (one|1|un|una|the|el|la)? (left|right)? (side|lado|leg|pierna|"
        "izquierd*|derech*)"
    ),
    "(3 / 4|3 quarters|3 cuartos|2 thirds|2 tercios|3 fourths|2 / 3)",
    (
        "(had to|made me|needed to|tuve que|tuvimos que) (stop|quit|rest|pause|parar|dejarlo|pararme|"
        "descansar|detenerme|cut) (early|halfway|short|a la mitad|antes)?"
    ),
    (
        "(stopped|quit|ended|pare|gave up|give up|lo deje|la deje|me pare) (early|halfway|short|partway|at|"
        "after|midway|a la mitad|a medias|antes|a los|because|cause)?"
    ),
    "cut (it|my|them|the) ... short",
    "(started|began|empece|comence|inicie)",
    "(as much as|what|whatever|all|everything) (i|we) could",
    (
        "(only|just) (managed|did|got|finished|completed) (to do|through)? (the|my)? (first|#|half|some|part|a "
        "(few|couple|bit|little))"
    ),
    "no (todo|todos|todas|completo) $",
    "(lo que|hasta donde|cuanto) pude",
    "(a|en)? (la mitad|mitad|medias|media|medio)",
    "(una|en)? (parte|partes|parcial*)",
    "(un|muy)? (poco|poquito|poquitos|poquitin|poquititito|poquitito|pocos|pocas|tantito|tantitito|pelin)",
    "(mas o menos|mas menos|algo|algunos|algunas|unos cuantos|unas cuantas|un par|regular|varios|several)",
    "tried (but|and)? (...)? (stopped|hurt|quit)",
    "(intente|trate) pero",
    "1 / 2",
)

# No.
NO = (
    "(totally|completely|just|clean|plain)? (forgot|slipped my mind|spaced (on|out)?)",
    "ni loc*",
    "but not",
    "not feeling (it|up to it|like it)",
    "(i)? meant to (do (it|them))? but",
    "(back|pain|body|leg|knee|hip|weather|rain) (wouldnt|didnt|wont|would not|doesnt) let me",
    "(slept|rested|napped|lay down|dormi|descanse) instead",
    "no me dejo (hacerlos|hacerlo|salir|caminar)? (la espalda|el dolor|la pierna)",
    "(was|were) (going|gonna|about|planning|meaning|hoping) (to)? (do (it|them|my ...))? but",
    "(iba|pensaba|queria) (a)? (hacerlos|hacerlo|hacerlas|salir|ir)? pero",
    (
        "(hoy|aun|todavia|pues|pos|yo|que)? no (me|lo|la|los|las|nos|le|les)? (sali|salimos|camine|caminamos|estire|"
        "ejercite|nade|medite|respire|practique|entrene|hicimos|cumpli|realice|fui|fuimos|anduve|movi|lleve|pasee|"
        "corri|realizamos)"
    ),
    (
        "(nup|nanay|nones|que va|no way jose|not a chance|no chance|cero|gave it a miss|(havent|no he|had"
        "nt) had (a|the)? (chance|time))"
    ),
    "no (tuve|hubo|tengo) (chance|oportunidad|manera|animo*|fuerza*)",
    "passed (today|on (it|this|that))",
    "(did|do|done|hice|got) (nothing|none|zero|nada|ninguno|ninguna|0) (today|hoy)?",
    (
        "(of course|absolutely|definitely|certainly|probably|sure|totally|obviously|por supuesto|claro|desde "
        "luego|obvio|creo|pienso) (que)? (not|no)"
    ),
    (
        "(i)? (dont|do not|didnt) (think so|feel like (it|doing it)?|want to|get around|get a chance|get to|"
        "have (time|the|a|any|energy))"
    ),
    (
        "(did|do|could|can|have|was|am|will|would|is|are) not (do|done|able|get|manage|have|happen|make|"
        "today|yet|really)? (it|them|to it)?"
    ),
    (
        "(didnt|dint|did nt|didn|havent|hadnt|couldnt|could nt|cant|cannot|wasnt|wont|unable|dont|doesnt|"
        "shouldnt|hasnt|aint|wouldnt|isnt) (do|done|get|manage|have|happen|make|able|today|yet|really|be|"
        "even)? (it|them|to it|any|to)?"
    ),
    "sure (didnt|did not|wasnt|havent)",
    "never (got|get|did|made|had|found) (to|the|a|around|time)? (to)? (it|them|that|chance|time)?",
    "(afraid|guess|hope|think|suppose|me temo que|creo que|supongo que) (not|no)",
    "(me|nos)? (dio|da|gano|daba)? (la|mucha|pura)? (flojera|pereza|hueva|weba)",
    (
        "not (today|todays|yet|done|really|at all|this time|now|me|happening|a chance|possible|able|doing|tonight|"
        "necessarily|once|a single|going|gonna|up to it|in the mood|completed|finished|for me|so much|a "
        "thing|one|any|ever|i)"
    ),
    "(aun|todavia|hoy|ahora|esta vez|creo que|pues|pos|que) no (lo|la|los|las|me)? (hice|pude|he hecho|logre)?",
    (
        "no (lo|la|los|las|me|se|he|hice|pude|puedo|tuve|alcance|logre|fui|quiero|quise|camine|hoy|gracias|"
        "todavia|aun|thanks|thank you|time|way|energy|chance|luck|sir|maam|sorry|not|i|too|couldnt|didnt|can "
        "do|longer|estoy|hay|di|cumpli|tengo|voy|sali|en)? (lo|la|hice|hecho|pude|hacerlo|hacer|tiempo|ganas|"
        "energia|not)?"
    ),
    "(para|de) nada",
    "^ (muy|bien|bastante|super) (cansad*|adolorid*|ocupad*|enferm*|agotad*|debil) (hoy|hoy no|perdon|para eso)? $",
    "(sin|falta de|no hay|falto) (tiempo|ganas|energia*|fuerza*)",
    "(se me (fue|acabo|hizo) (el (dia|tiempo)|la (tarde|noche)|tarde|de noche))",
    (
        "(en absoluto|de ninguna manera|ni un|ni una|ni uno|ni 1|ni de (chiste|broma|loc*|milagro)|ni hablar|"
        "ni pensarlo|tampoco|jamas|"
        "nunca|never|neither)"
    ),
    "(none|nothing|zero|nada|ninguno|ninguna|0|nil|zip) (of (it|them|these|those))? (today|hoy|at all|yet)?",
    "(forgot|forget|forgotten|slipped my mind|spaced|olvide|olvido|olvidaron|se me olvid*|se me paso|me olvide)",
    "(skip|skipped|skipping|skiped|missed|saltado|salte|me lo salte|omiti|paso hoy|hoy paso|^ paso $|^ pass $)",
    (
        "(too|demasiado|demasiada) (much|sore|tired|busy|sick|weak|exhausted|painful|stiff|late|hot|cold|"
        "hard|rainy|achy|bad|down|low|drained|wiped|worn|fatigued|dizzy|mucho|cansad*|adolorid*|ocupad*|"
        "dolor|tarde|enferm*|debil|frio|calor|trabajo|agotad*)"
    ),
    "(ran|run|was) out of (time|energy|steam)",
    (
        "((uh|nuh|nu|unh) uh|nuhuh|nope|nop|nopes|nah|naw|na|nay|nel|negative|negativo|negatory|unfortunately not|"
        "impossible|^ (false|falso) $|"
        "imposible|no|hell no|nein)"
    ),
    "^ n (thanks|thank you|gracias|sorry|sir|maam|today|hoy|not|too)? $",
    "(❌|👎|🚫|✖|🙅|⛔|✗|✘)",
)

# What is a no only where nothing else says one.
STAYED = (
    "(i|just|we)? (stayed|stuck|been|was|lay) (in|home|at home|inside|indoors|in bed|on the (couch|sofa)) (all)?",
    "(fell asleep|dozed off|nodded off|slept through (it|them)?|me quede dormid*|me dormi)",
    "(me|nos) (quede|quedamos|la pase) (en (casa|cama|la casa|la cama)|adentro|acostad*|encerrad*)",
)
