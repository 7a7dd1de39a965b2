"""Our search box stands inside the theme's header: these fail when the theme changes what ours follows."""

from __future__ import annotations

from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import pytest

from helpers.html import attribute
from helpers.records import REPOSITORY
from helpers.sites import Built

_SPEC = find_spec("material")
assert _SPEC
assert _SPEC.origin
THEME = Path(_SPEC.origin).parent / "templates" / "partials"
OURS = REPOSITORY / "macros" / "diplomatic_timeline" / "templates" / "theme" / "partials"

# When one of these differs, the theme has changed: compare its partial with ours, carry over what is new,
# look at the box wide and narrow, then write the new digest here and the new version into ours.
FOLLOWED = {
    "header.html": "8cf3fb15bcf969ff596649616fd99366b3c31c08d57a86d05308efc16d8fa75f",
    "search.html": "bfd556535abcddb99396ab2a7e3acc2ebcd3f36756007d3969396caa4126be30",
}
THEIR_BUTTON = '    {% if "material/search" in config.plugins %}'
OUR_SEARCH = """\
    <label class="md-header__button md-icon" for="__search">
      {% set icon = config.theme.icon.search or "material/magnify" %}
      {% set icon %}{% include ".icons/" ~ icon ~ ".svg" %}{% endset %}
      {{ icon | replace("<path", '<path id="dt-magnify"', 1) }}
    </label>
    {% include "partials/search.html" %}
"""


@pytest.mark.parametrize("name", FOLLOWED)
def test_the_theme_still_has_the_partial_that_ours_follows(name: str) -> None:
    found = sha256((THEME / name).read_bytes()).hexdigest()
    assert found == FOLLOWED[name], f"the theme's {name} has changed; see the comment above in this file"


def test_our_header_is_the_themes_but_for_the_search_box_and_the_repository() -> None:
    theirs = (THEME / "header.html").read_text(encoding="utf-8").partition("-#}\n")[2]
    ours = (OURS / "header.html").read_text(encoding="utf-8").partition("-#}\n")[2]
    before, _, rest = theirs.partition(THEIR_BUTTON)
    after = "  </nav>" + rest.partition("  </nav>")[2]
    assert ours == before + OUR_SEARCH + after


def test_the_themes_script_has_nothing_to_start_its_own_search_from(built: Built) -> None:
    """It looks for a form of that name, and for a component of that name."""
    for page in built.pages.values():
        if page.file in built.moved:
            continue
        assert [f for f in page.named("form") if attribute(f, "name") == "search"] == []
        assert [e for e in page.elements if attribute(e, "data-md-component") == "search"] == []
        assert len([e for e in page.elements if "data-dt-search" in (e.attrs or {})]) == 1
