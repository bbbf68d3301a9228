//! The first page of a dossier, and its part on each norm.

use super::Dossier;
use crate::export::documents::{Document, words};
use crate::export::rolling;
use crate::export::sheet::{Columns, Sheet, Span, Style};
use crate::export::told;
use crate::export::writer::WriteError;
use crate::norms::model::Norm;

impl Dossier {
    /// What it is, for whom, of when, and how much is in it.
    pub(super) fn first_page(&self, sheet: &mut dyn Sheet) -> Result<(), WriteError> {
        let (lang, head) = (words(), &self.head);
        let consultation = &head.consultation;
        let closes = consultation.closes_at.map_or_else(|| "\u{2013}".to_owned(), |at| lang.date(at.date()));
        let comments: u64 = head.texts.iter().map(|(norm, _)| self.comments(norm.id)).sum();
        let fact = |id: &str, value: String| (lang.t(id), value);
        sheet.facts(&[
            fact("dossier-consultation", format!("{} ({})", consultation.title, consultation.code)),
            fact("dossier-window", format!("{} \u{2013} {closes}", lang.date(consultation.opens_at.date()))),
            fact("dossier-made", lang.time(head.made_at)),
            fact("dossier-for", head.requested_by.clone()),
            fact("documents-comments", comments.to_string()),
            fact("dossier-address", head.origin.clone()),
        ])?;
        self.at_a_glance(sheet)?;
        let mut headings: Vec<String> = head.texts.iter().map(|(norm, _)| heading(norm)).collect();
        headings.push(lang.t("dossier-annex"));
        sheet.contents(&headings)
    }

    /// How much was said about each norm, and how much of it is decided.
    fn at_a_glance(&self, sheet: &mut dyn Sheet) -> Result<(), WriteError> {
        let lang = words();
        let headings = [
            lang.t("dossier-norm"),
            lang.t("documents-comments"),
            lang.t("dossier-groups"),
            lang.t("dossier-issues-short"),
            lang.t("dossier-decided-short"),
            lang.t("dossier-open"),
        ];
        let caption = lang.t("dossier-glance");
        sheet.begin_table(&Columns { caption: &caption, widths: &[8, 3, 2, 2, 2, 2], headings: &headings })?;
        for (norm, _) in &self.head.texts {
            let own = || self.head.issues.iter().filter(|it| it.norm == norm.id);
            let open = own().filter(|it| it.is_open()).count();
            let groups = self.parts.get(&norm.id).map_or(0, |part| part.groups.len());
            let texts = [
                heading(norm),
                self.comments(norm.id).to_string(),
                groups.to_string(),
                own().count().to_string(),
                (own().count() - open).to_string(),
                open.to_string(),
            ];
            sheet.row(&texts.iter().map(|text| vec![Span::plain(text)]).collect::<Vec<_>>())?;
        }
        sheet.end_table()
    }

    /// Every norm, each from a new page on.
    pub(super) fn norms(&self, sheet: &mut dyn Sheet, documents: &[Document]) -> Result<(), WriteError> {
        let lang = words();
        for (norm, _) in &self.head.texts {
            sheet.new_page()?;
            sheet.text(Style::Heading(1), &heading(norm))?;
            let own: Vec<&Document> = documents.iter().filter(|document| document.norm.id == norm.id).collect();
            for document in &own {
                consulted(sheet, document)?;
                if !document.items.is_empty() {
                    sheet.text(Style::Heading(2), &of_version("dossier-rolling", document))?;
                    sheet.text(Style::Small, &lang.t("documents-rolling-note"))?;
                    rolling::write(sheet, document, lang)?;
                }
            }
            self.issues(sheet, norm)?;
            sheet.text(Style::Heading(2), &lang.t("levers-title"))?;
            match self.parts.get(&norm.id) {
                Some(part) => part.levers.write(sheet)?,
                None => sheet.text(Style::Plain, &lang.t("dossier-no-levers"))?,
            }
            self.minority(sheet, norm, &own)?;
        }
        Ok(())
    }
}

/// `3. Avoid tampering`
fn heading(norm: &Norm) -> String {
    format!("{}. {}", norm.number, norm.title)
}

fn of_version(id: &str, document: &Document) -> String {
    words().plain(id, &[("label", &document.text.version.label)])
}

/// The text as it was put out for comment, line by line.
fn consulted(sheet: &mut dyn Sheet, document: &Document) -> Result<(), WriteError> {
    let (lang, version) = (words(), &document.text.version);
    sheet.text(Style::Heading(2), &of_version("dossier-text", document))?;
    let source =
        lang.plain("dossier-source", &[("day", &lang.partial_date(&version.dated)), ("source", &version.source)]);
    sheet.text(Style::Small, &source)?;
    let mut clause = None;
    for line in document.text.lines() {
        let words = version.body.get(line.start..line.end).unwrap_or_default();
        let is_new = line.clause != clause;
        let letter = line.clause.as_deref().filter(|_| is_new).map(|it| format!("({it}) ")).unwrap_or_default();
        clause.clone_from(&line.clause);
        sheet.numbered(line.number, &format!("{letter}{}", told::one_line(words)))?;
    }
    Ok(())
}
