"""The generated pages, each as its file name and text."""

import csv
import io
from collections.abc import Sequence

from flask import Flask
from flask_babel import force_locale

from core import jobs, policy
from core.access import audience_of
from core.errors import Words
from core.i18n import LazyWords
from core.workflow.declaration import Workflow, declared
from core.workflow.steps import State, Transition

NOTE = "<!-- Made by `flask docs build` from the declarations; change those, not this page. -->"


def generated(app: Flask) -> dict[str, str]:
    """Return every generated page: name below docs/ → text."""
    pages = {f"workflows/{w.kind}.md": workflow_page(w) for w in declared()}
    pages["policies.md"] = policies_page()
    pages["access.csv"] = access_table(app)
    pages["jobs.md"] = jobs_page()
    return pages


def both(words: Words) -> str:
    """Return words in English and, where it differs, in Chinese."""
    with force_locale("en"):
        english = str(words)
    with force_locale("zh_Hans"):
        chinese = str(words)
    return english if english == chinese else f"{english} · {chinese}"


def _row(*cells: str) -> str:
    return "| " + " | ".join(c.replace("|", "\\|").replace("\n", " ") for c in cells) + " |"


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    return [_row(*head), _row(*("---" for _cell in head)), *(_row(*row) for row in rows)]


def workflow_page(workflow: Workflow) -> str:
    """Return the page of one kind of case: picture, states, steps, clock."""
    lines = [NOTE, f"# {both(workflow.title)}", "", "```mermaid", *picture(workflow), "```", ""]
    if workflow.clock:
        starts, ends = sorted(workflow.clock.starts), sorted(workflow.clock.ends)
        runs = f"The case clock runs from {', '.join(starts)} to {', '.join(ends)}"
        limits = f"by law `{workflow.clock.statutory}`, promised `{workflow.clock.promised}`"
        lines += [f"{runs}: {limits}.", ""]
    lines += [
        "## States",
        "",
        *_table(("state", "name", "waits for", "time", "then"), states(workflow)),
    ]
    lines += ["", "## Steps", ""]
    lines += _table(
        ("step", "name", "from", "to", "taken by", "not by who did", "basis"), steps(workflow)
    )
    return "\n".join(lines) + "\n"


def picture(workflow: Workflow) -> list[str]:
    """Return the state diagram in Mermaid."""
    lines = ["stateDiagram-v2", f"    [*] --> {workflow.first().key.value}"]
    for step in workflow.step.values():
        for source in sorted(step.source):
            target = step.target.value if step.target else source
            lines.append(f"    {source} --> {target}: {step.name}")
    lines += [f"    {s.key.value} --> [*]" for s in workflow.state.values() if s.final]
    return lines


def states(workflow: Workflow) -> list[tuple[str, ...]]:
    def row(state: State) -> tuple[str, ...]:
        party = state.waits_on
        # A label is in the language of the moment it is asked for: ask it once in each.
        waits = both(LazyWords(lambda: party.label)) if party else ""
        time = f"`{state.due}`" if state.due else both(state.pauses) if state.pauses else ""
        if state.pauses and not state.due:
            time = f"{time} ({state.pauses_basis})"
        if state.ends is not None:
            time = (state.ends.__doc__ or state.ends.__name__).partition("\n")[0]
        return state.key.value, both(state.label), waits, time, state.on_overdue or ""

    return [row(state) for state in workflow.state.values()]


def steps(workflow: Workflow) -> list[tuple[str, ...]]:
    def row(step: Transition) -> tuple[str, ...]:
        by = ", ".join(sorted(p.value for p in step.by))
        target = step.target.value if step.target else "—"
        source = ", ".join(sorted(step.source))
        return (
            step.name,
            both(step.label),
            source,
            target,
            by,
            ", ".join(workflow.other_eyes(step)),
            str(step.basis),
        )

    return [row(step) for step in workflow.step.values()]


def policies_page() -> str:
    """Return every policy value with its default, unit, limits and source."""
    rows = []
    for it in sorted(policy.declared(), key=lambda p: p.key):
        with force_locale("en"):
            limits, default = it.limits, it.spoken(it.default)
        rows.append((f"`{it.key}`", both(it.label), default, limits, both(it.source)))
    head = ("key", "what it sets", "default", "limits", "source")
    return "\n".join([NOTE, "# Policy values", "", *_table(head, rows)]) + "\n"


def access_table(app: Flask) -> str:
    """Return endpoint, methods, address and audience as CSV, one line each."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("endpoint", "methods", "address", "audience"))
    for rule in sorted(app.url_map.iter_rules(), key=lambda r: (r.endpoint, r.rule)):
        methods = " ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        writer.writerow((rule.endpoint, methods, rule.rule, audience_of(app, rule.endpoint).name))
    return out.getvalue()


def jobs_page() -> str:
    """Return every scheduled job with its schedule."""
    rows = [
        (it.name, str(it.schedule), str(it.does))
        for it in sorted(jobs.declared.values(), key=lambda j: j.name)
    ]
    return "\n".join([NOTE, "# Jobs", "", *_table(("job", "when", "what"), rows)]) + "\n"
