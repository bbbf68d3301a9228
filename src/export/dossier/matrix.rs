//! The lever matrix of a norm: who should act by what, proposed by which groups and from where. Counts and the first
//! references; never all of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::export::documents::words;
use crate::export::levers::{NO_REGION, Side, place};
use crate::export::record::Record;
use crate::export::sheet::{Columns, Sheet, Span, Style};
use crate::export::told;
use crate::export::writer::WriteError;
use crate::norms::vocabulary::Vocabulary;
use crate::public::overview::regions;

/// References that a row names; the annex has all of them.
const MOST_NAMED: usize = 6;

/// A row: one actor and one instrument.
#[derive(Debug, Default)]
struct Cell {
    levers: usize,
    groups: BTreeMap<String, usize>,
    regions: BTreeSet<&'static str>,
    /// The first of them.
    references: Vec<String>,
}

/// Levers as they come.
#[derive(Debug, Default)]
pub struct Matrix(BTreeMap<(String, String), Cell>);

impl Matrix {
    /// Adds the lever of a comment.
    pub fn add(&mut self, record: &Record) {
        let cell = self.0.entry((record.actor.clone(), record.instrument.clone())).or_default();
        cell.levers += 1;
        *cell.groups.entry(record.stakeholder_group.clone()).or_default() += 1;
        cell.regions.insert(regions::of(&record.country).unwrap_or(NO_REGION));
        if cell.references.len() < MOST_NAMED {
            cell.references.push(record.reference.clone());
        }
    }

    /// Writes the matrix.
    pub fn write(&self, sheet: &mut dyn Sheet) -> Result<(), WriteError> {
        let lang = words();
        let Some(lists) = told::vocabulary().filter(|_| !self.0.is_empty()) else {
            return sheet.text(Style::Plain, &lang.t("dossier-no-levers"));
        };
        sheet.text(Style::Plain, &lang.t("dossier-levers-note"))?;
        self.by_group(sheet, lists)?;
        self.in_full(sheet, lists)
    }

    /// Who should act, by which group proposes it: the groups as their three letters.
    fn by_group(&self, sheet: &mut dyn Sheet, lists: &Vocabulary) -> Result<(), WriteError> {
        let lang = words();
        let is_there = |code: &str| self.0.values().any(|cell| cell.groups.contains_key(code));
        let groups: Vec<(&str, &str, &str)> = (lists.groups.items().iter())
            .filter(|item| is_there(&item.code))
            .map(|item| (item.code.as_str(), item.short.as_deref().unwrap_or(&item.code), item.label.as_str()))
            .collect();
        let mut headings = vec![lang.t("levers-actor")];
        headings.extend(groups.iter().map(|(_, short, _)| (*short).to_owned()));
        let mut widths = vec![6_u16];
        widths.extend(groups.iter().map(|_| 1_u16));
        let caption = lang.t("levers-by-group");
        sheet.begin_table(&Columns { caption: &caption, widths: &widths, headings: &headings })?;
        let mut actors: Vec<&str> = self.0.keys().map(|(actor, _)| actor.as_str()).collect();
        actors.dedup();
        actors.sort_by_key(|actor| place(Side::Actor, actor, lists));
        for actor in actors {
            let own = || self.0.iter().filter(|((of, _), _)| of == actor).map(|(_, cell)| cell);
            let count = |group: &str| own().filter_map(|cell| cell.groups.get(group)).sum::<usize>();
            let counts = groups.iter().map(|(code, ..)| match count(code) {
                0 => "\u{2013}".to_owned(),
                count => count.to_string(),
            });
            let texts: Vec<String> =
                std::iter::once(lists.actors.label_or_code(actor).to_owned()).chain(counts).collect();
            sheet.row(&texts.iter().map(|text| vec![Span::plain(text)]).collect::<Vec<_>>())?;
        }
        sheet.end_table()?;
        let legend: Vec<String> = groups.iter().map(|(_, short, label)| format!("{short}: {label}")).collect();
        sheet.text(Style::Small, &legend.join("; "))
    }

    fn in_full(&self, sheet: &mut dyn Sheet, lists: &Vocabulary) -> Result<(), WriteError> {
        let lang = words();
        let headings = [
            lang.t("levers-actor"),
            lang.t("levers-instrument"),
            lang.t("dossier-levers-by"),
            lang.t("levers-region"),
            lang.t("documents-comments"),
        ];
        let caption = lang.t("dossier-levers-full");
        sheet.begin_table(&Columns { caption: &caption, widths: &[4, 4, 4, 3, 5], headings: &headings })?;
        let mut rows: Vec<(&(String, String), &Cell)> = self.0.iter().collect();
        rows.sort_by_key(|((actor, instrument), _)| {
            (place(Side::Actor, actor, lists), place(Side::Instrument, instrument, lists))
        });
        for ((actor, instrument), cell) in rows {
            let texts = [
                lists.actors.label_or_code(actor).to_owned(),
                lists.instruments.label_or_code(instrument).to_owned(),
                cell.by(lists),
                cell.regions.iter().map(|region| region_words(region)).collect::<Vec<_>>().join(", "),
                cell.named(),
            ];
            sheet.row(&texts.iter().map(|text| vec![Span::plain(text)]).collect::<Vec<_>>())?;
        }
        sheet.end_table()
    }
}

impl Cell {
    /// `Company 3, Academia 1`
    fn by(&self, lists: &Vocabulary) -> String {
        let mut groups: Vec<(&String, &usize)> = self.groups.iter().collect();
        groups.sort_by_key(|(group, count)| (std::cmp::Reverse(**count), place(Side::Group, group, lists)));
        let told = |(group, count): &(&String, &usize)| format!("{} {count}", lists.groups.label_or_code(group));
        groups.iter().map(told).collect::<Vec<_>>().join(", ")
    }

    /// The first references, and how many more there are.
    fn named(&self) -> String {
        let others = self.levers - self.references.len();
        let more = if others > 0 { format!(", +{others}") } else { String::new() };
        format!("{}{more}", self.references.join(", "))
    }
}

fn region_words(region: &str) -> String {
    if region == NO_REGION {
        words().t("overview-region-none")
    } else {
        words().t(&format!("overview-region-{region}"))
    }
}
