"""A small project without faults, for tests to spoil in one place at a time."""

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "config/programs/tiny.yaml"

YAML = """\
name: tiny
title: {en: Tiny, es: Chico}
languages: [en, es]
weeks: 2
slots: {morning: 09:30, midday: 12:30, afternoon: 15:30, evening: 17:30}
hours: {start: 09:00, end: 20:00}
limits: {per_day: 1, per_week: 4, minutes_between: 60, segments: {en: 1, es: 2}}
presets: {light: {without: [walk]}}
goal: {baseline: base, nudges: [walk], cap: 30}
nudges:
  - name: base
    kind: pacing
    weeks: [1]
    days: [mon, wed, fri]
    slot: evening
    variants: [a, b, c]
    answer: {kind: minutes, within: 600, reminder: 120}
  - name: walk
    kind: pacing
    weeks: [2]
    days: [mon]
    slot: evening
    variants: [a]
    answer: {kind: minutes, within: 600}
check_ins:
  - name: weekly
    weeks: [1, 2]
    days: [sun]
    slot: morning
    items:
      - name: pain
        variants: [a]
        answer: {kind: scale_0_10, within: 600}
"""

TEXTS = {
    "en/tiny/base/a": "How many minutes today? Reply with a number.\n",
    "en/tiny/base/b": "Minutes in one go today? Reply with a number.\n",
    "en/tiny/base/c": "How many minutes was it? Reply with a number.\n",
    "en/tiny/walk/a": "Your pace is {{ goal }} minutes. How many today? Reply with a number.\n",
    "en/tiny/pain/a": "How is your pain?\nReply 0-10.\n",
    "es/tiny/base/a": "¿Cuántos minutos hoy? Responde con un número.\n",
    "es/tiny/base/b": "¿Minutos seguidos hoy? Responde con un número.\n",
    "es/tiny/base/c": "¿Cuántos minutos fueron? Responde con un número.\n",
    "es/tiny/walk/a": "Tu ritmo: {{ goal }} minutos. ¿Cuántos hoy? Responde con un número.\n",
    "es/tiny/pain/a": "¿Cómo está el dolor? Responde de 0 a 10.\n",
}


def write_project(folder: Path) -> Path:
    """The project below `folder`; the path of its program file."""
    program = folder / PROGRAM
    program.parent.mkdir(parents=True)
    program.write_text(YAML, encoding="utf-8")
    for language in ("en", "es"):
        for shipped in ("shared", "feedback"):
            shutil.copytree(ROOT / "messages" / language / shipped, folder / "messages" / language / shipped)
    for path, text in TEXTS.items():
        file = folder / "messages" / f"{path}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return program


def edit(file: Path, old: str, new: str) -> None:
    """Put `new` in the place of `old`, which stands in `file` once; an empty `old` replaces all."""
    text = file.read_text(encoding="utf-8")
    assert not old or text.count(old) == 1, (file, old)
    file.write_text(text.replace(old, new) if old else new, encoding="utf-8")
