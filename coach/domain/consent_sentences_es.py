"""Sentences that mean stop, as phrases (`coach.domain.phrases`) of the word classes in `consent_choices`: Spanish."""

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
