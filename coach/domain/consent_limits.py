"""What only looks like a wish about the texts (`NOT_MEANT`), and what may mean all texts or less (`UNSURE`)."""

# Read first and left out: a denial, a limit, a wish for fewer, a question about care, or another thing that stops.
NOT_MEANT = (
    "(se|ya|no|asi|eso|luego|despues|calor|frio|noche|tarde|descanso|hielo) (me|le|nos) (baja|sube)",  # the pain
    "(estoy|estuve|estaba|sigo|seguia|ando|pedi|cogi|tengo|dieron) (...)? (de|la|en) baja",  # on sick leave
    "baja (laboral|medica|por enfermedad)",
    (
        "(what|que) (happens|happen|would happen|if|pasa|pasaria) (...)? (if|when|si|cuando)? (i|les|le|yo)? "
        "(reply|text|say|send|type|write|answer|put|respondo|pongo|escribo|mando|digo|contesto) (with|con)? "
        "(stop|baja|alto|quit)"
    ),
    (
        "(opt|opted|opting) out of (the|my|a|any|todays|doing|going to)? (stairs|walk*|exercise*|class|gym|lunch|"
        "dinner|party|trip|lift|elevator|surgery|church|work|meeting|yoga|swim*|bus|game|run|hike)"
    ),
    (
        "(dont|do not|never|wont|will not|not|didnt|did not) (ever|you|even|please|really)? (want (you|them|"
        "it)? to|want|going to|ever|plan to|intend to|mean to|think of|thinking of|wish to|need to|dare)? "
        "(stop|end|cancel|quit|unsubscribe|opt out|remove me|leave|take me off|delete me|drop out)"
    ),
    (
        "({not}|no|stop|quit) ({write}|{pestering}) (to)? (me|us|this number)? (anything|texts|messages|"
        "reminders)? (so|before|after|at (night|work|midnight|#)|on|during|until|till|while|in the|today|"
        "tomorrow|this (morning|week|weekend|evening)|between|about|tonight|when|too|as often|that often|"
        "weekends|mornings|late|early|every|for a)"
    ),
    (
        "{halt} {the}? {the}? {texts} (me)? (so|before|after|at (night|work|#)|on|during|until|till|while|in "
        "the|tomorrow|between|tonight|when|too|late|early|every|for|over the|about|than|than|antes|los|por la|"
        "despues|today|a las|en la|hasta)"
    ),
    (
        "no (me|nos)? {manden} (...)? (antes|despues|tan|tanto|tantos|los|las|hoy|manana|por la|en la|a las|"
        "durante|cuando|temprano|hasta|entre|ahorita)"
    ),
    "(get|have|send|want)? (less|fewer|not so many|not as many|menos|no tantos) {texts}",
    "(too many|so many|demasiados|muchos|tantos) ... ... ... (fewer|less|slow down|cut down|reduce|menos|half|mitad)",
    (
        "(typed|sent|put|gave|entered|wrote|hit|pressed|texted|meant|puse|escribi|mande|di) (the|a|in|el|un)? "
        "(wrong|numero equivocado)"
    ),
    "wrong number (of|i (meant|put)|should|it should|# |its #|earlier|last time|above|meant|for (the|my)|again it)",
    "wrong number , (should|i meant|meant|its|it was|#)",
    (
        "(should|when|if|must|do|can) i (stop|quit|end|cancel|pause|skip) (taking|doing|the|my|walking|if|when|"
        "at|it if|exercising)"
    ),
    "no (more|mas) (than|de (#|un|una|dos|tres|diez)|que)",
    (
        "(stop|pause|cancel|skip|remove|end|reschedule|cancelar|cancelen) (my|the|a|one|todays|tomorrows|mi|la|"
        "el|las)? (appt|appointment*|meeting|walk|exercise*|stretch*|tuesday*|monday*|wednesday*|thursday*|"
        "friday*|saturday*|sunday*|next|brace|bus|sign|signs|light|order|visit|class|session|physio|pt|"
        "membership|cita|caminata|ejercicio*|tomorrow*|todays|pills|meds|medication*|pain|watch|culture|at|for "
        "(a|coffee|lunch|the)|by|and (rest|go|start|stretch))"
    ),
    "(remove|delete|take off|removed) (me|my|the) (brace|pain|shoes|stitches)",
    "(non|bus|pit|full|rest|train|truck|a|the|next|first|last|tram|petrol|gas|metro|subway|quick|short) -? stop",
    (
        "(cant|cannot|couldnt|could not|dont|doesnt|does not|didnt|wont|never|wouldnt|must|had to|have to|"
        "ready to|need to|going to|about|have to|made me) stop"
    ),
    "(the|at|at the|by the|in the|near the|weekend|dead|this|other|each|no|both|week|tail|far|back|front|an) end",
    "(made|make|makes) an end",
    "(quiet|quite) a",
    (
        "(que|gracias)? (a)? dios (te|le|lo|la|les|los|las|me|nos|se)? (lo|la)? (bendiga*|bendice*|pague*|guarde|"
        "acompane|cuide|ayude)"
    ),
    "(gracias a dios|si dios quiere|dios mediante|dios mio|god bless (you|u|yall)?|thank god)",
    (
        "(quiero|deseo|quisiera|me gustaria|espero|poder)? (volver|empezar|regresar) a (jugar|caminar|trabajar|bailar|"
        "dormir|correr|manejar|cargar|salir|andar|nadar|cocinar|viajar|sentirme|ser|hacer|moverme|la iglesia|mi)"
    ),
    "(no|not) (quiero|voy a|pienso|quiere|deseo) (cancelar|dejar|parar|salir|darme de baja|salirme)",
    "(no|ni) (pude|puedo|podia|pudimos|logre|alcance a|quise|queria|me deja*|pienso) (ni)? (salir|parar|pararme)",
    "no (cancelen|paren|dejen|deje|pare|cancele|dejes|me (cancelen|borren|quiten|saquen|den de baja))",
    "(they|he|she|kids|family|everyone|people|nobody|no one|always) leave me alone",
    "(never|didnt|did not|not|havent|who) (say|said|asked|text|texted|typed|told you)? (to)? stop",
    "stop (i|you) (hear|heard|thought|told|know|guess|would|could|had)",
    "(did|have|has|havent|hasnt) (you|they|it|the {texts}) (stop*|quit)",
    "{texts} ... ... but (they|it|i|you|keep) (...)? (work|works|help|helps|like|love|need|ok|fine|good|keep|read)",
    "no more questions (from|for now|i have)",
    "leave me alone (is|was|i told|i said|all|for|at home|with|in)",
    "(how|when) (long|many|much) ... (until|till|before) ... (end|ends|stop|stops)",
    "(end|stop) (of|time|up|with a|result|my life|it all|the pain|everything and)",
    "(cancel|canceled|cancelled|quit) (on|plans|our|smoking|drinking|work|my job|early|half*|after|at|counting)",
)

