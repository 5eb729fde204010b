"""How gunicorn serves the atlas: `gunicorn -w 2 --threads 4 app:server` reads this file where it starts."""

from gunicorn.workers import gthread

workers = 2
threads = 4
keepalive = 30  # seconds until a connection that nobody uses is closed: readers look before they choose again
limit_request_line = 8190  # bytes, all that gunicorn allows: the atlas itself refuses addresses over 8,000
worker_connections = 1000  # of each worker; a browser may hold six

# Browsers open connections in advance. A thread would wait 5 seconds for the first byte of each.
gthread.DEFAULT_WORKER_DATA_TIMEOUT = 0.5


def post_worker_init(worker: gthread.ThreadWorker) -> None:
    """Let the atlas see how many requests wait for a thread of this worker."""
    from dashboard.overload import Line  # the folder of the atlas can be imported from only now

    def waiting() -> int:
        at_rest = len(worker.keepalived_conns) + len(worker.pending_conns)
        return max(worker.nr_conns - at_rest - worker.cfg.threads, 0)

    worker.wsgi.extensions["line"] = Line(waiting, worker.cfg.threads)
