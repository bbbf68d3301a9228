//! The figures: kept as JSON, printed as a table, held against what is to be reached.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// What a figure is to reach.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub enum Target {
    /// This or more.
    AtLeast(f64),
    /// This or less.
    AtMost(f64),
}

impl Target {
    fn is_reached(self, value: f64) -> bool {
        match self {
            Self::AtLeast(least) => value >= least,
            Self::AtMost(most) => value <= most,
        }
    }

    fn words(self) -> String {
        match self {
            Self::AtLeast(least) => format!("at least {least}"),
            Self::AtMost(most) => format!("at most {most}"),
        }
    }
}

/// One measured number.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Figure {
    /// Of what.
    pub name: String,
    /// How much.
    pub value: f64,
    /// Of which unit.
    pub unit: String,
    /// What it is to reach, if anything.
    pub target: Option<Target>,
}

/// Everything that a run measured.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Report {
    /// How many comments there were.
    pub comments: usize,
    /// On which database.
    pub database: String,
    /// On which machine.
    pub machine: String,
    /// In the order in which they were measured.
    pub figures: Vec<Figure>,
    /// What could not be measured, and why.
    pub notes: Vec<String>,
}

impl Report {
    /// Adds a figure and says it.
    pub fn add(&mut self, name: impl Into<String>, value: f64, unit: &str) {
        self.put(name.into(), value, unit, None);
    }

    /// Adds a figure that is to reach something.
    pub fn hold(&mut self, name: impl Into<String>, value: f64, unit: &str, target: Target) {
        self.put(name.into(), value, unit, Some(target));
    }

    /// Adds a remark.
    pub fn note(&mut self, text: impl Into<String>) {
        let text = text.into();
        eprintln!("  {text}");
        self.notes.push(text);
    }

    fn put(&mut self, name: String, value: f64, unit: &str, target: Option<Target>) {
        eprintln!("  {name}: {} {unit}", number(value));
        self.figures.push(Figure { name, value, unit: unit.to_owned(), target });
    }

    /// The table, as Markdown.
    pub fn print(&self) {
        println!("\n{} comments, {}\n{}\n", grouped(self.comments), self.database, self.machine);
        println!("| What | Measured | To reach | |\n|---|---:|---:|---|");
        for figure in &self.figures {
            let (target, verdict) = match figure.target {
                None => (String::new(), ""),
                Some(target) if target.is_reached(figure.value) => (target.words(), "reached"),
                Some(target) => (target.words(), "not reached"),
            };
            println!("| {} | {} {} | {target} | {verdict} |", figure.name, number(figure.value), figure.unit);
        }
        for note in &self.notes {
            println!("\n{note}");
        }
    }

    /// Keeps the figures in a file.
    pub fn save(&self, file: &Path) {
        fs::write(file, serde_json::to_vec_pretty(self).expect("figures")).expect("a file for the figures");
    }

    fn load(file: &Path) -> Self {
        serde_json::from_slice(&fs::read(file).expect("a file of figures")).expect("figures")
    }
}

/// How the median of each address grows from the first file to the others.
pub fn growth(files: &[impl AsRef<Path>]) {
    let reports: Vec<Report> = files.iter().map(|file| Report::load(file.as_ref())).collect();
    let Some(first) = reports.first() else { return };
    let counts: Vec<String> = reports.iter().map(|report| grouped(report.comments)).collect();
    println!("| Median | {} | last to first | |\n|---|{}---:|---|", counts.join(" | "), "---:|".repeat(counts.len()));
    let medians: Vec<BTreeMap<&str, f64>> = reports
        .iter()
        .map(|report| {
            let medians = report.figures.iter().filter(|it| it.name.ends_with(MEDIAN));
            medians.map(|it| (it.name.as_str(), it.value)).collect()
        })
        .collect();
    for name in first.figures.iter().map(|it| it.name.as_str()).filter(|name| name.ends_with(MEDIAN)) {
        let row: Vec<Option<f64>> = medians.iter().map(|values| values.get(name).copied()).collect();
        let cells: Vec<String> =
            row.iter().map(|it| it.map_or("-".to_owned(), |it| format!("{} µs", number(it)))).collect();
        let ratio = row.last().copied().flatten().zip(row.first().copied().flatten()).map(|(last, first)| last / first);
        let verdict = match ratio {
            Some(ratio) if ratio <= 1.3 => "reached",
            Some(_) => "not reached",
            None => "",
        };
        let ratio = ratio.map_or("-".to_owned(), number);
        println!("| {} | {} | {ratio} | {verdict} |", name.trim_end_matches(MEDIAN), cells.join(" | "));
    }
}

/// How the names of figures end that are compared between runs.
pub const MEDIAN: &str = ", median";

/// A number as people read it: three digits that matter.
fn number(value: f64) -> String {
    match value.abs() {
        size if size >= 1000.0 => grouped(value.round() as usize),
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

fn grouped(value: usize) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The middle one.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
