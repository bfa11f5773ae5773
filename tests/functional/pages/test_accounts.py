"""Accounts side by side: filters, sorts, where each cell leads, disputing without scripts; a thousand accounts."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg_pool import AsyncConnectionPool
from tests.functional.pages.conftest import Browser

_TODAY = "(now() at time zone 'America/New_York')::date"
BUREAUS = ("Equifax", "TransUnion", "Experian")


class Stock:
    """Puts accounts and disputes into the database of the browser's person, as reports and time would."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
        row = connection.execute("select id from auth.users").fetchone()
        assert row
        self.user = UUID(str(row[0]))
        self.upload = uuid4()
        connection.execute(
            "insert into public.report_uploads "
            "(user_id, id, original_filename, file_size_bytes, file_hash, processing_status, report_date) "
            "values (%s, %s, 'report.pdf', 1, repeat('a', 64), 'complete', '2026-11-02')",
            (self.user, self.upload),
        )

    def account(self, name: str, **at: dict[str, Any]) -> dict[str, UUID]:
        """The account's tradelines by bureau. A value `typed` makes one that no report printed."""
        account, lines = uuid4(), {}
        self.connection.execute(
            "insert into public.accounts (user_id, account_id, creditor_name) values (%s, %s, %s)",
            (self.user, account, name),
        )
        for bureau, given in at.items():
            lines[bureau] = uuid4()
            values = {
                "creditor_name": name,
                "bureau": bureau,
                "is_negative": False,
                "account_number": "4111****",
                **given,
            }
            upload = None if values.pop("typed", False) else self.upload
            values |= {"user_id": self.user, "tradeline_id": lines[bureau], "account_id": account}
            columns = [*values, "report_upload_id"]
            self.connection.execute(
                f"insert into public.tradelines ({', '.join(columns)}) values ({', '.join(['%s'] * len(columns))})",
                [*values.values(), upload],
            )
        return lines

    def dispute(self, tradeline: UUID, status: str, mailed: int = 0, received: int | None = None) -> UUID:
        """One that was mailed and received so many days ago, led through the steps up to the status."""
        row = self.connection.execute(
            "insert into public.disputes (user_id, tradeline_id, bureau) "
            "select user_id, tradeline_id, bureau from public.tradelines where tradeline_id = %s returning dispute_id",
            (tradeline,),
        ).fetchone()
        assert row
        self._step(row[0], "Pending", "mailing_date = now() - make_interval(days => %s)", mailed)
        if received is not None:
            self._step(row[0], "Investigating", f"received_on = {_TODAY} - %s", received)
            if status != "Investigating":
                self._step(row[0], status, f"bureau_response_date = {_TODAY} - %s", 0)
        return UUID(str(row[0]))

    def _step(self, dispute: UUID, status: str, fact: str, days: int) -> None:
        self.connection.execute(
            f"update public.disputes set status = %s, {fact} where dispute_id = %s", (status, days, dispute)
        )


@pytest.fixture
def stock(browser: Browser, database_url: str) -> Iterator[Stock]:
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield Stock(connection)


@pytest.fixture
def lines(stock: Stock) -> dict[str, dict[str, UUID]]:
    bad = {"is_negative": True, "negative_kind": "charge_off", "account_status": "charge_off"}
    late = {"is_negative": True, "negative_kind": "late", "payment_history": '{"2022-03": "60", "2022-04": "30"}'}
    return {
        "card": stock.account("Harbor Card", Equifax={**bad, "balance": 0}, TransUnion={**bad, "balance": 1284.5}),
        "loan": stock.account(
            "Wren Loan",
            Equifax={**late, "balance": 10, "account_status": "closed", "late_payments_60": 1},
            TransUnion={"balance": 10, "account_status": "closed"},
            Experian={"balance": 10, "account_status": "closed"},
        ),
        "calm": stock.account("Able Bank", **{bureau: {"balance": 99, "account_status": "open"} for bureau in BUREAUS}),
        "three": stock.account("Three at Once", All={"balance": 7, **bad}),
        "typed": stock.account("By Hand", Experian={"typed": True, "balance": 5}),
    }


