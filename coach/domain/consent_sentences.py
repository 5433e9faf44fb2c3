"""Sentences that mean stop, start or help, as phrases (`coach.domain.phrases`), and what only looks like one."""

CHOICES = {
    "texts": (
        "text", "texts", "texting", "txt", "txts", "txting", "message", "messages", "messaging", "msg", "msgs", "sms", "nudge",
        "nudges", "reminder", "reminders", "contacting", "writing", "notification", "notifications", "alerts", "mesages",
    ),
    "mensajes": (
        "mensaje", "mensajes", "mensajitos", "texto", "textos", "sms", "avisos", "recordatorios", "notificaciones", "msjs", "msj",
    ),
    "program": ("program", "service", "subscription", "enrollment", "participation", "list", "study", "programa", "trial"),
    "mandar": (
        "mandar*", "enviar*", "escribir*", "textear*", "molestar*", "contactar*", "mensajear*", "mandando*", "enviando*", "llamar*",
        "escribiendo*", "molestando*",
    ),
    "manden": (
        "mande", "manden", "mandes", "mandas", "manda", "envie", "envien", "envies", "envia", "escriba", "escriban", "escribas",
        "contacte", "contacten", "contactes", "moleste", "molesten", "molestes", "textee", "texteen", "texteen", "llamen",
    ),
}  # fmt: skip

# Read first and left out: a limit, a wish for fewer, a denial, or another thing that stops.
NOT_MEANT = (
    "(dont|do not|never|wont|will not|not) (want (you)? to|wanna|going to|gonna|ever)? (stop|end|cancel|quit|unsubscribe|opt out|"
    "remove me|leave)",
    "(dont|do not|please dont|never|no) ({texts}|contact|write|call) me (before|after|at|on|during|so|until|till|while|in the|today|"
    "tomorrow|this|between|about|tonight|when|too|as often|that often|weekends|mornings|late|early|every)",
    "no me ({manden}|escriban) (...)? (antes|despues|tan|tanto|tantos|los|hoy|manana|por la|en la|a las|durante|cuando|el|temprano)",
    "(typed|sent|put|gave|entered|wrote|hit|pressed|texted|meant) (the|a)? wrong (number|person)",
    "wrong number (of|i meant|should be|it should|sorry #|its #|earlier|last time|above|#)",
    "(should|when|if|must) i (stop|quit|end)",
    "no (more|mas) (than|de|que)",
    "(take|took|taking) (it|the list|me) off (the|my) (fridge|list of|mind)",
    "(stop|pause|cancel|skip|remove|end) (my|the|a|one)? (appt|appointment|meeting|walk|exercise|tuesday|monday|wednesday|thursday|"
    "friday|saturday|sunday|next|one|brace|bus|sign|signs|light)",
    "(remove|delete) (me|my) (brace|pain|shoes|stitches)",
    "(cant|couldnt|dont|doesnt|didnt|wont|never) stop",
    "(no|not) (quiero|voy a|pienso|quiere) (cancelar|dejar|parar|salir|darme de baja)",
    "no (cancelen|paren|dejen|deje|pare)",
    "(stop|stopping|cancel|end) (texts|texting|messages) (on|at|during|for) (weekend*|night|the weekend|today|tonight|a week|a few)",
    "(how|when) (long|many|much) ... (until|till|before) ... (end|ends|stop|stops)",
)

