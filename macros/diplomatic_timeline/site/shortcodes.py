"""Components inside hand-written pages: `{{ event_card("2021-03-18-alaska") }}` in any page under `docs/`.

Only here is Markdown treated as a template. What a component renders never passes through Markdown: the
page gets a token, and the token gets the HTML once Markdown is done, so the record's text stays text.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Sequence
from functools import cached_property
from inspect import getdoc, signature
from itertools import groupby
from typing import Any, get_args

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from diplomatic_timeline.chart.low import low_chart
from diplomatic_timeline.exports.snippets import file_view
from diplomatic_timeline.model.diagnostics import Diagnostic, Position, shown, suggestion
from diplomatic_timeline.site.gallery import gallery
from diplomatic_timeline.site.site import Site
from diplomatic_timeline.site.slots import Slots
from diplomatic_timeline.site.templating import ROOT
from diplomatic_timeline.views import home, lists, tables, urls
from diplomatic_timeline.views.balance import Stocktaking
from diplomatic_timeline.views.event_lines import Decade, Year
from diplomatic_timeline.views.matrix import matrix
from diplomatic_timeline.views.models import BriefingLink, Link
from diplomatic_timeline.views.prose import shortened


class ShortcodeError(Exception):
    """A mistake in a hand-written page; carries the finding."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class _UnknownIdError(Exception):
    def __init__(self, kind: str, id: str, known: list[str]) -> None:
        super().__init__(f"there is no {kind} {id!r}")
        self.help = suggestion(id, known, f"give the id of one of the record's {kind}s")


