"""The timeline as pages, without a theme around them."""

from __future__ import annotations

import json
import posixpath
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from justhtml import JustHTML
from justhtml.dom import Node

from diplomatic_timeline.exports.rows import organization_row
from diplomatic_timeline.model.records import Corpus
from diplomatic_timeline.model.registries import REGISTRIES, Withdrawal
from diplomatic_timeline.proof.proofs import Proof
from diplomatic_timeline.search.entries import entries
from diplomatic_timeline.site.page import Page
from diplomatic_timeline.site.shortcodes import Shortcodes
from diplomatic_timeline.site.site import Site
from diplomatic_timeline.site.templating import ROOT
from diplomatic_timeline.views import comparison, urls
from diplomatic_timeline.views.timeline import Timeline
from helpers.html import attribute, nodes, text_of, words
from helpers.records import (
    make_commitment,
    make_corpus,
    make_event,
    make_quote,
    make_timeline,
    rich_timeline,
    timeline_of,
)
from helpers.sites import files_of
from helpers.sites import pages_of as made_pages

KINDS = set(
    """event issues issue people person organization party quotes commitments sources source year
    compare comparison prepare preparation licences""".split()
)


def site_of(timeline: Timeline) -> Site:
    return Site(timeline, "The Sound", "https://example.org/sound/")


@lru_cache(maxsize=64)
def pages_of(timeline: Timeline) -> dict[str, Page]:
    return {page.path: page for page in made_pages(site_of(timeline))}


@lru_cache(maxsize=1024)
def root_of(page: Page) -> Node:
    document = JustHTML(f"<!doctype html><body>{page.html}", sanitize=False, collect_errors=True)
    assert document.errors == [], page.path
    return document.root


def shown(timeline: Timeline, path: str) -> str:
    return text_of(root_of(pages_of(timeline)[path]))


def targets(timeline: Timeline, path: str) -> set[str]:
    """Return the files of the site to which a page's links lead."""
    folder = posixpath.dirname(urls.file(path))
    addresses = (urlsplit(attribute(e, "href")) for e in nodes(root_of(pages_of(timeline)[path])))
    return {posixpath.normpath(posixpath.join(folder, a.path)) for a in addresses if a.path and not a.scheme}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    """A record with empty registries and no event, read from files."""
    folder = tmp_path_factory.mktemp("empty") / "events"
    (folder / "registry").mkdir(parents=True)
    for kind in REGISTRIES:
        (folder / "registry" / f"{kind}.yml").write_text("{}\n", encoding="utf-8")
    return timeline_of(folder)


@pytest.fixture(scope="module")
def single() -> Timeline:
    """A record of one bare event."""
    return make_timeline(make_event())


@pytest.fixture(scope="module")
def rich() -> Timeline:
    """A record that has every field of which few events have need."""
    return rich_timeline()


@pytest.fixture(params=["small", "real", "empty", "single", "rich"])
def timeline(request: pytest.FixtureRequest) -> Timeline:
    found: Timeline = request.getfixturevalue(request.param)
    return found


# Every page of every record


def test_every_record_of_every_registry_has_one_page_whose_links_lead_to_pages(timeline: Timeline) -> None:
    corpus, site = timeline.corpus, site_of(timeline)
    paths = [target.path for target in site.pages()]
    assert len(paths) == len(set(paths))
    preparations = site.renderer.preparations
    assert {path for path in paths if "/page-" not in path} == {
        *(urls.event(id) for id in corpus.events),
        *(urls.issue(id) for id in corpus.issues),
        *(urls.person(id) for id in corpus.people),
        *(urls.organization(id) for id in timeline.organizations),
        *(urls.party(id) for id in corpus.parties),
        *(urls.source(id) for id in corpus.sources),
        *(urls.year(number) for number in timeline.years),
        *(urls.ISSUES, urls.PEOPLE, urls.QUOTES, urls.COMMITMENTS, urls.SOURCES, urls.COMPARE, urls.PREPARE),
        urls.LICENCES,
        *(urls.comparison(*pair) for pair in comparison.pairs(timeline)),
        *(urls.preparation("people", *pair) for pair in preparations.people),
        *(urls.preparation("parties", *pair) for pair in preparations.parties),
    }
    files = {urls.file(path) for path in pages_of(timeline)} | {
        target.path for target in site_of(timeline).files()
    }
    by_hand = {urls.file(path) for path in (urls.HOME, urls.PROOF, "about/", urls.DATA, urls.BRIEFINGS)}
    for path in pages_of(timeline):
        assert targets(timeline, path) - files - by_hand == set(), path


