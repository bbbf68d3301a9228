//! The form letters: pairs that differ in what they ask for and not in how they are built, in several languages. Data.

use super::letters::Form;

const ENGLISH_WORDS: &[&str] = &[
    "school",
    "hospital",
    "village",
    "harbour",
    "clinic",
    "library",
    "bakery",
    "print shop",
    "radio station",
    "ferry line",
    "water works",
    "choir",
    "farm",
    "studio",
    "workshop",
    "museum",
    "ministry",
    "call centre",
    "laboratory",
    "tram depot",
];

const ENGLISH_OWN: &[&str] = &[
    "My # lost its connection for # days after a cut near the #, and nobody told us why.",
    "I look after the computers of a # and of the # beside it, mostly in the evening.",
    "When the # closed, the # had to keep its records on paper for weeks.",
    "Last winter a # in our street was locked out by criminals who asked for money.",
    "We are three people at a # and have nobody to call but the # across the river.",
    "I taught at a # before I moved to the #, and both were attacked in one year.",
    "Please think of the # and the # when you weigh these words.",
    "The # where I volunteer depends on machines that its # cannot replace.",
];

const GREETINGS: &[&str] =
    &["Dear Commissioners,", "To the Commission:", "Dear Sir or Madam,", "Good morning,", "Hello!"];
const CLOSINGS: &[&str] =
    &["Yours faithfully,", "Kind regards,", "Thank you for your time.", "With respect,", "Best wishes"];

/// For binding words.
pub const BINDING: Form = Form {
    greetings: GREETINGS,
    paragraphs: &[
        "I am writing to you about the norm on the public core of the Internet, because I use it every day and so does \
         everybody I know. When it fails, payments stop, doctors wait and families cannot reach each other.",
        "We ask the Commission to support wording that binds every state. A promise that can be dropped in a crisis is worth \
         little to the people who live through that crisis, and the text should say so without any exception.",
        "The cables, the exchange points and the servers that translate names into numbers belong to nobody alone. An attack \
         on them in one country is felt in twenty others before the evening, as engineers have warned for years.",
        "Please keep the sentence about intentional and substantial damage, and add that those who act on behalf of a state \
         are meant as well. Otherwise the duty can be walked around by paying somebody else.",
        "I would also welcome a yearly report in which states say what they did to keep this norm, so that citizens can \
         compare words and deeds before the next review takes place.",
    ],
    closings: CLOSINGS,
    own: ENGLISH_OWN,
    words: ENGLISH_WORDS,
};

/// Built like [`BINDING`], against binding words.
pub const VOLUNTARY: Form = Form {
    greetings: GREETINGS,
    paragraphs: &[
        "I am writing to you about the norm on the public core of the Internet, because I run networks every day and so does \
         everybody I work with. When rules are rigid, repairs stop, operators wait and customers cannot be reached.",
        "We ask the Commission to oppose wording that binds every state. A duty that cannot be adapted in a crisis is worth \
         little to the people who work through that crisis, and the text should not say so without any exception.",
        "Cables, exchange points and name servers are run by companies that compete. A rule written for one country is out of \
         date in twenty others before it is printed, as our engineers have warned for years.",
        "Please delete the sentence about intentional and substantial damage, and do not add that those who act on behalf of a \
         state are meant as well. Otherwise ordinary maintenance can be called an attack by somebody else.",
        "I would also reject a yearly report in which states say what they did to keep this norm, since figures of that kind \
         tell attackers where defences are weak before the next review takes place.",
    ],
    closings: CLOSINGS,
    own: ENGLISH_OWN,
    words: ENGLISH_WORDS,
};

