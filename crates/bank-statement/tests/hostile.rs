//! Whatever comes in: no panic, no endless work, nothing larger than the limits.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by stopping there")]

use std::io::Write as _;

use bank_statement::{Language, Limits, LooksLike, Problem, ReadError, Statement, read};
use proptest::prelude::*;
use zip::write::{SimpleFileOptions, ZipWriter};

const CAMT: &[u8] = include_bytes!("golden/sparkasse-camt-02.xml");
const VR: &[u8] = include_bytes!("golden/vr-bank-camt-08.xml");
const MT940: &[u8] = include_bytes!("golden/commerzbank-mt940.sta");
const SWIFT: &[u8] = include_bytes!("golden/vr-bank-mt940-swift.txt");

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn refused(bytes: &[u8], limits: &Limits) -> ReadError {
    match read(bytes, limits) {
        Err(error) => error,
        Ok(statements) => panic!("{} statements are read", statements.len()),
    }
}

#[test]
fn an_archive_gives_the_statements_of_its_files_with_their_names() {
    let files: [(&str, &[u8]); 3] = [
        ("2026-11-02.xml", CAMT),
        ("__MACOSX/._2026-11-02.xml", b"\0\x05\x16\x07"),
        ("tag2/MT940.STA", MT940),
    ];
    let statements = read(&archive(&files), &Limits::default()).unwrap();
    let members: Vec<_> = statements.iter().map(|statement| statement.member.as_deref().unwrap()).collect();
    assert_eq!(members, ["2026-11-02.xml", "tag2/MT940.STA"]);
    let without_name = |statement: &Statement| Statement { member: None, ..statement.clone() };
    assert_eq!(without_name(&statements[0]), read(CAMT, &Limits::default()).unwrap()[0]);
}

#[test]
fn one_broken_file_refuses_the_archive_and_is_named() {
    let error = refused(&archive(&[("gut.xml", CAMT), ("halb.xml", &CAMT[..2_000])]), &Limits::default());
    assert_eq!(error.member.as_deref(), Some("halb.xml"));
    let error = refused(&archive(&[("innen.zip", &archive(&[("gut.xml", CAMT)]))]), &Limits::default());
    assert_eq!(*error.problem, Problem::Nested);
    assert_eq!(*refused(&archive(&[]), &Limits::default()).problem, Problem::EmptyArchive);
    let whole = archive(&[("gut.xml", CAMT)]);
    let error = refused(&whole[..whole.len() / 2], &Limits::default());
    assert!(matches!(*error.problem, Problem::Archive { .. }), "{error}");
    let office = archive(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")]);
    assert_eq!(
        *refused(&office, &Limits::default()).problem,
        Problem::NoStatement { looks_like: LooksLike::Office }
    );
}

#[test]
fn an_archive_is_unpacked_no_further_than_the_limits_whatever_its_headers_say() {
    let zeros = vec![b' '; 8 << 20];
    let bomb = archive(&[("bombe.xml", &zeros)]);
    assert!(bomb.len() < 100_000, "eight megabytes are packed into {} bytes", bomb.len());
    let limits = Limits { file_bytes: 1 << 20, ..Limits::default() };
    assert_eq!(*refused(&bomb, &limits).problem, Problem::TooLarge { most: 1 << 20 });
    // The size in local and central header is made small; the reader does not believe it.
    let mut lying = bomb.clone();
    let size = (8_u32 << 20).to_le_bytes();
    let places: Vec<usize> =
        lying.windows(4).enumerate().filter(|(_, four)| *four == size).map(|(place, _)| place).collect();
    for place in places {
        lying[place..place + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    assert!(read(&lying, &limits).is_err());
    let limits = Limits { archive_bytes: CAMT.len() + 10, ..Limits::default() };
    let error = refused(&archive(&[("1.xml", CAMT), ("2.xml", CAMT)]), &limits);
    assert_eq!(*error.problem, Problem::ArchiveTooLarge { most: CAMT.len() + 10 });
    let limits = Limits { members: 1, ..Limits::default() };
    let error = refused(&archive(&[("1.xml", CAMT), ("2.xml", CAMT)]), &limits);
    assert_eq!(*error.problem, Problem::TooManyMembers { most: 1 });
}

#[test]
fn statements_entries_depth_and_bytes_are_bounded() {
    let limits = |change: fn(&mut Limits)| {
        let mut limits = Limits::default();
        change(&mut limits);
        limits
    };
    let problem = |bytes: &[u8], change| *refused(bytes, &limits(change)).problem;
    assert_eq!(problem(CAMT, |limits| limits.file_bytes = 100), Problem::TooLarge { most: 100 });
    assert_eq!(problem(VR, |limits| limits.statements = 1), Problem::TooMany { most: 1 });
    assert_eq!(problem(SWIFT, |limits| limits.statements = 1), Problem::TooMany { most: 1 });
    assert_eq!(problem(CAMT, |limits| limits.entries = 5), Problem::TooMany { most: 5 });
    assert_eq!(problem(MT940, |limits| limits.entries = 2), Problem::TooMany { most: 2 });
    assert_eq!(problem(CAMT, |limits| limits.depth = 6), Problem::TooDeep { most: 6 });
    let head = "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\">";
    let deep = format!("{head}{}", "<a>".repeat(1_000_000));
    assert_eq!(problem(deep.as_bytes(), |_| ()), Problem::TooDeep { most: 64 });
}

#[test]
fn what_stands_in_another_namespace_is_no_part_of_the_statement() {
    let text = String::from_utf8(CAMT.to_vec()).unwrap();
    let foreign = text.replacen(
        "<Ntry>",
        "<x:Ntry xmlns:x=\"urn:bank\"><x:Amt Ccy=\"EUR\">1.00</x:Amt><x:Deep><Ntry/></x:Deep></x:Ntry><Ntry>",
        1,
    );
    assert_eq!(read(foreign.as_bytes(), &Limits::default()).unwrap()[0].entries.len(), 3);
}

#[test]
fn the_encoding_that_xml_declares_is_the_one_it_is_read_in() {
    let text = String::from_utf8(CAMT.to_vec()).unwrap();
    let expected = read(CAMT, &Limits::default()).unwrap();
    let latin: Vec<u8> = text
        .replace("encoding=\"UTF-8\"", "encoding=\"ISO-8859-1\"")
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)).unwrap())
        .collect();
    assert_eq!(read(&latin, &Limits::default()).unwrap(), expected);
    let marked = [b"\xef\xbb\xbf", CAMT].concat();
    assert_eq!(read(&marked, &Limits::default()).unwrap(), expected);
    let wide: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(read(&wide, &Limits::default()).unwrap(), expected);
}

