//! What is written is read back: statements by lot, in each format as a bank would write them.
//!
//! With `BANK_STATEMENT_KEEP` naming a folder the first files of each format are kept there, for a look or for another
//! program's judgement (`xmllint --schema`).

#![expect(clippy::unwrap_used, reason = "a test fails by unwrapping")]

mod camt;
mod made;
mod mt940;

use bank_statement::{Limits, Part, Statement, read};
use proptest::prelude::*;

/// The statements without the lines on which things stand, which the writers do not know.
fn without_lines(statements: Vec<Statement>) -> Vec<Statement> {
    let plain = |mut statement: Statement| {
        statement.line = 0;
        (statement.opening.line, statement.closing.line) = (0, 0);
        for entry in statement.entries.iter_mut().chain(&mut statement.not_booked) {
            entry.line = 0;
            entry.transactions.iter_mut().for_each(|transaction| transaction.line = 0);
        }
        statement
    };
    statements.into_iter().map(plain).collect()
}

fn read_back(bytes: &[u8]) -> Vec<Statement> {
    match read(bytes, &Limits::default()) {
        Ok(statements) => without_lines(statements),
        Err(error) => unreachable!("{error}\n{}", String::from_utf8_lossy(bytes)),
    }
}

fn keep(name: &str, bytes: &[u8]) {
    if let Some(folder) = std::env::var_os("BANK_STATEMENT_KEEP") {
        let folder = std::path::PathBuf::from(folder);
        let number = std::fs::read_dir(&folder).unwrap().count();
        if number < 60 {
            std::fs::write(folder.join(format!("{number}-{name}")), bytes).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn camt_of_both_versions_is_read_as_it_was_written(
        statements in proptest::collection::vec(made::camt(), 1..4),
        version in prop_oneof![Just(2_u8), Just(8)],
        prefix in prop_oneof![Just(""), Just("ns2"), Just("camt")],
    ) {
        let statements: Vec<Statement> = statements.iter().map(|made| made.statement(version)).collect();
        let file = camt::write(&statements, version, prefix);
        keep(&format!("camt-{version:02}.xml"), file.as_bytes());
        prop_assert_eq!(read_back(file.as_bytes()), statements);
    }

    #[test]
    fn mt940_of_every_encoding_is_read_as_it_was_written(
        statements in proptest::collection::vec(made::mt940(), 1..4),
        encoding in prop_oneof![
            Just(mt940::Encoding::Utf8), Just(mt940::Encoding::Windows), Just(mt940::Encoding::Dos)
        ],
        blocks in any::<bool>(),
    ) {
        let file = mt940::write(&statements, encoding, blocks);
        keep("mt940.sta", &file);
        prop_assert_eq!(read_back(&file), statements);
    }

    #[test]
    fn the_parts_of_an_entry_are_its_amount(made in made::camt()) {
        for entry in &made.statement(8).entries {
            let sum: i64 = entry.parts().iter().map(|part: &Part<'_>| part.amount.minor()).sum();
            prop_assert_eq!(sum, entry.amount.minor());
        }
    }

    #[test]
    fn one_cent_more_or_less_is_refused(made in made::camt(), cents in prop_oneof![Just(1_i64), Just(-1)]) {
        let mut statement = made.statement(8);
        let closing = statement.closing.amount;
        statement.closing.amount = bank_statement::Amount::new(closing.minor() + cents, closing.currency());
        let file = camt::write(&[statement], 8, "");
        prop_assert!(read(file.as_bytes(), &Limits::default()).is_err());
    }
}
