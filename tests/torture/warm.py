"""Imported by the process that others fork from: what every one of them reads at its start has been read."""

from coach.content.folders import config_folder
from coach.content.safety import load_rules
from coach.gateway.twilio import TwilioGateway
from coach.settings import Settings
from tests.torture import processes as processes  # noqa: PLC0414 (imported so that it is there)

_settings = Settings.model_construct()
load_rules(config_folder())
TwilioGateway(
    account_sid=_settings.twilio_account_sid,
    auth_tokens=_settings.twilio_auth_tokens,
    messaging_service_sid=_settings.twilio_messaging_service_sid,
    public_base_url=_settings.public_base_url,
)
