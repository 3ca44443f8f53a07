"""Jobs: their slots, claims, outcomes, and the processes that run them."""

import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine

from core import clock, receipts
from core.db import atomic, db
from core.jobs import declaration, housekeeping, job, run_due, runners_seen_at, runs
from core.jobs.declaration import Cron, Every
from core.jobs.models import JobRun, Outcome
from core.jobs.queries import due_slots
from core.jobs.scheduler import Runner
from tests.conftest import ROOT

SECONDS = st.integers(0, 10**9)
MOMENTS = SECONDS.map(lambda n: datetime(2010, 1, 1, tzinfo=UTC) + timedelta(seconds=n))


@pytest.fixture
def ran():
    """What the jobs of a test did. The jobs declared meanwhile are forgotten again."""
    kept = dict(declaration.declared)
    declaration.declared.clear()
    yield []
    declaration.declared.clear()
    declaration.declared.update(kept)


def office(text):
    return datetime.fromisoformat(text).replace(tzinfo=clock.OFFICE_ZONE)


def only(name="work"):
    return db.session.scalars(db.select(JobRun).where(JobRun.job == name)).all()


@given(MOMENTS, st.integers(1, 100_000))
def test_slots_of_a_distance_leave_no_gap(at, seconds):
    every = Every(timedelta(seconds=seconds))
    latest = every.latest(at)
    assert latest <= at < every.following(latest)
    assert every.latest(latest) == latest


@given(MOMENTS, st.sampled_from(["10 0 * * *", "*/5 * * * *", "0 8 * * mon", "0 6 1 1 *"]))
def test_slots_of_a_line_leave_no_gap(at, line):
    cron = Cron(line)
    latest = cron.latest(at)
    assert latest <= at < cron.following(latest)
    assert cron.latest(latest) == latest


def test_a_line_is_read_at_the_office():
    assert Cron("10 0 * * *").latest(office("2026-03-02 00:10")) == office("2026-03-02 00:10")
    assert Cron("10 0 * * *").latest(office("2026-03-02 00:09")) == office("2026-03-01 00:10")
    assert Every(timedelta(days=1)).latest(office("2026-03-02 09:00")) == office("2026-03-02 00:00")


def test_a_job_has_one_time_and_one_name(ran):
    with pytest.raises(ValueError, match="either"):
        job("work")
    with pytest.raises(ValueError, match="either"):
        job("work", every=timedelta(1), cron="* * * * *")
    job("work", cron="* * * * *")(housekeeping.forget_old_runs)
    with pytest.raises(ValueError, match="two jobs"):
        job("work", cron="* * * * *")(lambda: None)


def test_a_slot_runs_once_and_the_next_one_again(app, ran, frozen):
    @job("work", every=timedelta(hours=1))
    def work():
        ran.append(clock.now())
        return "3 cases moved"

    frozen("2026-03-02 09:20")
    assert [(r.slot, r.outcome, r.result) for r in run_due()] == [
        (office("2026-03-02 09:00"), Outcome.DONE, "3 cases moved")
    ]
    assert run_due() == []
    frozen("2026-03-02 11:20")
    assert [r.slot for r in run_due("work")] == [office("2026-03-02 11:00")]
    assert len(ran) == 2


def test_catching_up_runs_every_missed_slot(app, ran, frozen):
    @job("work", cron="10 0 * * *", catch_up=True)
    def work():
        ran.append(1)

    frozen("2026-03-02 09:00")
    assert len(run_due()) == 1
    frozen("2026-03-05 09:00")
    assert [r.slot for r in run_due()] == [office(f"2026-03-0{n} 00:10") for n in (3, 4, 5)]


def test_catching_up_repeats_an_old_slot_that_died(app, ran, frozen):
    @job("work", cron="10 0 * * *", catch_up=True)
    def work():
        ran.append(1)

    frozen("2026-03-02 00:10")
    assert runs.claim(declaration.declared["work"], office("2026-03-02 00:10"))
    frozen("2026-03-03 00:10")
    assert [r.slot.day for r in run_due()] == [1, 2]


