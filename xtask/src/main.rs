#![doc = include_str!("../README.md")]

mod bench;
mod command;
mod fuzz;
mod machine;
mod tally;
mod test;

use std::{env, process::ExitCode};

const HELP: &str = "\
The project's own chores.

cargo xtask test                       make the machine ready and run every check that CI runs
cargo xtask postgres                   start the PostgreSQL that the tests need, until Enter is pressed
cargo xtask bench [FILTER]             run the benchmarks, all or those whose name holds FILTER
cargo xtask fuzz TARGET [SECONDS]      feed one fuzz target with new bytes, until it fails or you stop it
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["test"] => test::run(),
        ["postgres"] => machine::postgres::wait(),
        ["bench"] => bench::run(None),
        ["bench", filter] => bench::run(Some(filter)),
        ["fuzz", target] => fuzz::run(target, None),
        ["fuzz", target, seconds] => fuzz::run(target, Some(seconds)),
        ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}
