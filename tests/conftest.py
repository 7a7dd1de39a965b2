"""The two records and their sites, each read and built once in a run of the tests."""

from __future__ import annotations

import os
import posixpath
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from diplomatic_timeline.model.records import Corpus, Event
from diplomatic_timeline.record.loader import read_folder
from diplomatic_timeline.site.page import Page
from diplomatic_timeline.site.site import Site
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.timeline import Timeline
from justhtml import JustHTML, ParseError
from justhtml.dom import Node
from mkdocs.config import load_config

os.environ["NO_MKDOCS_2_WARNING"] = "1"

pytest_plugins = ["browser_desk", "chart_desk"]

REPOSITORY = Path(__file__).resolve().parent.parent
SMALL = REPOSITORY / "tests" / "corpus_small"
REAL = REPOSITORY / "events"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud that no browser was there: a quiet skip would look like success."""
    reasons = {str(r.longrepr[2]) for r in terminalreporter.stats.get("skipped", ()) if r.longrepr}
    for reason in sorted(reasons):
        if "NO BROWSER TESTS" in reason:
            terminalreporter.write_line(reason, red=True, bold=True)


def timeline_of(folder: Path) -> Timeline:
    """Return the timeline of the record in `folder`, which must be sound."""
    reading = read_folder(folder)
    assert reading.sound, reading.diagnostics
    return Timeline(reading.corpus, reading.proofs)


def make_event(id: str = "1990-talks", date: str = "1990-05-04", **fields: Any) -> Event:
    """Return an event of the tiny world below, with whatever a test does not care about filled in."""
    return Event.model_validate(
        {
            "id": id,
            "date": date,
            "title": f"Title of {id}",
            "kind": "talks",
            "level": "minister",
            "summary": f"Summary of {id}.",
            "issues": [{"issue": "toll"}],
            "sources": ["paper"],
            **fields,
        }
    )


def make_quote(id: str = "q", **fields: Any) -> dict[str, Any]:
    return {
        "id": id,
        "speaker": "ann-lund",
        "post": "Envoy",
        "party": "north",
        "text": f"These are the exact words of {id}.",
        "issues": ["toll"],
        "source": "paper",
        "rendering": "written",
        **fields,
    }


def make_commitment(id: str = "c", **fields: Any) -> dict[str, Any]:
    return {
        "id": id,
        "made_by": ["north"],
        "statement": f"Do {id}.",
        "source": "paper",
        "status": "open",
        "last_checked": "1991",
        **fields,
    }


def make_corpus(*events: Event, **registries: Mapping[str, Any]) -> Corpus:
    """Return a tiny world: two parties and one that looks on, a person each, two issues, one source."""
    side = {"adjective": "A", "color": "blue", "marker": "circle"}
    world: dict[str, Any] = {
        "parties": {
            "east": {**side, "id": "east", "name": "East", "short": "E", "order": 3, "observer": True},
            "south": {**side, "id": "south", "name": "South", "short": "S", "order": 2},
            "north": {**side, "id": "north", "name": "North", "short": "N", "order": 1},
        },
        "people": {
            "ann-lund": {"id": "ann-lund", "name": "Ann Lund", "family_name": "Lund", "party": "north"},
            "bob-aas": {"id": "bob-aas", "name": "Bob Aas", "family_name": "Aas", "party": "south"},
            "eve-moe": {"id": "eve-moe", "name": "Eve Moe", "family_name": "Moe", "party": "east"},
        },
        "organizations": {"wire": {"id": "wire", "name": "The Wire"}},
        "places": {"port": {"id": "port", "name": "Port", "within": "South"}},
        "issues": {
            "toll": {"id": "toll", "name": "Toll", "description": "What ships pay."},
            "bridge": {"id": "bridge", "name": "Bridge", "parent": "toll", "description": "Who builds it."},
        },
        "sources": {
            "paper": {
                "id": "paper",
                "title": "A paper",
                "publisher": "The Paper",
                "published": "1990-05-05",
                "kind": "press",
            }
        },
    }
    for kind, records in registries.items():
        world[kind] = {id: {"id": id, **record} for id, record in records.items()}
    ordered = sorted(events, key=lambda e: (e.date.order, e.id))
    files = {e.id: f"events/1990/{e.id}.yml" for e in events}
    return Corpus.model_validate({**world, "events": {e.id: e for e in ordered}, "files": files})


def make_timeline(*events: Event, **registries: Mapping[str, Any]) -> Timeline:
    return Timeline(make_corpus(*events, **registries))


def words(text: str) -> str:
    """Return text as a reader sees it: one space between words."""
    return " ".join(text.split())


def nodes(root: Node) -> Iterator[Node]:
    """Yield the elements below `root` in the order of the document."""
    waiting = list(reversed(root.children or ()))
    while waiting:
        node = waiting.pop()
        if not node.name.startswith(("#", "!")):
            yield node
            waiting.extend(reversed(node.children or ()))


def text_of(root: Node) -> str:
    """Return the words inside an element."""
    return words(root.to_text(separator="", strip=False))


def attribute(node: Node, name: str) -> str:
    return (node.attrs or {}).get(name) or ""


@dataclass(frozen=True)
class Html:
    """One page of a built site. `file` is relative to the site's folder."""

    file: str
    source: str
    root: Node
    errors: tuple[ParseError, ...]

    @cached_property
    def elements(self) -> tuple[Node, ...]:
        return tuple(nodes(self.root))

    @cached_property
    def ids(self) -> dict[str, Node]:
        return {attribute(e, "id"): e for e in self.elements if attribute(e, "id")}

    def named(self, *names: str) -> tuple[Node, ...]:
        """Return the elements with one of these tag names."""
        return tuple(e for e in self.elements if e.name in names)

    def one(self, name: str, /, **attributes: str) -> Node:
        """Return the only element with that tag name and these attributes."""
        found = [
            e for e in self.named(name) if all(attribute(e, k) == value for k, value in attributes.items())
        ]
        assert len(found) == 1, f"{self.file}: {len(found)} of <{name}> {attributes}"
        return found[0]

    def target(self, address: str) -> str:
        """Return the file in the site to which a relative address leads."""
        path = unquote(address.partition("#")[0].partition("?")[0])
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.file), path)) if path else self.file


