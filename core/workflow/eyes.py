"""Different eyes: whoever acted in one phase of a case takes no part in another."""

from collections.abc import Iterator

from core.accounts import Actor
from core.errors import Words
from core.i18n import _, _l
from core.workflow.happenings import name_happening, note
from core.workflow.models import Case
from core.workflow.steps import Finding, Phase

#: What the timeline keeps of a person's first finding: acts outlast the finding itself.
CHECKED = "checklist.begin"
name_happening(CHECKED, _l("Worked on the checklist"))


def acts(case: Case, user_id: int) -> Iterator[tuple[Phase, Words]]:
    """Yield in which phases of the case a person acted, and by what: steps, and the checklist.

    Also of findings from before the timeline told of them.
    """
    for event in case.events:
        step = case.workflow.step.get(event.step)
        if step is not None and step.phase is not None and event.actor_id == user_id:
            yield step.phase, step.label
    if _worked_on_the_checklist(case, user_id):
        yield Phase.EXAMINATION, _("Worked on the checklist")


def hindered(case: Case, phase: Phase | None, actor: Actor) -> Iterator[Finding]:
    """Yield why `actor` may not act in `phase` after what they did themselves in another."""
    if phase is None or actor.user_id is None:
        return
    for earlier, words in acts(case, actor.user_id):
        if earlier is not phase:
            yield Finding(
                _(
                    "You took the step “%(step)s” of this case; another person must take this one.",
                    step=words,
                ),
                source=_(
                    "“%(one)s” and “%(other)s” are done by different people.",
                    one=earlier.label,
                    other=phase.label,
                ),
            )
            return


def note_check(case: Case, by: Actor) -> None:
    """Let the timeline tell, once, that a person worked on the checklist."""
    if not any(e.step == CHECKED and e.actor_id == by.user_id for e in case.events):
        note(case, CHECKED, "", by=by)


def _worked_on_the_checklist(case: Case, user_id: int) -> bool:
    told = any(e.step == CHECKED and e.actor_id == user_id for e in case.events)
    return told or any(check.by_id == user_id for check in case.checks)
