from __future__ import annotations

import codecs

import pytest

from ingest.formats.charset import decode_document

ARABIC = "<a>الجزائر ومالي</a>"
FRENCH = "<a>L'État déçu</a>"
ARABIC_NEWS = "<a>قالت الحكومة في الجزائر إن الحدود مع مالي مغلقة</a>"
HEADER = "application/xml; charset={}".format


def declared(charset: str, text: str = FRENCH) -> str:
    return f"<?xml version='1.0' encoding='{charset}'?>{text}"


READ = {
    "UTF-8 that nobody names": (ARABIC.encode(), None, ARABIC),
    "UTF-8 whatever the header says": (ARABIC.encode(), HEADER("cp1256"), ARABIC),
    "UTF-8 with a mark": (codecs.BOM_UTF8 + ARABIC.encode(), None, ARABIC),
    "UTF-16 with a mark": (ARABIC.encode("utf-16"), HEADER("utf-8"), ARABIC),
    "big-endian UTF-16 with a mark": (
        codecs.BOM_UTF16_BE + ARABIC.encode("utf-16-be"),
        None,
        ARABIC,
    ),
    "UTF-16 without a mark": (ARABIC.encode("utf-16-le"), None, ARABIC),
    "big-endian UTF-16 without a mark": (ARABIC.encode("utf-16-be"), None, ARABIC),
    "UTF-32 with a mark": (ARABIC.encode("utf-32"), None, ARABIC),
    "UTF-32 without a mark": (ARABIC.encode("utf-32-be"), None, ARABIC),
    "ASCII declared as UTF-16": (
        declared("utf-16", "<a/>").encode(),
        None,
        declared("utf-16", "<a/>"),
    ),
    "the header's charset": (ARABIC.encode("cp1256"), HEADER('"CP1256"'), ARABIC),
    "the declaration's charset": (
        declared("windows-1256", ARABIC).encode("cp1256"),
        None,
        declared("windows-1256", ARABIC),
    ),
    "the header before the declaration": (
        declared("iso-8859-1", ARABIC).encode("cp1256"),
        HEADER("windows-1256"),
        declared("iso-8859-1", ARABIC),
    ),
    "Arabic that is declared as Latin-1": (
        declared("iso-8859-1", ARABIC_NEWS).encode("cp1256"),
        None,
        declared("iso-8859-1", ARABIC_NEWS),
    ),
    "Arabic that a server calls Latin-1": (
        declared("windows-1256", ARABIC_NEWS).encode("cp1256"),
        HEADER("iso-8859-1"),
        declared("windows-1256", ARABIC_NEWS),
    ),
    "Arabic in ISO's charset that a server calls Latin-1": (
        ARABIC_NEWS.encode("iso-8859-6"),
        HEADER("iso-8859-1"),
        ARABIC_NEWS,
    ),
    "French that a server calls Latin-1": (
        FRENCH.encode("cp1252"),
        HEADER("iso-8859-1"),
        FRENCH,
    ),
    "a header's nonsense is passed over": (
        declared("iso-8859-6", ARABIC).encode("iso-8859-6"),
        HEADER("nonsense"),
        declared("iso-8859-6", ARABIC),
    ),
    "a header that names no text": (FRENCH.encode("cp1252"), HEADER("zlib"), FRENCH),
    "nothing named": (FRENCH.encode("cp1252"), "text/xml", FRENCH),
    "Latin-1 with the quotation marks of windows-1252": (
        "L’État".encode("cp1252"),
        HEADER("iso-8859-1"),
        "L’État",
    ),
    "letters that a wrong declaration of UTF-8 hides": (
        declared("utf-8").encode("latin-1"),
        None,
        declared("utf-8"),
    ),
    "one bad byte among Arabic": (
        f"{ARABIC}é".encode()[:-1] + b"...",
        None,
        f"{ARABIC}\ufffd...",
    ),
    "a document that is cut inside a letter": (
        ("ال" * 9).encode()[:-1],
        None,
        ("ال" * 9)[:-1],
    ),
    "UTF-16 that is cut inside a letter": (
        ARABIC.encode("utf-16")[:-1],
        None,
        ARABIC[:-1],
    ),
    "UTF-7 stays what it looks like": (b"+ADw-a+AD4-", HEADER("utf-7"), "+ADw-a+AD4-"),
    "nothing": (b"", None, ""),
    "a mainframe's": (declared("cp500").encode("cp500"), None, declared("cp500")),
    "a mainframe's that it does not name": (
        declared("utf-8").encode("cp037"),
        None,
        declared("utf-8"),
    ),
    "a mainframe's cut inside its declaration": (
        b"\x4c\x6f\xa7\x94",
        None,
        "<?xm",
    ),
    "Arabic in windows-1256 that nobody names": (
        ARABIC_NEWS.encode("cp1256"),
        None,
        ARABIC_NEWS,
    ),
    "Arabic in ISO 8859-6 that nobody names": (
        ARABIC_NEWS.encode("iso-8859-6"),
        None,
        ARABIC_NEWS,
    ),
}


@pytest.mark.parametrize(
    ("body", "content_type", "text"), READ.values(), ids=READ.keys()
)
def test_a_document_is_read_in_its_charset(
    body: bytes, content_type: str | None, text: str
) -> None:
    assert decode_document(body, content_type=content_type) == text


NAMES = {
    "the web's": ("x-sjis", "マリ", "cp932"),
    "an old system's": ("macintosh", "déçu", "mac-roman"),
    "Korean's, which means the larger set": ("euc-kr", "똠", "cp949"),
    "Thai's": ("tis-620", "“ไทย”", "cp874"),
}


@pytest.mark.parametrize(("name", "text", "codec"), NAMES.values(), ids=NAMES.keys())
def test_a_charset_goes_by_names_like(name: str, text: str, codec: str) -> None:
    assert decode_document(text.encode(codec), content_type=HEADER(name)) == text


@pytest.mark.parametrize(
    "charset",
    ["undefined", "idna", "unicode_escape", "rot13", "hex", "utf-7", "punycode", "é"],
)
def test_a_codec_that_is_no_charset_is_passed_over(charset: str) -> None:
    text = decode_document(b"\xe9\\x41", content_type=HEADER(charset))

    assert text == "é\\x41"
