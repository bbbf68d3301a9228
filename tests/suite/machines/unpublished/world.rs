//! What people do, and what of it everyone may see: kept beside the portal, in words as plain as can be.

use crate::harness::comments::{COMPOSER, checked};
use crate::harness::form::Filled;
use crate::harness::{Client, Person, Server};

/// The texts that are commented on, with words of each.
pub const NORMS: [(&str, &str); 2] = [("avoid-tampering", "should not tamper"), ("botnets", "similar purposes")];

/// Where a comment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    Pending,
    Returned,
    Declined,
    Appealed,
    Published,
    /// Declined twice, or taken back.
    Over,
}

/// A comment as its author and the desk know it.
pub struct Said {
    pub reference: String,
    /// The word that stands in it alone.
    pub word: String,
    /// Another word that stands in it alone, until it is taken out.
    pub spare: String,
    /// Whether it was taken out.
    pub is_redacted: bool,
    /// Words that stood in it before it was corrected.
    pub old_words: Vec<String>,
    /// Which of [`NORMS`].
    pub norm: usize,
    pub kind: &'static str,
    pub at: At,
    pub publication: &'static str,
    pub author: usize,
    /// Whether it ever could be seen.
    pub was_public: bool,
}

impl Said {
    pub fn is_public(&self) -> bool {
        self.at == At::Published && self.publication != "commission"
    }

    pub fn slug(&self) -> &'static str {
        NORMS[self.norm].0
    }
}

pub struct Author {
    pub person: Person,
    pub is_here: bool,
}

/// Chance that can be had again.
struct Dice(u64);

impl Dice {
    /// A number below `sides` (xorshift64*).
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(high).unwrap() % sides
    }
}

/// The portal, the people, and what they said.
pub struct World<'a> {
    pub server: &'a Server,
    pub seed: u64,
    pub said: Vec<Said>,
    pub authors: Vec<Author>,
    pub visitor: Client,
    moderators: [Person; 2],
    dice: Dice,
    words: usize,
}

