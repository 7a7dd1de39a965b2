"""The page on the data: its figures are those of the files, and its snippets run."""

from __future__ import annotations

import json
import re
from pathlib import Path

import duckdb
import pandas
import pytest

from diplomatic_timeline.exports.files import DataFile
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.exports.snippets import file_view, snippets
from diplomatic_timeline.views.timeline import Timeline
from helpers.html import attribute, text_of
from helpers.sites import Built, data_of

IMPRINT = Imprint("Sound", "https://example.org/sound/")
# What section 7 of the design promises.
PROMISED = {
    *(
        f"{t}.{form}"
        for t in ["events", "quotes", "commitments", "people", "issues", "sources"]
        for form in ("json", "csv")
    ),
    "timeline.ics",
    "feed.xml",
    "datapackage.json",
    "timelinejs.json",
    "citations.bib",
    "citations.ris",
    "csl.json",
}


@pytest.fixture(scope="module")
def files(real: Timeline) -> tuple[DataFile, ...]:
    return data_of(real, IMPRINT)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, files: tuple[DataFile, ...]) -> Path:
    made = tmp_path_factory.mktemp("data")
    for file in files:
        (made / file.name).write_bytes(file.content())
    return made


@pytest.mark.filterwarnings("ignore")
def test_every_promised_file_is_made_and_every_snippet_of_every_table_in_python_runs(
    files: tuple[DataFile, ...], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {f.name for f in files} >= PROMISED
    monkeypatch.chdir(folder)
    ran = 0
    for file in files:
        for snippet in snippets(file, IMPRINT):
            if snippet.language == "python" and file.table is not None:
                names: dict[str, object] = {}
                exec(compile(snippet.code, file.name, "exec"), names)
                frame = names[file.name.partition(".")[0]]
                assert isinstance(frame, pandas.DataFrame)
                assert len(frame) == file.rows
                assert tuple(frame.columns) == file.fields or set(file.fields) <= set(frame.columns)
                ran += 1
    assert ran == sum(f.table is not None for f in files)
    (snippet,) = snippets(next(f for f in files if f.name == "datapackage.json"), IMPRINT)
    names = {}
    exec(compile(snippet.code, "datapackage.json", "exec"), names)
    assert "package" in names
    # R itself is not at hand where the tests run.
    for file in files:
        for snippet in snippets(file, IMPRINT):
            if snippet.language == "r":
                assert re.fullmatch(
                    r'[a-z]+ <- (read\.csv|jsonlite::fromJSON)\("[a-z]+\.(csv|json)".*\)', snippet.code
                )


def test_the_page_shows_each_file_with_its_figures(built_real: Built) -> None:
    page = built_real.page("data/")
    shown = {attribute(a, "href"): a for a in page.named("a")}
    text = text_of(page.one("main"))
    published = built_real.folder / "data"
    for file in data_of(built_real.timeline, Imprint(built_real.name, built_real.address)):
        assert (published / file.name).read_bytes() == file.content()
        assert f"../data/{file.name}" in shown
        view = file_view(file, IMPRINT)
        section = text_of(page.one("details", id=view.anchor))
        assert file.digest in section.replace(" ", "")
        assert all(field in section for field in file.fields)
        assert "Creative Commons Attribution 4.0" in section
        assert view.size in text


def test_every_snippet_for_duckdb_runs_and_answers_a_question_over_two_files(
    folder: Path, files: tuple[DataFile, ...], monkeypatch: pytest.MonkeyPatch, real: Timeline
) -> None:
    monkeypatch.chdir(folder)
    with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as connection:
        for file in files:
            for snippet in snippets(file, IMPRINT):
                if snippet.language == "sql":
                    rows = connection.execute(snippet.code).fetchall()
                    assert len(rows) == file.rows, file.name
    with duckdb.connect() as connection:
        query = f"""
            SELECT e.title, count(*) FROM read_csv('{folder}/quotes.csv') q
            JOIN read_csv('{folder}/events.csv') e ON e.id = q.event GROUP BY e.title
        """
        found = dict(connection.execute(query).fetchall())
    assert found == {e.title: len(e.quotes) for e in real.events.values() if e.quotes}


def test_every_event_has_its_data_beside_its_page(built: Built) -> None:
    for id, event in built.timeline.events.items():
        data = json.loads((built.folder / "events" / id / "event.json").read_text(encoding="utf-8"))
        assert data["title"] == event.title
        assert [q["text"] for q in data["quotes"]] == [q.text for q in event.quotes]
        assert [s["id"] for s in data["sources"]] == list(event.sources)
        links = {attribute(a, "href") for a in built.page(f"events/{id}/").named("a")}
        assert "event.json" in links
