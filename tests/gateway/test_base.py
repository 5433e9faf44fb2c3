import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.gateway.base import FormError, InboundSms, Receipt, RejectionKind, parse_inbound, parse_receipt

SID = "SM" + "0" * 32
INBOUND = [("MessageSid", SID), ("From", "+12025550143"), ("To", "+12025550100"), ("Body", "yes")]


@pytest.mark.parametrize(
    ("more", "sms"),
    [
        ([], InboundSms(SID, "+12025550143", "+12025550100", "yes")),
        ([("NumMedia", "2")], InboundSms(SID, "+12025550143", "+12025550100", "yes", media=2)),
        ([("NumMedia", "many")], InboundSms(SID, "+12025550143", "+12025550100", "yes")),
        ([("NumMedia", "")], InboundSms(SID, "+12025550143", "+12025550100", "yes")),
        ([("OptOutType", "stop")], InboundSms(SID, "+12025550143", "+12025550100", "yes", opt_out_type="STOP")),
        ([("Body", "")], InboundSms(SID, "+12025550143", "+12025550100", "")),
        ([("Body", " 7 \n")], InboundSms(SID, "+12025550143", "+12025550100", " 7 \n")),
        ([("FromZip", "20001"), ("Novelty", "x")], InboundSms(SID, "+12025550143", "+12025550100", "yes")),
    ],
)
def test_an_inbound_text_is_read_from_its_form_whatever_else_is_there(
    more: list[tuple[str, str]], sms: InboundSms
) -> None:
    assert parse_inbound([*INBOUND, *more]) == sms


def test_an_inbound_text_needs_only_its_id_and_its_sender() -> None:
    assert parse_inbound([("SmsSid", SID), ("From", "+12025550143")]) == InboundSms(SID, "+12025550143", "", "")


@pytest.mark.parametrize(
    ("form", "missing"),
    [
        ([], "MessageSid"),
        ([("MessageSid", SID)], "From"),
        ([("MessageSid", " "), ("From", "+12025550143")], "MessageSid"),
    ],
)
def test_an_inbound_text_without_id_or_sender_is_refused_by_name(form: list[tuple[str, str]], missing: str) -> None:
    with pytest.raises(FormError, match=missing):
        parse_inbound(form)


@pytest.mark.parametrize(
    ("form", "receipt"),
    [
        ([("MessageSid", SID), ("MessageStatus", "delivered")], Receipt(SID, "delivered")),
        ([("SmsSid", SID), ("SmsStatus", "SENT")], Receipt(SID, "sent")),
        (
            [("MessageSid", SID), ("MessageStatus", "failed"), ("ErrorCode", "30036")],
            Receipt(SID, "failed", "30036", RejectionKind.EXPIRED),
        ),
        (
            [("MessageSid", SID), ("MessageStatus", "undelivered"), ("ErrorCode", "30002")],
            Receipt(SID, "undelivered", "30002", RejectionKind.ACCOUNT),
        ),
        (
            [("MessageSid", SID), ("MessageStatus", "undelivered"), ("ErrorCode", "novel")],
            Receipt(SID, "undelivered", "novel", RejectionKind.UNCERTAIN),
        ),
        ([("MessageSid", SID), ("MessageStatus", "sent"), ("ErrorCode", "")], Receipt(SID, "sent")),
        ([("MessageSid", SID), ("MessageStatus", "sent"), ("ErrorCode", "0")], Receipt(SID, "sent")),
        ([("MessageSid", SID), ("MessageStatus", "sent"), ("RawDlrDoneDate", "2611221200")], Receipt(SID, "sent")),
    ],
)
def test_a_receipt_is_read_from_its_form(form: list[tuple[str, str]], receipt: Receipt) -> None:
    assert parse_receipt(form) == receipt


@pytest.mark.parametrize("form", [[], [("MessageSid", SID)], [("MessageStatus", "sent")]])
def test_a_receipt_without_id_or_status_is_refused(form: list[tuple[str, str]]) -> None:
    with pytest.raises(FormError):
        parse_receipt(form)


@given(st.lists(st.tuples(st.sampled_from(["MessageSid", "From", "To", "Body", "NumMedia", "x"]), st.text())))
def test_no_form_raises_anything_but_a_form_error(form: list[tuple[str, str]]) -> None:
    try:
        sms = parse_inbound(form)
    except FormError:
        return

    assert sms.provider_id
    assert sms.from_
