//! The `cardlint` command.

use std::io;
use std::process::ExitCode;

fn main() -> ExitCode {
    // Standard error is not locked: a thread that panics writes there too.
    cardlint::cli::run(std::env::args_os(), &mut io::stdin().lock(), &mut io::stdout(), &mut io::stderr())
}
