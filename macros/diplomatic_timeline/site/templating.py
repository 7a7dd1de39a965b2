"""The one Jinja environment of the site, and its filters.

Autoescaping is always on and an undefined name is an error. `Markup` is made here and nowhere else: a filter
that returns it has escaped what it was given.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from diplomatic_timeline.model.quotation import marked
from diplomatic_timeline.site.compiling import FORM, DirectEnvironment, escaped, html
from diplomatic_timeline.site.fragments import APART, Fragments
from diplomatic_timeline.templates import TEMPLATES
from diplomatic_timeline.views import prose, urls
from diplomatic_timeline.views.models import DateView, Link
from diplomatic_timeline.views.wording import ENGLISH, Wording

_Html = TypeVar("_Html", str, bytes)


_KEPT = 1 << 13
"""Addresses, links and dates that are kept as they are written: most come again and again."""

_PLAIN = re.compile(r'\bwords\("([\w.-]+)"\)')
"""A call in a template for words that need nothing filled in."""

ROOT = "\x1a"
"""Stands for the site's root in rendered HTML until `resolve` knows the page's depth.

A control character that no record can hold (`documents` refuses it), so that data can never meet it.
"""


@lru_cache(_KEPT)
def href(path: str) -> str:
    """Return the address of a page for an `href`, to be resolved against the page it stands on."""
    return ROOT + urls.file(path)


def resolve(html: _Html, page: str) -> _Html:
    """Return rendered HTML, as text or in UTF-8, with its addresses relative to the page at `page`."""
    up = "../" * page.count("/")
    return html.replace(ROOT, up) if isinstance(html, str) else html.replace(ROOT.encode(), up.encode())


def time(when: DateView) -> Markup:
    """Return a date in HTML's `time` element, or plain where it has no machine-readable value."""
    return _time(when.machine, when.text)


@lru_cache(_KEPT)
def _time(machine: str | None, text: str) -> Markup:
    if machine is None:
        return html(f'<span class="dt-date">{escaped(text)}</span>')
    return html(f'<time class="dt-date" datetime="{escaped(machine)}">{escaped(text)}</time>')


def worded(words: Wording) -> Callable[..., Markup]:
    """Return the words of the interface as templates call them: escaped, but for fields that are HTML."""
    html_words = words.each(escaped)

    @lru_cache(_KEPT, typed=True)  # a text is another field than the same as HTML
    def say(key: str, **fields: Any) -> Markup:
        for name, value in fields.items():
            if type(value) is str:
                fields[name] = escaped(value)
        return html(html_words(key, **fields))

    return say


def quotation(text: str, words: Wording = ENGLISH) -> Markup:
    """Return a quotation's words with omissions and insertions marked as the editor's."""
    if "[" not in text:
        return html(escaped(text))
    return Markup("").join(
        escape(piece)
        if kind == "words"
        else Markup('<span class="dt-quote__mark" title="{}">{}</span>').format(
            words(f"quotation.{kind}"), piece
        )
        for kind, piece in marked(text)
    )


def recurring(text: str, formulae: Iterable[tuple[int, int]], words: Wording = ENGLISH) -> Markup:
    """Return a quotation's words with the stretches that recur marked.

    A stretch begins and ends in words, so that no omission or insertion is ever cut.
    """
    pieces = []
    position = 0
    for start, end in formulae:
        pieces.append(quotation(text[position:start], words))
        pieces.append(Markup('<mark class="dt-formula">{}</mark>').format(quotation(text[start:end], words)))
        position = end
    return Markup("").join((*pieces, quotation(text[position:], words)))


def commonmark(text: str) -> Markup:
    """Return CommonMark as HTML. Raw HTML is off in the parser, so what comes out is only the parser's."""
    return Markup(prose.to_html(text))


def link(target: Link) -> Markup:
    """Return a link, or its text where it leads nowhere."""
    return _link(target.url, target.text)


@lru_cache(_KEPT)
def _link(url: str | None, text: str) -> Markup:
    if url is None:
        return html(escaped(text))
    # Not Markup.format, which takes several times as long and is called hundreds of times for a page.
    return html(f'<a href="{escaped(href(url))}">{escaped(text)}</a>')


def links(targets: Iterable[Link], separator: str = "", comma: str = ", ") -> Markup:
    """Return links with a separator between them, a comma unless given."""
    return html(escaped(separator or comma).join([_link(t.url, t.text) for t in targets]))


class _Templates(FileSystemLoader):
    """Our templates, in which words that need nothing filled in stand as if they had been written there.

    There are some hundred of these on a page; put in when they are asked for, rendering takes a tenth more.
    """

    def __init__(self, words: Wording) -> None:
        super().__init__(TEMPLATES)
        self.words = words

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, file, current = super().get_source(environment, template)
        return _PLAIN.sub(lambda call: json.dumps(self.words(call[1])), source), file, current


def _compiled(folder: Path) -> FileSystemBytecodeCache:
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder), f"%s-{crc32(FORM.read_bytes()):08x}.cache")


def environment(
    compiled: Path | None = None, of: type[Environment] = DirectEnvironment, words: Wording = ENGLISH
) -> Environment:
    """Return the environment in which components and pages are rendered, in the language of `words`.

    A template is read once. In the folder `compiled`, if one is given, templates are kept as they were
    compiled, by their words. `of` is the kind of environment: templates that are not ours need Jinja's own.
    """
    env = of(
        loader=_Templates(words),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        bytecode_cache=_compiled(compiled) if compiled else None,
        auto_reload=False,
    )
    # A renderer of many pages puts one in its place that remembers.
    env.globals.update(once=Fragments().once, apart=APART, words=worded(words), language=words.language)
    env.filters.update(
        href=href,
        time=time,
        quotation=partial(quotation, words=words),
        recurring=partial(recurring, words=words),
        commonmark=commonmark,
        link=link,
        links=partial(links, comma=words("list.comma")),
        listed=lambda texts: words.listed(list(texts)),
        quoted=words.quoted,
        number=words.number,
        size=words.size,
    )
    return env
