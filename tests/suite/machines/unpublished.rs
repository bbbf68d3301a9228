//! Nothing that is not published is anywhere ("Shown by" 2 of issue 4): people do what they like in any order, and after every
//! few steps everything that a visitor can ask for is read. Each text holds a word of its own, so that whatever shows
//! it, a page, a list, a feed, a snippet, a count, is seen to.

pub mod outs;
pub mod world;

use outs::walk;
use world::World;

use crate::archive::histories;
use crate::harness::{Server, on_both};

/// How many steps one run has, and after how many everything is read.
const STEPS: usize = 42;
const BETWEEN: usize = 7;

fn run(server: &Server, seed: u64) {
    let mut world = World::new(server, seed);
    for step in 1..=STEPS {
        world.step();
        if step % BETWEEN == 0 {
            walk(&world);
        }
    }
    assert!(world.published().count() > 1, "seed {seed}: nothing was published, so nothing was shown");
    histories::check(&world, &[]);
}

on_both! {
    fn whatever_happens_in_any_order(server: Server) {
        run(&server, 1);
    }

    fn whatever_happens_in_another_order(server: Server) {
        run(&server, 2_026);
    }

    fn whatever_happens_in_a_third_order(server: Server) {
        run(&server, 777);
    }
}
