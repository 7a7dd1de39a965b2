"""Publishes a finished build: what changed is written, what is gone is removed, the rest stays untouched.

A build goes to a folder beside the published one, so that whatever stops it leaves the published one whole.
"""

from __future__ import annotations

import filecmp
import os
import shutil
from pathlib import Path


def workshop(site: Path) -> Path:
    """Return the folder, emptied, in which the next `site` is built."""
    folder = site.with_name(f".{site.name}.building")
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def publish(built: Path, site: Path) -> int:
    """Make `site` equal to `built` and remove `built`; return how many files were written or removed.

    Files of equal bytes keep their time stamps, so that copies to a server carry only what changed. Links
    inside `site` are replaced, never followed. Raises FileNotFoundError where there is no build.
    """
    if not built.is_dir():
        raise FileNotFoundError(built)
    changed = 0
    site.mkdir(parents=True, exist_ok=True)
    wanted = {path.relative_to(built) for path in built.rglob("*") if path.is_file()}
    for name in sorted(wanted):
        source, target = built / name, site / name
        _make_folder(target.parent, site)
        if target.is_symlink():
            target.unlink()
        elif target.is_dir():
            shutil.rmtree(target)
        elif target.is_file() and filecmp.cmp(source, target, shallow=False):
            continue
        os.replace(source, target)
        changed += 1
    for path in sorted(site.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(site) not in wanted:
            path.unlink()
            changed += 1
    shutil.rmtree(built)
    return changed


def _make_folder(folder: Path, site: Path) -> None:
    """Make a folder below `site`, in the way of which a file of the same name may stand."""
    for part in reversed([folder, *folder.parents]):
        if site in part.parents and (part.is_symlink() or part.is_file()):
            part.unlink()
    folder.mkdir(parents=True, exist_ok=True)
