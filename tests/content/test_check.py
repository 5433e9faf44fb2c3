"""Each fault has a project that has exactly that fault: what to spoil, and the line that the check prints."""

import shutil
from pathlib import Path

import pytest

from coach.content.check import RULES, WHOLE, check_program
from tests.content.project import PROGRAM, edit, write_project

BASE_A = "messages/en/tiny/base/a.txt"
BASE_B = "messages/en/tiny/base/b.txt"
PAIN_A = "messages/en/tiny/pain/a.txt"
WALK_A = "messages/en/tiny/walk/a.txt"
WALK_ES = "messages/es/tiny/walk/a.txt"
INVITATION = "messages/en/shared/invitation.txt"

FORM = [
    ("weeks: 2\n", "weeks: 2\nwekks: 2\n", "5:1: unknown key 'wekks'. did you mean 'weeks'?"),
    ("cap: 30", "cap: 30, ceiling: 9", "9:49: unknown key 'ceiling'. use one of: baseline, nudges, cap"),
    ("    slot: morning\n", "", "26:5: the key 'slot' is missing. add it: slot: ..."),
    ("hours: {start: 09:00, end: 20:00}\n", "", "1:1: the key 'hours' is missing. add it: hours: ..."),
    ("weeks: 2\n", "weeks: 2\nweeks: 3\n", "5:1: key 'weeks' stands here twice, first in line 4. keep one of them"),
    ("days: [sun]", "days: [sunday]", "28:12: days: 'sunday' is not known here. did you mean 'sun'?"),
    (
        "days: [sun]",
        "days: sun",
        "28:11: days: 'sun' stands where a list belongs. write it as [a, b], or one - item a line",
    ),
    ("days: [sun]", "days: []", "28:11: days: this is too short. give at least 1"),
    ("slot: morning", "slot: mornin", "29:11: slot: 'mornin' is not known here. did you mean 'morning'?"),
    ("weeks: 2\n", "weeks: two\n", "4:8: weeks: 'two' stands where a whole number belongs. write digits, such as 120"),
    ("weeks: 2\n", "weeks: 60\n", "4:8: weeks: 60 is too large. write 52 at most"),
    ("weeks: 2\n", "weeks:\n", "4:1: weeks: nothing stands where a whole number belongs. write digits, such as 120"),
    (
        "morning: 09:30",
        "morning: 9:3",
        "5:18: morning: a time of day has two digits, a colon and two digits. write it as 09:30 or 17:05",
    ),
    (
        "end: 20:00",
        "end: 08:00",
        "6:8: hours: hours must start before they end. write them as start: 09:00, end: 20:00",
    ),
    ("name: weekly", "name: Weekly one", "26:11: name: 'Weekly one' is no name. use lower-case letters, digits and"),
    ("kind: scale_0_10", "kind: scale_010", "33:24: kind: 'scale_010' is not known here. did you mean 'scale_0_10'?"),
    ("es: Chico", "fr: Chico", "2:19: 'fr' is not known here. use one of: en, es"),
    ("presets: {light", "presets: {Light!", "8:11: 'Light!' is no name. use lower-case letters, digits and"),
    ("goal: {baseline: base", "goal: {baseline: [base]", "9:18: baseline: a list stands where one value belongs."),
    ("hours: {start: 09:00, end: 20:00}", "hours: 9-20", "6:8: hours: '9-20' stands where a part with keys belongs."),
    ("weeks: 2\n", "weeks: 2\n\tx: 1\n", "5:1: a tab stands where spaces belong. indent with spaces"),
    ("[en, es]", "[en, es", "4:6: this is not YAML: expected ',' or ']', but got ':'. mend the brackets,"),
    ("name: tiny", "name: tiny: x", "1:11: this is not YAML: mapping values are not allowed here. put a value that"),
    ("cap: 30}", "cap: 30, <<: *x}", "9:53: this is not YAML: found undefined alias 'x'. write the value out;"),
    ("name: tiny", "name: tiny\x07", "1:11: a character that YAML does not allow. take it out, or type it again"),
    ("", "", "1:1: the file is empty. write it, or take it out"),
    ("", "- a\n- b\n", "1:1: the file holds no keys. begin with a line such as name: x"),
    ("", "name: a\n---\nname: b\n", "2:1: this is not YAML: but found another document. keep one program a file,"),
    ("", "[" * 500, "1:1: brackets are nested too deep. nest at most 50"),
]

