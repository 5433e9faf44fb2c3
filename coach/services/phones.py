"""Phone numbers, as people write them."""

import phonenumbers

from coach.domain.errors import CoachError


class PhoneError(CoachError):
    """What was given is no phone number."""


def parse(text: str, country: str) -> tuple[str, str]:
    """The number in E.164, and its country; a number without + is read as one of `country` (ISO 3166-1 alpha-2).

    Raises:
        PhoneError: it cannot be a number.
    """
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException as error:
        raise PhoneError(f"{text!r} is no phone number ({error}); write it as +1 202 555 0143") from None
    if not phonenumbers.is_possible_number(number):
        raise PhoneError(f"{text!r} has too few or too many digits; write it as +1 202 555 0143")
    found = phonenumbers.region_code_for_number(number) or country
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), found
