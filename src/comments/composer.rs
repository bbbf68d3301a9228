//! The pages of a composer, from its words to the last look before it is sent.

use actix_web::HttpResponse;
use askama::Template;

use super::anchor::Anchor;
use super::attachments::intake::{FIELD, FormFiles};
use super::attachments::shown::REMOVAL;
use super::choices::Choices;
use super::compose::{self, Selection};
use super::form::{self, Answers};
use super::model::{Kind, Publication};
use super::not_taken::shut_words;
use super::redline::{Redline, same_text};
use super::summary::{self, Row};
use crate::clock::Moment;
use crate::ids::DraftId;
use crate::norms::lines;
use crate::norms::model::{Norm, TextVersion, Window};
use crate::norms::vocabulary::Vocabulary;
use crate::norms::words::places;
use crate::web::{Ctx, Fields, Form, Page, PageError};

/// What a composer is for.
pub enum Purpose {
    /// A comment that does not exist yet.
    New,
    /// Another revision of a comment; the moderator's request, if it was returned with one.
    Correction {
        /// Which comment.
        reference: String,
        /// The request; may be empty.
        request: String,
    },
    /// A comment that staff enter for its author.
    Received {
        /// How it came and whose it is, to be checked.
        rows: Vec<Row>,
        /// The same as fields, carried along unseen.
        carried: Vec<(&'static str, String)>,
    },
}

/// A composer on its way through its pages.
pub struct Composer<'a> {
    /// The request.
    pub ctx: &'a Ctx,
    /// The text it is about.
    pub norm: &'a Norm,
    /// The wording it is about.
    pub version: &'a TextVersion,
    /// Which composer.
    pub kind: Kind,
    /// New or a correction.
    pub purpose: Purpose,
    /// The files it has.
    pub files: FormFiles,
    /// The draft it was opened from.
    pub opened: Option<Opened>,
}

/// What the page of a draft says about it.
pub struct Opened {
    /// Which draft.
    pub id: DraftId,
    /// The viewer's organisation; empty if there is none.
    pub organisation: String,
    /// Whether its members may open the draft too.
    pub is_shared: bool,
    /// Whether the viewer decides on that.
    pub is_own: bool,
    /// Who else has it open, and since when.
    pub present: Option<(String, Moment)>,
    /// What changed in the text since it was begun.
    pub change: Option<Redline>,
}

struct ClauseChoice {
    letter: String,
    text: String,
    places: String,
    words: Vec<(usize, String)>,
}

#[derive(Template)]
#[template(path = "comments/choose.html")]
struct ChoosePage<'a> {
    ctx: &'a Ctx,
    norm: &'a Norm,
    open: bool,
    shut: String,
}

#[derive(Template)]
#[template(path = "comments/words.html")]
struct WordsPage<'a> {
    ctx: &'a Ctx,
    it: &'a Composer<'a>,
    form: Form,
    clauses: Vec<ClauseChoice>,
}

#[derive(Template)]
#[template(path = "comments/which.html")]
struct WhichPage<'a> {
    ctx: &'a Ctx,
    it: &'a Composer<'a>,
    form: Form,
    places: Vec<(String, (String, String, String))>,
}

#[derive(Template)]
#[template(path = "comments/form.html")]
struct FormPage<'a> {
    ctx: &'a Ctx,
    it: &'a Composer<'a>,
    form: Form,
    anchor: Option<&'a Anchor>,
    options: Choices,
    carried: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "comments/check.html")]
struct CheckPage<'a> {
    ctx: &'a Ctx,
    it: &'a Composer<'a>,
    rows: Vec<Row>,
    redline: Option<Redline>,
    publication: Publication,
    carried: Vec<(&'a str, &'a str)>,
}

/// The fields that choose the words.
pub(super) const CHOICE: [&str; 6] = ["clause", "first_word", "last_word", "quote", "occurrence", "asked"];

impl<'a> Composer<'a> {
    /// A composer for a new comment.
    pub fn new_comment(ctx: &'a Ctx, norm: &'a Norm, version: &'a TextVersion, kind: Kind) -> Self {
        let files = FormFiles::default();
        Self { ctx, norm, version, kind, purpose: Purpose::New, files, opened: None }
    }

    /// What files may be, for the hint beside their field.
    pub fn file_limits(&self) -> String {
        let limits = &self.ctx.site().config().files;
        let hint = if self.is_received() { "attachments-scan-hint" } else { "attachments-hint" };
        self.ctx.t2(hint, "most", limits.most_files, "megabytes", limits.most_mebibytes)
    }

