"""A certificate through the platform, beside WeasyPrint alone (G6)."""

from datetime import date
from functools import partial
from pathlib import Path
from resource import getpagesize
from typing import Any

import weasyprint
from flask import Flask

from bench.clocks import spread, timed
from core.documents import drawing, filling, rendering
from tests.core.papers import FACTS

TEMPLATE = "certificate_original"
TIMED, PRINTED = 15, 500


def measure(app: Flask, printed: int = PRINTED) -> dict[str, Any]:
    """Return the times of a certificate and of WeasyPrint with the same page, and the memory in
    MB after the first tenth of `printed` certificates and after all of them.
    """
    with app.app_context():
        styles, faces = rendering._type_case()
        context = {**_context(0), "size": 0}
        page = filling.fill(TEMPLATE, {**context, "facts": _Facts(FACTS[TEMPLATE])})

        def alone() -> None:
            paper = weasyprint.HTML(string=page, url_fetcher=rendering._OwnFiles())
            paper.write_pdf(stylesheets=styles, font_config=faces)

        _certificate(0)
        alone()
        own, bare = [], []
        for number in range(min(TIMED, printed)):
            own.append(timed(partial(_certificate, number)))
            bare.append(timed(alone))
        for number in range(printed // 10):
            _certificate(number)
        early = _resident()
        for number in range(printed - printed // 10):
            _certificate(number)
    return {
        "certificate": spread(own).as_dict(),
        "WeasyPrint alone": spread(bare).as_dict(),
        "printed": printed,
        "memory, MB": [early, _resident()],
    }


class _Facts:
    """Facts as a template reads them: by attribute."""

    def __init__(self, facts: dict[str, Any]) -> None:
        vars(self).update(facts)


def _context(number: int) -> dict[str, Any]:
    return {
        "title": "社会团体法人登记证书",
        "number": f"锦民社证〔2026〕{number:05}号",
        "issued_on": date(2026, 3, 20),
        "site": "https://shzz.example.gov.cn/verify/",
        "code": drawing.code_to_scan(f"https://shzz.example.gov.cn/verify/{number}"),
        "seal_caption": "",
    }


def _certificate(number: int) -> None:
    name = f"成都市锦江区第{number}社区公益服务促进会"
    rendering.print_paper(
        TEMPLATE, _context(number), {**FACTS[TEMPLATE], "name": name}, one_page=True
    )


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * getpagesize() // 1024**2
