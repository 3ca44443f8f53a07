"""Papers as they leave the press: legible by people, banks and machines."""

import io
import os
import re
import subprocess
import sys
from datetime import date
from importlib import resources
from pathlib import Path
from urllib.parse import unquote

import pypdf
import pytest
import zxingcpp
from fontTools.ttLib import TTFont
from PIL import Image

from core.documents import drawing, fonts
from core.documents.filling import IncompleteFacts
from core.documents.kinds import STANDARD, kind_named
from core.documents.rendering import DoesNotFit, MissingGlyph, print_paper
from tests.core.papers import FACTS, LONG_SCOPE

pytestmark = pytest.mark.engines("sqlite")  # asks no database

SITE = "https://shzz.example.gov.cn/verify/"
NUMBER = "锦民社证〔2026〕00017号"
TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "pdf"


def printed(app, key, facts=None, **context):
    kind = kind_named(key)
    given = {
        "title": kind.title,
        "number": NUMBER,
        "issued_on": date(2026, 3, 20),
        "site": SITE,
        "code": drawing.code_to_scan(drawing.verify_address(SITE.removesuffix("/verify/"), NUMBER)),
        "seal_caption": "演示专用",
        **context,
    }
    return print_paper(
        kind.template_name, given, FACTS[key] if facts is None else facts, one_page=kind.certificate
    )