    /// Where its forms are sent.
    pub fn address(&self) -> String {
        match &self.purpose {
            Purpose::New => format!("/norms/{}/comments/new/{}", self.norm.slug, self.kind),
            Purpose::Correction { reference, .. } => format!("/my-comments/{reference}/correction"),
            Purpose::Received { .. } => format!("/secretariat/received/new/{}/{}", self.norm.slug, self.kind),
        }
    }

    /// The clauses that the words stand in, as people cite them.
    pub fn cited(&self, anchor: &Anchor) -> String {
        self.version.cite(self.norm.number, anchor.first_word, anchor.last_word)
    }

    /// The words around those chosen, whole, with a mark where the text goes on: (before, behind).
    pub fn around(&self, anchor: &Anchor) -> (String, String) {
        let (before, _, behind) = compose::surroundings(self.version, (anchor.first_word, anchor.last_word));
        let goes_on = anchor.last_word + compose::AROUND < self.version.words().len();
        (
            if anchor.first_word > compose::AROUND + 1 { format!("\u{2026} {before}") } else { before },
            if goes_on { format!("{behind} \u{2026}") } else { behind },
        )
    }

    /// What the moderator asked for; empty if nothing.
    pub fn request(&self) -> &str {
        match &self.purpose {
            Purpose::New | Purpose::Received { .. } => "",
            Purpose::Correction { request, .. } => request,
        }
    }

    /// How a comment came that staff enter for its author; empty for any other.
    pub fn came(&self) -> &[Row] {
        match &self.purpose {
            Purpose::Received { rows, .. } => rows,
            Purpose::New | Purpose::Correction { .. } => &[],
        }
    }

    /// Whether staff enter it for its author: such a form is no draft.
    pub fn is_received(&self) -> bool {
        matches!(self.purpose, Purpose::Received { .. })
    }

    /// The heading of its pages.
    pub fn title(&self) -> String {
        self.ctx.t(format!("compose-title-{}", self.kind))
    }

    /// Steps: wording has its words before the rest.
    pub fn caption(&self, step: usize) -> String {
        let (step, all) = if self.kind == Kind::Wording { (step, 3) } else { (step - 1, 2) };
        self.ctx.t2("compose-step", "step", step, "all", all)
    }

    /// One step on: the answers if it is to be sent now, else the page that comes next.
    pub fn step(
        &self,
        fields: &Fields,
        genuine: bool,
        vocabulary: &Vocabulary,
    ) -> Result<Result<Answers, HttpResponse>, PageError> {
        let asked = fields.get("text_version");
        if !asked.is_empty() && asked != self.version.id.to_string() {
            return Ok(Err(self.text_changed(fields.clone(), vocabulary)?));
        }
        let anchor = if self.kind == Kind::Wording {
            match self.words(fields)? {
                Ok(anchor) => Some(anchor),
                Err(page) => return Ok(Err(page)),
            }
        } else {
            None
        };
        // A form from before the last sign-in is shown again, never sent.
        let is_removal = fields.get("go").starts_with(REMOVAL);
        if !genuine || fields.get("go") == "edit" || is_removal {
            return Ok(Err(self.form_page(Form::filled(fields.clone()), anchor.as_ref(), vocabulary)?));
        }
        match form::parse(self.kind, anchor.clone(), fields.clone(), vocabulary, self.ctx.lang) {
            Ok(_) if !self.files.faults.is_empty() => {
                Ok(Err(self.form_page(Form::filled(fields.clone()), anchor.as_ref(), vocabulary)?))
            }
            Ok(answers) if fields.get("go") == "send" => Ok(Ok(answers)),
            Ok(answers) => Ok(Err(self.check_page(&answers, fields, vocabulary)?)),
            Err(form) => Ok(Err(self.form_page(form, anchor.as_ref(), vocabulary)?)),
        }
    }

    /// The words the fields choose, or the page on which to choose them.
    fn words(&self, fields: &Fields) -> Result<Result<Anchor, HttpResponse>, PageError> {
        if fields.get("go") == "words" && self.files.faults.is_empty() {
            return Ok(Err(self.words_page(Form::filled(self.without_old_words(fields)))?));
        }
        let page = match compose::select(self.version, fields) {
            Ok(Selection::Words(anchor)) => return Ok(Ok(anchor)),
            Ok(Selection::Several(places)) => self.which_page(fields, &places)?,
            Ok(Selection::Nothing) => self.words_failed(fields.clone(), "clause", "compose-nothing")?,
            Err(fault) => self.words_failed(fields.clone(), fault.field(), fault.message())?,
        };
        Ok(Err(page))
    }

    /// The fields on the way to other words: a text area that still holds the old words is filled in anew.
    fn without_old_words(&self, fields: &Fields) -> Fields {
        let mut kept = fields.clone();
        if let Ok(Selection::Words(anchor)) = compose::select(self.version, fields)
            && same_text(fields.get("proposed_wording"), &anchor.quote)
        {
            kept.set("proposed_wording", "");
        }
        for name in CHOICE {
            kept.set(name, "");
        }
        kept
    }

