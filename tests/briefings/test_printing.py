"""Printing: one briefing, several at once, and those of a site, of which the unchanged are found."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from diplomatic_timeline.briefings.catalogue import Briefings, Order, orders
from diplomatic_timeline.briefings.contents import Form, contents
from diplomatic_timeline.briefings.press import BriefingError, Press
from diplomatic_timeline.briefings.printing import Finished, Job, presses, print_all
from diplomatic_timeline.briefings.selection import Selection
from diplomatic_timeline.build.store import NullStore, Store
from diplomatic_timeline.views import urls
from helpers.briefings import viewpoint, with_events
from helpers.records import REAL, REPOSITORY, SMALL, skip_unless_published

FORM = Form("The Sound")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = Store(tmp_path / "store.sqlite")
    yield found
    found.close()


def sound(number: int = 1) -> Order:
    """Return one of the small record's briefings."""
    return list(orders(viewpoint(SMALL), FORM))[number]


def refuse() -> Any:
    raise AssertionError("prepared")


def pdfs(briefings: Briefings) -> dict[str, bytes]:
    return {target.path: target.make() for target in briefings.files()}


def test_the_unchanged_is_not_even_prepared(store: Store) -> None:
    view = viewpoint(SMALL)
    first = Briefings(orders(view, FORM), store)
    first.print()
    again = Briefings([replace(o, job=replace(o.job, contents=refuse)) for o in orders(view, FORM)], store)
    again.print()
    assert again.faults == {}
    assert pdfs(again) == pdfs(first)
    assert len(pdfs(again)) >= len(again.orders) > 5


def test_what_is_made_from_something_else_is_printed_and_a_store_that_keeps_nothing_only_costs_time(
    store: Store,
) -> None:
    order = sound()
    Briefings([order], store).print()
    job = replace(order.job, inputs="other", contents=lambda: {**order.job.contents(), "title": "New"})
    other = Briefings([replace(order, job=job)], store)
    other.print()
    assert pdfs(other) != pdfs(Briefings([order], store))
    kept, made = Briefings([sound()], store), Briefings([sound()], NullStore())
    kept.print()
    made.print()
    assert pdfs(kept) == pdfs(made) != {}
    assert kept.links == made.links


def test_the_site_offers_the_record_each_main_event_issue_and_person_and_a_large_one_in_volumes() -> None:
    addresses = [o.address for o in orders(viewpoint(REAL), FORM)]
    assert addresses[0] == "briefings/record.pdf"
    assert "briefings/event/2021-03-18-alaska.pdf" in addresses
    assert "briefings/issue/taiwan.pdf" in addresses
    assert "briefings/person/wang-yi.pdf" in addresses
    assert "briefings/event/2023-surveillance-balloon.pdf" not in addresses  # context
    assert len(addresses) == len(set(addresses))
    addresses = [o.address for o in orders(viewpoint(REAL), FORM, limit=5)]
    volumes = [a for a in addresses if a.startswith("briefings/record-")]
    assert volumes == [f"briefings/record-{n}.pdf" for n in range(1, len(volumes) + 1)]
    assert len(volumes) > 3


def test_what_cannot_be_printed_is_left_out_and_named(store: Store) -> None:
    view = viewpoint(SMALL)
    good, other = list(orders(view, FORM))[1:3]
    strange = {**other.job.contents(), "title": "ก"}
    bad = replace(other, job=Job(other.address, "a key", 1, lambda: strange))
    briefings = Briefings([good, bad], store)
    briefings.print()
    assert list(pdfs(briefings)) == [good.address, *good.old]
    assert briefings.unknown == ("ก",)
    assert "THAI CHARACTER" in briefings.faults[bad.address]
    assert [link.url for links in briefings.of_pages.values() for link in links] == [good.address]


def test_a_preview_does_not_wait_and_prints_on_demand(store: Store) -> None:
    order = sound()
    briefings = Briefings([order], store)
    briefings.find()
    assert pdfs(briefings) == {}
    assert briefings.links[order.address].pages == 0
    pdf = briefings.demand(order.address)
    assert pdf is not None
    assert pdf.startswith(b"%PDF-1.7")
    assert briefings.demand("briefings/nothing.pdf") is None
    later = Briefings([order], store)
    later.find()
    assert pdfs(later) == dict.fromkeys((order.address, *order.old), pdf)
    assert later.links[order.address].size == len(pdf)


