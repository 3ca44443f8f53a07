"""The faces of papers: small copies of the Chinese fonts, made once on each machine.

A full Chinese font has 65,000 signs, and embedding forty of them costs a tenth of a second and
100 KB a paper. The copies hold the 7,000 signs of GB 2312 and cost a fifth; a rarer sign comes
from the full font beside them.
"""

import ctypes
import hashlib
import os
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

from fontTools.ttLib import TTCollection

from core.config import ROOT

#: Where distributions keep fonts (fonts-noto-cjk on Debian).
FOLDERS: tuple[Path, ...] = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
KEPT = ROOT / "instance" / "fonts"
#: Regular weight of the sans face: comes with the packages, so some Chinese font is always there.
PACKAGED = resources.files("noto_cjk_sans_otc") / "NotoSansCJK-Regular.ttc"

_RANGES = ((0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x203F), (0x3000, 0x303F), (0xFF00, 0xFFEF))


@dataclass(frozen=True)
class Face:
    """One face of a family in a style sheet, and the font of a collection it is taken from."""

    family: str
    weight: int
    file: str
    font: str


SONG = (
    Face("Song", 400, "NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC"),
    Face("Song", 700, "NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC Bold"),
)
HEI = Face("Hei", 400, "NotoSansCJK-Regular.ttc", "Noto Sans CJK SC")


@lru_cache(maxsize=1)
def addresses() -> dict[Face, str]:
    """Return where each face is to be loaded from; those this machine lacks are absent.

    The address of the full packaged font stands under a face of the family "Paper".
    """
    with resources.as_file(PACKAGED) as path:
        packaged = path
    found = {Face("Paper", 400, HEI.file, HEI.font): packaged.as_uri()}
    sources = {face: _installed(face.file) for face in SONG} | {HEI: packaged}
    for face, source in sources.items():
        small = source and _small_copy(source, face.font)
        if small:
            found[face] = small.as_uri()
    return found


def absent() -> list[str]:
    """Return the files of the faces that this machine lacks."""
    named = {face.file for face in SONG if _installed(face.file) is None}
    return sorted(named | (set() if PACKAGED.is_file() else {HEI.file}))


def rules() -> str:
    """Return the style sheet that declares the faces."""
    return "".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f'src: url("{address}"); }}'
        for face, address in addresses().items()
    )


def _installed(name: str) -> Path | None:
    found = (path for folder in FOLDERS for path in sorted(folder.rglob(name)))
    return next(found, None)


def _small_copy(source: Path, font: str) -> Path | None:
    """Return a copy of one font of a collection with the usual signs, made if it is not there.

    None where it cannot be made or kept: papers are then printed with the full font, slower.
    """
    state = source.stat()
    version = f"1 {source} {state.st_size} {state.st_mtime_ns} {font}"
    path = KEPT / f"{hashlib.sha256(version.encode()).hexdigest()[:16]}.otf"
    if path.exists():
        return path
    try:
        content = _subset(source, _place_of(source, font))
        KEPT.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=KEPT, delete=False) as half:
            half.write(content)
        os.chmod(half.name, 0o644)
        os.replace(half.name, path)  # whole or not at all, also for a second process
    except OSError:
        return None
    return path


def _place_of(source: Path, font: str) -> int:
    """Return the place of `font` in a collection. Raises OSError where it is not in it."""
    with TTCollection(source, lazy=True) as collection:
        names = [each["name"].getDebugName(4) for each in collection.fonts]
    if font not in names:
        raise OSError(f"{source} has no {font}")
    return names.index(font)


def usual_signs() -> set[int]:
    """Return the code points of GB 2312, Latin letters and punctuation."""
    signs = {sign for first, last in _RANGES for sign in range(first, last + 1)}
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            signs.update(ord(sign) for sign in bytes([row, cell]).decode("gb2312", "ignore"))
    return signs


def _subset(source: Path, place: int) -> bytes:
    """Return one font of a collection with the usual signs only. Raises OSError without HarfBuzz."""
    shaping = ctypes.CDLL("libharfbuzz.so.0")
    subsetting = ctypes.CDLL("libharfbuzz-subset.so.0")
    pointer = ctypes.c_void_p
    for library, name in (
        (shaping, "hb_blob_create_from_file_or_fail"),
        (shaping, "hb_face_create"),
        (shaping, "hb_face_reference_blob"),
        (shaping, "hb_blob_get_data"),
        (subsetting, "hb_subset_input_create_or_fail"),
        (subsetting, "hb_subset_input_unicode_set"),
        (subsetting, "hb_subset_or_fail"),
    ):
        getattr(library, name).restype = pointer
    blob = pointer(shaping.hb_blob_create_from_file_or_fail(os.fsencode(source)))
    wanted = pointer(subsetting.hb_subset_input_create_or_fail())
    if not blob or not wanted:
        raise OSError(f"HarfBuzz cannot read {source}")
    face = pointer(shaping.hb_face_create(blob, place))
    signs = pointer(subsetting.hb_subset_input_unicode_set(wanted))
    for sign in usual_signs():
        shaping.hb_set_add(signs, sign)
    small = pointer(subsetting.hb_subset_or_fail(face, wanted))
    if not small:
        raise OSError(f"HarfBuzz cannot make {source} smaller")
    made = pointer(shaping.hb_face_reference_blob(small))
    length = ctypes.c_uint()
    content = ctypes.string_at(shaping.hb_blob_get_data(made, ctypes.byref(length)), length.value)
    for library, free, thing in (
        (shaping, "hb_blob_destroy", made),
        (shaping, "hb_face_destroy", small),
        (shaping, "hb_face_destroy", face),
        (subsetting, "hb_subset_input_destroy", wanted),
        (shaping, "hb_blob_destroy", blob),
    ):
        getattr(library, free)(thing)
    return content