    fn words_failed(&self, fields: Fields, field: &'static str, message: &str) -> Page {
        let mut form = Form::filled(fields);
        form.error(field, self.ctx.t(message));
        self.words_page(form)
    }

    /// Which of the three composers.
    pub fn choose_page(&self, window: Window) -> Page {
        let open = matches!(window, Window::Open(_));
        self.ctx.page(&ChoosePage { ctx: self.ctx, norm: self.norm, open, shut: shut_words(self.ctx, window) })
    }

    /// Step 1 of wording: which words.
    pub fn words_page(&self, form: Form) -> Page {
        let (body, words) = (&self.version.body, self.version.words());
        let clauses = (0..self.version.clauses.len())
            .filter_map(|index| {
                let clause = self.version.clauses.get(index)?;
                let text = lines::clause_text(body, &words, &self.version.clauses, index)?;
                let numbered = words.iter().enumerate().map(|(at, word)| (at + 1, word));
                let own = numbered.filter(|(at, _)| (clause.first_word..=clause.last_word).contains(at));
                let spelled = own.map(|(at, word)| (at, body[word.start..word.end].to_owned())).collect();
                // Both are slices of the same text.
                let start = text.as_ptr().addr() - body.as_ptr().addr();
                let places = places(body, &words, start, start + text.len());
                Some(ClauseChoice { letter: clause.letter.clone(), text: text.to_owned(), places, words: spelled })
            })
            .collect();
        let failed = form.failed();
        self.ctx.form_page(&WordsPage { ctx: self.ctx, it: self, form, clauses }, failed)
    }

    /// The pasted words stand in several places: which one?
    pub fn which_page(&self, fields: &Fields, places: &[(usize, usize)]) -> Page {
        let mut form = Form::filled(fields.clone());
        if !fields.get("asked").is_empty() {
            form.error("occurrence", self.ctx.t("compose-which-missing"));
        }
        let places = places
            .iter()
            .map(|place| (format!("{}-{}", place.0, place.1), compose::surroundings(self.version, *place)))
            .collect();
        let failed = form.failed();
        self.ctx.form_page(&WhichPage { ctx: self.ctx, it: self, form, places }, failed)
    }

    /// The form itself; 422 if it has errors.
    pub fn form_page(&self, mut form: Form, anchor: Option<&Anchor>, vocabulary: &Vocabulary) -> Page {
        let mut carried = vec![
            ("form_id", form.value("form_id").to_owned()),
            ("draft_version", form.value("draft_version").to_owned()),
            ("version", form.value("version").to_owned()),
            ("text_version", self.version.id.to_string()),
        ];
        if let Purpose::Received { carried: came, .. } = &self.purpose {
            carried.extend(came.iter().cloned());
        }
        if let Some(anchor) = anchor {
            if !form.failed() {
                form.prefill("proposed_wording", &anchor.quote);
            }
            form.prefill("change", "replace");
            carried.push(("first_word", anchor.first_word.to_string()));
            carried.push(("last_word", anchor.last_word.to_string()));
        }
        carried.retain(|(_, value)| !value.is_empty());
        for fault in &self.files.faults {
            form.error(FIELD, fault.clone());
        }
        let failed = form.failed();
        let options = Choices::new(self.ctx, vocabulary);
        self.ctx.form_page(&FormPage { ctx: self.ctx, it: self, form, anchor, options, carried }, failed)
    }

    fn check_page(&self, answers: &Answers, fields: &Fields, vocabulary: &Vocabulary) -> Page {
        let page = CheckPage {
            ctx: self.ctx,
            it: self,
            rows: summary::rows(self.ctx.lang, vocabulary, self.norm, self.version, &answers.body),
            redline: answers.body.redline(),
            publication: answers.publication,
            carried: fields.except(&["go"]),
        };
        self.ctx.page(&page)
    }

    /// The text was replaced since the form was opened: the words are chosen again, the rest is kept.
    pub fn text_changed(&self, mut fields: Fields, vocabulary: &Vocabulary) -> Page {
        let field = match self.kind {
            Kind::Wording => "clause",
            Kind::Lever => "action",
            Kind::General => "rationale",
        };
        if self.kind != Kind::Wording {
            let mut form = Form::filled(fields);
            form.error(field, self.ctx.t("compose-text-replaced"));
            return self.form_page(form, None, vocabulary);
        }
        fields.set("text_version", "");
        for name in CHOICE {
            fields.set(name, "");
        }
        self.words_failed(fields, field, "compose-text-changed")
    }
}
