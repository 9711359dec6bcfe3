# Base images from Debian's packages alone, where no registry can be reached: see essai.py, which imports
# the bare Debian (debootstrap) and builds these. They stand in for the official ones in docker-compose.yml:
# same users, same folders, same variables; none is for production.
ARG DEBIAN=quatuor-debian:trixie

FROM ${DEBIAN} AS debian
# The machine's certificates came with the bare Debian: a network that inspects TLS has its own.
ENV DEBIAN_FRONTEND=noninteractive LANG=C.UTF-8 \
    SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt \
    PIP_CERT=/etc/ssl/certs/ca-certificates.crt \
    NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt

FROM debian AS python
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 python3-pip python3-venv \
    && rm -rf /var/lib/apt/lists/* /usr/lib/python3*/EXTERNALLY-MANAGED \
    && ln -s python3 /usr/bin/python

FROM debian AS node
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm

FROM debian AS postgresql
RUN groupadd --gid 999 postgres && useradd --gid 999 --uid 999 --home-dir /var/lib/postgresql postgres \
    && apt-get update && apt-get install -y --no-install-recommends postgresql-17 \
    && install -d -o postgres -g postgres -m 1777 /var/lib/postgresql/data
ENV PATH=/usr/lib/postgresql/17/bin:$PATH PGDATA=/var/lib/postgresql/data
COPY postgresql.sh /usr/local/bin/
VOLUME /var/lib/postgresql/data
STOPSIGNAL SIGINT
ENTRYPOINT ["sh", "/usr/local/bin/postgresql.sh"]
CMD ["postgres"]

FROM debian AS redis
RUN groupadd --gid 999 redis && useradd --gid 999 --uid 999 --home-dir /data redis \
    && apt-get update && apt-get install -y --no-install-recommends redis-server redis-tools \
    && install -d -o redis -g redis /data
WORKDIR /data

FROM debian AS nginx
RUN groupadd --gid 101 nginx && useradd --gid 101 --uid 101 --no-create-home nginx \
    && apt-get update && apt-get install -y --no-install-recommends nginx-light curl
RUN rm -f /etc/nginx/sites-enabled/default /etc/nginx/modules-enabled/* \
    && sed -i 's|^user .*|user nginx;|' /etc/nginx/nginx.conf \
    && ln -sf /dev/stdout /var/log/nginx/access.log && ln -sf /dev/stderr /var/log/nginx/error.log

FROM debian AS courriel
RUN apt-get update && apt-get install -y --no-install-recommends python3-aiosmtpd
COPY courriel.py /srv/
CMD ["python3", "/srv/courriel.py"]
