"""`make screenshots`: the pictures of README and docs, taken from the built site by Debian's Chromium.

Each is PNG with few colours, the first screen of a page at 1280 by 800 pixels.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from helpers.browser import CHROMIUM, FLAGS, serving, settled

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "assets" / "images"
PAGES = {"home": "index.html", "event": "events/2021-03-18-alaska/index.html"}
"""Each picture by what follows `screenshot-` in its name."""


def main() -> None:
    with serving(ROOT / "site") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        for name, path in PAGES.items():
            settled(page, address + path)
            picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            picture = picture.quantize(64, Image.Quantize.MAXCOVERAGE)
            picture.save(IMAGES / f"screenshot-{name}.png", optimize=True)
            sys.stdout.write(f"{IMAGES / f'screenshot-{name}.png'}\n")
        browser.close()


if __name__ == "__main__":
    main()
