"""The feed, read by feedparser and by an XML parser."""

from __future__ import annotations

from xml.etree import ElementTree

import feedparser
import pytest

from diplomatic_timeline.exports import feed
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.timeline import Timeline
from helpers.records import make_commitment, make_event, make_timeline
from helpers.sites import Built

ADDRESS = "https://example.org/sound/"
ATOM = "{http://www.w3.org/2005/Atom}"


def written(timeline: Timeline, address: str = ADDRESS) -> bytes:
    imprint = Imprint("Sound & <Ferries>", address)
    events = timeline.events.values()
    return feed.write(timeline, imprint, imprint.name, "", "data/feed.xml", [*events, *feed.changes(events)])


def test_a_feed_reader_finds_the_newest_event_first(real: Timeline) -> None:
    parsed = feedparser.parse(written(real))
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == "atom10"
    assert parsed.feed.title == "Sound &amp; &lt;Ferries&gt;" or parsed.feed.title == "Sound & <Ferries>"
    newest = sorted(real.events.values(), key=lambda e: e.date.order, reverse=True)
    found = [(e.title, e.link) for e in parsed.entries if "#" not in e.link]
    assert found == [(e.title, f"{ADDRESS}events/{e.id}/") for e in newest][: len(found)]
    assert parsed.feed.updated == f"{real.newest}T00:00:00Z"


@pytest.mark.parametrize("address", [ADDRESS, ""])
def test_the_feed_and_every_entry_have_what_rfc_4287_requires(small: Timeline, address: str) -> None:
    root = ElementTree.fromstring(written(small, address))
    for element in (root, *root.findall(f"{ATOM}entry")):
        for required in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{required}")) == 1
    ids = [e.text or "" for e in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    assert all(id.startswith(("https://", "urn:uuid:")) for id in ids)
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    assert {link.get("rel") for link in root.findall(f"{ATOM}link")} == {"self", "alternate"}


def test_html_in_a_record_stays_text(small: Timeline) -> None:
    parsed = feedparser.parse(written(small), sanitize_html=False)
    (talks,) = [e for e in parsed.entries if "Saltholm" in e.title and "1996" in e.link]
    assert "&lt;b Raw HTML" in talks.content[0].value
    assert talks.title_detail.type == "text/plain"


def test_a_correction_makes_an_entry_newer_and_a_feed_holds_the_fifty_newest_events() -> None:
    corrected = make_event(corrections=[{"date": "1990-06-01", "text": "A day was wrong."}])
    parsed = feedparser.parse(written(make_timeline(corrected)))
    assert parsed.entries[0].updated == "1990-06-01T00:00:00Z"
    events = [make_event(f"e-{n}", f"1990-01-{1 + n % 28:02}") for n in range(60)]
    parsed = feedparser.parse(written(make_timeline(*events)))
    assert len(parsed.entries) == feed.NEWEST
    assert "e-27" in parsed.entries[0].link or "e-55" in parsed.entries[0].link


def test_a_promise_that_was_kept_is_an_entry_on_the_day_and_in_the_feed_of_its_issue() -> None:
    history = [
        {"date": "1990-05-04", "status": "open"},
        {"date": "1990-09", "status": "partly", "note": "Half of the ships."},
        {"date": "1991-02-03", "status": "fulfilled"},
    ]
    kept = make_commitment("count", issues=["toll"], status="fulfilled", history=history)
    threat = make_commitment("threat", issues=["toll"], type="warning", status="fulfilled", history=history)
    event = make_event(issues=[{"issue": "toll"}, {"issue": "bridge"}], commitments=[kept, threat])
    parsed = feedparser.parse(written(make_timeline(event)))
    told = [(e.title, e.updated[:10]) for e in parsed.entries]
    assert told[:2] == [
        ("Promise (kept): Do count.", "1991-02-03"),
        ("Promise (partly kept): Do count.", "1990-09-30"),
    ]
    assert len(told) == 3
    assert (
        parsed.entries[1].summary
        == "September 1990. Made at Title of 1990-talks, 4 May 1990. Half of the ships."
    )
    assert parsed.entries[0].link == f"{ADDRESS}{urls.commitment(event.id, 'count')}"
    assert len(list(feed.changes([event], "toll"))) == 2
    assert list(feed.changes([event], "bridge")) == []


def test_every_issue_has_a_feed_with_its_own_events(built: Built) -> None:
    for id, issue in built.timeline.corpus.issues.items():
        parsed = feedparser.parse((built.folder / "issues" / id / "feed.xml").read_bytes())
        assert not parsed.bozo
        assert issue.name in parsed.feed.title
        own = built.timeline.events_of_issue.get(id, ())
        assert {e.link.partition("#")[0] for e in parsed.entries} == {
            f"{built.address}events/{e}/" for e in own
        }
        assert built.page(f"issues/{id}/").one("link", rel="alternate ", href="feed.xml") is not None