def test_a_run_that_died_is_repeated_after_its_lease(app, ran, frozen):
    @job("work", every=timedelta(days=1), lease=timedelta(minutes=15))
    def work():
        ran.append(1)

    frozen("2026-03-02 00:00")
    assert runs.claim(declaration.declared["work"], office("2026-03-02 00:00"))
    frozen("2026-03-02 00:14:59")
    assert run_due() == []
    frozen("2026-03-02 00:15")
    assert [r.outcome for r in run_due()] == [Outcome.DONE]
    assert [(r.attempts, r.outcome) for r in only()] == [(2, Outcome.DONE)]


def test_a_failure_is_noted_retried_and_given_up(app, ran, frozen):
    @job("work", every=timedelta(days=1))
    def work():
        ran.append(1)
        raise RuntimeError("no bread")

    @job("other", every=timedelta(days=1))
    def other():
        ran.append("other")

    frozen("2026-03-02 08:00")
    assert [r.outcome for r in run_due()] == [Outcome.FAILED, Outcome.DONE]
    assert [r.error for r in only()] == ["RuntimeError: no bread"]
    assert run_due() == []
    for time in ("08:05", "08:10", "08:15"):
        frozen(f"2026-03-02 {time}")
        run_due()
    assert ran.count(1) == 3
    assert [r.attempts for r in only()] == [3]


def test_what_a_failed_job_wrote_is_undone(app, ran, frozen):
    @job("work", every=timedelta(days=1))
    def work():
        with atomic():
            at = clock.now()
            db.session.add(JobRun(job="trace", slot=at, claimed_at=at, claimed_by="test"))
            db.session.flush()
            raise RuntimeError

    run_due()
    assert only("trace") == []


