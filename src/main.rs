//! The command line. Results go to standard output, everything else to standard error; exit status 0, 1 (it failed) or
//! 2 (wrong use).

mod cli;

use std::process::ExitCode;

use clap::Parser as _;
use mimalloc::MiMalloc;
use rustix::fs::Mode;
use rustix::process::umask;

/// The system's allocator keeps what rendering and reading documents took, once for each thread; this one gives it back.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    // Whatever is written holds what is not public: files are for who runs the portal alone.
    umask(Mode::RWXG | Mode::RWXO);
    let arguments = cli::Arguments::parse();
    match cli::run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("norm-portal: {failure}");
            failure.exit_code()
        }
    }
}
