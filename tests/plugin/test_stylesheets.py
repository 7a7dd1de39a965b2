# ruff: noqa: E501 (the small programs that run in the page)
"""The theme's style sheets as the record's pages get them: smaller, and no page looks another way for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from diplomatic_timeline.plugin.stylesheets import trimmed
from helpers.page_kinds import page_kinds
from helpers.sites import Built

if TYPE_CHECKING:
    from playwright.sync_api import Page

SHELL = "assets/stylesheets/shell.css"
# How every element of the page and its two pseudo-elements look, but for what nothing of the page reads: unread
# custom properties are not there to be looked at.
LOOK = """() => {
  const names = [...getComputedStyle(document.documentElement)].filter(n => !n.startsWith("--"));
  return [...document.querySelectorAll("html, body, body *")].flatMap(element => [null, "::before", "::after"].map(pseudo => {
    const style = getComputedStyle(element, pseudo);
    if (pseudo && style.content === "none") return "";
    return element.tagName + "." + element.className + (pseudo || "") + " " + names.map(n => n + ":" + style[n]).join(";");
  }));
}"""
SWAP = """async names => {
  const old = document.querySelector('link[href$="shell.css"]');
  const put = names.map(name => {
    const link = Object.assign(document.createElement("link"), {rel: "stylesheet", href: old.href.replace("shell.css", name)});
    old.before(link);
    return new Promise(done => link.onload = done);
  });
  await Promise.all(put);
  old.remove();
}"""


def differing(one: str, other: str) -> str:
    """Return which properties of two descriptions of an element differ."""
    pairs = zip(one.split(";"), other.split(";"), strict=True)
    return one.split(" ")[0] + ": " + "; ".join(f"{a} / {b}" for a, b in pairs if a != b)


@pytest.mark.parametrize(
    ("css", "left"),
    [
        ("a{color:red}.admonition{color:blue}", "a{color:red}"),
        (".md-typeset .admonition p,.md-nav a{x:y}", ".md-nav a{x:y}"),
        ("@media print{.tabbed-set>input{x:y}}", ""),
        ("@media print{.tabbed-set>input{x:y}a{x:y}}", "@media print{a{x:y}}"),
        ("a:not(.md-button){x:y}", "a:not(.md-button){x:y}"),
        (":is(.grid,p) a{x:y}", ":is(.grid,p) a{x:y}"),
        (".grid-like,.information{x:y}", ".grid-like,.information{x:y}"),
        ("[data-md-color-switching] *{x:y}", ""),
        ('@charset "UTF-8";a{x:y}', "a{x:y}"),
        ("@keyframes turn{to{x:y}}", "@keyframes turn{to{x:y}}"),
        (':root{--unread:url("data:a");--read:url("data:b")}a{mask:var(--read)}',
         ':root{--read:url("data:b")}a{mask:var(--read)}'),
    ],
)  # fmt: skip
def test_what_no_page_of_the_record_shows_is_left_out_and_the_rest_stays(css: str, left: str) -> None:
    assert trimmed([css]) == left


def test_sheets_keep_their_order() -> None:
    assert trimmed(["a{x:1}", "a{x:2}"]) == "a{x:1}a{x:2}"


def test_pages_of_the_record_wait_for_less_than_the_theme_s_sheets(built_real: Built) -> None:
    whole = sum(
        path.stat().st_size
        for name in ("main", "palette")
        for path in (built_real.folder / "assets/stylesheets").glob(f"{name}.*.min.css")
    )
    assert (built_real.folder / SHELL).stat().st_size < 2 / 3 * whole
    for file, page in built_real.pages.items():
        if file not in built_real.moved:
            assert ("stylesheets/main." in page.source) == (file not in built_real.records), file


def test_no_kind_of_page_looks_another_way_than_with_the_whole_sheets(
    page: Page, built_small: Built, served_small: str
) -> None:
    whole = [
        next((built_small.folder / "assets/stylesheets").glob(f"{name}.*.min.css")).name
        for name in ("main", "palette")
    ]
    page.emulate_media(reduced_motion="reduce")
    for file in {f for f in page_kinds(built_small).values() if f in built_small.records}:
        for width, scheme in ((1280, "default"), (390, "slate")):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(served_small + file)
            page.evaluate("scheme => document.body.setAttribute('data-md-color-scheme', scheme)", scheme)
            page.mouse.move(0, 0)
            short = page.evaluate(LOOK)
            page.evaluate(SWAP, whole)
            full = page.evaluate(LOOK)
            other = [(a, b) for a, b in zip(short, full, strict=True) if a != b]
            assert [differing(*pair) for pair in other[:5]] == [], f"{file} at {width} px"
