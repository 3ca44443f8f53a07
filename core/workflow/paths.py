"""The shortest way to each state of a case: for the demo, the tests and the handbook."""

from collections import deque

from core.workflow.declaration import Workflow
from core.workflow.models import Case
from core.workflow.steps import Transition


def path_to(
    workflow: Workflow, state: str, case: Case | None = None, *, start: str | None = None
) -> list[Transition] | None:
    """Return the fewest steps from `start` to `state`, or None where no way leads there.

    `start` is the first state where nothing is said.

    Where a `case` is given, only steps that apply to it as it stands are taken; which steps apply
    must not change on the way. A step that needs others first by its guard is for the caller.
    """
    start = start or workflow.first().key.value
    trail: dict[str, list[Transition]] = {start: []}
    ahead = deque([start])
    while ahead:
        here = ahead.popleft()
        if here == state:
            return trail[here]
        for step in workflow.step.values():
            if here not in step.source or step.target is None or step.target in trail:
                continue
            if case is not None and not step.applies(case):
                continue
            trail[step.target] = [*trail[here], step]
            ahead.append(str(step.target))
    return None
