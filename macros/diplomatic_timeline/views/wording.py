"""Numbers in words."""

from __future__ import annotations


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: `1 quote`, `4 quotes`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def kilobytes(size: int) -> str:
    """Return a file's size in words: `236 kB`, `1.4 MB`."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{-(-size // 1000)} kB"
