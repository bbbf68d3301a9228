//! Everything that a visitor can ask for, and what may and must be in it. A page that is new is one line in [`OUTS`].

use std::collections::BTreeSet;

use norm_portal::routes::TABLE;
use scraper::Html;
use serde_json::Value;

use super::world::{NORMS, Said, World};
use crate::harness::Answer;
use crate::harness::client::css;

/// What an address is made for.
enum For {
    /// Asked for once.
    All(&'static str),
    /// Asked for once for each text; `{slug}` is its place in addresses.
    EachNorm(&'static str),
    /// Asked for once for each comment, whoever may see it; `{reference}`, `{word}` and `{spare}` are its.
    EachComment(&'static str),
}

/// Every way out. One whose route is not there is left out.
const OUTS: &[(&str, For)] = &[
    ("/", For::All("/")),
    ("/feed.atom", For::All("/feed.atom")),
    ("/announcements.atom", For::All("/announcements.atom")),
    ("/announcements", For::All("/announcements")),
    ("/overview", For::All("/overview")),
    ("/transparency", For::All("/transparency")),
    ("/briefing", For::All("/briefing")),
    ("/search", For::All("/search")),
    ("/sitemap/comments-{page}.xml", For::All("/sitemap/comments-1.xml")),
    ("/api/v1/norms", For::All("/api/v1/norms")),
    ("/api/v1/consultation", For::All("/api/v1/consultation")),
    ("/api/v1/comments", For::All("/api/v1/comments?limit=100")),
    ("/api/v1/annotations", For::All("/api/v1/annotations?limit=100")),
    ("/norms/{slug}", For::EachNorm("/norms/{slug}")),
    ("/norms/{slug}", For::EachNorm("/norms/{slug}?heat=1")),
    ("/norms/{slug}", For::EachNorm("/norms/{slug}?kind=lever&group=civil-society&country=NL")),
    ("/outcome", For::All("/outcome")),
    ("/outcome", For::EachComment("/outcome?reference={reference}")),
    ("/norms/{slug}/outcome", For::EachNorm("/norms/{slug}/outcome")),
    ("/norms/{slug}/history", For::EachNorm("/norms/{slug}/history")),
    ("/norms/{slug}/compare", For::EachNorm("/norms/{slug}/compare")),
    ("/briefing", For::EachNorm("/briefing?norm={slug}")),
    ("/norms/{slug}/versions/{label}", For::EachNorm("/norms/{slug}/versions/1")),
    ("/norms/{slug}/feed.atom", For::EachNorm("/norms/{slug}/feed.atom")),
    ("/api/v1/comments", For::EachNorm("/api/v1/comments?norm={slug}&kind=wording&limit=100")),
    ("/api/v1/annotations", For::EachNorm("/api/v1/annotations?norm={slug}&limit=100")),
    ("/comments/{reference}", For::EachComment("/comments/{reference}")),
    ("/api/v1/comments/{reference}", For::EachComment("/api/v1/comments/{reference}")),
    ("/api/v1/comments", For::EachComment("/api/v1/comments?q={word}")),
    ("/search", For::EachComment("/search?q={word}")),
    ("/search", For::EachComment("/search?q={spare}")),
];

/// Addresses behind these are followed from page to page.
const FOLLOWED: &[&str] = &["/norms/{slug}/positions/"];

/// Every address that there is now.
fn addresses(world: &World) -> BTreeSet<String> {
    let is_there = |route: &str| TABLE.iter().any(|known| known.path == route);
    let mut all = BTreeSet::new();
    for (_, out) in OUTS.iter().filter(|(route, _)| is_there(route)) {
        match out {
            For::All(path) => drop(all.insert((*path).to_owned())),
            For::EachNorm(path) => all.extend(NORMS.iter().map(|(slug, _)| path.replace("{slug}", slug))),
            For::EachComment(path) => all.extend(world.said.iter().map(|said| {
                path.replace("{reference}", &said.reference)
                    .replace("{word}", &said.word)
                    .replace("{spare}", &said.spare)
            })),
        }
    }
    all
}

/// What must be nowhere.
pub fn secrets(world: &World) -> Vec<String> {
    let mut all = Vec::new();
    for said in &world.said {
        all.extend(said.old_words.iter().cloned());
        if said.is_redacted || !said.is_public() {
            all.push(said.spare.clone());
        }
        if !said.is_public() {
            all.extend([said.word.clone(), said.reference.clone()]);
        }
    }
    for (number, author) in world.authors.iter().enumerate() {
        let own = || world.published().filter(move |said| said.author == number);
        let is_named = author.is_here && own().any(|said| said.publication == "named");
        all.extend((!is_named).then(|| author.person.name.clone()));
        let nick = author.person.email.split('@').next().unwrap_or_default();
        all.extend(own().next().is_none().then(|| format!("Organisation of {nick}")));
        all.push(author.person.email.clone());
    }
    let letters = ["Take the name of your neighbour", "Private reasons of mine", "Read it again.", "On second reading"];
    all.extend(letters.map(str::to_owned));
    all
}

/// Reads everything and fails if it holds what it may not, or lacks what it must hold.
pub fn walk(world: &World) {
    let secrets = secrets(world);
    let mut waiting: Vec<String> = addresses(world).into_iter().collect();
    let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
    while let Some(path) = waiting.pop() {
        let answer = world.visitor.get(&path);
        assert!(answer.status < 500, "seed {}: {path}: {}", world.seed, answer.status);
        lacks(world, &answer, &secrets);
        for link in links(&answer).into_iter().filter(|link| is_followed(link)) {
            if seen.insert(link.clone()) {
                waiting.push(link);
            }
        }
    }
    world.said.iter().for_each(|said| check(world, said));
    lists(world);
    counts(world);
}

fn lacks(world: &World, answer: &Answer, secrets: &[String]) {
    let body = String::from_utf8_lossy(&answer.body);
    // What was asked for may be said again: that it was asked for is no secret.
    for secret in secrets.iter().filter(|secret| !answer.path.contains(secret.as_str())) {
        assert!(!body.contains(secret.as_str()), "seed {}: {} holds {secret:?}:\n{body}", world.seed, answer.path);
    }
}

fn is_followed(link: &str) -> bool {
    NORMS.iter().any(|(slug, _)| FOLLOWED.iter().any(|start| link.starts_with(&start.replace("{slug}", slug))))
}

fn links(answer: &Answer) -> Vec<String> {
    if !answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
        return Vec::new();
    }
    let dom = Html::parse_document(&answer.text());
    let anchors = css("a[href]");
    let all = dom.select(&anchors).filter_map(|link| link.value().attr("href"));
    all.map(|href| href.split('#').next().unwrap_or_default().to_owned()).collect()
}

/// One comment: by its reference in every form, and by its word.
fn check(world: &World, said: &Said) {
    let (reference, seed) = (&said.reference, world.seed);
    let page = format!("/comments/{reference}");
    for accept in ["text/html", "application/json", "application/ld+json"] {
        let answer = world.visitor.get_with(&page, &[("accept", accept)]);
        let allowed: &[u16] = match (said.is_public(), said.was_public) {
            (true, _) => &[200],
            (false, true) => &[404, 410],
            (false, false) => &[404],
        };
        assert!(allowed.contains(&answer.status), "seed {seed}: {page} as {accept}: {}", answer.status);
        assert_eq!(said.is_public(), answer.text().contains(&said.word), "seed {seed}: {page} as {accept}");
    }
    assert_eq!(
        world.visitor.get(&format!("/api{}", page.replace("/comments", "/v1/comments"))).status == 200,
        said.is_public()
    );
    let found = list(world, &format!("/api/v1/comments?q={}", said.word));
    let wanted: Vec<String> = said.is_public().then(|| reference.clone()).into_iter().collect();
    assert_eq!(found, wanted, "seed {seed}: by its word");
    let spare: Vec<String> = (said.is_public() && !said.is_redacted).then(|| reference.clone()).into_iter().collect();
    assert_eq!(list(world, &format!("/api/v1/comments?q={}", said.spare)), spare, "seed {seed}: by its other word");
    for old in &said.old_words {
        assert!(list(world, &format!("/api/v1/comments?q={old}")).is_empty(), "seed {seed}: by a word of before");
    }
}

/// The references in a list of the API.
fn list(world: &World, path: &str) -> Vec<String> {
    let answer = world.visitor.get(path).expect(200);
    let list: Value = serde_json::from_slice(&answer.body).unwrap();
    let all = list["comments"].as_array().unwrap();
    all.iter().map(|comment| comment["reference"].as_str().unwrap().to_owned()).collect()
}

/// Everything published is in every list that it belongs to.
fn lists(world: &World) {
    let sorted = |mut all: Vec<String>| {
        all.sort_unstable();
        all
    };
    let wanted = |fits: &dyn Fn(&Said) -> bool| {
        sorted(world.published().filter(|said| fits(said)).map(|said| said.reference.clone()).collect())
    };
    let seed = world.seed;
    assert_eq!(sorted(list(world, "/api/v1/comments?limit=100")), wanted(&|_| true), "seed {seed}");
    for (slug, _) in NORMS {
        for kind in ["wording", "lever", "general"] {
            let path = format!("/api/v1/comments?norm={slug}&kind={kind}&limit=100");
            assert_eq!(
                sorted(list(world, &path)),
                wanted(&|it| it.slug() == slug && it.kind == kind),
                "seed {seed} {path}"
            );
        }
    }
    let everything = ["/feed.atom", "/sitemap/comments-1.xml", "/api/v1/annotations?limit=100"];
    let texts = everything.map(|path| world.visitor.get(path).text());
    for said in world.published() {
        for (path, text) in everything.iter().zip(&texts) {
            assert!(text.contains(&said.reference), "seed {seed}: {path} lacks {}", said.reference);
        }
        for path in ["/norms/{slug}", "/norms/{slug}/feed.atom"] {
            let path = path.replace("{slug}", said.slug());
            assert!(world.visitor.get(&path).text().contains(&said.word), "seed {seed}: {path} lacks {}", said.word);
        }
    }
}

/// Every count is the number of what can be seen.
fn counts(world: &World) {
    let seed = world.seed;
    let all = i64::try_from(world.published().count()).unwrap();
    let data = |path: &str| -> Value { serde_json::from_slice(&world.visitor.get(path).expect(200).body).unwrap() };
    assert_eq!(data("/api/v1/consultation")["comments"]["all"], all, "seed {seed}");
    let norms = data("/api/v1/norms");
    for norm in norms["norms"].as_array().unwrap() {
        let slug = norm["slug"].as_str().unwrap();
        for kind in ["wording", "lever", "general"] {
            let own = world.published().filter(|said| said.slug() == slug && said.kind == kind).count();
            assert_eq!(norm["comments"][kind], own, "seed {seed}: {kind} on {slug}");
        }
    }
    for (what, sum) in [
        ("published", "SELECT CAST(count(*) AS BIGINT) AS n FROM published"),
        ("positions", "SELECT CAST(coalesce(sum(comments), 0) AS BIGINT) AS n FROM positions"),
        ("kinds", "SELECT CAST(coalesce(sum(comments), 0) AS BIGINT) AS n FROM tallies WHERE facet = 'kind'"),
        ("groups", "SELECT CAST(coalesce(sum(comments), 0) AS BIGINT) AS n FROM tallies WHERE facet = 'group'"),
        ("days", "SELECT CAST(coalesce(sum(comments), 0) AS BIGINT) AS n FROM tallies WHERE facet = 'day'"),
    ] {
        assert_eq!(world.server.number(sum), all, "seed {seed}: {what}");
    }
    let wording = world.published().filter(|said| said.kind == "wording").count();
    let spans = world.server.number("SELECT CAST(coalesce(sum(comments), 0) AS BIGINT) AS n FROM spans");
    assert_eq!(spans, i64::try_from(wording).unwrap(), "seed {seed}: spans");
}
