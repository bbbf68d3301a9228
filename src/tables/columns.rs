//! The columns of both tables, in the terms of the composers' fields.

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
    }
}

words! {
    /// Which table.
    Layout {
        /// Our own sheet.
        Own = "own",
        /// The form of standards bodies.
        Iso = "iso",
    }
}

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
        }
    }

    /// The columns without which it can't be read.
    pub fn needed(self) -> &'static [Column] {
        match self {
            Self::Own => &[Column::Norm, Column::Clause, Column::Words, Column::Proposed, Column::Why],
            Self::Iso => &[Column::Clause, Column::Words, Column::Type, Column::Why, Column::Proposed],
        }
    }

    /// Whether somebody who writes into this column has said something: a row without such a cell is no comment.
    pub fn is_answer(self, column: Column) -> bool {
        match self {
            Self::Iso => matches!(column, Column::Why | Column::Proposed),
            Self::Own => {
                !matches!(column, Column::Norm | Column::Clause | Column::Line | Column::Words | Column::Reference)
            }
        }
    }

    /// The heading, as a person finds it in the file.
    pub fn heading(self, column: Column, lang: &crate::web::Language) -> String {
        let place = ISO.iter().position(|known| *known == column);
        match (self, place.and_then(|place| crate::comments::iso::HEADINGS.get(place))) {
            (Self::Iso, Some(heading)) => (*heading).to_owned(),
            _ => lang.t(&format!("table-column-{column}")),
        }
    }
}
