"""What a site ships that somebody has written: licences, notices, and the files that hold it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import distribution, version
from importlib.util import find_spec
from pathlib import Path

from diplomatic_timeline.assets import ASSETS


@dataclass(frozen=True)
class Shipped:
    """A work with a licence (an SPDX identifier). `notice` names a file in the assets, in the theme's package
    after `material:`, or is the name of a Python package that brings one.

    `files` are patterns of the site's files below `assets/` that hold some of it; `address` is its own site.
    """

    name: str
    version: str
    licence: str
    address: str
    notice: str
    files: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        """The notice."""
        if self.notice.endswith(".txt"):
            return (ASSETS / self.notice).read_text(encoding="utf-8")
        package, _, file = self.notice.partition(":")
        if file:
            found = find_spec(package)
            return (Path(str(found and found.origin)).parent / file).read_text(encoding="utf-8")
        metadata = distribution(package)
        return metadata.read_text("licenses/LICENSE") or metadata.read_text("LICENSE") or ""


def shipped() -> tuple[Shipped, ...]:
    """Return what every site ships."""
    npm, bundle, d3 = "https://www.npmjs.com/package", "javascripts/bundle.*", "javascripts/vendor/*"
    fonts, adobe = "https://fonts.google.com/noto/specimen/Noto+Sans+SC", "https://github.com/adobe-fonts"
    theme = version("mkdocs-material")
    return (
        Shipped(
            *("Diplomatic timeline", version("diplomatic-timeline"), "MIT", "", "diplomatic-timeline"),
            (
                *("stylesheets/timeline.css", "javascripts/*.js", "overview.js"),
                *("images/mark.svg", "lists/*", "javascripts/timeline.js"),
            ),
        ),
        Shipped(
            *("Material for MkDocs", theme, "MIT", "https://squidfunk.github.io/mkdocs-material/"),
            "mkdocs-material",
            (bundle, "stylesheets/main.*", "stylesheets/palette.*", "images/favicon.png"),
        ),
        # The theme's script holds these; it does not say in which versions.
        Shipped("clipboard", "", "MIT", f"{npm}/clipboard", "notices/clipboard.txt", (bundle,)),
        Shipped("escape-html", "", "MIT", f"{npm}/escape-html", "notices/escape-html.txt", (bundle,)),
        Shipped("focus-visible", "", "W3C", f"{npm}/focus-visible", "notices/focus-visible.txt", (bundle,)),
        Shipped("rxjs", "", "Apache-2.0", f"{npm}/rxjs", "notices/rxjs.txt", (bundle,)),
        Shipped("tslib", "", "0BSD", f"{npm}/tslib", "notices/tslib.txt", (bundle,)),
        Shipped(
            *("Material Design Icons", "", "Apache-2.0", "https://pictogrammers.com/library/mdi/"),
            "material:templates/.icons/material/LICENSE",
        ),
        *(
            Shipped(name, number, "ISC", f"{npm}/{name}", "javascripts/vendor/LICENSE-d3.txt", (d3,))
            for name, number in D3.items()
        ),
        Shipped(
            *("Source Serif 4", "", "OFL-1.1", f"{adobe}/source-serif", "fonts/OFL-SourceSerif4.txt"),
            ("fonts/serif*.woff2", "fonts/OFL-SourceSerif4.txt"),
        ),
        Shipped(
            *("Source Sans 3", "", "OFL-1.1", f"{adobe}/source-sans", "fonts/OFL-SourceSans3.txt"),
            ("fonts/sans*.woff2", "fonts/OFL-SourceSans3.txt"),
        ),
        Shipped(
            *("Noto Sans SC", "", "OFL-1.1", fonts, "fonts/print/OFL-NotoSansSC.txt"),
            ("fonts/han.woff2", "fonts/print/OFL-NotoSansSC.txt"),
        ),
    )


D3 = {
    "d3-array": "3.2.5",
    "d3-brush": "3.0.1",
    "d3-dispatch": "3.0.2",
    "d3-drag": "3.0.1",
    "d3-selection": "3.0.1",
    "d3-time": "3.1.1",
    "d3-zoom": "3.0.1",
    "internmap": "2.0.3",
}
"""The parts of D3 in `javascripts/vendor`, as `.ci/d3/package.json` has them."""
