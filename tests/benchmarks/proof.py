"""Measures what proving costs: quotations against pinned sources, from pin files on disk.

Run as `python -m tests.benchmarks.proof [--sources N] [--quotes N]`. The texts are drawn from a seed; the
figures are printed and, with `--json FILE`, written.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import resource
import tempfile
import time
from hashlib import sha256
from pathlib import Path

from diplomatic_timeline.proof.matching import find
from diplomatic_timeline.proof.pins import fingerprint, parse, render

SEED = 20240531
WORDS_OF_A_SOURCE = 900
WORDS_OF_A_QUOTE = (6, 45)


def _vocabulary(chance: random.Random) -> list[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return ["".join(chance.choices(letters, k=chance.randint(2, 11))) for _ in range(12_000)]


def _text(chance: random.Random, vocabulary: list[str]) -> list[str]:
    """Return a source's sentences, about `WORDS_OF_A_SOURCE` words together."""
    sentences: list[str] = []
    total = 0
    while total < WORDS_OF_A_SOURCE:
        size = chance.randint(*WORDS_OF_A_QUOTE)
        sentences.append(" ".join(chance.choices(vocabulary, k=size)).capitalize() + ".")
        total += size
    return sentences


def measure(sources: int, quotes: int, folder: Path) -> dict[str, float | int | str]:
    """Return seconds, bytes and counts of pinning, reading pins, and proving."""
    chance = random.Random(SEED)
    vocabulary = _vocabulary(chance)
    figures: dict[str, float | int | str] = {
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "sources": sources,
        "quotes": quotes,
    }
    chosen: list[tuple[int, str]] = []
    size = 0
    started = time.process_time()
    for n in range(sources):
        sentences = _text(chance, vocabulary)
        text = "\n\n".join(sentences)
        pin = fingerprint(
            text,
            source=f"source-{n}",
            sha256=sha256(text.encode()).hexdigest(),
            extractor="plain text",
            pinned="2024-05-31",
        )
        written = render(pin)
        size += len(written)
        (folder / f"source-{n}.pin").write_text(written, encoding="ascii")
        share = quotes * (n + 1) // sources - quotes * n // sources
        chosen += [(n, chance.choice(sentences)) for _ in range(share)]
    figures["pin_cpu_s"] = round(time.process_time() - started, 2)
    figures["bytes_per_pin"] = size // sources

    started = time.process_time()
    pins = [parse((folder / f"source-{n}.pin").read_text(encoding="ascii")) for n in range(sources)]
    figures["read_pins_cpu_s"] = round(time.process_time() - started, 2)

    started = time.process_time()
    proven = sum(find(text, pins[n]).verified for n, text in chosen)
    figures["prove_cpu_s"] = round(time.process_time() - started, 2)
    figures["proven"] = proven
    figures["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=10_000)
    parser.add_argument("--quotes", type=int, default=100_000)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(options.sources, options.quotes, Path(folder))
    width = max(map(len, figures))
    for name, value in figures.items():
        print(f"{name:<{width}}  {value:,}" if isinstance(value, int) else f"{name:<{width}}  {value}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
