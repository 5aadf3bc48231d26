# shellcheck shell=bash disable=SC2154 # sourced by tools/odoo19, which sets the variables
# A throw-away PostgreSQL.

readonly kClusterStopTimeoutSeconds=30

# PostgreSQL refuses to run as root.
as_postgres() { if is_root; then (cd / && exec runuser -u postgres -- "$@"); else "$@"; fi; }

# Data that nobody will miss: no waiting for the disk, and only a unix socket to reach it.
cluster_create() {
    local data=$1 bin
    bin=$(postgres_bin) || fail "no PostgreSQL server found"
    as_postgres "$bin/initdb" -D "$data" -U postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >/dev/null
    as_postgres tee -a "$data/postgresql.conf" >/dev/null <<'CONF'
listen_addresses = ''
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 64MB
max_connections = 60
jit = off
CONF
    cluster_start "$data"
    PGHOST=$data createuser -U postgres --login --createdb odoo
}

cluster_start() {
    local data=$1
    (
        close_inherited_files
        as_postgres "$(postgres_bin)/pg_ctl" -D "$data" -l "$data/server.log" -o "-k '$data'" -w -t 60 start >/dev/null
    ) ||
        { tail -n 20 "$data/server.log" >&2; fail "PostgreSQL does not start"; }
}

cluster_stop() {
    local data=$1
    [[ -f $data/postmaster.pid ]] || return 0
    as_postgres "$(postgres_bin)/pg_ctl" -D "$data" -m fast -w -t "$kClusterStopTimeoutSeconds" stop >/dev/null
}

# PostgreSQL's own user must be able to reach the folder, and a socket's path is limited to about 100 bytes.
cluster_home() {
    local home=$1/pg
    if as_postgres test -x "$1" && ((${#home} < 80)); then
        rm -rf "$home" && mkdir "$home"
    else
        home=$(mktemp -d /tmp/odoo19-pg.XXXXXX)
    fi
    if is_root; then chown postgres: "$home"; fi
    chmod 0700 "$home"
    echo "$home"
}
