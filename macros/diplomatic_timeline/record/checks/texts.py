"""Our own words are plain: no marks around them, and of CommonMark what the pages show."""

from __future__ import annotations

from diplomatic_timeline.model.links import unshown
from diplomatic_timeline.record.checks.check import check
from diplomatic_timeline.record.nodes import FieldPath
from diplomatic_timeline.record.reading import ALL, Findings, Reading

_PAIRS = ("“”", "„“", "«»", "「」", "『』")
_OWN_WORDS: tuple[FieldPath, ...] = (
    ("title",),
    ("summary",),
    ("issues", ALL, "positions", ALL, "statement"),
    ("commitments", ALL, "statement"),
)


@check(scope="event")
def marks_around_own_words(reading: Reading) -> Findings:
    """What is in our own words does not stand between quotation marks; those of YAML are straight."""
    for pattern in _OWN_WORDS:
        for where, text in reading.texts("events", pattern):
            inner = text.strip()[1:-1]
            if text.strip() in [pair[0] + inner + pair[1] for pair in _PAIRS]:
                yield reading.finding(
                    "quotation-marks",
                    f"the quotation marks around the {pattern[-1]} are part of it",
                    where,
                    'remove them: these are our own words; the marks of YAML are straight, as in "..."',
                    fix=None if set(inner) & set('"\\\n“”„«»「」『』') else f'"{inner}"',
                )


@check(scope="event")
def markup(reading: Reading) -> Findings:
    """A summary has no images and no HTML: pages would show them as they are written."""
    for where, text in reading.texts("events", ("summary",)):
        if written := list(unshown(text)):
            document = reading.origins["events", str(where[1])].document
            yield document.finding(
                "unshown-markup",
                f"pages show {', '.join(name for name, _ in written[:5])} as it is written",
                document.stretch(where[2:], written[0][1]),
                "remove it: a summary has paragraphs, lists, links and emphasis",
                warning=True,
            )
