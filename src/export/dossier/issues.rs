//! The issues of a norm in a dossier, and the views of a minority.

use super::Dossier;
use super::model::{Proposed, Raised, by_breadth, of_minority};
use crate::clock::Moment;
use crate::comments::considered::model::Tally;
use crate::comments::redline::Redline;
use crate::deliberation::board::model::{About, State};
use crate::deliberation::text::rolling::stretches;
use crate::export::documents::{Document, words};
use crate::export::marshalled::span;
use crate::export::sheet::{BoxLine, Columns, Sheet, Span, Style};
use crate::export::told;
use crate::export::writer::WriteError;
use crate::norms::model::Norm;

impl Dossier {
    /// The issues of a norm, those with the most groups behind them first.
    pub(super) fn issues(&self, sheet: &mut dyn Sheet, norm: &Norm) -> Result<(), WriteError> {
        let lang = words();
        sheet.text(Style::Heading(2), &lang.t("dossier-issues"))?;
        let own = by_breadth(self.head.issues.iter().filter(|it| it.norm == norm.id));
        if own.is_empty() {
            return sheet.text(Style::Plain, &lang.t("dossier-no-issues"));
        }
        sheet.text(Style::Small, &lang.t("dossier-issues-note"))?;
        for issue in own {
            self.issue(sheet, norm, issue)?;
        }
        Ok(())
    }

    fn issue(&self, sheet: &mut dyn Sheet, norm: &Norm, it: &Raised) -> Result<(), WriteError> {
        let lang = words();
        let (number, about) = (it.number.to_string(), self.about(norm, it));
        sheet.text(Style::Heading(3), &lang.plain("dossier-issue", &[("number", &number), ("about", &about)]))?;
        sheet.paragraph(Style::Plain, &[Span::strong(&it.statement)])?;
        sheet.text(Style::Small, &behind(it))?;
        for (label, text) in [
            ("dossier-options", lettered(&it.options)),
            ("dossier-recommendation", it.recommendation.clone()),
            ("dossier-proposed", it.proposed.as_ref().map(proposed).unwrap_or_default()),
        ] {
            if !text.is_empty() {
                let label = lang.t(label);
                sheet.paragraph(Style::Plain, &[Span::strong(&label), Span::plain("\n"), Span::plain(&text)])?;
            }
        }
        let (title, lines) = decision_box(it);
        sheet.boxed(&title, &lines)
    }

    /// `3(b), "tamper with"`: the words, the lever, or the whole.
    fn about(&self, norm: &Norm, it: &Raised) -> String {
        let lang = words();
        match &it.about {
            About::Words { first, last, quote } => {
                let text = self.head.texts.iter().map(|(_, text)| text).find(|text| text.version.id == it.version);
                let clause =
                    text.map_or_else(|| norm.number.to_string(), |it| it.version.cite(norm.number, *first, *last));
                format!("{clause}, \u{201c}{quote}\u{201d}")
            }
            About::Lever { actor, instrument } => told::lever(actor, instrument),
            About::Whole => lang.t("dossier-whole"),
        }
    }

    /// The views of a minority on a norm: of issues, and of proposals on its wordings.
    pub(super) fn minority(
        &self,
        sheet: &mut dyn Sheet,
        norm: &Norm,
        documents: &[&Document],
    ) -> Result<(), WriteError> {
        let lang = words();
        sheet.text(Style::Heading(2), &lang.t("dossier-minority"))?;
        sheet.text(Style::Small, &lang.t("dossier-minority-note"))?;
        let mut is_any = self.lone_issues(sheet, norm)?;
        for document in documents {
            is_any |= self.lone_proposals(sheet, document)?;
        }
        if is_any { Ok(()) } else { sheet.text(Style::Plain, &lang.t("dossier-minority-none")) }
    }

