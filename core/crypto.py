"""Personal data at rest: AES-GCM with the key's id in front, and a blind index to find equals."""

import base64
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.config import settings

NONCE_BYTES = 12


class Unreadable(Exception):
    """A ciphertext does not belong to this installation's key, or was changed."""


@lru_cache(maxsize=8)
def _derived(master: bytes, purpose: bytes) -> bytes:
    return hmac.digest(master, purpose, hashlib.sha256)


def key_id(master: bytes) -> str:
    """Return the eight characters that name a key without betraying it."""
    return hashlib.sha256(b"key id" + master).hexdigest()[:8]


def encrypt(text: str, *, master: bytes | None = None) -> str:
    """Return `text` encrypted as `keyid.base64`; two calls never give the same."""
    key = master or settings().data_key
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(_derived(key, b"personal data")).encrypt(nonce, text.encode(), None)
    return f"{key_id(key)}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def decrypt(stored: str, *, master: bytes | None = None) -> str:
    """Return what `encrypt` was given, with today's key or an older one that is still known.

    Raises Unreadable for an unknown key or altered text.
    """
    name, _, body = stored.partition(".")
    keys = (master,) if master else (settings().data_key, *settings().old_data_keys)
    key = next((each for each in keys if name == key_id(each)), None)
    if key is None:
        raise Unreadable(f"encrypted with key {name}, not with {key_id(keys[0])}")
    raw = base64.urlsafe_b64decode(body)
    try:
        plain = AESGCM(_derived(key, b"personal data")).decrypt(
            raw[:NONCE_BYTES], raw[NONCE_BYTES:], None
        )
    except InvalidTag:
        raise Unreadable("the stored text was changed") from None
    return plain.decode()


def blind_indexes(text: str) -> list[str]:
    """Return the fingerprints of `text` under every key that is still known, today's first."""
    keys = (settings().data_key, *settings().old_data_keys)
    return [blind_index(text, master=key) for key in keys]


def blind_index(text: str, *, master: bytes | None = None) -> str:
    """Return a fingerprint equal for equal texts, useless without the key (64 hex digits)."""
    key = _derived(master or settings().data_key, b"blind index")
    return hmac.new(key, text.strip().upper().encode(), hashlib.sha256).hexdigest()


def masked(text: str) -> str:
    """Return a personal number with its middle hidden: 510104********1234, 138****0002.

    Of an identity number the first six and last four characters stay, of a telephone number the
    first three and last four, of anything shorter nothing.
    """
    if len(text) >= 15:
        return text[:6] + "*" * (len(text) - 10) + text[-4:]
    if len(text) >= 10:
        return text[:3] + "*" * (len(text) - 7) + text[-4:]
    return "*" * max(len(text), 3)
