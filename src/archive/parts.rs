//! The parts of an archive: which columns of which tables each edition holds, and what stands in their place where it does
//! not. Pure. What is no column here is in no archive.

use crate::db::dialect::rows::Kind;

/// What stands in a column that an archive does not hold, when it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// Nothing.
    Null,
    /// A number.
    Int(i64),
    /// A text.
    Text(&'static str),
    /// Yes or no.
    Bool(bool),
    /// The same as another column of the row.
    Same(&'static str),
    /// An account that stands for the desk: 1 proposes and writes, 2 validates.
    Desk(u8),
    /// An address that nobody has, made from the column `id`.
    NoAddress,
}

/// How an edition holds a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// As it is.
    Plain,
    /// Worked out by this SQL.
    As(&'static str),
    /// Only if addresses are asked for.
    Asked(Fill),
    /// Not.
    Not(Fill),
}

/// A column of a part.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name, in the table and in the archive.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it can be empty.
    pub is_nullable: bool,
    /// Whether it names an account.
    pub is_account: bool,
    /// How the Commission's edition holds it.
    pub commission: Held,
    /// How the public edition holds it.
    pub public: Held,
}

impl Column {
    const fn of(name: &'static str, kind: Kind) -> Self {
        let (commission, public) = (Held::Plain, Held::Plain);
        Self { name, kind, is_nullable: false, is_account: false, commission, public }
    }

    const fn or_null(mut self) -> Self {
        self.is_nullable = true;
        self
    }

    const fn both(mut self, held: Held) -> Self {
        (self.commission, self.public) = (held, held);
        self
    }

    const fn public(mut self, held: Held) -> Self {
        self.public = held;
        self
    }

    /// How an edition holds it.
    pub fn held(&self, is_public: bool) -> Held {
        if is_public { self.public } else { self.commission }
    }
}

const fn id(name: &'static str) -> Column {
    Column::of(name, Kind::Id)
}
const fn account(name: &'static str) -> Column {
    let mut column = Column::of(name, Kind::Id);
    column.is_account = true;
    column
}
/// An account of the desk, which the public edition does not name.
const fn desk(name: &'static str, which: u8) -> Column {
    account(name).public(Held::Not(Fill::Desk(which)))
}
const fn text(name: &'static str) -> Column {
    Column::of(name, Kind::Text)
}
const fn int(name: &'static str) -> Column {
    Column::of(name, Kind::Int)
}
const fn yes(name: &'static str) -> Column {
    Column::of(name, Kind::Bool)
}
const fn time(name: &'static str) -> Column {
    Column::of(name, Kind::Time)
}
const fn bytes(name: &'static str) -> Column {
    Column::of(name, Kind::Bytes)
}

/// A part: one table, or some of its rows.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// The table; with `.jsonl` behind it the file.
    pub table: &'static str,
    /// What its rows are ordered by: its key.
    pub key: &'static [&'static str],
    /// Its columns, in their order.
    pub columns: &'static [Column],
    /// Which rows the Commission's edition holds.
    pub commission: &'static str,
    /// Which rows the public edition holds; `None`: it has no such part.
    pub public: Option<&'static str>,
}

impl Part {
    /// The name of its file.
    pub fn file(&self) -> String {
        format!("{}.jsonl", self.table)
    }

    /// Which rows an edition holds; `None`: no such part.
    pub fn rows(&self, is_public: bool) -> Option<&'static str> {
        if is_public { self.public } else { Some(self.commission) }
    }

    /// The columns that stand in the file.
    pub fn written(&self, is_public: bool, with_addresses: bool) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(move |column| match column.held(is_public) {
            Held::Plain | Held::As(_) => true,
            Held::Asked(_) => with_addresses,
            Held::Not(_) => false,
        })
    }
}

const ALL: &str = "TRUE";
/// The rule of `comments::model::is_public`; a test holds both against each other.
const PUBLIC: &str = "state = 'published' AND publication <> 'commission'";
/// Of a comment that words were taken out of only what is left is held: the revision that everybody reads.
const REVISION: &str =
    "EXISTS (SELECT 1 FROM comments c WHERE c.id = comment_id AND (NOT c.is_redacted OR c.revision = part.revision))";
