import pytest

from ingest.normalise.canonical_url import LONGEST_URL, canonicalise

PLAIN = "https://gazette.example/a/b"

SAME = {
    "itself": (PLAIN, PLAIN),
    "scheme and host in capitals": ("HTTPS://Gazette.Example/a/b", PLAIN),
    "http": ("http://gazette.example/a/b", PLAIN),
    "white space around": (" \nhttps://gazette.example/a/b\t ", PLAIN),
    "a line break inside": ("https://gazette.example/a\n/b", PLAIN),
    "the port of https": ("https://gazette.example:443/a/b", PLAIN),
    "the port of http": ("http://gazette.example:80/a/b", PLAIN),
    "an empty port": ("https://gazette.example:/a/b", PLAIN),
    "www": ("https://www.gazette.example/a/b", PLAIN),
    "www twice": ("https://www.www.gazette.example/a/b", PLAIN),
    "a trailing point of the host": ("https://gazette.example./a/b", PLAIN),
    "a user and a password": ("https://me:secret@gazette.example/a/b", PLAIN),
    "a fragment": ("https://gazette.example/a/b#comments", PLAIN),
    "an empty query": ("https://gazette.example/a/b?", PLAIN),
    "empty parameters": ("https://gazette.example/a/b?&&", PLAIN),
    "dot segments": ("https://gazette.example/x/../a/./b", PLAIN),
    "too many dot segments": ("https://gazette.example/../../a/b", PLAIN),
    "escaped dot segments": ("https://gazette.example/x/%2E%2e/a/b", PLAIN),
    "letters escaped without need": ("https://gazette.example/%61/b", PLAIN),
    "campaign parameters": (PLAIN + "?utm_source=rss&UTM_Medium=feed", PLAIN),
    "campaign parameters escaped twice": (PLAIN + "?utm_a=1&amp;utm_b=2", PLAIN),
    "an escaped campaign parameter": (PLAIN + "?utm%5Fsource=rss", PLAIN),
    "a click number": (PLAIN + "?fbclid=IwAR0", PLAIN),
    "AT Internet's parameters": (PLAIN + "?at_medium=RSS&at_custom1=x", PLAIN),
    "XiTi's parameter": (PLAIN + "?xtor=RSS-3208", PLAIN),
    "a newsletter's parameters": (PLAIN + "?mc_cid=1&mc_eid=2", PLAIN),
    "Comscore's parameters": (PLAIN + "?ns_mchannel=rss&ns_source=x", PLAIN),
    "the parameters of two newspapers' feeds": (
        PLAIN + "?CMP=rss&partner=rss&emc=rss",
        PLAIN,
    ),
    "a button to share the page": (PLAIN + "?share=whatsapp", PLAIN),
    "a common name with a telling value": (PLAIN + "?ref=rss&source=Twitter", PLAIN),
    "a session": (PLAIN + ";jsessionid=1A2B?PHPSESSID=3", PLAIN),
    "a trailing slash": (PLAIN + "/", PLAIN),
    "doubled slashes": ("https://gazette.example//a//b//", PLAIN),
    "a text fragment": (PLAIN + "#:~:text=border", PLAIN),
    "a mobile host": ("https://m.gazette.example/a/b", PLAIN),
    "another mobile host": ("https://mobile.gazette.example/a/b", PLAIN),
    "a numbered www": ("https://www2.gazette.example/a/b", PLAIN),
    "a mobile parameter": (PLAIN + "?m=1", PLAIN),
    "an AMP host": ("https://amp.gazette.example/a/b", PLAIN),
    "an AMP page": ("https://gazette.example/a/b/amp", PLAIN),
    "an AMP page as a folder": ("https://gazette.example/a/b/amp/", PLAIN),
    "an AMP page in front": ("https://gazette.example/amp/a/b", PLAIN),
    "an AMP parameter": (PLAIN + "?amp=1", PLAIN),
    "a bare AMP parameter": (PLAIN + "?amp", PLAIN),
    "an AMP parameter of Arc": (PLAIN + "?outputType=amp", PLAIN),
    "an AMP file without an ending": (PLAIN + ".amp", PLAIN),
    "Google's AMP viewer": (
        "https://www.google.com/amp/s/www.gazette.example/a/b/amp/",
        PLAIN,
    ),
    "AMP's cache": (
        "https://www-gazette-example.cdn.ampproject.org/c/s/www.gazette.example/a/b",
        PLAIN,
    ),
    "an index page": ("https://gazette.example/a/b/index.html", PLAIN),
    "an index page of PHP": ("https://gazette.example/a/b/index.php", PLAIN),
    "an index page of .NET": ("https://gazette.example/a/b/Default.aspx", PLAIN),
    "an index page of an index page": (PLAIN + "/index.php/index.html/amp", PLAIN),
    "a wrapped address": (
        "https://l.facebook.com/l.php?u=http%3A%2F%2Fgazette.example%2Fa%2Fb&h=x",
        PLAIN,
    ),
    "an address wrapped twice": (
        "https://www.google.com/url?q=https%3A%2F%2Fout.reddit.com%2Fx%3Furl%3D"
        "https%253A%252F%252Fgazette.example%252Fa%252Fb",
        PLAIN,
    ),
}


