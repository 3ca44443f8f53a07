"""What a newcomer reads before applying for registration, and is asked before starting."""

from core.i18n import _l
from core.workflow import Guide, Question
from registry.registrations import policy

GUIDE = Guide(
    title=_l("Register an association"),
    lead=_l(
        "An association is a legal person: it holds a certificate and a unified social credit code, "
        "opens a bank account and signs contracts in its own name."
    ),
    who=(
        _l("At least 50 individual members, or 30 unit members, or 50 in all where both join."),
        _l("A fixed domicile in this district and full-time staff."),
        _l("Lawful funds of at least 30,000 yuan."),
        _l("A sponsor unit that agrees, unless one of four classes registers directly."),
    ),
    needs=(
        _l("Application signed by the promoters"),
        _l("Draft charter"),
        _l("Proof of funds (capital verification)"),
        _l("Proof of the right to use the premises"),
        _l("List of members"),
        _l("Identity papers of promoters and proposed officers"),
    ),
    steps=(
        _l("Fill in the application; drafts are kept and you can return any time."),
        _l("The sponsor unit gives its opinion here, without paper."),
        _l("The office accepts, or asks once for everything that is missing."),
        _l("An examiner checks every condition; another person decides."),
        _l("You download the certificate; anyone can verify it by its code."),
    ),
    cost=_l("Free of charge."),
    laws=(
        "社会团体登记管理条例（国务院令第250号，2016年修订）",
        "社会组织名称管理办法（民政部令第69号，2024年5月1日起施行）",
        "中华人民共和国行政许可法（2019年修正）",
    ),
    days=(
        (_l("Acceptance or one correction notice"), policy.INTAKE_DAYS.key),
        (_l("Decision, as promised"), policy.PROMISED_DAYS.key),
        (_l("Decision, by law at the latest"), policy.STATUTORY_DAYS.key),
        (_l("Certificate after the decision"), policy.CERTIFICATE_DAYS.key),
    ),
    questions=(
        Question(
            "enough_members",
            _l("Will the association have at least 50 individual members or 30 unit members?"),
            (("yes", _l("Yes, or 50 in all where both join")), ("no", _l("No, fewer"))),
            stops={"no"},
            because=_l(
                "An association needs that many members to be registered. A smaller group can be "
                "filed at its street as a community organization; it needs five founders only."
            ),
            source="社会团体登记管理条例第十条",
        ),
        Question(
            "enough_funds",
            _l("Will it have funds of at least 30,000 yuan?"),
            (("yes", _l("Yes")), ("no", _l("No"))),
            stops={"no"},
            because=_l(
                "A local association needs lawful funds of 30,000 yuan. A community organization "
                "can be filed without any."
            ),
            source="社会团体登记管理条例第十条第五项",
        ),
        Question(
            "full_capacity",
            _l(
                "Do all promoters have full civil capacity, and has none of them been deprived of "
                "political rights?"
            ),
            (("yes", _l("Yes")), ("no", _l("No"))),
            stops={"no"},
            because=_l("Such a person cannot be a promoter or officer of an association."),
            source="社会团体登记管理条例第十三条第三项",
        ),
        Question(
            "management",
            _l("Is there a sponsor unit that supports the association?"),
            (
                ("dual_managed", _l("Yes, a department or authorised body")),
                ("direct", _l("No, it belongs to a class that registers directly")),
                ("neither", _l("Neither")),
            ),
            stops={"neither"},
            because=_l(
                "Please first find the department of your field, or the class that may register "
                "directly: trade, science, public charity or community services."
            ),
            source="社会团体登记管理条例第三条",
        ),
    ),
)
