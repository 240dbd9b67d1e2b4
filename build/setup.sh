#!/usr/bin/env bash
# Installs what Packbench needs from the system, and says what and why.
#   build/setup.sh run    to build and open the window
#   build/setup.sh test   to run every test as well
# Debian 12, Ubuntu 22.04 and later. What is there already is left alone, so a second run only looks.
set -euo pipefail

what=${1:-run}
case "$what" in run | test) ;; *)
  echo "usage: build/setup.sh run|test" >&2
  exit 2
  ;;
esac

if ! command -v apt-get >/dev/null; then
  echo "setup: this script knows Debian and Ubuntu. On another system install GTK 3, WebKitGTK 4.1, a C compiler and" >&2
  echo "       pkg-config with the system's own tools (docs/RUNBOOK.md lists the packages and why), then run make again." >&2
  for tool in cc pkg-config; do
    command -v "$tool" >/dev/null || { echo "setup: $tool is missing." >&2; exit 1; }
  done
  pkg-config --exists gtk+-3.0 webkit2gtk-4.1 || { echo "setup: GTK 3 or WebKitGTK 4.1 is missing." >&2; exit 1; }
  exit 0
fi

need_go=1.26
have_go=$(go env GOVERSION 2>/dev/null | sed 's/^go//' || true)
[ -n "$have_go" ] || { echo "setup: Go $need_go or later is needed and was not found." >&2; exit 1; }
[ "$(printf '%s\n%s\n' "$need_go" "$have_go" | sort -V | head -n 1)" = "$need_go" ] ||
  { echo "setup: Go $need_go or later is needed; this is $have_go." >&2; exit 1; }
command -v npm >/dev/null || { echo "setup: Node 20 with npm is needed and was not found." >&2; exit 1; }

# package:why
build_packages=(
  "gcc:compiles SQLite"
  "libc6-dev:compiles SQLite"
  "pkg-config:finds the window libraries"
  "libgtk-3-dev:the window"
  "libwebkit2gtk-4.1-dev:what the window shows"
  "adwaita-icon-theme:the window's dialogs"
)
test_packages=(
  "chromium:the end-to-end tests' browser"
  "xvfb:a screen for the window's own test"
  "xauth:a screen for the window's own test"
  "xdotool:types and clicks in the real window"
  "openbox:a window manager for that screen"
  "imagemagick:takes the screenshot"
  "poppler-utils:turns PDFs into pictures and text"
  "qpdf:checks PDFs"
  "zbar-tools:reads the barcodes back"
  "cups-ipp-utils:the reference printer that IPP is tested with"
  "avahi-daemon:that printer does not start without it"
  "strace:counts what reaches the disk"
  "dbus:a session for the keyring's test"
  "gnome-keyring:a keyring for the keyring's test"
  "sqlite3:looks at the database from outside"
  "curl:a client that knows only the contract"
)

wanted=("${build_packages[@]}")
[ "$what" = test ] && wanted+=("${test_packages[@]}")

# Ubuntu's chromium package only points to a snap, which can't run in a container: there another browser may stand in.
has() {
  [ "$1" = chromium ] && command -v chromium >/dev/null && return 0
  dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'
}

missing=()
for entry in "${wanted[@]}"; do
  has "${entry%%:*}" || missing+=("$entry")
done
[ ${#missing[@]} -eq 0 ] && exit 0

echo "setup: installing from the system's packages:"
for entry in "${missing[@]}"; do printf '  %-24s %s\n' "${entry%%:*}" "${entry#*:}"; done

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || {
    echo "setup: that needs root, and sudo is not here. As root, run: build/setup.sh $what" >&2
    exit 1
  }
  as_root=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]%%:*}" >/dev/null
