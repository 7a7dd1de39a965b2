"""A site in another language: one file more, and nothing of it is English.

Its words are invented: the English ones in Cyrillic letters, under the code of Ukrainian, whose numbers have
four forms. The record and the pages around it are in the same letters, so that every Latin letter on a page,
but for names, ids and code, was written by something that should have asked for its words.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import icalendar
import pytest
from justhtml import JustHTML
from justhtml.dom import Node
from pypdf import PdfReader

from diplomatic_timeline.imports import yaml_writer
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.wording import ENGLISH, FOLDER
from helpers.html import attribute, nodes
from helpers.records import LAKE, REPOSITORY, SMALL, timeline_of
from helpers.shared import Share
from helpers.sites import mkdocs_apart

CODE = "uk"
LATIN = "abcdefghijklmnopqrstuvwxyz"
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщ"
LETTERS = str.maketrans(LATIN + LATIN.upper(), CYRILLIC + CYRILLIC.upper())
TEXTS = re.compile(
    r"title|summary|statement|text|name|short|adjective|phrase|post|occasion|description|date_basis|due_text"
    r"|before|after|note|locator|publisher|agency|authors|within|family_name|native_name|prefix|suffix"
)
"""The fields of the record that hold text."""

CONFIGURATION = """\
site_name: Рекорд
site_url: https://example.org/sound/
site_description: Рекорд.
repo_url: https://example.org/code/
repo_name: Код
theme:
  name: material
  language: uk
plugins:
  - timeline
nav:
  - Рекорд: index.md
  - issues/index.md
  - people/index.md
  - quotes/index.md
  - commitments/index.md
  - sources/index.md
  - Папір: briefings/index.md
  - Дані: data/index.md
  - Рекорди: about/index.md
  - Корекції: changes/index.md