def test_pages_have_a_title_that_heads_them_say_what_they_are_and_list_their_headings(
    timeline: Timeline,
) -> None:
    tabs = {urls.HOME, urls.ISSUES, urls.PEOPLE, urls.QUOTES, urls.COMMITMENTS, urls.SOURCES, "about/"}
    for page in pages_of(timeline).values():
        elements = list(nodes(root_of(page)))
        (title,) = [text_of(e) for e in elements if e.name == "h1"]
        assert title.startswith(words(page.title)), page.path
        assert page.title.strip()
        assert page.description.strip()
        assert "\n" not in page.description
        ids = [attribute(e, "id") for e in elements if attribute(e, "id")]
        assert len(ids) == len(set(ids)), page.path
        anchored = [attribute(e, "id") for e in elements if e.name == "h2" and attribute(e, "id")]
        assert anchored == [heading.id for heading in page.headings], page.path
        assert {child.id for heading in page.headings for child in heading.children} <= set(ids), page.path
        assert ROOT not in page.html + page.head, page.path
        assert urls.tab(page.path) in tabs


def test_a_party_may_be_named_like_a_section() -> None:
    side = {"name": "X", "short": "X", "adjective": "X", "color": "blue", "marker": "circle"}
    person = {"name": "P", "family_name": "P"}
    timeline = make_timeline(
        parties={id: {**side, "order": n} for n, id in enumerate(("organizations", "title"))},
        people={id: {**person, "party": id} for id in ("organizations", "title")},
    )
    ids = [attribute(e, "id") for e in nodes(root_of(pages_of(timeline)[urls.PEOPLE])) if attribute(e, "id")]
    assert len(ids) == len(set(ids))


def test_the_same_record_gives_the_same_pages(timeline: Timeline) -> None:
    again = Timeline(timeline.corpus, {id: said.proof for id, said in timeline.quotes.items()})
    assert made_pages(site_of(timeline)) == made_pages(site_of(again))


def test_a_page_names_the_file_that_an_editor_changes_and_every_kind_is_made(small: Timeline) -> None:
    for page in pages_of(small).values():
        if page.source is not None and page.kind != "event":
            assert Path(page.source).parent.as_posix() == "events/registry"
            assert Path(page.source).stem in REGISTRIES
    events = [page for page in pages_of(small).values() if page.kind == "event"]
    assert [page.source for page in events] == [small.corpus.files[id] for id in small.events]
    assert {page.kind for page in pages_of(small).values()} == KINDS
    # Pages do not depend on the order of the events files.
    turned = small.corpus.model_copy(update={"files": dict(reversed(small.corpus.files.items()))})
    assert made_pages(site_of(small)) == made_pages(site_of(Timeline(turned, proofs(small))))


# An empty record, and one with a single event


def test_an_empty_record_says_in_words_that_it_is_empty(empty: Timeline) -> None:
    for path, sentence in (
        (urls.ISSUES, "No issue is recorded yet."),
        (urls.PEOPLE, "Nobody is recorded yet."),
        (urls.QUOTES, "No quote is recorded yet."),
        (urls.COMMITMENTS, "No promise is recorded"),
        (urls.SOURCES, "No source is recorded yet."),
    ):
        assert sentence in shown(empty, path)


COMPONENTS = "timeline commitments overview_chart issue_matrix record_counts proof_counts balance corrections"
COMPONENTS += " issue_balance lacks"


@pytest.mark.parametrize("name", COMPONENTS.split())
def test_every_component_of_the_whole_record_shows_an_empty_one(empty: Timeline, name: str) -> None:
    shortcodes = Shortcodes(site_of(empty))
    text, slots = shortcodes.expand(f"{{{{ {name}() }}}}", "docs/index.md")
    JustHTML(f"<!doctype html><body>{slots.fill(text, '')}", sanitize=False, strict=True)


