import pytest

from coach.content.vocabulary_doses import dose_advice_in
from coach.domain.program import Language

ADVICE: list[tuple[Language, str]] = [
    ("en", "On a good day you can skip a pill."),
    ("en", "Take more of your medicine if it hurts."),
    ("en", "You could stop the pills now. Questions: {{ phone }}."),
    ("en", "Double your medication tonight."),
    ("en", "It is fine to cut it in half. Call {{ phone }}."),
    ("en", "Do not skip your pills."),  # without a word on whom to ask
    ("es", "En un buen día puedes saltar una pastilla."),
    ("es", "Toma más medicamento si duele."),
    ("es", "Puedes dejar las pastillas. Preguntas: {{ phone }}."),
    ("es", "Reduce la medicina poco a poco."),
]
FINE: list[tuple[Language, str]] = [
    ("en", "Please do not change your medicine on your own: call us at {{ phone }}."),
    ("en", "Thinking of stopping a medicine? Talk with us first: {{ phone }}."),
    ("en", "Before you stop or change any pills, ask your pharmacist."),
    ("en", "Do your pills make you sleepy? Tell us: {{ phone }}."),
    ("en", "Keep all your medicines on one list, and show it at your next visit."),
    ("en", "Stop by the park today, and rest on the way."),
    ("es", "No cambies tu medicina por tu cuenta: llama al {{ phone }}."),
    ("es", "Antes de dejar una pastilla, pregunta a tu farmacéutica."),
    ("es", "¿Piensas dejar un medicamento? Hablemos antes: {{ phone }}."),
    ("es", "Haz una lista de tus medicinas para la próxima cita."),
    ("es", "Una lista de tus medicinas ayuda para tu visita."),
]


@pytest.mark.parametrize(("language", "text"), ADVICE)
def test_a_text_that_tells_to_take_a_medicine_otherwise_is_found(language: Language, text: str) -> None:
    assert list(dose_advice_in(text, language, medication=True))


@pytest.mark.parametrize(("language", "text"), FINE)
def test_a_text_that_sends_the_person_to_somebody_to_ask_passes(language: Language, text: str) -> None:
    assert list(dose_advice_in(text, language, medication=True)) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Stop looking at the tablet an hour before bed."),
        ("en", "Skip the lift, and take a break halfway."),
        ("es", "Prueba otra receta, y deja la tableta lejos de la cama."),
        ("es", "Para hoy: baja el ritmo y cambia de postura."),
    ],
)
def test_texts_about_other_things_are_left_alone(language: Language, text: str) -> None:
    assert list(dose_advice_in(text, language, medication=False)) == []


def test_it_and_them_are_medicines_only_where_medicines_are_spoken_of() -> None:
    text = "Drop it for today, and rest."

    assert list(dose_advice_in(text, "en", medication=False)) == []
    assert [words for _, words in dose_advice_in(text, "en", medication=True)] == ["Drop"]
