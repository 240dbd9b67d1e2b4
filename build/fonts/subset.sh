#!/bin/sh
# Makes the fonts of backend/infra/typeset/fonts again from their published sources.
#
# Needed: npm, python3 with fontTools (Debian: fonttools), Debian's fonts-dejavu-core and
# fonts-noto-core. The result is committed, so this runs only when a font or a code page changes.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
out="$here/../../backend/infra/typeset/fonts"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fetch() { # fetch PACKAGE VERSION: unpacks it into $work/PACKAGE
	mkdir -p "$work/$1"
	(cd "$work" && tar xzf "$(npm pack --silent "@expo-google-fonts/$1@$2")" -C "$1" --strip-components=1)
}

fetch noto-sans 0.4.2
fetch noto-sans-arabic 0.4.3
fetch noto-sans-hebrew 0.4.1
fetch noto-sans-thai 0.4.2
fetch noto-sans-devanagari 0.4.1
fetch noto-sans-jp 0.4.3
fetch noto-sans-kr 0.4.3
fetch noto-sans-sc 0.4.3

"${PYTHON:-/usr/bin/python3}" "$here/subset.py" "$work" "$out"
