"""A whole record of other parties: three shores, two scripts, nothing of it in the code."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.timeline import Timeline
from helpers.briefings import pages, squeezed
from helpers.html import text_of
from helpers.records import LAKE, timeline_of
from helpers.shared import Share
from helpers.sites import Built, built_in

TOGETHER, APART = "1987-05-13-three-shores", "1988-03-02-across-the-ice"


@pytest.fixture(scope="module")
def lake() -> Timeline:
    return timeline_of(LAKE)


@pytest.fixture(scope="module")
def site(share: Share, lake: Timeline) -> Built:
    folder = share("lake", lambda folder: built_in(Path(shutil.copytree(LAKE.parent, folder / "project"))))
    return Built(folder / "project" / "site", "Lake Mirov", "https://example.org/lake/", lake)


def test_it_is_without_a_finding_and_all_its_words_are_proven_in_both_scripts() -> None:
    reading = read_folder(LAKE)
    assert reading.diagnostics == ()
    proven = {id for id, proof in reading.proofs.items() if proof.outcome == "verified"}
    assert proven == {"ilm-tables", "osina-not-divided", "osina-landing", "marsh-ferry"}


@pytest.mark.parametrize(
    ("event", "issue", "shown", "left_out"),
    [
        (TOGETHER, "water-level", ["Republic of Arvan", "Lake Union", "Free City of Tesk"], []),
        (APART, "ferry", ["Republic of Arvan: nothing on record", "Lake Union"], ["Tesk"]),
    ],
)
def test_an_events_columns_are_the_parties_that_had_a_part_in_it(
    site: Built, event: str, issue: str, shown: list[str], left_out: list[str]
) -> None:
    row = text_of(site.page(urls.event(event)).ids[urls.position_anchor(issue)])
    assert [name for name in shown if name not in row] == []
    assert [name for name in left_out if name in row] == []


def test_a_briefing_prints_both_scripts_and_names_only_who_had_a_part(site: Built) -> None:
    whole = squeezed("".join(pages((site.folder / "briefings/record.pdf").read_bytes())))
    assert squeezed("Озеро не делится на три части") in whole
    assert squeezed("We will send our tables") in whole
    (sheet,) = pages((site.folder / f"briefings/one-page/event/{APART}.pdf").read_bytes())
    assert "Arvan" in sheet
    assert "Tesk" not in sheet.partition("Before and after")[0]


def test_its_pages_speak_of_its_own_parties_alone(site: Built) -> None:
    for page in site.inner:
        shown = text_of(page.one("main"))
        found = [name for name in ("United States", "China", "Chinese", "Arland") if name in shown]
        assert found == [] or page.file == "about/licences/index.html", page.file
