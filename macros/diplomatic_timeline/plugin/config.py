"""The plugin's options in mkdocs.yml, and what a site is where mkdocs.yml says nothing of it."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.theme import Theme
from mkdocs.utils import nest_paths

from diplomatic_timeline.assets import MARK
from diplomatic_timeline.assets.colors import shades
from diplomatic_timeline.briefings.contents import Logo
from diplomatic_timeline.model.vocabulary import LANGUAGE
from diplomatic_timeline.views import urls
from diplomatic_timeline.views.wording import Wording

NO_CACHE = "TIMELINE_NO_CACHE"
"""The variable of the environment that has a build believe nothing that is kept, and keep nothing."""

_EXTENSIONS: dict[str, dict[str, Any]] = {
    "attr_list": {},
    "tables": {"use_align_attribute": True},
    "toc": {"permalink": False},
    "pymdownx.highlight": {"use_pygments": True},
    "pymdownx.superfences": {},
}


_LOGO = 200_000
"""The most bytes of a logo: every briefing has it."""

_PARTS = ("briefings", "commitments", "compare", "prepare")
"""What a site can do without: the options, and the folders of their pages."""


class _Accent(base.BaseConfigOption[str]):
    """A colour in which text can be read."""

    def run_validation(self, value: object) -> str:
        try:
            shades(str(value))
        except ValueError as error:
            raise base.ValidationError(str(error)) from None
        return str(value)


class _Language(c.Type[str]):
    """A language's code (BCP 47)."""

    def run_validation(self, value: object) -> str:
        code = super().run_validation(value)
        if not re.fullmatch(LANGUAGE, code):
            raise base.ValidationError(f"'{code}' is no code of a language: write it as 'en' or 'zh-Hans'")
        return code


class TimelineConfig(base.Config):
    """The plugin's options in mkdocs.yml; folders are relative to that file."""

    events = c.Type(str, default="events")
    """The folder of the record."""
    language = c.Optional(_Language(str))
    """The language of the record's texts that name none, where it is not the site's (`theme.language`)."""
    gallery = c.Optional(c.Type(str))
    """The folder of the small record that the gallery of components shows."""
    briefings = c.Type(bool, default=True)
    """Whether the site has printable briefings."""
    commitments = c.Type(bool, default=True)
    """Whether the site tells of promises and warnings; without, nothing in it or its data does."""
    compare = c.Type(bool, default=True)
    """Whether the site has pages on which two events stand side by side."""
    prepare = c.Type(bool, default=True)
    """Whether the site has pages that prepare a meeting."""
    briefings_memory = c.Optional(c.Type(int))
    """The megabytes in which briefings are printed, several at once; half of what is free by default."""
    accent = c.Optional(_Accent())
    """The colour of links and marks, on pages and on paper, as `#rrggbb`."""
    marking = c.Type(str, default="")
    """The line at the foot of each briefing's pages."""
    hosts = c.ListOfItems(c.URL(), default=[])
    """Other hosts from which pages may load scripts, styles, images and fonts, as `https://example.org`."""
    layouts = c.Type(bool, default=True)
    """Whether the theme is rendered once for many pages; the bytes are the same either way."""

    @property
    def without(self) -> frozenset[str]:
        """The parts of the site that are switched off, by the folders of their pages."""
        return frozenset(part for part in _PARTS if not self[part])


@dataclass(frozen=True, slots=True)
class Settings:
    """What mkdocs.yml says that matters without a site, too.

    The record's name, its address (empty where it has none), its folder, the language of the interface, the
    record's own, how briefings look (their foot, colour and logo), and the parts of the site that are
    switched off.
    """

    name: str
    address: str
    events: Path
    language: str
    own: str
    marking: str
    accent: str | None
    logo: Logo | None
    without: frozenset[str]


def read_settings(file: Path) -> Settings:
    """Return what mkdocs.yml says, or what holds where there is no such file.

    MkDocs reads it, so that `INHERIT`, `!ENV` and Python's tags mean what they mean in a build; but theme,
    plugins and pages need not be there. Raises ConfigurationError, which is one of click's.
    """
    config, options = MkDocsConfig(str(file)), TimelineConfig()
    if file.is_file():
        with file.open("rb") as stream:
            config.load_file(stream)
    # Names, and mappings of a name to its options; or one such mapping.
    plugins = config["plugins"] if isinstance(config["plugins"], list) else [config["plugins"]]
    options.load_dict(next((p["timeline"] for p in plugins if isinstance(p, dict) and p.get("timeline")), {}))
    for name, error in options.validate()[0]:
        raise ConfigurationError(f"{file}: {name!r} of the plugin 'timeline': {error}")
    theme = config["theme"] if isinstance(config["theme"], dict) else {}
    language = theme.get("language") or "en"
    return Settings(
        name=config.site_name or "Diplomatic record",
        address=config.site_url or "",
        events=file.parent / options.events,
        language=language,
        own=options.language or language,
        marking=options.marking,
        accent=options.accent,
        logo=logo(file.parent / (config.docs_dir or "docs"), theme.get("logo")),
        without=options.without,
    )


