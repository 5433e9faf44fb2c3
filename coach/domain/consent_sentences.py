"""Sentences that mean stop, start or help, as phrases (`coach.domain.phrases`), and what only looks like one."""


def _listed(words: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in words.split(","))


CHOICES = {
    "texts": _listed(
        """
        text, texts, texting, txt, txts, txting, message, messages, messaging, msg, msgs, sms, nudge,
        nudges, reminder, reminders, contacting, writing, notification, notifications, alerts, mesages
        """
    ),
    "mensajes": _listed(
        """
        mensaje, mensajes, mensajitos, texto, textos, sms, avisos, recordatorios, notificaciones, msjs,
        msj
        """
    ),
    "program": _listed(
        """
        program, service, subscription, enrollment, participation, list, study, programa, trial
        """
    ),
    "mandar": _listed(
        """
        mandar*, enviar*, escribir*, textear*, molestar*, contactar*, mensajear*, mandando*, enviando*,
        llamar*, escribiendo*, molestando*
        """
    ),
    "manden": _listed(
        """
        mande, manden, mandes, mandas, manda, envie, envien, envies, envia, escriba, escriban, escribas,
        contacte, contacten, contactes, moleste, molesten, molestes, textee, texteen, llamen
        """
    ),
}

# Read first and left out: a limit, a wish for fewer, a denial, or another thing that stops.
NOT_MEANT = (
    (
        "(dont|do not|never|wont|will not|not) (want (you)? to|wanna|going to|gonna|ever)? (stop|end|cancel|"
        "quit|unsubscribe|opt out|remove me|leave)"
    ),
    (
        "(dont|do not|please dont|never|no) ({texts}|contact|write|call) me (before|after|at|on|during|so|"
        "until|till|while|in the|today|tomorrow|this|between|about|tonight|when|too|as often|that often|"
        "weekends|mornings|late|early|every)"
    ),
    (
        "no me ({manden}|escriban) (...)? (antes|despues|tan|tanto|tantos|los|hoy|manana|por la|en la|a las|"
        "durante|cuando|el|temprano)"
    ),
    "(typed|sent|put|gave|entered|wrote|hit|pressed|texted|meant) (the|a)? wrong (number|person)",
    "wrong number (of|i meant|should be|it should|sorry #|its #|earlier|last time|above|#)",
    "(should|when|if|must) i (stop|quit|end)",
    "no (more|mas) (than|de|que)",
    "(take|took|taking) (it|the list|me) off (the|my) (fridge|list of|mind)",
    (
        "(stop|pause|cancel|skip|remove|end) (my|the|a|one)? (appt|appointment|meeting|walk|exercise|tuesday|"
        "monday|wednesday|thursday|friday|saturday|sunday|next|one|brace|bus|sign|signs|light)"
    ),
    "(remove|delete) (me|my) (brace|pain|shoes|stitches)",
    "(cant|couldnt|dont|doesnt|didnt|wont|never) stop",
    "(no|not) (quiero|voy a|pienso|quiere) (cancelar|dejar|parar|salir|darme de baja)",
    "no (cancelen|paren|dejen|deje|pare)",
    (
        "(stop|stopping|cancel|end) (texts|texting|messages) (on|at|during|for) (weekend*|night|the weekend|"
        "today|tonight|a week|a few)"
    ),
    "(how|when) (long|many|much) ... (until|till|before) ... (end|ends|stop|stops)",
)

