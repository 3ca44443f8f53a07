"""The machine and the settings: libraries, fonts, words, room, mail server, office's certificate."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import make_url

from core.attachments.scanner import Scanner, ScannerAway
from core.attachments.storage import storage
from core.config import ROOT, settings
from core.doctor.findings import Finding, hint, wrong
from core.documents import fonts, seals
from core.messages.post import PostOffice

#: Less than this and a day of uploads, or a backup, may not find room.
LEAST_FREE = 2 * 1024**3
#: Seconds in which a scanner that lives greets back.
PATIENCE = 5
CATALOGUES = ROOT / "translations"
#: What the absence of a package means; deploy/bootstrap says which are absent.
MEANING = {
    "libharfbuzz-subset0": "papers are printed, but fifty times slower",
    "libpango-1.0-0": "no paper can be printed",
    "libpangoft2-1.0-0": "no paper can be printed",
}


def look_at_settings() -> Iterator[Finding]:
    """Settings that let the application start, and harm in service."""
    now = settings()
    if not now.in_production:
        yield hint(f"APP_ENV is {now.APP_ENV}: for a district in service set APP_ENV=production.")
        return
    if now.MAIL_URL and now.MAIL_FROM.endswith("@localhost"):
        yield wrong("MAIL_FROM ends in @localhost, which mail servers refuse: set the office's.")
    if not now.TRUSTED_PROXIES:
        yield hint(
            "TRUSTED_PROXIES is 0: behind a proxy every visitor seems to have its address, and "
            "shares one limit; set the number of your proxies."
        )


def look_at_libraries() -> Iterator[Finding]:
    """Shared libraries, as deploy/bootstrap looks for them."""
    asked = subprocess.run(  # noqa: S603 - our own program
        [ROOT / "deploy" / "bootstrap", "missing"], capture_output=True, text=True, check=False
    )
    for package in asked.stdout.split():
        if package in MEANING:
            yield wrong(
                f"{package} is missing and {MEANING[package]}: apt-get install "
                f"--no-install-recommends {package}."
            )


def look_at_fonts() -> Iterator[Finding]:
    """The Chinese fonts of papers."""
    absent = fonts.absent()
    if absent:
        yield wrong(
            f"The Chinese fonts {', '.join(absent)} are not installed, so papers lack their usual "
            "face: apt-get install --no-install-recommends fonts-noto-cjk."
        )


def look_at_words() -> Iterator[Finding]:
    """The compiled catalogues."""
    for source in sorted(CATALOGUES.glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists():
            yield wrong(
                f"{source.parts[-3]} is not compiled, pages are in English: make translate."
            )
        elif compiled.stat().st_mtime < source.stat().st_mtime:
            yield wrong(f"{source.parts[-3]} is older than its source: make translate.")


def look_at_room() -> Iterator[Finding]:
    """Room on the disks that grow."""
    places = {"temporary files": Path(tempfile.gettempdir())}
    if (folder := storage().folder) is not None:
        places["stored files"] = folder
    url = make_url(settings().DATABASE_URL)
    if url.drivername == "sqlite" and url.database:
        places["the database"] = Path(url.database).parent
    for what, place in places.items():
        if place.exists() and (free := shutil.disk_usage(place).free) < LEAST_FREE:
            yield wrong(
                f"Only {free / 1e9:.1f} GB are free for {what} ({place}): make room, or move them "
                "to a larger disk."
            )


def look_at_mail() -> Iterator[Finding]:
    """Whether the mail server answers, and lets us in."""
    if not settings().MAIL_URL:
        yield hint("MAIL_URL is not set: no mail is sent, letters wait in the outbox.")
        return
    try:
        with PostOffice(settings().MAIL_URL) as office:
            words = office.greet()
    except ValueError as mistake:
        words = str(mistake)
    if words:
        yield wrong(f"The mail server does not take us ({words}): check MAIL_URL.")


def look_at_seal() -> Iterator[Finding]:
    """Whether the office's certificate opens, where one is set."""
    try:
        seals.check()
    except seals.NoSeal as closed:
        yield wrong(f"No paper can be issued: {closed}. Check PDF_CERTIFICATE and its password.")


def look_at_scanner() -> Iterator[Finding]:
    """Whether the virus scanner answers, where one is set."""
    if not settings().SCAN_URL:
        yield hint("SCAN_URL is not set: what people hand in is not looked into for viruses.")
        return
    try:
        Scanner(settings().SCAN_URL, PATIENCE).greet()
    except ScannerAway as away:
        yield wrong(
            f"The virus scanner does not answer ({away}), so new files cannot be opened: start "
            "clamd, or check SCAN_URL."
        )
