"""The press, the shelf of finished briefings, and the stock of a site."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from diplomatic_timeline.briefings.catalogue import Stock, orders
from diplomatic_timeline.briefings.contents import Form, contents
from diplomatic_timeline.briefings.press import BriefingError, Press, Printed
from diplomatic_timeline.briefings.printing import Finished, Job, Shelf, presses, print_all
from diplomatic_timeline.briefings.selection import Selection
from diplomatic_timeline.views import urls
from helpers.briefings import viewpoint, with_events
from helpers.records import REAL, REPOSITORY, SMALL

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
    volumes = [a for a in addresses if a.startswith("briefings/record-")]
    assert volumes == [f"briefings/record-{n}.pdf" for n in range(1, len(volumes) + 1)]
    assert len(volumes) > 3


def test_what_cannot_be_printed_is_left_out_and_named(tmp_path: Path) -> None:
    view = viewpoint(SMALL)
    good, other = list(orders(view, FORM))[1:3]
    strange = {**other.job.contents(), "title": "ก"}
    bad = replace(other, job=Job("a key", 1, lambda: strange))
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


def test_a_press_takes_a_new_process_before_it_grows_too_large() -> None:
    value = contents(viewpoint(SMALL), Selection(events=("1997-grey-skerry",)), FORM)
    with Press(2 * len(json.dumps(value)) + 100) as press:
        seen = set()
        for _ in range(3):
            press.print(value)
            assert press._child is not None
            seen.add(press._child.pid)
        assert len(seen) == 2


def test_as_many_presses_run_as_there_are_processors_and_as_fit_into_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("diplomatic_timeline.briefings.printing._processors", lambda: 8)
    volumes, events = [60.0] * 40, [1.0] * 400
    assert presses(volumes, 100_000)[0] == 8
    assert presses(volumes, 5_000)[0] == 3
    assert presses(volumes, 10)[0] == 1  # one always runs
    assert presses(events, 500)[0] == 4
    assert presses([1.0] * 3, 100_000)[0] == 1  # too little to share
    assert presses([], 100_000)[0] == 1


def _jobs(folder: Path) -> list[tuple[str, Job]]:
    return [(o.address, o.job) for o in orders(viewpoint(folder), FORM)]


def test_the_same_bytes_come_in_the_same_order_whatever_the_number_of_presses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[list[tuple[str, bytes]]] = []
    for count in (1, 3):
        monkeypatch.setattr(
            "diplomatic_timeline.briefings.printing.presses", lambda *_, n=count: (n, 100_000)
        )
        results: list[tuple[str, bytes]] = []

        def done(name: str, result: Finished | BriefingError, to: Any = results) -> None:
            assert isinstance(result, Finished)
            to.append((name, result.pdf))

        print_all(Shelf(tmp_path / str(count)), _jobs(SMALL), done)
        found.append(results)
    assert found[0] == found[1]
    assert [name for name, _ in found[0]] == [name for name, _ in _jobs(SMALL)]


def test_the_unchanged_is_not_even_prepared(tmp_path: Path) -> None:
    view = viewpoint(SMALL)
    Stock(orders(view, FORM), tmp_path).print()

    def refuse() -> Any:
        raise AssertionError("prepared")

    again = Stock((replace(o, job=replace(o.job, contents=refuse)) for o in orders(view, FORM)), tmp_path)
    again.print()
    assert again.faults == {}
    assert len(again.links) == len(again.orders)
    assert all(pdf.startswith(b"%PDF-1.7") for pdf in again.files.values())


def test_a_program_that_changed_prints_nothing_anew_where_the_contents_are_the_same(tmp_path: Path) -> None:
    first = Stock(orders(viewpoint(SMALL), FORM), tmp_path)
    first.print()
    times = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.pdf")}
    (tmp_path / "index.json").write_text("{ damaged")
    second = Stock(orders(viewpoint(SMALL), FORM), tmp_path)
    second.print()
    assert {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.pdf")} == times
    assert dict(second.files) == dict(first.files)


def test_in_a_record_of_volumes_a_new_event_leaves_what_it_does_not_touch(tmp_path: Path) -> None:
    events = list(viewpoint(REAL).corpus.events.values())
    shorter = {o.address: o for o in orders(with_events(REAL, events[:-1]), FORM, limit=5)}
    longer = {o.address: o for o in orders(with_events(REAL, events), FORM, limit=5)}
    last = [a for a, o in longer.items() if a in shorter and o.job.key != shorter[a].job.key]
    assert "briefings/event/2021-03-18-alaska.pdf" not in last
    assert (
        longer["briefings/event/2021-03-18-alaska.pdf"].job.contents()["as_of"]
        != (longer[f"briefings/event/{events[-1].id}.pdf"].job.contents()["as_of"])
    )


def test_a_record_of_very_many_events_offers_its_volumes_and_each_event_leads_to_its_own(
    tmp_path: Path,
) -> None:
    view = viewpoint(REAL)
    stock = Stock(orders(view, FORM, limit=5, each=1), tmp_path)
    stock.shelve()
    assert all(o.kind == "record" for o in stock.orders.values())
    pages = stock.pages
    for id, event in view.corpus.events.items():
        links = pages.get(urls.event(id), ())
        assert len(links) == (event.prominence == "main")
        for link in links:
            contents_of_volume = stock.orders[link.url].job.contents()
            assert id in [e["id"] for e in contents_of_volume["events"]]


def test_a_stopped_build_leaves_no_process(tmp_path: Path) -> None:
    code = (
        "import sys, time, threading, _thread\n"
        "from pathlib import Path\n"
        "sys.path.insert(0, sys.argv[1])\n"
        "from helpers.briefings import viewpoint, with_events\n"
        "from helpers.records import REAL\n"
        "from diplomatic_timeline.briefings.catalogue import Stock, orders\n"
        "from diplomatic_timeline.briefings.contents import Form\n"
        "from diplomatic_timeline.briefings import printing as shelf\n"
        "shelf.presses = lambda *_: (2, 1)\n"
        "stock = Stock(orders(viewpoint(REAL), Form('R')), Path(sys.argv[2]))\n"
        "stock._done = lambda *_: _thread.interrupt_main()\n"
        "stock.print()\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(REPOSITORY / "tests"), str(tmp_path)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        start_new_session=True,
    )
    assert "KeyboardInterrupt" in run.stderr
    assert len(list(tmp_path.glob("*.pdf"))) < 20
    # Output that was inherited is closed, so no child of it runs any more.
    assert run.returncode != 0
