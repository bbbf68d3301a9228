//! Whose the rows of a table are that staff enter: what a row's own columns say, and what the form says where these are
//! empty. Pure.

use std::borrow::Cow;

use chrono::TimeDelta;

use super::columns::{Column, OF_AUTHOR};
use super::headings::fold;
use super::model::Row;
use super::rows::{Judged, Outcome};
use crate::accounts::form::countries;
use crate::accounts::model::OnBehalfOf;
use crate::clock::Moment;
use crate::comments::received::form::{self, FIELDS};
use crate::comments::received::model::{Came, Late, in_time};
use crate::norms::model::Consultation;
use crate::norms::vocabulary::{List, Vocabulary};
use crate::web::{Fields, Language};

/// What says who an author is and how to reach them: a row that names its author takes none of this from the form.
const WHO: [Column; 4] = [Column::Author, Column::Organisation, Column::Behalf, Column::Address];

/// Fields of the form and what is wrong with them.
pub type FormFaults = Vec<(Cow<'static, str>, String)>;

/// What rows are given their authors with.
pub struct Authors<'a> {
    /// What the form says.
    pub fields: &'a Fields,
    /// The lists of codes.
    pub vocabulary: &'a Vocabulary,
    /// The language of messages.
    pub lang: &'a Language,
    /// The moment.
    pub now: Moment,
    /// What the comments are to be in time for.
    pub consultation: &'a Consultation,
    /// How long after its end comments may be entered.
    pub grace: TimeDelta,
    /// Says why a comment is not in time.
    pub late: &'a dyn Fn(Late) -> String,
}

/// What a row says about its author and its arrival, as it stands there.
pub fn said(row: &Row) -> impl Iterator<Item = (Column, &str)> {
    OF_AUTHOR.into_iter().map(|column| (column, row.get(column))).filter(|(_, text)| !text.is_empty())
}

/// The author that a row names, for comparing; empty if it names none.
pub fn named(row: &Row) -> String {
    let who: Vec<&str> = WHO.into_iter().map(|column| row.get(column)).collect();
    if who.iter().all(|text| text.is_empty()) { String::new() } else { who.join("\n").to_lowercase() }
}

