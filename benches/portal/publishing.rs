//! A burst of publications while others read.

use std::time::{Duration, Instant};

use super::Settings;
use super::http::Browser;
use super::load::{self, Order, finished};
use super::people;
use super::portal::{Data, Serving};
use super::reading::{NORM, SLUG};
use super::report::{MEDIAN, Report, Target, median};

/// What was published, and what came of it.
#[derive(Default)]
struct Watched {
    /// Comments that everyone may see from then on.
    public: usize,
    /// Those of them that the very next request for the norm page showed: its words are others than before.
    shown: usize,
    /// How long that request took, in microseconds.
    first: Vec<f64>,
    last: Vec<u8>,
}

impl Watched {
    /// Looks before anything is published.
    fn begin(reader: &mut Browser) -> Self {
        Self { last: reader.get_as(NORM, CODING).body, ..Self::default() }
    }

    /// Publishes a comment of [`NORM`] and looks at once.
    fn publish(&mut self, staff: &mut Browser, reader: &mut Browser, reference: &str) {
        if !people::publish(staff, reference) {
            return;
        }
        let begin = Instant::now();
        let page = reader.get_as(NORM, CODING);
        let took = begin.elapsed().as_secs_f64() * 1e6;
        assert_eq!(page.status, 200);
        // One that was sent to the Commission only is accepted and shown to nobody.
        if reader.get(&format!("/comments/{reference}")).status == 200 {
            self.first.push(took);
            self.public += 1;
            self.shown += usize::from(page.body != self.last);
        }
        self.last = page.body;
    }
}

const CODING: &str = "Accept-Encoding: br\r\n";

/// Readers of a norm page while its comments are published one after the other; whether the next request shows each.
pub fn burst(settings: &Settings, data: &Data, serving: &Serving, report: &mut Report) {
    let address = &serving.address;
    let mut staff = people::moderator(address, data);
    let mut reader = Browser::new(address);
    let order = Order {
        address: address.clone(),
        requests: vec![Browser::new(address).request("GET", NORM, CODING, "")],
        connections: settings.connections,
        seconds: settings.seconds.max(2.0),
        status: 200,
    };
    let (mut without, mut with, mut under_load) = (Vec::new(), Vec::new(), Watched::begin(&mut reader));
    for _ in 0..settings.rounds {
        without.push(load::run(&order).rate);
        let readers = load::start(&order);
        let end = Instant::now() + Duration::from_secs_f64(order.seconds);
        while Instant::now() < end {
            let Some(reference) = people::waiting(&mut staff, SLUG).into_iter().next() else { break };
            under_load.publish(&mut staff, &mut reader, &reference);
        }
        with.push(finished(&readers.wait_with_output().expect("the readers end").stdout).rate);
    }
    let mut alone = Watched::begin(&mut reader);
    for reference in people::waiting(&mut staff, SLUG) {
        alone.publish(&mut staff, &mut reader, &reference);
    }
    if alone.public == 0 {
        report.note("No comment was left to be published on this text.");
    }
    let (public, shown) = (under_load.public + alone.public, under_load.shown + alone.shown);
    let undisturbed = median(without);
    report.add("Norm page, requests a second while nothing is published", undisturbed, "");
    let name = format!("The same while {} comments were published, against that", under_load.public);
    report.hold(name, median(with) / undisturbed, "", Target::AtLeast(0.5));
    let all = shown as f64 / (public.max(1) as f64);
    report.hold(format!("Of {public} publications, shown by the next request"), all, "", Target::AtLeast(1.0));
    report.add("Norm page, first request behind a publication, 32 others reading", median(under_load.first), "µs");
    report.add(format!("Norm page, first request behind a publication{MEDIAN}"), median(alone.first), "µs");
}