def test_a_briefing_still_stands_where_an_old_id_of_its_event_had_it(store: Store) -> None:
    (order,) = [o for o in orders(viewpoint(SMALL), FORM) if o.old and not o.sheet]
    assert order.old == ("briefings/event/1996-saltholm-talks.pdf",)
    briefings = Briefings([order], store)
    pdf = briefings.demand(order.old[0])
    assert pdf == briefings.demand(order.address) is not None
    assert briefings.of_pages == {}
    briefings.print()
    assert pdfs(briefings) == {order.address: pdf, order.old[0]: pdf}
    assert [link.url for links in briefings.of_pages.values() for link in links] == [order.address]


def test_what_does_not_compile_or_a_compiler_that_dies_is_an_error_and_the_press_goes_on() -> None:
    value = contents(viewpoint(SMALL), Selection(events=("1997-grey-skerry",)), FORM)
    with Press() as press:
        with pytest.raises(BriefingError, match="does not compile"):
            press.print({**value, "paper": "papyrus"})
        assert press.print(value).pages >= 1
    value = contents(viewpoint(SMALL), Selection(events=("1997-grey-skerry",)), FORM)
    with Press() as press:
        press.print(value)
        assert press._child is not None
        press._child.kill()
        with pytest.raises(BriefingError, match="the compiler stopped"):
            press.print(value)
        assert press.print(value).pages >= 1


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


def test_the_same_bytes_come_in_the_same_order_whatever_the_number_of_presses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    jobs = [o.job for o in orders(viewpoint(SMALL), FORM)]
    found: list[list[tuple[str, bytes]]] = []
    for count in (1, 3):
        monkeypatch.setattr(
            "diplomatic_timeline.briefings.printing.presses", lambda *_, n=count: (n, 100_000)
        )
        results: list[tuple[str, bytes]] = []

        def done(job: Job, result: Finished | BriefingError, to: Any = results) -> None:
            assert isinstance(result, Finished)
            to.append((job.name, result.pdf()))

        print_all(jobs, NullStore(), done)
        found.append(results)
    assert found[0] == found[1]
    assert [name for name, _ in found[0]] == [job.name for job in jobs]


def test_in_a_record_of_volumes_events_lead_to_their_own_and_new_ones_leave_the_others() -> None:
    events = list(viewpoint(REAL).corpus.events.values())
    shorter = {o.address: o for o in orders(with_events(REAL, events[:-1]), FORM, limit=5)}
    longer = {o.address: o for o in orders(with_events(REAL, events), FORM, limit=5)}
    last = [a for a, o in longer.items() if a in shorter and o.job.inputs != shorter[a].job.inputs]
    assert "briefings/event/2021-03-18-alaska.pdf" not in last
    assert f"briefings/one-page/event/{events[-1].id}.pdf" in longer.keys() - shorter.keys()
    view = viewpoint(REAL)
    briefings = Briefings(orders(view, FORM, limit=5, each=1), NullStore())
    briefings.find()
    assert all(o.kind == "record" for o in briefings.orders.values())
    pages = briefings.of_pages
    for id, event in view.corpus.events.items():
        links = pages.get(urls.event(id), ())
        assert len(links) == (event.prominence == "main")
        for link in links:
            contents_of_volume = briefings.orders[link.url].job.contents()
            assert id in [e["id"] for e in contents_of_volume["events"]]


def test_a_stopped_build_leaves_no_process() -> None:
    skip_unless_published(REAL)
    code = (
        "import signal, sys, _thread\n"
        # A process that runs tests beside others ignores this signal, and so would its children.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "sys.path.insert(0, sys.argv[1])\n"
        "from helpers.briefings import viewpoint, with_events\n"
        "from helpers.records import REAL\n"
        "from diplomatic_timeline.briefings.catalogue import Briefings, orders\n"
        "from diplomatic_timeline.briefings.contents import Form\n"
        "from diplomatic_timeline.briefings import printing\n"
        "from diplomatic_timeline.build.store import NullStore\n"
        "printing.presses = lambda *_: (2, 1)\n"
        "jobs = [o.job for o in orders(viewpoint(REAL), Form('R'))]\n"
        "done = lambda *_: (print('printed', flush=True), _thread.interrupt_main())\n"
        "printing.print_all(jobs, NullStore(), done)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(REPOSITORY / "tests")],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        start_new_session=True,
    )
    assert "KeyboardInterrupt" in run.stderr
    assert 0 < run.stdout.count("printed") < 20
    # Output that was inherited is closed, so no child of it runs any more.
    assert run.returncode != 0
