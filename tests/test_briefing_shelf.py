"""The press, the shelf of finished briefings, and the stock of a site."""

from __future__ import annotations

from pathlib import Path

import pytest
from briefing_desk import viewpoint
from conftest import REAL, SMALL

from macros.briefing import BriefingError, Press, Printed
from macros.briefings.catalogue import Stock, orders
from macros.briefings.contents import Form, contents
from macros.briefings.selection import Selection
from macros.briefings.shelf import Shelf, at_once

FORM = Form("The Sound")


class Counting(Press):
    """A press that counts."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def print(self, contents: object) -> Printed:
        self.asked += 1
        return Printed(b"%PDF-1.7 " + str(self.asked).encode() + b" %%EOF", 3)


def test_an_unchanged_briefing_is_not_printed_again(tmp_path: Path) -> None:
    press, value = Counting(), contents(viewpoint(SMALL), Selection(), FORM)
    first = Shelf(tmp_path).take(value, press)
    again = Shelf(tmp_path).take(dict(value), press)
    assert press.asked == 1
    assert first == again


def test_a_change_of_contents_is_printed(tmp_path: Path) -> None:
    press, value = Counting(), contents(viewpoint(SMALL), Selection(), FORM)
    shelf = Shelf(tmp_path)
    shelf.take(value, press)
    shelf.take({**value, "marking": "New"}, press)
    assert press.asked == 2


def test_a_damaged_file_on_the_shelf_is_printed_again(tmp_path: Path) -> None:
    press, value = Counting(), contents(viewpoint(SMALL), Selection(), FORM)
    Shelf(tmp_path).take(value, press)
    next(tmp_path.glob("*.pdf")).write_bytes(b"%PDF-1.7 cut sho")
    Shelf(tmp_path).take(value, press)
    assert press.asked == 2


def test_what_no_briefing_uses_any_more_leaves_the_shelf(tmp_path: Path) -> None:
    press, value = Counting(), contents(viewpoint(SMALL), Selection(), FORM)
    Shelf(tmp_path).take({**value, "marking": "Old"}, press)
    shelf = Shelf(tmp_path)
    shelf.take(value, press)
    shelf.clear()
    assert len(list(tmp_path.glob("*.pdf"))) == 1


def test_a_shelf_that_cannot_be_written_to_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    value = contents(viewpoint(SMALL), Selection(), FORM)
    assert Shelf(tmp_path / "file" / "shelf").take(value, Counting()).pages == 3


def test_the_site_offers_the_record_each_main_event_each_issue_and_each_person() -> None:
    addresses = [o.address for o in orders(viewpoint(REAL), FORM)]
    assert addresses[0] == "briefings/record.pdf"
    assert "briefings/event/2021-03-18-alaska.pdf" in addresses
    assert "briefings/issue/taiwan.pdf" in addresses
    assert "briefings/person/wang-yi.pdf" in addresses
    assert "briefings/event/2023-surveillance-balloon.pdf" not in addresses  # context
    assert len(addresses) == len(set(addresses))


def test_a_very_large_record_is_offered_in_volumes() -> None:
    addresses = [o.address for o in orders(viewpoint(REAL), FORM, limit=5)]
    assert addresses[:3] == [f"briefings/record-{n}.pdf" for n in (1, 2, 3)]


def test_what_cannot_be_printed_is_left_out_and_named(tmp_path: Path) -> None:
    view = viewpoint(SMALL)
    good, bad = list(orders(view, FORM))[1:3]
    bad.contents["title"] = "ก"
    stock = Stock([good, bad], tmp_path)
    stock.print()
    assert list(stock.files) == [good.address, *good.old]
    assert stock.unknown == ("ก",)
    assert "THAI CHARACTER" in stock.faults[bad.address]
    assert [link.url for links in stock.pages.values() for link in links] == [good.address]


def test_a_preview_does_not_wait_and_prints_on_demand(tmp_path: Path) -> None:
    order = list(orders(viewpoint(SMALL), FORM))[1]
    stock = Stock([order], tmp_path)
    stock.shelve()
    assert stock.files == {}
    assert stock.links[order.address].pages == 0
    pdf = stock.demand(order.address)
    assert pdf is not None
    assert pdf.startswith(b"%PDF-1.7")
    assert stock.demand("briefings/nothing.pdf") is None
    later = Stock([order], tmp_path)
    later.shelve()
    assert later.files == dict.fromkeys((order.address, *order.old), pdf)
    assert later.links[order.address].size == len(pdf)


def test_a_briefing_still_stands_where_an_old_id_of_its_event_had_it(tmp_path: Path) -> None:
    (order,) = [o for o in orders(viewpoint(SMALL), FORM) if o.old]
    assert order.old == ("briefings/event/1996-saltholm-talks.pdf",)
    stock = Stock([order], tmp_path)
    pdf = stock.demand(order.old[0])
    assert pdf == stock.demand(order.address) is not None
    assert [link.url for links in stock.pages.values() for link in links] == []
    stock.print()
    assert stock.files == {order.address: pdf, order.old[0]: pdf}
    assert [link.url for links in stock.pages.values() for link in links] == [order.address]


def test_what_does_not_compile_is_an_error_and_the_press_goes_on() -> None:
    value = contents(viewpoint(SMALL), Selection(events=("1997-grey-skerry",)), FORM)
    with Press() as press:
        with pytest.raises(BriefingError, match="does not compile"):
            press.print({**value, "paper": "papyrus"})
        assert press.print(value).pages > 2


def test_a_compiler_that_dies_is_an_error_and_the_next_one_works() -> None:
    value = contents(viewpoint(SMALL), Selection(events=("1997-grey-skerry",)), FORM)
    with Press() as press:
        press.print(value)
        assert press._child is not None
        press._child.kill()
        with pytest.raises(BriefingError, match="the compiler stopped"):
            press.print(value)
        assert press.print(value).pages > 2


def test_a_press_takes_a_new_process_before_it_grows_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("macros.briefing.CAPACITY", 2)
    value = contents(viewpoint(SMALL), Selection(events=("1997-grey-skerry",)), FORM)
    with Press() as press:
        seen = set()
        for _ in range(3):
            press.print(value)
            assert press._child is not None
            seen.add(press._child.pid)
        assert len(seen) == 2


def test_several_presses_fit_into_memory_and_one_always_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    def sysconf(name: str) -> int:
        return {"SC_AVPHYS_PAGES": 1000, "SC_PAGE_SIZE": 4096}[name]

    assert at_once(1) >= 1
    monkeypatch.setattr("os.sysconf", sysconf)
    assert at_once(100) == 1
