"""Ends with 0 where the atlas of this container answers: `python deploy/healthcheck.py [PORT]`."""

import os
import sys
import urllib.error
import urllib.request

port = sys.argv[1] if len(sys.argv) > 1 else "8050"
base = os.environ.get("ATLAS_BASE_PATH", "").rstrip("/")
try:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{base}/healthz", timeout=8) as answer:
        answer.read()
except OSError as error:  # among them those of HTTP
    sys.exit(f"the atlas does not answer: {error}")
