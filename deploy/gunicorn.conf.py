"""How web processes run, in development and in production; the environment may say otherwise."""

import gc
import os

from prometheus_client import multiprocess

wsgi_app = "wsgi:app"
bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
preload_app = True  # imported once, then forked: half the start-up and shared memory
worker_class = "sync"  # measured: no slower than threads for these pages, and steadier
timeout = 60
graceful_timeout = 20
max_requests = 20_000  # a fresh process now and then keeps memory flat
max_requests_jitter = 2_000
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # a heartbeat is no disk write
loglevel = os.environ.get("LOG_LEVEL", "warning").lower()
accesslog = None  # the application logs each request itself, with its id


def when_ready(server):
    """Leave what was loaded out of every later look for garbage: it stays, and stays shared."""
    gc.collect()
    gc.freeze()


def post_fork(server, worker):
    """Give a web process database connections of its own: one shared with others breaks both."""
    import wsgi
    from core.db import db

    with wsgi.app.app_context():
        db.engine.dispose(close=False)


def child_exit(server, worker):
    """Forget the gauges of a web process that ended, where metrics are shared between several."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.mark_process_dead(worker.pid)
