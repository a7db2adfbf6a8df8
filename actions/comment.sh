#!/usr/bin/env bash
# Puts the report on its pull request, in place of the last one.
#   REPORT: what check.sh left; PLANS: lines STACK=FILE; PAGE: where the report is to be read; PULL_REQUEST: its number
set -euo pipefail
. "$(dirname "$0")/command-line.sh"

options=()
while read -r plan; do
  # A preview that failed has left no events.
  if test -n "$plan" && test -s "${plan#*=}"; then options+=(--plan "$plan"); fi
done <<<"${PLANS:-}"
if test -n "${PAGE:-}"; then options+=(--page "$PAGE"); fi
readiness comment --report "$REPORT" "${options[@]}" --pull-request "$PULL_REQUEST"