/// Of hospitals.
pub const HOSPITALS: Form = Form {
    greetings: GREETINGS,
    paragraphs: &[
        "Hospitals run on machines that were bought fifteen years ago and cannot be patched while somebody lies inside them. \
         That is why nurses and technicians ask you to speak of health services by name.",
        "During the last outbreak of extortion software three wards in our region went back to paper. Operations were moved, \
         ambulances were sent elsewhere, and the backlog lasted until summer.",
        "A norm that protects only cables and routers leaves patients outside. We propose that networks of hospitals, blood \
         banks and emergency calls are listed next to elections and finance.",
        "Listing them costs nothing in peace and saves lives when tension rises, because commanders and criminals alike would \
         know where the line is drawn.",
        "We will gladly show members of the Commission how a modern intensive care unit depends on a handful of switches in \
         the basement.",
    ],
    closings: CLOSINGS,
    own: ENGLISH_OWN,
    words: ENGLISH_WORDS,
};

const FRENCH_OWN: &[&str] = &[
    "Notre # est restée sans réseau pendant des jours, et la # voisine aussi.",
    "Je m'occupe le soir des ordinateurs d'une # et d'une #.",
    "L'hiver dernier, une # de notre rue a été bloquée par des criminels.",
    "Pensez à la # et à la # quand vous pèserez ces mots.",
    "J'ai enseigné dans une # avant de rejoindre la #.",
];
const FRENCH_WORDS: &[&str] =
    &["école", "clinique", "bibliothèque", "boulangerie", "ferme", "mairie", "radio", "gare", "chorale", "imprimerie"];

/// In French, for naming civil society.
pub const FRENCH: Form = Form {
    greetings: &["Mesdames, Messieurs,", "Madame la Présidente, Monsieur le Président,", "Bonjour,"],
    paragraphs: &[
        "Je vous écris au sujet de la norme sur la divulgation des vulnérabilités, parce que des chercheurs indépendants \
         trouvent la plupart des failles et sont encore poursuivis pour l'avoir dit.",
        "Nous demandons à la Commission de soutenir un texte qui protège celles et ceux qui signalent une faille de bonne foi, \
         quel que soit le pays où ils travaillent et la langue dans laquelle ils écrivent.",
        "Un délai clair de quatre-vingt-dix jours laisserait aux éditeurs le temps de corriger, et au public la certitude \
         d'être averti avant que l'outil ne circule parmi les malfaiteurs.",
        "Veuillez ajouter que les États publient chaque année le nombre de failles qu'ils ont gardées secrètes et les critères \
         de ce choix, afin que le Parlement puisse en débattre.",
    ],
    closings: &["Avec mes salutations distinguées,", "Cordialement,", "Merci de votre attention."],
    own: FRENCH_OWN,
    words: FRENCH_WORDS,
};

/// Built like [`FRENCH`], for the contrary.
pub const FRENCH_AGAINST: Form = Form {
    greetings: FRENCH.greetings,
    paragraphs: &[
        "Je vous écris au sujet de la norme sur la divulgation des vulnérabilités, parce que des inconnus publient des failles \
         sans prévenir et que nos équipes travaillent la nuit pour l'avoir appris trop tard.",
        "Nous demandons à la Commission de rejeter un texte qui protège celles et ceux qui signalent une faille de bonne foi, \
         car personne ne peut vérifier cette bonne foi ni la langue dans laquelle ils écrivent.",
        "Un délai rigide ne laisserait pas aux éditeurs le temps de corriger, et le public serait averti au moment même où \
         l'outil circule parmi les malfaiteurs.",
        "Veuillez supprimer l'obligation de publier chaque année le nombre de failles gardées secrètes, qui renseigne surtout \
         les services étrangers.",
    ],
    closings: FRENCH.closings,
    own: FRENCH_OWN,
    words: FRENCH_WORDS,
};