const PUBLIC_REVISION: &str = "EXISTS (SELECT 1 FROM comments c WHERE c.id = comment_id AND c.revision = part.revision \
     AND c.state = 'published' AND c.publication <> 'commission')";
/// The rule of `export::edition::admits_file`.
const FILES: &str = "EXISTS (SELECT 1 FROM comments c WHERE c.id = part.holder AND (NOT c.is_redacted \
     OR EXISTS (SELECT 1 FROM cleared_files f WHERE f.attachment_id = part.id))) \
     AND NOT EXISTS (SELECT 1 FROM unscanned_files u WHERE u.attachment_id = part.id)";
const PUBLIC_FILES: &str = "EXISTS (SELECT 1 FROM comments c WHERE c.id = part.holder AND c.state = 'published' \
     AND c.publication <> 'commission' AND c.channel IS NULL AND part.created_at <= c.published_at \
     AND (NOT c.is_redacted OR EXISTS (SELECT 1 FROM cleared_files f WHERE f.attachment_id = part.id))) \
     AND NOT EXISTS (SELECT 1 FROM unscanned_files u WHERE u.attachment_id = part.id)";
const ANSWERED: &str = "EXISTS (SELECT 1 FROM issues i WHERE i.id = part.issue_id AND i.answered = part.round)";
const PUBLIC_ANSWERS: &str = "EXISTS (SELECT 1 FROM comments c WHERE c.id = part.comment_id AND c.state = 'published' \
     AND c.publication <> 'commission') AND EXISTS (SELECT 1 FROM issue_decisions d JOIN issues i ON i.id = d.issue_id \
     WHERE d.id = part.decision_id AND d.round = i.answered)";
/// A digest of words that were taken out would let anybody try out which they were.
const DIGEST: Held = Held::As("CASE WHEN redactions > 0 THEN '' ELSE digest END");

/// What was said about a comment may repeat its words: a column that is empty where some were taken out of the comment `c`
/// that the condition finds.
macro_rules! of_whole {
    ($from:literal, $column:literal) => {
        Held::As(concat!(
            "CASE WHEN EXISTS (SELECT 1 FROM ",
            $from,
            " AND c.is_redacted) THEN '' ELSE part.",
            $column,
            " END"
        ))
    };
}
macro_rules! of_comment {
    ($column:literal) => {
        of_whole!("comments c WHERE c.id = part.comment_id", $column)
    };
}
/// A report of a name lists the references it is about, one a line.
macro_rules! of_named {
    ($column:literal) => {
        of_whole!("comments c WHERE part.reference LIKE '%' || c.reference || '%'", $column)
    };
}
const REPORT_TEXT: Held =
    of_whole!("report_cases k JOIN comments c ON c.id = k.comment_id WHERE k.id = part.case_id", "text");
const APPEAL_TEXT: Held =
    of_whole!("redactions r JOIN comments c ON c.id = r.comment_id WHERE r.id = part.redaction_id", "text");
/// A decided appeal has an answer: the database wants one.
const REPLY_TO_APPEAL: Held = Held::As(
    "CASE WHEN part.decided_at IS NOT NULL AND EXISTS (SELECT 1 FROM redactions r JOIN comments c ON c.id = r.comment_id \
     WHERE r.id = part.redaction_id AND c.is_redacted) THEN '[not held]' ELSE part.statement END",
);
const NO_REPORTER: Held = Held::Asked(Fill::Text(""));
/// Redactions of the revision that is held, and what belongs to them.
const OF_REDACTION: &str = "EXISTS (SELECT 1 FROM redactions r JOIN comments c ON c.id = r.comment_id WHERE r.id = part.redaction_id \
     AND (NOT c.is_redacted OR c.revision = r.revision))";
/// That a statement says nothing of words that were taken out of the comment since, or is the answer to an appeal for them.
macro_rules! whole {
    ($of:literal) => {
        concat!(
            "NOT EXISTS (SELECT 1 FROM comments c JOIN redactions r ON r.comment_id = c.id WHERE c.id = ",
            $of,
            ".comment_id AND c.is_redacted AND (r.decided_at > ",
            $of,
            ".written_at OR substr(",
            $of,
            ".once_key, 1, 17) = 'redaction-appeal:'))"
        )
    };
}
/// What authors were told, if the letter left.
const TOLD: &str = concat!(
    "EXISTS (SELECT 1 FROM outbox o WHERE o.once_key = part.once_key AND o.state = 'sent') AND ",
    whole!("part")
);
/// That a letter about a comment left. What it said is a statement, or what the other parts say; one that holds a link or is
/// for the desk is not held.
const LETTERS: &str = concat!(
    "part.state = 'sent' AND (substr(part.once_key, 1, 8) IN ('receipt:', 'decided:') \
     OR EXISTS (SELECT 1 FROM statements s WHERE s.once_key = part.once_key AND ",
    whole!("s"),
    "))"
);

