"""The text layer of a PDF, as paragraphs: pypdf gives the pieces, and where each stands on its page."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import pypdf

from diplomatic_timeline.proof.extraction_error import ExtractionError, is_note_mark

_SCANNED = (
    "run it through text recognition (such as ocrmypdf), read what comes out against the page, and pin that"
)
_EDGE = 3  # lines at the head and the foot of a page among which running heads and page numbers stand
_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.|seite|стр\.?|第)\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:/|of|von|de|из)\s*\d{1,4})?\s*页?\W*",
    re.I,
)
_LONGEST_WORD = 80
_ENDS = '.!?:。！？”"'  # of paragraphs
_HYPHENATED = re.compile(r"[^\W\d_][-\u2010\u00ad]$")


@dataclass(slots=True)
class _Line:
    """A line of a page: its text, its foot, its left and right edge and its size, in points."""

    text: str
    y: float
    left: float
    right: float
    size: float


def text_of_pdf(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Return the text of a PDF, what took it out, and what was left unread. Raises ExtractionError.

    Words that were parted at the ends of lines are whole again; running heads and page numbers are left out.
    """
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ExtractionError("the PDF asks for a password")
        pages = [_lines(page) for page in reader.pages]
        notes = sum(
            1 for page in reader.pages for note in page.annotations or () if "/Contents" in note.get_object()
        )
    except ExtractionError:
        raise
    # pypdf's own error is one of many that damaged files bring about.
    except Exception as error:
        raise ExtractionError("the PDF is damaged") from error
    empty = sum(not lines for lines in pages)
    if empty == len(pages):
        raise ExtractionError("the PDF has no text layer: it is a scan", _SCANNED)
    unread = [f"{empty} of {len(pages)} pages, which have no text layer"] if empty else []
    heads = _running_heads(pages)
    if heads:
        unread.append("the running heads and page numbers")
    if notes:
        unread.append("the notes that were attached to pages")
    lines = [[line for line in page if id(line) not in heads] for page in pages]
    return "\n\n".join(_paragraphs(lines)) + "\n", f"pypdf {pypdf.__version__}", tuple(unread)


def _lines(page: pypdf.PageObject) -> list[_Line]:
    """Return the lines of a page in the order in which they were written."""
    lines: list[_Line] = []

    def visit(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        x = cm[0] * tm[4] + cm[2] * tm[5] + cm[4]
        y = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
        scale = abs(tm[3] or tm[1] or 1) * abs(cm[3] or cm[1] or 1)
        height = (size or 1) * scale
        # What is drawn is seen: no hyphen on a page is a soft one.
        text = text.replace("\n", "").replace("\u00ad", "-")
        if not text.strip():
            if lines and text and not lines[-1].text.endswith(" "):
                lines[-1].text += " "
            return
        last = lines[-1] if lines else None
        if last is not None and abs(last.y - y) < 0.6 * last.size and x >= last.left - 1:
            is_raised = height < 0.85 * last.size and y > last.y + 0.1 * last.size
            # Some typefaces have raised figures, which are drawn at the size and on the line of the text.
            is_apart = text.strip().isdecimal() and re.search("[a-zß-ÿ.,;”]$", last.text)
            if (is_raised or is_apart) and is_note_mark(text, last.text):
                return
            last.text += text
            last.right = max(last.right, x)
        else:
            lines.append(_Line(text, y, x, x, height))

    page.extract_text(visitor_text=visit)
    for line in lines:
        line.text = " ".join(line.text.split())
        line.right = max(line.right, line.left + 0.45 * line.size * len(line.text))
    return [line for line in lines if line.text]


def _running_heads(pages: list[list[_Line]]) -> set[int]:
    """Return which lines are running heads or page numbers: alone at an edge, and alike on several pages."""
    edges: list[_Line] = []
    outer: set[int] = set()
    for page in pages:
        ordered = sorted(page, key=lambda line: -line.y)
        edges += {id(line): line for line in (*ordered[:_EDGE], *ordered[-_EDGE:])}.values()
        outer.update(id(line) for line in page if line.y in (ordered[0].y, ordered[-1].y))
    alike = Counter((re.sub(r"\d+", "#", line.text), round(line.y / 4)) for line in edges)
    return {
        id(line)
        for line in edges
        if (alike[re.sub(r"\d+", "#", line.text), round(line.y / 4)] > 1 and len(pages) > 1)
        or (_NUMBER.fullmatch(line.text) and id(line) in outer)
    }


def _paragraphs(pages: list[list[_Line]]) -> list[str]:
    """Return the paragraphs: a wider gap, another size or an indent begins one, a page alone does not."""
    lines = [line for page in pages for line in page]
    steps = [above.y - below.y for above, below in pairwise(lines) if above.y > below.y]
    # Short paragraphs have as many gaps between them as within.
    leading = sorted(steps)[len(steps) // 4] if steps else 0.0
    edge = Counter(round(line.left) for line in lines).most_common(1)[0][0] if lines else 0
    width = max((line.right for line in lines), default=0.0)
    known = frozenset(re.findall(r"\w+(?:-\w+)+", " ".join(line.text for line in lines)))
    paragraphs: list[str] = []
    for page in pages:
        above: _Line | None = None
        for line in page:
            if above is None:
                # Where a page begins, the sentence of the page before may go on.
                begins = not paragraphs or paragraphs[-1].rstrip()[-1:] in _ENDS or line.text[:1].isdigit()
            else:
                step = above.y - line.y
                begins = (
                    step > 1.25 * leading
                    or step < -1
                    or abs(line.size - above.size) > 0.5
                    or (line.left > edge + line.size and above.left < line.left - 1)
                    or (above.right < 0.6 * width and paragraphs[-1].rstrip()[-1:] in _ENDS)
                )
            if begins:
                paragraphs.append(line.text)
            else:
                paragraphs[-1] = _joined(paragraphs[-1], line.text, known)
            above = line
    return paragraphs


def _joined(text: str, following: str, known: frozenset[str]) -> str:
    """Return two lines as one; `known` are the words with a hyphen that stand within lines."""
    end = text[-_LONGEST_WORD:]
    if _HYPHENATED.search(end) and following[:1].islower():
        compound = re.split(r"[^\w-]", end)[-1] + re.split(r"[^\w-]", following)[0]
        return (text if compound in known else text[:-1]) + following
    if re.search("[\u3040-\u30ff\u3400-\u9fff，。、；：！？”」》]$", end) and re.match(
        "[\u3040-\u30ff\u3400-\u9fff“「《]", following
    ):
        return text + following
    return f"{text} {following}"
