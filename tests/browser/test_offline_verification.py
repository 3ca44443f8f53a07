"""A phone without a connection checks the QR code of a paper, also after the keys changed."""

from dataclasses import replace as changed
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Page, expect

from core import documents
from core.accounts import SYSTEM
from core.attachments.storage import get
from core.db import atomic
from core.documents import payload, signing
from core.documents.payload import DOMAIN
from tests.browser.hands import path_on
from tests.core.papers import FACTS

NAME = FACTS["certificate_original"]["name"]
#: Every character that the payload may carry in GBK.
GBK = "".join(c for c in map(chr, range(0x80, 0xFFFF)) if c.encode("gbk", "ignore"))


def new_key() -> None:
    with atomic():
        signing.new_key(by=SYSTEM)


def signed(number: str, **facts: str) -> str:
    text = signing.sign(
        number=number,
        title="社会团体法人登记证书（正本）",
        facts={"name": NAME, **facts},
        issued_on=date(2026, 3, 20),
        valid_until=None,
    )
    assert text is not None
    return text


def forged(text: str) -> str:
    """Return a payload like `text` that another key of no office has signed."""
    said, _spoken, _signature = payload.taken_apart(text)
    spoken = changed(said, key_id="00000000").spoken()
    return payload.written(spoken, Ed25519PrivateKey.generate().sign(DOMAIN + spoken))


@pytest.mark.viewports("narrow")
def test_a_phone_without_a_connection_checks_codes(
    page: Page, app, axe, frozen, tmp_path: Path
) -> None:
    frozen("2026-03-20 10:00")
    new_key()
    stolen = signed("锦民社证〔2026〕00009号")
    with atomic():
        signing.withdraw_key(signing.list_keys()[0].id, reason="备份介质遗失", by=SYSTEM)
    new_key()
    first = signed("锦民社证〔2026〕00007号")
    new_key()
    with atomic():
        facts = FACTS["certificate_original"]
        paper = documents.issue("certificate_original", facts=facts, by=SYSTEM)
        pdf, number = get(paper.sha256), paper.number
    saved = tmp_path / "paper.pdf"
    saved.write_bytes(pdf)
    address = path_on(saved)
    assert urlsplit(address).path.startswith("/verify/s/")

    page.goto("/verify")
    expect(page.locator("[data-ready]")).to_be_visible()
    axe(page)
    page.goto(address)
    expect(page.locator("main")).to_contain_text("二维码由本机关签名")
    axe(page)

    page.context.set_offline(True)
    genuine, refused = page.locator("[data-part=genuine]"), page.locator("[data-part=refused]")
    page.goto(address)
    expect(genuine).to_be_visible()
    expect(page.locator("[data-said=name]")).to_have_text(NAME)
    expect(page.locator("[data-said=number]")).to_have_text(number)
    expect(page.locator("main")).to_contain_text("是否作废")
    page.goto(f"/verify/s/{first}")
    expect(genuine).to_be_visible()

    for code, words in [
        (f"{first[:60]}{'A' if first[60] != 'A' else 'B'}{first[61:]}", "被改动过"),
        (first[:200], "二维码内容不完整"),
        (forged(first), "不属于本机关"),
        (stolen, "该密钥已停用"),
        ("HELLO", "不是本机关文书的二维码"),
    ]:
        page.goto(f"/verify/s/{code}")
        expect(refused).to_contain_text(words)
        expect(page.locator("[data-facts]")).to_be_hidden()

    page.locator("#code").fill(f"http://elsewhere/verify/s/{first}")
    page.locator("main form button[type=submit]").click()
    expect(genuine).to_be_visible()
    axe(page)

    page.context.set_offline(False)
    read = page.evaluate(
        "bytes => new TextDecoder('gbk').decode(new Uint8Array(bytes))", list(GBK.encode("gbk"))
    )
    assert read == GBK, [c for c, d in zip(GBK, read, strict=True) if c != d][:20]
