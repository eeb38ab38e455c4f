"""Articles of our own in three languages, so that the benchmark runs anywhere.

They report nothing that happened.
"""

from __future__ import annotations

from collections.abc import Mapping

OWN_TEXTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "Ferry line between Nador and Almería to reopen": (
            "The ferry line between Nador and Almería will open again in the first "
            "week of spring, the port authority said on Tuesday, ending a pause that "
            "shopkeepers on both shores had blamed for their worst season in years.\n"
            "Two ships will make the crossing, one leaving each harbour at dawn and "
            "the other after the evening prayer, with room for some nine hundred "
            "passengers and their cars.\n"
            "Tickets will cost a little less than before, a promise the operator made "
            "when it won the licence, although fuel has become dearer since.\n"
            "Families who live abroad welcomed the news, but several asked why the "
            "terminal still has no shade for those who queue through the summer."
        ),
        "Oasis farmers share the water of a new well": (
            "Farmers in an oasis south of Errachidia have agreed to share the water of "
            "a new well by the clock, reviving a custom that their grandfathers kept "
            "with a copper bowl floating in a basin.\n"
            "Each of the sixty gardens gets its turn, longest for those at the end of "
            "the channel where much of the water sinks into the sand before it "
            "arrives.\n"
            "The council of elders settles quarrels on the spot, and whoever opens a "
            "gate out of turn pays in dates after the harvest.\n"
            "Engineers from the basin agency measure the level once a month and warn "
            "that even so modest a use may prove too much if another dry winter "
            "follows."
        ),
        "A museum for the railway of the phosphate mines": (
            "The old locomotive sheds of Khouribga are to become a museum of the "
            "railway that carried phosphate to the coast, with three engines restored "
            "by the men who once drove them.\n"
            "Visitors will ride in an open wagon along four kilometres of track and "
            "hear recordings of strikes, weddings and a visit by a king.\n"
            "The plan had slept in a drawer since the line was electrified, until a "
            "teacher found drawings of the sheds in a Brussels bookshop and showed "
            "them to the mayor.\n"
            "The mining company pays for the roof, the town for the rest, and the "
            "doors are expected to open before the end of next year."
        ),
        "Libraries on camels return to the Mauritanian east": (
            "Camels laden with books have returned to villages in the east of "
            "Mauritania, where the last public library closed when its only keeper "
            "retired and nobody was named in his place.\n"
            "The caravan carries some four hundred volumes in Arabic, Pulaar and "
            "French, most of them for children, and stays two nights at each well.\n"
            "Readers may keep a book until the caravan passes again, usually after "
            "six weeks, and so far fewer than ten have been lost, one of them eaten "
            "by a goat.\n"
            "A foundation in Nouakchott pays the drivers, and hopes the ministry will "
            "take over once it sees how many have learnt to read."
        ),
    },
    "fr": {
        "Le tramway de Sfax attendra encore un an": (
            "Le premier tramway de Sfax ne roulera pas avant l'automne de l'année "
            "prochaine, a reconnu mercredi le directeur du chantier, qui invoque la "
            "découverte de canalisations que nul plan ne mentionnait.\n"
            "Sur les treize kilomètres prévus, quatre sont posés, mais les rails "
            "s'arrêtent devant la médina où les commerçants refusent de voir leur rue "
            "fermée pendant la saison des mariages.\n"
            "La municipalité leur propose une indemnité calculée sur les recettes "
            "déclarées, ce qui fait sourire tout le monde au marché aux poissons.\n"
            "Les rames, elles, sont arrivées d'Espagne au printemps et dorment sous "
            "des bâches dans un hangar du port."
        ),
        "Des élèves de Tizi Ouzou cartographient les sources": (
            "Une classe du lycée de Tizi Ouzou a passé l'hiver à recenser les sources "
            "des villages voisins, carnet en main, et publie aujourd'hui une carte que "
            "les services de l'eau disent n'avoir jamais possédée.\n"
            "Cent douze points y figurent, dont une trentaine taris depuis moins de "
            "dix ans selon les anciens que les adolescents ont interrogés.\n"
            "Leur professeur de géographie voulait d'abord leur apprendre à lire une "
            "courbe de niveau; il raconte que les sorties ont bientôt attiré les "
            "parents, puis un hydrologue à la retraite.\n"
            "La wilaya promet d'analyser l'eau des vingt sources les plus fréquentées "
            "avant les chaleurs de juillet."
        ),
        "À Saint-Louis, les pêcheurs changent de filets": (
            "Les pêcheurs de Saint-Louis du Sénégal ont commencé à échanger leurs "
            "filets en nylon contre des mailles plus larges, financées par une "
            "association de mareyeuses lasses de vendre des poissons trop jeunes.\n"
            "L'échange est volontaire, mais celui qui accepte passe en premier à la "
            "pompe à carburant de la coopérative, un avantage dont personne ne se "
            "moque au petit matin.\n"
            "Les scientifiques du centre océanographique comptent les prises chaque "
            "semaine et observent déjà des dorades plus longues.\n"
            "De l'autre côté de la frontière, à Nouadhibou, on suit l'expérience avec "
            "intérêt, sans encore vouloir l'imiter."
        ),
        "Un orchestre andalou recrute à Tlemcen": (
            "L'orchestre andalou de Tlemcen cherche douze jeunes musiciens pour "
            "remplacer ceux que le départ à la retraite lui enlève, et promet de leur "
            "enseigner gratuitement les noubas que l'on ne note pas.\n"
            "Les auditions dureront trois jours dans la cour de la vieille école, "
            "devant un jury où siègent deux maîtres presque centenaires.\n"
            "On y jugera l'oreille plus que la technique, car le répertoire "
            "s'apprend en répétant une phrase jusqu'à ce que le maître se taise.\n"
            "Les candidates sont encouragées à se présenter: l'orchestre n'a compté "
            "que quatre femmes depuis sa fondation, dont l'actuelle première violon."
        ),
    },
    "ar": {
        "قرية في الأطلس تعيد فتح مدرستها": (
            "أعادت قرية صغيرة في الأطلس الكبير فتح مدرستها بعد ثلاث سنوات من إغلاقها، "
            "حين نقص عدد التلاميذ عن عشرة ونقل المعلم إلى المدينة المجاورة.\n"
            "وجمع السكان المال لترميم السقف وصبغ الجدران، وتطوع نجار متقاعد لصنع "
            "المقاعد من خشب الجوز الذي أسقطته العاصفة.\n"
            "وقالت المعلمة الجديدة إنها فوجئت بقدوم الأمهات أيضا في المساء لتعلم "
            "القراءة، فأصبحت القاعة لا تخلو من الصباح إلى ما بعد صلاة العشاء.\n"
            "وتعهدت المديرية الإقليمية بتوفير الكتب والتدفئة قبل حلول الشتاء، غير أن "
            "الطريق ما زالت تنقطع كلما تساقطت الثلوج."
        ),
        "صيادو نواذيبو يجربون قوارب تعمل بالشمس": (
            "بدأ صيادون في نواذيبو تجربة قوارب صغيرة تعمل بالطاقة الشمسية، صنعها مهندس "
            "شاب عاد من الدراسة في إسبانيا ليقنع والده بترك المحرك القديم.\n"
            "ويقطع القارب نحو عشرين كيلومترا قبل أن تفرغ بطاريته، وهي مسافة تكفي للصيد "
            "قرب الساحل ولا تكفي لبلوغ الأعماق التي هجرت إليها الأسماك.\n"
            "ويرى الصيادون أن أكبر فائدة هي الصمت، فالسمك لا يهرب كما كان يفعل، لكنهم "
            "يشكون من ثمن البطاريات الذي يعادل دخل سنة كاملة.\n"
            "وتدرس تعاونية الميناء شراء خمسة قوارب يتناوب عليها الأعضاء بالقرعة كل "
            "أسبوع."
        ),
        "معرض لخرائط الصحراء القديمة في تونس": (
            "افتتح في تونس العاصمة معرض لخرائط الصحراء القديمة، يضم سبعين خريطة رسمها "
            "رحالة وتجار وعساكر على مدى خمسة قرون، أقدمها على جلد غزال.\n"
            "وتظهر فيه طرق الملح والذهب بين تمبكتو وسجلماسة وغدامس، وآبار جف معظمها "
            "وبقيت أسماؤها في الأغاني.\n"
            "وقال أمين المعرض إن أصعب ما واجهه هو استعارة خريطة نادرة من مكتبة عائلية "
            "في شنقيط، رفض صاحبها أن تسافر من دونه فسافر معها.\n"
            "ويستمر المعرض حتى نهاية الربيع، والدخول إليه مجاني للتلاميذ والطلبة."
        ),
    },
}
"""Title and text by language."""
