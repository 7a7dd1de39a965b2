"""The site's style sheets, scripts and typefaces as MkDocs has them; part of the adapter."""

from __future__ import annotations

import re
from collections.abc import Iterator

import rcssmin
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from diplomatic_timeline.assets import ASSETS, JOINED, PUBLISHED
from diplomatic_timeline.plugin import scripts
from diplomatic_timeline.plugin.stylesheets import trimmed

# What the record's pages get of the theme's style sheets: templates/theme/main.html links it.
_SHELL = "assets/stylesheets/shell.css"
_THEME = re.compile(r"assets/stylesheets/(?:main|palette)\.\w+\.min\.css")
# What the theme's own search would need; ours is diplomatic_timeline.search.
_UNUSED = ("assets/javascripts/lunr/", "assets/javascripts/workers/")


def link(config: MkDocsConfig) -> None:
    """Have every page ask for the site's style sheet and script, before those of mkdocs.yml."""
    script = c.ExtraScriptValue("assets/javascripts/timeline.js")
    script.defer = True
    config.extra_css = ["assets/stylesheets/timeline.css", *config.extra_css]
    config.extra_javascript = [script, *config.extra_javascript]


def made(files: Files) -> Iterator[tuple[str, str | bytes]]:
    """Yield each file of the package's that a site has, and take out of `files` what nobody asks for."""
    for file in [f for f in files if f.src_uri.startswith(_UNUSED)]:
        files.remove(file)
    for pattern in PUBLISHED:
        for path in sorted(ASSETS.glob(pattern)):
            yield f"assets/{path.relative_to(ASSETS).as_posix()}", path.read_bytes()
    for name, parts in JOINED.items():
        shorten = rcssmin.cssmin if name.endswith(".css") else scripts.bare
        texts = [(ASSETS / part).read_text(encoding="utf-8") for part in parts]
        yield f"assets/{name}", "\n".join(map(shorten, texts))
    theme = sorted((f for f in files if _THEME.fullmatch(f.src_uri)), key=lambda f: f.src_uri)
    sheets = [f.content_string for f in theme]
    yield _SHELL, trimmed(sheets).encode()
