//! Judges that know attacks and not the portal: an observatory of headers, an evaluator of content security policies, a
//! tester of TLS, slow connections by the hundred, a browser, and two programs that try what is typed into every field. Each is
//! shown something with a fault first, to see that it speaks. `tests/judges/long` has the last two run for as long as they like.

mod browser;
mod flawed;
mod headers;
mod slow;
mod tls;
mod typed;

use std::process::{Command, Stdio};

/// A program that `tests/run` installed: run to its end, all that it said.
#[track_caller]
fn said(command: &mut Command) -> String {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output();
    let output =
        output.unwrap_or_else(|error| panic!("run the tests with `tests/run`, which installs {name}: {error}"));
    format!("{}\n{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}
