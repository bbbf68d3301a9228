//! Readers: each public page against the same bytes from nginx and from a bare handler; a visitor with a session.

use std::path::Path;
use std::time::Instant;

use super::Settings;
use super::http::Browser;
use super::load::{self, Order, Outcome};
use super::machine;
use super::people;
use super::portal::{Data, Serving};
use super::report::{MEDIAN, Report, Target, median};
use super::rivals::{self, Page};

/// A page to be measured.
struct Subject {
    name: String,
    path: String,
    coding: &'static str,
}

/// A text that many comment on.
pub const NORM: &str = "/norms/public-core";

/// Its place in addresses.
pub const SLUG: &str = "public-core";

fn subjects(address: &str) -> Vec<Subject> {
    let mut all = Vec::new();
    let mut add = |name: &str, path: &str, coding| {
        all.push(Subject { name: format!("{name} ({coding})"), path: path.to_owned(), coding });
    };
    add("Norm page", NORM, "br");
    add("Norm page", NORM, "gzip");
    add("Home", "/", "br");
    add("Overview", "/overview", "br");
    if let Some(path) = permalink(address) {
        add("Permalink", &path, "br");
    }
    add("Feed", "/feed.atom", "br");
    add("Search, a word", "/search?q=vulnerabilities", "br");
    add("Search, a common word", "/search?q=should", "br");
    add("Search, two words", "/search?q=operators+exercise", "br");
    add("Search, a phrase", "/search?q=%22existing+international+law%22", "br");
    add("API, 50 comments", "/api/v1/comments?limit=50", "br");
    all
}

/// A comment that everyone may see.
pub fn permalink(address: &str) -> Option<String> {
    let page = Browser::new(address).get(NORM).text();
    let places = page.match_indices("\"/comments/GCSC-").map(|(at, _)| &page[at + 1..]);
    places.filter_map(|rest| rest.split('"').next()).find(|path| !path.contains("cosign")).map(str::to_owned)
}

/// Every public page.
pub fn pages(settings: &Settings, serving: &Serving, scratch: &Path, report: &mut Report) {
    let mut answered = Vec::new();
    for subject in subjects(&serving.address) {
        let extra = format!("Accept-Encoding: {}\r\n", subject.coding);
        let answer = Browser::new(&serving.address).get_as(&subject.path, &extra);
        if answer.status != 200 {
            report.note(format!("{}: `{}` answers {}: left out.", subject.name, subject.path, answer.status));
            continue;
        }
        let page = Page::new(answered.len(), &answer);
        let size = answer.body.len();
        answered.push((subject, extra, page, size));
    }
    let pages: Vec<Page> = answered.iter().map(|(_, _, page, _)| page.clone()).collect();
    let nginx = rivals::nginx(scratch, &pages);
    let bare = rivals::bare(&pages);
    for (subject, extra, page, size) in answered {
        let (mut own, mut file, mut handler) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..settings.rounds {
            own.push(read(settings, &serving.address, serving.process(), &subject.path, &extra));
            if let Some(nginx) = &nginx {
                file.push(read(settings, &nginx.address, nginx.process(), &page.path, &extra));
            }
            handler.push(read(settings, &bare.address, bare.process(), &page.path, &extra));
        }
        let rate = |rounds: &[Round]| median(rounds.iter().map(|round| round.outcome.rate).collect());
        let time = |rounds: &[Round]| median(rounds.iter().map(|round| round.per_answer).collect());
        let name = &subject.name;
        let p50 = median(own.iter().map(|round| round.outcome.p50).collect());
        let p99 = median(own.iter().map(|round| round.outcome.p99).collect());
        report.add(format!("{name}, body"), size as f64, "bytes");
        report.add(format!("{name}, requests a second"), rate(&own), "");
        report.add(format!("{name}{MEDIAN}"), p50, "µs");
        report.add(format!("{name}, 99 in 100"), p99, "µs");
        if !file.is_empty() {
            let ratio = rate(&own) / rate(&file);
            let against = format!("{name}, against nginx ({:.0} a second)", rate(&file));
            if name.starts_with("Norm page") {
                report.hold(against, ratio, "", Target::AtLeast(0.9));
            } else {
                report.add(against, ratio, "");
            }
            report.add(format!("{name}, processor time against nginx"), time(&own) / time(&file), "");
        }
        let against = format!("{name}, against a bare handler ({:.0} a second)", rate(&handler));
        report.add(against, rate(&own) / rate(&handler), "");
    }
}

