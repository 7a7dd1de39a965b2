"""The gallery: every component with its documentation and a working example."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from justhtml import JustHTML

from diplomatic_timeline.site import gallery
from diplomatic_timeline.site.gallery import components, samples
from diplomatic_timeline.site.site import Site
from diplomatic_timeline.templates import TEMPLATES
from diplomatic_timeline.views.timeline import Timeline
from helpers.html import attribute, nodes, text_of

FILES = sorted((TEMPLATES / "components").glob("*.html"))


@pytest.fixture(scope="module")
def shown(small: Timeline) -> str:
    return gallery.gallery(Site(small, "The Sound"))


def test_every_component_is_documented_with_every_parameter_and_takes_everything_by_argument() -> None:
    assert [c.name for c in components()] == [path.stem for path in FILES]
    for path, documented in zip(FILES, components(), strict=True):
        source = path.read_text(encoding="utf-8")
        (defined,) = re.findall(r"{%-?\s*macro\s+([a-z]\w*)\(", source)
        assert defined == path.stem
        signature = re.search(r"{%-?\s*macro\s+\w+\((.*?)\)\s*-?%}", source, re.DOTALL)
        assert signature is not None
        bare = re.sub(r"=\s*(\([^)]*\)|\"[^\"]*\"|\w+)", "", signature[1])
        for parameter in re.findall(r"(?:^|,)\s*(\w+)", bare):
            assert re.search(rf"\b{parameter}\b", documented.text), (path.stem, parameter)
        assert "with context" not in source, path.stem
        assert not re.search(r"\|\s*(?:sort|groupby|dictsort|safe)\b", source), path.stem


def test_a_component_without_a_header_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "components").mkdir()
    (tmp_path / "components" / "bare.html").write_text("{% macro bare() %}{% endmacro %}", encoding="utf-8")
    monkeypatch.setattr(gallery, "TEMPLATES", tmp_path)
    with pytest.raises(ValueError, match=r"bare\.html needs a header comment"):
        components()


def test_every_component_appears_with_its_text_and_its_example_and_claims_no_anchor(shown: str) -> None:
    root = JustHTML(f"<!doctype html><body>{shown}", sanitize=False).root
    everything = text_of(root)
    for component in components():
        (heading,) = [e for e in nodes(root) if attribute(e, "id") == f"component-{component.name}"]
        assert text_of(heading) == component.name
        assert component.text in everything
        assert component.example in everything
    root = JustHTML(f"<!doctype html><body>{shown}", sanitize=False).root
    ids = [attribute(e, "id") for e in nodes(root) if attribute(e, "id")]
    assert len(ids) == len(set(ids))
    assert {id for id in ids if not id.startswith("component-")} == {"specimens"}


def test_every_example_shows_something_also_of_the_real_record(small: Timeline, real: Timeline) -> None:
    site = Site(small, "The Sound")
    names = samples(site)
    for component in components():
        code = f'{{% from "components/{component.name}.html" import {component.name} %}}{component.example}'
        assert site.env.from_string(code).render(names).strip(), component.name
    assert "component-quote" in gallery.gallery(Site(real, "Real"))