STOP = (
    "(stop|quit|cease|end|cancel|discontinue|halt|kill|stahp) (all|these|those|the|my|your|any|with|getting|receiving|sending|this)? "
    "(me|all|these|those|the|your|of|my|stupid|damn|any|more)? (of|these|those|the|your|damn)? {texts}",
    "(stop|quit|cease) (sending|bothering|bugging|harassing|spamming|pestering|contacting|emailing|calling|annoying) (me|us|these|"
    "those|this|stuff|my|so|all|things|anything|crap|the)",
    "(make|get) (these|the|this|your|all these) {texts} (to)? stop",
    "(dont|do not|never|pls dont|no longer) ({texts}|contact|write|call|bother|send) (to)? (me|us|this number|anything|any|more|these)",
    "(dont|do not|no longer) (want|need|wish|care) (to)? (get|receive|have|hear|be|see|getting|these|any|more|your|the|this|u|you)? "
    "(getting|any|more|these|those|your|the|from|texted|contacted|to)? (more|of|these|those|your|you|to)? ({texts}|you|text me|"
    "contacted|{program}|this)",
    "^ (please)? (do not|dont) (text|message|contact) (please)? $",
    "no more ({texts}|of these|of this please)",
    "(no|no quiero) mas {mensajes}",
    "(want|wanna|like|need|wish|trying|rather|ready) (to)? (opt out|unsubscribe|be removed|be taken off|get off|leave the|drop out|"
    "withdraw|quit the|quit this|end the program|end this program|cancel the|cancel this|stop the|stop this program|out of this|"
    "stop getting|stop receiving|stop the program)",
    "(opt|opting|opted) -? (me|us)? out",
    "(unsubscribe|unsubscribing|unsub|un subscribe) (me|from|my|us)",
    "(i)? (unsubscribe|optout|opt out)",
    "(take|remove|sign|drop|get|delete|erase|unenroll|disenroll|unsubscribe|un enroll|strike|withdraw) (me|my (number|name|phone|info|"
    "contact)|this number|us) (out|off|from|of)",
    "(remove|delete|lose|erase|forget|block) (me|my (number|name|phone|contact)|this number) (please|pls|now|thanks|right now)? $",
    "(remove|delete|lose|erase) (my|this) (phone)? number",
    "(please|pls) (unenroll|disenroll|remove|unsubscribe|delete|opt) (me|us)",
    "(unenroll|disenroll|withdraw|deregister) (me|us|my)",
    "(you)? (have|got|has|its|this is|are texting|is|hi|sorry|think you have)? (the)? wrong (number|person|guy|phone)",
    "leave (me|us) alone",
    "(fuck off|piss off|go away|get lost|buzz off|shut up)",
    "(not|no longer) interested (in (these|this|the|your)|anymore|any more|any longer|$|thanks|thank you|stop|please)",
    "(i)? (never|didnt|did not) (sign|signed|sighned|agree|agreed|ask|asked|consent|consented) (up)? (for|to) (this|these|any|your|texts|"
    "messages|get|be)",
    "(cancel|end|quit|leave|stop|terminate|drop) (my|the|this|your) {program}",
    "(im|i am) (done|finished) with (these|the|your|this) ({texts}|{program})",
    "(enough|too many) (of)? (these|the|your)? {texts} ... stop $",
    "(enough|no more) with the {texts}",
    "(i)? (revoke|withdraw|cancel) (my)? (consent|permission)",
    "(i)? (want|wanna) out $",
    "(deje|dejen|deja|dejar|paren|pare|paran|basta|dejes) (ya)? de (me)? {mandar}",
    "(ya)? no (me|nos) {manden} (...)? (mas|textos|{mensajes}|nada|por favor|nunca|otra vez|$)",
    "ya no (me|nos)? ({manden}|quiero (...)? ({mensajes}|recibir|participar|estar|seguir|esto))",
    "no (quiero|deseo|quisiera|necesito) (...)? (mas (...)? ({mensajes}|nada de ustedes)|recibir (...)? ({mensajes}|nada)|"
    "que me {manden}|sus {mensajes}|estos {mensajes}|los {mensajes}|participar|seguir (con|en|recibiendo))",
    "(dar|darme|deme|denme|dame|dar de|darnos|me doy|quiero|solicito|pido|date|denos) (me)? (de|la)? baja (de|del|por favor|$)?",
    "(quiero|deseo|quisiera|necesito|me gustaria|puedo|como) (cancelar|salir|salirme|dejar|terminar|parar|detener|cancelo|salgo) (de|del|"
    "con)? (los|las|el|la|este|esta|estos|mi|mis|sus|recibir)? ({mensajes}|{program}|suscripcion|servicio|lista|todo|esto)",
    "(cancelar|cancela|cancelen|cancele|cancelo|detengan|detener|paren|parar|pare|alto a|terminen|anulen|anular|eliminen) (de|con)? (los|la|"
    "mi|mis|el|las|sus|estos|todos los|esos|tantos)? ({mensajes}|suscripcion|servicio|programa|inscripcion|participacion)",
    "(elimine|eliminen|borre|borren|quite|quiten|saquen|saque|elimina|quita|borra|saca|retiren|retire|remuevan|remueva) (me)? (a)? (mi (numero|"
    "telefono|nombre)|este numero|de (la|su|esta) lista|de aqui|de esto)",
    "(quitenme|saquenme|borrenme|eliminenme|saqueme|quiteme|borreme|elimineme|sacame|quitame|borrame|eliminame)",
    "(numero equivocado|persona equivocada|se (equivoco|equivocaron|equivocan) de (numero|persona)|equivocado de numero|numero incorrecto)",
    "(dejenme|dejeme|dejame) (en paz|tranquil*|de)",
    "(no|ya no) me (interesa|interesan) (mas|los|el|sus|estos|recibir|este|esto|$)",
    "no (me inscribi|pedi estos|autorice|autorizo|di permiso|me registre)",
    "(ya no mas|no mas) ({mensajes}|por favor|gracias|$)",
)