    /// Whether there are any.
    fn lone_issues(&self, sheet: &mut dyn Sheet, norm: &Norm) -> Result<bool, WriteError> {
        let lang = words();
        let own = self.head.issues.iter().filter(|it| it.norm == norm.id);
        let alone: Vec<(&Raised, &str)> = own.filter_map(|it| Some((it, it.lone_group()?))).collect();
        if alone.is_empty() {
            return Ok(false);
        }
        let headings = [lang.t("dossier-issue-short"), lang.t("levers-group"), lang.t("dossier-decision")];
        let caption = lang.t("dossier-minority-issues");
        sheet.begin_table(&Columns { caption: &caption, widths: &[9, 4, 5], headings: &headings })?;
        for (it, group) in alone {
            let question = format!("{}. {}", it.number, it.statement);
            let decided = match (&it.decided, &it.proposed) {
                (Some(decided), _) => told::disposition(&decided.disposition).to_owned(),
                (None, _) => lang.t("dossier-open"),
            };
            let group = told::group(group);
            sheet.row(&[vec![Span::plain(&question)], vec![Span::plain(group)], vec![Span::plain(&decided)]])?;
        }
        sheet.end_table()?;
        Ok(true)
    }

    /// Whether there are any.
    fn lone_proposals(&self, sheet: &mut dyn Sheet, document: &Document) -> Result<bool, WriteError> {
        let lang = words();
        let groups = stretches(&document.text.version.body, &document.items);
        let group_of = |reference: &str| self.groups.get(reference).map(String::as_str);
        let alone = of_minority(&document.items, &groups, group_of);
        if alone.is_empty() {
            return Ok(false);
        }
        let headings = [lang.t("documents-words"), lang.t("documents-proposal"), lang.t("documents-supporters")];
        let caption = lang.plain("dossier-minority-proposals", &[("title", &document.title(lang))]);
        sheet.begin_table(&Columns { caption: &caption, widths: &[4, 9, 5], headings: &headings })?;
        for (place, group) in alone {
            let Some(item) = document.items.get(place) else { continue };
            let (at, redline) = (document.place(lang, item), Redline::between(document.quote(item), &item.wording));
            let mark =
                if item.is_confidential() { format!("[{}] ", lang.t("documents-confidential")) } else { String::new() };
            let by = format!("{mark}{}: {}", told::group(group), document.who(&place));
            let change: Vec<Span<'_>> = redline.pieces.iter().map(span).collect();
            sheet.row(&[vec![Span::plain(&at)], change, vec![Span::plain(&by)]])?;
        }
        sheet.end_table()?;
        Ok(true)
    }
}

/// `Groups: 2 (Company 3, Academia 1). Organisations and people: 4. ...`
fn behind(it: &Raised) -> String {
    let Tally { comments, voices, texts, confidential, .. } = it.all();
    let groups = it.groups();
    let told = |tally: &&Tally| match (tally.voices, tally.confidential) {
        (0, hidden) => format!("{} ({hidden})", told::group(&tally.group)),
        (voices, _) => format!("{} {voices}", told::group(&tally.group)),
    };
    let names = groups.iter().map(told).collect::<Vec<_>>().join(", ");
    let names = if names.is_empty() { "\u{2013}".to_owned() } else { names };
    words().plain(
        "dossier-behind",
        &[
            ("groups", &groups.len().to_string()),
            ("names", &names),
            ("voices", &voices.to_string()),
            ("texts", &texts.to_string()),
            ("comments", &comments.to_string()),
            ("confidential", &confidential.to_string()),
        ],
    )
}

/// `A. ...`, each in a line of its own.
fn lettered(options: &[String]) -> String {
    let line = |(letter, option): (char, &String)| format!("{letter}. {option}");
    ('A'..='Z').zip(options).map(line).collect::<Vec<_>>().join("\n")
}

fn decision(disposition: &str, reasons: &str) -> String {
    format!("{}: {reasons}", told::disposition(disposition))
}

/// `The words in question then read: "must not tamper"`.
fn adopted(wording: &str) -> String {
    format!("{} \u{201c}{wording}\u{201d}", words().t("outcome-adopted-words"))
}

fn proposed(it: &Proposed) -> String {
    let decision = decision(&it.disposition, &it.reasons);
    if it.wording.is_empty() { decision } else { format!("{decision}\n{}", adopted(&it.wording)) }
}

