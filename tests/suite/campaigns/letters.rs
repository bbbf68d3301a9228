//! Synthetic letters with a label for each: which campaign it is of. Nobody wrote them; they are changed in the ways in
//! which people change form letters. Pure, and the same for the same seed.

/// A letter and the campaign that it is of; letters of one's own have a label of their own.
#[derive(Debug, Clone)]
pub struct Labelled {
    /// What it says.
    pub text: String,
    /// Which campaign.
    pub label: usize,
}

/// A form letter.
pub struct Form {
    /// How it begins, in some ways.
    pub greetings: &'static [&'static str],
    /// What it says.
    pub paragraphs: &'static [&'static str],
    /// How it ends, in some ways.
    pub closings: &'static [&'static str],
    /// What senders add, with `#` for something of their own.
    pub own: &'static [&'static str],
    /// What they put there.
    pub words: &'static [&'static str],
}

/// Dice that fall the same way for the same seed (`SplitMix64`).
pub struct Dice(pub u64);

impl Dice {
    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((bits ^ (bits >> 31)) % u64::try_from(bound.max(1)).unwrap_or(1)).unwrap_or_default()
    }

    /// Whether something happens `percent` times in a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of some.
    pub fn pick<'a>(&mut self, some: &'a [&'a str]) -> &'a str {
        some.get(self.below(some.len())).copied().unwrap_or_default()
    }
}

/// The letter of one sender.
pub fn sent(form: &Form, quote: &str, dice: &mut Dice) -> String {
    let mut parts: Vec<String> = form.paragraphs.iter().map(|&part| part.to_owned()).collect();
    if dice.chance(25) {
        shorten(&mut parts, dice);
    }
    if dice.chance(20) {
        let (a, b) = (dice.below(parts.len()), dice.below(parts.len()));
        parts.swap(a, b);
    }
    if dice.chance(25) {
        for _ in 0..=dice.below(4) {
            let at = dice.below(parts.len());
            parts[at] = mistyped(&parts[at], dice);
        }
    }
    if dice.chance(35) {
        let at = dice.below(parts.len() + 1);
        parts.insert(at, own(form, 2 + dice.below(3), dice));
    }
    if dice.chance(15) {
        parts.insert(0, format!("“{quote}”"));
    }
    let name = format!("Synthetic Sender {}", dice.below(9000));
    format!("{}\n\n{}\n\n{}\n{name}", dice.pick(form.greetings), parts.join("\n\n"), dice.pick(form.closings))
}

/// Some sentences that nobody else has.
pub fn own(form: &Form, sentences: usize, dice: &mut Dice) -> String {
    let mut left: Vec<&str> = form.own.to_vec();
    let mut said = Vec::new();
    for _ in 0..sentences.min(left.len()) {
        let sentence = left.remove(dice.below(left.len()));
        said.push(sentence.split('#').fold(String::new(), |text, part| {
            if text.is_empty() { part.to_owned() } else { format!("{text}{}{part}", dice.pick(form.words)) }
        }));
    }
    said.join(" ")
}

/// A paragraph less, or some sentences.
fn shorten(parts: &mut Vec<String>, dice: &mut Dice) {
    for _ in 0..=dice.below(2) {
        if parts.len() > 2 {
            parts.remove(dice.below(parts.len()));
        }
    }
}

/// Two neighbouring letters of a word swapped, one left out, or one twice.
fn mistyped(text: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let at = 1 + dice.below(letters.len().saturating_sub(2));
    match dice.below(3) {
        0 => letters.swap(at - 1, at),
        1 => drop(letters.remove(at)),
        _ => {
            let twice = letters[at];
            letters.insert(at, twice);
        }
    }
    letters.into_iter().collect()
}

/// Everything in one list: `each` letters of every form, and as many letters of their own as `singles` says, mixed.
pub fn mixed(forms: &[Form], quotes: &[&str], each: usize, singles: &[String], seed: u64) -> Vec<Labelled> {
    let mut dice = Dice(seed);
    let mut all = Vec::new();
    for (label, form) in forms.iter().enumerate() {
        for _ in 0..each {
            let quote = dice.pick(quotes).to_owned();
            all.push(Labelled { text: sent(form, &quote, &mut dice), label });
        }
    }
    for (at, text) in singles.iter().enumerate() {
        all.push(Labelled { text: text.clone(), label: forms.len() + at });
    }
    for last in (1..all.len()).rev() {
        all.swap(last, dice.below(last + 1));
    }
    all
}

/// Of pairs that were put together, how many belong together; and of pairs that belong together, how many were put so.
pub fn pairwise(labels: &[usize], clusters: &[usize]) -> (f64, f64) {
    let pairs = |of: &dyn Fn(usize) -> (usize, usize)| -> f64 {
        let mut counts = std::collections::BTreeMap::new();
        for at in 0..labels.len() {
            *counts.entry(of(at)).or_insert(0_u32) += 1;
        }
        counts.values().map(|count| f64::from(*count) * (f64::from(*count) - 1.0) / 2.0).sum()
    };
    let both = pairs(&|at| (labels[at], clusters[at]));
    (both / pairs(&|at| (clusters[at], 0)).max(1.0), both / pairs(&|at| (labels[at], 0)).max(1.0))
}
