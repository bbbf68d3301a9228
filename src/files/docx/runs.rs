//! Runs of text and the XML they are.

use quick_xml::escape::escape;

use crate::files::xml::sound;

/// Who changed something, and when (RFC 3339).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change<'a> {
    /// The name that Word shows.
    pub author: &'a str,
    /// The moment that Word shows.
    pub at: &'a str,
}

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run<'a> {
    /// A text; line breaks and tabs are kept.
    Text {
        /// The text.
        text: &'a str,
        /// How it looks, as properties of a run.
        look: &'static str,
        /// Whether it comes or goes.
        tracked: Tracked<'a>,
    },
    /// Here begins what the comment with this number is about.
    NoteBegins(u32),
    /// Here it ends, and here stands the comment's mark.
    NoteEnds(u32),
}

/// Whether a text comes or goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tracked<'a> {
    /// Neither.
    No,
    /// It comes.
    Inserted(Change<'a>),
    /// It goes.
    Deleted(Change<'a>),
}

impl<'a> Run<'a> {
    /// A text as it is.
    pub fn plain(text: &'a str) -> Self {
        Self::Text { text, look: "", tracked: Tracked::No }
    }

    /// The same in other looks.
    fn looking(self, look: &'static str) -> Self {
        match self {
            Self::Text { text, tracked, .. } => Self::Text { text, look, tracked },
            other => other,
        }
    }

    /// The same, bold.
    #[must_use]
    pub fn bold(self) -> Self {
        self.looking("<w:b/><w:bCs/>")
    }

    /// The same, in italics.
    #[must_use]
    pub fn italic(self) -> Self {
        self.looking("<w:i/><w:iCs/>")
    }

    /// The same, struck through.
    #[must_use]
    pub fn struck(self) -> Self {
        self.looking("<w:strike/>")
    }

    /// The same, bold and underlined.
    #[must_use]
    pub fn underlined(self) -> Self {
        self.looking(r#"<w:b/><w:bCs/><w:u w:val="single"/>"#)
    }

    /// The same, as the mark of a footnote.
    #[must_use]
    pub fn raised(self) -> Self {
        self.looking(r#"<w:b/><w:bCs/><w:vertAlign w:val="superscript"/>"#)
    }

    fn tracked(self, tracked: Tracked<'a>) -> Self {
        match self {
            Self::Text { text, look, .. } => Self::Text { text, look, tracked },
            other => other,
        }
    }

    /// The same as an insertion.
    #[must_use]
    pub fn inserted(self, by: Change<'a>) -> Self {
        self.tracked(Tracked::Inserted(by))
    }

    /// The same as a deletion.
    #[must_use]
    pub fn deleted(self, by: Change<'a>) -> Self {
        self.tracked(Tracked::Deleted(by))
    }
}

/// Makes XML of runs and counts: insertions and deletions have numbers of their own.
#[derive(Debug, Default)]
pub struct Written {
    changes: u32,
    /// Characters left out so far.
    pub dropped: u64,
}

impl Written {
    /// `text` without what XML can't hold, fit for text and attributes.
    pub fn escaped(&mut self, text: &str) -> String {
        let (kept, dropped) = sound(text);
        self.dropped += dropped;
        escape(kept.as_ref()).into_owned()
    }

    /// A paragraph.
    pub fn paragraph(&mut self, style: &str, runs: &[Run<'_>]) -> String {
        let first = runs.iter().filter_map(text_of).find_map(|text| text.chars().find(|c| c.is_alphabetic()));
        let direction = if first.is_some_and(is_right_to_left) { "<w:bidi/>" } else { "" };
        let mut xml = format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/>{direction}</w:pPr>"#);
        for run in runs {
            xml.push_str(&self.run(run));
        }
        xml.push_str("</w:p>");
        xml
    }

    /// The beginning of a comment in the margin.
    pub fn note(&mut self, number: u32, by: &Change<'_>) -> String {
        let initials: String = by.author.split_whitespace().filter_map(|word| word.chars().next()).take(3).collect();
        let (author, at, initials) = (self.escaped(by.author), self.escaped(by.at), self.escaped(&initials));
        format!(r#"<w:comment w:id="{number}" w:author="{author}" w:date="{at}" w:initials="{initials}">"#)
    }

    /// One run.
    pub fn run(&mut self, run: &Run<'_>) -> String {
        match run {
            Run::NoteBegins(number) => format!(r#"<w:commentRangeStart w:id="{number}"/>"#),
            Run::NoteEnds(number) => format!(
                r#"<w:commentRangeEnd w:id="{number}"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="{number}"/></w:r>"#
            ),
            Run::Text { text: "", .. } => String::new(),
            Run::Text { text, look, tracked: Tracked::No } => self.text(text, look, "w:t"),
            Run::Text { text, look, tracked: Tracked::Inserted(by) } => self.change("w:ins", by, text, look, "w:t"),
            Run::Text { text, look, tracked: Tracked::Deleted(by) } => {
                self.change("w:del", by, text, look, "w:delText")
            }
        }
    }

    fn change(&mut self, tag: &str, by: &Change<'_>, text: &str, look: &str, element: &str) -> String {
        self.changes += 1;
        let (number, author, at) = (self.changes, self.escaped(by.author), self.escaped(by.at));
        let run = self.text(text, look, element);
        format!(r#"<{tag} w:id="{number}" w:author="{author}" w:date="{at}">{run}</{tag}>"#)
    }

    fn text(&mut self, text: &str, look: &str, element: &str) -> String {
        let (kept, dropped) = sound(text);
        self.dropped += dropped;
        let direction = if kept.contains(is_right_to_left) { "<w:rtl/>" } else { "" };
        let mut xml = format!("<w:r><w:rPr>{look}{direction}</w:rPr>");
        // A lone carriage return is a line break too: a reader of XML would make one of it.
        for (at, line) in kept.replace("\r\n", "\n").split(['\n', '\r']).enumerate() {
            if at > 0 {
                xml.push_str("<w:br/>");
            }
            for (at, part) in line.split('\t').enumerate() {
                if at > 0 {
                    xml.push_str("<w:tab/>");
                }
                if !part.is_empty() {
                    xml.extend(["<", element, r#" xml:space="preserve">"#, &escape(part), "</", element, ">"]);
                }
            }
        }
        xml.push_str("</w:r>");
        xml
    }
}

fn text_of<'r>(run: &'r Run<'_>) -> Option<&'r str> {
    match run {
        Run::Text { text, .. } => Some(text),
        Run::NoteBegins(_) | Run::NoteEnds(_) => None,
    }
}

/// Letters of Hebrew, Arabic and the other scripts that run from right to left.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}
