"""What a newcomer reads before filing a group, and is asked before starting."""

from core.i18n import _l
from core.policy import said
from core.workflow import Guide, Question
from registry.filings import policy

GUIDE = Guide(
    title=_l("File a community group"),
    lead=_l(
        "For choirs, patrols, reading circles and all groups of residents that do not reach the "
        "conditions of registration. It takes about ten minutes and costs nothing."
    ),
    who=(
        said(
            _l("%(founders)s founding members or more, one of them in charge."),
            founders=policy.FOUNDERS,
        ),
        _l("A fixed place of activity within the community; a shared room will do."),
        _l("Activities of public benefit or mutual help."),
        _l("No funds, no sponsor unit and no full-time staff are needed."),
    ),
    needs=(
        _l("Names of the founding members"),
        _l("Name and phone of the person in charge"),
        _l("A few sentences of simple rules"),
    ),
    steps=(
        _l("Fill in three short pages."),
        _l("The residents' committee gives its opinion."),
        _l("The street's guidance center decides and issues the filing receipt."),
    ),
    cost=_l("Free of charge."),
    laws=(
        "四川省社区社会组织管理规定（2023年）",
        "民政部关于大力培育发展社区社会组织的意见（民发〔2017〕191号）",
    ),
    days=(
        (_l("Opinion of the residents' committee"), policy.COMMUNITY_DAYS.key),
        (_l("Decision of the street"), policy.STREET_DAYS.key),
    ),
    questions=(
        Question(
            "kind",
            _l("What kind of group is it?"),
            (
                (
                    "residents",
                    _l("A group of residents for service, charity, culture or mutual help"),
                ),
                ("owners", _l("An owners' committee or a stairwell self-government group")),
                ("business", _l("A group that works for profit")),
            ),
            stops={"owners", "business"},
            because=_l(
                "Owners' committees, stairwell groups, bodies of the residents' committee and "
                "groups for profit are not filed as community organizations."
            ),
            source="四川省社区社会组织管理规定（2023）",
        ),
        Question(
            "founders",
            said(_l("Are there at least %(founders)s founding members?"), founders=policy.FOUNDERS),
            (("yes", _l("Yes")), ("no", _l("No"))),
            stops={"no"},
            because=said(
                _l("Please find further neighbours first; %(founders)s founders are needed."),
                founders=policy.FOUNDERS,
            ),
            source="四川省社区社会组织管理规定（2023）",
        ),
        Question(
            "place",
            _l("Is there a place in the community where the group can meet?"),
            (("yes", _l("Yes, its own or a shared one")), ("no", _l("No"))),
            stops={"no"},
            because=_l("Ask the street's guidance center: shared rooms are lent to groups."),
            source="四川省社区社会组织管理规定（2023）",
        ),
    ),
)
