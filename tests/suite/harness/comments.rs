//! The main job by hand: commenting and deciding, each step through its page.

use super::client::Answer;
use super::form::Filled;
use super::people::Person;

/// The form of a composer.
pub const COMPOSER: &str = "main form";

/// The form to decide.
pub const VERDICT: &str = "main form[action*='/decision']";

impl Person {
    /// The wording composer with the words of `slug` that read `quote` chosen.
    #[track_caller]
    pub fn wording_form(&self, slug: &str, quote: &str) -> Filled {
        let words = self.get(&format!("/norms/{slug}/comments/new/wording")).expect(200);
        words.form(COMPOSER).set("quote", quote).go("edit").expect(200).form(COMPOSER)
    }

    /// The lever composer, filled in.
    #[track_caller]
    pub fn lever_form(&self, slug: &str, action: &str) -> Filled {
        self.get(&format!("/norms/{slug}/comments/new/lever"))
            .expect(200)
            .form(COMPOSER)
            .set("actor", "regulator")
            .set("instrument", "procurement")
            .set("action", action)
            .set("publication", "named")
    }

    /// The composer on the whole text, filled in.
    #[track_caller]
    pub fn whole_form(&self, slug: &str, text: &str) -> Filled {
        self.get(&format!("/norms/{slug}/comments/new/general"))
            .expect(200)
            .form(COMPOSER)
            .set("rationale", text)
            .set("publication", "named")
    }

    /// Proposes `proposed` in place of `quote`; the reference.
    #[track_caller]
    pub fn comment_on_wording(&self, slug: &str, quote: &str, proposed: &str, publication: &str) -> String {
        let form = self
            .wording_form(slug, quote)
            .set("proposed_wording", proposed)
            .set("rationale", &format!("Because {proposed} says it better."))
            .set("publication", publication);
        send(&form)
    }

    /// Proposes a lever; the reference.
    #[track_caller]
    pub fn propose_lever(&self, slug: &str, action: &str, publication: &str) -> String {
        send(&self.lever_form(slug, action).set("publication", publication))
    }

    /// Comments on the whole text; the reference.
    #[track_caller]
    pub fn comment_on_whole(&self, slug: &str, text: &str, publication: &str) -> String {
        send(&self.whole_form(slug, text).set("publication", publication))
    }

    /// The form to decide on a comment, as the page shows it now.
    #[track_caller]
    pub fn verdict_form(&self, reference: &str) -> Filled {
        self.get(&format!("/secretariat/comments/{reference}")).expect(200).form(VERDICT)
    }

    /// Decides on a comment.
    #[track_caller]
    pub fn decide(&self, reference: &str, outcome: &str, reason: &str, statement: &str) -> Answer {
        self.verdict_form(reference).set("outcome", outcome).set("reason", reason).set("statement", statement).press()
    }

    /// Publishes a comment.
    #[track_caller]
    pub fn publish(&self, reference: &str) {
        self.decide(reference, "publish", "", "").expect(303);
    }
}

/// Takes a filled composer through "check your answers" to its receipt; the reference.
#[track_caller]
pub fn send(form: &Filled) -> String {
    let sent = checked(form).go("send").expect(303);
    let reference = sent.location();
    reference.strip_prefix("/receipts/").unwrap_or_else(|| panic!("sent to {reference}")).to_owned()
}

/// The form behind "check your answers", ready to be sent.
#[track_caller]
pub fn checked(form: &Filled) -> Filled {
    form.go("check").expect(200).form(COMPOSER)
}
