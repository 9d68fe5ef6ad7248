# shellcheck shell=sh
# Read by scripts whose steps take minutes to hours: what a later step would refuse is refused before the first one, in a line.

refuse() {
  echo "training/${0##*/}: $1" >&2
  exit 2
}

# wants_value OPTION COUNT: COUNT words are left, OPTION among them.
wants_value() {
  [ "$2" -ge 2 ] || refuse "$1 wants a value"
}

# whole OPTION VALUE: a whole number from 1.
whole() {
  case $2 in '' | 0* | *[!0-9]*) refuse "$1 '$2': allowed: a whole number from 1" ;; esac
}

# shares OPTION VALUES: numbers from 0 to below 1, separated by blanks.
shares() {
  [ -n "${2##* }${2%% *}" ] || refuse "$1 '$2': allowed: numbers from 0 to below 1"
  for share in $2; do
    printf '%s\n' "$share" | grep -qxE '(0|0?\.[0-9]+)' || refuse "$1 '$share': allowed: a number from 0 to below 1, such as 0.85"
  done
}

# rising OPTION VALUES: shares, each above the one before.
rising() {
  shares "$1" "$2"
  before=''
  for share in $2; do
    [ -z "$before" ] || awk -v a="$before" -v b="$share" 'BEGIN { exit !(b > a) }' || refuse "$1 '$2': $share follows $before, allowed: rising numbers"
    before=$share
  done
}

# heights VALUE: none, or whole numbers with commas between them.
heights() {
  [ "$1" = none ] || printf '%s\n' "$1" | grep -qxE '[1-9][0-9]*(,[1-9][0-9]*)*' ||
    refuse "--heights '$1': allowed: none, or wordlines such as 32,256"
}
