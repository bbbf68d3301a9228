//! No page and no data holds an issue that is not published, or a confidential comment: the desk and authors do what they
//! like in any order, and after every few steps all that a visitor can ask for of it is read.

use super::{Desk, NORM, WORDS, begin, decision, draft, put, steps};
use crate::harness::{Client, Person, Server, on_both};

const STEPS: usize = 36;
const BETWEEN: usize = 6;

/// A comment that was accepted.
struct Said {
    reference: String,
    word: String,
    author: usize,
    is_public: bool,
    is_withdrawn: bool,
}

/// An issue as the desk knows it.
struct Asked {
    path: String,
    number: usize,
    state: &'static str,
    /// The words of the draft.
    draft: Vec<String>,
    /// The words of what everyone reads.
    published: Vec<String>,
    under: Vec<usize>,
    answered: Vec<usize>,
}

/// Chance that can be had again (xorshift64*).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        usize::try_from(self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33).unwrap() % sides
    }
}

struct World<'a> {
    desk: Desk,
    authors: Vec<Person>,
    visitor: Client,
    said: Vec<Said>,
    asked: Vec<Asked>,
    dice: Dice,
    words: usize,
    server: &'a Server,
}

impl World<'_> {
    fn word(&mut self) -> String {
        self.words += 1;
        format!("qzx{:03}w", self.words)
    }

    fn say(&mut self) {
        let (author, word) = (self.dice.roll(self.authors.len()), self.word());
        let publication = ["named", "organisation", "commission"][self.dice.roll(3)];
        let person = &self.authors[author];
        let reference = if self.dice.roll(2) == 0 {
            person.comment_on_wording(NORM, WORDS, &format!("must {word} not tamper"), publication)
        } else {
            person.comment_on_whole(NORM, &format!("All of it, {word}."), publication)
        };
        self.desk.mo.publish(&reference);
        let is_public = publication != "commission";
        self.said.push(Said { reference, word, author, is_public, is_withdrawn: false });
    }

    fn ask(&mut self) {
        let word = self.word();
        let path = begin(&self.desk.mo, &format!("Whether {word} is so."));
        let number = self.asked.len() + 1;
        let (published, under, answered) = (Vec::new(), Vec::new(), Vec::new());
        self.asked.push(Asked { path, number, state: "draft", draft: vec![word], published, under, answered });
    }

    fn in_state(&mut self, state: &str) -> Option<usize> {
        let fits: Vec<usize> = (0..self.asked.len()).filter(|at| self.asked[*at].state == state).collect();
        (!fits.is_empty()).then(|| fits[self.dice.roll(fits.len())])
    }

    fn gather(&mut self) {
        let Some(at) = self.in_state("draft").filter(|_| !self.said.is_empty()) else { return self.ask() };
        let which = self.dice.roll(self.said.len());
        if self.said[which].is_withdrawn || self.asked[at].under.contains(&which) {
            return self.say();
        }
        put(&self.desk.ray, &self.asked[at].path, &[&self.said[which].reference]);
        self.asked[at].under.push(which);
    }

    fn propose(&mut self) {
        let Some(at) = self.in_state("draft") else { return self.ask() };
        let (statement, reasons) = (self.word(), self.word());
        let form = decision(&self.desk.mo, &self.asked[at].path, "noted", &format!("Because of {reasons}."));
        form.set("statement", &format!("Whether {statement} is so.")).go("propose").expect(303);
        (self.asked[at].draft, self.asked[at].state) = (vec![statement, reasons], "proposed");
    }

    fn validate(&mut self) {
        let Some(at) = self.in_state("proposed") else { return self.propose() };
        steps(&self.desk.ray, &self.asked[at].path).go("validate").expect(303);
        self.asked[at].state = "validated";
    }

    fn publish(&mut self) {
        if self.in_state("validated").is_none() {
            return self.validate();
        }
        super::publish_all(&self.desk.sec);
        for it in self.asked.iter_mut().filter(|it| it.state == "validated") {
            it.state = "published";
            it.published.clone_from(&it.draft);
            it.answered = it.under.iter().copied().filter(|which| !self.said[*which].is_withdrawn).collect();
        }
    }

    fn reopen(&mut self) {
        let Some(at) = self.in_state("published") else { return self.publish() };
        steps(&self.desk.ray, &self.asked[at].path).go("reopen").expect(303);
        let word = self.word();
        let form = draft(&self.desk.ray, &self.asked[at].path).set("statement", &format!("Whether {word} is so."));
        form.set("reasons", &format!("Not {word}.")).go("save").expect(303);
        (self.asked[at].draft, self.asked[at].state) = (vec![word], "draft");
    }

    fn withdraw(&mut self) {
        let fits: Vec<usize> = (0..self.said.len()).filter(|at| !self.said[*at].is_withdrawn).collect();
        if fits.len() < 4 {
            return self.say();
        }
        let at = fits[self.dice.roll(fits.len())];
        let page = format!("/my-comments/{}/withdrawal", self.said[at].reference);
        self.authors[self.said[at].author].get(&page).form("main form").press().expect(303);
        self.said[at].is_withdrawn = true;
    }

    fn step(&mut self) {
        match self.dice.roll(12) {
            0..=2 => self.say(),
            3 => self.ask(),
            4..=6 => self.gather(),
            7 => self.propose(),
            8 => self.validate(),
            9 => self.publish(),
            10 => self.reopen(),
            _ => self.withdraw(),
        }
    }

    /// What must be nowhere.
    fn secrets(&self) -> Vec<String> {
        let mut all = Vec::new();
        for said in self.said.iter().filter(|said| !said.is_public || said.is_withdrawn) {
            all.extend([said.reference.clone(), said.word.clone()]);
        }
        for it in &self.asked {
            all.extend(it.draft.iter().filter(|word| !it.published.contains(word)).cloned());
        }
        all
    }

    fn walk(&self) {
        let mut paths: Vec<String> =
            ["/outcome", "/api/v1/comments?limit=100", "/search", "/feed.atom"].map(str::to_owned).to_vec();
        paths.extend([format!("/norms/{NORM}"), format!("/norms/{NORM}/outcome")]);
        paths.extend(self.asked.iter().map(|it| format!("/norms/{NORM}/outcome/{}", it.number)));
        for said in &self.said {
            let reference = &said.reference;
            paths.extend(
                ["/comments/", "/api/v1/comments/", "/outcome?reference="].map(|start| format!("{start}{reference}")),
            );
        }
        let secrets = self.secrets();
        for path in paths {
            let answer = self.visitor.get(&path);
            assert!(answer.status < 500, "{path}: {}", answer.status);
            let body = String::from_utf8_lossy(&answer.body);
            for secret in secrets.iter().filter(|secret| !path.contains(secret.as_str())) {
                assert!(!body.contains(secret.as_str()), "{path} holds {secret}:\n{body}");
            }
        }
        self.shown();
    }

    /// What was published is where it belongs.
    fn shown(&self) {
        let outcome = self.visitor.get(&format!("/norms/{NORM}/outcome")).expect(200);
        for it in &self.asked {
            let page = self.visitor.get(&format!("/norms/{NORM}/outcome/{}", it.number));
            assert_eq!(page.status == 200, !it.published.is_empty());
            for word in &it.published {
                outcome.reads(word);
                page.reads(word);
            }
            for which in it.answered.iter().filter(|_| page.status == 200) {
                let said = &self.said[*which];
                let is_shown = said.is_public && !said.is_withdrawn;
                assert_eq!(page.text().contains(&said.reference), is_shown, "{} under {}", said.reference, it.number);
                if is_shown {
                    self.visitor.get(&format!("/comments/{}", said.reference)).expect(200).reads(&it.published[1]);
                }
            }
        }
        let wrong = "SELECT CAST(count(*) AS BIGINT) AS n FROM comments WHERE issues <> \
                     (SELECT count(*) FROM issue_comments WHERE comment_id = comments.id)";
        assert_eq!(self.server.number(wrong), 0);
    }
}

fn run(server: &Server, seed: u64) {
    let behalf = |nick: &str| server.stakeholder_with(nick, |form| form.set("on_behalf_of", "myself"));
    let authors = vec![behalf("ada"), behalf("bob"), server.stakeholder("car")];
    let (desk, visitor) = (Desk::of(server), server.anonymous());
    let dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut world = World { desk, authors, visitor, said: Vec::new(), asked: Vec::new(), dice, words: 0, server };
    for step in 1..=STEPS {
        world.step();
        if step % BETWEEN == 0 {
            world.walk();
        }
    }
    assert!(world.asked.iter().any(|it| !it.published.is_empty()), "seed {seed}: nothing was published");
    server.assert_audit_holds();
}

on_both! {
    fn whatever_the_desk_does_in_any_order(server: Server) {
        run(&server, 3);
    }

    fn whatever_the_desk_does_in_another_order(server: Server) {
        run(&server, 2_027);
    }
}
