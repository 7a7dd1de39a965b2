"""The blocks of a sheet: rows of positions, promises and events, each with a rank and a weight.

The template sets as many of the first ranks as there is room for, and says how much is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from diplomatic_timeline.briefings.text import Value, blocks, pieces
from diplomatic_timeline.model.translations import part_of
from diplomatic_timeline.views.commitments import CommitmentView
from diplomatic_timeline.views.models import QuoteView
from diplomatic_timeline.views.positions import Stand
from diplomatic_timeline.views.preparation import OPEN
from diplomatic_timeline.views.presenter import Presenter
from diplomatic_timeline.views.wording import Wording

ROWS, LONG = 40, 420
"""The most rows that a block is tried with, and the characters after which our own words are cut."""

_FIRST = 4  # rows that are set whole before anything else is


class Blocks:
    """Prepares the blocks of one sheet, which stands on the day `as_of`; `aged` as in Sheet."""

    def __init__(self, view: Presenter, as_of: date | None, *, aged: bool) -> None:
        self.view, self.words, self.timeline = view, view.words, view.timeline
        self.as_of, self.aged = as_of, aged
        self._sources: dict[str, None] = {}
        self._quoted: dict[str, None] = {}

    def positions(
        self,
        rows: list[Value],
        *,
        full: bool,
        quotes: int = 0,
        quiet: Sequence[str] = (),
        silent: Sequence[str] = (),
        by_event: bool = False,
    ) -> Value:
        """Return what each side holds, an issue or an event a row; `quotes` are those that could be told."""
        block = self.block("positions", "", rows, "events" if by_event else "issues", full=full)
        told = {side["quote"]["id"] for row in block["rows"] for side in row["sides"] if side["quote"]}
        beyond = max(0, quotes - len(told))
        words = self.words
        notes = [words("sheet.named_only", issues=words.listed(list(quiet)[:12]))] if quiet else []
        if silent and rows:
            names = words.listed([self.view.parties[p].name for p in silent])
            notes.append(words("sheet.party_silent", parties=names))
        return {
            **block,
            "more_quotes": [self._more("quotes", n + beyond, full=full) for n in range(len(told) + 1)],
            "by_event": by_event,
            "shares": _shares(block["rows"]),
            "quiet": " ".join(notes),
        }

    def promises(self, promised: Iterable[CommitmentView], *, full: bool, beyond: int = 0) -> Value:
        """Return commitments with their status; `beyond` are not among them."""
        rows = [
            {
                "statement": cut(made.statement, 300),
                "parties": [p.id for p in made.made_by],
                "due": cut(
                    made.due.text if made.due else made.due_text or self.words("briefing.no_date"), 80
                ),
                "late": self._past_due(made.id) if self.late(made.id) else "",
                "status": self.words("sheet.open", date=made.last_checked.text)
                if made.status == "open"
                else made.status_label,
                "warning": made.type_label if made.type != "promise" else "",
            }
            for made in promised
        ]
        heading = self.words("term.commitments")
        return self.block("promises", heading, rows, "commitments", full=full, beyond=beyond)

    def late(self, id: str) -> bool:
        """Return whether a promise was due before the day on which the sheet stands, and is not settled."""
        made = self.timeline.commitments[id].commitment
        unsettled = made.status in OPEN and made.type != "warning"
        return bool(unsettled and made.due and self.as_of and made.due.last < self.as_of)

    def _past_due(self, id: str) -> str:
        """Return that a due date has passed; how long ago where a day was asked for."""
        due = self.timeline.commitments[id].commitment.due
        if not (self.aged and due and self.as_of):
            return self.words("sheet.past_due")
        return self.words("sheet.past_due_since", age=age(due.last, self.as_of, self.words))

    def chronology(self, key: str, events: Iterable[str], *, full: bool) -> Value:
        """Return events, a line each, under the heading of that key."""
        rows = []
        for line in self.view.lines(events):
            text = line.title
            if line.agreed:
                issues = self.words.listed([link.text for link in line.agreed[:3]])
                text = self.words("sheet.agreed_on", event=text, issues=issues)
            rows.append({"date": line.date.text, "text": cut(text, 200)})
        return self.block("chronology", self.words(key), rows, "events", full=full)

    def account(self, summary: str, lead: str) -> Value:
        """Return the rest of the summary, a paragraph a row; its first sentence is in the lead."""
        paragraphs = [
            "".join(run["text"] for run in block["runs"]) for block in blocks(summary) if block["kind"] == "p"
        ]
        rest = [p.removeprefix(lead).strip() if n == 0 else p for n, p in enumerate(paragraphs)]
        rows: list[Value] = [{"text": part_of(summary, cut(p, 900))} for p in rest if p]
        return self.block("account", self.words("event.summary"), rows, "paragraphs", full=True)

    def block(
        self, kind: str, heading: str, rows: list[Value], what: str, *, full: bool = False, beyond: int = 0
    ) -> Value:
        """Return a block of at most ROWS rows, with what is said of so many that are left out."""
        beyond += len(rows[ROWS:])
        more = [self._more(what, n + beyond, full=full) for n in range(len(rows[:ROWS]) + 1)]
        return {"kind": kind, "title": heading, "rows": rows[:ROWS], "more": more}

    def _more(self, what: str, n: int, *, full: bool) -> str:
        where = self.words("sheet.in_full" if full else "sheet.on_page")
        return self.words(f"sheet.more.{what}", n=n, where=where) if n else ""

    def sides(
        self, stands: Sequence[Stand | None], parties: Sequence[str], among: Sequence[str], *, dated: bool
    ) -> list[Value]:
        """Return the stands of the parties `among` those with a column, `dated` where they may be old."""
        pairs = zip(parties, stands, strict=True)
        return [self._side(party, stand, dated=dated) for party, stand in pairs if party in among]

    def _side(self, party: str, stand: Stand | None, *, dated: bool) -> Value:
        statement = note = ""
        quote = None
        if stand:
            quote = next((q for q in stand.quotes if len(q.text) <= LONG), None)
            statement = cut(stand.statement or "", LONG)
            if dated and (statement or quote is None):
                event = cut(stand.event.text, 70)
                note = self.words("sheet.stand", date=stand.date.text, event=event)
        said = self._quote(quote) if quote else None
        return {"party": party, "statement": statement, "note": note, "quote": said}

    def _quote(self, quote: QuoteView) -> Value:
        record = self.timeline.quotes[quote.id]
        self._sources[record.quote.source] = None
        self._quoted[quote.id] = None
        facts = (
            cut(quote.speaker.name, 60),
            quote.date.text,
            quote.phase_label if record.phase != "at" else "",
            cut(quote.source.text, 60),
            cut(quote.locator or "", 40),
            self.words("source.withdrawn_of_quote", date=quote.withdrawn.text) if quote.withdrawn else "",
            *(self.words("quote.corrected", date=c.date.text) for c in quote.corrections[-1:]),
        )
        return {
            "id": quote.id,
            "words": pieces(quote.text),
            "lead": quote.lead_in or "",
            "lang": quote.language,
            "facts": [fact for fact in facts if fact],
            "proof": quote.proof,
            "unproven": "" if quote.proof == "verified" else quote.proof_label,
        }

    def foot(self) -> str:
        """Return the sources of what is quoted, and how many quotations match theirs."""
        proven = sum(self.timeline.quotes[q].proof.outcome == "verified" for q in self._quoted)
        named = [self.view.source_link(id).text for id in self._sources]
        told = self.words("list.semicolon").join(named[:4])
        if len(named) > 4:
            told = self.words("sheet.sources_more", sources=told, n=len(named) - 4)
        parts = [self.words("sheet.sources", sources=told)] if named else []
        if self._quoted:
            parts.append(self.words("proof.quotes.some", n=len(self._quoted), proven=proven))
        return " · ".join(parts)


def ranked(found: Iterable[Value]) -> tuple[list[Value], list[int]]:
    """Return the blocks that have rows, and the weight of what each rank adds.

    Each row and each row's quotations get their rank: what is set first when there is little room.
    """
    kept = [block for block in found if block["rows"]]
    weights: list[int] = []
    by = {block["kind"]: block["rows"] for block in kept}

    def rank(row: Value, key: str = "rank") -> None:
        row[key] = len(weights)
        weights.append(_weight(row, quotes=key == "said"))

    def whole(rows: Iterable[Value]) -> None:
        for row in rows:
            rank(row)
            rank(row, "said")

    # What both sides speak to comes first; rows stay in their order on the page.
    telling = sorted(
        by.get("positions", ()),
        key=lambda row: -sum(bool(s["statement"] or s["quote"]) for s in row["sides"]),
    )
    lines = [by.get(kind, []) for kind in ("raised", "promises", "recurring", "chronology", "account")]
    whole(telling[:2])
    for rows in lines[:4]:
        for row in rows[:3]:
            rank(row)
    whole(telling[2:_FIRST])
    for key in ("rank", "said"):
        for row in telling[_FIRST:10]:
            rank(row, key)
    for row in lines[4][:3]:
        rank(row)
    whole(telling[10:])
    for rows in lines:
        for row in rows[3:]:
            rank(row)
    return kept, weights


def _weight(row: Value, *, quotes: bool) -> int:
    """Return about how many characters of a page a row takes, without its quotations or these alone."""
    if "sides" not in row:
        return 90 + len(row.get("text") or row.get("statement", ""))
    if quotes:
        return sum(80 + sum(len(t) for _, t in s["quote"]["words"]) for s in row["sides"] if s["quote"])
    return 100 + sum(len(s["statement"]) + len(s["note"]) for s in row["sides"])


def _shares(rows: Sequence[Value]) -> list[float]:
    """Return how wide each side's column is beside the others': who says much has up to twice as much."""
    if not rows:
        return []
    sizes = [
        sum(
            len(side["statement"]) + sum(len(text) for _, text in (side["quote"] or {"words": ()})["words"])
            for side in (row["sides"][n] for row in rows)
        )
        for n in range(len(rows[0]["sides"]))
    ]
    least = max(1, min(sizes, default=1))
    return [round(min(2.0, max(1.0, (size / least) ** 0.5)), 2) for size in sizes]


def cut(text: str, length: int) -> str:
    """Return a text, or its beginning up to a word where it is longer."""
    if len(text) <= length:
        return text
    beginning = text[: length - 1]
    at = beginning.rfind(" ")
    return part_of(text, f"{beginning[:at] if at > length // 2 else beginning}…")


def age(since: date, until: date, words: Wording) -> str:
    """Return the time between two days in words: years and months, or days."""
    months = (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)
    if months < 1:
        return words("sheet.days", n=(until - since).days)
    years, rest = divmod(months, 12)
    parts = [words("sheet.years", n=years)] if years else []
    if rest:
        parts.append(words("sheet.months", n=rest))
    return " ".join(parts)
