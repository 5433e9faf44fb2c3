"""What the last line of a consent ledger means, in the care team's words."""

from collections.abc import Mapping

from coach.domain.consent import Consent

STANDINGS: Mapping[Consent, str] = {
    Consent.NONE: "No consent on the ledger: nothing is sent",
    Consent.RECORDED: "Consent recorded, not yet invited",
    Consent.INVITED: "Invited, has not said yes",
    Consent.CONFIRMED: "Said yes to texts",
    Consent.STOPPED: "Said STOP: nothing is sent",
    Consent.WITHDRAWN: "Withdrawn: nothing is sent",
}
