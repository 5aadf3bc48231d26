# shellcheck shell=bash disable=SC2154 # sourced by tools/odoo19, which sets the variables
# The Debian packages, and the Odoo package unpacked into the cache.

readonly kPackage=odoo-19
readonly kPythonPackages="asn1crypto babel cbor2 chardet cryptography dateutil docutils freezegun geoip2 gevent greenlet
    idna jinja2 libsass lxml magic markupsafe num2words ofxparse openpyxl openssl passlib pil polib psutil psycopg2
    pypdf qrcode reportlab requests rjsmin serial stdnum tz urllib3 usb vobject werkzeug xlrd xlsxwriter xlwt zeep"

postgres_bin() {
    local bin
    bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
    [[ -n $bin && -x $bin/initdb ]] && echo "$bin"
}

missing_packages() {
    local wanted
    # shellcheck disable=SC2086
    wanted=$(printf 'python3-%s\n' $kPythonPackages)
    # shellcheck disable=SC2086
    comm -23 <(sort <<<"$wanted") <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' $wanted 2>/dev/null |
        awk '$2 == "installed" { print $1 }' | sort)
    postgres_bin >/dev/null || echo postgresql
}

install_packages() {
    local missing
    missing=$(missing_packages)
    [[ -n $missing ]] || return 0
    can_be_root || skip "Debian packages are missing, and only root or sudo may install them: ${missing//$'\n'/ }"
    say "installing $(wc -l <<<"$missing") Debian packages and what they need"
    as_root apt-get -qq update >&2 || skip "the package lists cannot be had"
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install $missing \
        >"$cache/apt-install.log" 2>&1 ||
        { tail -n 20 "$cache/apt-install.log" >&2; skip "a Debian package cannot be installed"; }
}

# The system's own mirror also carries the suite that has the package; no host is named here.
mirror() {
    local codename
    # shellcheck source=/dev/null
    codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
    # shellcheck disable=SC2016 # apt's own variables
    apt-get indextargets --format '$(CODENAME) $(ORIGIN) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
        awk -v codename="$codename" '$1 == codename && $2 == "Debian" && $3 == "main" { print $4; exit }'
}

# apt with a configuration of its own: the system's sources and lists are neither read nor changed.
# That suite's release file has a short life, and a slow mirror may serve an expired one; its signature is checked
# all the same.
foreign_apt() {
    local home=$cache/apt
    apt-get -q -o Dir::Etc::SourceList="$home/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::State::Lists="$home/lists" -o Dir::Cache="$home/cache" -o APT::Sandbox::User=root \
        -o Acquire::Languages=none -o Acquire::Check-Valid-Until=false "$@"
}

download_package() {
    local source
    source=$(mirror || true)
    if [[ -z $source ]] && can_be_root; then
        as_root apt-get -qq update >&2 || true # a fresh container has no lists, and without lists apt names no mirror
        source=$(mirror || true)
    fi
    [[ -n $source ]] || skip "the system's sources name no Debian mirror"
    mkdir -p "$cache/apt/lists/partial" "$cache/apt/cache/archives/partial"
    echo "deb $source sid main" >"$cache/apt/sources.list"
    say "reading the lists of the suite that has $kPackage"
    foreign_apt -o APT::Update::Error-Mode=any update >"$cache/apt/update.log" 2>&1 ||
        { tail -n 5 "$cache/apt/update.log" >&2; skip "the lists cannot be had"; }
    say "downloading $kPackage"
    (cd "$cache/apt" && rm -f ./*.deb && foreign_apt download "$kPackage") >"$cache/apt/download.log" 2>&1 ||
        { tail -n 5 "$cache/apt/download.log" >&2; skip "the package $kPackage cannot be had"; }
}

# Translations are nine tenths of the package, and nobody reads them here.
unpack_package() {
    local deb version target
    deb=$(find "$cache/apt" -maxdepth 1 -name "${kPackage}_*.deb" | head -n 1)
    version=$(dpkg-deb -f "$deb" Version)
    target=$cache/unpacking
    say "unpacking $kPackage $version"
    rm -rf "$target" "$cache/sources"
    mkdir -p "$target"
    dpkg-deb --fsys-tarfile "$deb" |
        tar -x -C "$target" --strip-components=5 --exclude='*/i18n/*' ./usr/lib/python3/dist-packages/odoo
    # A launcher in a file: Odoo starts its own helper processes by the name in argv[0], which `-m odoo` breaks.
    printf '%s\n' 'from odoo.cli import main' 'main()' >"$target/odoo-bin"
    echo "$version" >"$target/VERSION"
    mv "$target" "$cache/sources"
    rm -rf "$cache/apt"
}

install_odoo() {
    mkdir -p "$cache" 2>/dev/null || skip "the cache folder $cache cannot be written"
    exec 8>"$cache/install.lock"
    flock 8 # several may start at once on a machine that has nothing yet
    install_packages
    if [[ ! -f $cache/sources/VERSION ]]; then
        download_package
        unpack_package
        odoo_command --version >"$cache/version.log" 2>&1 || fail "the unpacked Odoo does not start"
    fi
    exec 8>&-
    say "installed: $kPackage $(<"$cache/sources/VERSION")"
}

# Odoo from the cache with the distribution's Python.
odoo_command() { "$python" "$cache/sources/odoo-bin" "$@"; }
