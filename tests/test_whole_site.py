"""The two finished sites: what a reader's browser, a search engine and a memory stick get."""

from __future__ import annotations

import gzip
import json
import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from justhtml.dom import Node

from diplomatic_timeline.assets import ASSETS
from diplomatic_timeline.assets.shipped import shipped
from diplomatic_timeline.model.quotation import marked
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.dates import display
from helpers.html import Html, attribute, nodes, text_of, words
from helpers.records import REPOSITORY, SMALL
from helpers.sites import Built, mkdocs_apart, tree, write_project

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
ADDRESSES = ("href", "src", "srcset", "action", "formaction", "poster", "data", "cite", "xlink:href")


def internal_links(page: Html) -> Iterator[tuple[Node, str]]:
    """Yield each address that stays within the site, with the element that holds it."""
    for element in page.elements:
        for name in ADDRESSES:
            address = attribute(element, name)
            if address and not urlsplit(address).scheme and not address.startswith("//"):
                yield element, address


def labelled(page: Html, name: str, label: str) -> tuple[Node, ...]:
    return tuple(e for e in page.named(name) if attribute(e, "aria-label") == label)


# Addresses


def test_every_internal_link_and_reference_leads_to_an_element_of_a_file_of_the_site(built: Built) -> None:
    # Without a server that adds the name of a file, and without leaving the site's folder.
    broken = []
    for page in built.inner:
        for _, address in internal_links(page):
            path, _, fragment = address.partition("#")
            target = page.target(address)
            shown = built.pages.get(target)
            if (
                (path and path.rpartition("/")[2] in ("", ".", ".."))
                or path.startswith("/")
                or target.startswith("..")
                or not (built.folder / target).is_file()
                or (fragment and (shown is None or fragment not in shown.ids))
            ):
                broken.append((page.file, address))
    assert broken == []
    # What one element says of another exists.
    # But for the theme's label of the table of contents, which has a partner on narrow screens only.
    lost = [
        (page.file, element.name, name, id)
        for page in built.pages.values()
        for element in page.elements
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list")
        for id in attribute(element, name).split()
        if id not in page.ids and (element.name, id) != ("label", "__toc")
    ]
    assert lost == []


def search_entries(built: Built) -> list[list[str]]:
    """Return what the search box can show: address, title, context and so on."""
    return [
        entry
        for path in sorted((built.folder / "search" / "texts").iterdir())
        for entry in json.loads(path.read_text(encoding="utf-8").split(",", 2)[2].removesuffix(");\n"))
    ]


def test_the_search_index_knows_every_page_and_nothing_of_the_themes_own_is_shipped(built: Built) -> None:
    found = [location.partition("#")[::2] for location, *_ in search_entries(built)]
    assert [
        (file, id)
        for file, id in found
        if file not in built.pages or (id and id not in built.pages[file].ids)
    ] == []
    # Compared events and prepared meetings say again what stands on the pages of events and issues.
    gathered = re.compile(r"(compare|prepare)/.+/index\.html|.+/page-\d+/index\.html")
    pages = {page.file for page in built.inner if not gathered.fullmatch(page.file)}
    assert pages <= {file for file, _ in found}
    names = {path.relative_to(built.folder).as_posix() for path in built.folder.rglob("*.js")}
    assert not [name for name in names if "lunr" in name or "worker" in name]
    assert not list(built.folder.rglob("search_index*"))


def test_a_page_for_lost_addresses_finds_the_site_wherever_it_is_shown(built: Built) -> None:
    root = urlsplit(built.address).path
    page = built.pages["404.html"]
    wrong = [
        address
        for _, address in internal_links(page)
        if not address.startswith(("#", root))
        or not (
            address.startswith("#")
            or (built.folder / address.removeprefix(root).partition("#")[0]).is_file()
            or (built.folder / address.removeprefix(root) / "index.html").is_file()
        )
    ]
    assert wrong == []


def test_the_sitemap_lists_every_page_once_dated_by_the_record(built: Built) -> None:
    namespace = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    sitemap = (built.folder / "sitemap.xml").read_bytes()
    listed = [e.text for e in ElementTree.fromstring(sitemap).iter(f"{namespace}loc")]
    assert sorted(map(str, listed)) == sorted(
        built.address + page.file.removesuffix("index.html") for page in built.inner
    )
    assert gzip.decompress((built.folder / "sitemap.xml.gz").read_bytes()) == sitemap
    newest = built.timeline.newest
    assert newest is not None
    assert set(re.findall("<lastmod>(.*?)</lastmod>", sitemap.decode())) == {newest.isoformat()}
    # Every page but the one for lost addresses states its address without a file name.
    stated = {page.file: attribute(page.one("link", rel="canonical"), "href") for page in built.inner}
    assert stated == {file: built.address + file.removesuffix("index.html") for file in stated}


