//! Letters that are of no campaign, though they look like it: their own words around the same quoted norm, and short
//! remarks that say opposite things in almost the same words.

use super::letters::Dice;

const OPENINGS: &[&str] = &[
    "As a {who} in {where} I was surprised to read",
    "Our {group} discussed for {time} what follows from",
    "Having worked {time} as a {who}, I stumble over",
    "Nobody at the {group} in {where} could explain to me",
    "My students, who come from {where} and beyond, asked about",
    "From the point of view of a {who}, much depends on",
];

const CLAIMS: &[&str] = &[
    "The {thing} that we run for {where} would fall outside, although {event} showed that it carries everything else.",
    "If {event} happens again, a {who} will have to guess whether the {thing} is meant.",
    "What about {thing} and {thing2}? After {event} we could not separate the two for {time}.",
    "In {where} the {group} keeps the {thing} alive on a budget that would not buy a car.",
    "I propose a footnote on {thing}, because {event} was judged differently in {where} and in {where2}.",
    "A {who} I met in {where} compared the {thing} to a village well: poisoned once, distrusted for {time}.",
    "The {group} counted {number} cases of {event}, and in {number2} of them the {thing} was merely collateral.",
    "Whoever drafted this has never seen a {thing} restarted by hand during {event}.",
    "Between {where} and {where2} there is one {thing}; {event} cut it for {time}.",
    "Insurance for a {thing} tripled after {event}, which the {group} can document from {number} invoices.",
    "It took the {group} {time} to agree on {number} questions, the hardest being who owns the {thing}.",
    "Let the {who} on duty decide, not a minister in {where}, when {event} threatens the {thing}.",
    "I disagree with the colleagues from {where} about {thing2}, but we share the worry about {event}.",
    "Translating this for {where2} gave me {number} variants, none of which a {who} would understand after {event}.",
];

const ENDINGS: &[&str] = &[
    "Could you publish the minutes on {thing}?",
    "That is all I can say from {where}.",
    "I would testify on {event} if the {group} invites me.",
    "More on {thing2} another time.",
    "The {group} will write again after {event}.",
];

const SLOTS: &[(&str, &[&str])] = &[
    (
        "who",
        &[
            "dispatcher",
            "notary",
            "cable engineer",
            "midwife",
            "returning officer",
            "translator",
            "customs broker",
            "school principal",
            "penetration tester",
            "lighthouse keeper",
            "pharmacist",
            "judge",
            "radio amateur",
            "archivist",
        ],
    ),
    (
        "where",
        &[
            "a coastal town",
            "the northern islands",
            "two mountain valleys",
            "the old capital",
            "a border district",
            "the delta",
            "our twin city",
            "a mining region",
            "the southern province",
            "a refugee settlement",
            "the free port",
        ],
    ),
    ("where2", &["the plateau", "the lake district", "a suburb", "the western ports", "an atoll", "the river towns"]),
    (
        "group",
        &[
            "bar association",
            "operators' forum",
            "teachers' union",
            "chamber of trade",
            "volunteer brigade",
            "rowing club",
            "municipal council",
            "patients' board",
            "cooperative",
            "faculty",
            "press club",
            "harbour authority",
        ],
    ),
    (
        "thing",
        &[
            "name server",
            "voter roll",
            "tide gauge",
            "ticketing platform",
            "landing station",
            "blood register",
            "time signal",
            "land registry",
            "rail interlocking",
            "weather mast",
            "payment switch",
            "emergency line",
            "tax portal",
        ],
    ),
    (
        "thing2",
        &["backup links", "satellite terminals", "paper ballots", "smart meters", "shared keys", "rented servers"],
    ),
    (
        "event",
        &[
            "the spring flood",
            "a botched update",
            "the three-day outage",
            "an anonymous tip",
            "the second audit",
            "a ransom note",
            "the summer exercise",
            "the cut of the ring cable",
            "an election night",
            "a lightning strike",
        ],
    ),
    (
        "time",
        &["half a year", "eleven evenings", "two decades", "a long weekend", "six budget rounds", "forty minutes"],
    ),
    ("number", &["seventeen", "four", "ninety", "some thirty", "eight", "one hundred and six"]),
    ("number2", &["three", "most", "a dozen", "hardly any", "half"]),
];

/// A letter of somebody's own, with a piece of the norm in quotation marks.
pub fn single(quote: &str, dice: &mut Dice) -> String {
    let mut claims: Vec<&str> = CLAIMS.to_vec();
    let mut said = vec![format!("{}: “{quote}”.", filled(dice.pick(OPENINGS), dice))];
    for _ in 0..3 + dice.below(4) {
        let claim = claims.remove(dice.below(claims.len()));
        said.push(filled(claim, dice));
    }
    said.push(filled(dice.pick(ENDINGS), dice));
    said.join(" ")
}

fn filled(pattern: &str, dice: &mut Dice) -> String {
    SLOTS.iter().fold(pattern.to_owned(), |text, (slot, words)| text.replace(&format!("{{{slot}}}"), dice.pick(words)))
}

/// Short remarks: each says something else.
pub const SHORT: &[&str] = &[
    "I support this norm.",
    "I do not support this norm.",
    "I support this norm, but not clause (b).",
    "Please keep this norm as it is.",
    "Please drop this norm as it is.",
    "This norm should bind every state.",
    "This norm should not bind every state.",
    "Good text, thank you.",
    "Weak text, no thank you.",
    "Bien.",
    "Je soutiens cette norme.",
    "Je ne soutiens pas cette norme.",
    "Поддерживаю эту норму.",
    "Не поддерживаю эту норму.",
    "أؤيد هذه القاعدة.",
    "لا أؤيد هذه القاعدة.",
    "我支持这项规范。",
    "我不支持这项规范。",
];
