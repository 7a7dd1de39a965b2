"""What a site is made of, for programs: a bill of materials in the form of CycloneDX 1.6.

It names what the site ships, and as left out of it (`excluded`) the Python packages that build it. It has
neither time nor serial number, so that the same site has the same one.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from typing import Any

from packaging.requirements import Requirement

from diplomatic_timeline.assets.shipped import Shipped, shipped

_OWN = "diplomatic-timeline"


def inputs() -> list[str]:
    """Return what it is made from, in short: the names of all packages here, with their versions."""
    folders = filter(os.path.isdir, dict.fromkeys(sys.path))
    return sorted(name for folder in folders for name in os.listdir(folder) if name.endswith(".dist-info"))


def write(site: str) -> bytes:
    """Return the bill of materials of a site with a name, as JSON."""
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": site, "bom-ref": "site"}},
        "components": [*map(_work, shipped()), *map(_package, packages())],
    }
    return f"{json.dumps(document, ensure_ascii=False, indent=1)}\n".encode()


def packages() -> list[PackageMetadata]:
    """Return what the Python packages that build a site say of themselves, by name: ours, and its needs."""
    found: dict[str, PackageMetadata] = {}
    waiting, seen = [Requirement(_OWN)], set[str]()
    while waiting:
        wanted = waiting.pop()
        if str(wanted) in seen:
            continue
        seen.add(str(wanted))
        try:
            package = metadata(wanted.name)
        except PackageNotFoundError:  # not for this kind of machine
            continue
        found[package["Name"].lower().replace("_", "-")] = package
        waiting += _needs(package, wanted.extras)
    return [found[name] for name in sorted(found)]


def _needs(package: PackageMetadata, extras: set[str]) -> Iterator[Requirement]:
    for line in package.get_all("Requires-Dist") or ():
        need = Requirement(line)
        if need.marker is None or any(need.marker.evaluate({"extra": e}) for e in ("", *extras)):
            need.marker = None
            yield need


def _work(work: Shipped) -> dict[str, Any]:
    font = work.licence.startswith("OFL")
    return {
        "type": "data" if font else "library",
        "name": work.name,
        **({"version": work.version} if work.version else {}),
        "licenses": [{"license": {"id": work.licence}}],
        **(
            {"purl": f"pkg:npm/{work.name}@{work.version}"}
            if "npmjs" in work.address and work.version
            else {}
        ),
        **({"externalReferences": [{"type": "website", "url": work.address}]} if work.address else {}),
    }


def _package(package: PackageMetadata) -> dict[str, Any]:
    name, version = package["Name"], package["Version"]
    named = [c.rpartition(" :: ")[2] for c in package.get_all("Classifier") or () if "License ::" in c]
    (expression,) = package.get_all("License-Expression") or ("",)
    free = (package.get_all("License") or ("",))[0]
    if not expression and not named and 0 < len(free) < 60:
        named = [free]
    licence = (
        [{"expression": expression}] if expression else [{"license": {"name": n}} for n in sorted(named)]
    )
    return {
        "type": "library",
        "name": name,
        "version": version,
        "scope": "excluded",
        **({"licenses": licence} if licence else {}),
        "purl": f"pkg:pypi/{name.lower().replace('_', '-')}@{version}",
    }
