"""make_signs.py FOLDER TARGET

Makes the face for signs from Noto fonts in FOLDER (Debian: fonts-noto-core): each sign from the
first font that has it. Line heights become those of Liberation Serif, so that a sign changes no
line. Needs fonttools. Run when the choice of signs changes; the face is kept in fonts/.
"""

import sys
import tempfile
from pathlib import Path

from fontTools import merge, subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

FAMILY = "Kehoach Signs"
SOURCES = [
    "NotoSerif-Regular.ttf",
    "NotoSansSymbols2-Regular.ttf",
    "NotoSansMath-Regular.ttf",
    "NotoSansSymbols-Regular.ttf",
]
# Superscripts and subscripts, letterlike signs, fractions and Roman numbers, arrows, operators,
# technical signs, enclosed numbers, geometric shapes, signs, dingbats, more arrows and squares.
RANGES = [
    (0x00B0, 0x00B3), (0x00B5, 0x00B5), (0x00B7, 0x00B7), (0x00B9, 0x00B9), (0x00BC, 0x00BE),
    (0x00D7, 0x00D7), (0x00F7, 0x00F7),
    (0x2030, 0x2031), (0x2032, 0x2037), (0x203B, 0x203C), (0x2042, 0x2042),
    (0x2070, 0x209C), (0x2100, 0x214F), (0x2150, 0x218B), (0x2190, 0x21FF),
    (0x2200, 0x22FF), (0x2300, 0x2328), (0x23CE, 0x23CF), (0x23E9, 0x23FA),
    (0x2460, 0x24FF), (0x25A0, 0x25FF), (0x2600, 0x26FF), (0x2701, 0x27BF),
    (0x27E6, 0x27EB), (0x27F0, 0x27FF), (0x2B00, 0x2B2F), (0x2B50, 0x2B59), (0x1F5F4, 0x1F5F9),
]
# Of Liberation Serif, in 2048 units an em.
EM, ASCENT, DESCENT, GAP = 2048, 1825, -443, 87


def main(folder, target):
    left = {code for first, last in RANGES for code in range(first, last + 1)}
    with tempfile.TemporaryDirectory() as work:
        parts = []
        for source in SOURCES:
            font = TTFont(Path(folder) / source)
            codes = left & set(font.getBestCmap())
            left -= codes
            options = subset.Options(
                layout_features=[], hinting=False, name_IDs=[0, 13, 14], notdef_outline=True
            )
            options.drop_tables += ["GDEF", "GPOS", "GSUB", "MATH", "STAT", "gasp", "meta"]
            cut = subset.Subsetter(options)
            cut.populate(unicodes=codes)
            cut.subset(font)
            part = Path(work) / source
            font.save(part)
            parts.append(str(part))
        font = merge.Merger().merge(parts)
    scale_upem(font, EM)
    for table, names in (
        ("hhea", ("ascent", "descent", "lineGap")),
        ("OS/2", ("sTypoAscender", "sTypoDescender", "sTypoLineGap")),
    ):
        for name, value in zip(names, (ASCENT, DESCENT, GAP)):
            setattr(font[table], name, value)
    font["OS/2"].usWinAscent, font["OS/2"].usWinDescent = ASCENT, -DESCENT
    font["OS/2"].fsType = 0
    font["head"].created = font["head"].modified = 0
    font["head"].fontRevision = 1.0
    copyright_ = "Signs of Noto fonts, Copyright 2015-2018 Google LLC. SIL Open Font License 1.1."
    names = font["name"]
    names.names = []
    for number, text in (
        (0, copyright_),
        (1, FAMILY),
        (2, "Regular"),
        (3, f"{FAMILY} 1.0"),
        (4, FAMILY),
        (5, "Version 1.0"),
        (6, "KehoachSigns"),
        (13, "This Font Software is licensed under the SIL Open Font License, Version 1.1."),
        (14, "https://openfontlicense.org"),
    ):
        names.setName(text, number, 3, 1, 0x409)
    font.recalcTimestamp = False
    font.save(target)
    print(len(font.getBestCmap()), "signs,", Path(target).stat().st_size, "bytes")


main(*sys.argv[1:])
