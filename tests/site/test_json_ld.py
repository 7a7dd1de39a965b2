"""Linked data and Open Graph in the heads of pages.

pyld expands the JSON-LD; types and properties are checked against the part of schema.org that is in use,
which is kept here by hand (https://schema.org/docs/full.html): nothing is fetched.
"""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pyld import jsonld

from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.site.json_ld import Linker, script
from diplomatic_timeline.site.page import Page
from diplomatic_timeline.site.site import Site
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.timeline import Timeline
from helpers.html import Html, attribute
from helpers.records import make_event, make_quote, make_timeline, rich_timeline
from helpers.sites import Built

SCHEMA = "http://schema.org/"
ADDRESSES = "contentUrl eventStatus image isBasedOn isPartOf item license mainEntity sameAs url".split()
CONTEXT = {"@context": {"@vocab": SCHEMA, **{name: {"@type": "@id"} for name in ADDRESSES}}}
PARENTS = {
    **dict.fromkeys("CreativeWork Event Intangible Organization Person Place".split(), "Thing"),
    **dict.fromkeys("Article Book Dataset Legislation MediaObject Quotation".split(), "CreativeWork"),
    **dict.fromkeys("ArchiveComponent WebPage WebSite".split(), "CreativeWork"),
    **dict.fromkeys("NewsArticle Report SocialMediaPosting".split(), "Article"),
    **dict.fromkeys("DefinedTerm ItemList ListItem PropertyValue".split(), "Intangible"),
    "BreadcrumbList": "ItemList",
    "CollectionPage": "WebPage",
    "Country": "Place",
    "DataDownload": "MediaObject",
}
PROPERTIES = {
    "Thing": "alternateName description identifier image name sameAs url",
    "CreativeWork": "about author creator dateCreated dateModified datePublished encodingFormat inLanguage "
    "isAccessibleForFree isBasedOn isPartOf license mainEntity mentions publisher temporalCoverage text",
    "Dataset": "distribution",
    "Event": "about attendee endDate eventStatus location startDate",
    "ItemList": "itemListElement",
    "ListItem": "item position",
    "MediaObject": "contentSize contentUrl",
    "Organization": "parentOrganization",
    "Person": "affiliation familyName jobTitle",
    "Place": "containedInPlace",
    "PropertyValue": "propertyID value",
    "WebPage": "breadcrumb",
}


def load(url: str, options: dict[str, Any]) -> dict[str, Any]:
    assert url.rstrip("/") == "https://schema.org", f"asks for {url}"
    return {
        "contextUrl": None,
        "documentUrl": url,
        "document": CONTEXT,
        "contentType": "application/ld+json",
    }


def properties(type: str) -> set[str]:
    """Return the properties of a class and of all that it is a kind of."""
    assert type == "Thing" or type in PARENTS, f"{type} is not among schema.org's types kept here"
    inherited = properties(PARENTS[type]) if type != "Thing" else set()
    return inherited | set(PROPERTIES.get(type, "").split())


def expanded(document: str, base: str) -> list[dict[str, Any]]:
    options = {"documentLoader": load, "base": base}
    found: list[dict[str, Any]] = jsonld.expand(json.loads(document), options)
    return found


def check(node: dict[str, Any], where: str) -> None:
    """Assert that a node uses schema.org as its vocabulary says."""
    types = [t.removeprefix(SCHEMA) for t in node.get("@type", [])]
    known = {SCHEMA + name for type in types for name in properties(type)}
    for key, values in node.items():
        if not key.startswith("@"):
            assert key in known, f"{where}: {types} has no {key}"
            for value in values:
                if "@value" not in value and "@type" in value:
                    check(value, f"{where}.{key.removeprefix(SCHEMA)}")


def graph(page: Html, built: Built) -> list[dict[str, Any]]:
    source = page.one("script", type="application/ld+json").to_text(separator="", strip=False)
    path = page.file.removesuffix("index.html")
    return expanded(source, built.address + path)


def of_type(nodes: list[dict[str, Any]], type: str) -> list[dict[str, Any]]:
    return [n for n in nodes if SCHEMA + type in n.get("@type", [])]


def value(node: dict[str, Any], name: str) -> Any:
    (only,) = node[SCHEMA + name]
    return only.get("@value", only.get("@id"))


def test_every_page_speaks_schema_org_correctly_and_has_its_crumbs(built: Built) -> None:
    for page in built.inner:
        nodes = graph(page, built)
        for node in nodes:
            check(node, page.file)
        (crumbs,) = next(n[SCHEMA + "breadcrumb"] for n in nodes if SCHEMA + "breadcrumb" in n)
        items = crumbs[SCHEMA + "itemListElement"]
        assert [value(i, "position") for i in items] == list(range(1, len(items) + 1))
        assert (SCHEMA + "item" in items[-1]) is (page.file == "index.html")  # the last is the page itself
        for item in items[:-1]:
            address = item[SCHEMA + "item"][0]["@id"].removeprefix(built.address)
            assert f"{address}index.html" in built.pages, f"{page.file}: {address}"


