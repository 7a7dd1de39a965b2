"""Whole projects, and the sites that are built of them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from mkdocs.__main__ import cli

from diplomatic_timeline.build.scratch import Scratch
from diplomatic_timeline.build.store import NullStore
from diplomatic_timeline.exports.files import Data, DataFile
from diplomatic_timeline.exports.imprint import Imprint
from diplomatic_timeline.site.page import Page
from diplomatic_timeline.site.site import Site
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.fingerprints import Fingerprints
from diplomatic_timeline.views.timeline import Timeline
from helpers.html import Html
from helpers.records import REPOSITORY, SMALL


def pages_of(site: Site) -> list[Page]:
    """Return a site's pages, made."""
    return [target.make() for target in site.pages()]


def files_of(site: Site) -> dict[str, bytes]:
    """Return by their addresses the files of a site that are no pages, made."""
    made = ((target.path, target.make()) for target in site.files())
    return {path: made if isinstance(made, bytes) else b"".join(made) for path, made in made}


def data_of(timeline: Timeline, imprint: Imprint) -> tuple[DataFile, ...]:
    """Return the files below /data/."""
    return Data(Fingerprints(timeline, {}), imprint, NullStore(), Scratch()).files


@dataclass(frozen=True)
class Built:
    """A finished site: its folder, its absolute address, and the timeline that it shows."""

    folder: Path
    name: str
    address: str
    timeline: Timeline

    @property
    def output(self) -> str:
        """What the build said."""
        return said(self.folder)

    @cached_property
    def pages(self) -> dict[str, Html]:
        """Every HTML file by its path in the site."""
        found = {}
        for path in sorted(self.folder.rglob("*.html")):
            file = path.relative_to(self.folder).as_posix()
            found[file] = Html(file, path.read_text(encoding="utf-8"))
        return found

    @cached_property
    def records(self) -> dict[str, Page]:
        """The pages that the record yields, by the file that each becomes."""
        return {urls.file(p.path): p for p in pages_of(Site(self.timeline, self.name, self.address))}

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

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Return the rows of a table below data/, such as `events.json`."""
        found: list[dict[str, Any]] = json.loads((self.folder / "data" / name).read_text(encoding="utf-8"))
        return found

    def tree(self) -> dict[str, bytes]:
        return tree(self.folder)


def tree(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder by their relative path."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def mkdocs(*arguments: str | Path, folder: Path, strict: bool = True) -> Result:
    """Run MkDocs in a folder as an editor does. `strict` insists that it succeeds."""
    with chdir(folder):
        run = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert not strict or run.exit_code == 0, run.output
    assert run.exception is None or isinstance(run.exception, SystemExit), run.exception
    return run


def mkdocs_apart(*arguments: str | Path, folder: Path, seed: str = "0", strict: bool = True) -> str:
    """Run MkDocs in a process of its own, with Python's warnings as errors; return what it said."""
    run = subprocess.run(
        [sys.executable, "-W", "error", "-m", "mkdocs", *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "PYTHONHASHSEED": seed},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert (run.returncode == 0) == strict, run.stdout
    return run.stdout


def said(site: Path) -> str:
    """Return what the build of a site said, if `built_in` built it."""
    return site.with_name("said.txt").read_text(encoding="utf-8")


def built_in(project: Path, site: Path | None = None) -> Path:
    """Build a project's site, by default into its folder `site`; return that folder."""
    site = site or project / "site"
    run = mkdocs("build", "--site-dir", site, folder=project)
    site.with_name("said.txt").write_text(run.output, encoding="utf-8")
    return site


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
# Printing takes longer than all the rest.
UNPRINTED = CONFIGURATION.replace("briefings: true", "briefings: false")

# Every page that the components and the record's own pages lead to, and every component in use.
PAGES = {
    "index.md": """\
---
description: The record of the Sound.
---
# Sound & Ferries

{{ record_counts() }}

{{ latest_meeting() }}

{{ standings() }}

{{ promise_sums() }}

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
    for name, text in pages.items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    text = configuration.format(inherited=REPOSITORY / "mkdocs.yml")
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return folder
