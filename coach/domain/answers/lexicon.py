"""Words for yes, done, later and not known, as phrases (`coach.domain.phrases`), a longer one before a shorter one.

Each tuple is read over what the tuples before it left; `polarity.SIGNS` has their order.
"""

# Read before all else: a no that says yes.
AGREED = (
    "(pienso|yo digo|diria) que si",
    "^ (sure|ok|okay|yes|yeah|yea|yep|well|oh|claro|bueno) why not $",
    "(yes|yeah|yep|si) (i)? (suppose|guess|supongo) (so|that (counts|does)|it (counts|does))?",
    "^ (yesd|yesa|yesw|yesx|yesz|yees|yeds|yex|ues|yws|tes|yrs|uep) $",
    "^ (dome|doen|donr|donw|dond|donne|dobe|sone|eone|didi|fone) (it|them|all|today)? $",
    "(every|each) (last|single)? (one|1) (of (them|it|those|these|my))?",
    "(did|done|finished|completed|hit|got|^) every (last|single)? (one|1)? (of them|of em|of those)",
    "(did|done|finished|completed) every (last|single)? (one|1|thing)",
    (
        "acabo de (terminar*|hacer*|acabar*|completar*|realizar*) (los|las|mis|todo*)? (ejercicio*|rutina)? (ahorita|"
        "ahora)? (mismo)?"
    ),
    (
        "^ (pero|pues)? como no (claro|si|hombre|por supuesto|desde luego|con (mucho|todo)? "
        "gusto|encantad*|senor*|joven|gracias|amig*|doctor*|$)"
    ),
    "^ (si)? desde luego (que si)? $",
)

# Not known, or both at once.
UNSURE = (
    (
        "(idk|dunno|dont know|do not know|not sure|unsure|no idea|no clue|not certain|who knows|cant "
        "remember|dont remember)"
    ),
    (
        "(no se|nose|no lo se|no estoy segur*|no entiendo|no comprendo|ni idea|no recuerdo|no me acuerdo|"
        "quien sabe|no sabria)"
    ),
    (
        "(maybe|perhaps|possibly|quizas|quiza|tal vez|talvez|depends|depende|a lo mejor|puede ser|puede que|"
        "a veces|sometimes|theres a chance|good chance)"
    ),
    "(i guess|i suppose|supongo|not exactly|somehow|probably|might)",
    "(yes|si|yeah|yep|sure) (and|y|or|o|/|but also)? (no|nah|not really)",
    "(no|nah) (and|y|or|o|/)? (yes|yeah|yep|si)",
    "no (yeah|wait)",
    "no (la|le|lo|te|les)? (entendi|entiendo|comprendi|comprendo)",
    "(dont|didnt|do not|did not) (understand|get (it|the question|this|what))",
    "why not",
    "(couldnt|cant|could not|cannot|hard to|no sabria|dificil) (say|tell|decir|tell you|say for sure) $",
    "^ lo mismo (de siempre|que ayer)? $",
    "por que no",
    "(ya)? quisiera $",
    "if (...) (count|counts|qualifies|is enough) (then)? (yes|yeah|yep|sure)",
    "si (...) cuenta (entonces)? si",
    "(done|finished|hecho|listo) with (texts|texting)",
)

# Meant for another time.
LATER = (
    "(lo|la|los|las) (hago|hare|haremos)",
    (
        "(will|ill|gonna|going to|about to|plan to|planning|hope to|hoping to|want to try|let me|need to|"
        "have to do|trying to|should|must|intend to|fixing to) (do|try|get|be|go|start|finish|later|soon|"
        "walk|stretch|it|them|my|see|this|that)"
    ),
    "(will|ill) (do|try) ...? $",
    (
        "(well see|we will see|ya veremos|veremos|a ver|on it|working on it|doing it now|doing it|doing them|"
        "in progress|en eso|en proceso|estoy en eso|almost time)"
    ),
    "(in a (bit|minute|while|sec|little|few)|soon|shortly|al rato|en un rato|ahorita|pronto|enseguida)",
    "(later|luego|despues|mas tarde) (today|tonight|on|hoy|maybe|ok|thanks|gracias)? $",
    "(manana|luego|despues|mas tarde|al rato|otro dia|tomorrow) (si|yes)",
    "^ (later|luego|despues|mas tarde|tomorrow|manana)",
    "(tomorrow|manana|next (time|week)|la proxima)",
    (
        "(voy a|vamos a|tratare|intentare|lo hare|la hare|los hare|hare|quiero|pienso|planeo|tengo que|hay "
        "que|debo|lo intento|trato)"
    ),
    "(yesterday|yesterdays|ayer|last week|anoche|last night|usually|normalmente)",
    "(try to|trying|tried to|ill try|i try)",
    "(starting|empezando) (now|ahora)",
    "(ya merito|ya mero|^ ya casi (termino|acabo|los termino)? $)",
    "(i)? (will|would) $",
    "^ (i)? (could|can) $",
)

