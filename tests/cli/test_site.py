"""`timeline build` and `timeline serve`: that MkDocs is asked, and what is answered where it cannot be."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from helpers.commands import timeline
from helpers.sites import UNPRINTED, write_project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_project(tmp_path, configuration=UNPRINTED)


def test_a_site_is_built_and_a_mistake_ends_with_1_and_is_told(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert timeline("build").exit_code == 0
    assert (project / "site/index.html").is_file()
    assert "MkDocs 2" not in capfd.readouterr().err
    (project / "events/1996/1996-04-02-saltholm.yml").write_text("", encoding="utf-8")
    assert timeline("build").exit_code == 1
    assert "error[empty-file]" in capfd.readouterr().err


@pytest.mark.parametrize("command", ["build", "serve"])
def test_a_folder_without_mkdocs_yml_is_no_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = timeline(command, *(["--address", "127.0.0.1:0"] if command == "serve" else []))
    assert result.exit_code == 2
    assert "there is no mkdocs.yml here; run the command in the project's folder" in result.output


def test_an_address_in_use_is_answered_with_another() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = timeline("serve", "--address", f"127.0.0.1:{taken.getsockname()[1]}")
    assert result.exit_code == 2
    assert "is the preview running already?" in result.output


@pytest.mark.parametrize("address", ["localhost", "127.0.0.1:port", "127.0.0.1:99999"])
def test_what_is_no_address_is_refused(address: str) -> None:
    result = timeline("serve", "--address", address)
    assert result.exit_code == 2
    assert f"{address} cannot be used" in result.output
