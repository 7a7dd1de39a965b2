"""Any sound record is built, and reads back as it was written; any other has findings, never an exception."""

from __future__ import annotations

import copy
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.imports.yaml_writer import plain
from diplomatic_timeline.model.records import Corpus
from diplomatic_timeline.model.registries import REGISTRIES
from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.record.nodes import FieldPath
from diplomatic_timeline.record.reading import Reading
from diplomatic_timeline.record.report import as_github, as_json, as_text
from diplomatic_timeline.site.site import Site
from diplomatic_timeline.views.timeline import Timeline
from helpers.generated import EXAMPLES, bounded, records, write
from helpers.sites import data_of, files_of, pages_of

few = settings(bounded, max_examples=EXAMPLES // 10 or 3)


def read(record: dict[str, Any], *, json: bool = False) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        reading = read_folder(write(record, Path(folder) / "events", as_json=json), "events")
        for report in (as_text, as_json, as_github):
            report(reading.diagnostics)
        return reading


def written(corpus: Corpus) -> dict[str, Any]:
    """Return what an editor writes for a whole record."""
    return {
        kind: {id: plain(r) for id, r in getattr(corpus, kind).items()} for kind in (*REGISTRIES, "events")
    }


@few
@given(records())
def test_a_sound_record_is_built_and_reads_back(record: dict[str, Any]) -> None:
    reading = read(record)
    assert reading.sound, as_text(reading.diagnostics)
    corpus = reading.corpus
    assert read(record, json=True).corpus == corpus
    assert read(written(corpus)).corpus == corpus
    timeline = Timeline(corpus, reading.proofs)
    site = Site(timeline, 'The "Sound" <&>', "https://example.org/sound/")
    pages = {page.path for page in pages_of(site)}
    assert len(pages) >= len(corpus.events)
    assert all(files_of(site).values())
    for file in data_of(timeline, Imprint("Sound", "https://example.org/sound/")):
        file.content()


def places(value: Any, path: FieldPath = ()) -> list[FieldPath]:
    """Return where something stands in a record, below its kinds."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    below = [place for key, each in inner for place in places(each, (*path, key))]
    return below if len(path) < 2 else [path, *below]


ODD: st.SearchStrategy[Any] = st.sampled_from(
    [
        None,
        "",
        "todo",
        [],
        {},
        [[]],
        "a" * 101,
        "a-b",
        "A b",
        "2021-13",
        "../..",
        "null",
        "x: y",
        ["x"],
        {"x": "y"},
    ]
) | st.text(max_size=6)


@bounded
@given(records(), st.data())
def test_a_record_with_mistakes_has_findings(record: dict[str, Any], data: st.DataObject) -> None:
    broken: Any = copy.deepcopy(record)
    for _ in range(data.draw(st.integers(1, 3))):
        *above, last = data.draw(st.sampled_from(places(broken)))
        holder = broken
        for key in above:
            holder = holder[key]
        odd = data.draw(ODD)
        match data.draw(st.sampled_from(["replace", "remove", "rename"])):
            case "replace":
                holder[last] = odd
            case "remove":
                del holder[last]
            case "rename" if isinstance(holder, dict) and above != ["events"]:
                holder[str(odd)] = holder.pop(last)
    reading = read(broken, json=True)
    assert all(d.message and d.position.file for d in reading.diagnostics)
