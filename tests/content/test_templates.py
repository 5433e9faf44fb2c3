from collections.abc import Mapping

import pytest

from coach.content.templates import TextError, Texts

TEMPLATES = {
    "en/shared/stop": "Bye, {{ name }}.\n",
    "es/shared/stop": "Adiós, {{ name }}.\n",
    "en/only": "One\n\ntwo\n",
    "es/solo": "Uno",
    "en/loop": "{% for i in range(1000000000) %}x{% endfor %}",
    "en/inside": "{{ ''.__class__.__mro__ }}",
    "en/zero": "{{ 1 / 0 }}",
    "en/broken": "{{ name",
}


@pytest.mark.parametrize(
    ("key", "language", "text"),
    [
        ("shared/stop", "en", "Bye, Ana."),
        ("shared/stop", "es", "Adiós, Ana."),
        ("shared/stop", "fr", "Bye, Ana."),  # a language without texts falls back
        ("only", "es", "One\n\ntwo"),
        ("solo", "en", "Uno"),
    ],
)
def test_a_text_comes_in_its_language_or_else_in_another(key: str, language: str, text: str) -> None:
    assert Texts(TEMPLATES).render(key, language, {"name": "Ana"}) == text


@pytest.mark.parametrize("name", ["{{ 7*7 }}", "{% raw %}", "<b>&", "\\n", "Zoë {# x #}"])
def test_a_hostile_value_stays_as_it_is(name: str) -> None:
    assert Texts(TEMPLATES).render("shared/stop", "en", {"name": name}) == f"Bye, {name}."


@pytest.mark.parametrize(
    ("key", "variables", "words"),
    [
        ("nowhere", {}, "text nowhere exists in no language; write messages/en/nowhere.txt"),
        ("shared/stop", {}, "text en/shared/stop cannot be rendered: 'name' is undefined; mend its file"),
        ("loop", {}, "text en/loop cannot be rendered: Range too big"),
        ("inside", {}, "text en/inside cannot be rendered: access to attribute '__class__'"),
        ("zero", {}, "text en/zero cannot be rendered: division by zero"),
        ("broken", {"name": "Ana"}, "text en/broken cannot be rendered: unexpected end"),
    ],
)
def test_what_cannot_be_rendered_says_why_in_one_line(key: str, variables: Mapping[str, object], words: str) -> None:
    with pytest.raises(TextError, match=f"^{words.replace('(', '[(]')}"):
        Texts(TEMPLATES).render(key, "en", variables)