impl<'a> World<'a> {
    pub fn new(server: &'a Server, seed: u64) -> Self {
        let behalf = |nick: &str, behalf: &str| server.stakeholder_with(nick, |form| form.set("on_behalf_of", behalf));
        let people = [behalf("adanym", "organisation"), behalf("bobnym", "myself"), behalf("carnym", "myself")];
        Self {
            authors: people.into_iter().map(|person| Author { person, is_here: true }).collect(),
            moderators: [server.moderator("mo"), server.moderator("ray")],
            visitor: server.anonymous(),
            said: Vec::new(),
            dice: Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1),
            words: 0,
            server,
            seed,
        }
    }

    pub fn published(&self) -> impl Iterator<Item = &Said> {
        self.said.iter().filter(|said| said.is_public())
    }

    /// A word that no text has.
    fn word(&mut self) -> String {
        self.words += 1;
        format!("qzx{:03}w", self.words)
    }

    /// Somebody does something; where nothing of the sort can be done, somebody sends a comment.
    pub fn step(&mut self) {
        match self.dice.roll(20) {
            0..=4 => self.send(),
            5..=11 => self.decide(),
            12..=14 => self.with(&[At::Pending, At::Returned], Self::correct),
            15..=16 => self.with(&[At::Declined], Self::appeal),
            17..=18 => self.with(&[At::Pending, At::Returned, At::Appealed, At::Published], Self::withdraw),
            _ => self.delete(),
        }
    }

    /// One of those that stand at `places` and whose author is here.
    fn one_of(&mut self, places: &[At]) -> Option<usize> {
        let fits = |said: &Said| places.contains(&said.at) && self.authors[said.author].is_here;
        let found: Vec<usize> = (0..self.said.len()).filter(|at| fits(&self.said[*at])).collect();
        (!found.is_empty()).then(|| found[self.dice.roll(found.len())])
    }

    fn with(&mut self, places: &[At], act: fn(&mut Self, usize)) {
        match self.one_of(places) {
            Some(at) => act(self, at),
            None => self.send(),
        }
    }

    fn send(&mut self) {
        let here: Vec<usize> = (0..self.authors.len()).filter(|at| self.authors[*at].is_here).collect();
        let author = here[self.dice.roll(here.len())];
        let (norm, word, spare) = (self.dice.roll(NORMS.len()), self.word(), self.word());
        let publication = ["named", "named", "organisation", "commission"][self.dice.roll(4)];
        let kind = ["wording", "lever", "general"][self.dice.roll(3)];
        let (slug, quote) = NORMS[norm];
        let person = &self.authors[author].person;
        let reference = match kind {
            "wording" => person.comment_on_wording(slug, quote, &format!("must {word} never {spare}"), publication),
            "lever" => person.propose_lever(slug, &format!("Regulators {word} at once, {spare}."), publication),
            _ => person.comment_on_whole(slug, &format!("The whole {word} of it.\n\n{spare}!"), publication),
        };
        let (old_words, at) = (Vec::new(), At::Pending);
        let (is_redacted, was_public) = (false, false);
        self.said.push(Said {
            reference,
            word,
            spare,
            is_redacted,
            old_words,
            norm,
            kind,
            at,
            publication,
            author,
            was_public,
        });
    }

    fn decide(&mut self) {
        let Some(at) = self.one_of(&[At::Pending, At::Appealed]) else { return self.send() };
        let heard_again = self.said[at].at == At::Appealed;
        let outcome = match (self.dice.roll(6), heard_again) {
            (4, false) => "return",
            (5, _) => "decline",
            _ => "publish",
        };
        let (reason, statement) = match outcome {
            // An appeal is always answered in words.
            "publish" if heard_again => ("", "On second reading it stands."),
            "publish" => ("", ""),
            "return" => ("personal-data", "Take the name of your neighbour out."),
            _ => ("off-topic", "It is about the weather."),
        };
        // An appeal is heard by somebody else.
        let moderator = &self.moderators[usize::from(heard_again)];
        let said = &mut self.said[at];
        moderator.decide(&said.reference, outcome, reason, statement).expect(303);
        said.at = match (outcome, heard_again) {
            ("publish", _) => At::Published,
            ("return", _) => At::Returned,
            (_, false) => At::Declined,
            (_, true) => At::Over,
        };
        said.was_public |= said.is_public();
    }

    fn correct(&mut self, at: usize) {
        let (word, spare) = (self.word(), self.word());
        let publication = ["named", "organisation", "commission"][self.dice.roll(3)];
        let said = &mut self.said[at];
        let page = self.authors[said.author].person.get(&format!("/my-comments/{}/correction", said.reference));
        let form: Filled = page.expect(200).form(COMPOSER);
        let form = match said.kind {
            "wording" => form
                .set("proposed_wording", &format!("must {word} never {spare}"))
                .set("rationale", &format!("Because {word} is better, {spare}.")),
            "lever" => form.set("action", &format!("Regulators {word} later, {spare}.")),
            _ => form.set("rationale", &format!("The whole {word} again, {spare}.")),
        };
        let sent = checked(&form.set("publication", publication)).go("send").expect(303);
        assert!(sent.location().contains(&said.reference), "{}", sent.location());
        said.old_words.push(std::mem::replace(&mut said.word, word));
        said.old_words.push(std::mem::replace(&mut said.spare, spare));
        (said.publication, said.at) = (publication, At::Pending);
    }

    fn appeal(&mut self, at: usize) {
        let said = &mut self.said[at];
        let page = self.authors[said.author].person.get(&format!("/my-comments/{}/appeal", said.reference));
        page.expect(200).form("main form").set("text", "Read it again.").press().expect(303);
        said.at = At::Appealed;
    }

    fn withdraw(&mut self, at: usize) {
        let said = &mut self.said[at];
        let page = self.authors[said.author].person.get(&format!("/my-comments/{}/withdrawal", said.reference));
        page.expect(200).form("main form").set("reason", "Private reasons of mine.").press().expect(303);
        said.at = At::Over;
    }

    /// An account goes, with or without what was published; the last one stays.
    fn delete(&mut self) {
        let here: Vec<usize> = (0..self.authors.len()).filter(|at| self.authors[*at].is_here).collect();
        if here.len() < 2 {
            return self.send();
        }
        let gone = here[self.dice.roll(here.len())];
        let accepted = ["keep", "withdraw"][self.dice.roll(2)];
        let author = &mut self.authors[gone];
        let form = author.person.get("/account/deletion").expect(200).form("main form");
        let form = form.set("understood", "yes");
        let has_accepted = self.said.iter().any(|said| said.author == gone && said.at == At::Published);
        let form = if has_accepted { form.set("accepted", accepted) } else { form };
        form.press().expect(303);
        author.is_here = false;
        for said in self.said.iter_mut().filter(|said| said.author == gone) {
            match said.at {
                At::Published if accepted == "keep" => {
                    // What was for the Commission alone stays so; a name is on nothing any more.
                    if said.publication == "named" {
                        said.publication = "organisation";
                    }
                }
                At::Declined => {}
                _ => said.at = At::Over,
            }
        }
    }
}
