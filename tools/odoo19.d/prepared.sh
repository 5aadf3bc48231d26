# shellcheck shell=bash disable=SC2154 # sourced by tools/odoo19, which sets the variables
# Initialised databases, kept in the cache.
#
# A prepared folder holds a stopped cluster with the database `prepared`, its dump, its file store and an API key.
# The first one has Odoo's modules only; those with addons are made from it, so a changed addon costs only itself.

# The modules of the delivery job. `rpc` carries every external endpoint; it installs itself only when nobody
# switches automatic installation off, which this script does to keep the database small.
readonly kModules=base,contacts,project,rpc

# What the mirror has to do with: `start --trade`.
readonly kTradeModules=sale_management,sale_stock,stock_delivery,account,payment,loyalty

# Of all addons, because one may depend on another.
addons_digest() { (cd "$repository/addons" && find . -type f ! -name '*.pyc' -print0 | sort -z | xargs -0 sha256sum); }

require_addon() { [[ -n $1 && -f $repository/addons/$1/__manifest__.py ]] || fail "there is no addon called '$1'"; }

prepared_path() {
    local addons=$1 key
    key=$({
        cat "$cache/sources/VERSION"
        "$(postgres_bin)/postgres" --version
        echo "$kModules $addons"
        [[ -z $addons ]] || addons_digest
        declare -f prepare cluster_create write_key load_chart
    } | sha256sum | cut -c -16)
    [[ $addons != *"$kTradeModules" ]] || addons=${addons%"$kTradeModules"}trade
    echo "$cache/prepared/${addons:-odoo}-$key"
}

write_conf() {
    local file=$1 socket=$2 data=$3 addons=$4
    cat >"$file" <<CONF
[options]
db_host = $socket
db_user = odoo
data_dir = $data
${addons:+addons_path = $repository/addons}
without_demo = True
list_db = False
skip_auto_install = True
max_cron_threads = 1
CONF
}

# The key of a throw-away server on the loopback interface; only its owner may read it.
write_key() {
    local conf=$1 database=$2 file=$3
    (umask 077 && : >"$file")
    odoo_command shell -c "$conf" -d "$database" --no-http --log-level=error <<PY >/dev/null
key = env['res.users.apikeys'].with_user(env.ref('base.user_admin'))._generate(None, 'syncline live tests', None)
env.cr.commit()
open('$file', 'w').write(key)
PY
    [[ -s $file ]] || fail "Odoo gave no API key"
}

# Accounts, journals and taxes: without a chart an invoice cannot be made.
load_chart() {
    odoo_command shell -c "$1" -d "$2" --no-http --log-level=error <<PY >/dev/null
env['account.chart.template'].try_loading('generic_coa', company=env.ref('base.main_company'), install_demo=False)
env.cr.commit()
PY
}

prepare() {
    local addons=$1 target=$2 base="" conf
    if [[ -n $addons ]]; then
        base=$(prepared_path "")
        [[ -f $base/complete ]] || (prepare "" "$base") # a subshell: it has a scratch folder and a clean-up of its own
    fi
    scratch=$(mktemp -d /tmp/odoo19-prepare.XXXXXX)
    trap 'cluster_stop "$scratch/pg"; rm -rf "$scratch"' EXIT
    chmod 0711 "$scratch"
    if [[ -n $base ]]; then
        cp -a "$base/pg" "$base/data" "$base/key" "$scratch"
        cluster_start "$scratch/pg"
    else
        cluster_create "$(cluster_home "$scratch")"
        PGHOST=$scratch/pg createdb -U postgres -O odoo -T template0 prepared
    fi
    conf=$scratch/odoo.conf
    write_conf "$conf" "$scratch/pg" "$scratch/data" "$addons"
    say "initialising a database with ${addons:-$kModules}"
    odoo_command server -c "$conf" -d prepared -i "${addons:-$kModules}" --stop-after-init --no-http \
        --log-level=warn >"$cache/prepare.log" 2>&1 ||
        { tail -n 40 "$cache/prepare.log" >&2; fail "the initialisation failed"; }
    [[ $addons != *"$kTradeModules" ]] || load_chart "$conf" prepared
    [[ -s $scratch/key ]] || write_key "$conf" prepared "$scratch/key"
    PGHOST=$scratch/pg pg_dump -U postgres -Fc -f "$scratch/dump" prepared
    cluster_stop "$scratch/pg"
    rm -rf "${target%-*}"-* # those of older sources
    mkdir "$target"
    cp -a "$scratch"/{pg,data,dump,key} "$target"
    touch "$target/complete"
    say "prepared"
}

# Copies parts of the prepared folder, made first when it is not there yet: copy_prepared ADDONS [PART DESTINATION]...
# Under a lock, because many may start at once.
copy_prepared() (
    addons=$1
    shift
    mkdir -p "$cache/prepared"
    exec 9>"$cache/prepare.lock"
    flock 9
    target=$(prepared_path "$addons")
    [[ -f $target/complete ]] || (prepare "$addons" "$target")
    while (($# > 0)); do
        cp -aT "$target/$1" "$2"
        shift 2
    done
)
