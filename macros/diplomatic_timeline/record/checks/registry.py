"""Rules across fields and files: what one record says of another must be so.

`CHECKS` is a tuple of generators; each takes a `Reading` and yields findings. Codes are documented in
docs/contribute/errors.md.
"""

from __future__ import annotations

from collections.abc import Callable

from diplomatic_timeline.record.checks.dates import dates
from diplomatic_timeline.record.checks.evidence import agreement
from diplomatic_timeline.record.checks.ids import identities, repetitions
from diplomatic_timeline.record.checks.people import parties, posts
from diplomatic_timeline.record.checks.quotations import proven, quotation_marks, quotations
from diplomatic_timeline.record.checks.references import hierarchy, references
from diplomatic_timeline.record.reading import Findings, Reading

Check = Callable[[Reading], Findings]

CHECKS: tuple[Check, ...] = (
    references,
    identities,
    repetitions,
    dates,
    posts,
    agreement,
    parties,
    hierarchy,
    quotations,
    quotation_marks,
    proven,
)
