"""Photos in HEIC: judged by their boxes before anything is decoded; read where their decoder is installed."""

import contextlib
import random
import struct
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from clinic_site.images import upload_errors
from clinic_site.images.encoding import encode
from clinic_site.images.file_formats import heic, heic_decoder
from clinic_site.images.upload_validation import check
from tests.images.file_formats.test_more_than_a_picture import TAILS
from tests.images.file_formats.test_upload_validation import refusal

PHOTO = (Path(__file__).parents[2] / "data" / "photo.heic").read_bytes()  # red and blue, 600 x 400
needs_decoder = pytest.mark.skipif(
    not heic_decoder.READS_HEIC, reason="no decoder is installed: pip install pi-heif"
)


@pytest.fixture
def decoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a decoder is installed; nothing is opened."""
    monkeypatch.setattr(heic_decoder, "READS_HEIC", True)
    monkeypatch.setattr(Image, "open", lambda *_, **__: pytest.fail("it was opened"))


def box(name: bytes, *bodies: bytes, full: bytes = b"") -> bytes:
    """A box; `full` is version and flags, where it has them."""
    body = full + b"".join(bodies)
    return struct.pack(">I", 8 + len(body)) + name + body


ZERO = bytes(4)
FTYP = box(b"ftyp", b"heic", ZERO, b"mif1heic")


def ispe(width: int, height: int) -> bytes:
    return box(b"ispe", struct.pack(">II", width, height), full=ZERO)


def photo(
    *sizes: tuple[int, int], behind: bytes = b"", pixels: bytes = b"\0" * 40, items: bytes = b""
) -> bytes:
    """A photo by hand: item 1 has the first of the sizes."""
    properties = box(b"ipco", *(ispe(*size) for size in sizes))
    ipma = box(b"ipma", struct.pack(">IHBB", 1, 1, 1, 1), full=ZERO)
    pitm = box(b"pitm", struct.pack(">H", 1), full=ZERO)
    meta = box(b"meta", pitm, items, box(b"iprp", properties, ipma), full=ZERO)
    return FTYP + meta + box(b"mdat", pixels) + behind


def grid(width: int, height: int) -> bytes:
    """What says that item 1 is put together of tiles, to a picture of that size."""
    said = struct.pack(">BBBBHH", 0, 0, 0, 0, width, height)
    infe = box(b"infe", struct.pack(">HH", 1, 0), b"grid\0", full=b"\2\0\0\0")
    iinf = box(b"iinf", struct.pack(">H", 1), infe, full=ZERO)
    place = struct.pack(">BBHHHHHII", 0x44, 0, 1, 1, 1, 0, 1, 0, len(said))
    return iinf + box(b"iloc", place, full=b"\1\0\0\0") + box(b"idat", said)


def turned(data: bytes) -> bytes:
    """The photo with a quarter turn to the left among its properties, as phones write it."""
    turn = box(b"irot", b"\1")
    whole = bytearray(data)
    end = data.index(b"ipma") - 4
    whole[end:end] = turn
    ipma = whole.index(b"ipma")
    count = ipma + 4 + 4 + 4 + 2  # version and flags, number of items, the first one's own
    whole[count] += 1
    whole[count + whole[count] : count + whole[count]] = bytes((5,))
    for name, more in ((b"ipco", 9), (b"ipma", 1), (b"iprp", 10), (b"meta", 10)):
        at = whole.index(name) - 4
        whole[at : at + 4] = (int.from_bytes(whole[at : at + 4], "big") + more).to_bytes(4, "big")
    start = (data.index(b"mdat") + 4).to_bytes(4, "big")
    at = whole.index(start, whole.index(b"iloc"))
    whole[at : at + 4] = (int.from_bytes(start, "big") + 10).to_bytes(4, "big")
    return bytes(whole)


def test_the_boxes_say_how_large_it_is(decoder: None) -> None:
    assert (check(PHOTO).format, check(PHOTO).width, check(PHOTO).height) == ("HEIF", 600, 400)
    assert check(photo((5712, 4284))).width == 5712


def test_without_the_decoder_the_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heic_decoder, "READS_HEIC", False)
    assert refusal(PHOTO) == upload_errors.HEIC


@pytest.mark.parametrize("size", [(50_000, 50_000), (5713, 4400), (16_001, 1)])
def test_a_bomb_is_refused_by_its_boxes(decoder: None, size: tuple[int, int]) -> None:
    said = refusal(photo(size))
    assert "more than 25 million" in said or "no side may be longer" in said


def test_a_second_picture_larger_than_the_first_is_refused(decoder: None) -> None:
    assert refusal(photo((60, 40), (30_000, 30_000))) == upload_errors.BROKEN


def test_tiles_that_make_more_than_was_said_are_refused(decoder: None) -> None:
    assert check(photo((60, 40), items=grid(60, 40))).width == 60
    assert refusal(photo((60, 40), items=grid(60_000, 60_000))) == upload_errors.BROKEN


@pytest.mark.parametrize(
    "data",
    [
        box(b"ftyp", b"msf1", ZERO, b"hevc") + photo((60, 40))[len(FTYP) :],
        photo((60, 40), behind=box(b"moov", b"trak")),
    ],
    ids=["a burst", "a film"],
)
def test_what_moves_is_refused(decoder: None, data: bytes) -> None:
    assert refusal(data) == upload_errors.MOVING


def test_the_film_of_a_motion_photo_and_padding_are_let_go(decoder: None) -> None:
    assert check(photo((60, 40), behind=box(b"mpvd", b"a film" * 20))).width == 60
    assert check(photo((60, 40)) + b"\0\n").width == 60


@pytest.mark.parametrize("tail", sorted(set(TAILS) - {"bytes", "javascript", "gif"}))
def test_a_stowaway_is_refused_wherever_it_lies(decoder: None, tail: str) -> None:
    body, said = TAILS[tail], upload_errors.MORE_THAN_A_PICTURE
    assert refusal(photo((60, 40)) + body) == said
    assert refusal(photo((60, 40), behind=box(b"free", body))) == said
    if (
        tail != "zip"
    ):  # four bytes come about by chance among pixels; an archive is found by its end
        assert refusal(photo((60, 40), pixels=body)) == said


def test_a_photo_cut_short_anywhere_is_refused(decoder: None) -> None:
    for place in random.Random(7).sample(range(1, len(PHOTO)), 60):
        assert refusal(PHOTO[:place])


def test_any_damage_is_taken_or_refused_in_words() -> None:
    dice = random.Random(11)
    for _ in range(400):
        changed = bytearray(PHOTO)
        for _ in range(3):
            changed[dice.randrange(16, 400)] = dice.randrange(256)
        try:
            found = heic.read(bytes(changed))
        except (heic.Broken, heic.Moving):
            continue
        assert found.width > 0


def test_an_avif_is_still_named(decoder: None) -> None:
    assert "AVIF" in refusal(box(b"ftyp", b"avif", ZERO, b"mif1") + PHOTO[28:])


@needs_decoder
def test_a_photo_is_taken_in_and_kept_as_a_jpeg() -> None:
    encoded = encode(PHOTO)
    assert (encoded.original.ending, encoded.original.width) == ("jpg", 600)
    assert {file.kind for file in encoded.renditions} == {"avif", "webp", "jpeg"}


@needs_decoder
def test_a_photo_taken_upright_stands_upright() -> None:
    kept = encode(turned(PHOTO)).original
    with Image.open(BytesIO(kept.data)) as picture:
        red, blue = picture.getpixel((200, 550)), picture.getpixel((200, 50))
    assert (kept.width, kept.height) == (400, 600)
    assert red[0] > 150 > red[2] and blue[2] > 150 > blue[0]


@needs_decoder
def test_any_damage_is_taken_or_refused_by_the_decoder_too() -> None:
    dice = random.Random(3)
    for _ in range(25):
        changed = bytearray(PHOTO)
        changed[dice.randrange(len(PHOTO))] = dice.randrange(256)
        with contextlib.suppress(upload_errors.Refused):
            assert encode(bytes(changed)).renditions
