//! The columns of the tables that are read, in the terms of the forms' fields.

use crate::db::words;

words! {
    /// What a column holds.
    Column {
        /// Number, title or address of the norm.
        Norm = "norm",
        /// The letter of a clause, or how people cite it.
        Clause = "clause",
        /// The number of the line on which the words begin.
        Line = "line",
        /// The words.
        Words = "words",
        /// Wording, lever or whole text.
        Kind = "kind",
        /// The concern of a wording comment.
        Concern = "concern",
        /// The proposed words.
        Proposed = "proposed_wording",
        /// Why.
        Why = "rationale",
        /// A link.
        Evidence = "evidence",
        /// Who should act.
        Actor = "actor",
        /// By what kind of instrument.
        Instrument = "instrument",
        /// What they should do.
        Action = "action",
        /// By when.
        ByWhen = "by_when",
        /// An existing example.
        Example = "example",
        /// What could stand in the way.
        Obstacles = "obstacles",
        /// What it would cost.
        Cost = "cost",
        /// The reference of a comment that was sent; for reading only.
        Reference = "reference",
        /// Country or group and running number, in the ISO form.
        Member = "member",
        /// ge, te or ed, in the ISO form.
        Type = "class",
        /// What the secretariat says, in the ISO form.
        Observations = "observations",
        /// Which issue, in the disposition sheet.
        Issue = "issue",
        /// What is decided on it, in the disposition sheet.
        Disposition = "disposition",
        /// Why, in the disposition sheet.
        Reasons = "reasons",
        /// From which state of the board its row was made, in the disposition sheet.
        MadeFrom = "made_from",
        /// Who wrote or spoke, in a table that staff enter.
        Author = "name",
        /// Of which organisation.
        Organisation = "organisation",
        /// Of which stakeholder group.
        Group = "stakeholder_group",
        /// From which country.
        Country = "country",
        /// Whom they speak for.
        Behalf = "on_behalf_of",
        /// Their address.
        Address = "email",
        /// By what the comment came.
        Channel = "channel",
        /// On which day it came.
        ReceivedOn = "received_on",
        /// At which meeting, or under which number.
        Event = "event",
    }
}

words! {
    /// What a table is read for.
    Purpose {
        /// For the comments in it.
        Comments = "comments",
        /// For what the Secretariat wrote to comments and issues.
        Observations = "observations",
    }
}

words! {
    /// Which table.
    Layout {
        /// Our own sheet.
        Own = "own",
        /// The form of standards bodies.
        Iso = "iso",
        /// The disposition sheet.
        Dispositions = "dispositions",
    }
}

/// The headings of the disposition sheet, to the letter; the third and the sixth are for reading only.
pub const SHEET: [&str; 7] = ["Issue", "Statement", "Comments", "Disposition", "Reasons", "State", "Made from"];

/// The columns of the disposition sheet that are read, each with its place.
pub const ANSWERS: [(usize, Column); 4] =
    [(0, Column::Issue), (3, Column::Disposition), (4, Column::Reasons), (6, Column::MadeFrom)];

/// The columns of our own sheet, in order.
pub const OWN: [Column; 17] = [
    Column::Norm,
    Column::Clause,
    Column::Line,
    Column::Words,
    Column::Kind,
    Column::Concern,
    Column::Proposed,
    Column::Why,
    Column::Evidence,
    Column::Actor,
    Column::Instrument,
    Column::Action,
    Column::ByWhen,
    Column::Example,
    Column::Obstacles,
    Column::Cost,
    Column::Reference,
];

/// The columns about author and arrival that either table may have besides: for staff who enter what came another way.
/// They are called as the fields of `comments::received::form`.
pub const OF_AUTHOR: [Column; 9] = [
    Column::Author,
    Column::Organisation,
    Column::Group,
    Column::Country,
    Column::Behalf,
    Column::Address,
    Column::Channel,
    Column::ReceivedOn,
    Column::Event,
];

/// The columns of the ISO form, in order.
pub const ISO: [Column; 8] = [
    Column::Member,
    Column::Line,
    Column::Clause,
    Column::Words,
    Column::Type,
    Column::Why,
    Column::Proposed,
    Column::Observations,
];

impl Layout {
    /// Its columns, in order.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::Own => &OWN,
            Self::Iso => &ISO,
            Self::Dispositions => &[Column::Issue, Column::Disposition, Column::Reasons, Column::MadeFrom],
        }
    }

    /// The columns without which it can't be read for this purpose.
    pub fn needed(self, purpose: Purpose) -> &'static [Column] {
        match self {
            Self::Iso if purpose == Purpose::Observations => &[Column::Member, Column::Observations],
            Self::Dispositions => self.columns(),
            Self::Own => &[Column::Norm, Column::Clause, Column::Words, Column::Proposed, Column::Why],
            Self::Iso => &[Column::Clause, Column::Words, Column::Type, Column::Why, Column::Proposed],
        }
    }

    /// Whether somebody who writes into this column has said something: a row without such a cell is no comment.
    pub fn is_answer(self, column: Column) -> bool {
        match self {
            Self::Iso => matches!(column, Column::Why | Column::Proposed),
            Self::Own => {
                let is_place = matches!(column, Column::Norm | Column::Clause | Column::Line | Column::Words);
                !is_place && column != Column::Reference && !OF_AUTHOR.contains(&column)
            }
            Self::Dispositions => true,
        }
    }

    /// The heading, as a person finds it in the file.
    pub fn heading(self, column: Column, lang: &crate::web::Language) -> String {
        if let Some(heading) = ANSWERS.iter().find(|(_, known)| *known == column).and_then(|(at, _)| SHEET.get(*at)) {
            return (*heading).to_owned();
        }
        let place = ISO.iter().position(|known| *known == column);
        match (self, place.and_then(|place| crate::comments::iso::HEADINGS.get(place))) {
            (Self::Iso, Some(heading)) => (*heading).to_owned(),
            _ => lang.t(&format!("table-column-{column}")),
        }
    }
}