def logo(docs: Path, name: str | None) -> Logo | None:
    """Return the theme's logo for paper; None where the site has that of the package.

    Raises ConfigurationError where no file has that name, or one that cannot be printed.
    """
    if not name or name == f"assets/{MARK}":
        return None
    try:
        kind, content = Path(name).suffix.removeprefix(".").lower(), (docs / name).read_bytes()
    except OSError as error:
        raise ConfigurationError(f"theme.logo: {docs.name}/{name}: {error.strerror}") from None
    if kind not in ("svg", "png", "jpg") or len(content) > _LOGO:
        raise ConfigurationError(
            f"theme.logo: {docs.name}/{name} goes onto every briefing: take an SVG, PNG or JPG file "
            f"of at most {_LOGO // 1000} kB"
        )
    return Logo(kind, content)


def _theme(words: Wording) -> dict[str, Any]:
    """Return the theme's options that mkdocs.yml can leave out."""
    return {
        "language": "en",
        "font": False,
        "logo": f"assets/{MARK}",
        "favicon": f"assets/{MARK}",
        "features": [
            "navigation.tabs",
            "navigation.tabs.sticky",
            "navigation.footer",
            "content.code.copy",
            "toc.follow",
        ],
        "palette": [
            {
                "media": f"(prefers-color-scheme: {scheme})",
                "scheme": name,
                "primary": "custom",
                "accent": "custom",
                "toggle": {"icon": f"material/{icon}", "name": words(f"theme.{toggle}")},
            }
            for scheme, name, icon, toggle in (
                ("light", "default", "moon-waning-crescent", "dark"),
                ("dark", "slate", "brightness-5", "light"),
            )
        ],
    }


def complete(config: MkDocsConfig, words: Wording, without: Collection[str] = ()) -> None:
    """Set what mkdocs.yml leaves open: theme, Markdown's extensions, which links are checked.

    What it sets to anything but MkDocs' or the theme's own default stays, but for what leads to parts that
    are switched off.
    """
    if config.theme.name == "mkdocs":  # what MkDocs takes where none is named; our templates need Material
        config.theme = Theme(name="material")
    default = Theme(name="material")
    for name, value in _theme(words).items():
        if config.theme.get(name) == default.get(name):
            config.theme[name] = value
    for name, settings in _EXTENSIONS.items():
        if name not in config.markdown_extensions:
            config.markdown_extensions.append(name)
        config.mdx_configs[name] = {**settings, **config.mdx_configs.get(name, {})}
    config.extra.setdefault("generator", False)
    config.extra["licences"] = urls.file(urls.LICENCES)
    nav, links = config.validation.nav, config.validation.links
    if nav.omitted_files == logging.INFO:
        nav.omitted_files = logging.DEBUG
    for name in ("anchors", "absolute_links", "unrecognized_links"):
        if links[name] == logging.INFO:
            links[name] = logging.WARNING
    if config.nav is None:
        config.nav = _nav(Path(config.docs_dir))
    config.nav = _shown(config.nav, without)
    # Addresses name index.html, so that the site also opens from a folder.
    config.use_directory_urls = False


def _shown(nav: list[Any], without: Collection[str]) -> list[Any]:
    """Return a navigation without what leads to parts that are switched off, and sections that empties."""
    found: list[Any] = []
    for entry in nav:
        title, page = next(iter(entry.items())) if isinstance(entry, dict) else (None, entry)
        if isinstance(page, list):
            if page := _shown(page, without):
                found.append({title: page})
        elif str(page).partition("/")[0] not in without:
            found.append(entry)
    return found


def _nav(docs: Path) -> list[Any]:
    """Return a navigation: the home page, the record's lists, then whatever else is written by hand."""
    lists = {
        "Issues": "issues",
        "Quotes": "quotes",
        "Promises": "commitments",
        "People": "people",
        "Sources": "sources",
    }
    own = sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
    return [
        {"Timeline": "index.md"},
        *({title: f"{folder}/index.md"} for title, folder in lists.items()),
        *nest_paths(path for path in own if path != "index.md"),
    ]
