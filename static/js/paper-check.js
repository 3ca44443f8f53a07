/* Reads and checks what the square code of a paper carries: the same as core/documents/payload.py. */
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const DOMAIN = new TextEncoder().encode("district paper 1\n");
const ENCODINGS = { 1: "gbk", 2: "utf-8" };
const HEAD = 27;
const SIGNATURE = 64;
const FIRST_DAY = Date.UTC(2000, 0, 1);

/** A payload that proves nothing; `flaw` says why, in the words of Flaw in payload.py. */
export class Refused extends Error {
  constructor(flaw) {
    super(flaw);
    this.flaw = flaw;
  }
}

/** Return the payload in an address that a square code leads to, or the text itself. */
export function payloadIn(text) {
  const found = /\/verify\/s\/([A-Za-z2-7]*)/.exec(text);
  return (found ? found[1] : text).trim().toUpperCase();
}

function bytesOf(text) {
  const bytes = [];
  let held = 0;
  let bits = 0;
  for (const sign of text) {
    const value = ALPHABET.indexOf(sign);
    if (value < 0) throw new Refused("foreign");
    held = (held << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
      held &= (1 << bits) - 1;
    }
  }
  return new Uint8Array(bytes);
}

const number = (bytes, at) => (bytes[at] << 8) | bytes[at + 1];
const day = (days) => new Date(FIRST_DAY + days * 86400000).toISOString().slice(0, 10);
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const raw = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

/** Return what a payload says, with the bytes that are signed and the signature; unchecked. */
export function takenApart(text) {
  if (!text) throw new Refused("foreign");
  const bytes = bytesOf(text);
  if (bytes.length < 3) throw new Refused("truncated");
  const length = number(bytes, 1);
  if (!(bytes[0] in ENCODINGS) || length < HEAD - 3) throw new Refused("foreign");
  if (bytes.length < 3 + length + SIGNATURE) throw new Refused("truncated");
  if (bytes.length > 3 + length + SIGNATURE) throw new Refused("tampered");
  const spoken = bytes.slice(0, 3 + length);
  let lines;
  try {
    const decoder = new TextDecoder(ENCODINGS[bytes[0]], { fatal: true });
    lines = decoder.decode(spoken.slice(HEAD)).split("\n");
  } catch {
    throw new Refused("tampered");
  }
  if (lines.length !== 4) throw new Refused("tampered");
  const until = number(spoken, 9);
  return {
    number: lines[0],
    title: lines[1],
    name: lines[2],
    code: lines[3],
    issued: day(number(spoken, 7)),
    until: until ? day(until) : "",
    digest: hex(spoken.slice(11, HEAD)),
    key: hex(spoken.slice(3, 7)),
    spoken,
    signature: bytes.slice(3 + length),
  };
}

/** Return what a payload says if one of `keys` signed it. Throws Refused with the reason. */
export async function check(text, keys) {
  const said = takenApart(text);
  const key = keys.find((each) => each.id === said.key);
  if (!key) throw new Refused("unknown_key");
  const imported = await crypto.subtle.importKey("raw", raw(key.x), { name: "Ed25519" }, false, [
    "verify",
  ]);
  const signed = new Uint8Array(DOMAIN.length + said.spoken.length);
  signed.set(DOMAIN);
  signed.set(said.spoken, DOMAIN.length);
  const genuine = await crypto.subtle.verify("Ed25519", imported, said.signature, signed);
  if (!genuine) throw new Refused("tampered");
  if (key.withdrawn) throw new Refused("key_withdrawn");
  if (said.issued < key.from || (key.until && said.issued > key.until)) {
    throw new Refused("key_not_in_use");
  }
  return said;
}