"""
PAGES = {
    "index.md": "# Рекорд\n\n{{ record_counts() }} {{ overview_chart() }} {{ timeline(filters=true) }}\n",
    "briefings/index.md": "# Папір\n\n{{ briefings() }}\n",
    "data/index.md": "# Дані\n\n{{ data_files() }}\n",
    "about/index.md": "# Рекорди\n\n{{ issue_matrix() }} {{ balance() }} {{ proof_counts() }}\n",
    "changes/index.md": "# Корекції\n\n{{ corrections() }}\n",
}

NAMES = re.compile(
    r"\b(?:PDF|JSON|CSV|BibTeX|RIS|APA|CSL-JSON|Chicago|sha256|Creative Commons Attribution|TimelineJS|pandas"
    r"|R|DuckDB|Pandoc|Frictionless|Zotero|EndNote|Mendeley|logo)\b"
)
"""Of formats, styles, licences and programs; and the one English word of the theme."""
ADDRESS = re.compile(r"https?://\S+|\b[\w-]+\.(?:csv|json|ics|xml|bib|ris)\b|[\w.+-]+/[\w.+-]+")
ATTRIBUTES = {"title", "aria-label", "alt", "placeholder", "label", "data-dt-permalink", "data-dt-form"}
SILENT = {"script", "style", "pre", "code", "#comment", "!doctype"}
OPEN_GRAPH = {"og:title", "og:description", "og:site_name", "og:image:alt"}


def other(text: str) -> str:
    """Return a text of the interface in the invented language; its fields stay."""
    parts = re.split(r"(\{\w+\})", text)
    return "".join(part if part.startswith("{") else part.translate(LETTERS) for part in parts)


def invented(value: Any) -> Any:
    """Return the words of English in the invented language, with a form for each of its categories."""
    if isinstance(value, str):
        return other(value)
    if "other" in value and value.keys() <= {"one", "two", "few", "other"}:
        return {form: other(value.get(form, value["other"])) for form in ("one", "few", "many", "other")}
    return {name: invented(of) for name, of in value.items()}


def rewritten(value: Any, field: str = "") -> Any:
    """Return a part of the record with its texts in the letters of the invented language."""
    if isinstance(value, str):
        return value.translate(LETTERS) if TEXTS.fullmatch(field) else value
    if isinstance(value, Mapping):
        return {name: rewritten(of, name) for name, of in value.items()}
    return [rewritten(of, field) for of in value] if isinstance(value, list) else value


def write_record(folder: Path) -> None:
    corpus = timeline_of(SMALL).corpus
    for id, event in corpus.events.items():
        path = folder / id[:4] / f"{id}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml_writer.write(rewritten(yaml_writer.plain(event))), encoding="utf-8")
    (folder / "registry").mkdir()
    for kind in ("parties", "people", "organizations", "places", "issues", "sources"):
        entries = {id: yaml_writer.plain(entry) for id, entry in getattr(corpus, kind).items()}
        text = yaml_writer.write(rewritten(entries))
        (folder / "registry" / f"{kind}.yml").write_text(text, encoding="utf-8")


def translated(program: Path) -> Path:
    """Copy the program into a folder, with one file more; return the folder."""
    shutil.copytree(REPOSITORY / "macros", program, ignore=shutil.ignore_patterns("__pycache__"))
    texts = json.loads((FOLDER / "en.json").read_text(encoding="utf-8"))
    words(program).write_text(json.dumps(invented(texts), ensure_ascii=False), encoding="utf-8")
    return program


def words(program: Path) -> Path:
    return program / "diplomatic_timeline" / "templates" / "words" / f"{CODE}.json"


@pytest.fixture(scope="module")
def site(share: Share) -> Path:
    """The folder of a site in the invented language."""

    def make(project: Path) -> None:
        write_record(project / "events")
        for file, text in PAGES.items():
            (project / "docs" / file).parent.mkdir(parents=True, exist_ok=True)
            (project / "docs" / file).write_text(text, encoding="utf-8")
        (project / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PYTHONPATH", str(translated(project / "program")))
            mkdocs_apart("build", folder=project)

    return share("other-language", make) / "site"


@pytest.fixture(scope="module")
def lake(share: Share) -> Path:
    """The folder of a site in the invented language, of a record in English with some translations.

    The same folder had a site in English before, so that much is kept.
    """

    def make(project: Path) -> None:
        shutil.copytree(LAKE.parent, project, dirs_exist_ok=True)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PYTHONPATH", str(translated(project / "program")))
            mkdocs_apart("build", folder=project)
            shutil.copytree(project / "site", project / "english")
            with (project / "mkdocs.yml").open("a", encoding="utf-8") as configuration:
                configuration.write("      language: en\ntheme:\n  name: material\n  language: uk\n")
            text = (
                (project / "mkdocs.yml").read_text(encoding="utf-8").replace("- timeline\n", "- timeline:\n")
            )
            (project / "mkdocs.yml").write_text(text, encoding="utf-8")
            mkdocs_apart("build", folder=project)

    return share("lake-in-another-language", make)


TOGETHER, APART = "1987-05-13-three-shores", "1988-03-02-across-the-ice"
MARK = other("(in {language})").format(language="англійська")


def test_a_text_is_in_the_sites_language_or_says_in_which_it_is(lake: Path) -> None:
    def page(id: str) -> str:
        return (lake / "site" / urls.event(id) / "index.html").read_text(encoding="utf-8")

    mark = f' <span class="dt-lines__kind">{MARK}</span>'
    assert 'id="title">Два береги говорять про пором</h1>' in page(APART)
    assert f'id="title"><span lang="en">The three shores meet in Tesk</span>{mark}</h1>' in page(TOGETHER)
    assert "<p>Делегації всіх трьох берегів домовилися разом міряти озеро." in page(TOGETHER)
    summary = "Arvan and the Lake Union spoke about the ferry without the third shore."
    assert f'<p class="dt-lead"><span lang="en">{summary}</span>{mark}</p>' in page(APART)
    assert f'<span lang="en">There should be one gauge for all.</span>{mark}' in page(TOGETHER)
    assert "Щовесни міряти рівень води." in page(TOGETHER)
    english = (lake / "english" / urls.event(APART) / "index.html").read_text(encoding="utf-8")
    assert 'id="title">Two shores talk about the ferry</h1>' in english
    assert "Пором" not in english


def test_a_pdf_says_in_which_language_a_text_is(lake: Path) -> None:
    (printed,) = PdfReader(lake / "site" / "briefings" / "one-page" / "event" / f"{TOGETHER}.pdf").pages
    text = " ".join(printed.extract_text().split())
    assert f"The three shores meet in Tesk {MARK}" in text
    assert "Делегації всіх трьох берегів" in text
    assert "Щовесни міряти рівень води." in text


def test_the_data_has_all_languages_and_the_feed_that_of_the_site(lake: Path) -> None:
    rows = json.loads((lake / "site" / "data" / "events.json").read_text(encoding="utf-8"))
    row = next(row for row in rows if row["id"] == APART)
    texts = {"en": "Two shores talk about the ferry", "uk": "Два береги говорять про пором"}
    assert (row["title"], row["translations"]) == (texts["uk"], {"title": texts})
    held = row["issues"][0]["positions"]["lake-union"]
    assert (held["statement"], held["translations"]["statement"]["en"]) == (
        "Пором чекає на відкриту воду.",
        "The ferry waits for open water.",
    )
    assert texts["uk"] in (lake / "site" / "data" / "feed.xml").read_text(encoding="utf-8")


def latin(text: str) -> list[str]:
    """Return what is written in Latin letters in a text, but for names and addresses."""
    return re.findall(r"[A-Za-z]+", NAMES.sub("", ADDRESS.sub("", text)))


def pages(folder: Path) -> Iterator[tuple[str, Node]]:
    for path in sorted(folder.rglob("*.html")):
        page = JustHTML(path.read_text(encoding="utf-8"), sanitize=False)
        yield path.relative_to(folder).as_posix(), page.root


def shown(page: Node) -> Iterator[str]:
    """Yield the texts of a page that a reader sees or hears, or that stand where it is linked.

    What is marked as English, such as notices of licences, is not said by the interface.
    """
    waiting = [page]
    while waiting:
        node = waiting.pop()
        if node.name == "#text":
            yield str(node.data)
        elif node.name not in SILENT and (node.attrs or {}).get("lang") != "en":
            of = node.attrs or {}
            yield from (of[name] or "" for name in sorted(ATTRIBUTES & of.keys()))
            if of.get("name") == "description" or (of.get("property") or "") in OPEN_GRAPH:
                yield of.get("content") or ""
            waiting += node.children or ()


def test_no_page_shows_a_word_of_english_or_calls_itself_so(site: Path) -> None:
    found = {file: [text for text in shown(page) if latin(text)] for file, page in pages(site)}
    assert len(found) > 20
    assert {file: texts for file, texts in found.items() if texts} == {}
    for file, page in pages(site):
        (root,) = (node for node in nodes(page) if node.name == "html")
        assert attribute(root, "lang") == CODE, file


def test_what_can_be_found_and_the_chart_are_not_english(site: Path) -> None:
    files = sorted((site / "search" / "texts").glob("*.js"))
    assert files
    for path in files:
        entries = json.loads(path.read_text(encoding="utf-8").split(",", 2)[2].rstrip(");\n"))
        assert [text for _, *texts in entries for text in texts if latin(text)] == []
    chart = (site / "assets" / "overview.js").read_text(encoding="utf-8")
    value = json.loads(json.loads(chart.removeprefix("dtOverview(JSON.parse(").rstrip(");\n")))
    lanes = [lane[0] for group in value["groups"] for lane in group["lanes"]]
    events = [text for event in value["events"] for text in event[1:3]]
    assert [text for text in (*lanes, *events) if latin(text)] == []


@pytest.mark.parametrize("name", ["timeline", "citations", "chart-live"])
def test_no_script_says_a_word_of_english(site: Path, name: str) -> None:
    script = (site / "assets" / "javascripts" / f"{name}.js").read_text(encoding="utf-8")
    every = (text for of in ENGLISH.texts.values() for text in ([of] if isinstance(of, str) else of.values()))
    texts = [text for text in every if latin(re.sub(r"\{\w+\}", "", text)) and " " in text]
    assert 'language:"uk"' in script
    assert [text for text in texts if f'"{text}"' in script] == []


def test_no_file_of_the_data_says_a_word_of_english(site: Path) -> None:
    data = site / "data"
    calendar = icalendar.Calendar.from_ical((data / "timeline.ics").read_bytes())
    fields = ("SUMMARY", "DESCRIPTION", "LOCATION")
    said = [str(entry.get(field, "")) for entry in calendar.events for field in fields]
    feed = ElementTree.parse(data / "feed.xml")
    said += [e.text or "" for e in feed.iter() if e.tag.rpartition("}")[2] in ("title", "summary", "rights")]
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    said += [package["description"], *(resource["title"] for resource in package["resources"])]
    said += [item.get("genre", "") for item in json.loads((data / "csl.json").read_text(encoding="utf-8"))]
    slides = json.loads((data / "timelinejs.json").read_text(encoding="utf-8"))["events"]
    said += [slide["display_date"] for slide in slides]
    said += [unescape(re.sub(r"<[^>]*>", "", slide["text"]["text"])) for slide in slides]
    assert len(said) > 30
    assert [text for text in said if latin(text)] == []


def test_no_briefing_says_a_word_of_english(site: Path) -> None:
    files = sorted((site / "briefings").rglob("*.pdf"))
    assert len(files) > 5
    for path in files:
        document = PdfReader(path)
        assert document.metadata is not None
        texts = [page.extract_text() for page in document.pages]
        said = "\n".join((document.metadata.title or "", document.metadata.subject or "", *texts))
        # The page's address and the record's digest, in hexadecimal, may be parted at the end of a line.
        address = f"https://example.org/sound/events/issues/people/parties/prepare/briefings/ {path.stem}"
        # Typefaces and their licence have names.
        said = re.sub(r"Source\s+\w+\s+\d|Noto\s+Sans\s+SC|SIL\s+Open\s+Font\s+License", "", said)
        assert [
            word for word in latin(said) if not (word in address or re.fullmatch("[a-f]+", word))
        ] == [], path.name


@pytest.mark.parametrize(
    ("language", "said"),
    [("nl", "nl.json"), (CODE, "term.quotes is missing")],
    ids=["no file", "a file with a gap"],
)
def test_a_language_without_its_words_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    program = translated(tmp_path / "program")
    texts = json.loads(words(program).read_text(encoding="utf-8"))
    del texts["term"]["quotes"]
    words(program).write_text(json.dumps(texts), encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(program))
    shutil.copytree(SMALL, tmp_path / "events")
    (tmp_path / "docs").mkdir()
    configuration = CONFIGURATION.replace("language: uk", f"language: {language}")
    (tmp_path / "mkdocs.yml").write_text(configuration, encoding="utf-8")
    assert said in mkdocs_apart("build", folder=tmp_path, strict=False)
    assert not (tmp_path / "site").exists()