def test_eight_claims_of_one_slot_give_one_run(app, ran):
    @job("work", every=timedelta(days=1))
    def work():
        ran.append(1)

    declared, slot = declaration.declared["work"], office("2026-03-02 00:00")
    start = threading.Barrier(8)
    won = []

    def try_it():
        with app.app_context():
            start.wait()
            won.append(runs.claim(declared, slot))
            db.session.remove()

    threads = [threading.Thread(target=try_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False] * 7 + [True]


def test_old_runs_are_forgotten(app, frozen):
    with atomic():
        for day in ("2026-02-20", "2026-03-01"):
            at = office(f"{day} 00:00")
            db.session.add(JobRun(job="work", slot=at, claimed_at=at, claimed_by="test"))
    frozen("2026-03-10 03:40")
    assert housekeeping.forget_old_runs() == "1 runs forgotten"
    assert [r.slot.day for r in only()] == [28]


def test_old_receipts_of_forms_are_forgotten(app, frozen):
    """A form sent again within the time finds its first result; long after, nobody asks."""
    for day in ("2026-02-01", "2026-03-01"):
        frozen(f"{day} 09:00")
        with atomic():
            assert receipts.claim(f"form of {day}", None).first
    frozen("2026-03-10 03:50")
    assert housekeeping.forget_form_receipts() == "1 receipts forgotten"
    with atomic():
        assert not receipts.claim("form of 2026-03-01", None).first
        assert receipts.claim("form of 2026-02-01", None).first


def test_commands_run_what_is_due_and_list_it(app, ran, frozen):
    @job("work", every=timedelta(hours=1))
    def work():
        if ran:
            raise RuntimeError("no bread")
        return "3 cases moved"

    frozen("2026-03-02 09:20")
    shell = app.test_cli_runner()
    assert "never ran" in shell.invoke(args=["jobs", "list"]).output
    once = shell.invoke(args=["jobs", "once"])
    assert (once.exit_code, once.output) == (0, "work 2026-03-02 09:00:00 done 3 cases moved\n")
    assert shell.invoke(args=["jobs", "once", "work"]).output == "Nothing is due.\n"
    assert "done 3 cases moved" in shell.invoke(args=["jobs", "list"]).output
    assert shell.invoke(args=["jobs", "once", "nobody"]).exit_code == 1
    frozen("2026-03-02 10:20")
    ran.append(1)
    assert shell.invoke(args=["jobs", "once"]).exit_code == 1
    assert "RuntimeError: no bread" in shell.invoke(args=["jobs", "list"]).output


# --- the runner, in this process


@pytest.fixture
def signals():
    """The runner listens to signals; afterwards they do again what they did."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.timeout(60)
def test_the_runner_makes_up_for_what_was_missed_and_signs_off(app, ran, signals):
    @job("work", every=timedelta(days=1))
    def work():
        ran.append(runners_seen_at())
        here.stopping.set()

    db.session.remove()
    here = Runner(app)
    here.run_until_stopped()
    assert len(ran) == 1
    assert ran[0] is not None, "it said that it lives before it worked"
    assert [run.outcome for run in only()] == [Outcome.DONE]
    assert runners_seen_at() is None


@pytest.mark.timeout(60)
def test_the_runner_wakes_at_a_slot_and_stops_at_a_signal(app, ran, signals):
    @job("work", every=timedelta(seconds=1))
    def work():
        ran.append(1)
        if len(ran) == 2:
            os.kill(os.getpid(), signal.SIGTERM)

    db.session.remove()
    Runner(app).run_until_stopped()
    assert len(ran) >= 2
    assert {run.attempts for run in only()} == {1}


@pytest.mark.timeout(60)
def test_a_runner_without_a_database_says_so_and_goes_on(app, ran, caplog, monkeypatch):
    @job("work", every=timedelta(days=1))
    def work():
        ran.append(1)

    db.session.remove()
    here, kept = Runner(app), db.engines[None]
    away = create_engine("sqlite:////nowhere/at/all.db")
    with monkeypatch.context() as lost:
        lost.setitem(db.engines, None, away)
        here._look_after()
        here._run(declaration.declared["work"], lambda: due_slots(declaration.declared["work"]))
    away.dispose()
    assert "the database is away" in caplog.text
    assert "job work could not be run" in caplog.text
    assert not ran
    assert db.engines[None] is kept
    work_of = declaration.declared["work"]
    with here.busy["work"]:  # a run of it still goes on: this one waits for its next turn
        here._run(work_of, lambda: due_slots(work_of))
    assert not ran
    here._run(work_of, lambda: due_slots(work_of))
    assert ran == [1]
    here.stopping.set()
    here._look_after()
    here._at_slot(work_of, clock.now())
    here._run(work_of, lambda: [clock.now()])
    assert ran == [1]


# --- in processes of their own


@pytest.fixture
def notes(tmp_path):
    """The file in which every run of tests.core.job_room leaves a line."""
    file = tmp_path / "notes"
    file.touch()
    return file


@pytest.fixture
def runner(processes, notes):
    """Return `runner(hang=False)`: a process that runs the jobs of tests.core.job_room."""
    started = []

    def start(hang=False):
        environment = {**os.environ, **processes.environment, "JOB_NOTES": str(notes)}
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "tests.core.job_room", "jobs", "run"],
            cwd=ROOT,
            env=environment | ({"HANG": "1"} if hang else {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def wait_for(process, happened):
    """Wait until `happened()`, as long as the process lives and at most three minutes."""
    for _attempt in range(1800):
        if happened():
            return
        try:
            process.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
        raise AssertionError(f"the process ended: {process.communicate()[0]}")
    raise AssertionError("it did not happen within three minutes")


def lines(notes, word):
    return [line for line in notes.read_text().splitlines() if line.startswith(word)]


@pytest.mark.timeout(600)  # four starts of the whole application, wherever this runs
def test_two_processes_never_double_a_slot_and_stop_in_order(app, runner, notes):
    two = [runner(), runner()]
    wait_for(two[0], lambda: len(lines(notes, "tick")) >= 5)
    assert runners_seen_at() is not None
    two[0].send_signal(signal.SIGTERM)
    two[1].send_signal(signal.SIGINT)
    assert [process.wait(30) for process in two] == [0, 0]
    ticks = lines(notes, "tick")
    db.session.rollback()
    slots = only("tick")
    assert len(ticks) == len(slots)
    assert {slot.outcome for slot in slots} == {Outcome.DONE}
    assert {slot.attempts for slot in slots} == {1}
    assert len(lines(notes, "hang")) == 1
    db.session.rollback()
    assert runners_seen_at() is None


@pytest.mark.timeout(600)
def test_a_run_killed_after_its_claim_is_repeated_by_another_process(app, runner, notes):
    first = runner(hang=True)
    assert first.stdout is not None
    for line in first.stdout:
        if line == "hanging\n":
            break
    first.kill()
    first.wait()
    assert [run.finished_at for run in only("hang")] == [None]
    db.session.rollback()

    def repeated():
        db.session.rollback()
        return [run.outcome for run in only("hang")] == [Outcome.DONE]

    second = runner()
    wait_for(second, repeated)
    assert [run.attempts for run in only("hang")] == [2]
    assert len(lines(notes, "hang")) == 2
