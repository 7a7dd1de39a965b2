"""`make reproduce`: the record's site built twice, as differently as can be, and every byte compared.

Folder, user, home, time zone, locale, hash seed, umask and order of files differ; nothing kept is used. The
second user is `nobody`, where root asks and that user can read this environment.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INPUTS = ("docs", "events", "tests/records/small")
PROGRAM = (sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet")
PLACES = {
    "one": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    "another/and deeper": {
        "TZ": "America/Adak",
        "LC_ALL": "C.UTF-8",
        "LANGUAGE": "de",
        "PYTHONHASHSEED": "77",
    },
}


def nobody() -> int | None:
    """Return the number of a user who is not this one, if there may be such."""
    if os.geteuid() != 0:
        return None
    other = pwd.getpwnam("nobody").pw_uid
    command = [sys.executable, "-c", "import diplomatic_timeline"]
    try:
        subprocess.run(command, user=other, cwd="/", capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return other


def copied(folder: Path, backwards: bool) -> None:
    """Copy what a site is made from; the files of a folder come about in either order."""
    for source in sorted(
        (p for name in INPUTS for p in (ROOT / name).rglob("*") if p.is_file()), reverse=backwards
    ):
        target = folder / source.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    shutil.copyfile(ROOT / "mkdocs.yml", folder / "mkdocs.yml")


def main() -> None:
    other, sums = nobody(), []
    if other is None:
        print(
            "reproduce: both builds by the same user (run as root, from a place that all may read, for two)"
        )
    with tempfile.TemporaryDirectory() as scratch:
        os.chmod(scratch, 0o755)
        for number, (name, environment) in enumerate(PLACES.items()):
            folder = Path(scratch) / name
            folder.mkdir(parents=True)
            copied(folder, backwards=bool(number))
            user = other if number else None
            if user is not None:
                for path in (folder, *folder.rglob("*")):
                    os.chown(path, user, -1)
            settings = {
                "PATH": os.environ["PATH"],
                "HOME": str(folder),
                "NO_MKDOCS_2_WARNING": "1",
                **environment,
            }
            subprocess.run(
                PROGRAM, cwd=folder, env=settings, user=user, umask=(0o077, 0o002)[number], check=True
            )
            site = folder / "site"
            subprocess.run(
                ["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"], cwd=site, check=True
            )
            sums.append(set((site / "SHA256SUMS").read_text(encoding="utf-8").splitlines()))
            print(f"reproduce: {len(sums[-1])} files built in {name!r}", flush=True)
    differing = sorted({line.partition("  ")[2] for line in sums[0] ^ sums[1]})
    if differing:
        sys.exit("\n  ".join(("reproduce: not the same in both builds:", *differing)))
    print("reproduce: the same bytes in both")


if __name__ == "__main__":
    main()