PLAN = [
    ("name: weekly", "name: base", "26:11: the name 'base' is taken. choose another name"),
    ("weeks: [1, 2]", "weeks: [1, 2, 1]", "27:19: 1 stands in this list twice. take one out"),
    ("weeks: [1, 2]", "weeks: [1, 2, 3]", "27:19: the program has no week 3, its last is 2. take the week out,"),
    ("weeks: 2\n", "weeks: 3\n", "4:8: nothing is sent in week 3. give it a nudge, or shorten the program"),
    (
        "  - name: walk\n    kind: pacing",
        "  - name: walk\n    kind: check_in",
        "19:11: a nudge is not a check-in. write its questions under check_ins",
    ),
    (
        "days: [mon]",
        "days: [wed, fri]",
        "23:15: walk is due 2 times and has 1 variants, but no text repeats to one person. write 1 more variants",
    ),
    ("midday: 12:30", "midday: 08:59", "5:33: midday 08:59 lies outside the hours 09:00 to 20:00. move the slot,"),
    ("midday: 12:30", "midday: 20:00", "5:33: midday 20:00 lies outside the hours 09:00 to 20:00. move the slot,"),
    ("reminder: 120", "reminder: 600", "17:52: the reminder comes after the 600 minutes in which the answer is"),
    (
        "    kind: pacing\n    weeks: [1]",
        "    kind: reframe\n    weeks: [1]",
        "17:52: a reframe nudge has no reminder: it is an offer, and never a duty. take the reminder out",
    ),
    ("reminder: 120", "reminder: 150", "17:52: the reminder, 150 minutes after 17:30, lies outside the hours (until"),
    ("{en: Tiny, es: Chico}", "{en: Tiny}", "2:1: title says nothing for the language 'es'. add it: es: ..."),
    ("{en: 1, es: 2}", "{en: 1}", "7:56: segments says nothing for the language 'es'. add it: es: ..."),
    ("without: [walk]", "without: [wlak]", "8:29: there is no nudge 'wlak'. did you mean 'walk'?"),
    ("without: [walk]", "without: [base]", "8:29: without base there is no goal to name. leave it in"),
    ("nudges: [walk]", "nudges: [walk, run]", "9:39: there is no nudge 'run'. use one of: base, walk"),
    ("baseline: base", "baseline: bas", "9:18: there is no nudge 'bas'. did you mean 'base'?"),
    ("days: [mon, wed, fri]", "days: [mon, wed]", "9:18: 2 baseline questions come before week 2, which names the"),
    ("nudges: [walk]", "nudges: [walk, base]", "9:39: the baseline's own nudge cannot name the goal. take it out"),
    ("days: [sun]", "days: [mon]", "7:19: week 1 has 2 texts on mon, and 1 a day are allowed. take a nudge off that"),
    ("per_week: 4", "per_week: 3", "7:32: seven days of week 1 on have 4 texts, and 3 a week are allowed."),
]

TEXT = [
    (BASE_A, None, f"{PROGRAM}:16:16: the text {BASE_A} is missing. write it, or take its name out"),
    ("messages/es/shared/stop.txt", None, f"{PROGRAM}:3:17: the text messages/es/shared/stop.txt is missing."),
    ("messages/en/feedback/done/1.txt", None, f"{PROGRAM}:3:13: the text messages/en/feedback/done/1.txt is missing."),
    ("messages/en/feedback/done/1.txt", "Done {{ name }}", ":1:9: the variable 'name' is not known in this text."),
    ("messages/en/shared/dial_pause.txt", "Till {{ untl }}", ":1:9: the variable 'untl' is not known in this text."),
    ("messages/en/tiny/base/d.txt", "Hi", ":1:1: no nudge names this file."),
    ("messages/en/tiny/base/a.md", "Hi", ":1:1: no nudge names this file."),
    (PAIN_A, "How is\nyour {{ pain\n0-10", ":2:6: the template cannot be read: "),
    (PAIN_A, "How is\nit, {{ nme }}? 0-10", ":2:8: the variable 'nme' is not known in this text. did you mean"),
    (PAIN_A, "Now {{ goal }}? 0-10", ":1:8: the variable 'goal' is not known in this text. use one of: clinic,"),
    (PAIN_A, "How {{ 1 / 0 }}? 0-10", ":1:1: text en/tiny/pain/a cannot be rendered: division by zero."),
    (PAIN_A, "", ":1:1: the text is empty. write it, or take its name out"),
    (PAIN_A, b"0-10 \xff", ":1:6: this is not UTF-8. save the file as UTF-8"),
    (PAIN_A, "0-10 " + "a" * 156, ":1:1: the text takes 2 segments (161 units of GSM-7), 1 allowed."),
    (WALK_A, "Minutes, number {{ goal }} " + "a" * 142, ":1:1: the text takes 2 segments (161 units of GSM-7)"),
    (WALK_ES, "Minutos, número {{ goal }} " + "a" * 116, ":1:1: the text takes 3 segments (135 units of UCS-2)"),
    (PAIN_A, "How\u2019s it? 0-10", ":1:4: the character '’' (U+2019) makes every segment less than half as long."),
    (WALK_ES, "Minutos \u2013 {{ goal }}, como 7", ":1:9: the character '–' (U+2013) makes every segment less"),
    (PAIN_A, "How is it?", ":1:1: the text asks for scale_0_10 and does not show its answer format. add, for"),
    (PAIN_A, "0-10, or STOP", ":1:10: carriers take the word STOP for themselves. ask for another word"),
    (PAIN_A, "You missed one. 0-10", ":1:5: 'missed' may sound like blame. say what can be done next"),
    (PAIN_A, "Feeling depressed? 0-10", ":1:9: 'depressed' names a diagnosis, and may be read on a lock screen."),
    (PAIN_A, "More ibuprofen? 0-10", ":1:6: 'ibuprofen' names a drug, and may be read on a lock screen."),
    (PAIN_A, "Took 20 mg? 0-10", ":1:6: '20 mg' speaks of a dose. leave doses to the person's clinician"),
    (BASE_B, "how many  minutes today? Reply with a number.", ":1:1: the text says the same as en/tiny/base/a.txt."),
]  # fmt: skip


