"""What was said, held and promised, as a briefing sets it; sources are numbered as the reader meets them."""

from __future__ import annotations

from collections.abc import Iterable

from diplomatic_timeline.briefings.selection import Selected
from diplomatic_timeline.briefings.text import Value, name, pieces
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.views.commitments import CommitmentView
from diplomatic_timeline.views.event_issues import IssueRow, LedgerRow, Side
from diplomatic_timeline.views.models import QuoteView
from diplomatic_timeline.views.presenter import Presenter


class Statements:
    """Prepares quotations, positions and commitments of a selection.

    `numbers` holds each source that was met, with its number.
    """

    def __init__(self, view: Presenter, selected: Selected) -> None:
        self.view, self.selected, self.words = view, selected, view.words
        self.timeline = view.timeline
        self.numbers: dict[str, int] = {}

    def source(self, id: str) -> int:
        """Return a source's number; a new one has the next."""
        return self.numbers.setdefault(id, len(self.numbers) + 1)

    def chosen(self, ids: Iterable[str]) -> list[str]:
        """Return those of the quotes that are selected."""
        return [id for id in ids if id in self.selected.quotes]

    def quote(self, quote: QuoteView, under: str) -> Value:
        """Return a quotation as it stands under an issue."""
        record = self.timeline.quotes[quote.id].quote
        also = [self.view.corpus.issues[i].name for i in record.issues if i != under]
        return {
            "id": quote.id,
            "words": pieces(quote.text),
            "lead": quote.lead_in,
            "others": [{**name(o.speaker), "post": o.post, "party": o.party.id} for o in quote.others],
            "lang": quote.language,
            "original": {"lang": quote.original[0], "text": quote.original[1]} if quote.original else None,
            "speaker": name(quote.speaker),
            "post": quote.post,
            "party": quote.party.id,
            "date": quote.date.text,
            "phase": quote.phase_label,
            "occasion": quote.occasion,
            "proof": quote.proof,
            "proof_label": quote.proof_label,
            "source": self.source(record.source),
            "locator": quote.locator,
            "via": self.words("quote.relayed_by", speaker=quote.via.text) if quote.via else None,
            "rendering": quote.rendering,
            "note": quote.note,
            "corrected": [
                f"{self.words('quote.corrected_so', date=c.date.text, text=c.text)} {c.changed}".rstrip()
                for c in quote.corrections
            ],
            "also": self.words("quote.also_on", issues=self.words("list.comma").join(also)) if also else None,
        }

    def stance(self, side: Side, event: str, issue: str) -> Value:
        """Return one party's position on an issue at an event, and what it is based on."""
        at_issue = next(i for i in self.timeline.events[event].issues if i.issue == issue)
        position = at_issue.positions.get(side.party.id)
        return {
            "party": side.party.id,
            "statement": side.statement,
            "sources": [self.source(s) for s in position.sources] if position else [],
        }

    def side(self, side: Side, event: str, issue: str) -> Value:
        """Return one party's words and position on an issue; a party that says nothing is named so."""
        joint = [link.text for link in side.joint]
        return {
            **self.stance(side, event, issue),
            "quotes": [self.quote(q, issue) for q in side.quotes],
            "joint": self.words("quote_pair.joint", quotes=self.words("list.semicolon").join(joint))
            if joint
            else None,
            "none": None
            if side.quotes or side.statement or joint
            else self.words("silent.party", party=side.party.name),
        }

    def groups(self, event: Event) -> list[Value]:
        """Return an event's selected quotations by issue, each side's beside the other's."""
        groups = []
        for at_issue in event.issues:
            # A quote on several issues stands once, under the first of them that the briefing shows.
            ids = [
                q.id
                for q in event.quotes
                if q.id in self.selected.quotes
                and next(i for i in q.issues if i in self.selected.issues) == at_issue.issue
            ]
            if ids:
                columns = () if self.selected.one_sided else self.view.timeline.columns_of(event)
                sides = [s for s in self.view.sides(ids) if s.quotes or s.joint or s.party.id in columns]
                groups.append(
                    {
                        "name": self.view.corpus.issues[at_issue.issue].name,
                        "sides": [self.side(s, event.id, at_issue.issue) for s in sides],
                        "outside": [self.quote(q, at_issue.issue) for q in self.view.outside(ids)],
                    }
                )
        return groups

    def stances(self, row: IssueRow, event: Event, issue: str) -> Value:
        """Return an issue at an event: who raised it, each side's position, the outcome."""
        raised = [party.phrase for party in row.raised_by]
        columns = self.view.timeline.columns_of(event)
        return {
            "name": row.issue.text,
            "id": issue,
            "raised_by": self.words("issue_row.raised_by", parties=self.words.listed(raised))
            if raised
            else None,
            "outcome": self.outcome(row),
            "sides": [self.stance(s, event.id, issue) for s in row.sides if s.party.id in columns],
            "outside": [self.stance(s, event.id, issue) for s in row.analysts if s.statement],
        }

    def outcome(self, row: IssueRow | LedgerRow) -> str | None:
        """Return where an event left an issue, or None where that is not known."""
        known = row.outcome != "unknown"
        return self.words("issue_row.outcome", outcome=row.outcome_label) if known else None

    def commitment(self, commitment: CommitmentView) -> Value:
        record = self.timeline.commitments[commitment.id].commitment
        corpus, words = self.view.corpus, self.words
        evidence = (*(e for change in record.history for e in change.evidence), *record.evidence)
        shown_by = [corpus.events[e].title for e in dict.fromkeys(evidence) if e in corpus.events]
        sources = [s for s in (record.source, *evidence) if s in corpus.sources]
        story = [f"{s.text} ({s.note})" if s.note else s.text for s in commitment.history]
        kind = () if commitment.type == "promise" else (commitment.type_label,)
        return {
            "statement": commitment.statement,
            "parties": [p.id for p in commitment.made_by],
            "due": commitment.due.text if commitment.due else None,
            "due_text": words.quoted(commitment.due_text) if commitment.due_text else None,
            "recurs": commitment.recurs,
            "history": words("list.comma").join(story) or None,
            "status": words("list.comma").join((*kind, commitment.status_label)),
            "open": commitment.status == "open",
            "checked": words("commitment.checked", date=commitment.last_checked.text),
            "evidence": words("briefing.shown_by", evidence=words("list.semicolon").join(shown_by))
            if shown_by
            else None,
            "sources": [self.source(s) for s in dict.fromkeys(sources) if s],
        }
