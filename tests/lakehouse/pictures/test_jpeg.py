import io

import numpy as np
import pytest
import simplejpeg
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from lakehouse.pictures.jpeg import read_jpeg
from lakehouse.pictures.problems import DamagedImageError, UnsupportedImageError
from tests.photographs import encoded, portrait
from tests.surgery import END, inserted, scan_of, with_byte, without, zeroed

COLOUR, GREY = portrait(480), portrait(480).convert("L")
KINDS = {
    "fine": encoded(COLOUR, "JPEG", quality=95, subsampling=0),
    "ordinary": encoded(COLOUR, "JPEG", quality=92),
    "coarse": encoded(COLOUR, "JPEG", quality=60),
    "optimised": encoded(COLOUR, "JPEG", quality=92, optimize=True),
    "progressive": encoded(COLOUR, "JPEG", quality=92, progressive=True),
    "restarting": encoded(COLOUR, "JPEG", quality=92, restart_marker_rows=1),
    "grey": encoded(GREY, "JPEG", quality=92),
    "inks": encoded(COLOUR.convert("CMYK"), "JPEG"),
}
SEQUENTIAL = KINDS["ordinary"]


def by_pillow(content: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))


def converted_inks() -> bytes:
    """Give a JPEG whose inks are stored as brightness and colour: the Adobe marker says so."""
    content = KINDS["inks"]
    return with_byte(content, content.index(b"Adobe") + 11, 2)


@pytest.mark.parametrize("content", [*KINDS.values(), converted_inks()], ids=[*KINDS, "ycck"])
def test_pixels_are_those_of_another_decoder(content: bytes) -> None:
    assert np.array_equal(read_jpeg(content), by_pillow(content))


# What is wrong with these files does not touch the picture.

HEADER = SEQUENTIAL.index(b"\xff\xdb")
SCAN, SCAN_END = scan_of(SEQUENTIAL)
RESTARTING = KINDS["restarting"]
RESTART = RESTARTING.index(b"\xff\xd0", scan_of(RESTARTING)[0])
GREY_SCAN_END = scan_of(KINDS["grey"])[1]
BEHIND_THE_END = {
    "a video": SEQUENTIAL + b"\0\0\0\x18ftypmp42" + bytes(5000) + b"\xff\xda\xff",
    "another picture, cut off": SEQUENTIAL + KINDS["coarse"][:-300],
}
IN_THE_HEADER = {
    "stray bytes": inserted(SEQUENTIAL, HEADER, b"stray"),
    "an odd byte behind a segment": inserted(SEQUENTIAL, HEADER, b"\xff\xe5\x00\x04abc"),
    "stuffed bytes": inserted(SEQUENTIAL, HEADER, b"\xff\x00\xff\x00"),
    "broken metadata": inserted(SEQUENTIAL, HEADER, b"\xff\xe1\x00\x0cExif\0\0\xff\xff\xff\xff"),
    "another version of JFIF": with_byte(SEQUENTIAL, SEQUENTIAL.index(b"JFIF") + 5, 2),
    "odd parameters of the scan": with_byte(SEQUENTIAL, SCAN - 2, 0),
}
AMONG_THE_PIXELS = {
    "zeros before the end": inserted(SEQUENTIAL, SCAN_END, bytes(8)),
    "no mark of the end": SEQUENTIAL[:SCAN_END],
}


@pytest.mark.parametrize(
    "content",
    [*BEHIND_THE_END.values(), *IN_THE_HEADER.values(), *AMONG_THE_PIXELS.values()],
    ids=[*BEHIND_THE_END, *IN_THE_HEADER, *AMONG_THE_PIXELS],
)
def test_disorder_that_does_not_touch_the_picture_is_passed_over(content: bytes) -> None:
    assert np.array_equal(read_jpeg(content), read_jpeg(SEQUENTIAL))


@pytest.mark.parametrize("more", [bytes(3), b"\xff\xff\xff"], ids=["zeros", "fill bytes"])
def test_filling_before_a_restart_is_passed_over(more: bytes) -> None:
    filled = inserted(RESTARTING, RESTART, more)
    assert np.array_equal(read_jpeg(filled), read_jpeg(RESTARTING))


