"""What servers are told about a site: what pages may load, of which type a file is, how long it may be kept.

One list, and a writer for each kind of server. Pages carry the policy, too: some hosts send no headers of
ours, and a folder has no server.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256

TYPES = {
    "bib": "application/x-bibtex",
    "csv": "text/csv",
    "ics": "text/calendar",
    "jsonld": "application/ld+json",
    "ris": "application/x-research-info-systems",
}
"""The types of files that servers do not know, by their endings; all are in UTF-8."""

KEPT = "public, max-age=31536000, immutable"
"""How long a file may be kept whose name changes with what is in it."""

_HASHED = r"\.[0-9a-f]{8}\.min\.(css|js)$"
_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*\bjson\b)[^>]*>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)


def policy(inlined: str, hosts: Iterable[str] = ()) -> str:
    """Return a Content-Security-Policy (CSP level 3): the site's own files, and what stands in `inlined`.

    `inlined` is HTML; the scripts and styles in it may stand in pages. Where nothing comes from other
    `hosts`, scripts have to keep trusted types, as `head.js` does for them.
    """
    own = " ".join(("'self'", *hosts))
    lines = [
        "default-src 'none'",
        f"script-src {own}{_hashes(_SCRIPT, inlined)}",
        f"style-src {own}{_hashes(_STYLE, inlined)}",
        f"img-src {own} data:",
        f"font-src {own}",
        f"connect-src {own}",  # the theme's instant navigation
        "base-uri 'none'",
        "form-action 'self'",
        *(() if hosts else ("require-trusted-types-for 'script'", "trusted-types default")),
    ]
    return "; ".join(lines)


def _hashes(pattern: re.Pattern[str], html: str) -> str:
    found = dict.fromkeys(pattern.findall(html))
    return "".join(f" 'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in found)


def files(allowed: str, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield for each kind of server a file that tells it all this: its path in the site, and its text.

    `allowed` is the policy; `paths` are those of the site's files.
    """
    headers = {
        # A page cannot say itself who may show it in a frame.
        "Content-Security-Policy": f"{allowed}; frame-ancestors 'none'",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    yield "_headers", _netlify(headers, sorted(paths))
    for name, write in (("nginx.conf", _nginx), ("apache.conf", _apache), ("Caddyfile", _caddy)):
        yield f"hosting/{name}", write(headers)


def _netlify(headers: dict[str, str], paths: Iterable[str]) -> str:
    """Return the file of Netlify and Cloudflare Pages, where `:name` stands for any folder."""
    rules = {"/*": headers}
    for path in paths:
        if (kind := path.rpartition(".")[2]) in TYPES:
            rule = re.sub(r"^/(events|issues)/[^/]+/", r"/\1/:id/", f"/{path}")
            rules[rule] = {"Content-Type": f"{TYPES[kind]}; charset=utf-8"}
        elif re.search(_HASHED, path):
            rules[f"/{path}"] = {"Cache-Control": KEPT}
    return "".join(
        f"{rule}\n" + "".join(f"  {name}: {value}\n" for name, value in told.items())
        for rule, told in rules.items()
    )


def _nginx(headers: dict[str, str]) -> str:
    types = "".join(f"  {media} {ending};\n" for ending, media in TYPES.items())
    return (
        "# Inside a server block: include /srv/www/site/hosting/nginx.conf;\n"
        f"include mime.types;\ntypes {{\n{types}}}\n"
        f"charset utf-8;\ncharset_types {' '.join(TYPES.values())}\n"
        "  text/plain text/css text/xml application/javascript;\n"
        f'set $timeline_kept "";\nif ($uri ~ "{_HASHED}") {{\n  set $timeline_kept "{KEPT}";\n}}\n'
        "add_header Cache-Control $timeline_kept;\n"
        + "".join(f'add_header {name} "{value}" always;\n' for name, value in headers.items())
    )


def _apache(headers: dict[str, str]) -> str:
    return (
        "# In the site's virtual host, with mod_headers: Include /srv/www/site/hosting/apache.conf\n"
        + "".join(f'AddType "{media};charset=utf-8" .{ending}\n' for ending, media in TYPES.items())
        + "AddDefaultCharset utf-8\nAddCharset utf-8 .css .js .xml\n"
        + "".join(f'Header always set {name} "{value}"\n' for name, value in headers.items())
        + f'<FilesMatch "{_HASHED}">\n  Header set Cache-Control "{KEPT}"\n</FilesMatch>\n'
    )


def _caddy(headers: dict[str, str]) -> str:
    return (
        "# In the site's block: import /srv/www/site/hosting/Caddyfile\n"
        + "".join(f'header {name} "{value}"\n' for name, value in headers.items())
        # Put off until the file server has said what it takes the file for.
        + "".join(
            f"@timeline_{ending} path *.{ending}\n"
            f'header @timeline_{ending} {{\n  Content-Type "{media}; charset=utf-8"\n  defer\n}}\n'
            for ending, media in TYPES.items()
        )
        + f'@timeline_kept path_regexp {_HASHED}\nheader @timeline_kept Cache-Control "{KEPT}"\n'
    )
