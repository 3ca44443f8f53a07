"""What an organization reads before it changes its entry."""

from core.i18n import _l
from core.policy import said
from core.workflow import Guide, Question
from registry.changes import papers, policy
from registry.registrations.types import usual

GUIDE = Guide(
    title=_l("Change what is registered"),
    lead=_l(
        "For a registered organization whose name, domicile, legal representative, scope, funds or "
        "sponsor unit changes. The new certificate comes with it."
    ),
    who=(
        _l("Registered organizations; please choose above for whom you are acting."),
        _l("The body that decides it by the charter has decided the change."),
        said(
            _l("With a sponsor unit: it agrees here. Consent on paper is no older than %(days)s."),
            days=policy.APPLY_DAYS,
        ),
        _l("The new entry meets what the law asks of a new organization of this type."),
    ),
    needs=(
        papers.APPLICATION.label,
        papers.RESOLUTION.label,
        _l("New name, domicile, scope or funds: the charter with what changes marked"),
        _l("New domicile: proof of the right to use the premises"),
        _l("New legal representative: identity paper, and the report of the financial audit"),
        _l("Other funds: proof of funds (capital verification)"),
    ),
    steps=(
        _l("Choose what changes; what the register says now stands beside what you enter."),
        _l("The sponsor unit gives its opinion here, without paper."),
        _l("The office accepts, or asks once for everything that is missing."),
        _l("Another person decides; the register says the new entry at once."),
        _l("You hand in the old certificate and get the new one, original and duplicate."),
    ),
    cost=_l("Free of charge."),
    laws=(
        "社会团体登记管理条例（2016年修订）第十八条",
        "民办非企业单位登记管理暂行条例第十五条",
        "基金会管理条例第十五条",
        usual.NAMES,
        usual.LICENSING,
    ),
    days=(
        (_l("Acceptance or one correction notice"), policy.INTAKE_DAYS.key),
        (_l("Decision, as promised"), policy.PROMISED_DAYS.key),
        (_l("Decision, by law at the latest"), policy.STATUTORY_DAYS.key),
        (_l("Certificate after the decision"), policy.ISSUE_DAYS.key),
    ),
    questions=(
        Question(
            "decided",
            _l("Has the body that decides it by the charter decided the change?"),
            usual.YES_NO,
            stops={"no"},
            because=_l(
                "Please hold the meeting first: its minutes and resolution are handed in with the "
                "application."
            ),
            source="社会团体登记管理条例第十八条；民办非企业单位登记管理暂行条例第十五条",
        ),
    ),
    for_organizations=True,
)
