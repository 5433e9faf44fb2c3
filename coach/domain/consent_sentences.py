"""Sentences that mean stop, as phrases (`coach.domain.phrases`) of the word classes in `consent_choices`."""

ENGLISH = (
    # end the texts
    "{halt} {the}? {the}? {the}? {the}? {texts}",
    (
        "(how (do|can|would) (i|you)|can you|could you|would you|will you|please|pls|make|get|i) ... (turn|"
        "shut|switch|cut) (...)? off"
    ),
    "(turn|shut|switch|cut) (it|them|this|these|that|{texts}|(the|these|your|my|those|all) (...)? {texts}) off",
    "(stop|quit|cease|enough|no more|end|halt|stop with|tired of) (with)? (the|all|your|this|you|that)? {pestering}",
    "stop (mandando*|mandar*|enviando*|escribi*|molesta*|texteando*|textear*|llamando*)",
    "(make|get) (these|the|this|your|all these|them) (...)? {texts} (to)? (stop|go away|end)",
    "(make|get) (it|them) (to)? stop {pestering}",
    ("(can|could|will|would) (you|yall) (please|just|all|kindly)? (stop|quit|end (this|it|these)|unsubscribe|remove)"),
    (
        "^ ... (please|kindly|i said|i want you to|wish you would|need you to|asked you to|told you to|want "
        "this to|want it to|need this to|want these to) (just|please)? (stop|quit) (this|it|these|them|now|all "
        "this|all of this|everything|please)? {over}? $"
    ),
    (
        "^ (...)? (please|just|ok|okay)? (stop|end|cancel|quit|cease) (this|it all|everything|these|them|those|"
        "all of (it|this|them|these)|all this) {over}"
    ),
    (
        "(want|wish|like|need|would like|love) (to)? (end|stop|cancel|quit|terminate|discontinue|exit|finish) "
        "(this|these|all this|with this|the whole thing|with you) {over}"
    ),
    "{texts} ... ... ... (no more|enough|stop) {over}? $",
    (
        "(rather not|prefer not|rather|prefer) (to)? (not)? (be)? (get|getting|receive|receiving|have|be|sent|"
        "being) (...)? ({texts}|texted|contacted)"
    ),
    "(stop|cease|no more|end|discontinue|no) (all|any|further)? contact (with me|please|me|$)",
    # do not write to me
    "(wont|will not|shall not|not to|must not|should not|may not) {write} ({me}) (again|anymore|any more|further)",
    "{not} (to)? ({want}) (to)? (be|get)? (being)? (contacted|texted|messaged|called|bothered|reached|emailed)",
    "me (quiero|quisiera|gustaria|voy a) (salir|ir|borrar|retirar) (ya|por favor|de (esto|aqui|este|la|el)|del|$)",
    (
        "{stop_it} (you|ever|please|dare|to|want to|keep)? {write} (to)? ({me}|anything|any|more|these|here|"
        "again|no more|anymore|please|$|this|at all|another|stuff|things)"
    ),
    (
        "{not} (to)? ({want}|wanting) (to)? (be|get|getting|being|have|receive|receiving|hear|see|read|"
        "accept)? (any|more|getting|these|those|your|the|no|from|anything|this|kind of|of|such|to be|sent|any "
        "more|no more|other|daily|another|further|receive|all|stupid|damn|of these|health|annoying)? (more|of|"
        "these|those|your|the|any|from|all|other)? ({texts}|texted|messaged|contacted|(anything|hear|hearing|"
        "stuff) from you|from (you|yall|this number|them|here))"
    ),
    (
        "{not} (want|need|wish) (you|yall|this number|anyone|them) (to|sending|{pestering}) (keep)? ({write}|"
        "{pestering}|me)"
    ),
    (
        "{not} (want|wish|care|like) (to)? (get|receive|getting|receiving|be getting|have|see) (these|this|any|"
        "them|those|it|any more|more|stuff) ({over}|from|of these|of this)"
    ),
    (
        "{not} (really)? (want|need) (these|this|them|those|this stuff|your (stuff|help)|(the|this|your|any|"
        "these) {program}|any of (this|it|these)|anything from|nothing from|nothing) {over}"
    ),
    # take part no longer
    (
        "{not} (to)? ({want}|going|able|interested|interest|be|planning|willing|want|continuing|participating|"
        "taking part|having an interest) (to|in|be)? (participat*|take part|taking part|be (a)? part|being "
        "(a)? part|be (in|on|enrolled|involved|included|subscribed|registered|signed up)|being (in|on|"
        "contacted)|continue (with (this|the|your)|in|getting|receiving|this|the {program}|$|anymore|any "
        "longer|please)|keep getting|stay (in|on|enrolled|subscribed)|proceed|be doing (this|the) {program}|do "
        "(this|the|your) {program}|join|carry on with (this|the|your) {program}|remain)"
    ),
    (
        "no longer (participat*|taking part|interested|a part|part of|want|need) (in|of)? (this|the|your|these|"
        "it|your|$|please|any)"
    ),
    (
        "{not} (continue|continuing|participating|participate|taking part) (in|with)? (this|the|your|any|it|"
        "these)? ({program}|{texts}|any (more|longer)|anymore|$)"
    ),
    (
        "(want|need|like|wish|trying|try|tryna|rather|ready|please|let me|let us|can i|may i|could i|i may|how "
        "(do|can|could|would|should|to)|how do i|can we|how i|i will|ill|im|i am|time|decided|asking|request|"
        "requesting|hereby|would|must|have) (i|you|to|just|please|like|we|be|me)? (to|just|please)? (opt out|"
        "opt - out|optout|opting out|unsubscribe|unsubscribing|unsubscribed|be removed|be taken off|be off|get "
        "(off|out of|off of|out) (this|the|your|these) (whole|stupid|damn)? ({program}|{texts}|thing)|leave "
        "(this|the|your) {program}|leaving (this|the|your) {program}|drop out|dropping out|withdraw|"
        "withdrawing|resign|disenroll|unenroll|deregister|quit (this|the|your|being (in|part)|my)|quitting "
        "(this|the|your)|end (this|the|my|your|these) ({program}|{texts})|cancel (this|the|my|your|these|with "
        "you) ({program}|$|please)|cancel $|discontinue|discontinuing|bow out|exit (this|the|your)|(off|out|"
        "out of|off of) (this|your|the) (whole|stupid|damn)? ({program}|{texts}|thing|$)|removed|taken off|"
        "stop getting|stop receiving|stop the {program}|stop this {program}|stop being (in|part))"
    ),
    "(opt|opting|opted|opts) -? ({me}|us)? out",
    (
        "(unsubscribe|unsubscribing|unsub|un subscribe|un - subscribe|unenroll|disenroll|deregister|unregister|"
        "uninstall|unfollow|deactivate|unjoin) ({me}|from|my|us|this|now|please|right|all|account)"
    ),
    "(please|kindly|just|want to|i) (unsubscribe|optout|opt out|unenroll|disenroll|withdraw|discontinue)",
    (
        "(remove|delete|erase|strike|withdraw|scratch|cross|removing|taking|scrub|wipe|cancel) ({me}) "
        "(out|off|from|of)? (from|of)? (out|off|of|from)? (this|"
        "the|your|these|all|that|any|ur|whatever)? (stupid|damn|texting|calling|contact|mailing|text|sms|whole)? "
        "({program}|{texts}|thing|here|file*|database|mess|it|{over}|this)"
    ),
    (
        "(take|sign|drop|get|pull|kick|cut|let|count) ({me}) "
        "(out|off|from|of) (from|of)? (out|off|of|from)? (this|"
        "the|your|these|all|that|any|ur|whatever)? (stupid|damn|texting|calling|contact|mailing|text|sms|whole)? "
        "({program}|{texts}|thing|here|file*|database|mess|it|{over}|this)"
    ),
    "(remove|delete|lose|erase|forget|block|unlist|removed) ({me}) {over}",
    (
        "(remove|delete|lose|erase|scrub|forget) (my|this) (phone|cell|mobile)? (number|contact|info|"
        "information|details|data)"
    ),
    "(please|kindly|just|immediately) (unenroll|disenroll|remove|unsubscribe|delete|opt|drop|cancel) (me|us)",
    "(be|been) (removed|taken off|deleted|unsubscribed|left alone) (from|off|$|please)?",
    (
        "(cancel|end|quit|leave|terminate|drop|stop|leaving|quitting|ending|cancelling|close|exit|discontinue|"
        "suspend|quit|delete) (from|with|out of)? (my|the|this|your|ur)? (entire|whole|text|texting|account)? "
        "({program}|account|enrolment)"
    ),
    "(cancel|unsubscribe|remove|delete|disenroll|unenroll) (me|us) $",
    (
        "(im|i am) (done|finished|through|out) (with|of) (these|the|your|this|you|all these|all the) ({texts}|"
        "{program}|people|guys)"
    ),
    "(not|no longer) (doing|in|part of|a part of|using) (this|the|your) {program}",
    (
        "(not|no longer|zero|no) (really)? (interested|interest) (in (these|this|the|your|any|it|being|getting|"
        "receiving)|{over}|stop|so|sorry|but)"
    ),
    "(i|we) (wanna|want|need)? (to)? (be)? (out|off) (of)? (this|the|your) ({program}|thing)",
    "(i)? (want|wanna) (to)? (be)? (off|out) ($|please|now|of this $)",
    # consent
    (
        "(request|requesting|want|need|demand|asking for|like|ask for) (my|a|an|immediate|the)? (removal|"
        "cancellation|withdrawal|deletion|unsubscription|to be removed|to be taken off)"
    ),
    "(if you|that you|wish you|you|if yall) stopped ({pestering}|{texts})",
    "(text|message|contact|call|bother) me (again|one more time) (and|ill|i will|im|i am|you)",
    (
        "(decline|refuse|declining|opting not|chose not|choose not) (to)? (participate|be part|take part|join|"
        "receive|continue|further|any|your)"
    ),
    "get rid of (me|my number)",
    (
        "(remove|delete|lose|erase|take|stop texting|stop messaging|forget) (her|his|their|my (mothers|moms|"
        "wifes|husbands|dads|fathers|sons|daughters)) {phone}"
    ),
    "(remove|take) (her|him|them) (off|from|out)",
    (
        "how (to|do i|can i|do you|does one|could i|would i) (stop|quit|cancel|end|unsubscribe|opt out|leave|"
        "get out|get off) (this|it|these|them|of this|{texts}|the {texts}|please|$)"
    ),
    "(has|have|needs|need|got|must) to stop (now|today|please|immediately)? , ... (texts|messages|{texts})",
    (
        "(i)? (hereby|want to|wish to|would like to|formally)? (revoke|withdraw|cancel|rescind|retract|take "
        "back|pull|revoking|withdrawing|revoked) (my|all|any|prior|the)? (consent|permission|authorization|"
        "agreement|approval)"
    ),
    (
        "{not} (give|have|got|gave|given)? (you|my|any|to)? (consent|permission|authorize|authorization|agree "
        "to (this|these|be))"
    ),
    "i (hereby)? revoke",
    (
        "(never|didnt|did not|dont remember|dont recall) (even)? (sign|signed|signing|agree|agreed|ask|asked|"
        "consent|consented|subscribe|subscribed|request|requested|enroll|enrolled|wanted|registered|opted) (up|"
        "in)? (for|to|any|it)? (this|these|any|your|texts|messages|get|be|that|it|$|receive|anything)"
    ),
    "who gave you (my|this) number",
    # leave me alone
    "leave (me|us) (the (hell|fuck|heck))? (alone|be)",
    (
        "^ (just|please|oh|you|@name)? (fuck off|piss off|go away|get lost|buzz off|shut up|shut it|sod off|"
        "bugger off|f off|eff off|fuck you|screw you|take a hike|get out of my (phone|life)|stop it already|"
        "lose my number|go to hell)"
    ),
    (
        "(block|blocking|report|reporting|blocked) (me|you|this number|your number|u|spam) (from|please|if|as|"
        "to|$|now|for)?"
    ),
    "spam",
    "harass*",
    "the answer is stop",
    (
        "^ (hi|hello|please|hey|@name|pls)? stop (please|now|already|right now|immediately|at once|you|i|im|no|"
        "dont|thanks|thank you|ok|or|before|all|everything|por favor|ya|de|and (do not|dont|remove|delete|"
        "unsubscribe|leave)|wasting|@name|we|my (husband|wife|phone)|harassing|annoying|using)"
    ),
    (
        "^ (hi|hello|please|hey|@name)? stop (this|it|these|them|that) (please|now|already|right now|"
        "immediately|$|i|im|you|dont|nonsense|crap|shit|bullshit|madness|or|thanks|is annoying)"
    ),
    "(please|kindly) (stop|cancel|unsubscribe|end|quit|opt out|remove me|revoke) (thank*|now|@name)? (@name)? $",
    (
        "({texts}|annoying|me|guys|mate|bro|dude|say|said|reply|replying|text|texting|word|so|ok|alone|enough|"
        "please|upsetting|crazy|nuts|spam|ridiculous) (please|just|now|ok|so)? (stop|unsubscribe|cancel|opt "
        "out|baja|basta) (it|now|please|already|thanks|this|ok|por favor|ya|@name)? $"
    ),
)

