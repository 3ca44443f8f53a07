"""The office's certificate on papers: signed where one is set, proved by a validator, kept archival."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pypdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from pydantic import SecretStr
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from core import documents
from core.accounts import SYSTEM
from core.attachments.storage import get
from core.config import settings
from core.db import atomic
from core.documents import seals
from core.documents.queries import find_by_digest
from tests.core.papers import FACTS

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture(scope="module")
def identity():
    """A certificate of an office with its key, as PKCS #12, and the certificate alone."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "成都市锦江区行政审批局")])
    now = datetime.now(UTC)  # noqa: TID251 - validators look at the machine's clock
    usage = x509.KeyUsage(True, True, *[False] * 7)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(usage, critical=True)
        .sign(key, SHA256())
    )
    sealed = BestAvailableEncryption(b"open sesame")

    return (
        pkcs12.serialize_key_and_certificates(b"office", key, certificate, None, sealed),
        certificate.public_bytes(Encoding.DER),
    )


@pytest.fixture
def office(app, identity, tmp_path):
    """The application with the office's certificate set."""
    path = tmp_path / "seal.p12"
    path.write_bytes(identity[0])
    settings().PDF_CERTIFICATE = str(path)
    settings().PDF_CERTIFICATE_PASSWORD = SecretStr("open sesame")
    yield path
    settings().PDF_CERTIFICATE = ""
    settings().PDF_CERTIFICATE_PASSWORD = SecretStr("")


def issue():
    with atomic():
        paper = documents.issue("submission_receipt", facts=FACTS["submission_receipt"], by=SYSTEM)
        return paper.sha256, get(paper.sha256)


def verdict(pdf, root):
    [signature] = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    trusted = ValidationContext(trust_roots=list(load_certs_from_pemder_data(root)))
    # In a thread of its own: after a browser story this one has a running event loop.
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(validate_pdf_signature, signature, trusted).result()


def test_a_paper_is_signed_and_the_signature_covers_all_of_it(office, identity):
    digest, pdf = issue()
    status = verdict(pdf, identity[1])
    assert status.bottom_line, status.pretty_print_details()
    assert status.coverage.name == "ENTIRE_FILE"
    assert find_by_digest(digest) is not None, "what is kept and compared is the signed file"
    root = pypdf.PdfReader(io.BytesIO(pdf)).root_object
    assert b"pdfaid" in root["/Metadata"].get_object().get_data(), "it still says: archival"


def test_a_changed_paper_does_not_pass(office, identity):
    _digest, pdf = issue()
    place = pdf.index(b"stream") + 20
    forged = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
    assert not verdict(forged, identity[1]).bottom_line


def test_without_a_certificate_papers_carry_no_signature(app):
    _digest, pdf = issue()
    assert not PdfFileReader(io.BytesIO(pdf)).embedded_signatures


@pytest.mark.parametrize("fault", ["password", "content", "absent"])
def test_a_certificate_that_does_not_open_stops_the_issue_and_says_why(office, fault):
    if fault == "password":
        settings().PDF_CERTIFICATE_PASSWORD = SecretStr("wrong")
    elif fault == "content":
        office.write_bytes(b"nonsense")
    else:
        office.unlink()
    with pytest.raises(seals.NoSeal, match="PDF_CERTIFICATE"):
        issue()
