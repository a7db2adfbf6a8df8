#!/bin/sh
# What Trivy knows of a folder's dependencies, what it was asked, and how old its database is, for the format `trivy`:
# sh trivy.sh FOLDER > FILE
# What is asked here goes before trivy.yaml and TRIVY_… of the environment, which could leave something out unseen.
set -eu
asked="filesystem --scanners=vuln --severity=UNKNOWN,LOW,MEDIUM,HIGH,CRITICAL --include-dev-deps --pkg-types=os,library"
asked="$asked --pkg-relationships=unknown,root,workspace,direct,indirect --ignore-unfixed=false --ignore-status="
asked="$asked --ignorefile=/dev/null --ignore-policy= --vex= --skip-files= --skip-dirs= --list-all-pkgs"
asked="$asked --format=json --output= --exit-code=10"
exit_code=0
report=$(trivy $asked "$1") || exit_code=$?
[ "$exit_code" -eq 0 ] || [ "$exit_code" -eq 10 ] || exit "$exit_code"
version=$(trivy version --format=json)
printf '{ "asked": "%s", "exitCode": %s, "version": %s, "report": %s }\n' "$asked" "$exit_code" "$version" "$report"
