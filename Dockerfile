# The atlas with all it reads, for a file system that nobody may write to: see compose.yaml and deploy/README.md.
ARG PYTHON=3.13.7-slim-bookworm

FROM python:${PYTHON} AS packages
WORKDIR /build
COPY requirements.txt ./
COPY layers/postgis/requirements.txt layers/postgis/
RUN python -m venv /opt/atlas \
    && /opt/atlas/bin/pip install --no-cache-dir --disable-pip-version-check -r layers/postgis/requirements.txt

FROM python:${PYTHON}
# PDF files are drawn by a browser, which makes the image about 500 MB larger: "no" leaves them out.
ARG WITH_CHROMIUM=yes
# Debian keeps no old versions of its packages: a pinned one could not be installed next month.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-noto-core \
    && if [ "$WITH_CHROMIUM" = yes ]; then apt-get install --yes --no-install-recommends chromium; fi \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --home-dir /tmp atlas \
    && install --directory --owner=10001 --group=10001 /var/lib/atlas

COPY --from=packages /opt/atlas /opt/atlas
WORKDIR /srv/atlas
COPY . .
# Whatever is written goes to /tmp: compressed files, the browser's profile, what gunicorn's workers count.
# /var/lib/atlas is there for a volume that keeps the data over a restart: compose.yaml names it as ATLAS_STATE.
ENV PATH=/opt/atlas/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    ATLAS_CACHE=/tmp/atlas \
    ATLAS_LOG=json
RUN python -m compileall -q app.py dashboard layers deploy
ENV PYTHONDONTWRITEBYTECODE=1

USER 10001:10001
EXPOSE 8050
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=10s --start-period=60s --retries=3 CMD ["python", "deploy/healthcheck.py"]
CMD ["gunicorn", "--bind", "0.0.0.0:8050", "--worker-tmp-dir", "/dev/shm", "app:server"]