def test_an_old_id_leads_to_the_event(built_small: Built) -> None:
    assert built_small.moved == {
        "events/1996-saltholm-talks/index.html": "events/1996-04-02-saltholm/index.html"
    }
    for old, new in built_small.moved.items():
        page = built_small.pages[old]
        waits, _, address = attribute(page.one("meta", **{"http-equiv": "refresh"}), "content").partition(
            "; url="
        )
        assert (waits, page.target(address)) == ("0", new)
        assert page.target(attribute(page.one("a"), "href")) == new
        assert attribute(page.one("link", rel="canonical"), "href") == built_small.address + new.removesuffix(
            "index.html"
        )


# Nothing from elsewhere


def test_nothing_asks_another_site_for_anything(built: Built) -> None:
    # No element asks another site for anything.
    # An `a` may lead elsewhere, and the canonical address is only a statement.
    asked = [
        (page.file, element.name, attribute(element, name))
        for page in built.pages.values()
        for element in page.elements
        if element.name != "a" and attribute(element, "rel") != "canonical"
        for name in ADDRESSES
        if re.search(r"(?:^|[\s,])(?:https?:)?//", attribute(element, name))
    ]
    assert asked == []
    # Styles ask no other site for anything and name files that exist.
    named = re.compile(r"(?:url\(|@import|image-set\()\s*[\"']?\s*([^\s\"')]+)", re.IGNORECASE)
    comment = re.compile(r"/\*.*?\*/", re.DOTALL)
    styles = {path: path.read_text(encoding="utf-8") for path in built.folder.rglob("*.css")}
    for page in built.pages.values():
        texts = [text_of(e) for e in page.named("style")] + [attribute(e, "style") for e in page.elements]
        styles[built.folder / page.file] = "\n".join(texts)
    lost = [
        (path.name, address)
        for path, text in styles.items()
        for address in named.findall(comment.sub("", text))
        if not address.startswith(("data:", "#")) and not (path.parent / address.split("#")[0]).is_file()
    ]
    assert lost == []
    # Our scripts ask no other site for anything.
    ours = {p.name for p in ASSETS.rglob("*.js")} | {"timeline.js", "chart-live.js"}
    foreign = re.compile(r"""(?:import|fetch|src|href|open)\b[^\n;]{0,40}["'`](?:https?:)?//""")
    asking = [
        p.name
        for p in built.folder.rglob("*.js")
        if p.name in ours and foreign.search(p.read_text(encoding="utf-8"))
    ]
    assert asking == []


# Markup

VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
))  # fmt: skip
FOREIGN = frozenset(("svg", "math"))
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
    "hr", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
))  # fmt: skip
# What holds words only: a block inside one of these is a mistake. (`a`, `ins` and `del` hold what their
# parent may hold.)
PHRASING = frozenset((
    "abbr", "b", "bdi", "bdo", "button", "cite", "code", "data", "dfn", "em", "h1", "h2", "h3", "h4",
    "h5", "h6", "i", "kbd", "label", "mark", "p", "pre", "q", "s", "samp", "small", "span", "strong",
    "sub", "sup", "time", "u", "var",
))  # fmt: skip
INTERACTIVE = frozenset(("a", "button", "details", "label", "select", "textarea"))
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"th", "td"},
    "select": {"option", "optgroup", "hr"},
}
PARENTS = {
    "li": {"ul", "ol", "menu"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "tr": {"thead", "tbody", "tfoot"},
    "th": {"tr"},
    "td": {"tr"},
    "summary": {"details"},
    "figcaption": {"figure"},
    "option": {"select", "optgroup", "datalist"},
}


class Grammar(HTMLParser):
    """Finds what a forgiving parser mends in silence: elements left open, or where HTML has no place for one.

    The rules are those of the HTML Standard's content models that a template can break.
    """

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.mistakes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        where = f"line {self.getpos()[0]}: <{tag}>"
        names = [name for name, _ in attrs]
        if len(set(names)) != len(names):
            self.mistakes.append(f"{where} has an attribute twice")
        foreign = not FOREIGN.isdisjoint(self.open)
        parent = self.open[-1] if self.open else ""
        if not foreign:
            if parent in CHILDREN and tag not in CHILDREN[parent] | {"script", "template"}:
                self.mistakes.append(f"{where} in <{parent}>")
            if tag in PARENTS and parent not in PARENTS[tag]:
                self.mistakes.append(f"{where} in <{parent}>")
            if tag in BLOCKS and (held := PHRASING.intersection(self.open)):
                self.mistakes.append(f"{where} in {sorted(held)}")
        if tag in INTERACTIVE and tag not in ("label", "details") and tag in self.open:
            self.mistakes.append(f"{where} in itself")
        if tag in INTERACTIVE and "a" in self.open and tag != "a":
            self.mistakes.append(f"{where} in <a>")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            if FOREIGN.isdisjoint(self.open):
                self.mistakes.append(f"line {self.getpos()[0]}: <{tag}/> closes nothing")
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.mistakes.append(f"line {self.getpos()[0]}: </{tag}> closes <{(self.open or [''])[-1]}>")
            if tag in self.open:
                while self.open.pop() != tag:
                    pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open and self.open[-1] in CHILDREN:
            self.mistakes.append(f"line {self.getpos()[0]}: words in <{self.open[-1]}>")


@pytest.mark.parametrize(
    ("markup", "mistakes"),
    [
        ("<ul><li><p>a</p></li></ul>", 0),
        ("<svg><path d='M0'/></svg><br>", 0),
        ("<p>a<div>b</div></p>", 1),
        ("<span><p>a</p></span>", 1),
        ("<a><b><a>a</a></b></a>", 1),
        ("<ul><p>a</p></ul>", 1),
        ("<table><tr></tr></table>", 2),
        ("<i id='a' id='b'>a</i>", 1),
        ("<b><i>a</b></i>", 2),
        ("<div>", 1),
        ("<div/>", 1),
    ],
)
def test_the_grammar_sees_mistakes(markup: str, mistakes: int) -> None:
    assert len(grammar_mistakes(markup)) == mistakes


def grammar_mistakes(source: str) -> list[str]:
    grammar = Grammar()
    grammar.feed(source)
    grammar.close()
    return grammar.mistakes + [f"<{tag}> is left open" for tag in grammar.open]


def test_every_page_parses_and_every_element_stands_where_html_has_a_place_for_it(built: Built) -> None:
    assert {page.file: page.errors for page in built.pages.values() if page.errors} == {}
    wrong = {page.file: found for page in built.pages.values() if (found := grammar_mistakes(page.source))}
    assert wrong == {}
    wrong = {}
    for page in built.pages.values():
        counted = Counter(attribute(e, "id") for e in page.elements if attribute(e, "id"))
        if found := [id for id, count in counted.items() if count > 1 or id.split() != [id]]:
            wrong[page.file] = found
    assert wrong == {}


def test_every_page_is_headed_once_and_names_its_language_and_the_site(built: Built) -> None:
    # Every page has one title heading and its headings skip no level and are not empty.
    wrong = []
    for page in built.pages.values():
        headings = page.named(*HEADINGS)
        levels = [int(h.name[1]) for h in headings]
        skipped = any(below > above + 1 for above, below in pairwise([0, *levels]))
        if levels.count(1) != 1 or skipped or not all(map(text_of, headings)):
            wrong.append((page.file, [(h.name, text_of(h)) for h in headings]))
    assert wrong == []
    assert {attribute(page.one("html"), "lang") for page in built.pages.values()} == {"en"}
    titles = {page.file: text_of(page.named("title")[0]) for page in built.inner}
    assert [file for file, title in titles.items() if built.name not in title] == []


def test_every_page_of_the_record_has_a_title_a_sentence_and_its_headings(built: Built) -> None:
    titles, said = Counter[str](), Counter[str]()
    for file, page in built.records.items():
        description = attribute(built.pages[file].one("meta", name="description"), "content")
        assert description == page.description
        assert 10 <= len(description) <= 160, file
        titles[text_of(built.pages[file].named("title")[0])] += 1
        said[description] += 1
    assert {text: count for text, count in (titles + said).items() if count > 1} == {}
    wrong = [
        (file, heading)
        for file, page in built.records.items()
        if not (heading := text_of(built.pages[file].one("h1"))).startswith(words(page.title))
    ]
    assert wrong == []
    for file, page in built.records.items():
        html = built.pages[file]
        below = [child for heading in page.headings for child in heading.children]
        assert {heading.id for heading in (*page.headings, *below)} <= html.ids.keys(), file
        if page.headings and not page.wide:
            listed = labelled(html, "nav", "Table of contents")
            found = [attribute(a, "href") for nav in listed for a in nodes(nav) if a.name == "a"]
            assert set(found).issuperset(f"#{heading.id}" for heading in page.headings), file


# The way around


def test_a_skip_link_stands_first_and_leads_into_the_content_and_not_behind_a_records_title(
    built: Built,
) -> None:
    wrong = []
    for page in built.inner:
        order = {id(e): n for n, e in enumerate(page.elements)}
        target = page.ids.get(attribute(page.named("a")[0], "href").removeprefix("#"))
        inside = target
        while inside is not None and inside.name != "main":
            inside = inside.parent
        late = page.file in built.records and order[id(target)] > order[id(page.one("h1"))]
        if inside is None or late:
            wrong.append(page.file)
    assert wrong == []


def test_breadcrumbs_lead_to_the_page_and_every_event_offers_its_file_for_editing(built: Built) -> None:
    for file, record in built.records.items():
        page = built.pages[file]
        (trail,) = labelled(page, "nav", "Breadcrumb")
        steps = [e for e in nodes(trail) if e.name == "li"]
        first = next(a for a in nodes(steps[0]) if a.name == "a")
        assert page.target(attribute(first, "href")) == "index.html", file
        assert words(record.title) not in [text_of(s) for s in steps], file
    for id, file in built.timeline.corpus.files.items():
        yaml = posixpath.join("events", *Path(file).parts[-2:])
        page = built.page(urls.event(id))
        (edit,) = [a for a in page.named("a") if "edit" in attribute(a, "rel").split()]
        assert attribute(edit, "href").endswith(f"/edit/main/{yaml}")
        assert (REPOSITORY / yaml).is_file() or (SMALL.parent / yaml.replace("events", SMALL.name)).is_file()


@pytest.mark.parametrize(("rel", "step"), [("next", 1), ("prev", -1)])
def test_going_on_from_one_end_of_the_events_visits_all_in_order(built: Built, rel: str, step: int) -> None:
    order = list(built.timeline.events)[::step]
    visited = [order[0]]
    page = built.page(urls.event(order[0]))
    while links := [e for e in page.named("link") if attribute(e, "rel") == rel]:
        page = built.pages[page.target(attribute(links[0], "href"))]
        visited.append(page.file.split("/")[1])
        assert len(visited) <= len(order)
    assert visited == order


def test_an_event_links_its_neighbours_by_title(built: Built) -> None:
    timeline = built.timeline
    for id in timeline.events:
        page = built.page(urls.event(id))
        footer = next(e for e in page.elements if e.name == "footer" and e.parent is not None)
        for side, label, other in (
            ("prev", "Previous", timeline.previous[id]),
            ("next", "Next", timeline.next[id]),
        ):
            found = [a for a in nodes(footer) if attribute(a, "class").endswith(f"__link--{side}")]
            assert len(found) == (other is not None)
            if other is not None:
                assert page.target(attribute(found[0], "href")) == urls.file(urls.event(other))
                assert label in text_of(found[0])
                assert words(timeline.events[other].title) in text_of(found[0])


def test_every_page_of_the_record_can_be_reached_from_the_timeline(built: Built) -> None:
    reached, waiting = {"index.html"}, ["index.html"]
    while waiting:
        page = built.pages[waiting.pop()]
        for element, address in internal_links(page):
            target = page.target(address)
            if element.name == "a" and target in built.pages and target not in reached:
                reached.add(target)
                waiting.append(target)
    assert set(built.records) - reached == set()


# The record on its pages


def test_every_quote_stands_on_its_events_page_and_on_that_of_all_quotes(built: Built) -> None:
    corpus = built.timeline.corpus
    for id, said in built.timeline.quotes.items():
        element = built.page(urls.event(said.event.id)).ids[urls.quote_anchor(id)]
        shown = text_of(element)
        speaker = corpus.people.get(said.quote.speaker) or corpus.organizations[said.quote.speaker]
        for kind, piece in marked(said.quote.text):
            assert kind != "words" or words(piece) in shown, id
        assert speaker.name in shown, id
        assert said.quote.post is None or said.quote.post in shown, id
        assert display(said.date) in shown, id
        section = element
        while section.name != "section" and section.parent is not None:
            section = section.parent
        headings = [text_of(h) for h in nodes(section) if h.name in HEADINGS]
        assert corpus.issues[said.quote.issues[0]].name in headings, id
    page = built.page(urls.QUOTES)
    assert set(page.ids).issuperset(urls.quote_anchor(id) for id in built.timeline.quotes)


def test_an_events_commitments_positions_corrections_and_basis_of_its_date_stand_on_its_page(
    built: Built,
) -> None:
    for id, event in built.timeline.events.items():
        page = built.page(urls.event(id))
        for promised in event.commitments:
            shown = text_of(page.ids[urls.commitment_anchor(promised.id)])
            assert words(promised.statement) in shown, promised.id
        for at_issue in event.issues:
            shown = text_of(page.ids[urls.position_anchor(at_issue.issue)])
            for position in at_issue.positions.values():
                assert words(position.statement) in shown, (id, at_issue.issue)
        shown = text_of(page.one("main"))
        for text in (*(correction.text for correction in event.corrections), event.date_basis or ""):
            assert words(text) in shown, id


def test_every_party_that_had_a_part_and_is_silent_is_named_as_silent(built: Built) -> None:
    """Beside the other's position an empty column looks broken; words say that the record has nothing."""
    for id, event in built.timeline.events.items():
        page = built.page(urls.event(id))
        for at_issue in event.issues:
            shown = text_of(page.ids[urls.position_anchor(at_issue.issue)])
            said = [q for q in event.quotes if at_issue.issue in q.issues]
            heard = {*at_issue.positions, *(party for q in said for party in q.parties)}
            columns = built.timeline.columns_of(event)
            silent = [p for p in columns if p not in heard]
            if len(silent) == len(columns):
                continue
            for party in silent:
                name = built.timeline.corpus.parties[party].name
                told = " raised it; what it said is not" if party in at_issue.raised_by else ": nothing"
                assert f"{name}{told} on record" in shown, (id, party)


def test_words_in_another_language_say_which(built: Built) -> None:
    han = re.compile(r"[\u4e00-\u9fff]")
    silent = []
    for page in map(built.pages.get, built.records):
        assert page is not None
        for element in nodes(page.one("main")):
            own = "".join(str(c.data) for c in element.children or () if c.name == "#text")
            language = element
            while not attribute(language, "lang") and language.parent is not None:
                language = language.parent
            if han.search(own) and attribute(language, "lang") in ("", "en"):
                silent.append((page.file, element.name, own.strip()))
    assert silent == []


# The record as data


def test_the_data_hold_everything_once_and_their_ids_refer_to_one_another(built: Built) -> None:
    events, quotes = built.rows("events.json"), built.rows("quotes.json")
    assert [row["id"] for row in events] == list(built.timeline.events)
    assert [row["id"] for row in quotes] == list(built.timeline.quotes)
    for row in events:
        assert text_of(built.page(row["url"]).one("h1")).startswith(words(row["title"]))
    for row in quotes:
        path, _, anchor = row["url"].partition("#")
        shown = text_of(built.page(path).ids[anchor])
        for kind, piece in marked(row["text"]):
            assert kind != "words" or words(piece) in shown, row["id"]
        assert row["proof"] in ("verified", "not-found", "unpinned")
        assert ("Word for word in" in shown) == (row["proof"] == "verified"), row["id"]
    quoted = {quote: row["id"] for row in events for quote in row["quotes"]}
    assert quoted == {row["id"]: row["event"] for row in quotes}
    sources = {row["id"]: row["sources"] for row in events}
    assert all(row["source"] in sources[row["event"]] for row in quotes)


# Text that tries to be markup

HOSTILE = 'Three delegations meet at Saltholm {{ 7 * 7 }} <script>alert("x")</script> & agree on herring'


def test_a_hostile_title_and_an_angle_bracket_are_shown_as_they_were_written(built_small: Built) -> None:
    page = built_small.page("events/1996-04-02-saltholm/")
    assert text_of(page.one("h1")) == HOSTILE
    assert text_of(page.named("title")[0]) == f"{HOSTILE} - Sound & Ferries"
    # The search box puts it into its page as text.
    assert HOSTILE in [title for _, title, *_ in search_entries(built_small)]
    titles = {row["id"]: row["title"] for row in built_small.rows("events.json")}
    assert titles["1996-04-02-saltholm"] == HOSTILE
    page = built_small.page("issues/harbour-dues/")
    assert text_of(page.one("h1")) == "Harbour dues <draft & final>"
    named = [
        text_of(a)
        for p in built_small.inner
        for a in p.named("a")
        if "/harbour-dues/" in attribute(a, "href")
    ]
    assert named
    assert all("Harbour dues <draft & final>" in text for text in named if text.startswith("Harbour"))


def test_no_script_or_element_comes_from_the_record(built_small: Built) -> None:
    running = [
        page.file
        for page in built_small.pages.values()
        for script in page.named("script")
        if attribute(script, "type") in ("", "module", "text/javascript") and "alert(" in text_of(script)
    ]
    assert running == []
    names = {e.name for page in built_small.pages.values() for e in page.elements}
    assert "draft" not in names
    shown = text_of(built_small.page("events/1996-04-02-saltholm/").one("main"))
    assert "<b Raw HTML stays text, and so do {{ braces }} and {% tags %}." in shown
    assert "49" not in shown


def test_linked_data_is_whole_and_no_control_character_is_left(built: Built) -> None:
    # No text of the record ends its script early.
    for page in built.pages.values():
        for script in page.named("script"):
            if attribute(script, "type") == "application/ld+json":
                json.loads(script.to_text(separator="", strip=False))
    control = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|timelineslot")
    assert [page.file for page in built.pages.values() if control.search(page.source)] == []
    # Every time element has a value that html knows.
    known = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
    wrong = [
        (page.file, attribute(e, "datetime"))
        for page in built.pages.values()
        for e in page.named("time")
        if not known.fullmatch(attribute(e, "datetime"))
    ]
    assert wrong == []


# What a site consists of


def test_every_file_has_its_sum_and_none_mentions_the_machine_that_built_it(built: Built) -> None:
    sums = (built.folder / "SHA256SUMS").read_text(encoding="utf-8")
    expected = {name: sha256(data).hexdigest() for name, data in built.tree().items()}
    for name in ("SHA256SUMS", ".timeline-site"):
        del expected[name]
    assert sums == "".join(f"{expected[name]}  {name}\n" for name in sorted(expected))
    machine = [str(REPOSITORY), str(built.folder), str(built.folder.parent)]
    telling = [name for name, data in built.tree().items() for path in machine if path.encode() in data]
    assert telling == []
    assert [p.name for p in built.folder.parent.iterdir() if "building" in p.name] == []
    assert "WARNING" not in built.output
    assert "error" not in built.output.casefold()


def test_every_asset_is_of_a_work_whose_notice_is_on_the_page_of_licences(built: Built) -> None:
    shown = text_of(built.page(urls.LICENCES).one("main"))
    for work in shipped():
        assert work.name in shown
        assert words(work.text) in shown, work.name
    patterns = [pattern for work in shipped() for pattern in work.files]
    assets = [p.relative_to(built.folder / "assets").as_posix() for p in built.folder.glob("assets/**/*.*")]
    images = {p.name for p in (REPOSITORY / "docs" / "assets").rglob("*.png")}
    assert [
        a for a in assets if Path(a).name not in images and not any(fnmatch(a, p) for p in patterns)
    ] == []


def test_the_bill_of_materials_names_what_ships_and_what_builds(built: Built) -> None:
    bill = json.loads((built.folder / urls.BILL_OF_MATERIALS).read_text(encoding="utf-8"))
    parts = {c["name"] for c in bill["components"] if c.get("scope") != "excluded"}
    tools = {
        c["purl"].split("/")[1].split("@")[0] for c in bill["components"] if c.get("scope") == "excluded"
    }
    assert parts == {work.name for work in shipped()}
    assert {"mkdocs", "mkdocs-material", "typst", "markupsafe", "brotli"} <= tools
    assert not {"pytest", "playwright"} & tools
    assert [c["name"] for c in bill["components"] if not c.get("licenses")] == []


# The same input gives the same bytes


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def test_the_small_site_is_the_same_from_another_folder_place_and_hash_seed(
    built_small: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`make reproduce` does as much and more with the real one."""
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("LC_ALL", "C")
    project = write_project(tmp_path / "elsewhere" / "copy")
    mkdocs_apart("build", "--config-file", project / "mkdocs.yml", folder=tmp_path, seed="77")
    assert differences(built_small.tree(), tree(project / "site")) == []
