"""Sentences that ask to start again or for help, as phrases (`coach.domain.phrases`)."""

# A stop that was a slip: looked for first, in all that was written.
SLIP = (
    (
        "(didnt|did not|never) (mean|want|intend|meant) (to|for it to|it to) (...)? (stop|unsubscribe|opt out|"
        "cancel|end|quit|text stop|send stop) (it|this|them|that|the|these|those|your|my|getting|receiving|texting|"
        "anything|$|sorry|oops|but|.|,|!)"
    ),
    (
        "(stop|stopped|unsubscribed|opted out|cancelled|canceled|unsubscribe|that|end|quit) (it|them|was|you)? "
        "(a)? (by|on|was|in) (a)? (accident|mistake|error)"
    ),
    (
        "(accidentally|mistakenly|by accident|by mistake|oops|sin querer|por error|por accidente) (i)? (hit|"
        "sent|texted|typed|wrote|said|put|opted|unsubscribed|stopped|pressed|cancelled|puse|mande|escribi|"
        "cancele|di|me di)"
    ),
    "(no queria|no quise) (parar|cancelar|darme de baja|poner stop)",
    "(cancele|puse stop|me di de baja|escribi stop|pare) (por error|sin querer|por accidente|por equivocacion)",
)
START = (
    (
        "(resubscribe|re subscribe|re - subscribe|reenroll|re enroll|re - enroll|reactivate|reinstate|rejoin|"
        "readd|re add|restart|re - add) (me|my number|us|to|it|the|my|please|this)"
    ),
    (
        "(quiero|deseo|quisiera|me gustaria|puedo|me) (quiero|puedo)? (reinscribirme|inscribirme|inscribir|"
        "suscribirme|resuscribirme|regresar|volver|unirme|reactivar|reanudar|apuntarme|entrar|registrarme|"
        "reincorporarme|reingresar) (otra vez|de nuevo|al programa|$|a|el|los|mis|por favor|nuevamente|en)"
    ),
    "(inscribirme|suscribirme|apuntarme|registrarme|inscribir) (otra vez|de nuevo|nuevamente)",
    (
        "(empezar|comenzar|iniciar|reanudar|continuar) (de nuevo|otra vez|nuevamente) (con)? (los|mis|sus)? "
        "({texts}|$|por favor)"
    ),
    (
        "(opt|sign|put|add|count|enroll|subscribe|resubscribe|take|get) (me|us) (back|up|in|on|again) (in|up|on|"
        "again|to|onto|please|for|$)?"
    ),
    "(let|opt|count|have|add|want) (me|us) (back|in|join|rejoin) (in|again|on|please|$|to)?",
    (
        "^ (please|id like to|i want to|can i|can you|i would like to|could you|ok)? (start|begin|resume|"
        "restart|continue|unpause|reactivate|restore|turn on|turn back on|unblock|activate|switch on) (sending "
        "(me)?|getting|receiving|up|with|back)? {the}? {the}? ({texts}|again|back up|them again|{program}|it "
        "again|(me|them|this|it) (up)? (again|please|back))"
    ),
    (
        "(start|begin|resume|restart|continue|unpause|reactivate|restore|turn on|renew|bring back|get back|"
        "switch on|re - start) (sending (me)?|getting|receiving|with|back|back up)? (my|the|these|those|your|"
        "me|all|daily)? (daily|old)? {texts}"
    ),
    (
        "(start|resume|begin|keep|continue|try) (sending|texting|messaging|writing|contacting|receiving|"
        "getting) (me|us|again|to|them|these|the|your|those)"
    ),
    "(start|begin) (me|us) (up)? (again|back|please|$)",
    "changed my mind (...)? (want|keep|like|need|miss) (to keep|to get|getting)? {the}? {texts}",
    "(me arrepenti|cambie de (opinion|idea|parecer)) (...)? quiero (los|mis|sus|recibir)? (los|mis|sus)? {texts}",
    (
        "(want|like|love|need|miss|get|receive|have|missing|send|want to|send me) (to)? (get|receive|have|"
        "start|see|getting|me|hear)? (the|my|your|those|these|from you)? ({texts}|them|from you) (again|back|"
        "once more)"
    ),
    (
        "(want|like|ready|love|can i|may i|could i|decided) (to|i|me)? (rejoin|be back|come back|join|join "
        "again|start again|opt in|opt back in|sign up|sign back up|resubscribe|(get)? back (in|on)|restart|"
        "resume|get back on|subscribe again|subscribe|participate again|try again|be added|be back|start over|"
        "start (getting|receiving|the ({texts}|{program})))"
    ),
    "^ (please)? (text|message|write) me again (please)? $",
    "turn (it|them|the|my|these|your)? {texts}? (back)? on",
    "(turn|switch) back on (the|my|your)? {texts}",
    "(opt|opting|opted) -? (back)? in",
    "(changed|change) my mind ... (start|back|again|in|resume|continue|keep)",
    "(im|i am) back (in|on) (please|$|the)",
    (
        "(quiero|deseo|quisiera|me gustaria|puedo|podria) (volver|regresar|empezar|comenzar|iniciar|reanudar|"
        "seguir|recibir|continuar|inscribirme|suscribirme|reincorporarme) (a|al|en|de|con)? (recibir|los|mis|"
        "sus|el|las|programa|otra|recibiendo|participar)? (los|mis|sus|el)? ({texts}|programa|nuevo|vez|$|por "
        "favor)"
    ),
    (
        "(quiero|quisiera|me gustaria) que (me|vuelvan|empiecen) (a)? (vuelvan a)? ({manden}|{mandar}) (...)? "
        "(otra vez|de nuevo|nuevamente|{texts})"
    ),
    "me (pueden|puede|puedes|podrian|podria) volver a (apuntar|inscribir|suscribir|agregar|meter|anotar|incluir)",
    "(pueden|puede|puedes|podrian|podria) volver a (apuntarme|inscribirme|agregarme|meterme|anotarme|incluirme)",
    "volver a (recibir|inscribirme|empezar|tener|activar|suscribirme|participar) (los|mis|sus|el|en)?",
    "(vuelvan|vuelva|vuelve|regresen|empiecen|comiencen|empiece|pueden volver|puede volver) a {mandar}",
    (
        "(manden|mandenme|envienme|mandame|enviame|envieme|mandeme|escribanme|escribeme|textearme|escribame|"
        "sigan mandando*) (...)? (otra vez|de nuevo|nuevamente)"
    ),
    (
        "(reanuden|reanudar|reanude|reactiven|reactivar|activar|activen|reinicien|reiniciar|iniciar|empezar|"
        "inicien|restablezcan|reactiva|activa|retomar|prendan|comenzar|reactivenme|activenme) (otra vez|de "
        "nuevo)? (los|mis|el|sus|mi|la|a)? ({texts}|{program}|$)"
    ),
    "(vuelv*|regres*) a (inscribir*|suscribir*|apuntar*|registrar*|poner*|activar*)",
    (
        "(inscribanme|suscribanme|registrenme|apuntenme|inscribeme|agreguenme|reactivenme|suscribeme|anotenme|"
        "metanme|pongame|ponganme|denme de alta|darme de alta|dame de alta) (otra vez|de nuevo|al|en|a|$)?"
    ),
    "(cambie de (opinion|idea|parecer)) ... (quiero|empezar|volver|otra vez|de nuevo|mandenme|seguir)",
    "(extrano|extranaba) (los|sus) {texts}",
    "{texts} (otra vez|de nuevo) (por favor)? $",
)