def test_a_bare_record_says_what_is_silent_or_untouched(single: Timeline) -> None:
    page = pages_of(single)[urls.event("1990-talks")]
    absent = {"delegations", "quotes", "commitments", "related", "corrections"}
    assert absent.isdisjoint(heading.id for heading in page.headings)
    assert (page.previous, page.next) == (None, None)
    assert "No event in this record touches this issue." in shown(single, urls.issue("bridge"))
    text = shown(single, urls.party("south"))
    assert "No quote by South in this record." in text
    assert "No event in this record involves South." in text


# One page of each kind


def test_an_event_shows_everything_that_is_attached_to_it_and_how_it_is_cited(small: Timeline) -> None:
    text = shown(small, urls.event("1996-04-02-saltholm"))
    for piece in (
        "2–3 April 1996",
        "Saltholm, Free Ports of Cyrene",
        "Ada Thorn",
        "Crown Chancellor",
        "They settled the herring quota and left the harbour dues open.",
        "The quota should follow the count of the spring.",
        "We count the fish first, and then we [...] share them among friends and among rivals.",
        "Nobody smiled, and everybody signed what lay before them.",
        "Publish a paper on harbour dues.",
        "Three flags, one table: the talks at Saltholm",
        "Collision off North Ferry",
        "The second day was missing from the date.",
    ):
        assert piece in text
    text = shown(small, urls.event("1995-north-ferry"))
    assert (
        "“Collision off North Ferry,” record of an event (about November 1995), The Sound, "
        "https://example.org/sound/events/1995-north-ferry/." in text
    )
    pages = {page.path: page for page in made_pages(Site(small, "The Sound"))}
    assert "https://example.org/sound/" not in pages[urls.event("1995-north-ferry")].html
    assert "postponed" in shown(small, urls.event("1997-grey-skerry"))
    # An old id of an event leads to it.
    path = urls.event("1996-saltholm-talks")
    html = files_of(site_of(small))[urls.file(path)].decode()
    root = JustHTML(html, sanitize=False, strict=True).root
    (link,) = [e for e in nodes(root) if e.name == "a"]
    assert attribute(link, "href") == urls.relative(urls.event("1996-04-02-saltholm"), path)


def test_pages_of_issues_people_organizations_and_years_show_what_is_theirs(small: Timeline) -> None:
    assert urls.file(urls.issue("fisheries")) in targets(small, urls.issue("herring-quota"))
    assert urls.file(urls.issue("herring-quota")) in targets(small, urls.issue("fisheries"))
    text = shown(small, urls.person("ada-thorn"))
    assert "Foreign Minister" in text
    assert "June 1994 – May 1998" in text
    assert "We shall keep the light, whoever pays for the oil." in text
    page = pages_of(small)[urls.organization("lantern-wire")]
    assert "relayed" in {heading.id for heading in page.headings}
    assert "No ship of any flag" in text_of(root_of(page))
    assert {urls.file(urls.year(n)) for n in (1995, 1997)} <= targets(small, urls.year(1996))


def test_an_organization_tells_who_had_posts_there_its_sources_and_its_events() -> None:
    printed = {"published": "1990-05-05", "kind": "press", "title": "A paper"}
    posts = [{"title": "Envoy", "organization": "office", "dates": "1990"}]
    timeline = make_timeline(
        make_event(participants=[{"person": "ann-lund", "party": "north", "post": "Envoy"}]),
        make_event("1991-call", "1991", sources=["notice"], quotes=[make_quote(source="notice")]),
        organizations={"office": {"name": "The Office", "short": "Office"}, "idle": {"name": "The Idle"}},
        people={
            "ann-lund": {"name": "Ann Lund", "family_name": "Lund", "party": "north", "posts": posts},
        },
        sources={
            "paper": {**printed, "publisher": "The Paper"},
            "notice": {**printed, "publisher": "office", "title": "A notice"},
        },
    )
    text = shown(timeline, urls.organization("office"))
    assert "1990 Ann Lund, Envoy" in text
    assert "1 source · 1 quote" in text
    assert "A notice office, 5 May 1990, press report" in text
    assert "for Title of 1991-call" in text
    assert text.endswith("Title of 1990-talks talks")
    # One of which nothing is told has no page, and nothing leads there.
    idle = urls.organization("idle")
    assert idle not in pages_of(timeline)
    assert urls.file(idle) not in targets(timeline, urls.PEOPLE)
    assert urls.file(idle) not in {entry.url for entry in entries(timeline)}
    assert organization_row(timeline.corpus.organizations["idle"], timeline)["url"] is None


