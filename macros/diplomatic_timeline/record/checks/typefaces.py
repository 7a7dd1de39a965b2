"""Every character of the record can be printed, with the program's typefaces or the record's own."""

from __future__ import annotations

from diplomatic_timeline.assets.coverage import named, remedy, uncovered
from diplomatic_timeline.record.checks.check import check
from diplomatic_timeline.record.nodes import leaves
from diplomatic_timeline.record.reading import Findings, Reading


@check(scope="event")
def characters(reading: Reading) -> Findings:
    """A text has no character that no typeface has."""
    strange = uncovered(reading.coverage)
    for kind, id in reading.origins:
        record = reading.sound_records(kind).get(id)
        # As JSON it is one text; where all is well, nothing else is looked at.
        if record is None or not strange.search(record.model_dump_json()):
            continue
        origin = reading.origins[kind, id]
        for path, text in leaves(origin.document.value_at(origin.base)):
            if isinstance(text, str) and (found := strange.search(text)):
                message = f"no typeface has the character {named(found[0])}"
                yield reading.finding("unprintable-character", message, (kind, id, *path), remedy(found[0]))
