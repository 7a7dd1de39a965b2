"""Style sheets, scripts, typefaces; and which file of a site is joined from which of them.

A page waits for each style sheet and asks for each script, so there is one of either kind for all pages.
"""

from __future__ import annotations

from pathlib import Path

ASSETS = Path(__file__).parent
"""The folder. A site has its files below `assets/` under the same names, but for those that are joined."""

MARK = "images/mark.svg"
"""The logo and favicon of a site that names none, which `site.mark` makes."""

PUBLISHED = (
    "fonts/*.woff2",
    "fonts/*.txt",
    "fonts/print/OFL-NotoSansSC.txt",
    "javascripts/vendor/*",
    "javascripts/moved.js",
)
"""What goes into a site as it is; the typefaces in `fonts/print` are the briefings'."""

STYLESHEETS = (
    "fonts",
    "tokens",
    "theme",
    "base",
    "parties",
    "heads",
    "home",
    "quotes",
    "issues",
    "events",
    "event",
    "commitments",
    "sources",
    "tables",
    "lists",
    "citations",
    "changes",
    "compare",
    "data",
    "gallery",
    "search",
    "chart",
    "phone_bar",
    "accessibility",
    "print",
)
"""In the order in which one may overrule another."""

SCRIPTS = (
    "words",
    "fetched",
    "chart/load",
    "lists/lists",
    "lists/filters",
    "quotes/permalinks",
    "quotes/cite",
    "quotes/rows",
    "commitments/age",
    "search/engine",
    "search/box",
    "compare/compare",
    "compare/prepare",
    "accessibility",
    "phone_bar",
)
"""What every page runs. Classic scripts: from a folder, browsers load no modules."""

CHART_SCRIPTS = (
    "chart/calendar",
    "chart/dom",
    "chart/view",
    "chart/marks",
    "chart/drawing",
    "chart/tip",
    "chart/keyboard",
    "chart/gestures",
    "chart/touch",
    "chart/toolbar",
    "chart/address",
    "chart/chart",
)
"""What `chart/load` fetches where a page has a chart; each uses what those before it added."""

JOINED = {
    "stylesheets/timeline.css": tuple(f"stylesheets/{name}.css" for name in STYLESHEETS),
    "javascripts/timeline.js": tuple(f"javascripts/{name}.js" for name in SCRIPTS),
    "javascripts/head.js": ("javascripts/head.js",),
    "javascripts/citations.js": ("javascripts/quotes/citations.js",),
    "javascripts/chart-live.js": tuple(f"javascripts/{name}.js" for name in CHART_SCRIPTS),
}
"""The files that are joined, each with what it is made from."""

DESK = {
    "stylesheets/desk.css": tuple(f"stylesheets/{name}.css" for name in ("fonts", "tokens", "desk")),
    "javascripts/desk.js": tuple(
        f"javascripts/{name}.js" for name in ("words", "desk/form", "desk/source", "desk/desk")
    ),
}
"""The files of the page of `timeline desk`, joined in the same way; no site has them."""