def test_lists_stand_in_their_order(small: Timeline) -> None:
    text = shown(small, urls.QUOTES)
    assert (
        text.index("We shall keep the light") < text.index("Nobody smiled") < text.index("patience is a net")
    )
    proven = Timeline(small.corpus, {"thorn-light": Proof("verified", "1997-08-01")})
    assert "6 quotes, 1 matched word for word with their sources." in shown(proven, urls.QUOTES)
    commitments = [
        make_commitment("done", status="fulfilled", evidence=["paper"], statement="Done thing."),
        make_commitment("open", statement="Open thing."),
    ]
    text = shown(make_timeline(make_event(commitments=commitments)), urls.COMMITMENTS)
    assert text.index("Open thing.") < text.index("Done thing.")
    text = shown(make_timeline(*(make_event(id, id) for id in ("1990-01", "1990-02"))), urls.year(1990))
    assert text.index("Title of 1990-02") < text.index("Title of 1990-01")


def test_a_source_says_how_much_of_it_is_proven() -> None:
    corpus = make_corpus(make_event(quotes=[make_quote("a"), make_quote("b")]))
    timeline = Timeline(corpus, {"a": Proof("verified", "1990-06-01")})
    text = shown(timeline, urls.source("paper"))
    assert "1 of 2 quotes" in text
    assert "1990-06-01" in text or "1 June 1990" in text


def test_what_rests_on_a_withdrawn_source_says_so_and_the_source_says_why() -> None:
    printed = {"publisher": "The Paper", "published": "1990-05-05", "kind": "press"}
    taken_back = {"date": "1991-02-03", "why": "Nobody was there.", "replaced_by": "late"}
    event = make_event(
        quotes=[make_quote("a")],
        commitments=[make_commitment("b")],
        issues=[{"issue": "toll", "positions": {"south": {"statement": "It stays.", "sources": ["paper"]}}}],
    )
    sources = {
        "paper": {"title": "A paper", **printed, "withdrawn": taken_back},
        "late": {"title": "The late edition", **printed},
    }
    timeline = make_timeline(event, sources=sources)
    text = shown(timeline, urls.event("1990-talks"))
    assert "source withdrawn 3 February 1991" in text
    assert text.count("Based on The Paper, 5 May 1990 (withdrawn)") == 2
    both = {side: {"statement": "It stays.", "sources": ["paper"]} for side in ("south", "north")}
    alike = make_timeline(make_event(issues=[{"issue": "toll", "positions": both}]), sources=sources)
    text = shown(alike, urls.event("1990-talks"))
    assert text.count("based on The Paper, 5 May 1990 (withdrawn)") == 1
    assert "Based on" not in text
    of_source = shown(timeline, urls.source("paper"))
    assert "Withdrawn 3 February 1991: Nobody was there. Replaced by The late edition." in of_source
    assert shown(timeline, urls.SOURCES).count("withdrawn 3 February 1991") == 1
    assert "withdrawn" not in shown(timeline, urls.source("late"))


# Text that tries to be markup

HOSTILE = "</p><script>alert(\"x\")</script><b a='c'> & {{ 7 * 7 }} {% raw %}"


