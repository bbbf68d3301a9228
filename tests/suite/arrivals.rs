//! What arrives is looked at: each revision once, whatever fails, whoever else looks.

use std::sync::{Arc, Mutex};
use std::thread;

use norm_portal::db::DbError;
use norm_portal::moderation::arrivals::{Porter, Take};

use crate::harness::comments::COMPOSER;
use crate::harness::{Person, Server, on_both};

const NORM: &str = "botnets";

/// A porter who notes what every comment said, and what it notes.
fn noting(server: &Server) -> (Porter, Arc<Mutex<Vec<String>>>) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let notes = seen.clone();
    let take: Take = Arc::new(move |_, _, arrived| {
        notes
            .lock()
            .unwrap()
            .extend(arrived.iter().map(|it| format!("{} {}", it.comment.reference, it.comment.revision)));
        Ok(())
    });
    (Porter { steps: vec![take], ..server.portal().porter() }, seen)
}

fn seen(notes: &Mutex<Vec<String>>) -> Vec<String> {
    std::mem::take(&mut *notes.lock().unwrap())
}

fn correct(author: &Person, reference: &str) {
    let form = author.get(&format!("/my-comments/{reference}/correction")).expect(200).form(COMPOSER);
    form.set("rationale", "Corrected.").go("check").expect(200).form(COMPOSER).go("send").expect(303);
}

on_both! {
    fn each_revision_is_looked_at_once_in_the_order_of_arrival(server: Server) {
        let ada = server.stakeholder("ada");
        let first = ada.comment_on_whole(NORM, "First.", "named");
        let second = ada.comment_on_wording(NORM, "should not", "must not", "named");
        let (porter, notes) = noting(&server);
        assert_eq!(porter.round().unwrap(), 2);
        assert_eq!(seen(&notes), [format!("{first} 1"), format!("{second} 1")]);
        correct(&ada, &first);
        assert_eq!(porter.round().unwrap(), 1);
        assert_eq!((porter.round().unwrap(), seen(&notes)), (0, vec![format!("{first} 2")]));
    }

    fn what_was_corrected_before_its_turn_is_seen_in_its_last_revision_only(server: Server) {
        let ada = server.stakeholder("ada");
        let first = ada.comment_on_whole(NORM, "First.", "named");
        correct(&ada, &first);
        let (porter, notes) = noting(&server);
        assert_eq!((porter.round().unwrap(), seen(&notes)), (2, vec![format!("{first} 2")]));
    }

    fn one_that_cannot_be_looked_at_holds_nothing_up_and_is_not_lost(server: Server) {
        let ada = server.stakeholder("ada");
        let bad = ada.comment_on_whole(NORM, "Bad.", "named");
        let good = ada.comment_on_whole(NORM, "Good.", "named");
        let (porter, notes) = noting(&server);
        let stumbling: Take = Arc::new(move |_, _, arrived| {
            let is_bad = arrived.iter().any(|it| it.comment.reference == bad);
            if is_bad { Err(DbError::Fault("it stumbles".into())) } else { Ok(()) }
        });
        let stumbler = Porter { steps: [vec![stumbling], porter.steps.clone()].concat(), ..porter.clone() };
        stumbler.round().unwrap_err();
        assert_eq!(seen(&notes), [format!("{good} 1")]);
        assert_eq!((server.count("arrivals"), porter.round().unwrap(), seen(&notes).len()), (1, 1, 1));
    }

    fn a_step_that_fails_keeps_nothing_of_those_before_it(server: Server) {
        server.stakeholder("ada").comment_on_whole(NORM, "First.", "named");
        let writing: Take = Arc::new(|conn, now, arrived| {
            for it in arrived {
                norm_portal::comments::store::set_state(
                    conn,
                    now,
                    it.comment.id,
                    it.comment.version,
                    norm_portal::comments::model::State::Declined,
                )?;
            }
            Ok(())
        });
        let failing: Take = Arc::new(|_, _, _| Err(DbError::Unavailable("not now".into())));
        let porter = Porter { steps: vec![writing, failing], ..server.portal().porter() };
        porter.round().unwrap_err();
        assert_eq!((server.count("comments WHERE state = 'pending'"), server.count("arrivals")), (1, 1));
    }

    fn two_porters_at_once_look_at_each_once(server: Server) {
        let ada = server.stakeholder("ada");
        let mut sent: Vec<String> =
            (0..12).map(|n| format!("{} 1", ada.comment_on_whole(NORM, &format!("Number {n}."), "named"))).collect();
        let (porter, notes) = noting(&server);
        while server.count("arrivals") > 0 {
            thread::scope(|scope| {
                for _ in 0..4 {
                    scope.spawn(|| porter.round().unwrap());
                }
            });
        }
        let mut found = seen(&notes);
        found.sort();
        sent.sort();
        assert_eq!(found, sent);
    }
}
