# An installation of its own for a proof or a benchmark: made, started, removed. Sourced behind lib.sh.
# Each lies in a folder with `bin` and `data`, and is named by that folder.

# Root hands over to a user who may do nothing else.
as_server() {
    if [ "$(id -u)" -eq 0 ]; then runuser -u klout7 -- "$@"; else "$@"; fi
}

# new_installation NAME PRESET: its folder, with the programs of that preset.
new_installation() {
    local home parent=$root/build
    if [ "$(id -u)" -eq 0 ]; then
        parent=/var/lib/klout7
        make_server_user
    fi
    home=$(mktemp -d "$parent/$1-XXXXXX")
    install -d -m 755 "$home/bin"
    install -m 755 "build/$2/bin/klout7" "build/$2/bin/klout7-office" "build/$2/bin/klout7-medical" "$home/bin"
    [ "$(id -u)" -ne 0 ] || chown klout7:klout7 "$home"
    chmod 750 "$home"
    printf '%s\n' "$home"
}

# klout7_of FOLDER WORD...: the operator's command of that installation.
klout7_of() {
    local home=$1
    shift
    as_server "$home/bin/klout7" "$@" --data "$home/data"
}

# start_serving FOLDER [OPTION]
start_serving() {
    local home=$1
    ulimit -l unlimited 2>/dev/null || ulimit -l "$(ulimit -H -l)" 2>/dev/null || true
    # shellcheck disable=SC2016
    as_server setsid sh -c 'exec "$0" serve --data "$1" $3 >>"$2" 2>&1' "$home/bin/klout7" "$home/data" "$home/data/log/serve.log" "${2-}" \
        </dev/null >/dev/null 2>&1 &
    disown
    for _ in $(seq 300); do
        as_server test -e "$home/data/run/ready" && return 0
        sleep 0.1
    done
    as_server tail -n 20 "$home/data/log/serve.log"
    die "the installation does not start"
}

# stop_serving FOLDER
stop_serving() {
    local pid
    pid=$(as_server cat "$1/data/run/serve.pid" 2>/dev/null) || return 0
    kill "$pid" 2>/dev/null || return 0
    for _ in $(seq 300); do kill -0 "$pid" 2>/dev/null || return 0; sleep 0.1; done
    kill -9 "$pid" 2>/dev/null || true
}
