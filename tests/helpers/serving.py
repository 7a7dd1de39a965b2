"""What tests of serving share: `mkdocs serve` without its socket."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer


class Server:
    """What `mkdocs serve` does between one save and the next, without its socket."""

    def __init__(self, project: Path, site: Path) -> None:
        self.project, self.site = project, site
        config = self.config()
        config.plugins.on_startup(command="serve", dirty=False)
        self.rebuild()

    def config(self) -> MkDocsConfig:
        return load_config(str(self.project / "mkdocs.yml"), site_dir=str(self.site))

    def rebuild(self) -> None:
        build(self.config(), serve_url="http://127.0.0.1:8000/")

    def page(self, path: str) -> str:
        return (self.site / path / "index.html").read_text(encoding="utf-8")

    def listening(self) -> LiveReloadServer:
        """Return the server as plugins have set it up; it has to be closed."""
        config = self.config()
        listening = LiveReloadServer(self.rebuild, "127.0.0.1", 0, root=str(self.site))
        config.plugins.on_serve(listening, config=config, builder=self.rebuild)
        return listening

    def answers(self, *addresses: str) -> dict[str, tuple[str, bytes]]:
        """Return what a browser that asks for these addresses gets: the status and the bytes."""
        listening = self.listening()
        application: Any = listening.get_app()
        found = {}
        for address in addresses:
            said: list[str] = []
            asked = {"PATH_INFO": f"/{address}", "HTTP_HOST": "127.0.0.1:8000", "REQUEST_METHOD": "GET"}
            answer = application(asked, lambda status, headers, said=said: said.append(status))
            found[address] = said[0], b"".join(answer)
        listening.server_close()
        return found
