# Finds the command line for the scripts beside it: the project's own, whose components its program imports too, or that
# of this copy, which then installs what it needs by its lockfile. Each brings the Node.js that it runs on, if any.
# shellcheck shell=bash
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "${WORKING_DIRECTORY:-.}" || exit
if test -x node_modules/.bin/readiness; then
  PATH=$PWD/node_modules/.bin:$PATH
  readiness() { command readiness "$@"; }
else
  test -d "$here/node_modules" || npm ci --prefix "$here" --ignore-scripts --omit=dev --no-audit --no-fund >&2
  PATH=$here/node_modules/.bin:$PATH
  readiness() { node "$here/readiness/cli.mjs" "$@"; }
fi
# So that a command started from here finds the same Node.js.
export PATH
