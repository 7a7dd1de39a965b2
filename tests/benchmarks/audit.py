# ruff: noqa: E501 (the page that it writes)
"""`make audit`: readers' tasks in a browser, and Lighthouse on six pages of the built site.

The figures are printed, and written to docs/develop/audit.md.

The site is served from this machine as an ordinary host serves it: compressed, each file with a time to keep it.
Lighthouse comes by npm, at the versions of .ci/audit/package-lock.json; the browser is Debian's Chromium.
"""

from __future__ import annotations

import gzip
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from . import figures, tasks

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "site"
TOOLS = ROOT / ".cache" / "audit"
REPORT = ROOT / "docs" / "develop" / "audit.md"
CATEGORIES = {
    "performance": "performance",
    "accessibility": "accessibility",
    "best-practices": "best practices",
    "seo": "SEO",
}
FORMS = {"phone": (), "desktop": ("--preset=desktop",)}
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --no-first-run"
TEXT = ("text/", "application/json", "application/xml", "image/svg", "application/javascript")


class Host(BaseHTTPRequestHandler):
    """Serves `site/` with gzip and cache headers, as an ordinary host of static files does."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = (SITE / unquote(urlsplit(self.path).path).lstrip("/")).resolve()
        if path.is_dir():
            path /= "index.html"
        found = path.is_file() and path.is_relative_to(SITE)
        body = path.read_bytes() if found else b"Not found"
        kind = (guess_type(path.name)[0] or "application/octet-stream") if found else "text/plain"
        self.send_response(200 if found else 404)
        if kind.startswith(TEXT):
            kind += "; charset=utf-8"
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                body = gzip.compress(body, 9, mtime=0)
                self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", f"max-age={600 if kind.startswith('text/html') else 31536000}")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def hosting() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def tools() -> tuple[str, Path, str]:
    """Return Node, Lighthouse's program and Chromium; leaves with a word of help where one is missing."""
    node, npm = shutil.which("node"), shutil.which("npm")
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not (node and npm and chromium):
        lacking = [n for n, p in (("nodejs", node), ("npm", npm), ("chromium", chromium)) if not p]
        sys.exit(
            f"=== NO AUDIT: {', '.join(lacking)} missing; as root: apt-get install {' '.join(lacking)} ==="
        )
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(version.removeprefix("v").partition(".")[0]) < 18:
        sys.exit(f"=== NO AUDIT: Lighthouse needs Node 18.16 or newer, this is {version} ===")
    program = TOOLS / "node_modules" / "lighthouse" / "cli" / "index.js"
    lock = (ROOT / ".ci" / "audit" / "package-lock.json").read_bytes()
    installed = TOOLS / "package-lock.json"
    if not (program.is_file() and installed.is_file() and installed.read_bytes() == lock):
        TOOLS.mkdir(parents=True, exist_ok=True)
        installed.unlink(missing_ok=True)
        shutil.copy(ROOT / ".ci" / "audit" / "package.json", TOOLS)
        (TOOLS / "package-lock.json").write_bytes(lock)
        print("audit: installing Lighthouse into .cache/audit", file=sys.stderr)
        quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        if subprocess.run([npm, "ci", *quiet], cwd=TOOLS, stdout=subprocess.DEVNULL, check=False).returncode:
            installed.unlink()
            sys.exit("=== NO AUDIT: npm could not install Lighthouse (see above) ===")
    return node, program, chromium


def pages() -> dict[str, str]:
    """Return the audited pages' addresses below the root: of events and issues, the one with most HTML."""
    found = {"home": "index.html"}
    for name, folder in (("event", "events"), ("issue", "issues")):
        every = sorted((SITE / folder).glob("*/index.html"), key=lambda p: (-p.stat().st_size, p))
        if not every:
            sys.exit(f"audit: site/{folder}/ has no page; run `make site` first")
        found[name] = every[0].relative_to(SITE).as_posix()
    return {**found, **{name: f"{name}/index.html" for name in ("quotes", "compare", "prepare")}}


