"""A source as pages and briefings show it: where and when it was published, and how much of it is proven."""

from __future__ import annotations

from diplomatic_timeline.model.dates import parse_date
from diplomatic_timeline.model.registries import Source
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.models import DateView, SourceView
from diplomatic_timeline.views.names import Names


def source_view(view: Names, id: str) -> SourceView:
    """Return a source, what rests on it, and how much of that is proven."""
    source, words = view.corpus.sources[id], view.words
    resting = view.timeline.quotes_of_source.get(id, ())
    proofs = [view.timeline.quotes[q].proof for q in resting]
    by = [*(a.name for a in source.authors), *([source.agency] if source.agency else [])]
    return SourceView(
        id=id,
        title=source.title,
        untitled=source.untitled,
        publisher=publisher(view, id),
        byline=words("list.comma").join(by),
        published=published(view, id),
        kind=words(f"source_kind.{source.kind}"),
        official=source.issuer is not None,
        numbered=_numbered(view, source),
        language=source.language,
        address=source.url,
        archive=source.archive_url,
        note=source.note,
        quotes=len(resting),
        proven=sum(p.outcome == "verified" for p in proofs),
        pinned=pinned(view, next((p.pinned for p in proofs if p.pinned), None)),
        url=urls.source(id),
        reached=tuple((words(f"rendering.{how}"), number) for how, number in view.timeline.renderings(id)),
    )


def publisher(view: Names, source: str) -> str:
    """Return where a source was published, or that it does not say."""
    return view.corpus.sources[source].publisher or view.words("source.unknown_publisher")


def published(view: Names, source: str) -> DateView:
    """Return when a source was published, or that it does not say."""
    when = view.corpus.sources[source].published
    return view.date(when) if when else DateView(view.words("source.undated"), None)


def pinned(view: Names, day: str | None) -> str | None:
    """Return the day on which a source was pinned, in words."""
    return view.date(parse_date(day)).text if day else None


def _numbered(view: Names, source: Source) -> tuple[tuple[str, str | None], ...]:
    found: list[tuple[str, str | None]] = [(source.number, None)] if source.number else []
    if source.pages:
        found.append((view.words("source.pages", pages=source.pages), None))
    if source.doi:
        found.append((view.words("source.doi", doi=source.doi), urls.doi(source.doi)))
    return tuple(found)
