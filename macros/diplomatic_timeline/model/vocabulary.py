"""The words and the kinds of value that fields take: closed vocabularies, ids, texts, dates, addresses."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Any, Literal, TypeAlias, get_args

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    InstanceOf,
    PlainSerializer,
    StringConstraints,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
)
from pydantic_core import PydanticCustomError

from diplomatic_timeline.model import limits
from diplomatic_timeline.model.dates import DateError, Edtf, parse_date
from diplomatic_timeline.model.links import WEB, is_link, is_web, links

Kind = Literal["visit", "meeting", "talks", "summit", "call", "statement", "agreement", "measure", "incident"]
Level = Literal["head-of-state", "minister", "senior-official", "working", "military", "other"]
EventStatus = Literal["planned", "held", "postponed", "cancelled"]
Prominence = Literal["main", "context"]
Role = Literal["head", "delegate", "host", "interpreter"]
Outcome = Literal["agreed", "narrowed", "unchanged", "widened", "not-discussed", "unknown"]
Rendering = Literal["as-spoken", "interpreted", "official-translation", "press-translation", "written"]
CommitmentStatus = Literal["open", "fulfilled", "partly", "lapsed", "superseded", "disputed", "unknown"]
CommitmentType = Literal["promise", "warning", "offer"]
Recurrence = Literal["yearly", "half-yearly", "quarterly", "monthly"]
RelationKind = Literal["leads-to", "answers", "carries-out", "repeats", "postpones"]
SourceKind = Literal[
    "press", "readout", "transcript", "joint-statement", "post", "broadcast", "law", "treaty", "court",
    "archive", "interview", "report", "book", "dataset",
]  # fmt: skip
Color = Literal["blue", "red", "green", "amber", "violet", "teal", "neutral"]
Marker = Literal["diamond", "circle", "square", "triangle", "hexagon", "cross"]
Phase = Literal["before", "at", "after"]


def words(vocabulary: object) -> tuple[str, ...]:
    """Return the words of a closed vocabulary, in the order in which it is written."""
    return get_args(vocabulary)


ID = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
"""What every id is made of, as pydantic and `is_id` match it."""

_ID = re.compile(ID.strip("^$"))


def is_id(text: str) -> bool:
    """Return whether `text` is made as ids are: small letters and digits, parted by single hyphens."""
    return len(text) <= limits.ID and _ID.fullmatch(text) is not None


def as_id(text: str) -> str:
    """Return the id nearest to `text`, or nothing where it has no letter or digit to make one from."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")


def _date(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return parse_date(value)
    except DateError as error:
        context = {"why": error.why, "remedy": error.remedy, "meant": error.meant}
        raise PydanticCustomError("bad_date", "{why}: {remedy}", context) from None


UNKNOWN = "unknown"
"""What an editor writes where a source says neither when nor by whom it was published."""


def _unless_unknown(value: object, read: ValidatorFunctionWrapHandler) -> Any:
    return None if value == UNKNOWN else read(value)


def _or_unknown(value: object) -> str:
    return UNKNOWN if value is None else str(value)


def _truth(value: object) -> object:
    # YAML 1.2 knows two truth values; pydantic would also take `yes` and `on`.
    if isinstance(value, bool):
        return value
    truths = {"true": True, "false": False}
    if not isinstance(value, str) or value not in truths:
        raise PydanticCustomError("bad_truth", "neither true nor false")
    return truths[value]


def _number(value: object) -> object:
    # Pydantic would also take `1.0`, `1_0` and digits of other scripts.
    if isinstance(value, int):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,6}", value):
        raise PydanticCustomError("bad_number", "no whole number")
    return int(value)


def _web_address(value: str) -> str:
    # Not pydantic's HttpUrl: it rewrites what the editor wrote.
    if not is_web(value):
        raise PydanticCustomError("bad_url", "no web address")
    return value


def _with_links(value: str) -> str:
    for address in links(value):
        if not is_link(address):
            raise PydanticCustomError("bad_link", "no link", {"address": address})
    return value


_POINT = r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(-([0-9]{2}|XX)(-([0-9]{2}|XX))?)?[?~%]?"
_EDGE = rf"({_POINT}|\.\.)?"
_WHOLE = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
_EDTF = rf"{_POINT}|{_EDGE}/{_EDGE}|\[{_WHOLE}\.\.{_WHOLE}\]"
# YAML reads a year alone as a number.
_DATED = {"type": ["string", "integer"], "minimum": 1000, "maximum": 9999}

# What the JSON Schema has of each kind of value; its title is what the page on fields says.
ID_SCHEMA: dict[str, Any] = {
    "title": "an id",
    "type": "string",
    "pattern": ID,
    "maxLength": limits.ID,
    "patternErrorMessage": "An id has small letters, digits and single hyphens",
}
TEXT_SCHEMA: dict[str, Any] = {"title": "a text", "type": ["string", "number"], "pattern": r"\S"}
_DATE_SCHEMA: dict[str, Any] = {
    "title": "a date (EDTF)",
    **_DATED,
    "pattern": rf"^({_EDTF})$",
    "patternErrorMessage": "Write 2024-05-31, 2024-05, 2024, 2023~ or 2021-03-18/2021-03-19",
    "examples": ["2024-05-31", "2024-05", "2021-03-18/2021-03-19"],
}
_UNKNOWN_DATE_SCHEMA: dict[str, Any] = {
    "title": "a date (EDTF) or `unknown`",
    **_DATED,
    "pattern": rf"^({_EDTF}|{UNKNOWN})$",
}


# A record holds hundreds of these two: pydantic checks them without calling back into Python.
Id: TypeAlias = Annotated[str, StringConstraints(pattern=ID, max_length=limits.ID), WithJsonSchema(ID_SCHEMA)]
Text: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1), WithJsonSchema(TEXT_SCHEMA)
]
Prose: TypeAlias = Annotated[Text, AfterValidator(_with_links)]
"""CommonMark without HTML."""
Truth: TypeAlias = Annotated[
    bool,
    BeforeValidator(_truth),
    WithJsonSchema({"title": "`true` or `false`", "type": "boolean"}),
]
Order: TypeAlias = Annotated[
    int,
    BeforeValidator(_number),
    WithJsonSchema({"title": "a whole number", "type": "integer", "minimum": 0}),
]
Url: TypeAlias = Annotated[
    str,
    AfterValidator(_web_address),
    WithJsonSchema({"title": "a web address", "type": "string", "pattern": f"^{WEB}$"}),
]
When: TypeAlias = Annotated[
    InstanceOf[Edtf], BeforeValidator(_date), PlainSerializer(str), WithJsonSchema(_DATE_SCHEMA)
]
_UNLESS_UNKNOWN, _OR_UNKNOWN = WrapValidator(_unless_unknown), PlainSerializer(_or_unknown)
TextOrUnknown: TypeAlias = Annotated[Text | None, _UNLESS_UNKNOWN, _OR_UNKNOWN, WithJsonSchema(TEXT_SCHEMA)]
WhenOrUnknown: TypeAlias = Annotated[
    When | None, _UNLESS_UNKNOWN, _OR_UNKNOWN, WithJsonSchema(_UNKNOWN_DATE_SCHEMA)
]
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
Language: TypeAlias = Annotated[str, Field(title="a language code (BCP 47)", pattern=LANGUAGE)]
Wikidata: TypeAlias = Annotated[str, Field(title="an item of Wikidata", pattern=r"^Q[1-9][0-9]*$")]
Doi: TypeAlias = Annotated[str, Field(title="a DOI", pattern=r"^10\.[0-9]{4,9}/\S+$")]