fn day(at: Moment) -> String {
    words().date(at.date())
}

/// What was decided; of what is open, what there is to tick.
pub fn decision_box(it: &Raised) -> (String, Vec<BoxLine>) {
    let lang = words();
    let mut lines = Vec::new();
    if let Some(decided) = &it.decided {
        let text = decision(&decided.disposition, &decided.reasons);
        lines.push(BoxLine { has_tick: false, text });
        if !decided.wording.is_empty() {
            lines.push(BoxLine { has_tick: false, text: adopted(&decided.wording) });
        }
        if !it.is_open() {
            return (lang.plain("dossier-decided", &[("day", &day(decided.at))]), lines);
        }
        let text = lang.plain("dossier-again", &[("day", &day(decided.at))]);
        lines.push(BoxLine { has_tick: false, text });
    }
    let tick = |text: String| BoxLine { has_tick: true, text };
    let options = ('A'..='Z').zip(&it.options);
    lines.extend(options.map(|(letter, option)| tick(format!("{letter}. {option}"))));
    if !it.recommendation.is_empty() {
        lines.push(tick(lang.t("dossier-tick-recommended")));
    }
    lines.extend(["dossier-tick-deferred", "dossier-tick-other"].map(|id| tick(lang.t(id))));
    (lang.plain("dossier-to-decide", &[("state", &state(it.state))]), lines)
}

fn state(state: State) -> String {
    words().t(match state {
        State::Draft => "board-state-draft",
        State::Proposed => "board-state-proposed",
        State::Validated => "board-state-validated",
        State::Published => "board-state-published",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::from_micros;
    use crate::export::dossier::model::Decided;
    use crate::ids::{NormId, TextVersionId};

    fn raised(state: State, decided: Option<&str>) -> Raised {
        Raised {
            norm: NormId::new(),
            number: 1,
            about: About::Whole,
            version: TextVersionId::new(),
            statement: "Which?".into(),
            options: vec!["This".into(), "That".into()],
            recommendation: "This, since it is shorter.".into(),
            proposed: None,
            state,
            decided: decided.map(|disposition| Decided {
                statement: "Which?".into(),
                disposition: disposition.into(),
                reasons: "Because.".into(),
                wording: String::new(),
                at: from_micros(1_546_300_800_000_000),
            }),
            tallies: Vec::new(),
        }
    }

    fn ticks(lines: &[BoxLine]) -> Vec<&str> {
        lines.iter().filter(|line| line.has_tick).map(|line| line.text.as_str()).collect()
    }

    #[test]
    fn what_is_open_has_a_square_for_each_option() {
        let (title, lines) = decision_box(&raised(State::Draft, None));
        assert!(title.contains("To be decided") && title.contains("Draft"), "{title}");
        let ticks = ticks(&lines);
        assert_eq!(ticks.len(), 5);
        assert_eq!(ticks[..2], ["A. This", "B. That"]);
    }

    #[test]
    fn what_is_decided_says_so_and_has_nothing_to_tick() {
        let (title, lines) = decision_box(&raised(State::Published, Some("not-adopted")));
        assert!(title.contains("1 January 2019"), "{title}");
        assert_eq!(lines, [BoxLine { has_tick: false, text: "Not adopted: Because.".into() }]);
    }

    #[test]
    fn words_that_were_adopted_stand_under_the_decision() {
        let mut issue = raised(State::Published, Some("adopted-in-part"));
        issue.decided.as_mut().unwrap().wording = "must not tamper".into();
        let (_, lines) = decision_box(&issue);
        let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        let words = "The words in question then read: \u{201c}must not tamper\u{201d}";
        assert_eq!(texts, ["Adopted in part: Because.", words]);
    }

    #[test]
    fn what_is_taken_up_again_has_both() {
        let (title, lines) = decision_box(&raised(State::Draft, Some("noted")));
        assert!(title.contains("To be decided"), "{title}");
        assert_eq!(lines[0].text, "Noted: Because.");
        assert_eq!(ticks(&lines).len(), 5);
    }
}