def hostile(corpus: Corpus) -> Corpus:
    """Return a corpus in which every text that a page prints tries to be markup."""
    texts = {
        "parties": ["short"],
        "people": ["native_name", "note"],
        "organizations": ["name", "note"],
        "places": ["name", "within", "native_name"],
        "issues": ["description"],
        "sources": ["title", "publisher", "agency", "note"],
        "events": ["summary", "date_basis"],
    }
    parts = {
        "quotes": ["text", "note", "occasion", "locator", "post"],
        "commitments": ["statement", "due_text"],
        "corrections": ["text", "before", "after"],
        "participants": ["post"],
    }

    def spoilt(kind: str, id: str, record: Any) -> Any:
        fields: dict[str, Any] = dict.fromkeys(texts[kind], HOSTILE)
        if kind == "sources":
            fields["withdrawn"] = Withdrawal(date=record.published, why=HOSTILE)
        if kind in ("parties", "people", "issues"):
            fields["name"] = f"{record.name}{HOSTILE}"
        if kind == "events":
            fields["title"] = f"{id}{HOSTILE}"
            for part, names in parts.items():
                update = dict.fromkeys(names, HOSTILE)
                fields[part] = tuple(item.model_copy(update=update) for item in getattr(record, part))
        return record.model_copy(update=fields)

    corrupted = {
        kind: {id: spoilt(kind, id, record) for id, record in getattr(corpus, kind).items()} for kind in texts
    }
    return corpus.model_copy(update=corrupted)


def runs(element: Node) -> bool:
    """Return whether an element is a script that runs, and not data for one."""
    if element.name != "script":
        return False
    json.loads(element.to_text(separator="", strip=False))
    return attribute(element, "type") != "application/json"


def test_no_text_of_the_record_becomes_markup_on_any_page_or_in_its_head(small: Timeline) -> None:
    for page in made_pages(site_of(Timeline(hostile(small.corpus)))):
        root = root_of(page)
        assert not any(runs(e) for e in nodes(root)), page.path
        assert not any("a" in (e.attrs or {}) for e in nodes(root)), page.path
        assert "49" not in text_of(root).replace("1949", "")
        head = JustHTML(f"<!doctype html><head>{page.head}</head><body>", sanitize=False).root
        scripts = [e for e in nodes(head) if e.name == "script"]
        assert all("ld+json" in attribute(e, "type") for e in scripts), page.path
        assert {e.name for e in nodes(head)} <= {"html", "head", "body", "script", "meta", "link"}, page.path


def test_a_name_that_runs_against_the_page_moves_nothing_beside_it(small: Timeline) -> None:
    word = "مرحبا"
    named = dict.fromkeys(("parties", "people", "organizations", "places", "issues"), "name")
    corpus = small.corpus.model_copy(
        update={
            kind: {
                id: record.model_copy(update={field: f"{word} {id}"})
                for id, record in getattr(small.corpus, kind).items()
            }
            for kind, field in (*named.items(), ("sources", "title"), ("events", "title"))
        }
    )
    isolated = 0
    for page in made_pages(site_of(Timeline(corpus))):
        for element in nodes(root_of(page)):
            isolated += element.name == "bdi"
            if element.name in ("a", "b", "th", "h1", "h2", "h3") and element.name != "bdi":
                beside = [str(t.data) for t in element.children or () if t.name == "#text"]
                assert word not in "".join(beside), (page.path, beside)
    assert isolated > 200
    assert not any("<bdi" in page.html for page in made_pages(site_of(small)))


def test_no_text_of_the_record_becomes_markup_in_a_redirect(small: Timeline) -> None:
    files = files_of(site_of(Timeline(hostile(small.corpus))))
    pages = [content.decode() for path, content in files.items() if path.endswith(".html")]
    assert pages
    for html in pages:
        scripts = [e for e in nodes(JustHTML(html, sanitize=False, strict=True).root) if e.name == "script"]
        assert [(text_of(e), posixpath.basename(attribute(e, "src"))) for e in scripts] == [("", "moved.js")]


def test_no_text_of_the_record_becomes_markup_in_any_component(small: Timeline) -> None:
    site = site_of(Timeline(hostile(small.corpus)))
    shortcodes = Shortcodes(site, site)
    for name in shortcodes.components():
        argument = {
            "event_card": '"1996-04-02-saltholm"',
            "quote": '"lin-no-ship"',
            "commitment": '"saltholm-quota"',
        }
        text, slots = shortcodes.expand(f"{{{{ {name}({argument.get(name, '')}) }}}}", "docs/x.md")
        root = JustHTML(f"<!doctype html><body>{slots.fill(text, '')}", sanitize=False).root
        assert not any(runs(e) for e in nodes(root)), name


def proofs(timeline: Timeline) -> dict[str, Proof]:
    return {id: said.proof for id, said in timeline.quotes.items()}
