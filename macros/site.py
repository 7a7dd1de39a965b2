"""The timeline as pages: address, kind, title, description, contents and HTML. Knows no MkDocs.

Every page is data, so that the adapter can dress it in a theme and another generator could take it as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from jinja2 import Environment

from macros import facets, points, prose, tables, urls
from macros.dates import display
from macros.exports import Imprint
from macros.heads import Heads
from macros.pages import Heading, Page
from macros.templating import counted, environment, resolve
from macros.timeline import Timeline
from macros.viewpoint import Viewpoint
from macros.views import BriefingLink, Link


class Site:
    """Renders the pages of one timeline.

    `name` and `address` (absolute, with a slash at its end, or empty) are the site's, for citations; `assets`
    is the folder of fonts and style sheets, for social images; `folder` is the record's, for edit links.
    """

    def __init__(
        self,
        timeline: Timeline,
        name: str,
        address: str = "",
        assets: Path | None = None,
        folder: str = "events",
    ) -> None:
        self.timeline = timeline
        self.name = name
        self.address = address
        self.folder = folder.rstrip("/")
        self.view = Viewpoint(timeline)
        self.env: Environment = environment()
        self.briefings: Mapping[str, tuple[BriefingLink, ...]] = {}
        self.heads = Heads(timeline, Imprint(name, address), assets)

    def pages(self) -> Iterator[Page]:
        """Yield every page, in an order that depends on the record only."""
        for page in self._pages():
            head = self.heads.record(page.path, page.kind, page.tab, page.title, page.description)
            yield replace(page, head=head)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield every generated file that is no page: its address below the root, and its bytes."""
        yield from self.heads.files()
        yield urls.OVERVIEW, points.script(self.timeline).encode("utf-8")

    def _pages(self) -> Iterator[Page]:
        corpus = self.timeline.corpus
        yield from map(self.event, self.timeline.events)
        yield self.issues()
        yield from map(self.issue, corpus.issues)
        yield self.people()
        yield from map(self.speaker, (*corpus.people, *corpus.organizations))
        yield from map(self.party, corpus.parties)
        yield self.quotes()
        yield self.commitments()
        yield self.sources()
        yield from map(self.source, corpus.sources)
        yield from map(self.year, self.timeline.years)

    def redirects(self) -> Iterator[tuple[str, str]]:
        """Yield for each old id of an event its address and a whole HTML page that leads to the new one."""
        template = self.env.get_template("redirect.html")
        for event in self.timeline.events.values():
            for alias in event.aliases:
                path = urls.event(alias)
                html = template.render(
                    title=event.title,
                    url=urls.event(event.id),
                    canonical=f"{self.address}{urls.event(event.id)}",
                )
                yield path, resolve(html, path)

    def _render(self, template: str, path: str, **context: Any) -> str:
        briefings = self.briefings.get(path, ())
        html = self.env.get_template(f"pages/{template}.html").render(briefings=briefings, **context)
        return resolve(html, path)

    def _trail(self, title: str, *between: Link) -> tuple[Link, ...]:
        return (Link("Timeline", urls.HOME), *between, Link(title, None))

    def event(self, id: str) -> Page:
        event, path = self.timeline.events[id], urls.event(id)
        view = self.view.event(id)
        year = event.date.anchor.year
        said = tuple(Heading(g.anchor, g.issue.text) for g in view.groups)
        at_issue = tuple(Heading(r.anchor, r.issue.text) for r in view.issues if not r.empty)
        sections = (
            ("delegations", "Delegations", view.delegations, ()),
            ("summary", "What happened", True, ()),
            ("issues", "At issue", view.issues, at_issue),
            ("quotes", "What was said", view.groups, said),
            ("commitments", "Commitments", view.commitments, ()),
            ("sources", "Sources", view.sources, ()),
            ("related", "Related events", view.related, ()),
            ("corrections", "Corrections", view.corrections, ()),
            ("cite", "Cite this page", True, ()),
        )
        address = f" {self.address}{path}" if self.address else ""
        before, after = self.timeline.previous[id], self.timeline.next[id]
        return Page(
            path=path,
            kind="event",
            tab=urls.HOME,
            title=event.title,
            description=prose.shortened(f"{display(event.date)}. {view.line.lead}"),
            html=self._render(
                "event",
                path,
                event=view,
                trail=self._trail(event.title, Link(str(year), urls.year(year))),
                citation=f"“{event.title}”, {display(event.date)}. {self.name}.{address}",
            ),
            headings=tuple(Heading(i, title, below) for i, title, present, below in sections if present),
            previous=self.view.event_link(before) if before else None,
            next=self.view.event_link(after) if after else None,
            source=self.timeline.corpus.files.get(id),
        )

    def issues(self) -> Page:
        return Page(
            path=urls.ISSUES,
            kind="issues",
            tab=urls.ISSUES,
            title="Issues",
            description="Every issue of the record, and the events at which it was discussed or disputed.",
            html=self._render(
                "issues", urls.ISSUES, trail=self._trail("Issues"), matrix=tables.matrix(self.view)
            ),
            source=f"{self.folder}/registry/issues.yml",
            wide=True,
        )

    def issue(self, id: str) -> Page:
        corpus, path = self.timeline.corpus, urls.issue(id)
        issue = corpus.issues[id]
        ledger = self.view.ledger(id)
        commitments = self.view.commitments(self.timeline.commitments_of_issue.get(id, ()))
        headings = [Heading(f"e-{row.event.id}", f"{row.event.title}") for row in ledger]
        if commitments:
            headings.append(Heading("commitments", "Commitments"))
        return Page(
            path=path,
            kind="issue",
            tab=urls.ISSUES,
            title=issue.name,
            description=prose.shortened(f"{issue.name}: {issue.description}"),
            html=self._render(
                "issue",
                path,
                issue=issue,
                url=path,
                trail=self._trail(issue.name, Link("Issues", urls.ISSUES)),
                wider=self.view.issue_link(issue.parent) if issue.parent else None,
                narrower=self.view.issue_links(self.timeline.children.get(id, ())),
                ledger=ledger,
                commitments=commitments,
            ),
            headings=tuple(headings),
            source=f"{self.folder}/registry/issues.yml",
        )

    def people(self) -> Page:
        groups = tables.people(self.view)
        organizations = tables.organizations(self.view)
        headings = [Heading(g.anchor, g.party.name) for g in groups]
        if organizations:
            headings.append(Heading("organizations", "Organizations"))
        return Page(
            path=urls.PEOPLE,
            kind="people",
            tab=urls.PEOPLE,
            title="People",
            description="Who took part and who spoke, by party and family name.",
            html=self._render(
                "people",
                urls.PEOPLE,
                trail=self._trail("People"),
                groups=groups,
                organizations=organizations,
            ),
            headings=tuple(headings),
            source=f"{self.folder}/registry/people.yml",
        )

    def speaker(self, id: str) -> Page:
        """Return the page of a person or an organization."""
        corpus, timeline = self.timeline.corpus, self.timeline
        speaker = self.view.speaker(id)
        person, body = corpus.people.get(id), corpus.organizations.get(id)
        holder = person or body
        assert holder is not None
        posts = [(p.title, display(p.dates) if p.dates else "") for p in person.posts] if person else []
        events = self.view.lines(timeline.events_of_person.get(id, ()))
        relayed = self.view.quotes(timeline.quotes_relayed_by.get(id, ()))
        sections = (
            ("posts", "Posts", posts),
            ("events", "Events attended", events),
            ("quotes", "Quotes", True),
            ("relayed", "Relayed", relayed),
        )
        kind = "person" if person else "organization"
        quotes = self.view.quotes(timeline.quotes_of_speaker.get(id, ()))
        return Page(
            path=speaker.url,
            kind=kind,
            tab=urls.PEOPLE,
            title=speaker.name,
            description=prose.shortened(
                f"{speaker.name}{', ' + posts[-1][0] if posts else ''}: {counted(len(quotes), 'quote')} and "
                f"{counted(len(events), 'event')} in this record."
            ),
            html=self._render(
                "speaker",
                speaker.url,
                speaker=speaker,
                trail=self._trail(speaker.name, Link("People", urls.PEOPLE)),
                party=self.view.parties[holder.party] if holder.party else None,
                note=holder.note,
                posts=posts,
                events=events,
                quotes=quotes,
                relayed=relayed,
            ),
            headings=tuple(Heading(i, title) for i, title, present in sections if present),
            source=f"{self.folder}/registry/{'people' if person else 'organizations'}.yml",
        )

    def party(self, id: str) -> Page:
        timeline, path = self.timeline, urls.party(id)
        party = self.view.parties[id]
        quotes = self.view.quotes(timeline.quotes_of_party.get(id, ()))
        commitments = self.view.commitments(timeline.commitments_of_party.get(id, ()))
        events = self.view.lines(timeline.events_of_party.get(id, ()))
        people = tables.people_of(self.view, id)
        sections = (
            ("people", "People", people),
            ("events", "Events", True),
            ("commitments", "Commitments", True),
            ("quotes", "Quotes", True),
        )
        lead = (
            f"The record as seen from one side: {counted(len(events), 'event')}, "
            f"{counted(len(quotes), 'quote')} and {counted(len(commitments), 'commitment')}."
        )
        return Page(
            path=path,
            kind="party",
            tab=urls.PEOPLE,
            title=party.name,
            description=f"{party.name}: {lead[0].lower()}{lead[1:]}",
            html=self._render(
                "party",
                path,
                party=party,
                lead=lead,
                trail=self._trail(party.name, Link("People", urls.PEOPLE)),
                people=people,
                events=events,
                commitments=commitments,
                quotes=quotes,
            ),
            headings=tuple(Heading(i, title) for i, title, present in sections if present),
            source=f"{self.folder}/registry/parties.yml",
        )

    def quotes(self) -> Page:
        counts = tables.counts(self.timeline)
        return Page(
            path=urls.QUOTES,
            kind="quotes",
            tab=urls.QUOTES,
            title="Quotes",
            description="Every quotation of the record, with speaker, date, issue, source and proof.",
            html=self._render(
                "quotes",
                urls.QUOTES,
                trail=self._trail("Quotes"),
                lead=f"{counts.proof_sentence} Newest first.",
                quotes=self.view.quotes(reversed(self.timeline.quotes)),
                panel=facets.quotes(self.timeline, self.view.parties),
            ),
        )

    def commitments(self) -> Page:
        return Page(
            path=urls.COMMITMENTS,
            kind="commitments",
            tab=urls.COMMITMENTS,
            title="Commitments",
            description="Who promised what, by when, and how it stands.",
            html=self._render(
                "commitments",
                urls.COMMITMENTS,
                trail=self._trail("Commitments"),
                commitments=self.view.commitments(self.timeline.commitments),
                panel=facets.commitments(self.timeline, self.view.parties),
            ),
        )

    def sources(self) -> Page:
        return Page(
            path=urls.SOURCES,
            kind="sources",
            tab=urls.SOURCES,
            title="Sources",
            description="What the record rests on, and how much of it is proven.",
            html=self._render(
                "sources",
                urls.SOURCES,
                trail=self._trail("Sources"),
                sources=[self.view.source(s) for s in self.timeline.corpus.sources],
            ),
            source=f"{self.folder}/registry/sources.yml",
        )

    def source(self, id: str) -> Page:
        source, path = self.view.source(id), urls.source(id)
        return Page(
            path=path,
            kind="source",
            tab=urls.SOURCES,
            title=source.title,
            description=prose.shortened(f"{source.publisher}, {source.published.text}: {source.title}"),
            html=self._render(
                "source",
                path,
                source=source,
                trail=self._trail(source.title, Link("Sources", urls.SOURCES)),
                events=self.view.lines(self.timeline.events_of_source.get(id, ())),
                quotes=self.view.quotes(self.timeline.quotes_of_source.get(id, ())),
            ),
            headings=(Heading("events", "Events that rest on it"), Heading("quotes", "Quotes")),
            source=f"{self.folder}/registry/sources.yml",
        )

    def year(self, number: int) -> Page:
        years, path = self.timeline.years, urls.year(number)
        at = years.index(number)
        year = self.view.year(number)
        earlier, later = years[at - 1] if at else None, years[at + 1] if at + 1 < len(years) else None
        return Page(
            path=path,
            kind="year",
            tab=urls.HOME,
            title=str(number),
            description=f"The timeline of {number}: {counted(len(year.events), 'event')}.",
            html=self._render(
                "year",
                path,
                year=year,
                lead=f"{counted(len(year.events), 'event')}, the newest first.",
                trail=self._trail(str(number)),
                earlier=Link(str(earlier), urls.year(earlier)) if earlier else None,
                later=Link(str(later), urls.year(later)) if later else None,
            ),
            headings=(Heading("events", "Events"),),
        )
