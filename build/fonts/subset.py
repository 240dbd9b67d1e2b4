"""Cuts the fonts that the program embeds.

Two kinds of file come out:

* code pages, NAME.json and NAME.z: a TrueType font of at most 224 glyphs in the form gofpdf's
  AddFontFromBytes takes (metrics and encoding, and the font deflated). They are put into a PDF as
  they are, so a run of text costs no parsing and no cutting at run time.
* faces, NAME.ttf: fonts whose glyphs are drawn as outlines, shaped first where the script asks.

Usage: subset.py SOURCES OUT
"""
import json
import sys
import zlib
from pathlib import Path

from fontTools import subset
from fontTools.agl import UV2AGL
from fontTools.ttLib import TTFont

sources, out = Path(sys.argv[1]), Path(sys.argv[2])
noto, dejavu = Path("/usr/share/fonts/truetype/noto"), Path("/usr/share/fonts/truetype/dejavu")

ASCII = "".join(map(chr, range(32, 127)))


def codepage(name):
    """The 224 characters of a Windows code page from 32 on, NUL where it has none."""
    chars = (bytes([b]).decode(name, "replace") for b in range(32, 256))
    return "".join("\0" if c in "\ufffd\x7f" else c for c in chars)


def letters(*ranges):
    return "".join(chr(c) for first, last in ranges for c in range(first, last + 1))


# East: every letter of the Latin alphabets from Poland to Turkey and the Baltic, with German and
# the usual punctuation, so that a line of Czech or Romanian stays one run of one font.
EAST = (
    "€„“”’–—…§°·"
    "ÁÂÄÅÆÇÉËÍÎÓÔÕÖÚÛÜÝßáâäåæçéëíîóôõöúûüý"
    "ĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĪīĮįİıĶķĹĺĽľĻļŁłŃńŇňŅņŐőŔŕŘřŚśŞşŠšȘșŤťȚțŪūŮůŰűŲųŹźŻżŽž"
)
PAGES = {
    # The smallest page that still holds what the documents themselves say; most English orders
    # need no other, which keeps a label's file small.
    "basic": ASCII + "\0" + "€£·–—‘’“”…×°é",
    "west": codepage("cp1252"),
    "east": ASCII + "\0" + EAST,
    "cyrillic": codepage("cp1251"),
    "greek": codepage("cp1253"),
}


def cut(path, text, features, keep_layout):
    """The font at path with the characters of text only; text None keeps all of them."""
    options = subset.Options()
    options.layout_features = features
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.recommended_glyphs = False
    options.drop_tables += ["STAT", "MATH", "vhea", "vmtx", "VORG", "BASE", "DSIG"]
    if not keep_layout:
        options.drop_tables += ["GSUB", "GPOS", "GDEF"]
    font = TTFont(path, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=font.getBestCmap().keys() if text is None else {ord(c) for c in text})
    cutter.subset(font)
    return font


def page(weight, source, name, chars):
    """Writes one code page of one weight."""
    wanted = chars.replace("\0", "")
    font = cut(source, wanted, [], keep_layout=False)
    missing = [c for c in wanted if ord(c) not in font.getBestCmap() and ord(c) > 127]
    assert not missing, (name, missing)
    stem = f"{weight}-{name}"
    plain = out / f"{stem}.ttf"
    font.save(plain)
    raw = plain.read_bytes()
    plain.unlink()

    scale = 1000 / font["head"].unitsPerEm
    cmap, widths = font.getBestCmap(), [0] * 256
    diff, previous = [], None
    for code, char in enumerate(chars, 32):
        if char == "\0":
            continue
        if ord(char) not in cmap:
            char = " "
        widths[code] = round(font["hmtx"][cmap[ord(char)]][0] * scale)
        if code < 128 or name == "west":
            continue
        if previous != code - 1:
            diff.append(str(code))
        diff.append("/" + UV2AGL.get(ord(char), f"uni{ord(char):04X}"))
        previous = code
    head, os2, post = font["head"], font["OS/2"], font["post"]
    tag = {"basic": "PBBASC", "west": "PBWEST", "east": "PBEAST", "cyrillic": "PBCYRI", "greek": "PBGREK"}[name]
    definition = {
        "Tp": "TrueType",
        "Name": f"{tag}+NotoSans-{weight.capitalize()}",
        "Desc": {
            "Ascent": round(os2.sTypoAscender * scale),
            "Descent": round(os2.sTypoDescender * scale),
            "CapHeight": round(os2.sCapHeight * scale),
            "Flags": 32,
            "FontBBox": {
                "Xmin": round(head.xMin * scale),
                "Ymin": round(head.yMin * scale),
                "Xmax": round(head.xMax * scale),
                "Ymax": round(head.yMax * scale),
            },
            "ItalicAngle": 0,
            "StemV": 140 if weight == "bold" else 80,
            "MissingWidth": 600,
        },
        "Up": round(post.underlinePosition * scale),
        "Ut": round(post.underlineThickness * scale),
        "Cw": widths,
        "Diff": " ".join(diff),
        "File": f"{stem}.z",
        "OriginalSize": len(raw),
    }
    (out / f"{stem}.json").write_text(json.dumps(definition, separators=(",", ":")) + "\n")
    (out / f"{stem}.z").write_bytes(zlib.compress(raw, 9))
    print(f"{stem}: {len(raw)} bytes, {(out / f'{stem}.z').stat().st_size} deflated")