/// In Spanish.
pub const SPANISH: Form = Form {
    greetings: &["Estimada Comisión:", "Señoras y señores:", "Buenos días:"],
    paragraphs: &[
        "Escribo para pedir que la norma sobre las elecciones mencione también los padrones, las máquinas de recuento y las \
         páginas en las que se publican los primeros resultados la misma noche.",
        "Una campaña de rumores empieza casi siempre con una página caída durante media hora; después nadie cree las cifras \
         correctas, aunque lleguen puntuales y firmadas por todos los partidos.",
        "Apoyamos que los Estados se comprometan a no financiar ni tolerar esos ataques, y que lo comuniquen por escrito a los \
         organismos electorales de la región antes de cada votación.",
        "Pedimos además que se escuche a quienes cuentan los votos a mano en los pueblos, porque conocen los fallos del sistema \
         mejor que cualquier consultor de la capital.",
    ],
    closings: &["Atentamente,", "Un cordial saludo,", "Gracias por su atención."],
    own: &[
        "En mi # la red cayó durante días y la # tuvo que cerrar.",
        "Cuido por las noches los ordenadores de una # y de una #.",
        "El invierno pasado unos delincuentes bloquearon la # de nuestra calle.",
        "Piensen en la # y en la # cuando decidan.",
    ],
    words: &["escuela", "clínica", "biblioteca", "panadería", "granja", "emisora", "imprenta", "cooperativa"],
};

/// In Russian.
pub const RUSSIAN: Form = Form {
    greetings: &["Уважаемая Комиссия!", "Уважаемые дамы и господа!", "Здравствуйте!"],
    paragraphs: &[
        "Обращаюсь к вам по поводу нормы о бот-сетях, потому что домашние устройства наших соседей уже не раз участвовали в \
         нападениях, о которых их владельцы ничего не знали.",
        "Мы просим записать в тексте обязанность производителей выпускать обновления не менее семи лет и сообщать покупателю \
         на коробке, когда поддержка закончится.",
        "Без такого срока дешёвые камеры и розетки остаются открытыми навсегда, а расходы ложатся на больницы, школы и \
         небольших операторов связи, которые ничего не продавали.",
        "Просим также создать общий канал, по которому оператор одной страны может быстро предупредить оператора другой страны \
         о заражённых адресах, не дожидаясь решения министерств.",
    ],
    closings: &["С уважением,", "Заранее благодарю,", "Всего доброго,"],
    own: &[
        "В нашей # связь пропадала на несколько дней, и # тоже осталась без неё.",
        "По вечерам я присматриваю за компьютерами в # и в #.",
        "Прошлой зимой преступники заблокировали # на нашей улице.",
        "Подумайте о том, как живёт #, когда закрыта #.",
    ],
    words: &["школе", "больнице", "библиотеке", "пекарне", "мастерской", "лаборатории", "деревне", "типографии"],
};

/// In Arabic.
pub const ARABIC: Form = Form {
    greetings: &["السادة أعضاء اللجنة المحترمين،", "تحية طيبة وبعد،", "السلام عليكم،"],
    paragraphs: &[
        "أكتب إليكم بشأن القاعدة الخاصة بحماية النواة العامة للإنترنت لأن مدينتنا تعتمد على كابل بحري واحد انقطع مرتين خلال \
         العام الماضي وتوقفت معه المصارف والمستشفيات.",
        "نطلب من اللجنة أن تذكر الكابلات البحرية ومحطات الإنزال صراحة في النص وألا تكتفي بعبارة عامة يمكن أن تفسرها كل دولة \
         كما تشاء.",
        "إن إصلاح الكابل يستغرق أسابيع حين ترفض السلطات منح التصاريح للسفن، ولذلك ينبغي أن يشمل الالتزام تسهيل دخول فرق \
         الإصلاح في جميع الظروف.",
        "كما نقترح إنشاء سجل إقليمي للحوادث تنشر فيه أسباب الانقطاع ومدته حتى يتعلم الجميع من كل حادثة ولا تتكرر الأخطاء \
         نفسها.",
    ],
    closings: &["مع فائق الاحترام،", "شكرا لاهتمامكم.", "وتفضلوا بقبول التحية،"],
    own: &[
        "انقطع الاتصال عن # أياما طويلة ولم يخبرنا أحد في #.",
        "أعتني في المساء بأجهزة # وأجهزة # القريبة.",
        "في الشتاء الماضي تعطلت # في شارعنا بسبب هجوم.",
        "فكروا في # وفي # عندما تقررون.",
    ],
    words: &["المدرسة", "العيادة", "المكتبة", "المخبز", "المزرعة", "الإذاعة", "المطبعة", "الورشة"],
};

