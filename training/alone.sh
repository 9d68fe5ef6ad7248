# shellcheck shell=sh
# Read by training/study and training/prune-rounds, whose steps write files of fixed names into a folder of work.

# alone DIR FD: no other process works in DIR as long as this one, or a step it has begun, does. The lock is the kernel's: it
# goes with the last process that holds it, so one that was killed leaves none behind.
alone() {
  mkdir -p "$1"
  eval "exec $2> \"\$1/.lock\""
  flock -n "$2" || {
    eval "exec $2>&-"
    holders=$(find /proc/[0-9]*/fd -lname "$(CDPATH='' cd -- "$1" && pwd -P)/.lock" 2> /dev/null | cut -d / -f 3 | sort -nu | paste -s -d ' ' -)
    echo "${0##*/}: $1 is in use by another call, process ${holders:-unknown}: wait for it or end it" >&2
    exit 2
  }
}

# step COMMAND...: runs it; a signal that ends this script ends the command too. (Waiting in the foreground, the shell would
# notice the signal only once the command is done.)
step() {
  "$@" &
  running=$!
  trap 'kill "$running" 2> /dev/null; wait "$running"; exit 130' INT
  trap 'kill "$running" 2> /dev/null; wait "$running"; exit 143' TERM HUP
  status=0
  wait "$running" || status=$?
  trap - INT TERM HUP
  return "$status"
}
