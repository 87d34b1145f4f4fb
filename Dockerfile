# With https, mail and backups: compose.yaml. By itself:
# docker build -t clinic-site . && docker run -p 8000:8000 -v clinic-data:/data clinic-site
# Behind a reverse proxy, add: -e SITE_URL=https://… -e FORWARDED_ALLOW_IPS=<address of the proxy>
# The proxy may read /data/public and nothing else; one in a container of its own: docs/operations.md, PUBLIC_DIR.

FROM python:3.13-slim AS build
WORKDIR /site
COPY requirements-services.txt ./
RUN python -m venv /site/.venv \
    && /site/.venv/bin/python -m pip install --no-cache-dir --quiet --require-hashes -r requirements-services.txt

FROM python:3.13-slim
# For backups: pg_dump of PostgreSQL up to 17, and age.
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends postgresql-client age \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home clinic \
    && mkdir --mode 700 /data \
    && mkdir --mode 755 /public /caddy \
    && chown clinic /data /public /caddy
WORKDIR /site
COPY --from=build /site/.venv /site/.venv
COPY manage.py ./
COPY clinic_site clinic_site
COPY content content
COPY static static
COPY templates templates
RUN /site/.venv/bin/python -m compileall -q manage.py clinic_site
ENV PATH=/site/.venv/bin:$PATH
ENV PYTHONUNBUFFERED=1
ENV DATA_DIR=/data
ENV CONTENT_DIR=/data/content
ENV BIND=0.0.0.0
ENV PORT=8000
USER clinic
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["python", "-m", "clinic_site.healthcheck"]
CMD ["python", "manage.py", "serve"]
