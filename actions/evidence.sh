#!/usr/bin/env bash
# Hands in what tools wrote, signed, for a service of the project.
#   FILES: a path a line; SERVICE, SOURCE, and where they are said FORMAT, EXIT_CODE, SUITE, ITEM, STACK; KEY: SSH's
set -euo pipefail
source=$(realpath "$SOURCE")
files=()
while read -r file; do
  if test -n "$file"; then files+=("$(realpath "$file")"); fi
done <<<"$FILES"
. "$(dirname "$0")/command-line.sh"

key=$(mktemp)
trap 'rm -f "$key"' EXIT
printf '%s\n' "$KEY" >"$key"
options=(--service "$SERVICE" --source "$source" --out "$RUNNER_TEMP/evidence" --sign "$key")
add() { if test -n "$2"; then options+=("$1" "$2"); fi; }
add --format "${FORMAT:-}"
add --exit-code "${EXIT_CODE:-}"
add --suite "${SUITE:-}"
add --item "${ITEM:-}"
add --stack "${STACK:-}"
readiness evidence collect "${files[@]}" "${options[@]}"
