"""Sentences that ask to start again or for help, as phrases (`coach.domain.phrases`)."""

START = (
    "(resubscribe|re subscribe|reenroll|re enroll|reactivate|reinstate) (me|my number)",
    (
        "(quiero|deseo|quisiera) (reinscribirme|inscribirme|suscribirme|resuscribirme|regresar|volver) (o"
        "tra vez|de nuevo|al programa|$)"
    ),
    "(empezar|comenzar|iniciar|reanudar) (de nuevo|otra vez) (con)? (los|mis|sus)? {mensajes}",
    "(opt|sign|put|add|let|count|enroll|subscribe|resubscribe) me (back|up|in|again) (in|up|on|again)?",
    (
        "(start|begin|resume|restart|continue|unpause|reactivate|restore) (sending (me)?|getting|receiving|"
        "with)? (my|the|these|those|your|me|all)? {texts} (...)? (again|back|please|me|$)?"
    ),
    "(start|resume|begin) (sending|texting|messaging|writing|contacting) (me|us|again|to)",
    (
        "(want|like|love|need|miss|get|receive|have) (to)? (get|receive|have|start|see)? (the|my|your|those|"
        "these)? {texts} (again|back|once more)"
    ),
    (
        "(want|like|ready|wanna) (to)? (rejoin|be back|come back|join again|start again|opt in|sign up|"
        "resubscribe|back in|restart|resume)"
    ),
    "^ (please)? (text|message) me again (please|pls)? $",
    "turn (the|my|these)? {texts} (back)? on",
    "turn back on (the|my)? {texts}",
    "(opt|opting) -? in",
    "(i)? (changed my mind|change my mind) ... (start|back|again|in)",
    (
        "(quiero|deseo|quisiera|me gustaria|puedo) (volver|regresar|empezar|comenzar|iniciar|reanudar|seguir|"
        "recibir|continuar|inscribirme|suscribirme|reincorporarme) (a|al|en|de|con)? (recibir|los|mis|sus|el|"
        "las|programa|otra)? (los|mis|sus|el)? ({mensajes}|programa|nuevo|vez|$)"
    ),
    "(vuelvan|vuelva|vuelve|regresen|empiecen|comiencen|empiece) a {mandar}",
    (
        "(manden|mandenme|envienme|mandame|enviame|envieme|mandeme|escribanme|escribeme) ... (otra vez|de "
        "nuevo|nuevamente)"
    ),
    (
        "(reanuden|reanudar|reanude|reactiven|reactivar|activar|activen|reinicien|reiniciar|iniciar|empezar) "
        "(los|mis|el|sus|mi)? ({mensajes}|programa|servicio|suscripcion)"
    ),
    "(inscribanme|suscribanme|registrenme|apuntenme|inscribeme|agreguenme) (otra vez|de nuevo|al|en|$)?",
    "{mensajes} otra vez (por favor)? $",
)

HELP = (
    (
        "(help|helping|ayuda|ayudenme|ayudeme|assist|assistance) (me)? (with|con|using|understanding) (this|"
        "the|my|these|your|el|los|este|mis|esto|it) (program*|{texts}|app|{mensajes}|thing|service|number|"
        "system|$)"
    ),
    (
        "(need|necesito|want|quiero|require) (some)? (help|ayuda|support|assistance|info|information|"
        "informacion) (with|con|on|about|sobre|using|please|pls|por favor|$) (this|the program|my texts|"
        "these|el programa|los mensajes|texts|texting|it|replying|$)?"
    ),
    (
        "(talk|speak|chat) (to|with) (a|an|the|my|some)? (real|live|actual)? (person|human|someone|somebody|"
        "nurse|agent|operator|staff|representative|people|team)"
    ),
    (
        "(hablar|comunicarme|platicar|charlar) con (una|un|la|el|mi)? (persona|alguien|humano|enfermer*|"
        "doctor*|agente|operador*|equipo)"
    ),
    (
        "(how|where) (do|can|could|would|should) (i|you|we) (change|set|switch|update|use|reply|respond|"
        "answer|move|get|adjust|edit|reset|pause) (my|the|to|this|a|of|it|these|what)? (message|{texts}|time|"
        "times|language|schedule|number|answers|help|program|question*|reply|settings|hour|hours|slot*)?"
    ),
    (
        "(how|como) (does|do|funciona|funcionan) (this|these|the|esto|este|los|el|las) (work|{program}|"
        "{texts}|thing|{mensajes}|$)?"
    ),
    "(what|que|which) (is|es|kind of)? (this|el|este) (number|{program}|service|texts|numero|for)",
    "(what|que) {program} (is|es) (this|este|esto)",
    "(who|whos) (is|are|r|am i)? (this|you|u|texting|sending|messaging|talking to)",
    "who (sends|runs|is behind|sent) (this|these|me)",
    "quien (es usted|eres|son ustedes|me (escribe|manda|envia|habla)|manda|envia|habla)",
    (
        "como (cambio|puedo cambiar|puedo responder|respondo|contesto|uso|se usa|se contesta|modifico|ajusto|"
        "pauso) (la|el|mi|los|de|esto)?"
    ),
    "what (can|should|do) i (text|reply|type|send|do here)",
    "(que|cuales) (comandos|opciones) (hay|puedo|tengo)",
    "(can|could|may) i (have|get) (some)? help",
)

# Puzzled; with a question open it is that question that is not understood.
PUZZLED = (
    "^ (quien|quienes) (es|son) (usted*)? $",
    "^ (que|what) (es|is|son) (esto|this|eso|that|estos mensajes) $",
)