def face(name, source, text=None, features=("*",), keep_layout=True):
    """Writes one face."""
    font = cut(source, text, list(features), keep_layout)
    target = out / f"{name}.ttf"
    font.save(target)
    print(f"{name}: {target.stat().st_size} bytes, {len(font.getBestCmap())} characters")


def expo(package, family, weight):
    folder = {"regular": "400Regular", "bold": "700Bold"}[weight]
    return sources / package / folder / f"{family}_{folder}.ttf"


def han_of(path):
    """The Han characters of a font that everyday Chinese text uses: the whole first block."""
    return [c for c in TTFont(path).getBestCmap() if 0x4E00 <= c <= 0x9FFF]


def main():
    out.mkdir(parents=True, exist_ok=True)
    for chars in PAGES.values():
        assert len(chars) <= 224, len(chars)
    (out / "pages.json").write_text(json.dumps(PAGES, ensure_ascii=False, indent=1) + "\n")

    # Latin with Vietnamese, Greek with the accents of older print, Cyrillic, combining marks,
    # punctuation, currency, letterlike signs, arrows. No kerning, so that a line is as wide drawn
    # as outlines as it is typed with a code page.
    european = letters(
        (0x20, 0x7E), (0xA0, 0x24F), (0x250, 0x2AF), (0x2B0, 0x36F), (0x370, 0x3FF), (0x400, 0x52F),
        (0x1E00, 0x1EFF), (0x1F00, 0x1FFF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20CF),
        (0x2100, 0x214F), (0x2150, 0x218F), (0x2190, 0x21FF), (0x2200, 0x22FF),
    ) + "\ufffd"
    for weight in "regular", "bold":
        latin = expo("noto-sans", "NotoSans", weight)
        for name, chars in PAGES.items():
            page(weight, latin, name, chars)
        face(f"sans-{weight}", latin, european, ("mark", "mkmk", "ccmp", "locl"))
        for name, package, family, *ranges in (
            ("arabic", "noto-sans-arabic", "NotoSansArabic", (0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE)),
            ("hebrew", "noto-sans-hebrew", "NotoSansHebrew", (0x590, 0x5FF), (0xFB1D, 0xFB4F)),
            ("thai", "noto-sans-thai", "NotoSansThai", (0xE00, 0xE7F)),
            ("devanagari", "noto-sans-devanagari", "NotoSansDevanagari", (0x900, 0x97F), (0xA8E0, 0xA8FF), (0x1CD0, 0x1CFF)),
        ):
            script = letters(*ranges, (0x200C, 0x200F), (0x20, 0x20), (0x25CC, 0x25CC))
            face(f"{name}-{weight}", expo(package, family, weight), script)
    face("symbols", dejavu / "DejaVuSans.ttf", features=("mark", "mkmk", "ccmp"))

    # Japanese: kana, signs, and the Han characters of JIS X 0213; the others are drawn as in Chinese.
    japanese = expo("noto-sans-jp", "NotoSansJP", "regular")
    jis = set()
    for first in range(0xA1, 0xFF):
        for second in range(0xA1, 0xFF):
            for lead in (b"", b"\x8f"):
                try:
                    jis.update(map(ord, (lead + bytes([first, second])).decode("euc_jis_2004")))
                except UnicodeDecodeError:
                    pass
    drawn = TTFont(japanese).getBestCmap().keys()
    signs = {c for c in drawn if 0x2000 <= c < 0x3400 or c >= 0xF900}
    face("japanese", japanese, "".join(map(chr, signs | (drawn & jis))), keep_layout=False)

    korean = expo("noto-sans-kr", "NotoSansKR", "regular")
    face("korean", korean, letters((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7A3)), keep_layout=False)

    chinese = expo("noto-sans-sc", "NotoSansSC", "regular")
    face("chinese", chinese, "".join(map(chr, han_of(chinese))) + letters((0x3000, 0x303F), (0x3100, 0x312F), (0xFF00, 0xFFEF)), keep_layout=False)

    licences()


def licences():
    """Writes the licence texts: one file for all fonts under the OFL, one for DejaVu."""
    copyrights, terms = [], ""
    for path in sorted(sources.glob("*/LICENSE_FONT")):
        line, terms = path.read_text().split("\n", 1)
        if line not in copyrights:
            copyrights.append(line)
    (out / "OFL.txt").write_text("\n".join(copyrights) + "\n" + terms)
    names = TTFont(dejavu / "DejaVuSans.ttf")["name"]
    (out / "DejaVu.txt").write_text(names.getDebugName(0) + "\n\n" + names.getDebugName(13).replace("\r", "") + "\n")


main()
