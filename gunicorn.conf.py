"""How gunicorn serves the atlas: `gunicorn -w 2 --threads 4 app:server` reads this file where it starts."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from gunicorn.arbiter import Arbiter
from gunicorn.workers import gthread

sys.path.insert(0, str(Path(__file__).resolve().parent))  # gunicorn adds the folder of the atlas only later

from dashboard.logs import gunicorn_log

workers = 2
threads = 4
keepalive = 30  # seconds until a connection that nobody uses is closed: readers look before they choose again
limit_request_line = 8190  # bytes, all that gunicorn allows: the atlas itself refuses addresses over 8,000
worker_connections = 1000  # of each worker; a browser may hold six
graceful_timeout = 30  # seconds that requests may still take when the server is asked to stop
timeout = 120  # seconds without a sign of life of a worker; it reads large data before it gives the first
forwarded_allow_ips = ""  # the atlas itself believes proxies, as ATLAS_TRUSTED_PROXIES says
control_socket_disable = True  # it would write a file, where the file system may be read-only
logconfig_dict = gunicorn_log(os.environ.get("ATLAS_LOG", ""))

# Browsers open connections in advance. A thread would wait 5 seconds for the first byte of each.
gthread.DEFAULT_WORKER_DATA_TIMEOUT = 0.5

if os.environ.get("ATLAS_METRICS") == "yes":
    # What all workers have counted; it must be there before the first of them imports prometheus_client.
    counted = os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="atlas-metrics-")


def post_worker_init(worker: gthread.ThreadWorker) -> None:
    """Let the atlas see how many requests wait for a thread of this worker."""
    from dashboard.overload import Line  # it imports much, which only workers need

    def waiting() -> int:
        at_rest = len(worker.keepalived_conns) + len(worker.pending_conns)
        return max(worker.nr_conns - at_rest - worker.cfg.threads, 0)

    worker.wsgi.extensions["line"] = Line(waiting, worker.cfg.threads)


def child_exit(_server: Arbiter, worker: gthread.ThreadWorker) -> None:
    """Forget the state of a worker that has ended; what it has counted stays."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)


def on_exit(_server: Arbiter) -> None:
    """Leave nothing behind."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