@pytest.mark.parametrize(("link", "expected"), SAME.values(), ids=SAME.keys())
def test_spellings_of_one_address_are_one(link: str, expected: str) -> None:
    assert canonicalise(link) == expected


KEPT = {
    "a host without a path gets one": (
        "https://gazette.example",
        "https://gazette.example/",
    ),
    "the slash of the front page": (
        "https://gazette.example/",
        "https://gazette.example/",
    ),
    "a path that ends in a dot segment": (
        "https://gazette.example/a/b/..",
        "https://gazette.example/a",
    ),
    "an index page with a parameter": (
        "https://gazette.example/index.php?id=7",
        "https://gazette.example/?id=7",
    ),
    "an index page that is no last segment": (
        "https://gazette.example/index.php/a",
        "https://gazette.example/index.php/a",
    ),
    "a page that is called AMP": (
        "https://gazette.example/amp",
        "https://gazette.example/amp",
    ),
    "a file that is called AMP": (
        "https://gazette.example/.amp",
        "https://gazette.example/.amp",
    ),
    "points before AMP": (
        "https://gazette.example/a/..amp",
        "https://gazette.example/a/..amp",
    ),
    "an AMP file keeps its ending": (
        "https://gazette.example/a.amp.amp.html",
        "https://gazette.example/a.html",
    ),
    "AMP as a parameter with a value": (PLAIN + "?amp=10", PLAIN + "?amp=10"),
    "a common name with another value": (
        PLAIN + "?ref=morocco",
        PLAIN + "?ref=morocco",
    ),
    "a host of one letter that is registered": (
        "https://m.co.ma/a",
        "https://m.co.ma/a",
    ),
    "a subdomain": ("https://fr.gazette.example/", "https://fr.gazette.example/"),
    "a wrapped address that is none": (
        "https://l.facebook.com/l.php?u=javascript:x",
        "https://l.facebook.com/l.php?u=javascript:x",
    ),
    "a wrapped address that no server has": (
        "https://l.facebook.com/l.php?u=https://a..b/",
        "https://l.facebook.com/l.php?u=https://a..b/",
    ),
    "an address wrapped more often than anyone means": (
        "https://google.com/url?q=" * 6 + PLAIN,
        "https://google.com/url?q=" + "https://google.com/url?q=" * 5 + PLAIN,
    ),
    "a link of Google News that hides its address": (
        "https://news.google.com/rss/articles/CBMiVkFVX3lxTE1?oc=5&hl=fr",
        "https://news.google.com/articles/CBMiVkFVX3lxTE1",
    ),
    "a link of FeedBurner": (
        "http://feedproxy.google.com/~r/gazette/~3/Ab1/",
        "https://feedproxy.google.com/~r/gazette/~3/Ab1",
    ),
    "a shortened link": ("https://t.co/Ab1", "https://t.co/Ab1"),
    "nothing but a dot segment": (
        "https://gazette.example/.",
        "https://gazette.example/",
    ),
    "capitals of the path": (
        "https://gazette.example/A/B",
        "https://gazette.example/A/B",
    ),
    "another port": ("https://gazette.example:8443/", "https://gazette.example:8443/"),
    "parameters, by their names": (PLAIN + "?z=2&a=2&z=1", PLAIN + "?a=2&z=2&z=1"),
    "parameters among tracking": (PLAIN + "?p=1&utm_id=2&q=3", PLAIN + "?p=1&q=3"),
    "a parameter that only resembles tracking": (
        PLAIN + "?author=utm_source",
        PLAIN + "?author=utm_source",
    ),
    "a parameter without a value": (PLAIN + "?print", PLAIN + "?print"),
    "a query without a path": (
        "https://gazette.example?p=1",
        "https://gazette.example/?p=1",
    ),
    "reserved characters stay escaped": (
        "https://gazette.example/a%2fb",
        "https://gazette.example/a%2Fb",
    ),
    "Arabic letters are escaped": (
        "https://gazette.example/مالي",
        "https://gazette.example/%D9%85%D8%A7%D9%84%D9%8A",
    ),
    "a space is escaped": (
        "https://gazette.example/a b",
        "https://gazette.example/a%20b",
    ),
    "a lone percent sign is escaped": (
        "https://gazette.example/100%",
        "https://gazette.example/100%25",
    ),
    "half a surrogate is replaced": (
        "https://gazette.example/\ud800",
        "https://gazette.example/%3F",
    ),
    "an international host in punycode": (
        "https://Algérie.example/",
        "https://xn--algrie-dva.example/",
    ),
    "a host with a letter of its own": (
        "https://faß.example/",
        "https://xn--fa-hia.example/",
    ),
    "a host with a sign": ("https://☃.example/", "https://xn--n3h.example/"),
    "a host in wide letters": (
        "https://ｇａｚｅｔｔｅ。example/",
        "https://gazette.example/",
    ),
    "a fragment that names the page": (
        "https://gazette.example/#!/é/1",
        "https://gazette.example/#!/%C3%A9/1",
    ),
    "a fragment that a program reads": (
        "https://gazette.example/#/a/1",
        "https://gazette.example/#/a/1",
    ),
    "a fragment that names no page": (
        "https://gazette.example/#/",
        "https://gazette.example/",
    ),
    "a campaign that may be a page": (
        "https://gazette.example/?cmp=7&share=8",
        "https://gazette.example/?cmp=7&share=8",
    ),
    "a host called www": ("https://www.example/", "https://www.example/"),
    "an address of the network": ("http://[2001:DB8::1]/", "https://[2001:db8::1]/"),
}


