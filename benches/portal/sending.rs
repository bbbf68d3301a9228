//! Authors: comments sent by many at once, against bare rows that one thread writes for as many.

use std::path::Path;
use std::process::Stdio;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::{SqliteConnection, sql_query};

use super::Settings;
use super::load::{self, Order, Outcome};
use super::people;
use super::portal::{Data, Serving};
use super::report::{Report, Target, median};
use super::{load::spawn_with, machine};

/// The hidden first argument of the bare rows' mode.
pub const MODE: &str = "--as-bare-rows";

/// How many people send at once.
const AUTHORS: usize = 64;

diesel::table! {
    bare (id) {
        id -> BigInt,
        text -> Text,
    }
}

/// Comments by 64 people who are signed in.
pub fn comments(settings: &Settings, data: &Data, serving: &Serving, scratch: &Path, report: &mut Report) {
    let password = data.password();
    let ready = |number: usize| {
        let mut browser = people::signed_in(&serving.address, &format!("author{}", number + 1), &password);
        people::ready_to_send(&mut browser, number)
    };
    let requests: Vec<String> = (0..AUTHORS.min(data.comments / 3 - 1)).map(ready).collect();
    let order = Order {
        address: serving.address.clone(),
        connections: requests.len(),
        requests,
        seconds: settings.seconds.max(2.0),
        status: 303,
    };
    let (mut sent, mut rows, mut cost) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..settings.rounds {
        let before = machine::worked(serving.process());
        let outcome = load::run(&order);
        cost.push((machine::worked(serving.process()) - before) * 1e6 / outcome.answers.max(1) as f64);
        sent.push(outcome);
        rows.push(bare_rows(scratch, order.seconds));
    }
    let rate = |rounds: &[Outcome]| median(rounds.iter().map(|it| it.rate).collect());
    let p99 = |rounds: &[Outcome]| median(rounds.iter().map(|it| it.p99).collect()) / 1000.0;
    report.add(format!("Comments sent by {} people at once, a second", order.connections), rate(&sent), "");
    report.add("Bare rows by as many, grouped, synchronous=FULL, a second", rate(&rows), "");
    report.hold("Comments sent, against bare rows", rate(&sent) / rate(&rows), "", Target::AtLeast(0.2));
    report.add("A comment sent, processor time of the server", median(cost), "µs");
    report.hold("A comment sent, 99 in 100 within", p99(&sent), "ms", Target::AtMost(50.0));
    report.add("A bare row, 99 in 100 within", p99(&rows), "ms");
}

fn bare_rows(scratch: &Path, seconds: f64) -> Outcome {
    let mut command = machine::pinned(machine::SERVER, std::env::current_exe().expect("this program"));
    command.arg(MODE).arg(scratch).arg(seconds.to_string()).stdin(Stdio::piped()).stdout(Stdio::piped());
    let output = spawn_with(&mut command, b"").wait_with_output().expect("the bare rows end");
    load::finished(&output.stdout)
}

/// The process of the bare rows: one thread commits everything that waits in one transaction.
pub fn serve(folder: &str, seconds: &str) {
    let file = Path::new(folder).join("bare.db");
    let mut conn = SqliteConnection::establish(&file.to_string_lossy()).expect("a database");
    for line in [
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
    ] {
        sql_query(line).execute(&mut conn).expect("a database");
    }
    let first: Option<i64> = bare::table.select(diesel::dsl::max(bare::id)).first(&mut conn).expect("a number");
    let took = Duration::from_secs_f64(seconds.parse().expect("seconds"));
    let (units, waiting) = mpsc::channel::<mpsc::Sender<()>>();
    let begin = Instant::now();
    let clients: Vec<_> = (0..AUTHORS)
        .map(|_| {
            let units = units.clone();
            std::thread::spawn(move || client(&units, begin + took))
        })
        .collect();
    drop(units);
    write(&mut conn, first.unwrap_or_default(), &waiting);
    let mut times: Vec<u32> = clients.into_iter().flat_map(|client| client.join().expect("a client")).collect();
    let outcome = load::summary(&mut times, begin.elapsed(), None);
    println!("{}", serde_json::to_string(&outcome).expect("an outcome"));
}

fn client(units: &mpsc::Sender<mpsc::Sender<()>>, end: Instant) -> Vec<u32> {
    let mut times = Vec::new();
    while Instant::now() < end {
        let sent = Instant::now();
        let (done, answer) = mpsc::channel();
        units.send(done).expect("the writer");
        answer.recv().expect("an answer");
        times.push(u32::try_from(sent.elapsed().as_micros()).unwrap_or(u32::MAX));
    }
    times
}

fn write(conn: &mut SqliteConnection, mut last: i64, waiting: &mpsc::Receiver<mpsc::Sender<()>>) {
    // As long as what a comment says.
    let text = "A row as long as the words of a comment are. ".repeat(12);
    while let Ok(first) = waiting.recv() {
        let mut done = vec![first];
        done.extend(waiting.try_iter());
        conn.immediate_transaction(|conn| {
            for _ in &done {
                last += 1;
                diesel::insert_into(bare::table).values((bare::id.eq(last), bare::text.eq(&text))).execute(conn)?;
            }
            diesel::QueryResult::Ok(())
        })
        .expect("a commit");
        for waiter in done {
            waiter.send(()).ok();
        }
    }
}
