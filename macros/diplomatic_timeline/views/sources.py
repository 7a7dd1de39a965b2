"""A source as pages and briefings show it: where and when it was published, and how much of it is proven."""

from __future__ import annotations

from diplomatic_timeline.model.dates import parse_date
from diplomatic_timeline.model.registries import Source
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.dates import display
from diplomatic_timeline.views.models import DateView, SourceView
from diplomatic_timeline.views.timeline import Timeline
from diplomatic_timeline.views.wording import Wording


def source_view(timeline: Timeline, words: Wording, id: str) -> SourceView:
    """Return a source, what rests on it, and how much of that is proven."""
    source = timeline.corpus.sources[id]
    resting = timeline.quotes_of_source.get(id, ())
    proofs = [timeline.quotes[q].proof for q in resting]
    by = [*(a.name for a in source.authors), *([source.agency] if source.agency else [])]
    return SourceView(
        id=id,
        title=source.title,
        untitled=source.untitled,
        publisher=publisher(timeline, words, id),
        byline=words("list.comma").join(by),
        published=published(timeline, words, id),
        kind=words(f"source_kind.{source.kind}"),
        official=source.issuer is not None,
        numbered=_numbered(words, source),
        language=source.language,
        address=source.url,
        archive=source.archive_url,
        note=source.note,
        quotes=len(resting),
        proven=sum(p.outcome == "verified" for p in proofs),
        pinned=pinned(words, next((p.pinned for p in proofs if p.pinned), None)),
        url=urls.source(id),
    )


def publisher(timeline: Timeline, words: Wording, source: str) -> str:
    """Return where a source was published, or that it does not say."""
    return timeline.corpus.sources[source].publisher or words("source.unknown_publisher")


def published(timeline: Timeline, words: Wording, source: str) -> DateView:
    """Return when a source was published, or that it does not say."""
    when = timeline.corpus.sources[source].published
    return DateView(display(when, words), when.machine) if when else DateView(words("source.undated"), None)


def pinned(words: Wording, day: str | None) -> str | None:
    """Return the day on which a source was pinned, in words."""
    return display(parse_date(day), words) if day else None


def _numbered(words: Wording, source: Source) -> tuple[tuple[str, str | None], ...]:
    found: list[tuple[str, str | None]] = [(source.number, None)] if source.number else []
    if source.pages:
        found.append((words("source.pages", pages=source.pages), None))
    if source.doi:
        found.append((words("source.doi", doi=source.doi), urls.doi(source.doi)))
    return tuple(found)
