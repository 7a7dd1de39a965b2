"""The plugin's options in mkdocs.yml, and what a site is where mkdocs.yml says nothing of it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.theme import Theme

from diplomatic_timeline.assets import MARK

_THEME: dict[str, Any] = {
    "language": "en",
    "font": False,
    "logo": f"assets/{MARK}",
    "favicon": f"assets/{MARK}",
    "icon": {"edit": "material/pencil-outline"},
    "features": [
        "navigation.tabs",
        "navigation.tabs.sticky",
        "navigation.footer",
        "navigation.top",
        "content.action.edit",
        "content.code.copy",
        "toc.follow",
    ],
    "palette": [
        {
            "media": f"(prefers-color-scheme: {scheme})",
            "scheme": name,
            "primary": "custom",
            "accent": "custom",
            "toggle": {"icon": f"material/{icon}", "name": f"Switch to the {other} scheme"},
        }
        for scheme, name, icon, other in (
            ("light", "default", "weather-night", "dark"),
            ("dark", "slate", "weather-sunny", "light"),
        )
    ],
}
_EXTENSIONS: dict[str, dict[str, Any]] = {
    "attr_list": {},
    "tables": {},
    "toc": {"permalink": False},
    "pymdownx.highlight": {"use_pygments": True},
    "pymdownx.superfences": {},
}


class TimelineConfig(base.Config):
    """The plugin's options in mkdocs.yml; folders are relative to that file."""

    events = c.Type(str, default="events")
    """The folder of the record."""
    gallery = c.Optional(c.Type(str))
    """The folder of the small record that the gallery of components shows."""
    briefings = c.Type(bool, default=True)
    """Whether the site has printable briefings."""
    briefings_memory = c.Optional(c.Type(int))
    """The megabytes in which briefings are printed, several at once; half of what is free by default."""
    marking = c.Type(str, default="")
    """The line at the foot of each briefing's pages."""
    stamp = c.Type(bool, default=True)
    """Whether the theme is rendered once for many pages of a kind; the bytes are the same either way."""


def complete(config: MkDocsConfig) -> None:
    """Set what mkdocs.yml leaves open: theme, Markdown's extensions, which links are checked."""
    given: dict[str, Any] = {}
    for one in config.user_configs:
        given.update(one)
    if given.get("theme") is None:
        config.theme = Theme(name="material")
    named = given.get("theme")
    options = named if isinstance(named, Mapping) else {}
    for name, value in _THEME.items():
        if name not in options:
            config.theme[name] = value
    for name, settings in _EXTENSIONS.items():
        if name not in config.markdown_extensions:
            config.markdown_extensions.append(name)
        config.mdx_configs.setdefault(name, {})
        config.mdx_configs[name] = {**settings, **config.mdx_configs[name]}
    config.extra.setdefault("generator", False)
    if "validation" not in given:
        config.validation.nav.omitted_files = logging.DEBUG
        config.validation.links.anchors = logging.WARNING
        config.validation.links.absolute_links = logging.WARNING
        config.validation.links.unrecognized_links = logging.WARNING
    # Addresses name index.html, so that the site also opens from a folder.
    config.use_directory_urls = False