SPANISH = (
    "{halt} {the}? {the}? {the}? {the}? {texts}",
    (
        "(deje|dejen|deja|dejar|paren|pare|para|parar|paran|basta|dejes|parale|parenle|terminen|termine|cesen|cese|"
        "eviten|dejo|dejad|terminar) (ya)? (de|con)? (estar|seguir)? (me)? ({mandar}|{texts})"
    ),
    (
        "(deje|dejen|deja|dejar|paren|pare|para|parar|basta|parale|parenle|terminen|termine|ya) (ya)? (de|con|los|sus|"
        "tantos|estos|esos|las|el|tus|todos los) (los|sus|tantos|estos|las|el|tantas)? {texts}"
    ),
    (
        "(ya)? (no|nunca|jamas) (me|nos|le) {manden} (...)? (mas|nada|por favor|porfa|nunca|otra vez|"
        "nuevamente|a este|ya|ningun*|$|{texts}|textos|gracias|esto|eso|aqui)"
    ),
    "(ya)? no {manden} (mas|nada|mensajes|textos|{texts}|ya|a este)",
    "ya no (me|nos)? {manden}",
    "(que|para que|pa que) (ya)? no (me|nos) (lleguen|llegue|entren|caigan) (ya)? (mas|nada|los|sus|$|{texts})",
    "(para que|pa que|quiero que) ya no (me|nos) (lleguen|llegue|entren|caigan)",
    "(cancelame|cancelenme|cancelarme|quitame|quitenme|sacame|saquenme|borrame|borrenme) (de)? (esto|eso|aqui|todo)",
    "(no|nunca) (vuelva|vuelvan|vuelvas|quiero que (vuelvan|sigan)|sigan|siga|sigas) (a)? (me)? {mandar}",
    "no quiero que (me|nos) (sigan|{manden}|esten|anden|vuelvan)",
    (
        "(ya)? no (quiero|deseo|quisiera|necesito|gusta|me gustaria|kiero|quiere|autorizo|acepto|voy a|pienso|"
        "me interesa) (ya)? (a)? (mas)? ((estar|seguir|andar) recibiendo|recibir (esto|estos|nada|mas|los|sus|"
        "$|ningun*|estas|tus|{texts}|por|textos|de)|(mas)? (de)? (sus|los|estos|tus|esos|ningun*|mas|tantos)? "
        "{texts}|participar|(seguir|continuar) (con (esto|el|este|los|ustedes)|en|recibiendo|participando|aqui|"
        "$|por favor|gracias|mas)|(estar|seguir) (mas)? (en (esto|({the})? {program}|su ({program}|{texts}))|"
        "inscrit*|suscrit*|registrad*)|(formar|ser) parte|que me (sigan|{manden})|saber (mas|nada) de (ustedes|"
        "esto)|nada (de ustedes|con ustedes|de esto|mas|por favor|$|gracias|ya)|(mas) (esto|estos|eso)|(esto|"
        "estos|eso) (ya|mas|en mi)|contacto|que me contacten|mas nada|mas comunicacion*)"
    ),
    "ya no (quiero|deseo) (...)? ({texts}|participar|recibir (...)?)",
    (
        "(dar|darme|deme|denme|dame|darnos|doy|date|denos|dadme|den|darse|dar de|quiero|pido|solicito|deseo) "
        "(me|mi|la|una|el|ser)? (dad* )? (de|la)? baja (de|del|por favor|ya|$|inmediata*|porfa|en|gracias|a "
        "mi)?"
    ),
    "baja (de|del) (este|esta|el|la|los|su)? ({program}|{texts})",
    (
        "{quiero} (quiero|puedo)? (yo)? (cancelar|salir|salirme|dejar|parar|detener|cancelo|salgo|retirarme|"
        "retiro|desuscribirme|desinscribirme|desinscribo|desuscribo|borrarme|dejo|renunciar|renuncio|anular|"
        "suspender|quitarme|quito|eliminarme|abandonar|apagar|desactivar|bloquear|terminar) (ya)? (de|del|con|"
        "a)? (recibir|participar)? (los|las|el|la|este|esta|estos|mi|mis|sus|de|en|su)? (texts|{texts}|"
        "{program}|suscripcion|servicio|lista|esto|aqui|ustedes)"
    ),
    (
        "{quiero} (quiero|puedo)? (salirme|retirarme|desuscribirme|desinscribirme|borrarme|cancelar $|quitarme|"
        "darme de baja|que me (borren|quiten|saquen|eliminen|den de baja|dejen en paz|retiren|desinscriban|"
        "cancelen|dejen)|dejar de (recibir|participar|tener))"
    ),
    (
        "(cancelar|cancela|cancelen|cancele|cancelo|detengan|detener|paren|parar|pare|para|alto a|terminen|"
        "anulen|anular|eliminen|suspendan|suspender|desactiven|quiten|quitar|apaguen|finalicen|"
        "finalizar|cese|cesen|cesar|alto) (ya)? (de|con)? (los|la|mi|mis|el|las|sus|estos|todos los|esos|"
        "tantos|todo|todos|este|su|tus|esto|esta)? ({texts}|{program}|texts|textos|todo|esto|ya) "
    ),
    (
        "(bloqueen|bloquee|bloquea|elimine|eliminen|borre|borren|quite|quiten|saquen|saque|elimina|quita|borra|"
        "saca|retiren|retire|remuevan|remueva|borrar|eliminar|quitar|tachen|saquenos|olviden|pierdan) (ya)? "
        "(me)? (a)? (mi (numero|telefono|nombre|celular|contacto|informacion|cel)|mis datos|este (numero|"
        "telefono|celular)|de (la|su|esta|sus) (lista|listas)|de aqui|de esto)"
    ),
    (
        "(quitenme|saquenme|borrenme|eliminenme|saqueme|quiteme|borreme|elimineme|sacame|quitame|borrame|"
        "eliminame|retirenme|retireme|desinscribanme|desinscribame|desuscribanme|desuscribame|desuscribeme|"
        "remuevanme|cancelenme|bajenme|desapuntenme|desafilienme|desafiliarme|desinscribeme|desinscribirme|"
        "desuscribirme|darme de baja|borrarme|bloqueenme|bloqueame|removerme|remuevame|descancelen)"
    ),
    "(dejenme|dejeme|dejame|dejen|deja) (ya)? (en paz|tranquil*)",
    "no {mandar} (me)? (ya)? (mas|nada|{texts})",
    (
        "(no|ya no) (estoy|me|tengo) (interesad*|interes|interesa|interesan) (mas|los|el|sus|estos|recibir|"
        "este|esto|en|$|gracias|por favor|su|ya)"
    ),
    (
        "no (me inscribi|pedi (estos|esto|nada)|autorice|autorizo|di permiso|me registre|solicite|me suscribi|"
        "doy (mi)? (permiso|consentimiento|autorizacion)|di (mi)? consentimiento)"
    ),
    "(yo)? (nunca|jamas) (me inscribi|pedi|autorice|me registre|acepte|solicite|me suscribi|di)",
    "(retiro|revoco|cancelo|quito) (mi|el|todo)? (consentimiento|permiso|autorizacion|suscripcion|participacion)",
    "(basta|ya basta|no mas|ya no mas) (ya)? (de|con) (esto|sus|tantos|mensajes|ustedes|{texts}|textos)",
    "(ya no mas|no mas|nada de|ni un) (de)? (sus|estos|los|tus)? ({texts}|textos)",
    (
        "(vayanse|vete|callense|callate|a la chingada|al diablo|no molesten|no chinguen|no jodan|dejen de "
        "joder|no fastidien|no moleste|no molestes|largate)"
    ),
    (
        "(me voy|me salgo|me retiro|renuncio|abandono|me doy de baja) (del|de (este|la|esta|su)|de) ({program}|"
        "este|esto)"
    ),
    "(me salgo|me retiro|me doy de baja|me desuscribo|me borro) $",
    (
        "^ (hola|por favor|porfa)? (para|pare|paren|alto) (ya)? (por favor|porfa|ya|con esto|de esto|esto|todo|"
        "gracias|,|!) (ya|por favor|gracias)? $"
    ),
    (
        "(quiero|exijo|pido|favor de|solicito|necesito) que (ya)? (no)? (me)? (dejen|paren|cancelen|ya no|"
        "borren|quiten|saquen|eliminen|den de baja|retiren|dejar)"
    ),
    "que (ya)? no (me|nos) {manden}",
    "(por favor|porfa) (alto|paren|pare|stop|cancelen|cancele|baja|borrenme)",
)
STOP = (*ENGLISH, *SPANISH)
