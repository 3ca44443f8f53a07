"""Print a certificate where no Chinese font is installed: `python -m tests.core.bare_press DIR`."""

import sys
from datetime import date
from pathlib import Path

from flask import Flask

from core.config import ROOT
from core.documents import drawing, filling, fonts, rendering
from tests.core.papers import FACTS


def main(folder: Path) -> None:
    fonts.FOLDERS = ()
    fonts.KEPT = folder / "fonts"
    app = Flask("press", root_path=str(ROOT), template_folder="templates")
    app.extensions["papers"] = filling.environment_of(app)
    context = {
        "title": "社会团体法人登记证书",
        "number": "锦民社证〔2026〕00017号",
        "issued_on": date(2026, 3, 20),
        "site": "https://shzz.example.gov.cn/verify/",
        "code": drawing.code_to_scan("https://shzz.example.gov.cn/verify/17"),
        "seal_caption": "",
    }
    with app.app_context():
        facts = FACTS["certificate_original"]
        paper = rendering.print_paper("certificate_original", context, facts, one_page=True)
    (folder / "bare.pdf").write_bytes(paper.pdf)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