def test_an_event_stands_in_its_page_and_with_its_quotations_in_a_file_beside_it(
    built: Built,
) -> None:
    timeline = built.timeline
    for id, event in timeline.events.items():
        (node,) = of_type(graph(built.page(f"events/{id}/"), built), "Event")
        assert value(node, "name") == event.title
        file = built.folder / urls.event_graph(id)
        nodes = expanded(file.read_text(encoding="utf-8"), built.address + urls.event(id))
        quotes = of_type(nodes, "Quotation")
        sources = {s["@id"]: s for q in quotes for s in q[SCHEMA + "isBasedOn"] if "@type" in s}
        assert [value(q, "text") for q in quotes] == [q.text for q in event.quotes]
        for said, quote in zip(quotes, event.quotes, strict=True):
            assert said["@id"] == f"{built.address}events/{id}/#q-{quote.id}"
            assert f"q-{quote.id}" in built.page(f"events/{id}/").ids
            (creator,) = said[SCHEMA + "creator"]
            kind = "people" if quote.speaker in timeline.corpus.people else "organizations"
            assert creator["@id"].startswith(f"{built.address}{kind}/{quote.speaker}/")
            (source,) = said[SCHEMA + "isBasedOn"]
            assert value(sources[source["@id"]], "name") == timeline.corpus.sources[quote.source].title
        if event.place:
            (place,) = node[SCHEMA + "location"]
            assert value(place, "name") == timeline.corpus.places[event.place].name


def test_the_page_of_a_person_holds_the_person_and_that_of_the_data_the_data_set(
    built: Built, built_real: Built
) -> None:
    for id, person in built.timeline.corpus.people.items():
        (node,) = of_type(graph(built.page(f"people/{id}/"), built), "Person")
        assert value(node, "familyName") == person.family_name
        if person.native_name:
            assert node[SCHEMA + "alternateName"] == [
                {"@value": person.native_name, "@language": person.native_language}
            ]
    (node,) = of_type(graph(built_real.page("data/"), built_real), "Dataset")
    files = {value(d, "contentUrl") for d in node[SCHEMA + "distribution"]}
    assert f"{built_real.address}data/quotes.csv" in files
    for address in files:
        assert (built_real.folder / address.removeprefix(built_real.address)).is_file()


@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        ("2024-05", "2024-05", None),
        ("2021-03-18/2021-03-19", "2021-03-18", "2021-03-19"),
        ("2023~", "2023", None),
        ("2024-22", None, None),
        ("2021/..", "2021", None),
        ("../2021", None, "2021"),
    ],
)
def test_a_date_is_never_made_more_exact(when: str, start: str | None, end: str | None) -> None:
    timeline = make_timeline(make_event(date=when))
    event = Linker(timeline, Imprint("S"), "").event("1990-talks")
    assert (event.get("startDate"), event.get("endDate")) == (start, end)


def test_text_of_a_record_cannot_end_the_script() -> None:
    hostile = "</script><script>alert(1)</script><!-- ]]> \u2028 & <b>"
    quote = make_quote(text=hostile)
    timeline = make_timeline(make_event(title=hostile, summary=hostile, quotes=[quote]))
    page = Page("events/1990-talks/", "event", hostile, hostile, "")
    head = Site(timeline, hostile).heads.record(page)
    assert head.count("<script") == head.count("</script>") == 1
    assert "<b>" not in head
    assert "\u2028" not in head.partition("<script")[2]
    nodes = Linker(timeline, Imprint("S"), "").event_graph("1990-talks")
    event, said = json.loads(script(nodes))["@graph"]
    assert (event["name"], said["text"]) == (hostile, hostile)


def test_every_page_has_open_graph_tags_and_every_main_event_an_image(built: Built) -> None:
    for page in built.inner:
        tags = {attribute(e, "property"): attribute(e, "content") for e in page.named("meta")}
        assert tags["og:url"] == built.address + page.file.removesuffix("index.html")
        assert tags["og:title"]
        assert tags["og:type"] in ("website", "article")
        image = built.folder / tags["og:image"].removeprefix(built.address)
        assert image.is_file(), page.file
    for id, event in built.timeline.events.items():
        tags = {
            attribute(e, "property"): attribute(e, "content")
            for e in built.page(f"events/{id}/").named("meta")
        }
        own = tags["og:image"] == f"{built.address}events/{id}/social.png"
        assert own is (event.prominence == "main")
        if own:
            with Image.open(BytesIO((built.folder / f"events/{id}/social.png").read_bytes())) as drawn:
                assert (drawn.format, drawn.size) == ("PNG", (1200, 630))
    # Robots may read everything and find the map.
    robots = (built.folder / "robots.txt").read_text(encoding="utf-8")
    assert robots == f"User-agent: *\nAllow: /\n\nSitemap: {built.address}sitemap.xml\n"


def test_a_page_names_what_it_is_about_by_its_anchor(small: Timeline) -> None:
    head = Site(small, "S").heads.record(Page("people/ada-thorn/", "person", "Ada Thorn", "A.", ""))
    assert "og:url" not in head
    assert '"@id":"#person"' in head


def test_what_few_events_have_is_written_as_schema_org_says() -> None:
    timeline = rich_timeline()
    linker = Linker(timeline, Imprint("Sound", "https://example.org/sound/"), urls.HOME)
    nodes = [node for id in timeline.events for node in linker.event_graph(id)]
    nodes += [linker.source("act"), linker.speaker("ann-lund")]
    found = expanded(script(nodes), "https://example.org/sound/")
    for node in found:
        check(node, str(node["@type"]))
    journey, act, _ = of_type(found, "Event")
    assert len(journey[SCHEMA + "location"]) == 2
    assert SCHEMA + "startDate" not in act
    assert len(of_type(found, "Quotation")[0][SCHEMA + "creator"]) == 2
    (law,) = of_type(found, "Legislation")
    assert [a["@type"] for a in law[SCHEMA + "author"]] == [[SCHEMA + "Person"], [SCHEMA + "Organization"]]
