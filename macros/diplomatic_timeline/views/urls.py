"""Addresses of pages, below the site's root. Nobody else builds one.

A path has no leading slash and ends in a slash (`events/2021-03-18-alaska/`), a page's file stands at its
`index.html`, and an anchor follows as `#q-...`. Anchors carry a prefix by kind, so that no id of the record
can meet a section's.
"""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote as percent

HOME = ""
ISSUES = "issues/"
PEOPLE = "people/"
QUOTES = "quotes/"
COMMITMENTS = "commitments/"
SOURCES = "sources/"
BRIEFINGS = "briefings/"
COMPARE = "compare/"
PREPARE = "prepare/"
DATA = "data/"
PROOF = "about/proof/"
LICENCES = "about/licences/"
BILL_OF_MATERIALS = "about/licences/bom.cdx.json"
SEARCH = "search/"
OVERVIEW = "assets/overview.js"
DOCUMENTATION = ("contribute/", "data/import/", "data/notebook/", "develop/", "publish/", "start/")
"""Pages about the program and not the record, by the folders that this project's own have."""


_TABS = {
    "events": HOME,
    "years": HOME,
    "organizations": PEOPLE,
    "parties": PEOPLE,
    "compare": ISSUES,
    "prepare": PEOPLE,
}


def tab(path: str) -> str:
    """Return the address of the navigation's tab to which a page of the record belongs."""
    folder = path.partition("/")[0]
    return _TABS.get(folder, f"{folder}/")


def schema(name: str) -> str:
    """Return the address of a JSON Schema by the name of its file."""
    return f"{DATA}schema/{name}"


def doi(name: str) -> str:
    """Return the address at which a DOI is resolved."""
    return f"https://doi.org/{percent(name, safe='/:;()')}"


def event(id: str) -> str:
    return f"events/{id}/"


def issue(id: str) -> str:
    return f"issues/{id}/"


def person(id: str) -> str:
    return f"people/{id}/"


def organization(id: str) -> str:
    return f"organizations/{id}/"


def party(id: str) -> str:
    return f"parties/{id}/"


def source(id: str) -> str:
    return f"sources/{id}/"


def year(number: int) -> str:
    return f"years/{number:04}/"


def comparison(earlier: str, later: str) -> str:
    """Return the address of two events side by side. No id has two hyphens side by side."""
    return f"{COMPARE}{earlier}--{later}/"


def event_comparison(id: str) -> str:
    """Return the address of what an event's column says where it stands beside another, a script."""
    return f"{event(id)}compare.js"


def event_graph(id: str) -> str:
    """Return the address of an event with its quotations as JSON-LD."""
    return f"{event(id)}event.jsonld"


def event_citations(id: str) -> str:
    """Return the address of an event's citation in every format, a script."""
    return f"{event(id)}cite.js"


def preparation(kind: Literal["people", "parties"], first: str, second: str) -> str:
    """Return the address of what two people, or two parties, need before they meet."""
    return f"{PREPARE}{kind}/{first}--{second}/"


def briefing(kind: str, id: str = "", volume: int = 0) -> str:
    """Return the address of a PDF: of the whole record without an id, of one of its volumes with a number."""
    name = f"{kind}/{id}" if id else kind
    return f"{BRIEFINGS}{name}{f'-{volume}' if volume else ''}.pdf"


def sheet(kind: str, id: str) -> str:
    """Return the address of the PDF that tells something on one page."""
    return f"{BRIEFINGS}one-page/{kind}/{id}.pdf"


def part(path: str, number: int) -> str:
    """Return the address of a part of the list at `path`; the first part is the page itself."""
    return f"{path}page-{number}/" if number > 1 else path


def narrowed(path: str, **ids: str) -> str:
    """Return the address of a list narrowed by its filters, as in `quotes/?person=ann-lund`."""
    return f"{path}?{'&'.join(f'{key}={percent(id)}' for key, id in ids.items())}"


def list_index(name: str, key: str) -> str:
    """Return the address of one column of a list's index, a script."""
    return f"lists/{name}/{key}.js"


def list_cards(name: str, number: int) -> str:
    """Return the address of one shard of a list's entries, a script; shards count from 0."""
    return f"lists/{name}/cards-{number}.js"


def quote_anchor(id: str) -> str:
    return f"q-{id}"


def commitment_anchor(id: str) -> str:
    return f"c-{id}"


def position_anchor(issue_id: str, party_id: str = "") -> str:
    """Return the anchor of an issue at an event, or of one party's position on it.

    No id has two hyphens side by side, so that no issue's anchor can meet a position's.
    """
    return f"i-{issue_id}--{party_id}" if party_id else f"i-{issue_id}"


def changes_anchor(party_id: str) -> str:
    return f"changed-{party_id}"


def position(event_id: str, issue_id: str, party_id: str = "") -> str:
    """Return the permanent address of an issue's positions, or of one party's: on its event's page."""
    return f"{event(event_id)}#{position_anchor(issue_id, party_id)}"


def quote(event_id: str, id: str) -> str:
    """Return the permanent address of a quote: its place on its event's page."""
    return f"{event(event_id)}#{quote_anchor(id)}"


def commitment(event_id: str, id: str) -> str:
    """Return the permanent address of a commitment: its place on its event's page."""
    return f"{event(event_id)}#{commitment_anchor(id)}"


def file(path: str) -> str:
    """Return the file that an address opens, query and anchor kept: no server adds it on a memory stick."""
    page, sign, rest = path.partition("?" if "?" in path.partition("#")[0] else "#")
    return f"{page}index.html{sign}{rest}" if page == "" or page.endswith("/") else path


def relative(path: str, page: str) -> str:
    """Return the address of `path` as seen from the page at `page`."""
    return "../" * page.count("/") + file(path)


def shortest(path: str, page: str) -> str:
    """Return the address of `path` as seen from the page at `page`, climbing no higher than needed.

    So themes write links, where `relative` goes by the root.
    """
    there, here = file(path).split("/"), page.split("/")[:-1]
    shared = 0
    while shared < min(len(there) - 1, len(here)) and there[shared] == here[shared]:
        shared += 1
    return "/".join([".."] * (len(here) - shared) + there[shared:])


def to_words(url: str, first: str, last: str) -> str:
    """Return the address of a passage: a text fragment from its first to its last words.

    Follows the WICG's "URL Fragment Text Directives". Browsers that do not know it open the page's top.
    """
    encoded = [percent(part, safe="").replace("-", "%2D") for part in (first, last) if part]
    return f"{url}#:~:text={','.join(encoded)}"
