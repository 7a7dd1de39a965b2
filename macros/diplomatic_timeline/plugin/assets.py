"""The site's style sheets and scripts as MkDocs has them: each kind in one file; part of the adapter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import rcssmin
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files

from diplomatic_timeline.build.store import Memo
from diplomatic_timeline.plugin import scripts
from diplomatic_timeline.plugin.stylesheets import trimmed

# The site's own style sheets in one file, beside them so that their relative addresses hold.
_SHEET = "assets/stylesheets/timeline.css"
_SCRIPT = "assets/javascripts/timeline.js"
# What the record's pages get of the theme's style sheets: macros/templates/theme/main.html links it.
_SHELL = "assets/stylesheets/shell.css"
_THEME = re.compile(r"assets/stylesheets/(?:main|palette)\.\w+\.min\.css")
# What the theme's own search would need; ours is macros/search.
_UNUSED = ("assets/javascripts/lunr/", "assets/javascripts/workers/")

Joined = Mapping[str, tuple[str, ...]]
"""The files that are made, each with those that go into it, in their order."""


def ask_once(config: MkDocsConfig) -> Joined:
    """Have pages ask for one style sheet and one script in place of those of mkdocs.yml; return of which.

    A page waits for each style sheet, and asks for each script.
    """
    joined = {_SHEET: tuple(config.extra_css), _SCRIPT: _deferred(config), scripts.LATER: scripts.CHART}
    script = c.ExtraScriptValue(_SCRIPT)
    script.defer = True
    config.extra_css = [_SHEET]
    config.extra_javascript = [*(s for s in config.extra_javascript if str(s) not in joined[_SCRIPT]), script]
    return joined


def made(files: Files, joined: Joined, memo: Memo | None) -> Iterator[tuple[str, str | bytes]]:
    """Yield each file that is made, and take out of `files` what nobody asks for any more.

    Raises PluginError where one that goes into it is missing.
    """
    for file in [f for f in files if f.src_uri.startswith(_UNUSED)]:
        files.remove(file)
    for name, parts in joined.items():
        shorten = rcssmin.cssmin if name == _SHEET else scripts.bare
        yield name, "\n".join([shorten(_taken(part, name, files)) for part in parts])
    theme = sorted((f for f in files if _THEME.fullmatch(f.src_uri)), key=lambda f: f.src_uri)
    sheets = [f.content_string for f in theme]
    yield _SHELL, memo.made(_SHELL, sheets, lambda: trimmed(sheets).encode()) if memo else b""


def _taken(part: str, name: str, files: Files) -> str:
    """Return what a file holds, which is not to be published by itself."""
    file = files.get_file_from_path(part)
    if file is None:
        named = "the chart needs" if name == scripts.LATER else "mkdocs.yml names"
        raise PluginError(f"timeline: {named} docs/{part}, which does not exist")
    files.remove(file)
    return file.content_string


def _deferred(config: MkDocsConfig) -> tuple[str, ...]:
    """Return the scripts of mkdocs.yml that run when the page is there, one after the other."""
    named = (s for s in config.extra_javascript if isinstance(s, c.ExtraScriptValue))
    return tuple(s.path for s in named if s.defer and not s.async_ and not s.type and "//" not in s.path)
