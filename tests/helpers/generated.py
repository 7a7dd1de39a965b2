"""Whole records, as Hypothesis makes them from the model's fields, with what the checks ask for."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from annotated_types import MinLen
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.database import DirectoryBasedExampleDatabase

from diplomatic_timeline.imports import yaml_writer
from diplomatic_timeline.model import translations, vocabulary
from diplomatic_timeline.model.base import Record
from diplomatic_timeline.model.records import Event
from diplomatic_timeline.model.registries import REGISTRIES

EXAMPLES = int(os.environ.get("EXAMPLES", "0"))
bounded = settings(
    max_examples=EXAMPLES or 40,
    derandomize=not EXAMPLES,
    # The least example of a failure takes long to find: `make fuzz` does.
    phases=set(Phase) if EXAMPLES else {Phase.generate},
    database=DirectoryBasedExampleDatabase(Path(__file__).parents[1] / "fuzz" / "seeds")
    if EXAMPLES
    else None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)

Fields = dict[str, Any]
# Which ids a field takes, where not those of the registry that it is named after.
_KINDS = {"speaker": "people", "made_by": "parties", "raised_by": "parties", "via": "organizations"}
_KINDS |= {"on_behalf_of": "organizations", "issuer": "parties", "target": "parties", "person": "people"}
_KINDS |= {"parent": "issues", "source": "sources", "party": "parties", "issue": "issues", "place": "places"}
_KINDS |= {"organization": "organizations", "positions": "parties", "evidence": "sources"}
_KINDS |= {"replaced_by": "sources"}
_LEFT = ("follows", "related", "aliases", "history", "dates", "until")  # decided where the whole is known
WORDS = st.sampled_from(
    "fish counted U.S. “quoted” 王毅 <b> & </script> {{x}} {%y%} `c` *b* _i_ [a](https://b.c) 1. - # \\x $m$ "
    "@import =1+1 ~ é ½ “„ » ‘ ' \" | : # null yes 3.5 ... … ! ]]> <!-- --> &amp; % ~~ #let \n \n\n".split(
        " "
    )
)
TEXT = st.lists(WORDS | st.text("abc xyz<>&{}\"'é中", min_size=1, max_size=9), min_size=1, max_size=8).map(
    lambda parts: " ".join(parts).strip() or "x"
)
SPOKEN = st.lists(
    st.sampled_from("we count the fish before sharing 鱼 <b> & {{x}} $m$ #let".split()), min_size=5
)
DATES = st.sampled_from(
    "2021 2021-03 2021-03-18 2021-03-18/2021-03-20 2021~ 2021-22 202X 2021-03-XX ../2021 2020/.. 20XX? "
    "[2021-01-03..2021-02-04] 0001 9999 1066-10-14".split()
)
_VALUES: tuple[tuple[Any, st.SearchStrategy[Any]], ...] = (
    (vocabulary.Text, TEXT),
    (vocabulary.Prose, TEXT),
    (translations.Texts, TEXT | st.fixed_dictionaries({"en": TEXT, "uk": TEXT})),
    (translations.ProseTexts, TEXT),
    (vocabulary.TextOrUnknown, TEXT | st.just("unknown")),
    (vocabulary.When, DATES),
    (vocabulary.WhenOrUnknown, st.just("unknown")),
    (vocabulary.Url, st.sampled_from(["https://example.org/a?b=1&c='x'", "http://例え.jp/(x)"])),
    (vocabulary.Truth, st.booleans()),
    (vocabulary.Language, st.sampled_from(["en", "zh-Hant", "ar"])),
    (vocabulary.Wikidata, st.just("Q865")),
    (vocabulary.Doi, st.just("10.1000/1<8>2")),
)


def _value(hint: Any, name: str, least: int, ids: dict[str, list[str]]) -> st.SearchStrategy[Any]:
    for alias, values in _VALUES:
        if hint == alias:
            return values
    arguments = [a for a in get_args(hint) if a is not NoneType]
    if hint == vocabulary.Id:
        return st.sampled_from(ids[_KINDS.get(name, name)])
    if get_origin(hint) is Literal:
        return st.sampled_from(arguments)
    if get_origin(hint) is tuple:
        inner = _value(arguments[0], name, 0, ids)
        return st.lists(inner, min_size=max(least, name == "quotes"), max_size=3, unique_by=repr)
    if get_origin(hint) is dict:
        return st.dictionaries(
            st.sampled_from(ids["parties"]), _value(arguments[1], name, 0, ids), max_size=2
        )
    if isinstance(hint, type) and issubclass(hint, Record):
        return fields(hint, ids)
    if get_origin(hint) is Annotated and hint != vocabulary.Order:
        return _value(arguments[0], name, least, ids).map(lambda found: found[:1])
    return _value(arguments[0], name, least, ids) if arguments[0] is not int else st.just(0)


@cache
def _hints(model: type[Record]) -> Fields:
    return get_type_hints(model, include_extras=True)


def fields(model: type[Record], ids: dict[str, list[str]]) -> st.SearchStrategy[Fields]:
    """Return what an editor may write for a kind of record; the ids are of those that are there."""
    hints = _hints(model)
    needed: dict[str, st.SearchStrategy[Any]] = {}
    free: dict[str, st.SearchStrategy[Any]] = {}
    for (name, field), attribute in zip(model.written().items(), model.model_fields, strict=True):
        if name in _LEFT or name == "id":
            continue
        least = next((m.min_length for m in field.metadata if isinstance(m, MinLen)), 0)
        made = _value(hints[attribute], name, least, {**ids, "quotes": ["q"], "quote": ["q"]})
        (needed if field.is_required() else free)[name] = made
    return st.fixed_dictionaries(needed, optional=free)


@st.composite
def records(draw: st.DrawFn) -> dict[str, dict[str, Fields]]:
    """Return a sound record: by kind and id, what its files hold."""
    counts = {kind: draw(st.integers(1, 3)) for kind in REGISTRIES}
    ids = {kind: [f"{kind}-{n}" for n in range(count)] for kind, count in counts.items()}
    found = {k: {id: draw(fields(model, ids)) for id in ids[k]} for k, model in REGISTRIES.items()}
    for n, party in enumerate(found["parties"].values()):
        party["order"] = str(n)
    for person in found["people"].values():
        person |= {"posts": [{"title": "Envoy"}]}
    for place in found["places"].values():
        place |= {"timezone": "Europe/Oslo"} if "timezone" in place else {}
    for n, issue in enumerate(found["issues"].values()):
        issue.pop("parent", None)
        issue |= {"parent": ids["issues"][n - 1]} if n and draw(st.booleans()) else {}
    for id, source in found["sources"].items():
        if source.get("withdrawn", {}).get("replaced_by") == id:
            del source["withdrawn"]["replaced_by"]
        source["authors"] = [{"body": draw(TEXT)}, draw(TEXT)] if draw(st.booleans()) else []
    events = {
        f"e{n}": _sound(draw, draw(fields(Event, ids)), f"e{n}", n) for n in range(draw(st.integers(0, 3)))
    }
    return {**found, "events": events}


def _sound(draw: st.DrawFn, event: Fields, id: str, number: int) -> Fields:
    """Make of an event's fields what the checks ask for."""
    quotes, commitments = event.get("quotes", []), event.get("commitments", [])
    issues = {at["issue"]: at for at in event["issues"]}
    sources = set(event["sources"])
    for n, quote in enumerate(quotes):
        quote |= {
            "id": f"{id}-q{n}",
            "text": " ".join(draw(SPOKEN)),
            "issues": quote["issues"] or [*issues][:1],
        }
        quote |= {"post": "Envoy"} if "post" in quote else {}
        quote |= {"occasion": "x"} if "date" in quote else {}
        for speaker in (others := quote.get("co_speakers", [])):
            speaker |= {"post": "Envoy"} if "post" in speaker else {}
        quote["co_speakers"] = list({each["speaker"]: each for each in others}.values())
        sources.add(quote["source"])
    for n, promise in enumerate(commitments):
        promise |= {"id": f"{id}-c{n}", "due": "9999", "last_checked": "9999", "evidence": [*sources]}
        promise["source"] = min(sources)
        promise.pop("quote", None)
        promise |= {"quote": quotes[0]["id"]} if quotes else {}
    for entry in [*quotes, *commitments]:
        for issue in entry.get("issues", []):
            issues.setdefault(issue, {"issue": issue})
    for at in issues.values():
        for position in at.get("positions", {}).values():
            position["quotes"] = [quotes[0]["id"]] if quotes else []
            position["sources"] = [*sources][:1]
    for made in event.get("corrections", []):
        text = made["text"]
        made.clear()
        made |= {"date": "9999", "text": text}
        made |= {"quote": quotes[0]["id"], "before": text, "after": quotes[0]["text"]} if quotes else {}
    for participant in event.get("participants", []):
        participant["post"] = "Envoy"
    event["participants"] = list({p["person"]: p for p in event.get("participants", [])}.values())
    places = event.pop("places", [])
    if "place" not in event:
        event["places"] = [place["place"] for place in places]
    event |= {"timezone": "Asia/Tokyo"} if "timezone" in event else {}
    if number and draw(st.booleans()):
        event["related"] = [{"event": "e0", "kind": "answers"}]
    event["aliases"] = [f"old-{id}"]
    return event | {"date_basis": "x", "issues": [*issues.values()], "sources": sorted(sources)}


def write(record: dict[str, dict[str, Fields]], folder: Path, *, as_json: bool = False) -> Path:
    """Write a record's files, as YAML or in the JSON that is YAML, too; return its folder."""

    def put(name: str, held: Fields) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(held, ensure_ascii=False) if as_json else yaml_writer.write(held)
        path.write_text(text if held else "{}\n", encoding="utf-8", newline="\n")

    for kind in REGISTRIES:
        put(f"registry/{kind}.yml", record[kind])
    for id, event in record["events"].items():
        put(f"2021/{id}.yml", event)
    return folder