/// One round of readers.
struct Round {
    outcome: Outcome,
    /// Seconds of processor time of the server for one answer.
    per_answer: f64,
}

fn read(settings: &Settings, address: &str, process: u32, path: &str, extra: &str) -> Round {
    let request = Browser::new(address).request("GET", path, extra, "");
    let order = Order {
        address: address.to_owned(),
        requests: vec![request],
        connections: settings.connections,
        seconds: settings.seconds,
        status: 200,
    };
    let before = machine::worked(process);
    let outcome = load::run(&order);
    let per_answer = (machine::worked(process) - before) / (outcome.answers.max(1) as f64);
    Round { outcome, per_answer }
}

/// A visitor with a session on the norm page.
pub fn visitor(settings: &Settings, data: &Data, serving: &Serving, report: &mut Report) {
    let browser = people::signed_in(&serving.address, "stakeholder", &data.password());
    let extra = format!("Cookie: {}\r\nAccept-Encoding: br\r\n", browser.cookies());
    let rounds = || read(settings, &serving.address, serving.process(), NORM, &extra).outcome;
    let rounds: Vec<Outcome> = (0..settings.rounds).map(|_| rounds()).collect();
    let of = |part: fn(&Outcome) -> f64| median(rounds.iter().map(part).collect());
    report.add("Norm page with a session, requests a second", of(|it| it.rate), "");
    let millis = of(|it| it.p50) / 1000.0;
    report.hold("Norm page with a session, half within", millis, "ms", Target::AtMost(10.0));
    report.add("Norm page with a session, 99 in 100 within", of(|it| it.p99) / 1000.0, "ms");
}

/// Searches that nobody made before, one at a time.
pub fn searches(serving: &Serving, report: &mut Report) {
    let mut browser = Browser::new(&serving.address);
    if browser.get("/search?q=norm").status != 200 {
        report.note("Searches made for the first time: `/search` is not there: left out.");
        return;
    }
    let words =
        ["should", "the", "state", "law", "operators", "publish", "public", "core", "text", "норма", "国", "الدول"];
    let encoded = |word: &str| url::form_urlencoded::byte_serialize(word.as_bytes()).collect::<String>();
    let mut queries: Vec<String> = words.iter().map(|word| encoded(word)).collect();
    for one in words {
        queries.extend(
            words.iter().filter(|other| **other != one).map(|other| format!("{}+{}", encoded(one), encoded(other))),
        );
    }
    queries.extend(["%22the+text+should%22", "%22of+the%22", "%22the+present+words+leave+open%22"].map(str::to_owned));
    let mut times = Vec::new();
    for query in &queries {
        let begin = Instant::now();
        let answer = browser.get(&format!("/search?q={query}"));
        assert_eq!(answer.status, 200, "/search?q={query}");
        times.push(begin.elapsed().as_secs_f64() * 1000.0);
    }
    let slowest = times.iter().copied().fold(0.0, f64::max);
    report.add(format!("{} searches made for the first time, half within", times.len()), median(times), "ms");
    report.hold("Searches made for the first time, slowest", slowest, "ms", Target::AtMost(200.0));
}

/// The queue of the Secretariat's desk.
pub fn queue(settings: &Settings, data: &Data, serving: &Serving, report: &mut Report) {
    let browser = people::moderator(&serving.address, data);
    let extra = format!("Cookie: {}\r\nAccept-Encoding: br\r\n", browser.cookies());
    for (name, path) in [
        ("Queue", "/secretariat"),
        ("Queue of one text", "/secretariat?norm=public-core"),
        ("Queue of one language and group", "/secretariat?language=en&group=academia"),
        ("Queue of an age", "/secretariat?age=week"),
    ] {
        let rounds = || {
            let request = Browser::new(&serving.address).request("GET", path, &extra, "");
            let seconds = settings.seconds;
            load::run(&Order {
                address: serving.address.clone(),
                requests: vec![request],
                connections: 1,
                seconds,
                status: 200,
            })
        };
        let rounds: Vec<Outcome> = (0..settings.rounds).map(|_| rounds()).collect();
        let of = |part: fn(&Outcome) -> f64| median(rounds.iter().map(part).collect());
        let millis = of(|it| it.p50) / 1000.0;
        report.hold(format!("{name}, one moderator, half within"), millis, "ms", Target::AtMost(10.0));
        report.add(format!("{name}, one moderator, 99 in 100"), of(|it| it.p99), "µs");
    }
}
