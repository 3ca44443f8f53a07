"""What a newcomer reads before applying for registration, and is asked before starting."""

from core.i18n import _l
from core.policy import said
from core.workflow import Guide, Question
from registry.registrations import policy

GUIDE = Guide(
    title=_l("Register an association"),
    lead=_l(
        "An association is a legal person: it holds a certificate and a unified social credit code, "
        "opens a bank account and signs contracts in its own name."
    ),
    who=(
        said(
            _l(
                "At least %(people)s individual members, or %(units)s unit members, "
                "or %(mixed)s in all where both join."
            ),
            people=policy.INDIVIDUAL_MEMBERS,
            units=policy.UNIT_MEMBERS,
            mixed=policy.MIXED_MEMBERS,
        ),
        _l("A fixed domicile in this district and full-time staff."),
        said(_l("Lawful funds of at least %(funds)s."), funds=policy.MINIMUM_FUNDS),
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
            said(
                _l(
                    "Will the association have at least %(people)s individual members "
                    "or %(units)s unit members?"
                ),
                people=policy.INDIVIDUAL_MEMBERS,
                units=policy.UNIT_MEMBERS,
            ),
            (
                (
                    "yes",
                    said(
                        _l("Yes, or %(mixed)s in all where both join"), mixed=policy.MIXED_MEMBERS
                    ),
                ),
                ("no", _l("No, fewer")),
            ),
            stops={"no"},
            because=said(
                _l(
                    "An association needs that many members to be registered. A smaller group can "
                    "be filed at its street as a community organization; %(founders)s founding "
                    "members are enough."
                ),
                founders="filing.founders",
            ),
            source="社会团体登记管理条例第十条",
        ),
        Question(
            "enough_funds",
            said(_l("Will it have funds of at least %(funds)s?"), funds=policy.MINIMUM_FUNDS),
            (("yes", _l("Yes")), ("no", _l("No"))),
            stops={"no"},
            because=said(
                _l(
                    "A local association needs lawful funds of %(funds)s. A community organization "
                    "can be filed without any."
                ),
                funds=policy.MINIMUM_FUNDS,
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