# Bare ends of an exercise, a question or a day: with a question open they answer it.
UNSURE_UNLESS_ASKED = (
    (
        "^ (ok|okay|well|so|honestly|sorry)? (im|i am) (just|so|all|totally|really)? (done|finished|through|"
        "over it|over this|out of here) (now)? $"
    ),
    "^ (i)? (give up|am giving up|cant anymore|cant|im giving up) (anymore)? $",
    "^ (ya)? (me)? (canse|rindo|harte|me rindo|me canse|no puedo mas|ya no puedo|ya termine con esto) $",
    "^ (si|ya|ok|listo)? (ya)? termine (todo|ya|esto|todo esto) (ya|hoy|por hoy|gracias)? $",  # or terminé
    "^ (enough|plenty|suficiente|ya no|ya estuvo|ya estuvo bueno) $",
    "^ ya no quiero $",
)
UNSURE = (
    "(a)? (break|rest|pause) from (these|your|the {texts}|all (of)? (this|these)|{texts}|you)",
    (
        "(can|could|may|shall|should|lets) (we|i|us)? (please|just)? (stop|end|quit|finish|leave it) (here|there|"
        "for now|for today|today|now|this for now|it here)"
    ),
    "(asking|ask) (so|too) many questions",
    "^ (not|no) (any more|anymore|any longer) (please)? $",
    (
        "^ (ok|please|just)? (forget (it|this|about it)|skip (all|everything|all of (it|them|this))|drop it|"
        "never mind (all)? (of)? this|dont bother (anymore)?|leave it|whatever, stop|not doing (this|it)|not "
        "doing (this|it) (anymore|any more)) (please|now|anymore|any more|thanks)? $"
    ),
    "(give up|giving up|gave up) (on (this|it|the program|all this|the whole thing)|with (this|it))",
    (
        "^ (please|no|ya|mejor|bueno|ok)? (ya)? (dejalo|dejenlo|dejemoslo|dejemos|olvidalo|olvidenlo|lo dejo|"
        "lo dejamos|paro|me detengo|terminamos|acabemos) (asi|ahi|aqui|ya|hoy|por hoy)? (por favor|gracias)? $"
    ),
    (
        "^ (ya|yo|creo que|bueno|por hoy|pues|mejor)? (hasta aqui|hasta ahi|no sigo|ya no sigo|no le sigo|ya "
        "no le sigo|no continuo|ya no continuo|aqui le dejo|ahi muere) (nomas|mas|por favor|gracias|llego|con "
        "esto|hoy|le dejo)? $"
    ),
    "^ (ya)? (basta|estuvo|fue suficiente|es suficiente|me canse) (ya|por favor|porfa|gracias|de esto|con esto|no)? $",
    (
        "^ (ya)? no (quiero|deseo|voy a|puedo) (mas|ya)? (esto|hacerlo|hacer esto|seguir con (esto|lo mismo)|"
        "seguirle|continuar|eso|hacer (mas)? esto|seguir haciendo (esto|lo)) (mas|por favor|ya|gracias|hoy)? $"
    ),
    (
        "(paren|pare|para|dejen|deje|deja|basta|ya|suficiente|no mas) (ya)? (con|de)? (lo|eso|las) (del|de) "
        "({topic}|la|el|los|las)"
    ),
    "{halt} (with)? {the}? {the}? {topic} ({texts}|questions|ones|one|stuff|thing|things|prompts|preguntas)",
    "{halt} (with)? (this|that|these|those) (one|ones|part|bit|kind|type|sort|activity|exercise|question)",
    (
        "(no mas|no quiero (mas)?|ya no quiero|no me manden|no me envien|paren|quiten) (las|los|de|mas)? "
        "(preguntas|{texts}) (de|del|sobre) (la|el|los|las)? {topic}"
    ),
    (
        "(stop|quit|dont|do not|cease|enough|no more|no mas|never|no longer want|tired|sick|leave off|stop it) "
        "(with|of)? (the|your|all|these|those|you|always|keep|daily|me)? (the|these)? (asking|ask|nagging|nag|"
        "pushing|push|telling|tell|reminding|remind|questioning|question|questions|quizzes|surveys|checking|"
        "lecturing|bossing|exercise texts|exercises|activities|tips|advice|ratings|check in|preguntas|prying|"
        "pressuring)"
    ),
    "(dont|do not) (want|need) (to)? (answer|be asked|reply|respond|get asked|any more questions|be nagged)",
    (
        "^ (please|ok|okay|thats|that is|its|im done|stop|just|sorry)? (thats|its)? (enough|no more|stop|basta|"
        "suficiente|ya no|no mas|quit|lets stop|i quit|ya|paramos|paro|dejalo|leave it|end|let me stop) "
        "(already|of this|of that|this|it|ya|please|now|por favor|texts|texting)? (for|por|de)? (today|tonight|"
        "now|hoy|ahora|the day|the night|this week|this time|esta semana|esta noche|right now|a while|the "
        "weekend) (please|por favor|thanks)? $"
    ),
    "(por hoy|for today) (ya)? (basta|no|no mas|suficiente|enough|no more)",
    "(ya)? (basta|suficiente|ya estuvo|no mas|ya) (por|de) hoy",
    (
        "^ (please|just|ok|okay|ya|y)? (no more|no mas|ya no mas|nada mas) (of (this|that|these))? (please|now|"
        "thanks|thank you|already|por favor|porfa|gracias|ya)? $"
    ),
    (
        "^ (i think)? (thats|this is|that is|its|it is|es|esto es|ya es)? (just|quite|way|really)? (enough|too "
        "much|demasiado) (already|now|please|for me|of this|para mi|ya)? $"
    ),
    (
        "(im|i am) (so|just|kind of|getting|really)? (done|finished|over|through|fed up|tired|sick|bored) "
        "(with|of|by)? (this|it|all this|all of this|that|these things|the whole thing|you) $"
    ),
    (
        "(cant|dont want to|wont|do not want to|cannot|not going to|dont feel like|no longer want to|not) "
        "(to)? (do|doing|handle|keep doing|keep up with|deal with|keep) (this|it|these|with this) (anymore|any "
        "more|any longer|no more|$)"
    ),
    (
        "(want|need|would like|like|prefer) (to)? (take)? (a)? (break|rest|pause|time off) (from (this|these|"
        "the|your|you|it))"
    ),
    (
        "(too many|so many|too much|way too many|a lot of|too frequent|demasiados|muchos|muchisimos|tantos|"
        "tanto) (of)? (these|your|the|damn)? {texts}"
    ),
    (
        "({texts}|they|these) (are|is|r|son|come|llegan) (way|a bit|just|getting|so|kind of|muy|really)? (too "
        "(much|many|often|frequent)|demasiados|muchos|demasiado)"
    ),
    "you ({write}) (me)? (way|so)? (too|so|constantly|a lot|all the)",
    (
        "{texts} (...)? (make|makes|making|made|leave|put|get|hace|hacen|ponen|pone|me hacen|me ponen) (me|it|"
        "sentir|my)? (...)? (worse|sad|bad|anxious|depressed|upset|down|cry|nervous|stressed|angry|guilty|peor|"
        "mal|triste|nervios*|ansios*|ansiedad|guilty)"
    ),
    (
        "{texts} (are|is|just|really|only|r|keep|do|son|me)? (so|very|really|just|not|a|too|muy|getting|"
        "upsetting|driving)? (upset|upsetting|stress*|bother|bothering|bothersome|annoy*|useless|pointless|"
        "depressing|trigger*|irritating|driving me|dont help|do not help|arent helping|not helping|no sirven|"
        "no ayudan|molest*|estresan|fastidi*|hartan|deprimen|helping)"
    ),
    (
        "(upset|upsets|stress|stresses|stressing|annoy|annoys|bother|bothers) (me)? (...)? (by|with)? (these|"
        "your|the|those) {texts}"
    ),
    (
        "(dont|do not|didnt|no longer) (really)? (like|enjoy|want|appreciate) (these|your|getting these|the) "
        "(questions|{texts})? (...)? (much)? $"
    ),
    "(not|isnt|is not) (really)? (for me|my thing|helping me|working for me) (anymore|$)",
    (
        "(dejen|deje|deja|paren|pare|para|basta) (ya)? de (me)? (pregunt*|record*|insist*|decir*|presion*|"
        "hacer* preguntas)"
    ),
    (
        "(no|ya no) (me)? (pregunt*|recuerd*|insist*|quiero que me pregunten|quiero (mas)? preguntas|quiero "
        "contestar|quiero responder)"
    ),
    "^ (ya no|no) (quiero|deseo) (mas|hacer esto|esto hoy|seguir hoy) (por favor|gracias|hoy|ya)? $",
    "(ya)? no (puedo|aguanto|quiero) (mas)? con (esto|tant*|eso)",
    (
        "(me)? (tienen|tiene|estoy|ando) (ya)? (hart*|cansad*|aburrid*|fastidiad*|hasta) (de|con|la) (esto|"
        "tant*|sus|estos|estas|los|las|madre|preguntas|que me)"
    ),
    "(un descanso|una pausa|descansar) de (esto|los|estos|tanto*) {texts}?",
    "(should|can|could|may) i (stop|quit|leave|end|take a break) (this|now|here)? $",
    (
        "(thinking|think) (of|about|ill|i will|i should|im going to)? (stopping|quitting|quit|leaving|stop) "
        "(this|the {program}|$)"
    ),
)