@pytest.mark.parametrize(("link", "expected"), KEPT.values(), ids=KEPT.keys())
def test_what_tells_addresses_apart_stays(link: str, expected: str) -> None:
    canonical = canonicalise(link)

    assert canonical == expected
    assert canonicalise(canonical) == canonical


NO_ADDRESSES = {
    "nothing": "",
    "words": "no address",
    "a relative link": "/articles/1",
    "a link without a scheme": "//gazette.example/a",
    "a script": "javascript:alert(1)",
    "data": "data:text/html,x",
    "a tag URI": "tag:gazette.example,2026:1",
    "a mail address": "mailto:editor@gazette.example",
    "another protocol": "ftp://gazette.example/a",
    "no host": "https:///a",
    "an empty label": "https://gazette..example/",
    "a host with a space": "https://gaz ette.example/",
    "a label that is too long": f"https://{'a' * 64}.example/",
    "a host that is too long": f"https://{'www.' * 64}example/",
    "half a surrogate pair in the host": "https://é\ud800.example/",
    "a label that is too long for punycode": f"https://{'é' * 80}.example/",
    "a port that is no number": "https://gazette.example:port/",
    "a port that is too large": "https://gazette.example:99999/",
    "an open bracket": "https://[2001:db8::1/",
    "a host that turns into a path": "https://gazette.℀.example/",
    "more than an address once escaped": "https://gazette.example/" + "م" * 1000,
    "more than an address": "https://gazette.example/" + "a" * LONGEST_URL,
}


@pytest.mark.parametrize("link", NO_ADDRESSES.values(), ids=NO_ADDRESSES.keys())
def test_what_is_no_web_address_has_no_canonical_url(link: str) -> None:
    assert canonicalise(link) is None
