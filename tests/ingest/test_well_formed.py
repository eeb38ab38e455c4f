"""The fast reader says what feedparser's adapter says, or that it is not sure."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.formats.charset import decode_document
from ingest.formats.feed import parse_feed
from ingest.formats.forgiving import read_forgivingly
from ingest.formats.mended_xml import (
    DEEPEST_NESTING,
    MOST_ATTRIBUTES,
    MOST_CATEGORIES,
)
from ingest.formats.well_formed.documents import read_well_formed
from ingest.formats.xml_text import writable_xml
from tests.ingest.feed_documents import HEAD, atom, rdf, rss

FOLDER = Path(__file__).parents[1] / "feeds"
FEEDS = sorted(path for path in FOLDER.glob("*/*.xml") if path.parent.name != "sitemap")
ORDINARY = [
    path
    for path in FEEDS
    if path.name.startswith(("as-", "wordpress-", "spip-", "rdf-", "feedburner-"))
    and path.parent.name not in {"cdf", "rss-0.91"}
]
NAMES = {path: str(path.relative_to(FOLDER)) for path in FEEDS}


@pytest.mark.parametrize("path", FEEDS, ids=NAMES.values())
def test_a_document_reads_the_same_with_both(path: Path) -> None:
    text = writable_xml(decode_document(path.read_bytes(), content_type=None))

    document = read_well_formed(text.encode())

    assert document in (None, read_forgivingly(text))


@pytest.mark.parametrize("path", FEEDS, ids=NAMES.values())
def test_a_mended_document_reads_the_same_with_both(path: Path) -> None:
    body = path.read_bytes()

    document = parse_feed(body, content_type=None)

    text = writable_xml(decode_document(body, content_type=None))
    assert document == read_forgivingly(text)


@pytest.mark.parametrize("path", ORDINARY, ids=[NAMES[path] for path in ORDINARY])
def test_an_ordinary_feed_is_read_fast(path: Path) -> None:
    assert read_well_formed(path.read_bytes()) is not None


TITLE = "<title>T</title>"
GUID = "<guid>https://a.example/1</guid>"
DIV = "<div xmlns='http://www.w3.org/1999/xhtml'>{}</div>"
XHTML = "<content type='xhtml'>{}</content>"
NETSCAPE = (
    '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
    '"https://netscape.example/rss-0.91.dtd">'
)
READ = {
    "a document type": rss(TITLE, before="<!DOCTYPE rss>"),
    "the document type of Netscape": rss(
        "<title>Caf&eacute; &mdash;&nbsp;</title><link>l?a=1&amp;b=2</link>"
        "<description>&lt;p title=&quot;&amp;#233;&quot;&gt;&frac12;</description>",
        before=NETSCAPE,
    ),
    "entities of a document type in XHTML": atom(
        XHTML.format(DIV.format("<p>&laquo;&#160;a&nbsp;&raquo;</p>")), before=NETSCAPE
    ),
    "a source and its address": rss("<source url='https://s.example/'>S</source>"),
    "a source with an address alone": rss("<source url='https://s.example/'/>"),
    "a source with an empty address": rss("<source url=' '>S</source>"),
    "a source that says what it is": atom(
        "<source>x<link href='https://s.example/'/>"
        "<title type='html'>&lt;b&gt;S</title></source>"
    ),
    "a source without a name": atom("<source><title/></source>"),
    "capitals where none matter": atom(
        XHTML.format(DIV.format("<a Rel='Next' type='Text/HTML'>b</a>"))
    ),
    "a text in two parts": rss("<title>a<![CDATA[ <b> ]]>&amp;</title>"),
    "a comment and an instruction": rss("<title>a<!-- b -->c<?d e?>f</title>"),
    "a title that is markup": rss("<title>&lt;b&gt;Oil&lt;/b&gt;</title>"),
    "a title with an entity of HTML": rss("<title>Oil &amp;eacute; gas</title>"),
    "a title with an entity of nobody": rss("<title>Oil &amp;nobody; gas</title>"),
    "a title with an ampersand": rss("<title>Oil &amp;amp gas</title>"),
    "a title with an angle": rss("<title>3 &lt; 4</title>"),
    "a title of Dublin Core": rss("<dc:title>T</dc:title>"),
    "a picture's title behind the own": rss(f"{TITLE}<media:title>M</media:title>"),
    "a picture's title before the own": rss(f"<media:title>M</media:title>{TITLE}"),
    "a picture's title alone": rss("<media:title>M</media:title>"),
    "a broadcast's title alone": rss("<itunes:title>B</itunes:title>"),
    "an empty title": rss("<title> </title><description>D</description>"),
    "a title in another language": rss("<title xml:lang='fr_FR'>T</title>"),
    "a language taken back": rss("<title xml:lang=''>T</title>", root="xml:lang='fr'"),
    "a language of the item": rss(f"{TITLE}<dc:language>ar</dc:language>"),
    "a language of the channel": rss(TITLE, channel="<language>fr</language>"),
    "an empty language": rss(TITLE, channel="<language/><title>C</title>"),
    "a language of the root": rss(TITLE, root="xml:lang='fr'"),
    "a language of the channel's title": rss(
        TITLE, channel="<title xml:lang='es'>C</title>"
    ),
    "a summary of Atom in RSS": rss("<atom:summary type='html'>a</atom:summary>"),
    "a content of Atom in RSS": rss(
        "<atom:content>&lt;p&gt;a&lt;/p&gt;</atom:content>"
    ),
    "a full text before the summary": rss(
        "<content:encoded>long</content:encoded><description>short</description>"
    ),
    "two full texts": rss(
        "<content:encoded>a</content:encoded><content:encoded>ab</content:encoded>"
    ),
    "an empty full text and a caption": rss(
        "<content:encoded/><media:description>D</media:description>"
    ),
    "captions of several depths": rss(
        "<media:group><media:content url='u'><media:description>deep"
        "</media:description></media:content><media:description type='html'>flat"
        "</media:description></media:group>"
    ),
    "a broadcast's summary": rss("<itunes:summary>S</itunes:summary>"),
    "a line below the title alone": rss("<itunes:subtitle>S</itunes:subtitle>"),
    "a line below the title and a summary": rss(
        "<itunes:subtitle>S</itunes:subtitle><itunes:summary>T</itunes:summary>"
    ),
    "rights of a picture": rss(
        "<media:content url='u'><media:copyright url='c'>A</media:copyright>"
        "</media:content>"
    ),
    "empty rights": rss("<dc:rights/><media:copyright>A</media:copyright>"),
    "rights twice": rss("<dc:rights>A</dc:rights><copyright>B</copyright>"),
    "a licence": rss("<cc:license>https://cc.example/</cc:license>"),
    "a guid that is an address": rss(GUID),
    "a guid before a link": rss(f"{GUID}<link>https://a.example/2</link>"),
    "a guid that is none": rss("<guid isPermaLink='false'> 7 </guid>"),
    "an empty guid": rss("<guid/>"),
    "a link with references": rss("<link>https://a.example/?a=1&amp;amp;b=2</link>"),
    "links of Atom in RSS": rss(
        "<atom:link rel='self' href='s'/><atom:link rel='ENCLOSURE' href='e'/>"
        "<atom:link type='application/pdf' href='p'/>"
    ),
    "an address that is not of ASCII": rss("<link>https://á.example/é</link>"),
    "addresses with a base": rss(
        "<link>/1</link><guid>2</guid><comments>#c</comments>",
        root="xml:base='https://a.example/b/'",
    ),
    "a base of one text": atom(
        "<title>T</title><content xml:base='https://a.example/'>C</content>"
        "<link href='x'/>"
    ),
    "bases of several texts": atom(
        "<title xml:base='https://b.example/'>T</title>"
        "<content xml:base='https://c.example/'>C</content>"
    ),
    "a base inside a base": atom(
        "<title xml:base='https://b.example/'>T</title><link href='x'/>",
        root="xml:base='https://a.example/'",
    ),
    "every date": rss(
        "<pubDate>1</pubDate><dcterms:issued>2</dcterms:issued><dc:date>3</dc:date>"
        "<dcterms:modified>4</dcterms:modified><dcterms:created>5</dcterms:created>"
    ),
    "a date of creation": atom("<created>1</created>"),
    "an empty date behind another": rss("<pubDate>1</pubDate><pubDate/>"),
    "a name": rss("<author>Jane</author>"),
    "an address and a name": rss("<author>jane@a.example (Jane)</author>"),
    "an article about relative bases": rss(
        "<link>1</link><guid>g</guid><enclosure url='a.mp3'/><comments>b</comments>"
        "<description>xml:base='/a' &lt;a href='c'></description>"
    ),
    "several addresses with names": rss(
        "<author>j@a.org (Jane)</author><author>k.l+m@b.c.net (K. L.)</author>"
    ),
    "several addresses and a name": rss(
        "<author>j@a.org</author><author>k@b.org</author><dc:creator>J</dc:creator>"
    ),
    "several addresses without a name": rss(
        "<author>j@a.org</author><author>k@b.org</author>"
    ),
    "a content elsewhere": atom(
        "<content type='text/html' xml:base='https://a.example/b/' src='c'/>"
    ),
    "a content elsewhere without a type": atom("<content src='c'/>"),
    "a broadcast for content": atom("<content type='Audio/MPEG' src='c.mp3'/>"),
    "a content elsewhere beside another": atom(
        "<content type='html'>a</content><content src='c'/><link href='d'/>"
    ),
    "a player": rss("<media:player url='p'>a</media:player>"),
    "players in groups": rss(
        "<media:player url='p'/><media:group><media:content url='v'>"
        "<media:player url='q'/></media:content></media:group>"
    ),
    "a player beside an id": atom("<id>i</id><media:player url='p'/>"),
    "a player without an address": rss("<media:player url=' '/>"),
    "a player beside a guid": rss(
        "<guid>https://a.example/1</guid><media:player url='p'/>"
    ),
    "several names": rss("<author>A</author><dc:creator/><dc:creator>B</dc:creator>"),
    "a person of Atom": atom(
        "<author><name>J</name><email>j@a.example</email><x:y z='1'/></author>"
    ),
    "a person without name": atom("<author><email>j@a.example</email></author>"),
    "several persons of Atom": atom(
        "<author><name>J</name></author>"
        "<author><email>k@a.example</email><name>K</name></author>"
    ),
    "a contributor": atom("<contributor><name>J</name></contributor>"),
    "categories of every kind": rss(
        "<category domain='d'>A</category><category> </category>"
        "<dc:subject>B, C</dc:subject><media:category>D</media:category>"
        "<itunes:category text='E'/><itunes:keywords>F, ,G</itunes:keywords>"
        "<media:keywords>H</media:keywords><category>A</category>"
    ),
    "categories of Atom": atom(
        "<category term='a' label='A'/><category term='b'>c</category>"
        "<category term=' '/><category scheme='s'/>"
    ),
    "files of every kind": rss(
        "<enclosure url='a' type='Audio/MPEG' length='7'/><enclosure length='1'/>"
        "<media:group><media:content url='b' filesize='9' medium='image'/>"
        "<media:thumbnail url='c'/><media:thumbnail>d</media:thumbnail></media:group>"
        "<itunes:image href='e'/><itunes:image url='f'/><itunes:image/>"
    ),
    "a picture in a way of its own": rss("<image>https://a.example/1.jpg</image>"),
    "comments": rss(
        "<comments>c</comments><slash:comments>4</slash:comments>"
        "<wfw:commentRss>https://a.example/c</wfw:commentRss>"
    ),
    "no comments": rss("<comments/><slash:comments>many</slash:comments>"),
    "counted replies": atom("<thr:total>7</thr:total>"),
    "linked replies": atom(
        "<link rel='replies' type='text/html' href='c' thr:count='2'/>"
    ),
    "an original link": rss(
        "<link>a</link><feedburner:origLink>b</feedburner:origLink>"
    ),
    "the source of an entry": atom(
        "<source><id>s</id><title>S</title><author><name>N</name></author></source>"
    ),
    "the source of an item": rss("<source url='u'>S</source>"),
    "unknown elements": rss(f"{TITLE}<x:y z='1'><x:z>a</x:z></x:y><georss:point/>"),
    "an author of the source alone": atom(
        "<source><title>S</title><author><name>N</name></author></source>",
        feed="<author><name>F</name></author>",
    ),
    "an author of the document": atom(
        "<id>i</id>", feed="<author><name>F</name><email>f@a.example</email></author>"
    ),
    "an editor of a channel": rss(
        TITLE, channel="<managingEditor>e@a.example (E)</managingEditor>"
    ),
    "subtitles": atom(feed="<subtitle type='html'>a</subtitle>"),
    "a text in XHTML": atom(
        XHTML.format(DIV.format("<p class='a' xml:lang='fr'>a &amp; b<br/></p> c"))
    ),
    "a text in XHTML without a div": atom(
        XHTML.format("a <xhtml:b title='&quot;&lt;'>b</xhtml:b>")
    ),
    "two divs": atom(XHTML.format(DIV.format("a") + DIV.format("b"))),
    "a div in a div": atom(
        XHTML.format(" " + DIV.format("<div>a</div><div>b</div>") + " ")
    ),
    "an empty text in XHTML": atom(XHTML.format(" ")),
    "content that is elsewhere": atom("<content type='image/png' src='p'/>"),
    "a text in a text": rss(
        "<description type='xhtml'>a <xhtml:i>b</xhtml:i></description>"
    ),
    "an image of the channel": rss(
        TITLE, channel="<image><url>u</url><title>I</title><width>1</width></image>"
    ),
    "an image beside the channel": rdf(
        beside="<image><title>I</title></image><textinput><name>n</name></textinput>"
    ),
    "an item beside its channel": (
        f"{HEAD}<rss><channel><title>C</title><item>{TITLE}</item></channel>"
        f"<item>{GUID}</item></rss>"
    ).encode(),
    "an owner and categories of a channel": rss(
        channel="<itunes:owner><itunes:name>O</itunes:name></itunes:owner>"
        "<itunes:category text='A'><itunes:category text='B'/></itunes:category>"
    ),
    "a channel's own links": rss(
        channel="<link>https://a.example/</link><atom:link rel='self' href='f'/>"
        "<copyright>C</copyright><ttl>5</ttl><sy:updatePeriod>daily</sy:updatePeriod>"
    ),
    "hours and days to skip": rss(
        channel="<skipHours><hour>4</hour></skipHours>"
        "<skipDays><day>Monday</day></skipDays>"
    ),
    "letters of Windows": rss("<title>a&#146;b\x93c</title><guid>1</guid>"),
    "references of every length": rss(
        "<title>&#9;&#039;&#8217;&#x2019;&#128578;&#x1f642;&#xa0;&#x0A;</title>"
        "<description><![CDATA[&#039;&#x1F642;&#00038;]]></description>"
    ),
    "letters encoded twice": rss("<title>SociÃ©tÃ©</title>"),
    "letters of French": rss("<title>Société «&#160;civile\xa0»: É&#x2019;</title>"),
    "RSS 1.0": rdf(f"{TITLE}<link>l</link><dc:date>d</dc:date>"),
    "Atom 0.3": (
        f"{HEAD}<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry>"
        "<title mode='escaped' type='text/html'>a</title><issued>1</issued>"
        f"<content type='application/xhtml+xml'>{DIV.format('b')}</content>"
        "</entry></feed>"
    ).encode(),
    "RSS in a namespace": (
        f"{HEAD}<rss xmlns='http://backend.userland.com/rss2'><channel><title>C"
        "</title></channel></rss>"
    ).encode(),
    "RSS in a namespace of its own": (
        f"{HEAD}<rss xmlns='https://own.example/'><channel><title>C"
        "</title></channel></rss>"
    ).encode(),
    "Atom with a prefix": (
        f"{HEAD}<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:title>T</a:title>"
        "</a:feed>"
    ).encode(),
    "prefixes of its own": (
        f"{HEAD}<rss xmlns:d='http://purl.org/dc/elements/1.1/'><channel><item>"
        "<d:creator>J</d:creator></item></channel></rss>"
    ).encode(),
    "a mark and blanks before the document": b"\xef\xbb\xbf \n" + rss(TITLE),
    "a relation in capitals": atom("<link REL='Alternate' TYPE='Text/HTML' HREF='l'/>"),
}


@pytest.mark.parametrize("body", READ.values(), ids=READ.keys())
def test_what_is_read_fast_reads_the_same_with_feedparser(body: bytes) -> None:
    document = read_well_formed(body)

    assert document is not None
    assert document == read_forgivingly(decode_document(body, content_type=None))


MANY = MOST_CATEGORIES // 2 + 1
DEEP = DEEPEST_NESTING + 1
MANY_ATTRIBUTES = " ".join(f"a{number}='b'" for number in range(MOST_ATTRIBUTES + 1))
UNSURE = {
    "what is not well-formed": rss("<title>a</guid>"),
    "bytes that are not UTF-8": rss(TITLE) + b"<!--\xff-->",
    "UTF-16": rss(TITLE).decode().encode("utf-16"),
    "UTF-16 without a mark": rss(TITLE).decode().encode("utf-16-be"),
    "a document type with declarations": rss(
        before="<!DOCTYPE rss [<!ELEMENT rss ANY>]>"
    ),
    "an entity that no type of documents has": rss(
        "<title>&nobody;</title>", before=NETSCAPE
    ),
    "an entity in an attribute": rss(
        "<enclosure type='a>b' url='&amp;&#38;&eacute;'/>", before=NETSCAPE
    ),
    "an entity without a document type": rss("<title>&eacute;</title>"),
    "an instruction with a tag": rss("<?a <b> ?>"),
    "a comment with a declaration": rss("<!-- <![CDATA[ -->"),
    "a reference to no character": rss("<description><![CDATA[&#0;]]></description>"),
    "a reference to half a character": rss("<title><![CDATA[&#xD83D;]]></title>"),
    "a reference to what is no character": rss("<title><![CDATA[&#65535;]]></title>"),
    "a reference to a character beyond the last": rss(
        "<title><![CDATA[&#1114112;]]></title>"
    ),
    "a root of nobody": b"<x><title>T</title></x>",
    "a root that stands elsewhere": b"<title>T</title>",
    "a channel without RSS": b"<channel><item><title>T</title></item></channel>",
    "RSS without a channel": b"<rss version='2.0'/>",
    "several channels": b"<rss><channel/><channel/></rss>",
    "an item before the channel": b"<rss><item/><channel/></rss>",
    "something beside the channel": b"<rss><channel/><title>T</title></rss>",
    "Atom in the namespace of RSS": b"<feed xmlns='http://purl.org/rss/1.0/'/>",
    "RSS 1.0 that is Atom at first": (
        b"<a:RDF xmlns:b='http://www.w3.org/2005/Atom' "
        b"xmlns:a='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><channel/></a:RDF>"
    ),
    "a channel of CDF": b"<rss><channel href='h'/></rss>",
    "an item of CDF": b"<rss><channel><item lastmod='d'/></channel></rss>",
    "a language behind the items": (
        b"<rss><channel><item/><language>fr</language></channel></rss>"
    ),
    "a picture's title for a channel's": rss(channel="<media:title>M</media:title>"),
    "an item in an item": rss("<item/>"),
    "an item in something unknown": rss("<x:y><item/></x:y>"),
    "a title in something unknown": rss("<x:y><title>T</title></x:y>"),
    "an entry in the source of an entry": atom("<source><entry/></source>"),
    "a source in the source of an entry": atom("<source><source/></source>"),
    "markup in the source of an entry": atom("<source><id><x:y/></id></source>"),
    "a source without a title": atom("<source><link href='h'>l</link></source>"),
    "a source twice": rss("<source>S</source><source>S</source>"),
    "markup in a title": rss("<title><b>T</b></title>"),
    "markup in a link": rss("<link><b>T</b></link>"),
    "markup in XHTML that is none": atom(XHTML.format("<b>T</b>")),
    "a drawing in a text": atom(
        XHTML.format("<svg xmlns='http://www.w3.org/1999/xhtml'/>")
    ),
    "a base in a text": atom(XHTML.format(DIV.format("<a base='b'/>"))),
    "an attribute of others in a text": atom(XHTML.format(DIV.format("<a x:b='b'/>"))),
    "a type that is none of texts": rss(
        "<description type='image/png'>a</description>"
    ),
    "a text that is packed": rss("<description mode='base64'>YQ==</description>"),
    "XHTML where no markup is looked for": rss(
        "<media:title type='xhtml'>a</media:title>"
    ),
    "uncommon markup in a title": rss("<title>&lt;blink&gt;a&lt;/blink&gt;</title>"),
    "a title twice": rss(TITLE + TITLE),
    "a summary twice": rss("<description>a</description><dc:description/>"),
    "an empty title beside a picture's": rss("<title/><media:title>M</media:title>"),
    "a picture's title beside that of a source": rss(
        "<source>S</source><media:title>M</media:title>"
    ),
    "a guid and an empty link": rss(f"<link/>{GUID}"),
    "a link with attributes": rss("<link x:a='b'>l</link>"),
    "a link without an address": atom("<link href=' '/>"),
    "a link in another attribute": atom("<link href='a' url='b'/>"),
    "a channel's link with references": rss(channel="<link>?a&amp;amp;b</link>"),
    "an address with many slashes": rss("<link>https:////a.example/</link>"),
    "an address with brackets": rss("<link>https://[a.example/</link>"),
    "an address of letters that fold": rss("<link>https://a℀b.example/</link>"),
    "a base that is no address": rss(root="xml:base='ftp://a.example/'"),
    "a base that is relative": rss(root="xml:base='/a'"),
    "a base that is written in a roundabout way": rss(
        root="xml:base='https://a.example/?'"
    ),
    "a base without a prefix": rss("<title base='b'>T</title>"),
    "a language without a prefix": rss("<title lang='fr'>T</title>"),
    "an address of another namespace": atom("<link x:href='h'/>"),
    "an original link with attributes": rss(
        "<feedburner:origLink x:a='b'>l</feedburner:origLink>"
    ),
    "comments with attributes": rss("<comments x:a='b'>l</comments>"),
    "a caption with an angle among its attributes": rss(
        "<media:description x:a='&gt;'>l</media:description>"
    ),
    "keywords with attributes": rss("<media:keywords x:a='b'>k</media:keywords>"),
    "a category with nothing but a label": atom("<category label='l'/>"),
    "categories in a category": rss(
        "<itunes:category text='A'><itunes:category text='B'/></itunes:category>"
    ),
    "many categories": rss("<category>a</category>" * MANY),
    "many attributes": rss(f"<title {MANY_ATTRIBUTES}/>"),
    "many attributes in a text": atom(XHTML.format(f"<xhtml:b {MANY_ATTRIBUTES}/>")),
    "unknown elements that nest deep": rss("<x:y>" * DEEP + "</x:y>" * DEEP),
    "markup that nests deep": atom(
        XHTML.format("<xhtml:b>" * DEEP + "</xhtml:b>" * DEEP)
    ),
    "media groups that nest deep": rss(
        "<media:group>" * 9 + "<media:content/>" + "</media:group>" * 9
    ),
    "a person without name and address": atom("<author><uri>u</uri></author>"),
    "several persons, one without name": atom(
        "<author><name>J</name></author><author><email>e</email></author>"
    ),
    "several authors, one with an address that feedparser cuts": rss(
        "<author>j@a.example</author><dc:creator>J</dc:creator>"
    ),
    "an author and a person": atom("<author>A</author><author><name>J</name></author>"),
    "a person with a title": atom("<author><title>T</title></author>"),
    "a name with markup": atom("<author><name>a<title/></name></author>"),
    "an owner of an item": rss(
        "<itunes:owner><itunes:name>O</itunes:name></itunes:owner>"
    ),
    "a channel with two guids": rss(channel="<guid/><id>i</id>"),
    "captions in a channel": rss(channel="<media:group/>"),
    "an item's image with elements": rss("<image><url>u</url></image>"),
    "a channel's image with unknown elements": rss(channel="<image><x:y/></image>"),
    "an element that nobody uses": rss("<fullitem>a</fullitem>"),
    "XLink": rss(root="xmlns:l='http://www.w3.org/1999/xlink'"),
    "a customary prefix of something else": rss(
        "<media:x xmlns:media='https://other.example/'/>"
    ),
    "a prefix of two things": rss("<x:y xmlns:x='https://other.example/'/>"),
    "a namespace with a prefix and without": rss(root="xmlns='https://x.example/ns'"),
    "a caption under a prefix of its own": rss(
        "<m:description xmlns:m='http://search.yahoo.com/mrss/'>D</m:description>"
    ),
}


@pytest.mark.parametrize("body", UNSURE.values(), ids=UNSURE.keys())
def test_what_may_mean_two_things_is_left_to_feedparser(body: bytes) -> None:
    assert read_well_formed(body) is None
