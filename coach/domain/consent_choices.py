"""The word classes that the sentences of consent are made of: who, what is sent, how it is ended. Both languages."""

from coach.domain.consent_line import listed

FAMILY = """
    husband, wife, daughter, son, mother, mom, mum, father, dad, sister, brother, partner, granddaughter, grandson,
    niece, nephew, caregiver, carer, roommate, girlfriend, boyfriend, spouse, aunt, uncle, cousin, friend, esposo,
    esposa, marido, mujer, hija, hijo, mama, madre, papa, padre, hermana, hermano, nieta, nieto, sobrina, sobrino,
    cunada, cunado, nuera, yerno, pareja, cuidadora, cuidador, novia, novio, tia, tio, prima, primo, abuela, abuelo
"""
CHOICES = {
    "texts": listed(
        """
        text, texts, texting, message, messages, messaging, sms, nudge, nudges, reminder, reminders,
        contacting, writing,
        notification, notifications, alert, alerts, check ins, check - ins, checkins, pings, spam, texto, textos,
        mensajes, avisos, recordatorios, notificaciones, stuff from you, crap from you, communication, communications
        """
    ),
    "program": listed(
        """
        program, programme, progam, service, services, subscription, enrollment, participation, list, lists, study,
        trial, coaching, thread, chat, programa, servicio, suscripcion, lista, estudio, inscripcion, participacion,
        registro, plan de mensajes, mailing list, texting program, system, database, records, roster, contacts
        """
    ),
    "the": listed(
        """
        all, these, those, this, that, the, your, my, any, of, me, us, with, from, getting, receiving, sending, more,
        damn, stupid, bloody, fucking, freaking, annoying, silly, dumb, effing, goddamn, blooming, flipping, so, such,
        other, daily, constant, health, coach, automated, robot, unwanted, future, further, los, las, el,
        la, este, esta, estos, estas, esos, mi, mis, sus, tus, su, todos, todas, tantos, tanto, malditos, de, con
        """
    ),
    "halt": listed(
        """
        stop, stopping, quit, cease, end, ending, cancel, cancelling, canceling, discontinue, halt, kill, terminate,
        turn off, shut off, switch off, cut off, shut down, disable, deactivate, desist, knock off, cut out,
        enough (already)? (of|with)?, knock it off with, quit it (with)?, cut it out with, stop it with, no more, no
        mas, stop it with, done with, basta (de|con)?, get rid of, sick of, suspend
        """
    ),
    "pestering": listed(
        """
        texting, messaging, sending, contacting, bothering, bugging, harassing, spamming, pestering, emailing, calling,
        annoying, blowing up, disturbing, hounding, hassling, writing to, writing me, mandarme, enviarme, escribirme,
        stalking, sms, buzzing
        """
    ),
    "write": listed(
        """
        text, texting, message, messaging, contact, contacting, write, call, bother, send, sms, ping, reach out, email,
        disturb, harass, bug, pester, spam
        """
    ),
    "not": listed(
        """
        dont, do not, never, no longer, didnt, did not, wont, will not, not, would prefer not, prefer not, rather not,
        would not, wouldnt, cant, cannot, can not, would rather not, doesnt, stop, quit
        """
    ),
    "stop_it": listed("dont, do not, never, no longer, stop, quit, please not, not ever, you may not"),
    "want": listed("want, need, wish, care, like, desire, intend, consent, agree, prefer, plan, would like, choose"),
    "anymore": listed("anymore, any more, any longer, no more, no longer, at all, ever, ever again, again"),
    "me": listed(
        "me, us, my number, my name, my phone, my info, my contact, my cell, this number, this phone, my data"
    ),
    "over": listed(
        """
        $, please, now, thanks, thank you, anymore, any more, any longer, already, por favor, porfa,
        gracias, right away,
        asap, immediately, ya
        """
    ),
    "topic": listed(
        """
        walking, walk, walks, exercise, exercises, stretching, stretch, stretches, breathing, mood, sleep, pain, goal,
        goals, journal, diary, morning, evening, night, weekend, activity, activities, relaxation, thought, thoughts,
        feelings, step, steps, movement, caminar, caminata, caminatas, ejercicio, ejercicios, estirar, estiramientos,
        respirar, respiracion, animo, dormir, sueno, dolor, meta, metas, diario, actividad, actividades, moverme, pasos
        """
    ),
    "mandar": listed(
        """
        mandar*, enviar*, escribir*, textear*, molestar*, contactar*, mensajear*, mandando*, enviando*, llamar*,
        escribiendo*, molestando*, chingar*, fastidiar*, acosar*, fregar*, joder*, comunicar*
        """
    ),
    "manden": listed(
        """
        mande, manden, mandes, mandas, manda, mandan, envie, envien, envies, envia, envian, escriba, escriban,
        escribas, escribe, contacte, contacten, contactes, moleste, molesten, molestes, textee, texteen, llamen,
        llame, mensajeen, fastidien, manden, mandeis
        """
    ),
    "quiero": listed(
        """
        quiero, deseo, quisiera, necesito, me gustaria, puedo, como, solicito, pido, prefiero, favor de, podria,
        quiere, voy a, decidi, me quiero, me
        """
    ),
    "family": listed(FAMILY),
    "their": ("her", "his", "their", "@names", "the", "your", "su", "la", "el", "un", "una"),
    "phone": listed(
        """
        number, phone, phone number, cell, cellphone, cell number, mobile, line, numero, telefono, celular, movil, cel
        """
    ),
}
