"""How to load each file: in pandas, R, DuckDB and a spreadsheet, or in the program that it is made for."""

from __future__ import annotations

from dataclasses import dataclass

from diplomatic_timeline.exports.files import DataFile
from diplomatic_timeline.exports.imprint import LICENCE_TITLE, LICENCE_URL, Imprint
from diplomatic_timeline.views.models import Link


@dataclass(frozen=True, slots=True)
class Snippet:
    """A text to copy. `program` runs it; `language` is that of the code, or empty for words."""

    program: str
    language: str
    code: str


@dataclass(frozen=True, slots=True)
class FileView:
    """A file as the page on the data shows it, with its `size` in words."""

    file: DataFile
    anchor: str
    size: str
    licence: Link
    snippets: tuple[Snippet, ...]


def snippets(file: DataFile, imprint: Imprint) -> tuple[Snippet, ...]:
    """Return how to load a file that lies in the folder where the program runs."""
    words, name, variable = imprint.words, file.name, file.name.partition(".")[0]
    address = f"{imprint.address}{file.path}" if imprint.address else name
    if file.table is not None and file.form == "csv":
        formula = f'=IMPORTDATA("{address}")' if imprint.address else words("snippets.open")
        return (
            Snippet("pandas", "python", f'import pandas\n\n{variable} = pandas.read_csv("{name}")'),
            Snippet("R", "r", f'{variable} <- read.csv("{name}", fileEncoding = "UTF-8-BOM")'),
            Snippet("DuckDB", "sql", f"SELECT * FROM read_csv('{name}');"),
            Snippet(words("snippets.spreadsheet"), "", formula),
        )
    if file.table is not None:
        code = f'import pandas\n\n{variable} = pandas.read_json("{name}", dtype=False)'
        return (
            Snippet("pandas", "python", code),
            Snippet("R", "r", f'{variable} <- jsonlite::fromJSON("{name}")'),
            Snippet("DuckDB", "sql", f"SELECT * FROM read_json('{name}');"),
            Snippet(words("snippets.spreadsheet"), "", words("snippets.open_table", file=f"{variable}.csv")),
        )
    match name:
        case "timeline.ics":
            return (Snippet(words("snippets.calendar"), "", words("snippets.subscribe", address=address)),)
        case "feed.xml":
            return (Snippet(words("snippets.feed"), "", words("snippets.subscribe", address=address)),)
        case "timelinejs.json":
            return (Snippet("TimelineJS", "javascript", f'new TL.Timeline("timeline", "{address}");'),)
        case "citations.bib" | "csl.json":
            return (Snippet("Pandoc", "sh", f"pandoc --citeproc --bibliography {name} paper.md"),)
        case "citations.ris":
            return (Snippet("Zotero, EndNote, Mendeley", "", words("snippets.import", file=name)),)
        case _:
            code = f'from frictionless import Package\n\npackage = Package("{name}")'
            return (Snippet("Frictionless", "python", code),)


def file_view(file: DataFile, imprint: Imprint) -> FileView:
    words, anchor = imprint.words, f"file-{file.name.replace('.', '-')}"
    kilobytes = words("size.kilobytes", size=round(file.size / 1000))
    size = words("size.bytes", n=file.size) if file.size < 1000 else kilobytes
    return FileView(file, anchor, size, Link(LICENCE_TITLE, LICENCE_URL), snippets(file, imprint))
