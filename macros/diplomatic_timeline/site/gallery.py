"""The gallery of components: each template's own header, and its example rendered from a small record."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from diplomatic_timeline.chart.low import low_chart
from diplomatic_timeline.exports import citation_styles, citations
from diplomatic_timeline.exports.snippets import file_view
from diplomatic_timeline.site.site import Site
from diplomatic_timeline.templates import TEMPLATES
from diplomatic_timeline.views import comparison, home, issues, tables, urls
from diplomatic_timeline.views.balance import Stocktaking
from diplomatic_timeline.views.changes import FormulaView, Occasion, PartyChanges, PassageView
from diplomatic_timeline.views.event_lines import Year
from diplomatic_timeline.views.matrix import matrix
from diplomatic_timeline.views.models import BriefingLink, Link, QuoteView
from diplomatic_timeline.views.pagination import paginate
from diplomatic_timeline.views.presenter import EventView

_HEADER = re.compile(r"\{#\s*(?P<text>.*?)\n?\s*Example:\s*(?P<example>\{\{.*?\}\})\s*#\}", re.DOTALL)


class Documented(NamedTuple):
    """A component's name, the text of its header, and its example."""

    name: str
    text: str
    example: str


def components() -> tuple[Documented, ...]:
    """Return every component by name with the header of its template.

    Raises ValueError for a template whose header lacks a text or an example.
    """
    found = []
    for path in sorted((TEMPLATES / "components").glob("*.html")):
        header = _HEADER.match(path.read_text(encoding="utf-8"))
        if header is None:
            raise ValueError(
                f"{path.name} needs a header comment: purpose, parameters and 'Example: {{{{ ... }}}}'"
            )
        found.append(Documented(path.stem, " ".join(header["text"].split()), header["example"]))
    return tuple(found)


def samples(site: Site) -> dict[str, Any]:
    """Return the names that the examples use, filled from a record."""
    view, timeline = site.view, site.timeline
    main = next(id for id, e in timeline.events.items() if e.quotes and e.commitments)
    event = view.event(main)
    issue = timeline.events[main].issues[0].issue
    briefing = BriefingLink("event", event.line.title, urls.BRIEFINGS, 6, 66_000)
    positions = site.renderer.positions
    stock = Stocktaking(view)
    pair = next(iter(site.renderer.preparations.parties))
    said = view.quote(timeline.events[main].quotes[0].id)
    changes = _changes(said, event)
    return {
        "calls": [("quote(id)", "One quotation.")],
        "party": event.delegations[0].party,
        "speaker": event.delegations[0].delegates[0].person,
        "trail": (Link("Timeline", urls.HOME), Link("Issues", urls.ISSUES), Link("Borders", None)),
        "said": said,
        "issues": ((view.issue_link(issue), (said,)),),
        "row": event.issues[0],
        "side": event.delegations[0],
        "event": event,
        "line": event.line,
        "years": (Year(event.line.year, urls.year(event.line.year), (event.line,)),),
        "panel": site.renderer.listing("events").panel,
        "part": next(iter(paginate(range(9), urls.QUOTES, 1, words=site.words))),
        "promised": event.commitments[0],
        "commitments": event.commitments,
        "source": event.sources[0],
        "events": view.lines(timeline.events),
        "chart": low_chart(timeline, site.words),
        "matrix": matrix(view),
        "ledger": view.ledger(issue)[0],
        "issue": view.issue_link(issue),
        "stands": issues.newest(positions, issue),
        "grid": issues.grid(positions, issue),
        "held": next(stand for stand in positions.newest(issue) if stand),
        "comparison": comparison.comparison(positions, *comparison.pairs(timeline)[0]),
        "told": comparison.told(positions, main)[0],
        "preparation": site.renderer.preparations.of("parties", pair),
        "newest": home.standings(positions),
        "promises": home.promise_sums(view),
        "counts": tables.counts(timeline, site.words),
        "sources": event.sources,
        "balance": stock.parties(),
        "by_issue": stock.issues(),
        "lacks": stock.lacks(),
        "briefing": briefing,
        "briefings": (briefing,),
        "groups": (("events", "Events", ((Link(event.line.title, event.line.url), 5, (briefing,)),)),),
        "changes": changes,
        "forms": citation_styles.forms(citations.of_event(timeline.events[main], site.data.imprint)),
        "step": changes.steps[0],
        "formulae": changes.formulae,
        "files": [file_view(f, site.data.imprint) for f in site.data.files[:2]],
        "corrections": [(view.event_link(main), made) for made in event.corrections],
    }


def _changes(said: QuoteView, event: EventView) -> PartyChanges:
    """Return a comparison such as a larger record would have: a quote that comes back."""
    marks = ((0, len(" ".join(said.text.split()[:4]))),)
    passage = PassageView(said.url, said.text, said.language, marks, said.speaker.name, said.date)
    occasion = Occasion(said.event, event.line.date, ("What is held.",), (passage,), "repeated")
    formula = FormulaView(said.text[: marks[0][1]], 2, passage, passage)
    counted = "2 quotes by this party on this issue, at 2 events. 1 formula in them recurs."
    return PartyChanges("", said.party, counted, ((occasion, occasion),), 3, (formula,))


def gallery(site: Site) -> str:
    """Return the gallery as HTML: a heading, the documentation, the example's code and what it renders."""
    names = samples(site)
    # One page shows them all: the anchors of one specimen would be those of another.
    anchors = re.compile(' (?:id|aria-labelledby)="[^"]*"')
    parts = []
    for name, text, example in components():
        code = f'{{% from "components/{name}.html" import {name} %}}' + example
        shown = anchors.sub("", site.env.from_string(code).render(names))
        # The page may have the same region of its own.
        shown = shown.replace('role="region" aria-label="', 'role="region" aria-label="Specimen: ')
        if shown.lstrip().startswith("<li"):
            shown = f"<ul>{shown}</ul>"
        if shown.lstrip().startswith("<tr"):
            shown = f"<table><tbody>{shown}</tbody></table>"
        parts.append(
            Markup(
                '<section class="dt-specimen"><h3 id="component-{0}">{0}</h3><p>{1}</p>'
                "<pre><code>{2}</code></pre>"
                '<div class="dt-specimen__view">{3}</div></section>'
            ).format(name, text, escape(example), Markup(shown))
        )
    return f'<div id="specimens">{"".join(parts)}</div>'
