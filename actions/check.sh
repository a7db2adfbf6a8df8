#!/usr/bin/env bash
# Asks for the verdict and leaves its report in four forms; no verdict ends it, a mistake does.
#   STACKS: by spaces, all where there is none; STATE: the file of a deployed stack in their place
#   PURPOSE: change, release or update; CONDITIONAL: true where what is waived may pass
set -euo pipefail
. "$(dirname "$0")/command-line.sh"

options=(--for "$PURPOSE")
if test -n "${STATE:-}"; then
  options+=(--state "$STATE")
elif test -n "${STACKS:-}"; then
  read -ra stacks <<<"$STACKS"
  for stack in "${stacks[@]}"; do options+=(--stack "$stack"); done
else
  options+=(--all)
fi
if test "${CONDITIONAL:-}" = true; then options+=(--conditional); fi

report=$RUNNER_TEMP/readiness
rm -f "$report".{json,md,html,sarif}
status=0
readiness check "${options[@]}" --format json --out "$report.json" --format markdown --out "$report.md" \
  --format html --out "$report.html" --format sarif --out "$report.sarif" || status=$?
# Without a report there is nothing that a later step could tell.
test -s "$report.json" || exit "$((status > 0 ? status : 3))"
cat "$report.md" >>"$GITHUB_STEP_SUMMARY"
verdicts=$(node -p 'JSON.stringify(Object.fromEntries(JSON.parse(fs.readFileSync(0)).stacks.map((s) => [s.stack, s.verdict])))' <"$report.json")
{
  echo "status=$status"
  echo "verdicts=$verdicts"
  for form in json md html sarif; do echo "$form=$report.$form"; done
} >>"$GITHUB_OUTPUT"