def lines(program: Path) -> list[str]:
    folder = program.parents[2]
    faults = check_program(program, folder / "messages").faults
    return [str(fault).replace(f"{folder}/", "") for fault in faults]


@pytest.fixture
def program(tmp_path: Path) -> Path:
    return write_project(tmp_path)


def test_a_project_without_faults_passes(program: Path) -> None:
    assert lines(program) == []


@pytest.mark.parametrize(("old", "new", "line"), FORM + PLAN)
def test_a_fault_of_the_program_is_found_in_its_place(program: Path, old: str, new: str, line: str) -> None:
    edit(program, old, new)

    found = lines(program)

    assert [words[: len(PROGRAM) + 1 + len(line)] for words in found] == [f"{PROGRAM}:{line}"]


@pytest.mark.parametrize(("file", "text", "line"), TEXT)
def test_a_fault_of_a_text_is_found_in_its_place(program: Path, file: str, text: str | bytes | None, line: str) -> None:
    path = program.parents[2] / file
    if text is None:
        path.unlink()
    else:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    line = f"{file}{line}" if line.startswith(":") else line

    assert [words[: len(line)] for words in lines(program)] == [line]


def test_an_invitation_says_all_that_it_must(program: Path) -> None:
    file = program.parents[2] / INVITATION
    edit(file, "", "{{ clinic }}: reply YES to begin, STOP to end. Msg&data rates may apply. Not for emergencies.\n")

    assert [line.partition(". ")[2] for line in lines(program)] == [
        "add how often: up to {{ per_week }} a week",
        "add how to get help: HELP",
    ]


def test_two_texts_of_one_day_keep_their_distance(program: Path) -> None:
    edit(program, "days: [sun]\n    slot: morning", "days: [mon]\n    slot: evening")
    edit(program, "per_day: 1", "per_day: 2")

    assert [line.partition(", ")[0] for line in lines(program)] == [
        f"{PROGRAM}:29:11: on mon weekly comes 0 minutes after base",
        f"{PROGRAM}:29:11: on mon weekly comes 0 minutes after walk",
    ]


def test_all_faults_come_at_once_in_the_order_of_the_files(program: Path) -> None:
    edit(program, "weeks: 2\n", "weks: 2\nweeks: 2\n")
    edit(program, "slot: morning", "slot: mornin")
    edit(program, "days: [mon, wed, fri]", "days: [mon, wed, friday]")
    edit(program.parents[2] / PAIN_A, "", "{{ nme }}? 0-10")
    edit(program.parents[2] / WALK_A, "Your pace", "Your\u2026 pace")

    assert [line.partition(". ")[0] for line in lines(program)] == [
        f"{PROGRAM}:4:1: unknown key 'weks'",
        f"{PROGRAM}:15:22: days: 'friday' is not known here",
        f"{PROGRAM}:30:11: slot: 'mornin' is not known here",
        f"{WALK_A}:1:5: the character '…' (U+2026) makes every segment less than half as long",
    ]


def test_a_missing_language_is_one_fault(program: Path) -> None:
    (program.parents[2] / "messages/es").rename(program.parents[2] / "messages/fr")

    assert lines(program) == [
        f"{PROGRAM}:3:17: the folder messages/es is missing. write its texts, or take the language out"
    ]


def test_a_missing_program_is_a_fault(tmp_path: Path) -> None:
    checked = check_program(tmp_path / "x.yaml", tmp_path)

    assert [str(fault) for fault in checked.faults] == [
        f"{tmp_path}/x.yaml:1:1: there is no such file. check its name and folder"
    ]


def test_every_rule_is_in_one_table_once() -> None:
    names = [rule.__name__ for rule in (*RULES, *WHOLE)]

    assert len(names) == len(set(names)) >= 27


def test_a_project_from_before_the_kind_lines_has_one_fault_a_language(program: Path) -> None:
    for language in ("en", "es"):
        shutil.rmtree(program.parents[2] / "messages" / language / "feedback")

    assert [line.split(": ", 1)[1] for line in lines(program)] == [
        f"the folder messages/{language}/feedback is missing: one kind line for each answer. copy coach's own, "
        "or write 'feedback: false'"
        for language in ("en", "es")
    ]
    edit(program, "weeks: 2\n", "weeks: 2\nfeedback: false\n")
    assert lines(program) == []
