"""The files that are joined from the package's style sheets and scripts."""

from __future__ import annotations

from diplomatic_timeline.assets import ASSETS, DESK, JOINED, PUBLISHED


def test_every_style_sheet_and_script_reaches_the_site_or_the_desk_once() -> None:
    own = [p.relative_to(ASSETS) for kind in ("css", "js") for p in ASSETS.rglob(f"*.{kind}")]
    parts = [part for parts in JOINED.values() for part in parts]
    parts += {part for parts in DESK.values() for part in parts}.difference(parts)
    assert sorted(parts) == sorted(p.as_posix() for p in own if not any(map(p.match, PUBLISHED)))
