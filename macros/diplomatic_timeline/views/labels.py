"""The words that readers see for the record's closed vocabularies."""

from __future__ import annotations

from diplomatic_timeline.model.vocabulary import Kind, Phase

KINDS: dict[str, str] = {
    "visit": "visit",
    "meeting": "meeting",
    "talks": "talks",
    "summit": "summit",
    "call": "call",
    "statement": "statement",
    "agreement": "agreement",
    "measure": "measure",
    "incident": "incident",
}
LEVELS: dict[str, str] = {
    "head-of-state": "heads of state",
    "minister": "ministers",
    "senior-official": "senior officials",
    "working": "working level",
    "military": "military",
    "other": "other level",
}
STATUSES: dict[str, str] = {
    "planned": "planned",
    "held": "held",
    "postponed": "postponed",
    "cancelled": "cancelled",
}
ROLES: dict[str, str] = {
    "head": "head of delegation",
    "delegate": "delegate",
    "host": "host",
    "interpreter": "interpreter",
}
OUTCOMES: dict[str, str] = {
    "agreed": "agreed",
    "narrowed": "differences narrowed",
    "unchanged": "unchanged",
    "widened": "differences widened",
    "not-discussed": "not discussed",
    "unknown": "not recorded",
}
RENDERINGS: dict[str, str] = {
    "as-spoken": "as spoken",
    "interpreted": "through an interpreter",
    "official-translation": "official translation",
    "press-translation": "press translation",
    "written": "in writing",
}
COMMITMENT_STATUSES: dict[str, str] = {
    "open": "open",
    "fulfilled": "fulfilled",
    "partly": "partly fulfilled",
    "lapsed": "lapsed",
    "superseded": "superseded",
    "disputed": "disputed",
    "unknown": "unknown",
}
SOURCE_KINDS: dict[str, str] = {
    "press": "press report",
    "readout": "readout",
    "transcript": "transcript",
    "joint-statement": "joint statement",
    "post": "post",
    "broadcast": "broadcast",
}
PROOFS: dict[str, str] = {
    "verified": "proven",
    "not-found": "not found in its source",
    "unpinned": "source not pinned",
}
_LASTING: frozenset[str] = frozenset(("visit", "talks", "meeting", "summit", "call"))


def phase(phase: Phase, kind: Kind, *, elsewhere: bool, several_days: bool) -> str:
    """Return how a quote stands to its event: `before the talks`, `on the day of the visit`.

    `elsewhere` is for what was said on the event's dates, but on an occasion of its own.
    """
    noun = KINDS[kind]
    match phase:
        case "before" | "after":
            return f"{phase} the {noun}"
        case "at" if elsewhere and kind != "visit":
            return f"on the day{'s' if several_days else ''} of the {noun}"
        case _:
            during = "during" if kind in ("visit", "talks", "call") else "at"
            return f"{during} the {noun}" if kind in _LASTING else f"with the {noun}"
