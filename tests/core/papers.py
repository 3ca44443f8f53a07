"""One example of every standard paper: what the templates are printed with in tests."""

from datetime import date
from decimal import Decimal
from typing import Any

AUTHORITY = "成都市锦江区民政局"
STREET_OFFICE = "成都市锦江区人民政府春熙路街道办事处"
REMEDIES = {"review_body": "成都市锦江区人民政府", "court": "成都市锦江区人民法院"}
LICENSING_LAW = "《中华人民共和国行政许可法》"

APPLICATION: dict[str, Any] = {
    "authority": AUTHORITY,
    "recipient": "锦江区社区公益服务促进会（筹）",
    "subject": "社会团体成立登记",
    "case_number": "DJ-2026-00042",
    "received_on": date(2026, 3, 2),
}

ORGANIZATION: dict[str, Any] = {
    "unified_code": "51510104MJQ0000155",
    "name": "成都市锦江区社区公益服务促进会",
    "domicile": "成都市锦江区春熙路街道总府路2号3楼",
    "legal_representative": "龚䶮",
    "registered_funds": Decimal("30000.00"),
    "scope": "组织开展社区公益服务活动；承接政府购买社区服务项目；开展社区志愿服务培训与交流；"
    "为社区困难家庭、老年人和儿童提供帮扶。（业务范围中属于法律法规规章规定须经批准的事项，依法经批准后开展）",
    "activity_area": "成都市锦江区",
    "sponsor_unit": "成都市锦江区社区发展治理委员会",
    "issuing_authority": AUTHORITY,
    "valid_from": date(2026, 3, 20),
    "valid_until": date(2030, 3, 19),
}

LONG_SCOPE = (
    "开展社区养老、儿童关爱、助残帮困、矛盾调解、法律援助、环境保护、文化体育、科普教育、"
    "志愿服务、心理疏导、就业指导、技能培训、课题研究、政策宣传、项目评估、交流合作；"
) * 7

FACTS: dict[str, dict[str, Any]] = {
    "certificate_original": ORGANIZATION,
    "certificate_duplicate": {**ORGANIZATION, "inspection_years": [2026, 2027, 2028, 2029]},
    "filing_receipt": {
        "filing_number": "BA-510104-001-012-0007",
        "name": "春熙路街道总府路社区𠮷祥合唱队",
        "category": "文体活动类",
        "person_in_charge": "何䶮",
        "domicile": "总府路社区党群服务中心二楼活动室",
        "purpose": "丰富居民文化生活，促进邻里和睦。",
        "scope": "组织社区居民开展合唱排练、演出和交流活动。",
        "street": "春熙路街道",
        "community": "总府路社区",
        "issuing_authority": STREET_OFFICE,
        "valid_from": date(2026, 3, 20),
        "valid_until": date(2028, 3, 19),
    },
    "submission_receipt": {
        **APPLICATION,
        "items": [
            "社会团体法人登记申请表",
            "业务主管单位批准文件",
            "验资报告",
            "住所使用权证明",
            "章程草案",
        ],
        "answer_by": date(2026, 3, 9),
        "contact": "028-00000000，工作日9:00—17:00，锦江区市民中心2楼社会组织窗口",
    },
    "acceptance_notice": {
        **APPLICATION,
        "basis": [f"{LICENSING_LAW}第三十二条第一款第（五）项", "《社会团体登记管理条例》第十二条"],
        "deadline_statutory": date(2026, 5, 1),
        "deadline_promised": date(2026, 3, 30),
        "contact": "028-00000000，工作日9:00—17:00，锦江区市民中心2楼社会组织窗口",
    },
    "correction_notice": {
        **APPLICATION,
        "basis": f"{LICENSING_LAW}第三十二条第一款第（四）项",
        "items": [
            {
                "title": "会员名单",
                "reason": "现有个人会员46名，条例第十条要求50名以上；请补齐并由会员签名。",
            },
            {"title": "住所使用权证明", "reason": "租赁合同缺出租方签章页。"},
            "章程草案第二十一条：理事会表决办法与示范文本不一致，请改为须有三分之二以上理事出席方能召开。",
        ],
        "deadline": date(2026, 4, 2),
    },
    "non_acceptance_notice": {
        **APPLICATION,
        **REMEDIES,
        "basis": f"{LICENSING_LAW}第三十二条第一款第（二）项",
        "reasons": "申请事项依法不属于本机关职权范围：拟成立的组织活动地域跨两个以上区县。",
        "apply_to": "成都市民政局",
    },
    "deemed_acceptance": {
        **APPLICATION,
        "basis": f"{LICENSING_LAW}第三十二条第一款第（四）项",
        "deadline_statutory": date(2026, 5, 1),
    },
    "approval_decision": {
        **APPLICATION,
        "basis": [f"{LICENSING_LAW}第三十八条第一款", "《社会团体登记管理条例》第十二条、第十六条"],
        "registered_facts": [
            ("名称", ORGANIZATION["name"]),
            ("统一社会信用代码", ORGANIZATION["unified_code"]),
            ("法定代表人", ORGANIZATION["legal_representative"]),
            ("住所", ORGANIZATION["domicile"]),
            ("业务范围", ORGANIZATION["scope"]),
        ],
        "certificate_by": date(2026, 4, 3),
    },
    "refusal_decision": {
        **APPLICATION,
        **REMEDIES,
        "basis": ["《社会团体登记管理条例》第十三条第（二）项", f"{LICENSING_LAW}第三十八条第二款"],
        "reasons": [
            "本行政区域内已有业务范围相同的“成都市锦江区公益服务联合会”，没有必要再成立；",
            "拟任法定代表人现任另一社会团体的法定代表人。",
        ],
    },
    "filing_refusal": {
        **APPLICATION,
        **REMEDIES,
        "authority": STREET_OFFICE,
        "subject": "总府路社区棋牌队备案",
        "basis": "《四川省社区社会组织备案管理办法》的有关规定",
        "reasons": ["发起人不足五名；", "活动场所不在本社区范围内。"],
        "advice": "补足上述条件后，可以重新申请；街道社会组织指导服务中心提供免费辅导。",
    },
    "site_visit_record": {
        **APPLICATION,
        "visited_on": date(2026, 3, 11),
        "domicile": "成都市锦江区春熙路街道总府路2号3楼",
        "visitors": ["周明", "吴岚"],
        "present": ["拟任秘书长何䶮"],
        "findings": [
            {"title": "住所", "finding": "与租赁合同一致，面积约60平方米，有独立办公区。"},
            {"title": "专职工作人员", "finding": "在场2名，已签订劳动合同。"},
            {"title": "活动资金", "finding": "验资账户余额30,000.00元。"},
        ],
        "conclusion": "实地情况与申请材料一致。",
    },
}