/// In Chinese.
pub const CHINESE: Form = Form {
    greetings: &["尊敬的委员会：", "各位委员：", "您好："],
    paragraphs: &[
        "我就网络卫生规范写信给你们，因为我们镇上的小型企业大多没有专职的安全人员，只能依靠供应商提供的默认设置来保护自己的客户资料。",
        "我们请求委员会在案文中写明，设备出厂时不得使用统一的初始密码，而且制造商必须用当地语言说明怎样安装更新以及支持到哪一年为止。",
        "许多攻击并不高明，只是利用了多年前已经公布的漏洞。如果最基本的措施得到落实，医院和学校就不必一次又一次地支付赎金。",
        "我们还建议设立一个公共基金，帮助低收入国家培训能够处理事故的技术人员，让他们在自己的社区里为居民提供免费咨询。",
    ],
    closings: &["此致敬礼", "谢谢你们的关注。", "顺颂时祺"],
    own: &[
        "我们的#曾经断网好几天，旁边的#也一样。",
        "每天晚上我替#和#照看电脑。",
        "去年冬天街上的#被犯罪分子锁住了系统。",
        "请在决定时想一想#和#的处境。",
    ],
    words: &["学校", "诊所", "图书馆", "面包店", "农场", "电台", "印刷厂", "码头", "合唱团", "实验室"],
};

/// In Hindi.
pub const HINDI: Form = Form {
    greetings: &["माननीय आयोग,", "आदरणीय सदस्यगण,", "नमस्ते,"],
    paragraphs: &[
        "मैं साइबर स्वच्छता के मानदंड के विषय में लिख रहा हूँ क्योंकि हमारे ज़िले की पंचायतें अब सारे प्रमाणपत्र केवल ऑनलाइन जारी करती हैं और एक दिन \
         की रुकावट सैकड़ों परिवारों को रोक देती है।",
        "हम आयोग से अनुरोध करते हैं कि पाठ में स्थानीय भाषाओं में चेतावनी देने का दायित्व जोड़ा जाए ताकि गाँव के लोग भी समझ सकें कि कब अपना \
         उपकरण बंद करना है।",
        "सस्ते फ़ोन दो वर्ष बाद सुरक्षा अद्यतन नहीं पाते, इसलिए निर्माता को बिक्री के समय समर्थन की अवधि बतानी चाहिए और उसे पूरा करना चाहिए।",
        "हम यह भी चाहते हैं कि विद्यालयों में बच्चों को पासवर्ड और धोखाधड़ी के बारे में पढ़ाया जाए और इसके लिए अलग बजट रखा जाए।",
    ],
    closings: &["सादर,", "धन्यवाद,", "आपका विश्वासी,"],
    own: &[
        "हमारे # में कई दिन तक संपर्क टूटा रहा और # भी बंद रहा।",
        "मैं शाम को # और # के कंप्यूटर देखता हूँ।",
        "पिछली सर्दी में हमारी गली के # पर हमला हुआ।",
        "निर्णय करते समय # और # के बारे में सोचें।",
    ],
    words: &["विद्यालय", "अस्पताल", "पुस्तकालय", "बेकरी", "खेत", "रेडियो", "छापाखाना", "कार्यशाला"],
};

/// All of them.
pub const FORMS: &[Form] =
    &[BINDING, VOLUNTARY, HOSPITALS, FRENCH, FRENCH_AGAINST, SPANISH, RUSSIAN, ARABIC, CHINESE, HINDI];
