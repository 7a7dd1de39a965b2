"""The briefings of a built site: where they are, and what the pages say of them."""

from __future__ import annotations

import io
import re
from functools import partial
from pathlib import Path

import pikepdf
import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from diplomatic_timeline.briefings.catalogue import orders
from diplomatic_timeline.views import urls
from helpers.sites import PAGES, Built, write_project

LINK = re.compile(r'<p class="dt-briefing">.*?href="([^"]+)".*?\(PDF, (\d+) pages?, (\d+) kB\)', re.DOTALL)


def _page(built: Built, path: str) -> str:
    return (built.folder / path / "index.html").read_text(encoding="utf-8")


def test_each_main_event_issue_and_person_links_its_briefing_with_pages_and_size(built: Built) -> None:
    timeline = built.timeline
    offered = [urls.event(id) for id, e in timeline.events.items() if e.prominence == "main"]
    offered += [urls.issue(id) for id in {i for said in timeline.quotes.values() for i in said.quote.issues}]
    offered += [urls.person(id) for id in timeline.corpus.people if id in timeline.quotes_of_speaker]
    for path in offered:
        found = LINK.search(_page(built, path))
        assert found is not None, path
        file = (built.folder / path / found[1]).resolve()
        with pikepdf.open(file) as document:
            assert len(document.pages) == int(found[2])
        assert -(-file.stat().st_size // 1000) == int(found[3])


def test_the_whole_record_stands_at_its_address_and_a_context_event_has_a_sheet_alone(built: Built) -> None:
    pdf = (built.folder / urls.briefing("record")).read_bytes()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.docinfo["/Title"]) == built.name
    context = next(id for id, e in built.timeline.events.items() if e.prominence == "context")
    page = _page(built, urls.event(context))
    assert "dt-briefing" not in page
    assert f"one-page/event/{context}.pdf" in page
    assert (built.folder / urls.sheet("event", context)).is_file()


@pytest.mark.parametrize("kind", ["event", "issue", "person"])
def test_the_page_of_the_briefings_lists_every_file(built_real: Built, kind: str) -> None:
    listed = _page(built_real, urls.BRIEFINGS)
    files = list((built_real.folder / "briefings" / kind).glob("*.pdf"))
    assert files
    for file in files:
        assert f'href="{kind}/{file.name}"' in listed or f'href="../briefings/{kind}/{file.name}"' in listed


@pytest.mark.parametrize("each", [0, 100])
def test_a_site_in_volumes_links_no_pdf_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, each: int
) -> None:
    listing = {"briefings/index.md": "# Briefings\n\n{{ briefings() }}\n"}
    project = write_project(tmp_path / "project", pages={**PAGES, **listing})
    monkeypatch.setattr("diplomatic_timeline.plugin.plugin.orders", partial(orders, limit=1, each=each))
    monkeypatch.chdir(project)
    # A build that ends with its process does not collect; this one goes on.
    monkeypatch.setattr("gc.disable", lambda: None)
    monkeypatch.setattr("gc.freeze", lambda: None)
    config = load_config(str(project / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    config.plugins.on_shutdown()
    site = project / "site"
    linked = set()
    for path in site.rglob("*.html"):
        for href in re.findall(r'href="([^"]+\.pdf)"', path.read_text(encoding="utf-8")):
            linked.add((path.parent / href).resolve())
    assert linked
    assert all(file.is_file() for file in linked)
    event = (site / "events" / "1996-04-02-saltholm" / "index.html").read_text(encoding="utf-8")
    shared = "The whole record to print, volume 2 of 3: 1996</a>"
    assert (shared in event) == (each == 0)
    assert (site / "briefings" / "event").exists() == (each > 0)
    listed = (site / "briefings" / "index.html").read_text(encoding="utf-8")
    assert "Sound &amp; Ferries, in 3 volumes</summary>" in listed
    assert listed.count("Volume 2 of 3: 1996</a>") >= 1
