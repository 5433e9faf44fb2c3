import base64
import hashlib
import hmac
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.gateway.twilio import TwilioGateway

Pairs = list[tuple[str, str]]
HOST = "https://coach.example.org"
FORM: Pairs = [("MessageSid", "SM1"), ("Body", ""), ("From", "+12025550143")]


def gateway(*tokens: str) -> TwilioGateway:
    return TwilioGateway(
        account_sid="AC" + "0" * 32,
        auth_tokens=tokens or ["token"],
        messaging_service_sid="MG" + "0" * 32,
        public_base_url=HOST,
    )


GATEWAY = gateway()


def sign(url: str, form: Pairs, *, token: str) -> str:
    """The rule as Twilio words it, written down a second time."""
    text = url + "".join(name + value for name, value in sorted(set(form)))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


def test_the_vector_of_the_providers_own_tests_holds() -> None:
    form = [
        ("CallSid", "CA1234567890ABCDE"),
        ("Caller", "+14158675309"),
        ("Digits", "1234"),
        ("From", "+14158675309"),
        ("To", "+18005551212"),
    ]
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"

    assert gateway("12345").verify(url, form, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")


@pytest.mark.parametrize(
    ("case", "signed", "seen"),
    [
        ("as it is", "/sms/inbound", "/sms/inbound"),
        ("raw query", "/sms/status?attempt=%C3%A9+1", "/sms/status?attempt=%C3%A9+1"),
        ("default port added", ":443/sms/inbound", "/sms/inbound"),
        ("default port left out", "/sms/inbound", ":443/sms/inbound"),
        ("own port", ":8443/sms/inbound", ":8443/sms/inbound"),
        ("own port left out", "/sms/inbound", ":8443/sms/inbound"),
    ],
)
def test_a_signature_holds_for_the_public_address(case: str, signed: str, seen: str) -> None:
    assert GATEWAY.verify(HOST + seen, FORM, sign(HOST + signed, FORM, token="token")), case


@pytest.mark.parametrize(
    ("case", "signed", "seen"),
    [
        ("the address behind a proxy", HOST + "/w", "http://10.0.0.5:8000/w"),
        ("http for https", HOST + "/w", "http://coach.example.org/w"),
        ("another host", HOST + "/w", "https://coach.example.com/w"),
        ("another case", HOST + "/w", "https://Coach.example.org/w"),
        ("a trailing slash", HOST + "/w", HOST + "/w/"),
        ("a fragment, which is never signed", HOST + "/w", HOST + "/w#rc=2"),
        ("a decoded query", HOST + "/w?a=%C3%A9", HOST + "/w?a=é"),
        ("a dropped query", HOST + "/w?a=1", HOST + "/w"),
        ("an impossible port", HOST + "/w", "https://coach.example.org:99999/w"),
    ],
)
def test_a_signature_does_not_hold_for_another_address(case: str, signed: str, seen: str) -> None:
    assert not GATEWAY.verify(seen, FORM, sign(signed, FORM, token="token")), case


@pytest.mark.parametrize("signature", [None, "", "AAAA", "é", "x" * 28, "RSOYDt4T1cUTdK1PDd93/VVr8B8="])
def test_a_missing_or_foreign_signature_does_not_hold(signature: str | None) -> None:
    assert not GATEWAY.verify(HOST, FORM, signature)


def test_repeated_names_and_blank_values_count() -> None:
    form = [("Body", ""), ("MediaUrl", "b"), ("MediaUrl", "a"), ("MediaUrl", "a")]
    signature = sign(HOST, form, token="token")

    assert GATEWAY.verify(HOST, form, signature)
    assert not GATEWAY.verify(HOST, form[:2], signature)


def test_a_dropped_blank_value_breaks_the_signature() -> None:
    assert not GATEWAY.verify(HOST, [pair for pair in FORM if pair[1]], sign(HOST, FORM, token="token"))


@pytest.mark.parametrize(("token", "holds"), [("old", True), ("new", True), ("third", False)])
def test_two_tokens_are_accepted_while_they_rotate(token: str, holds: bool) -> None:
    assert gateway("old", "new").verify(HOST, FORM, sign(HOST, FORM, token=token)) is holds


def test_a_form_that_is_not_unicode_does_not_hold() -> None:
    assert not GATEWAY.verify(HOST, parse_qsl("Body=%E9", errors="surrogateescape"), sign(HOST, FORM, token="token"))


letters = st.text(st.characters(codec="utf-8"), max_size=20)


forms = st.lists(st.tuples(letters.filter(bool), letters))


@given(forms.flatmap(lambda form: st.tuples(st.just(form), st.permutations(form))))
def test_any_form_in_any_order_verifies_and_a_changed_one_does_not(forms: tuple[Pairs, Pairs]) -> None:
    form, shuffled = forms
    signature = sign(HOST, form, token="token")

    assert GATEWAY.verify(HOST, shuffled, signature)
    assert not GATEWAY.verify(HOST, [*form, ("Body", "changed by someone")], signature)
