# shellcheck shell=bash
# Sourced by the scripts beside this folder: where things are, and how processes are started and
# stopped so that nothing survives the script, whichever way it ends.
#
# Every command that takes long runs in a session of its own, in the background, while the shell
# waits. So a signal is answered at once, whether it came from the keyboard or from `kill`; all
# that a command has started can be found by its session, although build tools make process
# groups of their own; and if the script itself is killed with SIGKILL, the kernel ends the
# leader of each session.

# shellcheck disable=SC2034 # what is defined here is for those who source it
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
lib="$root/Scripts/lib"
cache="$root/.build-servers"
export XDG_CACHE_HOME="$cache/cache" XDG_DATA_HOME="$cache/data" # what compilers keep between runs
sessions=()
patience=30 # tenths of a second that a process gets between being asked to end and being killed
run_folder=""

say() { printf '==> %s\n' "$*" >&2; }

die() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# The folder for everything this run writes; removed at the end.
make_run_folder() {
    mkdir -p "$cache"
    run_folder="$(mktemp -d "$cache/run.XXXXXX")"
    mkdir "$run_folder/tmp"
    export TMPDIR="$run_folder/tmp"
}

# KAFKA_HOME as the caller meant it, before the scripts change to the checkout.
[[ -z ${KAFKA_HOME:-} ]] || KAFKA_HOME="$(cd "$KAFKA_HOME" && pwd)" || die "KAFKA_HOME is no folder"
caller="$PWD"
cd "$root"

# spawn COMMAND...: starts it in a session of its own; its process id is in $spawned.
# A shell makes its background jobs deaf to SIGINT and SIGQUIT; `env` gives them their ears back.
spawn() {
    setsid env --default-signal=INT,QUIT setpriv --pdeathsig TERM -- "$@" &
    spawned=$!
    sessions+=("$spawned")
}

# run COMMAND...: spawns it, waits for it and returns its exit code.
run() {
    local status=0 job
    spawn "$@"
    job=$spawned
    wait "$job" || status=$?
    [[ -z "$(members "$job")" ]] || say "$1 left processes running; stopping them"
    end_sessions "$job"
    return "$status"
}

# Prints the live processes of the sessions given. A leader counts before it has its session, too.
members() {
    local stat pid line fields session
    for stat in /proc/[0-9]*/stat; do
        { read -r line < "$stat"; } 2>/dev/null || continue
        read -r -a fields <<< "${line##*) }" # state, parent, group, session, ...
        [[ ${fields[0]} != Z ]] || continue
        pid="${stat//[^0-9]/}"
        for session in "$@"; do
            [[ ${fields[3]} != "$session" && $pid != "$session" ]] || echo "$pid"
        done
    done
}

# Ends every process of the sessions given: asks, waits, then insists.
end_sessions() {
    local turn pids signal
    for ((turn = 0; turn < patience + 50; turn++)); do
        pids="$(members "$@")"
        [[ -n $pids ]] || break
        signal=0
        ((turn % 10)) || signal=TERM
        ((turn < patience)) || signal=KILL
        # shellcheck disable=SC2086 # one argument per process
        kill -s "$signal" $pids 2> /dev/null || true
        sleep 0.1
    done
    forget_sessions "$@"
}

forget_sessions() {
    local session ended kept=()
    for session in "${sessions[@]}"; do
        for ended in "$@"; do [[ $session != "$ended" ]] || continue 2; done
        kept+=("$session")
    done
    sessions=("${kept[@]}")
}

# Whatever way the script ends: stops all it started and removes what it wrote.
clean_up() {
    trap '' INT TERM HUP
    # shellcheck disable=SC2046 # one argument per process; a job may not be in the list yet
    end_sessions "${sessions[@]}" $(jobs -rp)
    [[ -z $run_folder ]] || rm -rf "$run_folder"
}

# Cleans up and dies of the signal, so that a calling script sees it and stops as well.
interrupted() {
    trap - EXIT
    printf '\nInterrupted; stopping what was started.\n' >&2
    clean_up
    trap - "$1"
    kill -s "$1" $$
}

trap clean_up EXIT
for name in INT TERM HUP; do
    # shellcheck disable=SC2064 # the name is to be expanded now
    trap "interrupted $name" "$name"
done
