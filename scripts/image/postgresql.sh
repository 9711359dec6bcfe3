# What the official image's entrypoint does for docker-compose.yml: a cluster the first time, its password
# read from a file, its database, then the server.
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    initdb --username="$POSTGRES_USER" --pwfile="$POSTGRES_PASSWORD_FILE" --encoding=UTF8 --locale=C.UTF-8 \
        --auth-local=trust --auth-host=scram-sha-256
    echo "host all all all scram-sha-256" >> "$PGDATA/pg_hba.conf"
    pg_ctl --wait start -o "-c listen_addresses=''"
    createdb --username="$POSTGRES_USER" --host=/var/run/postgresql "$POSTGRES_DB"
    pg_ctl --wait stop
fi
exec "$@" -c listen_addresses='*'
