"""Sentences that mean stop, as phrases (`coach.domain.phrases`) of the word classes in `consent_choices`: English."""

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