impl Authors<'_> {
    /// Gives each row its author, or the faults of its own cells; the faults that are the form's.
    pub fn give(&self, judged: &mut [Judged<'_>]) -> FormFaults {
        let mut of_form = FormFaults::new();
        for it in judged {
            let mut faults = self.faulty_cells(it.row);
            match self.came(it.row) {
                Ok(came) => it.came = Some(came),
                Err(wrong) if said(it.row).next().is_none() => of_form.extend(wrong),
                Err(wrong) => {
                    faults.extend(wrong.into_iter().map(|(field, message)| self.own(it.row, &field, message)));
                }
            }
            if faults.is_empty() {
                continue;
            }
            match &mut it.outcome {
                Outcome::Wrong(known) => known.extend(faults),
                outcome => *outcome = Outcome::Wrong(faults),
            }
        }
        of_form
    }

    /// Cells that can't be read as such: formulas, cells merged with others.
    fn faulty_cells(&self, row: &Row) -> Vec<(Column, String)> {
        let fault = |(column, message): &(String, String)| {
            let column = Column::parse(column).filter(|column| OF_AUTHOR.contains(column))?;
            Some((column, self.lang.t(message)))
        };
        row.faults.iter().filter_map(fault).collect()
    }

    fn came(&self, row: &Row) -> Result<Came, FormFaults> {
        let came = form::came(&self.fields(row), self.now, self.vocabulary, self.lang);
        let came = came.map_err(|form| form.errors().to_vec())?;
        // An address or organisation beside the form's name would make one author of two people.
        if !named(row).is_empty() && row.get(Column::Author).is_empty() {
            return Err(vec![(Column::Author.as_str().into(), self.lang.t("table-author-unnamed"))]);
        }
        match in_time(came.on, self.now, self.consultation, self.grace) {
            Ok(_) => Ok(came),
            Err(late) => Err(vec![(Column::ReceivedOn.as_str().into(), (self.late)(late))]),
        }
    }

    /// The form's fields as this row has them filled in.
    fn fields(&self, row: &Row) -> Fields {
        let names_author = !row.get(Column::Author).is_empty();
        let of_form = |name: &&str| !(names_author && WHO.iter().any(|column| column.as_str() == *name));
        let mut fields = Fields::default();
        for name in FIELDS.into_iter().filter(of_form) {
            fields.set(name, self.fields.get(name));
        }
        for (column, text) in said(row) {
            fields.set(column.as_str(), self.code(column, text));
        }
        fields
    }

    /// The code of what is written into a cell: itself, or its label.
    fn code(&self, column: Column, text: &str) -> String {
        let listed = |list: &List| {
            let fits = |label: &str| fold(label) == fold(text);
            let item = list.items().iter().find(|item| item.code.eq_ignore_ascii_case(text) || fits(&item.label));
            item.map(|item| item.code.clone())
        };
        let found = match column {
            Column::Group => listed(&self.vocabulary.groups),
            Column::Channel => listed(&self.vocabulary.channels),
            Column::Country => countries().into_iter().find(|(_, name)| fold(name) == fold(text)).map(|(code, _)| code),
            Column::Behalf => {
                let label = |it: &&OnBehalfOf| fold(&self.lang.t(&format!("table-behalf-{it}"))) == fold(text);
                OnBehalfOf::ALL.iter().find(label).map(OnBehalfOf::to_string)
            }
            _ => None,
        };
        found.unwrap_or_else(|| text.to_owned())
    }

    /// A fault as that of a row which says something of its author: what it leaves empty, the form leaves empty too.
    fn own(&self, row: &Row, field: &str, message: String) -> (Column, String) {
        let column = Column::parse(field).unwrap_or(Column::Author);
        let is_empty = row.get(column).is_empty() && self.fields(row).get(field).is_empty();
        let is_needed = matches!(column, Column::Author | Column::Group | Column::Channel | Column::ReceivedOn);
        (column, if is_empty && is_needed { self.lang.t("table-author-empty") } else { message })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ConsultationId;
    use crate::norms::vocabulary::SHIPPED;
    use crate::tables::columns::Layout;
    use crate::web::language;

    fn row(cells: &[(&str, &str)]) -> Row {
        Row::of(cells.iter().fold(Fields::default(), |all, (name, value)| all.with(name, *value)))
    }

    /// The author of a row, or column and message of its faults (no column: the form's).
    fn given(form: &[(&str, &str)], row: &Row) -> Result<Came, Vec<(Option<Column>, String)>> {
        let fields = form.iter().fold(Fields::default(), |all, (name, value)| all.with(name, *value));
        let vocabulary = Vocabulary::parse(SHIPPED).unwrap();
        let consultation = Consultation {
            id: ConsultationId::new(),
            code: "GCSC".into(),
            title: String::new(),
            commission: String::new(),
            summary: String::new(),
            summary_source: String::new(),
            timeline: Vec::new(),
            opens_at: "2026-11-02T09:00:00".parse().unwrap(),
            closes_at: None,
            version: 1,
        };
        let authors = Authors {
            fields: &fields,
            vocabulary: &vocabulary,
            lang: language::named("en"),
            now: "2026-11-23T12:00:00".parse().unwrap(),
            consultation: &consultation,
            grace: TimeDelta::days(14),
            late: &|_| "late".to_owned(),
        };
        let outcome = Outcome::Which(0, Vec::new());
        let mut judged = [Judged { row, outcome, same_as: None, came: None }];
        let faults = authors.give(&mut judged);
        let [judged] = judged;
        match (judged.came, judged.outcome) {
            (Some(came), Outcome::Which(..)) => Ok(came),
            (_, Outcome::Wrong(faults)) => {
                Err(faults.into_iter().map(|(column, message)| (Some(column), message)).collect())
            }
            _ => Err(faults.into_iter().map(|(_, message)| (None, message)).collect()),
        }
    }

    const FORM: [(&str, &str); 7] = [
        ("channel", "letter"),
        ("received_on", "2026-11-20"),
        ("name", "Petra"),
        ("stakeholder_group", "individual"),
        ("organisation", "House of Paper"),
        ("on_behalf_of", "organisation"),
        ("email", "petra@example.org"),
    ];

    #[test]
    fn a_row_says_what_it_says_and_the_form_the_rest() {
        let plain = given(&FORM, &row(&[])).unwrap();
        assert_eq!((plain.author.name.as_str(), plain.email.unwrap().as_str()), ("Petra", "petra@example.org"));
        let dated = given(&FORM, &row(&[("received_on", "2026-11-21"), ("channel", "E-mail")])).unwrap();
        assert_eq!((dated.on.to_string().as_str(), dated.channel.as_str()), ("2026-11-21", "e-mail"));
        assert_eq!(dated.author.organisation.as_deref(), Some("House of Paper"));
    }

    #[test]
    fn who_is_named_by_a_row_gets_nothing_of_whom_the_form_names() {
        let own = given(&FORM, &row(&[("name", "Omar"), ("country", "Kenya"), ("event", "Hearing")])).unwrap();
        assert_eq!((own.author.name.as_str(), own.author.organisation, own.email), ("Omar", None, None));
        assert_eq!(own.author.on_behalf_of, OnBehalfOf::Myself);
        assert_eq!((own.author.stakeholder_group.as_str(), own.event.as_str()), ("individual", "Hearing"));
    }

    #[test]
    fn faults_are_the_rows_where_it_says_something_and_the_forms_where_not() {
        let columns = |found: Result<Came, Vec<(Option<Column>, String)>>| {
            found.unwrap_err().into_iter().map(|(column, _)| column).collect::<Vec<_>>()
        };
        assert_eq!(columns(given(&[], &row(&[]))), [None; 4]);
        for (cell, value) in [
            ("channel", "pigeon"),
            ("received_on", "20.11.2026"),
            ("received_on", "2026-10-01"),
            ("stakeholder_group", "nobody"),
            ("country", "Atlantis"),
            ("on_behalf_of", "everybody"),
            ("email", "omar"),
        ] {
            let column = Column::parse(cell).unwrap();
            assert_eq!(columns(given(&FORM, &row(&[(cell, value)]))), [Some(column)], "{value}");
        }
        let empty = given(&[], &row(&[("name", "Omar")])).unwrap_err();
        assert!(empty.iter().all(|(column, message)| column.is_some() && message.starts_with("Empty")), "{empty:?}");
        for more in [("email", "omar@example.org"), ("organisation", "Bureau"), ("on_behalf_of", "organisation")] {
            assert_eq!(columns(given(&FORM, &row(&[more]))), [Some(Column::Author)], "{more:?}");
        }
        let mut formula = row(&[("name", "Omar")]);
        formula.faults.push(("name".into(), "table-fault-formula".into()));
        assert_eq!(columns(given(&FORM, &formula)), [Some(Column::Author)]);
    }

    #[test]
    fn no_column_about_the_author_makes_a_row_a_comment() {
        for column in OF_AUTHOR {
            assert!(FIELDS.contains(&column.as_str()), "{column}");
            assert!(!Layout::Own.is_answer(column) && !Layout::Iso.is_answer(column), "{column}");
        }
    }
}