STOP = (
    "(get|getting|come|be) off (this|the|your|ur) (list|program|thing)",
    "^ (please)? (end|stop|cancel) (this|it all|everything) (please|now|pls)? $",
    "(stop|quit) (bloody|fucking|damn|freaking|goddamn|blooming|flipping|the|effing) {texts}",
    (
        "(dont|do not|no longer) (want|wish|need|care) to (receive|get|have|see) (these|this|any|them|tho"
        "se|it) (anymore|any more|$)"
    ),
    "(sick|tired|fed up) (of|with) (all|getting)? (these|your|the|this)? {texts} ... (stop|no more|cancel)",
    "block me (from|please|$)",
    "basta (de|con) (tantos|los|estos|sus)? {mensajes}",
    (
        "(para|parale|basta|parenle|ya parale) (ya)? (de|con) (escribirme|mandarme|enviarme|molestarme|te"
        "xtearme|los {mensajes}|estos {mensajes})"
    ),
    "(ya)? no (quiero|deseo|quisiera) (mas)? recibir (esto|estos|nada|mas|los|sus|los suyos|$)",
    (
        "(stop|quit|cease|end|cancel|discontinue|halt|kill|stahp) (all|these|those|the|my|your|any|with|"
        "getting|receiving|sending|this)? (me|all|these|those|the|your|of|my|stupid|damn|any|more)? (of|"
        "these|those|the|your|damn)? {texts}"
    ),
    (
        "(stop|quit|cease) (sending|bothering|bugging|harassing|spamming|pestering|contacting|emailing|"
        "calling|annoying) (me|us|these|those|this|stuff|my|so|all|things|anything|crap|the)"
    ),
    "(make|get) (these|the|this|your|all these) {texts} (to)? stop",
    (
        "(dont|do not|never|pls dont|no longer) ({texts}|contact|write|call|bother|send) (to)? (me|us|this "
        "number|anything|any|more|these)"
    ),
    (
        "(dont|do not|no longer) (want|need|wish|care) (to)? (get|receive|have|hear|be|see|getting|these|any|"
        "more|your|the|this|u|you)? (getting|any|more|these|those|your|the|from|texted|contacted|to)? (more|"
        "of|these|those|your|you|to)? ({texts}|you|text me|contacted|{program}|this)"
    ),
    "^ (please)? (do not|dont) (text|message|contact) (please)? $",
    "no more ({texts}|of these|of this please)",
    "(no|no quiero) mas {mensajes}",
    (
        "(want|wanna|like|need|wish|trying|rather|ready) (to)? (opt out|unsubscribe|be removed|be taken off|"
        "get off|leave the|drop out|withdraw|quit the|quit this|end the program|end this program|cancel the|"
        "cancel this|stop the|stop this program|out of this|stop getting|stop receiving|stop the program)"
    ),
    "(opt|opting|opted) -? (me|us)? out",
    "(unsubscribe|unsubscribing|unsub|un subscribe) (me|from|my|us)",
    "(i)? (unsubscribe|optout|opt out)",
    (
        "(take|remove|sign|drop|get|delete|erase|unenroll|disenroll|unsubscribe|un enroll|strike|withdraw) "
        "(me|my (number|name|phone|info|contact)|this number|us) (out|off|from|of)"
    ),
    (
        "(remove|delete|lose|erase|forget|block) (me|my (number|name|phone|contact)|this number) (please|pls|"
        "now|thanks|right now)? $"
    ),
    "(remove|delete|lose|erase) (my|this) (phone)? number",
    "(please|pls) (unenroll|disenroll|remove|unsubscribe|delete|opt) (me|us)",
    "(unenroll|disenroll|withdraw|deregister) (me|us|my)",
    "(you)? (have|got|has|its|this is|are texting|is|hi|sorry|think you have)? (the)? wrong (number|person|guy|phone)",
    "leave (me|us) alone",
    "(fuck off|piss off|go away|get lost|buzz off|shut up)",
    "(not|no longer) interested (in (these|this|the|your)|anymore|any more|any longer|$|thanks|thank you|stop|please)",
    (
        "(i)? (never|didnt|did not) (sign|signed|sighned|agree|agreed|ask|asked|consent|consented) (up)? "
        "(for|to) (this|these|any|your|texts|messages|get|be)"
    ),
    "(cancel|end|quit|leave|stop|terminate|drop) (my|the|this|your) {program}",
    "(im|i am) (done|finished) with (these|the|your|this) ({texts}|{program})",
    "(enough|too many) (of)? (these|the|your)? {texts} ... stop $",
    "(enough|no more) with the {texts}",
    "(i)? (revoke|withdraw|cancel) (my)? (consent|permission)",
    "(i)? (want|wanna) out $",
    "(deje|dejen|deja|dejar|paren|pare|paran|basta|dejes) (ya)? de (me)? {mandar}",
    "(ya)? no (me|nos) {manden} (...)? (mas|textos|{mensajes}|nada|por favor|nunca|otra vez|$)",
    "ya no (me|nos)? ({manden}|quiero (...)? ({mensajes}|recibir|participar|estar|seguir|esto))",
    (
        "no (quiero|deseo|quisiera|necesito) (...)? (mas (...)? ({mensajes}|nada de ustedes)|recibir (...)? "
        "({mensajes}|nada)|que me {manden}|sus {mensajes}|estos {mensajes}|los {mensajes}|participar|seguir "
        "(con|en|recibiendo))"
    ),
    (
        "(dar|darme|deme|denme|dame|dar de|darnos|me doy|quiero|solicito|pido|date|denos) (me)? (de|la)? "
        "baja (de|del|por favor|$)?"
    ),
    (
        "(quiero|deseo|quisiera|necesito|me gustaria|puedo|como) (cancelar|salir|salirme|dejar|terminar|"
        "parar|detener|cancelo|salgo) (de|del|con)? (los|las|el|la|este|esta|estos|mi|mis|sus|recibir)? "
        "({mensajes}|{program}|suscripcion|servicio|lista|todo|esto)"
    ),
    (
        "(cancelar|cancela|cancelen|cancele|cancelo|detengan|detener|paren|parar|pare|alto a|terminen|anulen|"
        "anular|eliminen) (de|con)? (los|la|mi|mis|el|las|sus|estos|todos los|esos|tantos)? ({mensajes}|"
        "suscripcion|servicio|programa|inscripcion|participacion)"
    ),
    (
        "(elimine|eliminen|borre|borren|quite|quiten|saquen|saque|elimina|quita|borra|saca|retiren|retire|"
        "remuevan|remueva) (me)? (a)? (mi (numero|telefono|nombre)|este numero|de (la|su|esta) lista|de aqui|"
        "de esto)"
    ),
    "(quitenme|saquenme|borrenme|eliminenme|saqueme|quiteme|borreme|elimineme|sacame|quitame|borrame|eliminame)",
    (
        "(numero equivocado|persona equivocada|se (equivoco|equivocaron|equivocan) de (numero|persona)|"
        "equivocado de numero|numero incorrecto)"
    ),
    "(dejenme|dejeme|dejame) (en paz|tranquil*|de)",
    "(no|ya no) me (interesa|interesan) (mas|los|el|sus|estos|recibir|este|esto|$)",
    "no (me inscribi|pedi estos|autorice|autorizo|di permiso|me registre)",
    "(ya no mas|no mas) ({mensajes}|por favor|gracias|$)",
)
