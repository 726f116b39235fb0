#!/bin/sh
# Ends processes when their parent is gone, for whatever reason (crash, SIGKILL, closed terminal).
# Reads lines from the parent: "add PID SIGNAL", "drop PID", "remove FILE", "keep FILE", "container NAME".
# The end of the input means that the parent is gone.
trap '' INT TERM HUP
watched=''
files=''
containers=''
while read -r action what; do
  case $action in
    add) watched="$watched ${what% *}:${what#* }" ;;
    drop)
      kept=''
      for entry in $watched; do [ "${entry%%:*}" = "$what" ] || kept="$kept $entry"; done
      watched=$kept
      ;;
    container) containers="$containers $what" ;;
    remove)
      files="$files$what
"
      ;;
    keep) files=$(printf '%s' "$files" | grep -v -x -F -e "$what")${files:+
} ;;
  esac
done

printf '%s' "$files" | while IFS= read -r file; do [ -n "$file" ] && rm -f "$file"; done
for entry in $watched; do kill -"${entry#*:}" "${entry%%:*}" 2>/dev/null; done
for container in $containers; do docker rm -f -v "$container" >/dev/null 2>&1; done
tenths=0
alive=''
while [ "$tenths" -lt 80 ]; do
  alive=''
  for entry in $watched; do kill -0 "${entry%%:*}" 2>/dev/null && alive="$alive $entry"; done
  [ -z "$alive" ] && exit 0
  sleep 0.1
  tenths=$((tenths + 1))
done
for entry in $alive; do
  pid=${entry%%:*}
  kill -KILL "-$pid" 2>/dev/null || kill -KILL "$pid" 2>/dev/null
done