def audit(address: str, form: str, node: str, program: Path, chromium: str) -> dict[str, Any]:
    """Return Lighthouse's report on one page."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        subprocess.run(
            [
                *(node, str(program), address, *FORMS[form], "--quiet", "--output=json"),
                *(f"--output-path={out}", f"--chrome-flags={FLAGS} --user-data-dir={folder}/browser"),
            ],
            env={**os.environ, "CHROME_PATH": chromium},
            timeout=180,
            check=True,
        )
        report: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    if "runtimeError" in report:
        sys.exit(f"audit: {address}: {report['runtimeError']['message']}")
    return report


def score(report: dict[str, Any], category: str) -> int:
    return round(100 * (report["categories"][category]["score"] or 0))


def shortcomings(report: dict[str, Any]) -> list[str]:
    """Return the audits that cost points, with what Lighthouse says of each."""
    counted = {
        a["id"]
        for category in CATEGORIES
        for a in report["categories"][category]["auditRefs"]
        if a["weight"] and score(report, category) < 100
    }
    lost = [a for i, a in report["audits"].items() if i in counted and (a["score"] or 0) < 0.995]
    return [
        f"{a['title']}{': ' + a['displayValue'] if a.get('displayValue') else ''}"
        for a in lost
        if a["scoreDisplayMode"] not in ("notApplicable", "manual", "informative")
    ]


def answered(base: str, chromium: str) -> list[list[str]]:
    """Return the rows of the tasks: what each took, and what it may take."""
    rows = []
    for task, steps, screen in tasks.done(base, chromium):
        missed = steps > task.steps or screen > task.screens
        rows.append(
            [
                task.name,
                *(str(n) for n in (steps, task.steps, screen, task.screens)),
                "missed" if missed else "met",
            ]
        )
        print(*rows[-1], sep=" | ", flush=True)
    return rows


def main() -> None:
    if not (SITE / "index.html").is_file():
        sys.exit("audit: there is no site/; run `make site` first")
    node, program, chromium = tools()
    keep = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    names = list(CATEGORIES)
    rows, remarks, versions = [], [], ""
    with hosting() as base:
        asked = answered(base, chromium)
        for page, path in pages().items():
            for form in FORMS:
                # Performance varies by some points from run to run: the middle one of three counts.
                runs = [audit(base + path, form, node, program, chromium) for _ in range(3)]
                report = sorted(runs, key=lambda r: score(r, "performance"))[1]
                if keep:
                    (keep / f"{page}-{form}.json").write_text(json.dumps(report), encoding="utf-8")
                took = [report["audits"][a]["displayValue"] for a in METRICS]
                weight = report["audits"]["total-byte-weight"]["numericValue"] / 1000
                cells = [
                    f"{page}, {form}",
                    *(str(score(report, c)) for c in names),
                    *took,
                    f"{weight:.0f} kB",
                ]
                rows.append([cell.replace("\xa0", " ") for cell in cells])
                remarks += [f"- {page}, {form}: {s}" for s in shortcomings(report)]
                versions = (
                    f"Lighthouse {report['lighthouseVersion']}, {report['environment']['hostUserAgent']}"
                )
                print(*cells, sep=" | ", flush=True)
                print(*(r for r in remarks[-9:] if r.startswith(f"- {page}, {form}")), sep="\n", flush=True)
    heads = ["page", *CATEGORIES.values(), *METRICS.values(), "weight"]
    table = figures.table("Figures of the audit", heads, rows)
    chrome = versions.partition("Chrome/")[2].partition(" ")[0]
    text = PAGE.format(
        tasks="\n".join(figures.table("Tasks of readers", TASKS, asked)),
        table="\n".join(table),
        remarks="\n" + "\n".join(remarks).replace("\xa0", " ") + "\n" if remarks else " None.\n",
        lighthouse=versions.partition(",")[0],
        chromium=chrome,
        cores=os.cpu_count(),
        system=f"{platform.system()} {platform.machine()}",
    )
    REPORT.write_text(text, encoding="utf-8")
    print(f"written: {REPORT.relative_to(ROOT)}")


TASKS = ["task", "clicks and keys", "at most", "screen", "at most", "bound"]
METRICS = {
    "first-contentful-paint": "first paint",
    "largest-contentful-paint": "largest paint",
    "total-blocking-time": "blocked",
    "cumulative-layout-shift": "shift",
}
PAGE = """\
---
description: How many clicks readers' tasks take, and what Lighthouse says of six pages, on a phone and on a desktop.
---

# Audit

## Tasks

Each begins on the first page, in a window of 1440 by 900 pixels. Typed words are not counted. The screen is that of the last page
on which the answer ends: 1 is what is seen without scrolling.

{tasks}

## Lighthouse

Written by `make audit`: {lighthouse} with Chromium {chromium}, {cores} cores, {system}. The site is served from
the same machine, compressed, and slowed down by Lighthouse as it does: a slow phone on 4G, and a desktop on a wire.
Of events and issues the page with most on it stands for all. Performance varies from run to run and
with what else the machine is doing: of three runs, the middle one is shown.

{table}

What costs points:{remarks}"""


if __name__ == "__main__":
    main()
