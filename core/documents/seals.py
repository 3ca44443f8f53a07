"""The electronic seal: a PDF signature by the office's certificate, where the operator has set one."""

import io
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from core.config import settings

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

FIELD = "OfficeSeal"


class NoSeal(RuntimeError):
    """The certificate that is set cannot be read; the text says why."""


def seal(pdf: bytes) -> bytes:
    """Return `pdf` signed with the certificate of PDF_CERTIFICATE; as it came where none is set.

    The signature (PAdES baseline B, invisible) is appended: what was printed stays byte for byte.
    Raises NoSeal for a file or password that does not open.
    """
    path = settings().PDF_CERTIFICATE
    if not path:
        return pdf
    # Here, since most commands print nothing, and most offices have no certificate.
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import SigSeedSubFilter

    password = settings().PDF_CERTIFICATE_PASSWORD.get_secret_value()
    written = io.BytesIO()
    signing = signers.PdfSigner(
        signers.PdfSignatureMetadata(
            field_name=FIELD,
            subfilter=SigSeedSubFilter.PADES,
            md_algorithm="sha256",
            location=settings().public_url,
        ),
        signer=_signer(path, password, _changed_ns(path)),
    )
    # It runs an event loop of its own, which is refused where the caller's thread runs one.
    with ThreadPoolExecutor(1) as alone:
        alone.submit(
            signing.sign_pdf, IncrementalPdfFileWriter(io.BytesIO(pdf)), output=written
        ).result()
    return written.getvalue()


def check() -> None:
    """Raise NoSeal where a certificate is set that does not open."""
    path = settings().PDF_CERTIFICATE
    if path:
        _signer(path, settings().PDF_CERTIFICATE_PASSWORD.get_secret_value(), _changed_ns(path))


def _changed_ns(path: str) -> int:
    return Path(path).stat().st_mtime_ns if Path(path).exists() else 0


@lru_cache(maxsize=2)
def _signer(path: str, password: str, changed_ns: int) -> "SimpleSigner":
    """Return who signs; read again when the file has changed."""
    from pyhanko.sign.signers import SimpleSigner

    try:
        content = Path(path).read_bytes()
    except OSError as unreadable:
        raise NoSeal(f"PDF_CERTIFICATE: {unreadable.strerror}") from None
    try:
        signer: SimpleSigner = SimpleSigner.load_pkcs12_data(
            content, other_certs=[], passphrase=password.encode() or None
        )
    except ValueError:
        raise NoSeal(
            "PDF_CERTIFICATE: not a PKCS #12 file, or PDF_CERTIFICATE_PASSWORD is wrong"
        ) from None
    return signer
