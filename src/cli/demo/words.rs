//! The sentences that demo comments are made of, in seven languages and five scripts. Data; knows nothing.

/// What one language has to say.
pub struct Tongue {
    /// Names an author with `#` for the number; says that the author is synthetic.
    pub author: &'static str,
    /// Names an organisation likewise.
    pub organisation: &'static str,
    /// Reasons.
    pub reasons: &'static [&'static str],
    /// What an actor should do.
    pub actions: &'static [&'static str],
    /// New words for a norm; none where the norm's own words are worked on.
    pub wordings: &'static [&'static str],
}

/// English.
pub const ENGLISH: Tongue = Tongue {
    author: "Synthetic Author #",
    organisation: "Example Organisation #",
    reasons: &[
        "The present words leave open who decides when a disruption is substantial.",
        "Operators in small countries cannot apply this without a shorter definition.",
        "The duty should bind those who act on behalf of a state as well as the state itself.",
        "A reader in court would ask what “knowingly” adds; the text should say so.",
        "Our members tested this wording in an exercise and found two places where it can be read both ways.",
        "The norm is welcome, but it should say how it relates to existing international law.",
        "Incident responders need to be named here, because they act first.",
        "Without a word on transparency nobody can see whether the norm is kept.",
        "This goes further than what was agreed in earlier reports, and that should be explained.",
        "The sentence is too long to be translated without loss.",
    ],
    actions: &[
        "Publish once a year which vulnerabilities were kept back and by what criteria they were reviewed.",
        "Give the national CERT a legal duty to warn operators abroad within seventy-two hours.",
        "Add a clause on support periods to every public tender for connected devices.",
        "Report every two years on the steps taken to protect the routing and naming systems.",
        "Fund training of election officials in recognising tampered results.",
        "Agree on a hotline between network operators of neighbouring countries.",
    ],
    wordings: &[],
};

const FRENCH: Tongue = Tongue {
    author: "Auteur synthétique #",
    organisation: "Organisation d’exemple #",
    reasons: &[
        "Le texte ne dit pas qui constate qu’une perturbation est substantielle.",
        "Il faut préciser l’articulation avec le droit international existant.",
        "La version française devra distinguer « devraient » et « doivent » ; l’anglais n’aide pas.",
        "Les petites administrations ont besoin d’une définition plus courte.",
        "L’obligation devrait aussi viser ceux qui agissent pour le compte d’un État.",
        "Nos membres demandent que la société civile soit nommée.",
    ],
    actions: &[
        "Publier chaque année un rapport sur les vulnérabilités conservées et les critères appliqués.",
        "Inscrire dans chaque marché public une durée minimale de mises à jour de sécurité.",
        "Créer un point de contact national joignable jour et nuit.",
    ],
    wordings: &[],
};

const SPANISH: Tongue = Tongue {
    author: "Autora sintética #",
    organisation: "Organización de ejemplo #",
    reasons: &[
        "¿Quién decide cuándo una interrupción es sustancial? El texto debería decirlo.",
        "La redacción actual no menciona a los operadores regionales.",
        "Conviene añadir una referencia a los derechos humanos.",
        "La frase es demasiado larga para traducirla sin pérdida.",
        "Apoyamos la norma, pero falta un mecanismo de seguimiento.",
    ],
    actions: &[
        "Publicar cada año los criterios con los que se revisan las vulnerabilidades.",
        "Exigir en las compras públicas un plazo mínimo de actualizaciones.",
    ],
    wordings: &[],
};

const ARABIC: Tongue = Tongue {
    author: "كاتب اصطناعي #",
    organisation: "منظمة مثال #",
    reasons: &[
        "لا يوضح النص من يقرر متى يكون الضرر جوهريا.",
        "ينبغي أن يشمل الالتزام من يعمل نيابة عن الدولة.",
        "نقترح إضافة إشارة إلى القانون الدولي القائم.",
        "الجملة طويلة ويصعب نقلها إلى العربية من دون فقدان المعنى.",
        "يحتاج المشغلون في البلدان الصغيرة إلى تعريف أقصر.",
    ],
    actions: &[
        "نشر تقرير سنوي عن الثغرات التي لم يكشف عنها وعن معايير مراجعتها.",
        "إنشاء نقطة اتصال وطنية تعمل على مدار الساعة.",
    ],
    wordings: &["على الدول والجهات التي تعمل نيابة عنها", "يجب ألا تسمح"],
};

const CHINESE: Tongue = Tongue {
    author: "合成作者 #",
    organisation: "示例组织 #",
    reasons: &[
        "案文没有说明由谁判断干扰是否严重。",
        "建议明确该规范与现行国际法的关系。",
        "小国的运营者需要更简短的定义。",
        "这一义务也应适用于代表国家行事的人。",
        "句子过长，翻译时容易丢失含义。",
    ],
    actions: &["每年公布未披露的漏洞数量及其审查标准。", "在公共采购中规定安全更新的最短期限。"],
    wordings: &["国家及代表其行事者", "不得允许"],
};

