"""Pages of articles in three languages, written for these tests."""

from __future__ import annotations

from html import escape

ENGLISH = (
    "The ministers of both countries met on Monday in the capital for a first talk.",
    "They spoke of the border, closed for four years, and of families on both sides.",
    "A second meeting is planned for the spring, a spokesman told reporters later.",
    "Traders in the border towns hope that the crossings will open before the summer.",
)
FRENCH = (
    "Les ministres des deux pays se sont réunis lundi à Rabat pour un premier échange.",
    "Ils ont parlé de la frontière, fermée depuis quatre ans, et des familles.",
    "Une seconde rencontre est prévue au printemps, a dit un porte-parole à la presse.",
    "Les commerçants des villes voisines espèrent que la douane rouvrira avant l’été.",
)
ARABIC = (
    "التقى وزيرا البلدين يوم الاثنين في العاصمة لإجراء محادثات حول الحدود المغلقة.",
    "وتحدث الوزيران عن الحدود المغلقة منذ أربع سنوات وعن العائلات على الجانبين.",
    "وقال متحدث باسم الوزارة للصحفيين إن لقاء ثانيا سيعقد في الربيع المقبل.",
    "ويأمل التجار في المدن الحدودية أن تفتح المعابر قبل حلول الصيف القادم.",
)
LANGUAGES = {"en": ENGLISH, "fr": FRENCH, "ar": ARABIC}


def make_page(
    *paragraphs: str, title: str = "A first talk", language: str = "en"
) -> str:
    """A page with a menu, an article, comments, neighbours and scripts."""
    text = "".join(f"<p>{escape(one)}</p>" for one in paragraphs)
    direction = "rtl" if language == "ar" else "ltr"
    return f"""<!DOCTYPE html>
<html lang="{language}" dir="{direction}"><head><meta charset="utf-8">
<title>{title} - Gazette</title><link rel="canonical" href="/articles/1">
<script>window.tracking = "<p>not a paragraph of the article at all</p>";</script>
<style>p {{ color: red }}</style></head><body>
<header><nav><ul><li><a href="/">Menu one</a><li><a href="/b">Menu two</a></ul></nav>
</header><main><article><h1>{title}</h1>
<figure><img src="/pictures/1.jpg" alt="The table" onerror="steal()"></figure>
{text}<p>The whole of the region is shown on <a href="map">the map</a> that was drawn
for the <a href="javascript:steal()">talks</a>, and is in the museum now.</p>
<script>steal()</script></article>
<section class="comments" id="comments"><h2>Comments</h2><p>First comment!</p></section>
</main><aside><h2>Most read</h2><ul><li><a href="/c">Neighbour</a></ul></aside>
<footer><p>Copyright Gazette. All rights reserved.</p></footer></body></html>"""