@dataclass(frozen=True)
class Built:
    """A finished site: its folder, its absolute address, and the timeline that it shows."""

    folder: Path
    name: str
    address: str
    timeline: Timeline
    output: str = field(repr=False)

    @cached_property
    def pages(self) -> dict[str, Html]:
        """Every HTML file by its path in the site."""
        found = {}
        for path in sorted(self.folder.rglob("*.html")):
            file = path.relative_to(self.folder).as_posix()
            source = path.read_text(encoding="utf-8")
            document = JustHTML(source, sanitize=False, collect_errors=True)
            found[file] = Html(file, source, document.root, tuple(document.errors))
        return found

    @cached_property
    def records(self) -> dict[str, Page]:
        """The pages that the record yields, by the file that each becomes."""
        return {urls.file(p.path): p for p in Site(self.timeline, self.name, self.address).pages()}

    @cached_property
    def moved(self) -> dict[str, str]:
        """Each old event id's page with the page to which it leads."""
        return {
            urls.file(urls.event(alias)): urls.file(urls.event(id))
            for id, event in self.timeline.events.items()
            for alias in event.aliases
        }

    @property
    def inner(self) -> Iterator[Html]:
        """Every page but those of old ids, and the one for addresses that lead nowhere."""
        return (page for file, page in self.pages.items() if file != "404.html" and file not in self.moved)

    def page(self, path: str) -> Html:
        """Return the page at an address such as `events/1996-04-02-saltholm/`."""
        return self.pages[f"{path}index.html"]

    def tree(self) -> dict[str, bytes]:
        return tree(self.folder)


