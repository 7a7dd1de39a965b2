"""Whatever changes a briefing changes its fingerprint: what is skipped as unchanged is unchanged."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel

from diplomatic_timeline.briefings.catalogue import orders
from diplomatic_timeline.briefings.contents import Form
from diplomatic_timeline.proof.proofs import Proof
from diplomatic_timeline.views.presenter import Presenter
from diplomatic_timeline.views.timeline import Timeline
from helpers.briefings import viewpoint
from helpers.records import REAL, SMALL

FORM = Form("A record")
FEW = 2


def printed(view: Presenter) -> dict[str, tuple[object, str]]:
    """Return the fingerprint and the contents of each briefing by its address."""
    return {o.address: (o.job.inputs, json.dumps(o.job.contents())) for o in orders(view, FORM)}


def strings(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield records like this one, each with another text in one of its fields."""
    for name in type(value).model_fields:
        old = getattr(value, name)
        if isinstance(old, str) and name != "id":
            yield name, value.model_copy(update={name: f"{old}x"})
        elif isinstance(old, BaseModel):
            for below, new in strings(old):
                yield f"{name}.{below}", value.model_copy(update={name: new})
        elif isinstance(old, tuple):
            for n, item in enumerate(old):
                if isinstance(item, BaseModel):
                    for below, new in strings(item):
                        yield (
                            f"{name}.{n}.{below}",
                            value.model_copy(update={name: (*old[:n], new, *old[n + 1 :])}),
                        )


def changed(view: Presenter) -> Iterator[tuple[str, Presenter]]:
    """Yield records that differ from this one in one text, one proof or one order.

    Of the same field of many records the first few are changed, as nothing tells the others apart.
    """
    tried: Counter[tuple[str, str]] = Counter()
    corpus, timeline = view.corpus, view.timeline
    proofs = {id: said.proof for id, said in timeline.quotes.items()}
    for kind in ("events", "people", "organizations", "places", "issues", "sources", "parties"):
        registry = getattr(corpus, kind)
        for id, record in registry.items():
            for field, new in strings(record):
                alike = (kind, re.sub(r"\d+", "", field))
                tried[alike] += 1
                if tried[alike] > FEW:
                    continue
                other = corpus.model_copy(update={kind: {**registry, id: new}})
                try:
                    yield f"{kind} {id} {field}", Presenter(Timeline(other, proofs))
                except (KeyError, ValueError):
                    continue
        if kind != "events":
            turned = dict(reversed(registry.items()))
            other = corpus.model_copy(update={kind: turned})
            yield f"{kind} turned", Presenter(Timeline(other, proofs))
    for id in proofs:
        yield f"proof {id}", Presenter(Timeline(corpus, {**proofs, id: Proof("verified", "1997-07-01")}))


def test_no_change_of_a_text_an_order_or_a_proof_is_missed() -> None:
    view = viewpoint(SMALL)
    before = printed(view)
    seen = 0
    for what, other in changed(view):
        try:
            after = printed(other)
        except (LookupError, StopIteration):
            continue  # a reference or a time zone leads nowhere: no record of that kind passes the checks
        for address in before.keys() & after.keys():
            if before[address][1] != after[address][1]:
                seen += 1
                assert before[address][0] != after[address][0], (what, address)
    assert seen > 100


@pytest.mark.parametrize(
    "form",
    [
        replace(FORM, name="Other"),
        replace(FORM, paper="us-letter"),
        replace(FORM, title="Other"),
        replace(FORM, marking="Other"),
        replace(FORM, site="https://example.org/"),
        replace(FORM, as_of=date(2001, 1, 1)),
    ],
)
def test_another_form_is_another_briefing(form: Form) -> None:
    first = next(orders(viewpoint(SMALL), FORM))
    other = next(orders(viewpoint(SMALL), form))
    assert first.job.inputs != other.job.inputs


def test_what_a_briefing_does_not_name_leaves_its_fingerprint() -> None:
    view = viewpoint(REAL)
    people = view.corpus.people
    id = "cui-tiankai"
    person = people[id].model_copy(update={"name": "Somebody Else"})
    corpus = view.corpus.model_copy(update={"people": {**people, id: person}})
    other = Presenter(Timeline(corpus, {q: said.proof for q, said in view.timeline.quotes.items()}))
    before = {o.address: o.job.inputs for o in orders(view, FORM)}
    after = {o.address: o.job.inputs for o in orders(other, FORM)}
    differing = {a for a in before if before[a] != after[a]}
    assert "briefings/record.pdf" in differing
    for event, found in view.corpus.events.items():
        if found.prominence == "main" and id not in found.model_dump_json():
            assert f"briefings/event/{event}.pdf" not in differing