class Calls:
    """What a hand-written page can call: each method without an underscore returns a component's HTML.

    `example` is the small record of the gallery.
    """

    def __init__(self, site: Site, example: Site | None) -> None:
        self._site, self._example, self._words = site, example, site.words

    def _component(self, name: str, *args: Any, **kwargs: Any) -> str:
        return self._site.renderer.component(name, *args, **kwargs)

    def _known(self, kind: str, id: Any, known: Any) -> Any:
        if id not in known:
            raise _UnknownIdError(kind, str(id), [*map(str, sorted(known))])
        return id

    def event_card(self, id: str, level: int = 3) -> str:
        """One event: date, title, first sentence, a quote of each side."""
        _check_level(level)
        self._known("event", id, self._site.timeline.events)
        return self._component("event_card", self._site.view.line(id), level)

    def quote(self, id: str) -> str:
        """One quotation with speaker, date, source and proof."""
        self._known("quote", id, self._site.timeline.quotes)
        return self._component("quote", self._site.view.quote(id), anchor=False)

    def commitment(self, id: str) -> str:
        """One commitment with its status."""
        self._known("commitment", id, self._site.timeline.commitments)
        view = self._site.view.commitments([id])
        return self._component("commitment_list", view, show_event=True, anchor=False)

    def timeline(
        self,
        *,
        issue: str | None = None,
        person: str | None = None,
        party: str | None = None,
        year: int | None = None,
        level: int = 2,
        filters: bool = False,
    ) -> str:
        """The timeline, or a part of it: by issue, person, party, year, combinable; filters on request."""
        _check_level(level)
        timeline, corpus = self._site.timeline, self._site.timeline.corpus
        wanted: dict[str, str] = {}
        chosen: set[str] | None = None
        for kind, id, known, index in (
            ("issue", issue, corpus.issues, timeline.events_of_issue),
            ("person", person, corpus.people, timeline.events_of_person),
            ("party", party, corpus.parties, timeline.events_of_party),
            ("year", year, timeline.years, timeline.events_of_year),
        ):
            if id is not None:
                wanted[kind] = str(id)
                found = index.get(self._known(kind, id, known), ())
                chosen = set(found) if chosen is None else chosen.intersection(found)
        if chosen is None:
            return self._whole_timeline(level, filters=filters)
        parties = self._site.view.parties
        listing = lists.listing("events", timeline, parties, self._words, chosen)
        more = None
        if not listing.whole:
            every = self._words("all.events", n=len(listing.ids))
            more = Link(every, urls.narrowed(urls.HOME, **wanted))
        panel = listing.panel if filters and listing.whole else None
        return self._component("timeline", self._years(listing.ids[: lists.FIRST]), level, panel, more)

    def _whole_timeline(self, level: int, *, filters: bool) -> str:
        """Return the newest events in full, and the way to all others."""
        timeline, listing = self._site.timeline, self._site.renderer.listing("events")
        shown = listing.ids[: lists.FIRST]
        years = self._years(shown)
        in_full = sum(len(timeline.events_of_year[y.number]) for y in years)
        last = years[-1].number if years else None
        others = [
            number
            for number in reversed(timeline.years)
            if last is not None and (number < last or (number == last and in_full > len(shown)))
        ]
        decades = [
            Decade(
                self._words("timeline.decade", year=str(decade * 10)),
                tuple((Link(str(n), urls.year(n)), len(timeline.events_of_year[n])) for n in numbers),
            )
            for decade, numbers in groupby(others, lambda number: number // 10)
        ]
        panel = listing.panel if filters else None
        # However many events there are, the main ones are seen.
        main = [id for id in listing.ids[lists.FIRST :] if timeline.events[id].prominence == "main"][:3]
        return self._component("timeline", years, level, panel, None, decades, self._site.view.lines(main))

    def _years(self, ids: Sequence[str]) -> tuple[Year, ...]:
        """Return events, which are in the order of the timeline, by year."""
        years: list[Year] = []
        for number, of_year in groupby(ids, lambda id: self._site.timeline.events[id].date.anchor.year):
            place = years[-1].place + len(years[-1].events) if years else 0
            years.append(Year(number, urls.year(number), self._site.view.lines(of_year), place))
        return tuple(years)

    def commitments(self, *, party: str | None = None, issue: str | None = None) -> str:
        """All commitments, or those of a party or on an issue, open ones first."""
        timeline, corpus = self._site.timeline, self._site.timeline.corpus
        ids = list(timeline.commitments)
        for kind, wanted, known, index in (
            ("party", party, corpus.parties, timeline.commitments_of_party),
            ("issue", issue, corpus.issues, timeline.commitments_of_issue),
        ):
            if wanted is not None:
                of = index.get(self._known(kind, wanted, known), ())
                ids = [id for id in ids if id in of]
        view = self._site.view.commitments(ids)
        return self._component("commitment_list", view, show_event=True, anchor=False)

    def overview_chart(self) -> str:
        """The low chart of all events; explored, one lane for each issue."""
        return self._overview

    @cached_property
    def _overview(self) -> str:
        def make() -> bytes:
            drawn = low_chart(self._site.timeline, self._words)
            return self._component("overview_chart", drawn, urls.OVERVIEW).encode()

        return self._site.store.get_or_make("overview chart", self._site.whole(), make).decode()

    def issue_matrix(self) -> str:
        """Issues by main events."""
        return self._component("issue_matrix", matrix(self._site.view))

    def record_counts(self) -> str:
        """How much the record holds, in one line."""
        return self._component("record_counts", tables.counts(self._site.timeline, self._words))

    def latest_meeting(self) -> str:
        """The latest meeting that is a main event: a voice of each side, what was agreed and promised."""
        event = home.latest(self._site.view)
        if event is None:
            return ""
        printed = [b for b in self._site.briefings.get(event.url, ()) if not b.shared]
        # The sheet before the whole briefing.
        sheet = min(printed, key=lambda b: not b.sheet, default=None)
        return self._component("latest_meeting", event, home.since(self._site.view, event), sheet)

    def standings(self) -> str:
        """Where the parties stand: the issues most discussed, each side's newest position."""
        return self._component("standings", home.standings(self._site.renderer.positions))

    def promise_sums(self) -> str:
        """What became of the promises, and which are not settled."""
        return self._component("promise_sums", home.promise_sums(self._site.view))

    def proof_counts(self) -> str:
        """How many quotes are proven, in total and for each source."""
        sources = [self._site.view.source(s) for s in self._site.timeline.corpus.sources]
        return self._component("proof_counts", tables.counts(self._site.timeline, self._words), sources)

    def balance(self) -> str:
        """How much each party is heard, and through which sources."""
        return self._component("balance_table", self._stock.parties())

    def issue_balance(self) -> str:
        """How much each party is heard on each issue, and through which sources."""
        return self._component("issue_balance", self._stock.issues())

    def lacks(self) -> str:
        """What is missing in the record, each line a link: the editor's list."""
        return self._component("lack_list", self._stock.lacks(lists.FIRST))

    @cached_property
    def _stock(self) -> Stocktaking:
        return Stocktaking(self._site.view)

    def corrections(self) -> str:
        """Every correction of the record, the newest first."""
        found = [
            (correction.date.order, event.id, correction)
            for event in self._site.timeline.events.values()
            for correction in event.corrections
        ]
        found.sort(key=lambda entry: entry[:2], reverse=True)
        view = self._site.view
        rows = [(view.event_link(id), view.correction(made)) for _, id, made in found]
        return self._component("correction_list", rows)

    def data_files(self) -> str:
        """Every file under /data/: size, rows, fields, licence, digest, and how to load it."""
        data = self._site.data
        return self._component("data_files", [file_view(f, data.imprint) for f in data.files])

    def briefings(self) -> str:
        """Every printable briefing, by what it is about."""
        rows = [self._printed(path, links) for path, links in self._site.briefings.items()]
        kinds = (
            ("record", "the-whole-record", "briefing.whole_record"),
            ("event", "events", "term.events"),
            ("issue", "issues", "term.issues"),
            ("person", "people", "term.people"),
            ("meeting", "meetings", "briefing.meetings"),
        )
        groups = [
            (anchor, self._words(heading), [row for of, row in rows if of == kind])
            for kind, anchor, heading in kinds
        ]
        return self._component("briefing_list", [group for group in groups if group[-1]])

    def _printed(self, path: str, links: Sequence[BriefingLink]) -> tuple[str, tuple[object, ...]]:
        """Return the kind of a briefing, and its row: its subject, how many quotations, its volumes."""
        timeline, id = self._site.timeline, path.rstrip("/").rpartition("/")[2]
        own = tuple(b for b in links if not b.shared)
        kind = own[0].kind if own else ""
        match kind:
            case "event":
                quotes = len(timeline.events[id].quotes)
            case "issue":
                quotes = len(timeline.of_family("quotes", id))
            case "person":
                quotes = len(timeline.quotes_of_speaker.get(id, ()))
            case "meeting":
                pair = id.split("--")
                quotes = sum(
                    {q.quote.speaker, q.quote.party} & {*pair} != set() for q in timeline.quotes.values()
                )
            case _:
                quotes = len(timeline.quotes)
        subject = Link(own[0].title, path if kind != "record" else urls.HOME) if own else None
        return kind, (subject, quotes, own)

    def gallery(self) -> str:
        """Every component with its documentation, rendered from the small record."""
        if self._example is None:
            raise TemplateError("the small record of the gallery is not configured")
        # Its links would lead to pages of another record; here they stay on the page.
        return re.sub(f'{ROOT}[^"]*', "#specimens", gallery(self._example))

    def page_calls(self) -> str:
        """This table: what a page can call."""
        calls = []
        for name in _called():
            function = getattr(self, name)
            arguments = ", ".join(
                p.name if p.default is p.empty else f"{p.name}={p.default!r}".replace("None", "…")
                for p in signature(function).parameters.values()
            )
            calls.append((f"{name}({arguments})", (getdoc(function) or "").split("\n")[0]))
        return self._component("call_table", calls)


class Shortcodes:
    """Renders the components that a hand-written page names. `example` is the small record of the gallery."""

    def __init__(self, site: Site, example: Site | None = None) -> None:
        self.calls = Calls(site, example)
        # Whoever writes a page need not be trusted to run programs: no template of ours, nothing of Python's.
        self.env = ImmutableSandboxedEnvironment(
            autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )

    def expand(self, markdown: str, file: str, first_line: int = 1) -> tuple[str, Slots]:
        """Return Markdown with tokens for its components, and what the tokens stand for.

        `file` and `first_line` say where the Markdown stands, for findings. Raises ShortcodeError.
        """
        slots = Slots(markdown)
        if "{{" not in markdown and "{%" not in markdown and "{#" not in markdown:
            return markdown, slots
        names = {name: self._kept(function, slots) for name, function in self.components().items()}
        try:
            return self.env.from_string(markdown).render(names), slots
        except Exception as error:
            raise ShortcodeError(_finding(error, markdown, file, first_line, list(names))) from error

    def components(self) -> dict[str, Callable[..., str]]:
        """Return what a page can call, by name."""
        return {name: getattr(self.calls, name) for name in _called()}

    @staticmethod
    def _kept(function: Callable[..., str], slots: Slots) -> Callable[..., Markup]:
        takes = signature(function, eval_str=True)

        def call(*args: Any, **kwargs: Any) -> Markup:
            for name, value in takes.bind(*args, **kwargs).arguments.items():
                kind = takes.parameters[name].annotation
                if type(value) not in (get_args(kind) or (kind,)):  # a subclass is no plain value
                    raise TypeError(f"{name!r} cannot be {shown(repr(value))}")
            return slots.keep(function(*args, **kwargs))

        return call


def _called() -> list[str]:
    return [name for name in vars(Calls) if not name.startswith("_")]


def _check_level(level: int) -> None:
    if not 1 <= level <= 5:
        raise TypeError(f"'level' is that of a heading, from 1 to 5, and not {level}")


def _finding(error: Exception, markdown: str, file: str, first_line: int, known: list[str]) -> Diagnostic:
    if isinstance(error, TemplateSyntaxError):
        line, message = error.lineno, f"the page's template is wrong: {error.message}"
    else:
        frames = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == "<template>"]
        line, message = (frames[0] or 1) if frames else 1, shortened(str(error), 200)
    lines = markdown.splitlines()
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    column = max(text.find("{{"), text.find("{%"), 0) + 1
    remedy = (
        "see docs/develop/gallery.md for what a page can call; "
        "text with braces stands between {% raw %} and {% endraw %}"
    )
    if isinstance(error, _UnknownIdError):
        remedy = error.help
    elif undefined := re.fullmatch(r"'(\w+)' is undefined", str(error)):
        remedy = suggestion(undefined[1], known, remedy)
    return Diagnostic(
        "page-macro", message, Position(file, first_line + line - 1, column), remedy, text or None
    )
