# shellcheck shell=bash disable=SC2154 # sourced by tools/odoo19, which sets the variables
# The Odoo server as a process.

readonly kHealthTimeoutSeconds=120
readonly kStartAttempts=3
readonly kStopTimeoutSeconds=15

# Two ports at once, so that they differ. Another process may still take one before Odoo does: the caller tries again.
free_ports() {
    "$python" - <<'PY'
import socket
sockets = [socket.create_server(('127.0.0.1', 0)) for _ in range(2)]
print(*(s.getsockname()[1] for s in sockets))
PY
}

# When a living process started: with its number that names it for good, while the number alone may come again.
process_mark() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | awk '$1 != "Z" { print $20 }'; }

# The server that this script started for DIR, while it lives.
server_pid() {
    local pid mark
    read -r pid mark 2>/dev/null <"$1/odoo.pid" && [[ $(process_mark "$pid") == "$mark" ]] && echo "$pid"
}

healthy() {
    "$python" - "$1/web/health" <<'PY' 2>/dev/null
import sys, urllib.request
urllib.request.build_opener(urllib.request.ProxyHandler({})).open(sys.argv[1], timeout=2)
PY
}

# A third argument is the port that it has to have.
server_run() {
    local dir=$1 database=$2 own_port=${3:-} port gevent_port attempt deadline
    for ((attempt = 1; attempt <= kStartAttempts; attempt++)); do
        read -r port gevent_port < <(free_ports)
        port=${own_port:-$port}
        (
            close_inherited_files
            exec setsid "$python" "$cache/sources/odoo-bin" server -c "$dir/odoo.conf" -d "$database" --workers=2 \
                --db-filter="^$database\$" --http-interface=127.0.0.1 --http-port="$port" --gevent-port="$gevent_port"
        ) >>"$dir/odoo.log" 2>&1 </dev/null &
        echo "$! $(process_mark $!)" >"$dir/odoo.pid"
        deadline=$((SECONDS + kHealthTimeoutSeconds))
        while ((SECONDS < deadline)) && server_pid "$dir" >/dev/null; do
            if healthy "http://127.0.0.1:$port"; then
                echo "http://127.0.0.1:$port" >"$dir/url"
                return 0
            fi
            sleep 0.1
        done
        server_stop "$dir"
    done
    tail -n 40 "$dir/odoo.log" >&2
    fail "the server does not get healthy"
}

server_stop() {
    local dir=$1 pid deadline=$((SECONDS + kStopTimeoutSeconds))
    if pid=$(server_pid "$dir"); then
        kill -TERM "$pid"
        while server_pid "$dir" >/dev/null && ((SECONDS < deadline)); do sleep 0.1; done
        kill -KILL -- "-$pid" 2>/dev/null || true # what is left of its session
    fi
    rm -f "$dir/odoo.pid"
}