def counts(page: str) -> dict[str, int]:
    filters = page.partition('aria-label="Show"')[2].partition("</nav>")[0]
    return {name.strip(): int(number) for name, number in re.findall(r">([A-Z][^<(]+) \((\d+)\)</a>", filters)}


def names(page: str) -> list[str]:
    return re.findall(r'<span class="name">([^<]+)</span>', page)


def cell(page: str, name: str, bureau: str) -> str:
    row = page.partition(f'<span class="name">{name}</span>')[2].partition("</tr>")[0]
    return row.partition(f'data-bureau="{bureau}"')[2].partition("</td>")[0]


async def test_filters_say_how_many_they_leave_and_leave_them(
    browser: Browser, stock: Stock, lines: dict[str, dict[str, UUID]]
) -> None:
    stock.dispute(lines["card"]["Equifax"], "Deleted", 70, 60)
    stock.dispute(lines["card"]["TransUnion"], "Investigating", 22, 19)
    page = (await browser.see("/accounts")).text
    found = counts(page)
    assert found == {
        "Negative": 3, "Bureaus disagree": 2, "Not disputed": 2, "Answer due": 1, "Typed by you": 1, "All": 5
    }  # fmt: skip
    keys = {"Negative": "negative", "Bureaus disagree": "differ", "Not disputed": "undisputed", "Answer due": "due"}
    for word, key in {**keys, "Typed by you": "typed", "All": "all"}.items():
        left = names((await browser.see(f"/accounts?show={key}")).text)
        assert len(left) == found[word], word
    assert names((await browser.see("/accounts?show=due")).text) == ["Harbor Card"]
    assert "5 accounts · 3 with something negative · 2 where the bureaus disagree" in page


async def test_sorts(browser: Browser, stock: Stock, lines: dict[str, dict[str, UUID]]) -> None:
    stock.dispute(lines["loan"]["Equifax"], "Investigating", 22, 19)
    stock.dispute(lines["card"]["TransUnion"], "Expired", 90, 88)
    orders = {
        key: names((await browser.see(f"/accounts?show=all&sort={key}")).text)
        for key in ("date", "creditor", "balance")
    }
    assert orders["date"][:2] == ["Harbor Card", "Wren Loan"]
    assert orders["creditor"] == ["Able Bank", "By Hand", "Harbor Card", "Three at Once", "Wren Loan"]
    assert orders["balance"][:2] == ["Harbor Card", "Able Bank"]
    assert "Sort: largest balance" in (await browser.see("/accounts?show=all&sort=balance")).text


async def test_a_cell_says_the_worst_and_leads_to_its_timeline_and_its_page(
    browser: Browser, stock: Stock, lines: dict[str, dict[str, UUID]]
) -> None:
    dispute = stock.dispute(lines["card"]["TransUnion"], "Investigating", 22, 19)
    page = (await browser.see("/accounts?show=all")).text
    card = cell(page, "Harbor Card", "TransUnion")
    assert '<strong class="bad-ink">Charge-off</strong>' in card and "$1,284.50" in card
    assert f'href="/disputes/{dispute}"' in card and "Investigating" in card and "day 19 of 30" in card
    assert f'href="/reports/{stock.upload}/accounts/{lines["card"]["TransUnion"]}' in card
    assert "differs:</span> balance" in card and 'type="checkbox"' not in card
    assert "60 days late, Mar 2022" in cell(page, "Wren Loan", "Equifax")
    calm = cell(page, "Able Bank", "Experian")
    assert "$99 · open" in calm and "bad-ink" not in calm and "differs" not in calm
    missing = cell(page, "Harbor Card", "Experian")
    assert "Not reported" in missing and "Blank" in missing and "checkbox" not in missing
    assert "typed by you" in cell(page, "By Hand", "Experian")


