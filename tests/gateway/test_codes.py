import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.gateway.codes import EFFECTS, MEANINGS, Stage, kind_in_receipt, kind_of, meaning_of
from coach.gateway.rejection import RejectionKind

K, CREATE, RECEIPT = RejectionKind, Stage.CREATE, Stage.RECEIPT
CARRIERS = (21703, 30018, 30024, 30040, 30041, 30042)  # a carrier's or a country's own rules about our sender


def test_every_kind_of_error_has_its_effect_at_either_stage_in_words() -> None:
    assert set(EFFECTS) == {(kind, stage) for kind in RejectionKind for stage in Stage}
    assert all(effect.concludes and effect.patient and effect.team for effect in EFFECTS.values())


def test_every_code_says_what_it_means_in_plain_words() -> None:
    assert len(MEANINGS) >= 137
    assert all(meaning.words for meaning in MEANINGS.values())
    assert {meaning.kind for meaning in MEANINGS.values()} == set(RejectionKind)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("21610", K.OPTED_OUT),
        ("30006", K.BAD_NUMBER),
        ("30003", K.TRY_LATER),
        ("30007", K.BAD_MESSAGE),
        ("30002", K.ACCOUNT),
        ("30034", K.ACCOUNT),
        ("30036", K.EXPIRED),
        ("30410", K.UNCERTAIN),
        ("30025", K.NOTICE),
        ("30009", K.NOTICE),
        ("20003", K.ACCOUNT),  # known from calls only
        ("99999", K.UNCERTAIN),
        ("novel", K.UNCERTAIN),
        ("²", K.UNCERTAIN),
    ],
)
def test_an_error_in_a_receipt_has_its_kind_and_an_unknown_one_is_no_reason_to_send_again(
    code: str, kind: RejectionKind
) -> None:
    assert kind_in_receipt(code) is kind


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        (21610, 400, K.OPTED_OUT),
        (30006, 400, K.BAD_NUMBER),  # known from receipts only
        (20500, 400, K.UNCERTAIN),
        (99999, 400, K.BAD_MESSAGE),
        (99999, 401, K.ACCOUNT),
        (None, 404, K.ACCOUNT),
        (None, 422, K.BAD_MESSAGE),
    ],
)
def test_a_refusal_is_judged_by_its_code_then_by_its_status(code: int | None, status: int, kind: RejectionKind) -> None:
    assert kind_of(code, status) is kind


@pytest.mark.parametrize(("code", "stage"), [(21608, CREATE), (21703, CREATE), *((code, RECEIPT) for code in CARRIERS)])
def test_what_hangs_on_one_number_or_its_carrier_does_not_keep_texts_from_everybody(code: int, stage: Stage) -> None:
    assert MEANINGS[code, stage].kind is K.BAD_NUMBER


@given(st.integers(), st.sampled_from(Stage))
def test_a_code_means_what_it_means_at_its_own_stage_first(code: int, stage: Stage) -> None:
    meaning = meaning_of(code, stage)

    assert (code, stage) not in MEANINGS or MEANINGS[code, stage] is meaning
    assert meaning is None or meaning.code == code
