"""Invented sources in which invented quotations stand, pinned."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from diplomatic_timeline.proof.pins import fingerprint, render

from .wording import Wording


def pin_all(
    sources: Iterable[str], said: Mapping[str, Sequence[Mapping[str, Any]]], folder: Path, seed: int
) -> None:
    """Pin an invented text for each source in which its quotations stand."""
    folder.mkdir()
    chance = random.Random(seed)
    wording = Wording(chance)
    for source in sources:
        parts = [wording.paragraphs(1)]
        for quote in said.get(source, ()):
            pieces = wording.pieces(quote["text"])
            spoken = " the speaker said. ".join(f"“{piece}”" for piece in pieces)
            parts.append(f"{spoken} {quote['suffix'] + ' ' if 'suffix' in quote else ''}were the words.")
            parts.append(wording.sentence(12, 30))
        text = "\n\n".join(parts)
        digest = sha256(text.encode()).hexdigest()
        pin = fingerprint(text, source=source, sha256=digest, extractor="plain text", pinned="2025-06-30")
        (folder / f"{source}.pin").write_text(render(pin), encoding="ascii")
