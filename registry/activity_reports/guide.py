"""What a group reads before its yearly report."""

from core.i18n import _l
from core.policy import said
from core.workflow import Guide
from registry.activity_reports import policy

GUIDE = Guide(
    title=_l("Yearly activity report"),
    lead=_l(
        "One page on what a filed group did last year. It shows that the group lives; there is no "
        "mark and no inspection."
    ),
    who=(
        _l("Filed groups; please choose first for which group you are acting."),
        said(_l("It is due %(months)s after the end of the year."), months=policy.DUE_MONTHS),
    ),
    needs=(
        _l("How many activities there were and about how many people took part"),
        _l("Income and spending of the year, as shown to the members"),
    ),
    steps=(
        _l("Fill in one page and hand it in."),
        _l("The street reads it, and asks if something is unclear."),
    ),
    cost=_l("Free of charge."),
    laws=(
        "四川省社区社会组织管理规定（2023年）",
        "民政部关于大力培育发展社区社会组织的意见（民发〔2017〕191号）",
    ),
    days=((_l("Questions of the street"), policy.STREET_DAYS.key),),
    for_organizations=True,
)
