"""The one Jinja environment of the site, and its filters.

Autoescaping is always on and an undefined name is an error. `Markup` is made here and nowhere else: a filter
that returns it has escaped what it was given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache, partial
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from diplomatic_timeline.model.quotation import marked
from diplomatic_timeline.model.translations import foreign
from diplomatic_timeline.templates import TEMPLATES
from diplomatic_timeline.views import prose, urls
from diplomatic_timeline.views.models import DateView, Link
from diplomatic_timeline.views.wording import ENGLISH, Wording

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
    return Markup('<time datetime="{}">{}</time>').format(when.machine, when.text)


def worded(html: Wording) -> Callable[..., Markup]:
    """Return escaped words of the interface as templates call them: fields are escaped that are no HTML."""

    @lru_cache(_KEPT, typed=True)  # a text is another field than the same as HTML
    def say(key: str, **fields: Any) -> Markup:
        for name, value in fields.items():
            if isinstance(value, str):
                fields[name] = escape(value)
        return Markup(html(key, **fields))

    return say


# Letters of the scripts that run from right to left, and all others (Unicode, DerivedBidiClass.txt).
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_AGAINST = {
    "ltr": re.compile(f"[{_RIGHT_TO_LEFT}]"),
    "rtl": re.compile(rf"(?![{_RIGHT_TO_LEFT}])[^\W\d_]"),
}


def bdi(text: object, words: Wording = ENGLISH) -> Markup:
    """Return a name or a title; where it runs against the page, what stands beside it keeps its place.

    One that is in another language than the page says so to the browser.
    """
    if not isinstance(text, str) or isinstance(text, Markup):
        return escape(text)
    html = _isolated(escape(text), text, words)
    language = foreign(text, words.language)
    return Markup('<span lang="{}">{}</span>').format(language, html) if language else html


def told(text: object, words: Wording = ENGLISH) -> Markup:
    """Return our own words; where they are not in the page's language, with a mark that says in which."""
    return _with_mark(bdi(text, words), text, words)


def _with_mark(html: Markup, text: object, words: Wording) -> Markup:
    language = foreign(text, words.language)
    if language is None:
        return html
    mark = words("language.mark", language=words.called(language))
    return Markup('{} <span class="dt-lines__kind">{}</span>').format(html, mark)


def _isolated(html: Markup, text: str, words: Wording) -> Markup:
    if text.isascii() or not _AGAINST[words.locale.text_direction].search(text):
        return html
    return Markup("<bdi>{}</bdi>").format(html)


def quotation(text: str, words: Wording = ENGLISH) -> Markup:
    """Return a quotation's words with omissions and insertions marked as the editor's."""
    return _isolated(_marked(text, words), text, words)


def _marked(text: str, words: Wording) -> Markup:
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
        pieces.append(_marked(text[position:start], words))
        pieces.append(Markup('<mark class="dt-formula">{}</mark>').format(_marked(text[start:end], words)))
        position = end
    return _isolated(Markup("").join((*pieces, _marked(text[position:], words))), text, words)


def commonmark(text: str, words: Wording = ENGLISH) -> Markup:
    """Return CommonMark as HTML. Raw HTML is off in the parser, so what comes out is only the parser's."""
    html = Markup(prose.to_html(text))
    if language := foreign(text, words.language):
        html = Markup('<div lang="{}">{}</div>').format(language, html)
    return _with_mark(html, text, words)


@lru_cache(_KEPT)
def link(target: Link, words: Wording = ENGLISH) -> Markup:
    """Return a link, or its text where it leads nowhere."""
    text = bdi(target.text, words)
    return text if target.url is None else Markup('<a href="{}">{}</a>').format(href(target.url), text)


def links(targets: Iterable[Link], separator: str = "", words: Wording = ENGLISH) -> Markup:
    """Return links with a separator between them, a comma unless one is given."""
    return escape(separator or words("list.comma")).join(link(target, words) for target in targets)


class _Compiled(BytecodeCache):
    """The code of compiled templates, in memory alone.

    `serve` builds a site again and again in one process: of a small one it takes half the time.
    """

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key, bucket.checksum] = bucket.code


@cache
def compiled(words: Wording, environment: str = "site") -> BytecodeCache:
    """Return what keeps the templates that an environment has compiled: words are filled in by then."""
    return _Compiled()


def environment(words: Wording = ENGLISH) -> Environment:
    """Return the environment in which components and pages are rendered; a template is read once.

    What filters make of literals alone, as most words are, Jinja fills in when it compiles a template.
    """
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
        bytecode_cache=compiled(words),
    )
    html = words.each(lambda text: str(escape(text)))
    env.globals.update(
        once=lambda macro, view, *args: macro(view, *args), language=words.language, without=()
    )
    env.filters.update(
        href=href,
        time=time,
        quotation=partial(quotation, words=words),
        recurring=partial(recurring, words=words),
        commonmark=partial(commonmark, words=words),
        link=partial(link, words=words),
        links=partial(links, words=words),
        bdi=partial(bdi, words=words),
        told=partial(told, words=words),
        listed=lambda texts: Markup(html.listed([bdi(text, words) for text in texts])),
        quoted=words.quoted,
        number=words.number,
        size=words.size,
        words=worded(html),
    )
    for name in ("marker", "party_label", "speaker_name"):
        env.filters[name] = _component_of(env, name)
    return env


def _component_of(env: Environment, name: str) -> Callable[[Any], Markup]:
    """Return a filter that gives a component of a view. There are few such views: each is rendered once."""

    def component(view: Any) -> Markup:
        return Markup(getattr(env.get_template(f"components/{name}.html").module, name)(view))

    return cache(component)
