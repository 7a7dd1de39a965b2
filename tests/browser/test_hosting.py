"""The site as servers are told to send it: under its policy nothing is blocked, and nobody else is asked."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from diplomatic_timeline.plugin.hosting import KEPT, TYPES
from diplomatic_timeline.views import urls
from helpers.browser import WIDE, NewPage
from helpers.page_kinds import page_kinds
from helpers.records import REPOSITORY
from helpers.sites import Built

if TYPE_CHECKING:
    from playwright.sync_api import Page

NGINX = shutil.which(
    "nginx", path=f"{os.environ['PATH']}:/usr/sbin:{REPOSITORY / '.cache' / 'nginx' / 'usr' / 'sbin'}"
)
SMALL_SITE = "Sound & Ferries"
SERVER = """\
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  {server}
}}
"""


PAGE = REPOSITORY / "docs" / "publish" / "nginx.md"


def below_a_path(root: str, site: Path, port: int) -> str:
    """Return the server that the page on nginx has for a site below a path, for this one."""
    blocks: list[str] = re.findall(r"```nginx\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (server,) = (block for block in blocks if "alias" in block)
    for written, here in (
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("/record/", root),
        ("/srv/www/site", f"{site}"),
    ):
        assert written in server
        server = server.replace(written, here)
    return server


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(params=["small", "real"])
def hosted(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Built, str]]:
    """Either site in turn, and its address at an nginx that is told what the site has for it."""
    if NGINX is None or subprocess.run([NGINX, "-v"], capture_output=True, check=False).returncode:
        pytest.skip(
            "NO BROWSER TESTS of hosting: there is no nginx that runs (.ci/browser gets it on Debian)"
        )
    built: Built = request.getfixturevalue(f"built_{request.param}")
    port, root = free_port(), "/" + built.address.split("/", 3)[3]
    shutil.copy(Path(NGINX).parents[2] / "etc" / "nginx" / "mime.types", tmp_path)
    configuration = tmp_path / "nginx.conf"
    configuration.write_text(
        SERVER.format(folder=tmp_path, server=below_a_path(root, built.folder, port)), encoding="utf-8"
    )
    command = [NGINX, "-e", f"{tmp_path}/error.log", "-c", str(configuration)]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    server = subprocess.Popen(command)
    try:
        while server.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=10).close()
                break
            except ConnectionRefusedError:
                continue
        yield built, f"http://127.0.0.1:{port}{root}"
    finally:
        server.terminate()
        server.wait()


def test_types_and_times_and_policy_are_sent(hosted: tuple[Built, str]) -> None:
    built, address = hosted
    for path in sorted(p.relative_to(built.folder).as_posix() for p in built.folder.glob("data/*.*")):
        with urlopen(address + path) as answer:
            kind = path.rpartition(".")[2]
            if kind in TYPES:
                assert answer.headers["Content-Type"] == f"{TYPES[kind]}; charset=utf-8"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    for asset in (p for p in built.folder.rglob("assets/*/*.*") if p.suffix in (".css", ".js")):
        with urlopen(address + asset.relative_to(built.folder).as_posix()) as answer:
            hashed = ".min." in asset.name and "vendor" not in asset.parts
            assert answer.headers["Cache-Control"] == (KEPT if hashed else None), asset


BLOCKED = """document.addEventListener("securitypolicyviolation", e =>
  console.error("blocked", e.violatedDirective, e.blockedURI, e.sample))"""


INJECTED = """() => {
  try { document.body.insertAdjacentHTML("beforeend", "<script></script>"); } catch (e) { return e.name; }
}"""


def use_everything(page: Page, address: str) -> None:
    """Open what opens, and use what scripts add: whatever fetches, writes HTML or sends a form."""
    page.goto(address + "index.html")
    page.locator("[data-dt-explore]").click()
    page.locator(".dt-chart__live").first.wait_for()
    page.get_by_role("radio", name="Switch to the dark scheme").check(force=True)
    page.locator(".dt-filters summary").first.click()
    page.locator(".dt-filters details[open] input[type=checkbox]").first.check()
    page.locator(".dt-filters__chosen .dt-button").first.wait_for()
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Menu").click()
    page.keyboard.press("Escape")
    page.goto(address + urls.file(urls.event("2021-03-18-alaska")))
    page.locator(".dt-quote summary").first.click()
    page.locator(".dt-quote .dt-cite").first.wait_for()
    page.goto(address + urls.file(urls.COMPARE))
    page.get_by_role("button", name="Compare the two").click()
    page.locator(".dt-compared tbody td").first.wait_for()
    page.goto(address + urls.file(urls.PREPARE))
    page.get_by_label("One side").select_option(label="Antony Blinken")
    page.get_by_label("The other side").select_option(label="Wang Yi")
    page.locator("form button").last.click()
    page.locator(".dt-prepare").first.wait_for()
    page.goto(address + "index.html")
    page.set_viewport_size(WIDE)
    page.locator(".md-search__input").click()
    page.keyboard.type("Taiwan")
    page.locator(".dt-found").first.click()
    page.wait_for_url("**/index.html*")


def assert_nothing_is_blocked(page: Page, built: Built, address: str, files: list[str]) -> None:
    said: list[str] = []
    page.on("console", lambda m: said.append(f"{page.url}: {m.text}") if m.type == "error" else None)
    page.add_init_script(BLOCKED)
    for file in files:
        page.goto(address + file)
    if built.name != SMALL_SITE:
        use_everything(page, address)
    assert said == []
    # And what is not the site's own is stopped.
    page.goto(address + "index.html")
    assert page.evaluate(INJECTED) == "TypeError"


def test_nothing_is_blocked_on_any_kind_of_page_or_in_what_opens(
    hosted: tuple[Built, str], new_page: NewPage
) -> None:
    page, built = new_page(bypass_csp=False, fresh=True), hosted[0]
    # The small site has every kind of page of the record; pages by hand are opened from the folder, below.
    kinds = page_kinds(built).values() if built.name == SMALL_SITE else ()
    assert_nothing_is_blocked(page, *hosted, [*kinds])


def test_from_a_folder_nothing_is_blocked_or_missing_or_read_outside_of_it(
    built: Built, new_page: NewPage
) -> None:
    page = new_page(bypass_csp=False, fresh=True)
    home = f"{built.folder.as_uri()}/"
    asked: list[str] = []
    missing: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    # What the next page cut short was there.
    page.on("requestfailed", lambda r: missing.append(r.url) if r.failure != "net::ERR_ABORTED" else None)
    files = [file for file in page_kinds(built).values() if file != "404.html"]
    assert_nothing_is_blocked(page, built, home, files)
    assert len(asked) > 40
    assert [u for u in asked if not u.startswith((home, "data:"))] == []
    assert missing == []