#[test]
fn a_small_error_is_told_in_both_languages_without_what_cannot_be_printed() {
    let text = String::from_utf8(CAMT.to_vec()).unwrap().replacen(">59.90<", ">5&#10;9\u{7f}\u{202e}<", 1);
    let error = refused(text.as_bytes(), &Limits::default());
    for language in [Language::German, Language::English] {
        assert!(!error.sentence(language).chars().any(char::is_control), "{error}");
    }
}

/// A golden file with some bytes changed.
fn damaged(whole: &[u8], changes: &[(prop::sample::Index, u8)]) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for (place, byte) in changes {
        *place.get_mut(&mut bytes) = *byte;
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = read(&bytes, &Limits::default());
    }

    #[test]
    fn any_damage_is_read_or_refused_and_what_is_read_proves_itself(
        file in prop::sample::select(vec![CAMT, VR, MT940, SWIFT]),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        for statement in read(&damaged(file, &changes), &Limits::default()).unwrap_or_default() {
            let mut sum = statement.opening.amount;
            for entry in &statement.entries {
                sum = sum.checked_add(entry.amount).unwrap();
            }
            prop_assert_eq!(sum, statement.closing.amount);
        }
    }

    #[test]
    fn any_beginning_of_a_statement_is_refused(
        file in prop::sample::select(vec![CAMT, VR, MT940]),
        end in any::<prop::sample::Index>(),
    ) {
        // The last lines of MT940 say only that it is over.
        let whole = file.trim_ascii_end().strip_suffix(b"-").unwrap_or(file).trim_ascii_end();
        let whole = whole.strip_suffix(b"EUR1082,51").unwrap_or(whole);
        prop_assert!(read(&whole[..end.index(whole.len())], &Limits::default()).is_err());
    }
}