START = (
    "(opt|sign|put|add|let|count|enroll|subscribe|resubscribe) me (back|up|in|again) (in|up|on|again)?",
    "(start|begin|resume|restart|continue|unpause|reactivate|restore) (sending (me)?|getting|receiving|with)? (my|the|these|those|your|me|"
    "all)? {texts} (...)? (again|back|please|me|$)?",
    "(start|resume|begin) (sending|texting|messaging|writing|contacting) (me|us|again|to)",
    "(want|like|love|need|miss|get|receive|have) (to)? (get|receive|have|start|see)? (the|my|your|those|these)? {texts} (again|back|"
    "once more)",
    "(want|like|ready|wanna) (to)? (rejoin|be back|come back|join again|start again|opt in|sign up|resubscribe|back in|restart|resume)",
    "^ (please)? (text|message) me again (please|pls)? $",
    "turn (the|my|these)? {texts} (back)? on",
    "turn back on (the|my)? {texts}",
    "(opt|opting) -? in",
    "(i)? (changed my mind|change my mind) ... (start|back|again|in)",
    "(quiero|deseo|quisiera|me gustaria|puedo) (volver|regresar|empezar|comenzar|iniciar|reanudar|seguir|recibir|continuar|inscribirme|"
    "suscribirme|reincorporarme) (a|al|en|de|con)? (recibir|los|mis|sus|el|las|programa|otra)? (los|mis|sus|el)? ({mensajes}|programa|"
    "nuevo|vez|$)",
    "(vuelvan|vuelva|vuelve|regresen|empiecen|comiencen|empiece) a {mandar}",
    "(manden|mandenme|envienme|mandame|enviame|envieme|mandeme|escribanme|escribeme) ... (otra vez|de nuevo|nuevamente)",
    "(reanuden|reanudar|reanude|reactiven|reactivar|activar|activen|reinicien|reiniciar|iniciar|empezar) (los|mis|el|sus|mi)? ({mensajes}|"
    "programa|servicio|suscripcion)",
    "(inscribanme|suscribanme|registrenme|apuntenme|inscribeme|agreguenme) (otra vez|de nuevo|al|en|$)?",
    "{mensajes} otra vez (por favor)? $",
)

HELP = (
    "(help|helping|ayuda|ayudenme|ayudeme|assist|assistance) (me)? (with|con|using|understanding) (this|the|my|these|your|el|los|este|"
    "mis|esto|it) (program*|{texts}|app|{mensajes}|thing|service|number|system|$)",
    "(need|necesito|want|quiero|require) (some)? (help|ayuda|support|assistance|info|information|informacion) (with|con|on|about|sobre|"
    "using|please|pls|por favor|$) (this|the program|my texts|these|el programa|los mensajes|texts|texting|it|replying|$)?",
    "(talk|speak|chat) (to|with) (a|an|the|my|some)? (real|live|actual)? (person|human|someone|somebody|nurse|agent|operator|staff|"
    "representative|people|team)",
    "(hablar|comunicarme|platicar|charlar) con (una|un|la|el|mi)? (persona|alguien|humano|enfermer*|doctor*|agente|operador*|equipo)",
    "(how|where) (do|can|could|would|should) (i|you|we) (change|set|switch|update|use|reply|respond|answer|move|get|adjust|edit|reset|"
    "pause) (my|the|to|this|a|of|it|these|what)? (message|{texts}|time|times|language|schedule|number|answers|help|program|question*|"
    "reply|settings|hour|hours|slot*)?",
    "(how|como) (does|do|funciona|funcionan) (this|these|the|esto|este|los|el|las) (work|{program}|{texts}|thing|{mensajes}|$)?",
    "(what|que|which) (is|es|kind of)? (this|el|este) (number|{program}|service|texts|numero|for)",
    "(what|que) {program} (is|es) (this|este|esto)",
    "(who|whos) (is|are|r|am i)? (this|you|u|texting|sending|messaging|talking to)",
    "who (sends|runs|is behind|sent) (this|these|me)",
    "quien (es usted|eres|son ustedes|me (escribe|manda|envia|habla)|manda|envia|habla)",
    "como (cambio|puedo cambiar|puedo responder|respondo|contesto|uso|se usa|se contesta|modifico|ajusto|pauso) (la|el|mi|los|de|esto)?",
    "what (can|should|do) i (text|reply|type|send|do here)",
    "(que|cuales) (comandos|opciones) (hay|puedo|tengo)",
    "(can|could|may) i (have|get) (some)? help",
)

# Puzzled; with a question open it is that question that is not understood.
PUZZLED = (
    "^ (quien|quienes) (es|son) (usted*)? $",
    "^ (que|what) (es|is|son) (esto|this|eso|that|estos mensajes) $",
)
