"""What is drawn on papers rather than written: the code to scan, the seal, the frame."""

import math
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import segno
from markupsafe import Markup, escape

INK = "#1c2733"
SEAL_RED = "#a8201a"


#: Millimetres: no square of a code is smaller on paper, or it is drawn with less redundancy.
SMALLEST_MODULE = 0.4
#: Millimetres: how wide the codes are, borders included (paper.css draws them so).
CERTIFICATE_CODE, LETTER_CODE = 30.0, 24.0
#: White squares around a code; the paper around it is white too.
BORDER = 2


def verify_address(public_url: str, number: str) -> str:
    """Return the address that verifies `number`, as a browser sends it."""
    return f"{public_url}/verify/{quote(number, safe='')}"


def signed_address(public_url: str, payload: str) -> tuple[str, str]:
    """Return the address that checks a signed payload, in two parts that a code holds apart."""
    return f"{public_url}/verify/s/", payload


def code_to_scan(address: str | tuple[str, ...], width: float = 24.0) -> Markup:
    """Return a QR code of `address` as SVG, to be `width` mm wide.

    It stays readable with 15 % of it damaged; a long address that would make its squares smaller
    than SMALLEST_MODULE, with 7 %. Capitals and digits alone (a part of their own) take less room.
    """
    code = _code(address, "m")
    if width / code.symbol_size(border=BORDER)[0] < SMALLEST_MODULE:
        code = _code(address, "l")
    drawn = code.svg_inline(border=BORDER, dark=INK, omitsize=True, svgclass=None, lineclass=None)
    return Markup(drawn)  # noqa: S704 - drawn by segno from a quoted address


def _code(address: str | tuple[str, ...], error: str) -> segno.QRCode:
    # Several parts are several segments, each in the mode that suits it; segno's types know one.
    content: Any = address if isinstance(address, str) else list(address)
    return segno.make(content, error=error, micro=False, boost_error=True)


def seal(authority: str, caption: str) -> Markup:
    """Return a round red seal of 42 mm: the authority's name on an arc, a star, a caption.

    It is a drawing, no electronic signature: the caption must say what it is worth.
    """
    signs = [each for each in authority if not each.isspace()]
    spread = min(268.0, 26.0 * (len(signs) - 1))
    step = spread / max(len(signs) - 1, 1)
    # The feet of the signs stand on a circle of 66; there they may just touch.
    size = min(25.0, 66 * math.radians(step)) if len(signs) > 1 else 25.0
    around = "".join(
        f'<g transform="rotate({-spread / 2 + step * place:.2f})">'
        f'<text y="{-88 + size * 0.88:.2f}" text-anchor="middle" font-size="{size:.2f}">{escape(sign)}'
        "</text></g>"
        for place, sign in enumerate(signs)
    )
    return Markup(  # noqa: S704 - numbers of our own, words escaped
        '<svg class="seal" viewBox="-100 -100 200 200" role="img">'
        f'<g fill="{SEAL_RED}" font-family="Song, Noto Serif CJK SC, Hei, Paper" font-weight="700">'
        f'<circle r="96" fill="none" stroke="{SEAL_RED}" stroke-width="5"/>'
        f'<path d="{_star(30)}"/>{around}'
        f'<text y="62" text-anchor="middle" font-size="15">{escape(caption)}</text>'
        "</g></svg>"
    )


def _star(radius: float) -> str:
    inner = radius * math.sin(math.radians(18)) / math.sin(math.radians(54))
    corners = [
        (r * math.sin(math.radians(36 * k)), -r * math.cos(math.radians(36 * k)))
        for k in range(10)
        for r in [radius if k % 2 == 0 else inner]
    ]
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in corners) + "Z"


@lru_cache(maxsize=4)
def frame(width: int, height: int) -> Markup:
    """Return a certificate's border as SVG, `width` × `height` in mm: a braid between two rules."""
    inset, band = 2.0, 5.0
    lines = "".join(
        f'<path d="{_braid(width - 2 * inset, height - 2 * inset, band, turn)}" '
        'fill="none" stroke="#0a5a66" stroke-width="0.18" stroke-opacity="0.75"/>'
        for turn in (0.0, 0.25, 0.5, 0.75)
    )
    rules = "".join(
        f'<rect x="{at}" y="{at}" width="{width - 2 * at}" height="{height - 2 * at}" '
        f'fill="none" stroke="#07434c" stroke-width="{weight}"/>'
        for at, weight in ((0.5, 0.9), (inset - 0.4, 0.2), (inset + band + 0.4, 0.2), (8.4, 0.5))
    )
    corners = "".join(
        _corner(x, y)
        for x in (inset + band / 2, width - inset - band / 2)
        for y in (inset + band / 2, height - inset - band / 2)
    )
    return Markup(  # noqa: S704 - numbers of our own
        f'<svg class="frame" viewBox="0 0 {width} {height}">{rules}'
        f'<g transform="translate({inset} {inset})">{lines}</g>{corners}</svg>'
    )


def _corner(x: float, y: float) -> str:
    """Return the square that covers the turn of the braid: a stud in two rules."""
    return (
        f'<g transform="translate({x} {y})" stroke="#07434c">'
        '<rect x="-2.9" y="-2.9" width="5.8" height="5.8" fill="#ffffff" stroke-width="0.35"/>'
        '<rect x="-2.1" y="-2.1" width="4.2" height="4.2" fill="none" stroke-width="0.15"/>'
        '<rect x="-1" y="-1" width="2" height="2" fill="#07434c" stroke="none" '
        'transform="rotate(45)"/></g>'
    )


def _braid(width: float, height: float, band: float, turn: float) -> str:
    """Return one closed wave that runs round the border; four of them, turned, make the braid."""
    middle = band / 2
    across, down = width - band, height - band
    around = 2 * (across + down)
    waves = round(around / 7)
    points = []
    steps = waves * 10
    for step in range(steps):
        along = around * step / steps
        swing = middle * 0.96 * math.sin(2 * math.pi * (waves * step / steps + turn))
        if along < across:
            x, y = middle + along, middle + swing
        elif along < across + down:
            x, y = width - middle - swing, middle + along - across
        elif along < 2 * across + down:
            x, y = width - middle - (along - across - down), height - middle - swing
        else:
            x, y = middle + swing, height - middle - (along - 2 * across - down)
        points.append(f"{x:.2f} {y:.2f}")
    return "M" + "L".join(points) + "Z"
