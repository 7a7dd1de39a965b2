"""The site's style sheets, scripts and typefaces as MkDocs has them; part of the adapter."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.theme import Theme as Installed

from diplomatic_timeline.assets import ASSETS, DESK, JOINED, PUBLISHED
from diplomatic_timeline.assets.colors import shades
from diplomatic_timeline.build.target import Target
from diplomatic_timeline.plugin import hosting
from diplomatic_timeline.plugin.pages import Theme
from diplomatic_timeline.views.wording import ENGLISH, Wording

try:
    import minify
except ImportError:  # It has no wheel for Macs of Apple's own processors: there, files are sent as written.
    minify = None

# What the theme's own search would need; ours is diplomatic_timeline.search. And where its sources stood.
_UNUSED = re.compile(r"assets/javascripts/(lunr|workers)/|assets/stylesheets/palette\.|assets/.*\.map$")
_WORDS = re.compile(r'\bwords\("([\w.-]+)"\)')
_HOST = re.compile(r"https?://[^/]+")
_MEDIA = {".css": "text/css", ".js": "text/javascript"}


def link(config: MkDocsConfig) -> None:
    """Have every page ask for the site's style sheet and script, before those of mkdocs.yml."""
    script = c.ExtraScriptValue("assets/javascripts/timeline.js")
    script.defer = True
    config.extra_css = ["assets/stylesheets/timeline.css", *config.extra_css]
    config.extra_javascript = [script, *config.extra_javascript]


def made(files: Files, words: Wording, accent: str | None = None) -> Iterator[tuple[str, str | bytes]]:
    """Yield each file of the package's that a site has, and take out of `files` what nobody asks for."""
    for file in [f for f in files if _UNUSED.match(f.src_uri)]:
        files.remove(file)
    for pattern in PUBLISHED:
        for path in sorted(ASSETS.glob(pattern)):
            yield f"assets/{path.relative_to(ASSETS).as_posix()}", path.read_bytes()
    for name in JOINED:
        yield f"assets/{name}", joined(name, words, accent)


def theme_style() -> bytes:
    """Return the theme's own style sheet, for a page that is shown without MkDocs."""
    folders = [Path(folder) / "assets" / "stylesheets" for folder in Installed(name="material").dirs]
    return b"".join(path.read_bytes() for folder in folders for path in folder.glob("main.*.css"))


def joined(name: str, words: Wording = ENGLISH, accent: str | None = None) -> str:
    """Return a file of `JOINED` or `DESK` as it is sent: without comments and blanks, with short names.

    A script begins with the words that it says; a style sheet calls for them where they stand, and has the
    site's own colour, where there is one.
    """
    source = "\n".join((ASSETS / part).read_text(encoding="utf-8") for part in {**JOINED, **DESK}[name])
    if name.endswith(".css"):
        for scheme, (plain, strong) in shades(accent).items() if accent else ():
            colours = f"--dt-accent: {plain}; --dt-accent-strong: {strong}"
            source += f'[data-md-color-scheme="{scheme}"] {{ {colours} }}\n'
        source = _WORDS.sub(lambda call: _unbroken(words(call[1])), source)
    elif said := _said(source, words):
        source = f"Object.assign((window.dtTexts ||= {{}}), {json.dumps(said)});\n{source}"
    if minify is None:
        return source
    sent: str = minify.string(_MEDIA[PurePath(name).suffix], source)
    return sent


def hosted(theme: Theme, named: Iterable[str]) -> Iterator[Target[bytes]]:
    """Have pages state the policy, and yield the files that tell servers of it.

    Pages may load from the site, from the hosts that are `named`, and from those of mkdocs.yml's own files.
    """
    own = (*theme.config.extra_css, *map(str, theme.config.extra_javascript))
    hosts = sorted({*(name.rstrip("/") for name in named), *(h[0] for f in own if (h := _HOST.match(f)))})
    policy = theme.env.globals["policy"] = hosting.policy(theme.inlined(), hosts)
    for path, text in hosting.files(policy, (file.dest_uri for file in theme.files)):
        yield Target(path, text, text.encode)


def _unbroken(text: str) -> str:
    """Return what a style adds to a line, as CSS has it: it stays in one piece."""
    return json.dumps(text.replace(" ", "\u00a0"), ensure_ascii=False)


def _said(source: str, words: Wording) -> dict[str, object]:
    """Return the words that a script names, and what it needs to write numbers and dates; or nothing."""
    named = words.named_in(source)
    if not named:
        return {}
    months = words.locale.months
    names = {
        "months": months["format"]["wide"],
        "months_alone": months["stand-alone"]["wide"],
        "months_short": months["stand-alone"]["abbreviated"],
    }
    calendar = {name: [of[number] for number in range(1, 13)] for name, of in names.items()}
    return {"language": words.language, **calendar, **named}