const RUSSIAN: Tongue = Tongue {
    author: "Синтетический автор #",
    organisation: "Примерная организация #",
    reasons: &[
        "Из текста не ясно, кто решает, что нарушение является существенным.",
        "Следует указать, как норма соотносится с действующим международным правом.",
        "Обязанность должна распространяться и на тех, кто действует от имени государства.",
        "Операторам в небольших странах нужно более короткое определение.",
        "Предложение слишком длинное, при переводе теряется смысл.",
    ],
    actions: &[
        "Ежегодно публиковать отчёт о нераскрытых уязвимостях и критериях их оценки.",
        "Включать в государственные закупки минимальный срок обновлений безопасности.",
    ],
    wordings: &["государства и те, кто действует от их имени", "не должны допускать"],
};

const HINDI: Tongue = Tongue {
    author: "कृत्रिम लेखक #",
    organisation: "उदाहरण संगठन #",
    reasons: &[
        "पाठ यह नहीं बताता कि व्यवधान कब गंभीर माना जाएगा।",
        "यह दायित्व उन पर भी लागू होना चाहिए जो राज्य की ओर से कार्य करते हैं।",
        "मौजूदा अंतरराष्ट्रीय कानून से संबंध स्पष्ट किया जाए।",
        "छोटे देशों के संचालकों को छोटी परिभाषा चाहिए।",
        "वाक्य बहुत लंबा है, अनुवाद में अर्थ खो जाता है।",
    ],
    actions: &[
        "हर वर्ष उन कमज़ोरियों की रिपोर्ट प्रकाशित की जाए जिन्हें उजागर नहीं किया गया।",
        "सरकारी खरीद में सुरक्षा अद्यतन की न्यूनतम अवधि तय की जाए।",
    ],
    wordings: &["राज्य और उनकी ओर से कार्य करने वाले"],
};

/// Authors take these in turn: every second one writes English, the others share the rest.
pub const TONGUES: &[&Tongue] = &[
    &ENGLISH, &ARABIC, &ENGLISH, &CHINESE, &ENGLISH, &RUSSIAN, &ENGLISH, &HINDI, &ENGLISH, &FRENCH, &ENGLISH, &SPANISH,
];

/// Beginnings that a spreadsheet would take for a formula.
pub const FORMULAS: &[&str] = &[
    "=SUM(A1:A9) is how our spreadsheet counted the members in favour. ",
    "+1. ",
    "-1 to the present words. ",
    "@Secretariat: ",
    "=HYPERLINK(\"https://example.org/\",\"our position\") ",
];

/// The letter of a campaign, sent by many with a sentence of their own; `#` is a number.
pub const LETTER: &str = "I am one of the people who signed the open letter number # of the Example Campaign. \
    We ask the Commission to make this norm binding and to name the public core of the Internet in it. \
    Our devices, our elections and our hospitals depend on it. Please do not weaken the text.";

/// Sentences of people who counted something, so that hardly two say the same; `#` is a number each time.
pub const COUNTED: &[&str] = &[
    "Of the # operators we asked, # read the words differently.",
    "We ran exercise # with # teams and met this question on day #.",
    "Case # of our archive, with # affected networks, would not be covered.",
    "Our # members discussed this in # meetings.",
    "In # of # incidents that we reviewed, nobody could say who had to act first.",
];

/// What people add to the words of a norm, one behind the other.
pub const AMENDMENTS: &[&str] = &[
    "at all times",
    "in peace and in conflict",
    "whether directly or through others",
    "within their territory",
    "as far as is technically feasible",
    "consistent with human rights",
    "after consulting those affected",
    "without undue delay",
    "and report on it in public",
    "including operators of cable landing stations",
    "including those who maintain open-source software",
    "with due regard to developing countries",
    "in good faith",
    "by proportionate means",
    "and those under their control",
    "subject to independent review",
    "no later than # days after learning of it",
    "in at least # of the official languages",
];

/// What campaigners add.
pub const POSTSCRIPTS: &[&str] =
    &["", " Thank you.", " Thank you!", " I write this as a parent.", " Please act now.", "  (Sent by hand.)"];

/// What a moderator asks of an author.
pub const REQUESTS: &[&str] = &[
    "Please say which clause you mean: the reasons seem to be about another one.",
    "The link to your evidence does not open. Please send another one, or none.",
    "Please leave out the private telephone number, and send the comment again.",
];

/// Why an author appeals.
pub const APPEALS: &[&str] = &[
    "The comment is about this very text: it names the clause and the words.",
    "Nobody is insulted in it. It says what the rule would do, and to whom.",
];

/// What a moderator notes for the desk.
pub const NOTES: &[&str] = &["", "", "", "Compare the form letters on this text.", "Read twice."];

/// Deadlines for a lever.
pub const DEADLINES: &[&str] = &["", "", "Within two years", "Before the next review of the norms", "2028"];

/// Countries that demo authors are from; a third name none.
pub const COUNTRIES: &[&str] = &[
    "AR", "AU", "BD", "BR", "CA", "CH", "CL", "CN", "DE", "EE", "EG", "ES", "ET", "FJ", "FR", "GB", "GH", "ID", "IN",
    "IT", "JO", "JP", "KE", "KR", "LB", "MA", "MX", "MY", "NG", "NL", "NO", "NZ", "PL", "RU", "SG", "TN", "UA", "US",
    "UY", "ZA",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_exist() {
        for code in COUNTRIES {
            assert!(rust_iso3166::from_alpha2(code).is_some(), "{code}");
        }
    }
}