def tree(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder by their relative path."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def mkdocs(
    *arguments: str | Path, folder: Path, seed: str = "0", strict: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run MkDocs as an editor does, with Python's warnings as errors. `strict` insists that it succeeds."""
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    run = subprocess.run(
        [sys.executable, "-W", "error", "-m", "mkdocs", *map(str, arguments)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert not strict or run.returncode == 0, run.stdout + run.stderr
    return run


CONFIGURATION = """\
INHERIT: {inherited}
site_name: Sound & Ferries
site_url: https://example.org/sound/
site_description: What was said on the Sound.
repo_url: https://example.org/code/
edit_uri: edit/main/docs/
plugins:
  - timeline:
      events: events
      briefings: true
nav:
  - Timeline: index.md
  - Issues: issues/index.md
  - People: people/index.md
  - Quotes: quotes/index.md
  - Commitments: commitments/index.md
  - Sources: sources/index.md
  - About:
      - about/index.md
      - Proof: about/proof.md
"""

# Every page that the components and the record's own pages lead to, and every component in use.
PAGES = {
    "index.md": """\
---
description: The record of the Sound.
---
# Sound & Ferries

{{ record_counts() }}

{{ overview_chart() }}

{{ timeline(filters=true) }}
""",
    "about/index.md": """\
---
description: A page around records.
---
# About the Sound

Before the {{ "card" }} and after it.

## The talks

{{ event_card("1996-04-02-saltholm") }}

{{ quote("lin-no-ship") }}

{{ commitment("saltholm-quota") }}

## Fisheries

{{ timeline(issue="fisheries", level=3) }}

{{ commitments(party="cyrene") }}

{{ issue_matrix() }}

{{ balance() }}

{{ proof_counts() }}

{{ corrections() }}

## How to write it

{% raw %}
A page calls `{{ quote("lin-no-ship") }}`:

```jinja
{{ event_card("1996-04-02-saltholm") }}
```
{% endraw %}
""",
    "about/proof.md": "---\ndescription: The rule.\n---\n# How words are proven\n\nWord for word.\n",
}


def write_project(
    folder: Path,
    events: Path = SMALL,
    pages: dict[str, str] = PAGES,
    configuration: str = CONFIGURATION,
) -> Path:
    """Write a whole project around a copy of a record, dressed like the repository's; return `folder`."""
    shutil.copytree(events, folder / "events")
    shutil.copytree(REPOSITORY / "docs" / "assets", folder / "docs" / "assets")
    for name, text in pages.items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    text = configuration.format(inherited=REPOSITORY / "mkdocs.yml")
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def small() -> Timeline:
    """The small record: three parties, an observer, and text that tries to be markup."""
    return timeline_of(SMALL)


@pytest.fixture(scope="session")
def real() -> Timeline:
    """The record that the repository publishes."""
    return timeline_of(REAL)


@pytest.fixture(scope="session")
def built_small(tmp_path_factory: pytest.TempPathFactory, small: Timeline) -> Built:
    """The small record's site, around pages that use every component."""
    project = write_project(tmp_path_factory.mktemp("small") / "project")
    run = mkdocs("build", folder=project)
    return Built(
        project / "site", "Sound & Ferries", "https://example.org/sound/", small, run.stdout + run.stderr
    )


@pytest.fixture(scope="session")
def built_real(tmp_path_factory: pytest.TempPathFactory, real: Timeline) -> Built:
    """The repository's own site."""
    site = tmp_path_factory.mktemp("real") / "site"
    run = mkdocs("build", "--site-dir", site, folder=REPOSITORY)
    config = load_config(str(REPOSITORY / "mkdocs.yml"))
    return Built(site, config.site_name, config.site_url or "", real, run.stdout + run.stderr)


@pytest.fixture(params=["small", "real"])
def built(request: pytest.FixtureRequest) -> Built:
    """Either site in turn."""
    site: Built = request.getfixturevalue(f"built_{request.param}")
    return site