def test_a_grey_picture_may_lack_the_mark_of_its_end_as_well() -> None:
    cut = KINDS["grey"][:GREY_SCAN_END]
    assert np.array_equal(read_jpeg(cut), read_jpeg(KINDS["grey"]))


@pytest.mark.parametrize("name", IN_THE_HEADER)
def test_disorder_does_not_hide_damage(name: str) -> None:
    # The decoder speaks of the first thing only, which is the disorder in the header.
    content = IN_THE_HEADER[name]
    middle = sum(scan_of(content)) // 2
    with pytest.raises(DamagedImageError, match="Corrupt JPEG data"):
        read_jpeg(without(content, middle, 512))


# What is wrong with these does.


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "progressive"])
def test_bytes_cut_out_of_the_middle_are_noticed(kind: str, share: float) -> None:
    content = KINDS[kind]
    start, end = scan_of(content)
    with pytest.raises(DamagedImageError, match="Corrupt JPEG data"):
        read_jpeg(without(content, start + round(share * (end - start - 512)), 512))


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7])
@pytest.mark.parametrize("kind", KINDS)
def test_a_block_of_zeros_is_noticed(kind: str, share: float) -> None:
    content = KINDS[kind]
    start = scan_of(content)[0]
    with pytest.raises(DamagedImageError, match=r"Corrupt JPEG data|Inconsistent progression"):
        read_jpeg(zeroed(content, start + round(share * (len(content) - start - 4098)), 4096))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.95, 0.999])
@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_ends_early_is_noticed(kind: str, share: float) -> None:
    content = KINDS[kind]
    with pytest.raises(DamagedImageError, match="Premature end of JPEG file"):
        read_jpeg(content[: round(share * len(content))])


def test_a_progressive_file_without_its_end_is_noticed() -> None:
    # Nobody knows whether there was another pass over the picture.
    with pytest.raises(DamagedImageError, match="Premature end"):
        read_jpeg(KINDS["progressive"][:-2])


def test_pixels_left_over_before_a_restart_are_noticed() -> None:
    # Taken out of the first row of blocks, so that its bits run out or are left over there.
    start = scan_of(RESTARTING)[0]
    with pytest.raises(DamagedImageError, match="Corrupt JPEG data"):
        read_jpeg(inserted(RESTARTING, RESTART, RESTARTING[start : start + 40]))


def test_a_header_without_a_picture_is_damage() -> None:
    with pytest.raises(DamagedImageError, match="Truncated File Read"):
        read_jpeg(SEQUENTIAL[:40])
    with pytest.raises(DamagedImageError, match="header cannot be read"):
        read_jpeg(SEQUENTIAL[:20] + END)


def of_frame(content: bytes, offset: int, value: int) -> bytes:
    return with_byte(content, content.index(b"\xff\xc0") + offset, value)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (of_frame(SEQUENTIAL, 4, 12), "precision 12"),
        (of_frame(SEQUENTIAL, 11, 0x31), "samples its colours in an unusual way"),
    ],
    ids=["12 bits", "odd sampling"],
)
def test_what_the_decoder_does_not_know_is_unsupported(content: bytes, reason: str) -> None:
    with pytest.raises(UnsupportedImageError, match=reason):
        read_jpeg(content)


def silent(content: bytes) -> bool:
    """Tell whether the decoder finds nothing wrong."""
    try:
        simplejpeg.decode_jpeg(content, "CMYK" if b"Adobe" in content else "RGB")
    except ValueError:
        return False
    return True


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.data())
def test_damage_of_which_the_decoder_knows_never_changes_a_picture(data: st.DataObject) -> None:
    content = KINDS[data.draw(st.sampled_from(sorted(KINDS)))]
    start, _ = scan_of(content)
    place = data.draw(st.integers(start, len(content) - len(END) - 1))
    damaged = with_byte(content, place, data.draw(st.integers(0, 255)))
    if silent(damaged):
        return
    try:
        pixels = read_jpeg(damaged)
    except (DamagedImageError, UnsupportedImageError):
        # A wrong byte may read as the mark of a kind of JPEG that is not read.
        return
    assert np.array_equal(pixels, read_jpeg(content))