def text_of(paper):
    """Everything that can be copied out of the PDF, without white space."""
    pages = pypdf.PdfReader(io.BytesIO(paper.pdf)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def pictures_of(paper, folder):
    (folder / "paper.pdf").write_bytes(paper.pdf)
    subprocess.run(
        ["pdftoppm", "-r", "110", "-png", str(folder / "paper.pdf"), str(folder / "page")],
        check=True,
    )
    return [Image.open(path) for path in sorted(folder.glob("page*.png"))]


@pytest.mark.parametrize("key", FACTS)
def test_every_standard_paper_is_printed_whole(app, key, tmp_path, caplog):
    paper = printed(app, key)
    assert paper.pages == 1
    reader = pypdf.PdfReader(io.BytesIO(paper.pdf))
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    assert reader.metadata.title == f"{kind_named(key).title} {NUMBER}"
    text = text_of(paper)
    assert NUMBER in text
    assert kind_named(key).title in text
    authority = FACTS[key].get("issuing_authority") or FACTS[key]["authority"]
    assert authority in text
    scanned = [
        c.text for page in pictures_of(paper, tmp_path) for c in zxingcpp.read_barcodes(page)
    ]
    assert [unquote(text) for text in scanned] == [SITE + NUMBER]
    assert not caplog.records, "the press complains of nothing"


def test_all_standard_kinds_have_an_example():
    assert set(FACTS) == {kind.key for kind in STANDARD}


@pytest.mark.parametrize("key", FACTS)
def test_table_on_top_of_a_template_names_its_facts(key):
    """What the templates ask for and what their tables promise are the same."""

    def source_of(name):
        text = (TEMPLATES / f"{name}.html").read_text()
        for other in re.findall(r'{% (?:extends|include) "pdf/(\w+)\.html" %}', text):
            text += source_of(other)
        for other in re.findall(r"facts as in (\w+)", text):
            text += (TEMPLATES / f"{other}.html").read_text()
        return text

    source = source_of(kind_named(key).template_name)
    asked = set(re.findall(r"facts\.(\w+)", source)) | set(re.findall(r"facts\['(\w+)'\]", source))
    told = set(re.findall(r"^\s+\| (\w+)\s+\| (?:required|optional) \|", source, re.MULTILINE))
    if "part.remedies(" in source:
        asked |= {"remedies", "review_body", "court"}
    if "part.contact(" in source:
        asked.add("contact")
    if "part.applied(" in source:
        asked |= {"received_on", "subject", "case_number"}
    if "part.grounds(" in source:
        asked.add("reasons")
    if kind_named(key).certificate:
        asked.remove("authority")  # base.html names it where a certificate has issuing_authority
    assert asked <= told
    assert set(FACTS[key]) <= told | {"received_on"}


@pytest.mark.parametrize("key", ["certificate_original", "certificate_duplicate"])
def test_certificate_shows_the_fields_of_the_law(app, key):
    text = text_of(printed(app, key))
    for words in (
        "统一社会信用代码51510104MJQ0000155",
        "名称成都市锦江区社区公益服务促进会",
        "住所成都市锦江区春熙路街道总府路2号3楼",
        "法定代表人龚䶮",
        "注册资金3万元",
        "活动地域成都市锦江区",
        "业务主管单位成都市锦江区社区发展治理委员会",
        "业务范围组织开展",
        "2026年3月20日",
        "2030年3月19日",
        "发证机关成都市锦江区民政局",
        "发证日期2026年3月20日",
    ):
        assert words in text


def test_foundation_shows_its_type_and_original_fund(app):
    facts = {
        key: value
        for key, value in FACTS["certificate_original"].items()
        if key not in ("activity_area", "sponsor_unit", "valid_until")
    }
    text = text_of(
        printed(
            app,
            "certificate_original",
            {**facts, "organization_type": "公募基金会", "funds_label": "原始基金"},
            title="基金会法人登记证书",
        )
    )
    assert "类型公募基金会" in text
    assert "原始基金3万元" in text
    assert "业务主管单位" not in text
    assert "长期" in text


def test_correction_notice_holds_every_item_in_one_notice(app):
    facts = FACTS["correction_notice"]
    text = text_of(printed(app, "correction_notice"))
    assert "（共3项）" in text
    assert [text.index(f"{n}．") for n in (1, 2, 3)] == sorted(
        text.index(f"{n}．") for n in (1, 2, 3)
    )
    many = {**facts, "items": "\n".join(f"第{n}份材料缺少签名" for n in range(1, 41))}
    paper = printed(app, "correction_notice", many)
    assert paper.pages > 1
    assert "第40份材料缺少签名" in text_of(paper)
    assert f"第1页共{paper.pages}页" in text_of(paper)


@pytest.mark.parametrize("key", ["refusal_decision", "filing_refusal", "non_acceptance_notice"])
def test_refusals_carry_ground_and_remedies(app, key):
    text = text_of(printed(app, key))
    assert (
        re.sub(
            r"\s",
            "",
            "、".join([FACTS[key]["basis"]])
            if isinstance(FACTS[key]["basis"], str)
            else FACTS[key]["basis"][0],
        )
        in text
    )
    assert "六十日内依法向成都市锦江区人民政府申请行政复议" in text
    assert "六个月内依法向成都市锦江区人民法院提起行政诉讼" in text
    own = {**FACTS[key], "remedies": "可以向上一级机关申诉"}
    assert "可以向上一级机关申诉。" in text_of(printed(app, key, own))


def test_rare_signs_are_printed_and_can_be_copied_out(app):
    name = "成都市锦江区䶮𠮷㛃㸌𫖮𬀩𬭊𬘡𫍯社"
    facts = {**FACTS["certificate_original"], "name": name}
    assert name in text_of(printed(app, "certificate_original", facts))


def test_sign_without_a_font_stops_the_press(app, english):
    facts = {**FACTS["certificate_original"], "name": "锦江\U0002a6df\ue123社"}
    with pytest.raises(MissingGlyph, match="\ue123"):
        printed(app, "certificate_original", facts)


def test_fonts_are_embedded_and_no_other_file_is_asked_for(app):
    found = {}

    def visit(resources):
        for font in resources.get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            found[inner["/BaseFont"]] = inner["/FontDescriptor"].get_object()
        for form in resources.get("/XObject", {}).values():
            visit(form.get_object().get("/Resources", {}))

    reader = pypdf.PdfReader(io.BytesIO(printed(app, "certificate_original").pdf))
    visit(reader.pages[0]["/Resources"])
    assert all("/FontFile3" in descriptor for descriptor in found.values())
    families = {name.partition("+")[2] for name in found}
    assert families == {"Song", "Song-Bold", "Hei", "Noto-Serif-CJK-SC"}, "Chinese shapes only"


def test_machine_without_chinese_fonts_prints_with_the_packaged_one(app, tmp_path):
    """A process that finds only Latin fonts, as on a bare server, still prints every sign."""
    settings = tmp_path / "fonts.conf"
    settings.write_text(
        "<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'urn:fontconfig:fonts.dtd'><fontconfig>"
        f"<dir>/usr/share/fonts/truetype/dejavu</dir><cachedir>{tmp_path}</cachedir></fontconfig>"
    )
    done = subprocess.run(
        [sys.executable, "-m", "tests.core.bare_press", str(tmp_path)],
        cwd=TEMPLATES.parents[1],
        env={**os.environ, "FONTCONFIG_FILE": str(settings)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    content = (tmp_path / "bare.pdf").read_bytes()
    text = re.sub(r"\s", "", pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text())
    assert "法定代表人龚䶮" in text
    assert "业务主管单位成都市锦江区社区发展治理委员会" in text


def test_small_fonts_are_made_once_and_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "KEPT", tmp_path / "fonts")
    with resources.as_file(fonts.PACKAGED) as source:
        first = fonts._small_copy(source, fonts.HEI.font)
        made = first.stat().st_mtime_ns
        assert fonts._small_copy(source, fonts.HEI.font) == first
        assert fonts._small_copy(source, "No Such Font") is None
    assert first.stat().st_mtime_ns == made
    assert list(first.parent.iterdir()) == [first]
    small = TTFont(first)
    assert small["name"].getDebugName(4) == "Noto Sans CJK SC"
    assert {ord(sign) for sign in "锦江区民政局〔〕，。"} <= set(small.getBestCmap())
    small.close()


def test_press_works_without_small_fonts(tmp_path, monkeypatch):
    (tmp_path / "fonts").write_text("a file where the folder should be")
    monkeypatch.setattr(fonts, "KEPT", tmp_path / "fonts")
    with resources.as_file(fonts.PACKAGED) as source:
        assert fonts._small_copy(source, fonts.HEI.font) is None


#: What ISO 19005-3 forbids to stand in a file, as keys and as kinds of action.
FORBIDDEN_KEYS = {"/AA", "/JS", "/XFA", "/Encrypt", "/NeedAppearances"}
FORBIDDEN_ACTIONS = {"/Launch", "/JavaScript", "/Sound", "/Movie", "/ImportData", "/ResetForm"}


@pytest.mark.parametrize("key", sorted(FACTS))
def test_paper_keeps_what_its_archival_label_promises(app, key):
    """Not a whole validation, but each promise that reading the file can check (level 3U)."""
    reader = pypdf.PdfReader(io.BytesIO(printed(app, key).pdf))
    root = reader.trailer["/Root"]
    assert reader.pdf_header == "%PDF-1.7"
    assert "/ID" in reader.trailer
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "zh-CN"
    (intent,) = (it.get_object() for it in root["/OutputIntents"])
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"].get_object()["/N"] == 3
    assert b'pdfaid:part="3" pdfaid:conformance="U"' in root["/Metadata"].get_data()
    fonts_seen = 0
    for number in range(1, int(str(reader.trailer["/Size"]))):
        found = reader.get_object(number)
        if not isinstance(found, pypdf.generic.DictionaryObject):
            continue
        assert not FORBIDDEN_KEYS & found.keys(), found
        assert found.get("/S") not in FORBIDDEN_ACTIONS, found
        if found.get("/Type") == "/Font" and "/DescendantFonts" in found:
            fonts_seen += 1
            assert "/ToUnicode" in found, "every sign can be copied out (level U)"
            inner = found["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & inner.keys(), "every font is embedded"
    assert fonts_seen


def test_long_words_wrap_and_shrink_on_one_page(app):
    facts = {
        **FACTS["certificate_original"],
        "name": "成都市锦江区" + "社区公益" * 20 + "促进会",
        "scope": LONG_SCOPE[:500],
        "sponsor_unit": "成都市锦江区" + "社区发展治理" * 6 + "委员会",
    }
    for key in ("certificate_original", "certificate_duplicate"):
        paper = printed(app, key, facts)
        assert paper.pages == 1
        assert LONG_SCOPE[:500] in text_of(paper)
        assert facts["name"] in text_of(paper)


def test_words_that_fit_in_no_size_are_refused(app, english):
    with pytest.raises(DoesNotFit, match="too long"):
        printed(
            app, "certificate_original", {**FACTS["certificate_original"], "scope": "服" * 5000}
        )


def test_missing_fact_is_an_error_not_a_blank(app):
    facts = {**FACTS["acceptance_notice"]}
    del facts["deadline_statutory"]
    with pytest.raises(IncompleteFacts, match="deadline_statutory"):
        printed(app, "acceptance_notice", facts)


def test_entered_words_are_never_markup(app):
    facts = {**FACTS["acceptance_notice"], "recipient": "<img src='http://evil.example/x'>社"}
    assert "<imgsrc='http://evil.example/x'>社" in text_of(printed(app, "acceptance_notice", facts))


def test_seal_is_a_drawing_that_says_so(app):
    assert "演示专用" in text_of(printed(app, "acceptance_notice"))
    plain = text_of(printed(app, "acceptance_notice", seal_caption=""))
    assert "演示" not in plain
    assert "（印章）" in plain


def test_decision_shows_what_changes(app):
    facts = {
        **FACTS["approval_decision"],
        "registered_facts": None,
        "changes": [{"label": "住所", "before": "总府路2号", "after": "红星路1号"}],
        "effects": ["原登记证书自本决定作出之日起作废。"],
    }
    facts.pop("registered_facts")
    text = text_of(printed(app, "approval_decision", facts))
    assert "住所总府路2号红星路1号" in text
    assert "原登记证书自本决定作出之日起作废。" in text


@pytest.mark.engines("sqlite")
def test_a_usual_decision_keeps_its_last_line_and_its_seal_on_the_first_page(app):
    registered = [
        ("名称", "成都市锦江区社区商业协会"),
        ("住所", "成都市锦江区牛市口街道莲桂社区80号"),
        ("宗旨", "团结本区社区商业领域的单位和个人，服务会员、服务社区，促进行业健康发展。"),
        ("业务范围", "社区商业领域的交流、培训、咨询和公益服务；承接政府购买服务。"),
        ("活动地域", "成都市锦江区"),
        ("法定代表人", "曾庆生"),
        ("活动资金", "4.5万元"),
        ("业务主管单位", "锦江区文化体育和旅游局"),
    ]
    told = "登记后由成都市锦江区社会组织管理局负责监督管理；印章式样、银行账号请向其备案。"
    facts = {
        **FACTS["approval_decision"],
        "recipient": "成都市锦江区社区商业协会（筹备组）",
        "subject": "成都市锦江区社区商业协会成立登记",
        "registered_facts": registered,
        "effects": [told],
        "certificate_by": date(2026, 12, 7),
    }
    assert printed(app, "approval_decision", facts).pages == 1
