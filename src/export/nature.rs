//! What the formats have in common and what not: which rows they have, and what they say of a comment. Pure.

use super::model::Format;

impl Format {
    /// Whether it holds proposals to change words, and nothing else.
    pub fn is_of_proposals(self) -> bool {
        matches!(
            self,
            Self::TrackedDocx
                | Self::MarshalledHtml
                | Self::MarshalledDocx
                | Self::MarshalledPdf
                | Self::RollingHtml
                | Self::RollingDocx
                | Self::RollingPdf
                | Self::AknXml
        )
    }

    /// Whether its rows are issues and not comments.
    pub fn is_of_issues(self) -> bool {
        matches!(self, Self::DispositionsXlsx | Self::DispositionsCsv)
    }

    /// Whether it is the whole consultation.
    pub fn is_archive(self) -> bool {
        matches!(self, Self::Archive | Self::ArchiveWithAddresses)
    }

    /// Whether its rows are comments, as the filters choose them.
    pub fn is_of_comments(self) -> bool {
        !self.is_of_issues() && !self.is_archive()
    }

    /// Whether it holds the issues of the board.
    pub fn holds_issues(self) -> bool {
        matches!(self, Self::DossierHtml | Self::DossierDocx | Self::DossierPdf)
    }

    /// Whether it says who is behind a proposal: the author, and who else put their names to it.
    pub fn names_supporters(self) -> bool {
        self.is_of_proposals() || self.holds_issues()
    }

    /// Whether it lists the files that came with a comment.
    pub fn lists_files(self) -> bool {
        matches!(self, Self::EuCsv | Self::EuJson | Self::RegulationsCsv)
    }

    /// Whether it says what was decided about a comment.
    pub fn tells_answers(self) -> bool {
        matches!(
            self,
            Self::IsoDocx
                | Self::IsoXlsx
                | Self::IcannHtml
                | Self::IcannDocx
                | Self::LogCsv
                | Self::LogMarkdown
                | Self::AnnotationsJsonLines
        ) || self.holds_issues()
    }

    /// Whether it can begin with a byte order mark.
    pub fn takes_mark(self) -> bool {
        matches!(
            self,
            Self::Csv | Self::NistCsv | Self::LogCsv | Self::EuCsv | Self::RegulationsCsv | Self::DispositionsCsv
        )
    }
}
