//! The `cardlint` command.

use std::io;
use std::process::ExitCode;

/// A card is checked in some hundred microseconds, of which the allocator of the system takes a sixth; this one less than half
/// of that. It is built without huge pages: clearing the first ones takes longer than checking a card does.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Standard error is not locked: a thread that panics writes there too.
    cardlint::cli::run(std::env::args_os(), &mut io::stdin().lock(), &mut io::stdout(), &mut io::stderr())
}
