#!/usr/bin/env bash
# Opens the real window under a virtual screen, on an empty data folder of its own, asks the page itself what it shows
# and takes a screenshot:  build/smoke.sh PROGRAM SCREENSHOT
set -euo pipefail
program=$(realpath "$1")
shot=$2
mkdir -p "$(dirname "$shot")"
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PROGRAM=$program SHOT=$(realpath -m "$shot") WORK=$work
exec dbus-run-session -- xvfb-run -a -s '-screen 0 1366x768x24' bash "$here/smoke-window.sh"
