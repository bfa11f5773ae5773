"""Whatever the columns, the order of rows, the dashes and the page breaks: every value reaches its bureau."""

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.reader.drawn import DrawnLine, document

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import Tradeline
from tribureau.reader.assembly import assemble
from tribureau.reader.layouts.identityiq import IDENTITYIQ

LABELS = ("Account #", "Balance", "Past Due", "Date Opened", "Account Type", "Payment Status", "Credit Limit")
NAMES = ("COPPERLINE CU", "TARN BANK, N.A.", "GLACIER & SONS/CRD", "O'MALLEY BROS")


@dataclass(frozen=True)
class Drawn:
    """Accounts as they are to be read back: name, bureau, number and balance."""

    lines: list[DrawnLine]
    truth: list[tuple[str, str, str, Decimal]]


@st.composite
def reports(draw: st.DrawFn) -> Drawn:
    bureaus = draw(st.permutations(list(Bureau)))[: draw(st.integers(2, 3))]
    start, pitch = draw(st.integers(150, 210)), draw(st.integers(125, 150))
    columns = [float(start + at * pitch) for at in range(len(bureaus))]
    colon, dash = draw(st.sampled_from(["", ":"])), draw(st.sampled_from(["-", "--", "", "N/A"]))
    centred = draw(st.integers(0, 30))
    labels = draw(st.permutations(LABELS))
    lines: list[DrawnLine] = [[(40, "Account History")]]
    truth: list[tuple[str, str, str, Decimal]] = []
    for at, name in enumerate(draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4))):
        reporting = draw(st.sets(st.integers(0, len(bureaus) - 1), min_size=1))
        lines += [[(44, name)], [(x + centred, str(bureau)) for x, bureau in zip(columns, bureaus, strict=True)]]
        cells = {one: _values(at, one, draw(st.integers(0, 99999))) for one in sorted(reporting)}
        for label in labels:
            row = [(x, cells[one][label] if one in cells else dash) for one, x in enumerate(columns)]
            lines.append([(40, label + colon), *((x, text) for x, text in row if text)])
        truth += [
            (name, str(bureaus[one]), c["Account #"], Decimal(c["Balance"].strip("$"))) for one, c in cells.items()
        ]
    return Drawn(lines, truth)


def _values(account: int, column: int, balance: int) -> dict[str, str]:
    return {
        "Account #": f"44{account}{column}77****",
        "Balance": f"${balance}",
        "Past Due": "$0",
        "Date Opened": "01/02/2019",
        "Account Type": "Credit Card",
        "Payment Status": "Current",
        "Credit Limit": "$9,000",
    }


def found(line: Tradeline) -> tuple[str, str, str | None, Decimal | None]:
    return line.creditor_name, str(line.bureau), line.account_number, line.balance


@settings(max_examples=150, deadline=None)
@given(reports(), st.integers(18, 40))
def test_every_value_reaches_its_bureau(report: Drawn, per_page: int) -> None:
    pages = [report.lines[at : at + per_page] for at in range(0, len(report.lines), per_page)]
    read = [assemble(account).tradeline for account in IDENTITYIQ.accounts(document(*pages))]
    assert sorted(map(found, read)) == sorted(report.truth)
    assert not any(line.past_due or line.date_opened is None for line in read)
