"""Names of lenders, collectors and companies, all invented, and how bureaus spell one name differently."""

from random import Random
from typing import Final

from tribureau.domain.tradelines import AccountType

CARD_ISSUERS: Final = (
    *("HARBOR POINT BANK", "SILVER BIRCH CARD SERVICES", "PINE & POST/OUTFITTERS", "COPPERLINE CREDIT UNION VISA"),
    *("WREN FEDERAL SAVINGS", "TIDEWRACK BANK N.A.", "MERCHANTS' EXCHANGE BANKCARD", "KESTREL CARD COMPANY"),
    *("BRASS LANTERN BANK/HOME DEPOTERY", "LUMENFIELD REWARDS", "Orchard Row Bank", "FIRST ALDERMERE NATL BANK"),
    *(
        "SORREL/DRYGOODS",
        "NIGHTINGALE BK USA",
        "CRÉDIT FONTENAY US",
        "COPPERLINE COMMUNITY BANKCARD OF THE NORTHERN LAKES",
    ),
)
LENDERS: Final[dict[AccountType, tuple[str, ...]]] = {
    AccountType.CREDIT_CARD: CARD_ISSUERS,
    AccountType.AUTO_LOAN: (
        "WAYFARER AUTO FINANCE",
        "IRON BRIDGE MOTOR CREDIT",
        "COBBLESTONE FCU AUTO",
        "ROADSTEAD ACCEPTANCE",
    ),
    AccountType.MORTGAGE: (
        "HEARTHSTONE HOME LOANS",
        "GABLE & EAVES MORTGAGE CO",
        "LONGACRE LOAN SERVICING",
        "KEYSTILE MTG",
    ),
    AccountType.HOME_EQUITY: ("HARBOR POINT BANK HELOC", "WREN FEDERAL HOME EQUITY"),
    AccountType.STUDENT_LOAN: (
        "SCHOLARS' GATE LOAN SVC",
        "US EDUC TRUST/BELLWETHER",
        "QUADRANGLE STUDENT LN CORP",
        "INKWELL EDUCATION",
    ),
    AccountType.PERSONAL_LOAN: (
        "PLAINSONG LENDING",
        "STEPPING STONE FINANCE",
        "BRIGHTWATER PERSONAL LN",
        "COPPERLINE CREDIT UNION",
    ),
    AccountType.COLLECTION: (
        "MIDVALE RECOVERY",
        "GRANITE PEAK COLLECTIONS LLC",
        "SUMAC & ROWE ASSOC",
        "THORNBURY CREDIT MGMT",
    ),
    AccountType.UTILITY: ("VALLEY LIGHT & POWER", "CLEARSTREAM WATER DIST", "SKYLARK WIRELESS", "FOUR RIVERS GAS CO"),
}
ORIGINAL_CREDITORS: Final = (
    "SKYLARK WIRELESS",
    "HARBOR POINT BANK",
    "FENWICK CABLE",
    "MILLRACE APARTMENTS",
    "KESTREL CARD COMPANY",
)
MEDICAL_CREDITORS: Final = ("CEDARHOLM REGIONAL HOSPITAL", "TARN VALLEY RADIOLOGY", "EASTMERE FAMILY CLINIC")
INQUIRERS: Final = (
    *CARD_ISSUERS[:6],
    "WAYFARER AUTO FINANCE",
    "SKYLARK WIRELESS",
    "PLAINSONG LENDING",
    "LATCHKEY TENANT SCREENING",
)
ABBREVIATIONS: Final = (
    *(("BANK", "BK"), ("SERVICES", "SVCS"), ("CREDIT UNION", "CU"), ("FEDERAL", "FED"), ("MORTGAGE", "MTG")),
    *(("FINANCE", "FIN"), ("COLLECTIONS", "COLLS"), ("RECOVERY", "RECOV"), ("STUDENT", "STDNT"), ("LENDING", "LNDG")),
)


def lender(random: Random, account_type: AccountType) -> str:
    """A name of the right trade."""
    return random.choice(LENDERS[account_type])


def spelled_otherwise(name: str) -> str:
    """The same creditor as another bureau abbreviates it."""
    for word, short in ABBREVIATIONS:
        if f" {word}" in name:
            return name.replace(f" {word}", f" {short}", 1)
    return name
