"""The one Jinja environment of the site, and its filters.

Autoescaping is always on and an undefined name is an error. `Markup` is made here and nowhere else: a filter
that returns it has escaped what it was given.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from diplomatic_timeline.model.quotation import marked
from diplomatic_timeline.templates import TEMPLATES
from diplomatic_timeline.views import prose, urls
from diplomatic_timeline.views.models import DateView, Link
from diplomatic_timeline.views.wording import counted, kilobytes

_KEPT = 1 << 13
"""Addresses, links and dates that are kept as they are written: most come again and again."""

ROOT = "\x1a"
"""Stands for the site's root in rendered HTML until `resolve` knows the page's depth.

A control character that no record can hold (`yaml_reader` refuses it), so that data can never meet it.
"""


@lru_cache(_KEPT)
def href(path: str) -> str:
    """Return the address of a page for an `href`, to be resolved against the page it stands on."""
    return ROOT + urls.file(path)


def resolve(html: str, page: str) -> str:
    """Return rendered HTML with its addresses relative to the page at `page`."""
    return html.replace(ROOT, "../" * page.count("/"))


@lru_cache(_KEPT)
def time(when: DateView) -> Markup:
    """Return a date in HTML's `time` element, or plain where it has no machine-readable value."""
    if when.machine is None:
        return Markup('<span class="dt-date">{}</span>').format(when.text)
    return Markup('<time class="dt-date" datetime="{}">{}</time>').format(when.machine, when.text)


def quotation(text: str) -> Markup:
    """Return a quotation's words with omissions and insertions marked as the editor's."""
    titles = {
        "omission": "words left out, or not printed in one piece",
        "insertion": "inserted by the editor",
    }
    return Markup("").join(
        escape(piece)
        if kind == "words"
        else Markup('<span class="dt-quote__mark" title="{}">{}</span>').format(titles[kind], piece)
        for kind, piece in marked(text)
    )


def recurring(text: str, formulae: Iterable[tuple[int, int]]) -> Markup:
    """Return a quotation's words with the stretches that recur marked.

    A stretch begins and ends in words, so that no omission or insertion is ever cut.
    """
    pieces = []
    position = 0
    for start, end in formulae:
        pieces.append(quotation(text[position:start]))
        pieces.append(Markup('<mark class="dt-formula">{}</mark>').format(quotation(text[start:end])))
        position = end
    return Markup("").join((*pieces, quotation(text[position:])))


def commonmark(text: str) -> Markup:
    """Return CommonMark as HTML. Raw HTML is off in the parser, so what comes out is only the parser's."""
    return Markup(prose.to_html(text))


@lru_cache(_KEPT)
def link(target: Link) -> Markup:
    """Return a link, or its text where it leads nowhere."""
    if target.url is None:
        return escape(target.text)
    return Markup('<a href="{}">{}</a>').format(href(target.url), target.text)


def links(targets: Iterable[Link], separator: str = ", ") -> Markup:
    """Return links with a separator between them."""
    return escape(separator).join(map(link, targets))


def environment() -> Environment:
    """Return the environment in which components and pages are rendered; a template is read once."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
    )
    env.globals["once"] = lambda macro, view, *args: macro(view, *args)
    env.filters.update(
        href=href,
        time=time,
        quotation=quotation,
        recurring=recurring,
        commonmark=commonmark,
        link=link,
        links=links,
        counted=counted,
        kilobytes=kilobytes,
    )
    return env
