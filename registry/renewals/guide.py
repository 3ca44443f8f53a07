"""What a group reads before it renews its filing."""

from core.i18n import _l
from core.policy import said
from core.workflow import Guide, Question
from registry.filings import policy as filing
from registry.renewals import policy

GUIDE = Guide(
    title=_l("Renew a filing"),
    lead=_l(
        "For a filed community group whose receipt comes to its end, or that has become dormant. "
        "What the register knows is filled in already; it takes about five minutes."
    ),
    who=(
        _l("Filed groups that go on; please choose first for which group you are acting."),
        said(
            _l("A receipt holds for %(years)s; it can be renewed %(days)s before its end."),
            years=filing.RECEIPT_YEARS,
            days=policy.OPENS_DAYS,
        ),
        _l("A dormant group can renew at any time, and is active again from then on."),
    ),
    needs=(_l("Name and phone of the person in charge"), _l("How many members the group has now")),
    steps=(
        _l("Look through one page and change what is different now."),
        _l("The street's guidance center decides and issues a new receipt."),
        _l("The new receipt takes the place of the old one; anyone can see it."),
    ),
    cost=_l("Free of charge."),
    laws=(
        "四川省社区社会组织管理规定（2023年）",
        "民政部关于大力培育发展社区社会组织的意见（民发〔2017〕191号）",
    ),
    days=((_l("Decision of the street"), policy.STREET_DAYS.key),),
    questions=(
        Question(
            "goes_on",
            _l("Does the group go on?"),
            (("yes", _l("Yes")), ("no", _l("No, it has ended or wants to end"))),
            stops={"no"},
            because=_l("Please apply for the cancellation of the filing instead."),
            source="四川省社区社会组织管理规定（2023）",
        ),
    ),
    for_organizations=True,
)
