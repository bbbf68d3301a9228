//! The bulk download of regulations.gov: its columns in its order, those filled that have a meaning here. Pure.

use std::borrow::Cow;

use super::entry::Entry;
use super::table::Table;
use super::told;
use super::writer::Head;
use crate::clock::rfc3339;

/// The download.
pub const TABLE: Table = Table {
    name: "Comments",
    headings: &[
        "Document ID",
        "Agency ID",
        "Docket ID",
        "Tracking Number",
        "Document Type",
        "Posted Date",
        "Is Withdrawn?",
        "Federal Register Number",
        "FR Citation",
        "Title",
        "Comment Start Date",
        "Comment Due Date",
        "Allow Late Comments",
        "Comment on Document ID",
        "Effective Date",
        "Implementation Date",
        "Postmark Date",
        "Received Date",
        "Author Date",
        "Related RIN(s)",
        "Authors",
        "CFR",
        "Abstract",
        "Legacy ID",
        "Media",
        "Document Subtype",
        "Exhibit Location",
        "Exhibit Type",
        "Additional Field 1",
        "Additional Field 2",
        "Topics",
        "Duplicate Comments",
        "OMB/PRA Approval Number",
        "Page Count",
        "Page Length",
        "Paper Width",
        "Special Instructions",
        "Source Citation",
        "Start End Page",
        "Subject",
        "First Name",
        "Last Name",
        "City",
        "State/Province",
        "Zip/Postal Code",
        "Country",
        "Organization Name",
        "Submitter Representative",
        "Representative's Address",
        "Representative's City, State & Zip",
        "Government Agency",
        "Government Agency Type",
        "Comment",
        "Category",
        "Restrict Reason Type",
        "Restrict Reason",
        "Reason Withdrawn",
        "Content Files",
        "Attachment Files",
        "Display Properties (Name, Label, Tooltip)",
    ],
    tells_continued: false,
    cells,
};

fn cells<'e>(head: &Head, entry: &'e Entry, _: u64) -> Vec<Cow<'e, str>> {
    TABLE.headings.iter().map(|heading| cell(head, entry, heading)).collect()
}

fn cell<'e>(head: &Head, entry: &'e Entry, heading: &str) -> Cow<'e, str> {
    let (record, consultation) = (&entry.record, &head.consultation);
    let is_confidential = record.confidential == "yes";
    let is_government = record.stakeholder_group == "government";
    match heading {
        "Document ID" | "Tracking Number" => record.reference.as_str().into(),
        "Agency ID" => consultation.code.clone().into(),
        "Docket ID" => format!("{}-N{}", consultation.code, record.norm_number).into(),
        "Document Type" => "Public Submission".into(),
        "Posted Date" => record.published_at.as_str().into(),
        "Is Withdrawn?" => if record.status == "withdrawn" { "true" } else { "false" }.into(),
        "Title" => format!("Comment from {} on {}", told::who(record), record.norm_title).into(),
        "Comment Start Date" => rfc3339(consultation.opens_at).into(),
        "Comment Due Date" => consultation.closes_at.map(rfc3339).unwrap_or_default().into(),
        "Allow Late Comments" => "false".into(),
        "Comment on Document ID" => told::wording_of(record).into(),
        "Received Date" => record.submitted_at.as_str().into(),
        "Abstract" => record.quote.as_str().into(),
        "Document Subtype" => "Comment".into(),
        "Additional Field 1" if record.status != "published" => format!("status: {}", record.status).into(),
        "Start End Page" => record.line.map(|line| line.to_string()).unwrap_or_default().into(),
        "Subject" => told::place(record).into(),
        "Last Name" => record.author_name.as_str().into(),
        "Country" => told::country(&record.country).to_owned().into(),
        "Organization Name" => record.organisation.as_str().into(),
        "Government Agency" if is_government => record.organisation.as_str().into(),
        "Comment" => told::whole(entry).into(),
        "Category" => told::group(&record.stakeholder_group).into(),
        "Restrict Reason Type" if is_confidential => "Confidential".into(),
        "Restrict Reason" if is_confidential => "For the Commission alone, as its author wishes".into(),
        "Content Files" => record.permalink.as_str().into(),
        "Attachment Files" => entry.files.iter().map(|file| file.url.as_str()).collect::<Vec<_>>().join(",").into(),
        _ => "".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_sixty_columns_and_each_once() {
        let mut once = TABLE.headings.to_vec();
        once.sort_unstable();
        once.dedup();
        assert_eq!((TABLE.headings.len(), once.len()), (60, 60));
    }
}
