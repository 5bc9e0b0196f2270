# shellcheck shell=bash
# What deploy/up and deploy/test share: find or install what the machine lacks.
# Sourced, never run. Nothing here touches the home folder or leaves a service running.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"
RUST_VERSION=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$ROOT/Cargo.toml")

say() { printf '==> %s\n' "$*" >&2; }
die() {
    printf 'xxx %s\n' "$*" >&2
    exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

need_rust() {
    have cargo || die "cargo is missing: install Rust $RUST_VERSION or newer, https://rustup.rs"
    local found
    found=$(cd "$ROOT" && cargo --version | cut -d' ' -f2)
    [ "$(printf '%s\n' "$RUST_VERSION" "${found%%-*}" | sort -V | head -n1)" = "$RUST_VERSION" ] ||
        die "Rust $found is too old: $RUST_VERSION or newer is needed (rustup update stable)"
}

# Where the programs of PostgreSQL are, the newest; Debian keeps its servers out of PATH, and
# what stands there may be links to a few of them.
postgres_bin() {
    local bin found=
    for bin in /opt/homebrew/opt/postgresql*/bin /usr/pgsql-*/bin /usr/lib/postgresql/*/bin \
        "$(dirname "$(readlink -f "$(command -v initdb)" || echo /)")"; do
        if [ -x "$bin/postgres" ] && [ -x "$bin/initdb" ]; then found=$bin; fi
    done
    [ -n "$found" ] && echo "$found"
}
have_postgres() { postgres_bin >/dev/null; }
have_nats() { have nats-server || [ -x /usr/sbin/nats-server ]; }
have_chromium() { have chromium || have chromium-browser || have google-chrome; }
have_chinese_font() { have fc-list && [ -n "$(fc-list :lang=zh file | head -n1)" ]; }
# Where the gateway looks for a font to print certificates with.
have_print_font() {
    [ -e /usr/share/fonts/truetype/wqy/wqy-microhei.ttc ] ||
        [ -e /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc ]
}

# missing_packages run|test: the Debian packages to add, one per line.
missing_packages() {
    have cc || printf '%s\n' gcc libc6-dev
    { [ "$1" = run ] && [ -n "${DATABASE_URL:-}" ]; } || have_postgres || echo postgresql
    { [ "$1" = run ] && [ -n "${NATS_URL:-}" ]; } || have_nats || echo nats-server
    # Without it only the PDF of certificates is missing: no reason to stop who cannot install.
    { [ "$1" = run ] && [ "$(id -u)" != 0 ]; } || have_print_font || echo fonts-wqy-microhei
    [ "$1" = test ] || return 0
    have_chromium || echo chromium
    have chromedriver || echo chromium-driver
    have_chinese_font || printf '%s\n' fontconfig fonts-wqy-microhei
    have curl || echo curl
    have runuser || echo util-linux
}

# install_missing run|test
install_missing() {
    need_rust
    local missing
    missing=$(missing_packages "$1" | sort -u | tr '\n' ' ')
    if [ "$(id -u)" = 0 ] && have apt-get; then
        have mold || missing="mold $missing"
        [ "$1" = run ] || have shellcheck || missing="shellcheck $missing"
        [ -z "${missing// /}" ] || apt_install "$missing"
    elif [ -n "${missing// /}" ]; then
        say "This machine lacks: $missing"
        say "On Debian or Ubuntu: sudo apt-get install --no-install-recommends $missing"
        die "Install that (or set DATABASE_URL and NATS_URL to servers of yours) and run this again."
    fi
}

# No service may start by itself, now or after a reboot: ours are private.
apt_install() {
    say "Installing with apt: $1"
    local guard=/usr/sbin/policy-rc.d guarded=
    if [ ! -e "$guard" ]; then
        printf '#!/bin/sh\nexit 101\n' >"$guard" && chmod 755 "$guard" && guarded=1
    fi
    apt_install_guarded "$1"
    local status=$?
    [ -z "$guarded" ] || rm -f "$guard"
    [ "$status" = 0 ] || die "apt could not install $1"
}

apt_install_guarded() {
    local quiet=(-y -qq -o Dpkg::Use-Pty=0 --no-install-recommends)
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq || say "apt-get update failed; trying with the lists that are there"
    case " $1 " in *" postgresql "*)
        if [ ! -e /etc/postgresql-common ]; then
            apt-get install "${quiet[@]}" postgresql-common >/dev/null || return
            sed -i 's/^#*create_main_cluster.*/create_main_cluster = false/' \
                /etc/postgresql-common/createcluster.conf
        fi
        ;;
    esac
    # shellcheck disable=SC2086 # a list of words
    apt-get install "${quiet[@]}" $1 >/dev/null || return
    case " $1 " in *" nats-server "*)
        if have systemctl; then systemctl disable --quiet nats-server 2>/dev/null || true; fi
        ;;
    esac
}

# Builds link in less than half the time with mold.
linked() {
    if have mold; then mold -run "$@"; else "$@"; fi
}
