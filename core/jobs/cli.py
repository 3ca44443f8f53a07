"""`flask jobs`: run them, run what is due, list them."""

import click
from flask import current_app
from flask.cli import AppGroup

from core import clock
from core.jobs.declaration import declared
from core.jobs.models import JobRun, Outcome
from core.jobs.queries import last_run, runners_seen_at
from core.jobs.runs import run_due

group = AppGroup("jobs", help="Work without a person.")


@group.command("run")
def run_jobs() -> None:
    """Run all jobs at their times until stopped by SIGTERM or Ctrl-C."""
    from core.jobs.scheduler import Runner

    runners_seen_at()  # a database that is not there ends the command with a sentence
    Runner(current_app._get_current_object()).run_until_stopped()  # type: ignore[attr-defined]


@group.command("once")
@click.argument("name", required=False)
def run_once(name: str | None) -> None:
    """Run what is due now, of all jobs or of NAME, and end; 1 if a job failed."""
    if name is not None and name not in declared:
        raise click.ClickException(f"There is no job {name}. See: flask jobs list")
    made = run_due(name)
    for ran in made:
        click.echo(
            f"{ran.job} {clock.local(ran.slot):%Y-%m-%d %H:%M:%S} {ran.outcome} {ran.result}"
        )
    if not made:
        click.echo("Nothing is due.")
    if any(ran.outcome is Outcome.FAILED for ran in made):
        raise SystemExit(1)


@group.command("list")
def list_jobs() -> None:
    """Show every job with its times and its last run."""
    for job in declared.values():
        click.echo(f"{job.name:30} {job.schedule!s:20} {_told(last_run(job.name), job.lease)}")


def _told(last: JobRun | None, lease: object) -> str:
    if last is None:
        return "never ran"
    at = f"{clock.local(last.claimed_at):%Y-%m-%d %H:%M:%S}"
    if last.outcome is None:
        return f"{at} running or died ({last.claimed_by})"
    return f"{at} {last.outcome} {last.result or last.error}".rstrip()
