"""What a report says about the consumer: kinds of personal information, none of which is an account."""

from enum import StrEnum


class PersonalKind(StrEnum):
    """Stable keys. A report may give several of each, and every bureau its own."""

    NAME = "name"
    OTHER_NAME = "other_name"
    """A former name, a variant, an alias."""
    CURRENT_ADDRESS = "current_address"
    PREVIOUS_ADDRESS = "previous_address"
    EMPLOYER = "employer"
    PHONE = "phone"
    DATE_OF_BIRTH = "date_of_birth"
    """ISO, or a bare year where the report prints no more."""
    SSN_LAST4 = "ssn_last4"


class InquiryKind(StrEnum):
    """Hard: the consumer applied for credit, and lenders see it. Soft: a review or an offer that only they see."""

    HARD = "hard"
    SOFT = "soft"
