"""What an organization reads before it asks for another certificate."""

from core.i18n import _l
from core.workflow import Guide, Question
from registry.certificates import policy
from registry.certificates.rules import CHANGE, GROUNDS

GUIDE = Guide(
    title=_l("Replace or renew a certificate"),
    lead=_l(
        "For a registered organization whose certificate was lost, is damaged, or comes to its end. "
        "The entry on the register stays as it is."
    ),
    who=(
        _l("Registered organizations; please choose above for whom you are acting."),
        _l("A lost certificate must have been declared void in a newspaper."),
        _l("A damaged or ending certificate is handed in when the new one is fetched."),
    ),
    needs=(
        _l("Application with the organization's seal"),
        _l("If lost: the page on which the loss was made public"),
        _l("Otherwise: a picture of the old certificate"),
    ),
    steps=(
        _l("Fill in one short page and hand in the papers."),
        _l("The office accepts, or asks once for everything that is missing."),
        _l("Another person decides; a third one issues the certificate."),
        _l("The old certificate stops holding in the same moment; anyone can see it."),
    ),
    cost=_l("Free of charge."),
    laws=("中华人民共和国行政许可法（2019年修正）", "社会团体登记管理条例（2016年修订）"),
    days=(
        (_l("Acceptance or one correction notice"), policy.INTAKE_DAYS.key),
        (_l("Decision, as promised"), policy.PROMISED_DAYS.key),
        (_l("Decision, by law at the latest"), policy.STATUTORY_DAYS.key),
        (_l("Certificate after the decision"), policy.ISSUE_DAYS.key),
    ),
    questions=(
        Question(
            "ground",
            _l("Why is another certificate needed?"),
            (
                *((ground.value, words) for ground, words in GROUNDS.items()),
                ("changed", _l("Something that it states has changed")),
            ),
            stops={"changed"},
            because=_l(
                "Please apply for a change of registration: the new certificate comes with it."
            ),
            source="社会团体登记管理条例第十八条",
            matter=CHANGE,
        ),
    ),
    for_organizations=True,
)