const NOT_ONE: Held = Held::Not(Fill::Int(1));
const NOT_ZERO: Held = Held::Not(Fill::Int(0));
const NO_TEXT: Held = Held::Not(Fill::Text(""));

macro_rules! decided {
    ($column:literal) => {
        Held::As(concat!(
            "(SELECT d.",
            $column,
            " FROM issue_decisions d WHERE d.issue_id = part.id AND d.round = part.answered)"
        ))
    };
}

macro_rules! parts {
    ($($table:literal [$($key:literal),+] $commission:expr, $public:expr => $($column:expr),+;)*) => {
        /// Every part, in the order in which they are read.
        pub const PARTS: &[Part] = &[$(Part {
            table: $table, key: &[$($key),+], columns: &[$($column),+], commission: $commission, public: $public,
        }),*];
    };
}

parts! {
    "consultations" ["id"] ALL, Some(ALL) =>
        id("id"), text("code"), text("title"), text("commission"), text("summary"), text("summary_source"), text("timeline"),
        time("opens_at"), time("closes_at").or_null(), int("version"), time("created_at");
    "norms" ["id"] ALL, Some(ALL) =>
        id("id"), id("consultation_id"), text("slug"), int("number"), text("kind"), text("title"), text("context"),
        text("context_source"), int("published_wording").both(NOT_ZERO), int("published_lever").both(NOT_ZERO),
        int("published_general").both(NOT_ZERO);
    "text_versions" ["id"] ALL, Some(ALL) =>
        id("id"), id("norm_id"), text("label"), text("dated"), text("source"), text("body"), text("clauses"),
        yes("is_current"), time("created_at"), yes("is_final");
    "accounts" ["id"] ALL, None =>
        id("id"), text("email").both(Held::Asked(Fill::NoAddress)), text("name"), text("stakeholder_group"),
        text("organisation").or_null(), text("country").or_null(), text("on_behalf_of"), text("language"),
        text("password_hash").both(Held::Not(Fill::Text("archived"))), text("role"), time("confirmed_at").or_null(),
        int("version"), time("created_at"), time("deleted_at").or_null(), time("suspended_at").or_null(),
        yes("digest").both(Held::Not(Fill::Bool(true)));
    "organisations" ["id"] ALL, None =>
        id("id"), text("name"), text("folded_name"), text("domain").or_null(), text("stakeholder_group"),
        text("country").or_null(), account("founded_by"), time("confirmed_at").or_null(), int("version"),
        time("created_at");
    "memberships" ["organisation_id", "account_id"] ALL, None =>
        id("organisation_id"), account("account_id"), text("state"), text("grounds").both(NO_TEXT), time("asked_at"),
        time("decided_at").or_null(), account("decided_by").or_null();
    "submissions" ["id"] ALL, None =>
        id("id"), text("reference"), account("account_id"), text("kind"), text("title"), text("text"), text("digest"),
        int("parts"), text("publication"), time("submitted_at");
    "comments" ["id"] ALL, Some(PUBLIC) =>
        id("id"), text("reference"), id("norm_id"), id("text_version_id"),
        account("account_id").public(Held::Not(Fill::Same("id"))), text("kind"), text("state"), int("revision"),
        int("version").public(NOT_ONE), text("publication"), int("place"),
        text("author_name").public(Held::As("CASE WHEN publication = 'named' THEN author_name ELSE '' END")),
        text("organisation").or_null(), text("stakeholder_group"), text("country").or_null(), text("on_behalf_of"),
        time("submitted_at"), time("changed_at"), time("published_at").or_null(), text("class").or_null(),
        text("language"), int("priority").public(NOT_ONE), text("channel").or_null(), yes("is_redacted"),
        int("issues").public(NOT_ZERO);
    "comment_revisions" ["comment_id", "revision"] REVISION, Some(PUBLIC_REVISION) =>
        id("comment_id"), int("revision"), int("first_word").or_null(), int("last_word").or_null(), text("quote"),
        text("prefix"), text("suffix"), text("change").or_null(), text("proposed_wording"), text("concern"),
        text("rationale"), text("evidence"), text("acceptable"), text("actor"), text("instrument"), text("action"),
        text("by_when"), text("example"), text("obstacles"), text("cost"), text("digest").both(DIGEST),
        time("created_at"), int("redactions");
    "submission_parts" ["comment_id"] ALL, None => id("comment_id"), id("submission_id"), int("part");
    "organisation_comments" ["comment_id"] ALL, None => id("comment_id"), id("organisation_id"), time("submitted_at");
    "cosignatures" ["comment_id", "account_id"] ALL, None =>
        id("comment_id"), account("account_id"), id("organisation_id").or_null(), text("name"),
        text("organisation").or_null(), text("stakeholder_group"), text("country").or_null(), time("signed_at");
    "received_comments" ["comment_id"] ALL, None =>
        id("comment_id"), text("event"), account("entered_by"), time("entered_at");
    "attachments" ["id"] FILES, Some(PUBLIC_FILES) =>
        id("id"), id("holder"), account("account_id").public(Held::Not(Fill::Same("holder"))), text("name"),
        text("media_type"), int("size"), text("sha256"), time("created_at");
    "batches" ["id"] ALL, None =>
        id("id"), account("made_by"), text("outcome"), text("reason").or_null(), time("made_at");
    "batch_items" ["batch_id", "place"] ALL, None =>
        id("batch_id"), int("place"), id("comment_id"), text("result"), account("other_id").or_null();
    "decisions" ["id"] REVISION, None =>
        id("id"), id("comment_id"), int("revision"), text("outcome"), text("reason").or_null(), text("statement"),
        text("note").both(NO_TEXT), account("decided_by"), time("decided_at"), int("round"),
        time("answer_by").or_null(), id("batch_id").or_null(), time("undone_at").or_null(),
        account("undone_by").or_null(), text("undone_words").both(NO_TEXT);
    "appeals" ["comment_id"] ALL, None => id("comment_id"), text("text").both(of_comment!("text")), time("made_at");
    "withdrawals" ["comment_id"] ALL, None => id("comment_id"), text("reason").both(of_comment!("reason")), time("withdrawn_at");
    "redactions" ["id"] REVISION, None =>
        id("id"), id("comment_id"), int("revision"), text("statement"), text("note").both(NO_TEXT),
        account("decided_by"), time("decided_at"), time("appeal_until");
    "redaction_appeals" ["redaction_id"] OF_REDACTION, None =>
        id("redaction_id"), text("text").both(APPEAL_TEXT), time("made_at"), text("outcome").or_null(),
        text("statement").both(REPLY_TO_APPEAL),
        account("decided_by").or_null(), time("decided_at").or_null();
    "redaction_spans" ["redaction_id", "ordinal"] OF_REDACTION, None =>
        id("redaction_id"), int("ordinal"), text("field"), int("begins_at"), int("ends_at"), text("code"), text("mark"),
        text("reason"), yes("lifted");
    "cleared_files" ["attachment_id"]
        "EXISTS (SELECT 1 FROM attachments a JOIN comments c ON c.id = a.holder WHERE a.id = part.attachment_id)", None =>
        id("attachment_id"), id("redaction_id");
    "outbox" ["id"] LETTERS, None =>
        id("id"), text("once_key"), text("recipient").both(NO_REPORTER), text("subject"), text("body").both(NO_TEXT),
        text("state"), int("attempts"), time("due_at"), text("last_error").both(NO_TEXT), time("created_at"),
        time("sent_at").or_null();
    "statements" ["once_key"] TOLD, None =>
        text("once_key"), id("comment_id"), text("subject"), text("body"), time("appeal_until").or_null(),
        time("written_at");
    "name_reports" ["id"] ALL, None =>
        id("id"), text("reference"), text("name").both(of_named!("name")), text("email").both(NO_REPORTER),
        text("text").both(of_named!("text")),
        time("made_at"), time("handled_at").or_null(), account("handled_by").or_null(), text("note").both(NO_TEXT),
        text("answer").or_null(), text("reply").both(of_named!("reply"));
    "report_cases" ["id"] ALL, None =>
        id("id"), id("comment_id"), int("reports"), time("opened_at"), time("answered_at").or_null(),
        account("answered_by").or_null(), text("answer").or_null(), text("reply").both(of_comment!("reply")), text("note").both(NO_TEXT);
    "comment_reports" ["id"] ALL, None =>
        id("id"), id("case_id"), text("complaint"), text("text").both(REPORT_TEXT), text("email").both(NO_REPORTER),
        text("language"), bytes("sender").or_null().both(Held::Not(Fill::Null)), time("made_at");
    "announcements" ["id"] ALL, Some("withdrawn_at IS NULL") =>
        id("id"), text("title"), text("text"), time("published_at"), time("changed_at"), time("withdrawn_at").or_null(),
        desk("written_by", 1), int("version").public(NOT_ONE);
    "reports" ["consultation_id"] ALL, Some(ALL) =>
        id("consultation_id"), text("overview"), text("summary"), int("version").public(NOT_ONE), desk("changed_by", 1),
        time("changed_at");
    "issues" ["id"] ALL, Some("answered > 0") =>
        id("id"), id("norm_id"), int("number"), text("about"), int("place"), id("text_version_id"), int("first_word"),
        int("last_word"), text("quote"), text("actor"), text("instrument"),
        text("statement").public(decided!("statement")), text("options").public(NO_TEXT),
        text("recommendation").public(NO_TEXT), text("disposition").public(decided!("disposition")),
        text("reasons").public(decided!("reasons")), text("state").public(Held::As("'published'")),
        int("round").public(Held::As("answered")), int("answered"), int("version").public(NOT_ONE),
        text("sent_back").public(NO_TEXT), int("satisfied").public(NOT_ZERO), int("unsatisfied").public(NOT_ZERO),
        desk("created_by", 1), time("created_at").public(decided!("published_at")), desk("changed_by", 1),
        time("changed_at").public(decided!("published_at")), desk("proposed_by", 1).or_null(),
        time("proposed_at").or_null().public(decided!("published_at")), desk("validated_by", 2).or_null(),
        time("validated_at").or_null().public(decided!("published_at")), text("wording").public(decided!("wording"));
    "issue_comments" ["issue_id", "comment_id"] ALL, None =>
        id("issue_id"), id("comment_id"), text("disposition"), text("response"), int("version"),
        account("answered_by").or_null(), bytes("voice"), bytes("said"), account("put_by"), time("put_at");
    "issue_decisions" ["id"] ALL, Some(ANSWERED) =>
        id("id"), id("issue_id"), int("round"), text("statement"), text("disposition"), text("reasons"),
        desk("proposed_by", 1), desk("validated_by", 2), desk("published_by", 1), time("published_at"), id("batch_id"),
        int("comments").public(Held::As("(SELECT count(*) FROM answers a JOIN comments c ON c.id = a.comment_id \
            WHERE a.decision_id = part.id AND c.state = 'published' AND c.publication <> 'commission')")),
        text("wording");
    "answers" ["decision_id", "comment_id"] ALL, Some(PUBLIC_ANSWERS) =>
        id("decision_id"), id("comment_id"), text("disposition"), text("response"),
        bytes("voice").public(Held::Not(Fill::Same("comment_id"))), bytes("said");
    "satisfactions" ["issue_id", "comment_id"] ALL, None =>
        id("issue_id"), id("comment_id"), yes("is_satisfied"), text("remark").both(of_comment!("remark")), time("answered_at");
    "codes" ["code"] ALL, None =>
        text("code"), text("label"), text("description"), yes("is_retired"), int("comments"), int("version"),
        account("changed_by"), time("changed_at");
    "codings" ["comment_id", "code"] ALL, None => id("comment_id"), text("code"), account("put_by"), time("put_at");
    "audit_log" ["seq"]
        // What was noted last of archives themselves is left out: so an archive that was read in is the same when it is
        // written again.
        "seq <= (SELECT coalesce(max(seq), 0) FROM audit_log WHERE action NOT IN \
         ('export.requested', 'export.made', 'export.downloaded', 'archive.imported'))", None =>
        int("seq"), time("at"), id("actor").or_null(), text("action"), text("subject"), text("detail"),
        bytes("detail_digest"), bytes("hash");
}
