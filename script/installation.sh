# An installation: its programs, starting and stopping it. Sourced behind lib.sh.
# A proof or a benchmark makes one of its own: a folder with `bin` and `data`, named by that folder.

# Root hands over to a user who may do nothing else.
as_server() {
    if [ "$(id -u)" -eq 0 ]; then runuser -u klout7 -- "$@"; else "$@"; fi
}

# install_programs FOLDER PRESET: puts the programs of that preset into FOLDER/bin; root gives the folder to the server user.
install_programs() {
    mkdir -p "$1"
    [ "$(id -u)" -ne 0 ] || chown klout7:klout7 "$1"
    chmod 750 "$1"
    install -d -m 755 "$1/bin"
    install -m 755 "build/$2/bin/klout7" "build/$2/bin/klout7-office" "build/$2/bin/klout7-medical" "build/$2/bin/klout7-smb" \
        "build/$2/bin/klout7-gate" "build/$2/bin/klout7-preview" "$1/bin"
}

# new_installation NAME PRESET: its folder, with the programs of that preset.
new_installation() {
    local home parent=$root/build
    if [ "$(id -u)" -eq 0 ]; then
        parent=/var/lib/klout7
        make_server_user
    fi
    home=$(mktemp -d "$parent/$1-XXXXXX")
    install_programs "$home" "$2"
    printf '%s\n' "$home"
}

# klout7_of FOLDER WORD...: the operator's command of that installation.
klout7_of() {
    local home=$1
    shift
    as_server "$home/bin/klout7" "$@" --data "$home/data"
}

# Keys stay in memory: what is started from here may lock enough of it.
allow_locked_memory() {
    ulimit -l unlimited 2>/dev/null || ulimit -l "$(ulimit -H -l)"
    [ "$(ulimit -l)" = unlimited ] || [ "$(ulimit -l)" -ge 2048 ] || as_root prlimit --pid $$ --memlock=8388608 || true
}

# start_serving PROGRAMS DATA [OPTION]: returns when it serves.
start_serving() {
    local programs=$1 data=$2 option=${3-} log=$2/log/serve.log server=()
    allow_locked_memory
    as_server rm -f "$data/run/ready"
    # The whole of it in a session of its own, where no Ctrl-C comes.
    [ "$(id -u)" -ne 0 ] || server=(runuser -u klout7 --)
    # shellcheck disable=SC2016
    setsid "${server[@]}" sh -c 'exec "$0" serve --data "$1" $3 >>"$2" 2>&1' "$programs/klout7" "$data" "$log" "$option" \
        </dev/null >/dev/null 2>&1 &
    disown
    for _ in $(seq 300); do
        as_server test -e "$data/run/ready" && return 0
        sleep 0.1
    done
    as_server tail -n 20 "$log"
    die "it did not get ready in 30 s; the end of $log is above"
}

# After a crash the number may be of another program; and one that ended stays in the list until it is collected.
serves() { ps -o stat=,comm= -p "$1" 2>/dev/null | grep -q '^[^Z].* klout7$'; }
# stop_serving DATA: returns when it has stopped.
stop_serving() {
    local pid
    pid=$(as_server cat "$1/run/serve.pid" 2>/dev/null || true)
    [ -n "$pid" ] && serves "$pid" && as_server kill "$pid" || return 0
    for _ in $(seq 300); do serves "$pid" || return 0; sleep 0.1; done
    die "process $pid does not stop"
}
