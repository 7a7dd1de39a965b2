"""The rules across fields and files: what one record says of another must be so.

Every `Check` in the modules named here is run. Codes are documented in docs/contribute/errors.md.
"""

from __future__ import annotations

from diplomatic_timeline.record.checks import (
    corrections,
    dates,
    evidence,
    ids,
    people,
    quotations,
    references,
    texts,
    typefaces,
)
from diplomatic_timeline.record.checks.check import Check

CHECKS: tuple[Check, ...] = tuple(
    value
    for module in (corrections, dates, evidence, ids, people, quotations, references, texts, typefaces)
    for value in vars(module).values()
    if isinstance(value, Check)
)
