"""A paper that stands for what an applicant would hand in."""

from functools import lru_cache
from html import escape


@lru_cache(maxsize=8)
def sample_pdf(title: str) -> bytes:
    """Return a one-page PDF that says it is a sample called `title`."""
    import weasyprint  # 23 MB that a web process without papers does without

    page = f"<html lang=zh-CN><body style='font-family: Noto Sans CJK SC'><h1>{escape(title)}</h1>"
    pdf: bytes = weasyprint.HTML(string=page).write_pdf()
    return pdf