# Yes.
YES = (
    (
        "(ys|yh|yis|(you)? betcha|you bet ya|sure thing|damn right|darn right|too right|spot on|heck yes|heck yeah|"
        "yes|yeah|yea|yep|yup|yah|y"
        "as|yass|ye|yeh|yess|yessir|yesh|yuppers|yasss|yezzir|aye|uh huh|mhm|"
        "mmhmm|(m|mm|mmm) (hm|hmm)|mhmm|ofc|ofcourse|yus|oui|da)"
    ),
    "^ y (did|i|we|it|they|done|thanks|thank you|gracias|sir|maam|today|hoy|hecho|lo|los)? $",
    "^ y (did|i|we)",
    "^ rather $",
    "^ 10 - 4 $",
    "(please do|(fine|ok|okay) (by|with) me|by all means|happy to|works for me)",
    "^ (id|i would) (love|like) (to|that) (very much|please|thanks)? $",
    (
        "(^ de acuerdo $|^ (sale|va|sale y vale|sale pues|va pues) $|dale|de una|orale|adelante|sigamos|seguimos|"
        "continuemos|va que va)"
    ),
    "(lets (do it|go|keep going|carry on)|go ahead|carry on|keep (going|them coming)|count me in|im in) $",
    (
        "(sure|surely|absolutely|affirmative|definitely|certainly|totally|of course|for sure|you bet|indeed|"
        "correct|always|obviously|you know it|no doubt|without a doubt|hell yes|i think so|i believe so|def|"
        "defo|certain|true|positive|roger)"
    ),
    (
        "(si|sip|sipi|sep|simon|claro|claro que si|por supuesto|desde luego|afirmativo|efectivamente|asi es|"
        "exacto|exactamente|desde luego|correcto|cierto|siempre|sipo|obvio|seguro|como no|sin duda|asi mero|ajá|"
        "aja|creo que si|yes "
        "sir|yes maam|yse|yed|yez|we did)"
    ),
    "(i have|i was|i do|i am|i can|i could) $",
    "(👍|✅|✔|☑|💯|🙋)",
)

# Done.
DONE = (
    "^ (did (it|them))? (twice|2 times|dos veces|2 veces|los hice 2 veces) (today|hoy)? $",
    "(completit*|hechit*|todit*)",
    (
        "(sorted|wrapped (it|them)? up|every (last|single)? (one|1)|been and done|ticked off|job done|mis"
        "sion accomplished)"
    ),
    (
        "(did|done|finished|completed|managed|nailed|crushed|smashed|aced) (it|them|that|this|all|everything|my|the|em|"
        "mine|both|every|to|through|yoga|so|as|out|a) (done|all|exercises|stretches|today|out)?"
    ),
    "helped me (do|through|with|finish|get through) (it|them|my|the)?",
    "(got|made|killed|rocked|hit|knocked) (it|them|all|everything|em|both|through|out) (done|all|today|out)?",
    "(got|did) (my|the) (exercise*|stretch*|routine|reps|moves|workout) (done|in|all|today)?",
    (
        "(did|done|dun|doneee|finished|finish|complete|completed|accomplished|check|checked|got through it|"
        "got er done|success|achieved)"
    ),
    (
        "(walked|stretched|exercised|swam|biked|cycled|practiced|practised|meditated|worked out|went "
        "(walking|for a|out|swimming)|took a walk|took my|moved|ive done|wrote|strolled|jogged|did)"
    ),
    (
        "(ya|ya esta|ya lo|ya quedo|ya estuvo)? (^ echo $|^ echos $|hecho|hecha|hechos|hechas|listo|lista|listos|"
        "listas|"
        "termine|terminado|terminada|terminados|terminamos|cumpli|cumplido|cumplida|complete|completado|"
        "completada|completo|completos|complete|acabe|acabado|acabo|realizado|realizada|realizados|logrado|"
        "logre|consegui|hice|hicimos|camine|estire|ejercite|nade|sali|medite|respire|practique|entrene|"
        "superado|finalizado|finalice)"
    ),
    "(ya|ya esta|ya quedo|ya estuvo|todo|todos|todas|all|everything|all of them|all of it|already)",
)

# Real words that lie one letter from the ones above; a slip never stands for these.
BLURRED = frozenset(
    {"hit", "made", "true", "chance", "certain", "positive", "moved", "wrote", "sali", "nade", "roger", "might"}
)
