# Quatuor's image: `docker build -t quatuor .`. Base images are arguments, for a mirror of one's own.
ARG PYTHON_IMAGE=python:3.13-slim-trixie
ARG NODE_IMAGE=node:22-bookworm-slim

# --- Front-end packages
FROM ${NODE_IMAGE} AS front
WORKDIR /construction
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

# --- Python packages, each checked against its hash
FROM ${PYTHON_IMAGE} AS paquets
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 UV_NO_CACHE=1 UV_PYTHON_DOWNLOADS=never
WORKDIR /construction
COPY requirements/ requirements/
RUN pip install --require-hashes -r requirements/outils.txt \
    && python -m venv --without-pip /opt/quatuor \
    && uv pip sync --compile-bytecode --python /opt/quatuor/bin/python requirements/base.txt

# --- What runs
FROM ${PYTHON_IMAGE}
# Pango draws the PDFs; a backup asks for tools as recent as the database.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fontconfig-config libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
        postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/quatuor --create-home quatuor \
    && install --directory --owner=quatuor --mode=700 /sauvegardes
ENV PATH=/opt/quatuor/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=mobility.settings \
    QUATUOR_VAR=/var/lib/quatuor \
    XDG_CACHE_HOME=/tmp
WORKDIR /srv/quatuor
COPY --from=paquets /opt/quatuor /opt/quatuor
COPY . .
# The key and the host of this one command are used by nothing else.
RUN --mount=type=bind,from=front,source=/construction/node_modules,target=/srv/quatuor/node_modules \
    python scripts/vendor.py \
    && SECRET_KEY=construction QUATUOR_CLE_COACHING=construction QUATUOR_CLE_JOURNAL=construction \
        QUATUOR_HOSTS=construction QUATUOR_VAR=/tmp/construction \
        python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf /tmp/construction
USER quatuor
VOLUME /var/lib/quatuor
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["python", "scripts/sante.py"]
CMD ["gunicorn", "mobility.wsgi", "--bind=0.0.0.0:8000", "--workers=2", "--threads=4", "--reuse-port", \
     "--worker-tmp-dir=/dev/shm", "--access-logfile=-", \
     "--logger-class=mobility.acces_http.Acces", "--no-control-socket"]
