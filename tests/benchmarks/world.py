"""Who takes part in invented records, and in what."""

from __future__ import annotations

from typing import Any

PARTIES: dict[str, dict[str, Any]] = {
    "norland": {
        "name": "Federation of Norland",
        "short": "Norland",
        "phrase": "the Federation of Norland",
        "adjective": "Norlandic",
        "color": "blue",
        "marker": "diamond",
        "order": 1,
    },
    "haidong": {
        "name": "Haidong",
        "short": "Haidong",
        "adjective": "Haidongese",
        "color": "red",
        "marker": "circle",
        "order": 2,
    },
    "islands": {
        "name": "League of the Outer Islands",
        "short": "Islands",
        "phrase": "the League of the Outer Islands",
        "adjective": "Islander",
        "color": "green",
        "marker": "triangle",
        "order": 3,
    },
    "observers": {
        "name": "Independent analysts",
        "short": "Analysts",
        "adjective": "Independent",
        "color": "neutral",
        "marker": "square",
        "order": 9,
        "observer": True,
    },
}
SPEAKING = ("norland", "haidong", "islands")
POSTS = (
    "President",
    "Prime Minister",
    "Foreign Minister",
    "Minister of Defence",
    "Trade Representative",
    "National Security Adviser",
    "Deputy Foreign Minister",
    "Foreign Ministry spokesperson",
    "Ambassador",
    "Director for Asian Affairs",
    "Chief of Protocol",
    "Head of the Economic Section",
)
KINDS = ("talks",) * 5 + ("meeting",) * 5 + ("visit", "visit", "call", "statement", "agreement", "summit")
TRANSLATED = ("interpreted", "official-translation", "press-translation")
CONTEXT_KINDS = ("measure", "incident", "statement", "agreement")