HELP = (
    (
        "(help|helping|ayuda|ayudenme|ayudeme|assist|assistance|support) (me|please)? (with|con|using|"
        "understanding|para) (usar|contestar)? (this|the|my|these|your|el|los|este|mis|esto|it|setting|"
        "texting) (program*|{texts}|app|thing|service|number|system|question|answer|reply|$)"
    ),
    (
        "(need|necesito|want|quiero|require|get|send|give|como obtengo|requiero|ocupo|mandenme|deme) (me|some|"
        "a little|more|mas)? (help|ayuda|support|assistance|info|information|informacion) (with|con|on|about|"
        "sobre|using|please|por favor|porfa|para|$) (this|the program|my texts|these|el programa|los mensajes|"
        "texts|texting|it|replying|$|esto|este)?"
    ),
    (
        "(talk|speak|chat|connect|connected|text|get|transfer|reach) (me)? (to|with|a hold of|through to)? (a|"
        "an|the|my|some|your|actual)? (real|live|actual)? (person|human|someone|somebody|nurse|agent|operator|"
        "staff|representative|rep|people|team|anyone|clinic|doctor|care team|office)"
    ),
    (
        "(hablar|comunicarme|platicar|charlar|contactar|comunicar|comunico|hablo|comuniqueme|pasar) (con|a) "
        "(una|un|la|el|mi|algun*)? (persona|alguien|human*|enfermer*|doctor*|agente|operador*|equipo|clinica|"
        "representante|real|usted*)"
    ),
    (
        "(can|could|please|would|will|need|want|like|have|get|ask|someone|somebody) (...)? (call|phone|ring) "
        "me (please|back|today|soon|about|asap|when|$|on|at)"
    ),
    "^ (please|can you|could you)? (call|phone|ring) me (please|back|asap)? $",
    (
        "(puede*|podria*|pueden|que|favor de|necesito que|quiero que|me) (me|alguien)? (alguien|me)? (llamar*|"
        "llame*|marcar*|llamen|llama) (alguien|por favor|porfa|por telefono|$|me|una enferm*)"
    ),
    "^ (por favor|porfa)? (llamenme|llameme|llamame|marquenme|hablenme) (por favor|porfa|hoy|pronto|gracias)? $",
    (
        "(how|where) (do|can|could|would|should|to) (i|you|we)? (change|set|switch|update|use|reply|respond|"
        "answer|move|get|adjust|edit|reset|pause|contact|reach|call|ask|work) (my|the|to|this|a|of|it|these|"
        "what|someone|help|you|question*|back)? (message|{texts}|time|times|language|schedule|number|answers|"
        "help|program|question*|reply|settings|hour|hours|slot*|clinic)?"
    ),
    (
        "(how|como) (does|do|funciona|funcionan|is|trabaja|sirve|se) (this|these|the|esto|este|los|el|las|it|"
        "usa)? (work|{program}|{texts}|thing|supposed|$)?"
    ),
    (
        "(dont|do not|cant|didnt) (know|understand|get|figure out|remember) (how|what) (to (use|answer|reply|"
        "respond|do (here|with)|say|work|text)|this works|it works|i (should|can|am supposed to) (reply|answer|"
        "send|text)|do i (text|reply|send)|this (program|number|is))"
    ),
    (
        "(no) (entiendo|se|comprendo) (como|que|para que) (se|usar|funciona|contestar|responder|contesto|"
        "respondo|usa|tengo que|debo|es (esto|este)|hacer con|sirve|poner) (esto|usa|contesta|responde|"
        "contestar|responder|mensajes)?"
    ),
    (
        "(what|que|which|whats) (is|es|kind of|s)? (this|el|este|the)? (number|{program}|service|texts|numero|"
        "for|all this|about|thread) (is|about|for|es|este|esto|do|all)?"
    ),
    "(what|que) {program} (is|es) (this|este|esto)",
    "who (are|is) (these|this|the|those) {texts}? (from|by)",
    "(who|whos|who s) (is|are|am i)? (this|you|texting|sending|messaging|talking to|it|behind|contacting|writing)",
    "who (sends|runs|is behind|sent|do i|can i|should i) (this|these|me|call|contact|ask|talk|speak|text|reach)",
    "(quien|quienes) (es usted|eres|son ustedes|me|manda|envia|habla|esta|escribe|sois|me esta)",
    "de donde (me)? (escriben|llaman|son|mandan|viene)",
    "ayud* con (esto|los {texts}|el programa)",
    (
        "(que|como) (tengo que|debo|hay que|puedo|se supone que) (contestar|responder|poner|escribir|contesto|"
        "respondo|mandar|usar)"
    ),
    "what am i supposed to (reply|say|text|send|do|answer|write)",
    "(whats|what is) (the|your|a) (phone|clinic|clinics|office)? (phone)? number",
    "no (entiendo|comprendo) (este|el|esto|la|los) (programa|servicio|{texts}|de los {texts})",
    "(me)? (explica|explican|expliquenme|expliqueme) (por favor|como|que|esto|$)",
    (
        "como (le|les|lo)? (hago para)? (cambio|cambiar|puedo (cambiar|responder|usar|contactar|hablar|llamar)|"
        "respondo|contesto|uso|se usa|se contesta|modifico|ajusto|pauso|funciona|me comunico|hago para|los "
        "llamo) (la|el|mi|los|de|esto|con)?"
    ),
    "(a que|cual es el|que) (numero|telefono) (llamo|puedo|es|me|marco|de|hay|tengo)",
    "what (can|should|do) i (text|reply|type|send|do here|say|write|answer)",
    "what (are|is) (my|the) (options|commands|choices|keywords|menu)",
    (
        "(que|cuales|what) (comandos|opciones|son las opciones|son mis opciones|commands|options|keywords) "
        "(hay|puedo|tengo|are|do|can|$)?"
    ),
    (
        "(can|could|may|where) (i|can i|do i) (have|get|find|please get) (some)? (help|info|information|"
        "support|assistance)"
    ),
    (
        "(can|could|would) (you|someone|anyone|somebody) (please)? (explain|help me (out|with (this|the (texts|"
        "program)|my (texts|settings)|texting)|$|please|understand|use)|assist)"
    ),
    (
        "(pueden|puede|me pueden|podrian|me podrian) (explicar*|ayudar*|decir*) (me)? (con (esto|los|el)|como|"
        "que es|quien|$|por favor|de que)"
    ),
    (
        "(is|are) (this|there|you|it) (a|an|any|actually|really|even|some)? (real|live|actual|human|phone)? "
        "(person|human|bot|robot|anyone|someone|number (i|to|where)|computer|automated|scam|nurse|legit|"
        "somebody|ai|way to (talk|call|reach|contact)|help line|helpline)"
    ),
    "(hay|esta) (alguien|algun numero|una persona|un numero) (ahi|alli|que|con quien|a quien|para|real|$)",
    "(es|eres|son) (un|una)? (robot|bot|persona (real)?|maquina|computadora|humano|estafa)",
    "(tell me|more) (more)? (about|info|information) (this|on|about|the)? (program|service|this)?",
    "de que (se trata|es|trata) (esto|este|el)",
    "(need|necesito|want|quiero) (to)? (customer|tech|technical) (service|support)",
)

# Puzzled; with a question open it is that question that is not understood.
PUZZLED = (
    "^ (hola|perdon|disculpe)? (quien|quienes) (es|son|habla|eres) (usted*|esto|este)? $",
    (
        "^ (que|what|whats|wats) (es|is|son|the heck is)? (esto|this|eso|that|estos mensajes|all this|these|"
        "estos {texts}) $"
    ),
    "^ (i)? (dont|do not) (understand|get it|get this) (this|it|these)? $",
    "^ (no entiendo|no comprendo|no le entiendo) (esto|nada)? $",
    "^ (huh|im confused|i am confused|confused) $",
)