async def test_what_is_ticked_is_disputed_without_scripts(browser: Browser, lines: dict[str, dict[str, UUID]]) -> None:
    page = (await browser.see("/accounts?show=all")).text
    offered = re.findall(r'type="checkbox" name="tradeline" value="([^"]+)"', page)
    assert str(lines["loan"]["Equifax"]) in offered and f"{lines['three']['All']}:Experian" in offered
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    picks = [str(lines["loan"]["Equifax"]), str(lines["card"]["TransUnion"]), f"{lines['three']['All']}:Experian"]
    answer = await browser.client.post("/disputes/begin", data={"csrf_token": token[1], "tradeline": picks})
    assert (answer.status_code, answer.headers["location"]) == (303, "/letters?done=letters-begun")
    after = (await browser.see("/accounts?show=all")).text
    for name, bureau in (("Wren Loan", "Equifax"), ("Harbor Card", "TransUnion")):
        assert "Draft" in cell(after, name, bureau) and "not sent" in cell(after, name, bureau)
    assert f"{lines['three']['All']}:Experian" not in after and f"{lines['three']['All']}:Equifax" in after


async def test_one_click_disputes_one_cell(browser: Browser, lines: dict[str, dict[str, UUID]]) -> None:
    chosen = str(lines["card"]["TransUnion"])
    page = (await browser.see("/accounts")).text
    assert f'form="one" name="tradeline" value="{chosen}"' in page
    answer = await browser.send("/accounts", "/disputes/begin", tradeline=chosen)
    assert answer.status_code == 303 and answer.headers["location"].startswith("/letters/")


async def test_who_has_nothing_is_told_what_to_do(browser: Browser) -> None:
    page = (await browser.see("/accounts")).text
    assert "No accounts yet" in page and "Dispute selected" not in page


async def test_a_filter_that_leaves_nothing_says_so(browser: Browser, lines: dict[str, dict[str, UUID]]) -> None:
    assert "No bureau owes you an answer." in (await browser.see("/accounts?show=due")).text


async def test_values_and_findings_are_disputed_from_their_page(
    browser: Browser, stock: Stock, lines: dict[str, dict[str, UUID]]
) -> None:
    line = lines["card"]["TransUnion"]
    path = f"/reports/{stock.upload}/accounts/{line}"
    page = (await browser.see(path)).text
    balance = page.partition('id="value-balance"')[2].partition('id="value-')[0]
    assert 'name="reason" value="wrong_balance"' in balance
    sent = await browser.send(path, "/disputes/begin", tradeline=str(line), reason="wrong_balance")
    letter = (await browser.see(sent.headers["location"])).text
    assert re.search(r'<option value="wrong_balance"[^>]* selected', letter)
    assert "Draft" in (await browser.see(path)).text
    stock.connection.execute("update public.disputes set status = 'Pending', mailing_date = now()")
    running = (await browser.see(path)).text
    assert "Your dispute at TransUnion" in running and "wrong_balance" not in running


async def test_a_thousand_accounts_stay_light_and_take_three_round_trips(
    browser: Browser, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock.connection.execute(
        """
        with made as (
          insert into public.accounts (user_id, account_id, creditor_name)
          select %(user)s, gen_random_uuid(), 'Creditor ' || n from generate_series(1, 1000) n
          returning account_id, creditor_name)
        insert into public.tradelines (user_id, report_upload_id, account_id, bureau, creditor_name, account_number,
          account_type, account_status, balance, is_negative, negative_kind, date_of_first_delinquency)
        select %(user)s, %(upload)s, account_id, bureau, creditor_name, '4111****', 'credit_card', 'charge_off',
          length(bureau), true, 'charge_off', '2023-01-01'
        from made, unnest(array['Equifax', 'TransUnion', 'Experian']) bureau
        """,
        {"user": stock.user, "upload": stock.upload},
    )
    taken = 0
    original = AsyncConnectionPool.connection

    def counted(pool: Any, timeout: float | None = None) -> Any:
        nonlocal taken
        taken += 1
        return original(pool, timeout)

    monkeypatch.setattr(AsyncConnectionPool, "connection", counted)
    answer = await browser.see("/accounts")
    assert taken <= 3  # the session, the comparison with all around it, what the shown cells say besides
    assert "Page 1 of 40" in answer.text and len(names(answer.text)) == 25
    assert len(answer.content) < 100_000
    last = (await browser.see("/accounts?page=40")).text
    assert "Page 40 of 40" in last and set(names(last)).isdisjoint(names(answer.text))
    taken = 0
    assert "3,000" in (await browser.see("/")).text
    assert taken <= 2
