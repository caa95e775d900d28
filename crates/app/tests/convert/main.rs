//! The walk from reports to batches, as a property: whatever the reports are, no cent is made or lost on the way.
//!
//! The reports come from the generator with any seed. What is expected is summed from their rows by the reader alone,
//! with no word of the ledger; what was made is read back from the bytes of the batches.

#![expect(clippy::unwrap_used, reason = "a test fails by unwrapping")]

mod reports;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use app::configuration::Configuration;
use app::convert::folder::Workplace;
use app::convert::proof::Proof;
use app::convert::source::{Reports, Source};
use app::convert::{Order, hand_over};
use app::language::Language;
use app::progress::Silent;
use datev::{Posting, PostingReader, Side};
use jiff::Timestamp;
use ledger::calendar::DateRange;
use proptest::prelude::*;

use reports::{Expected, Merchant};

/// The files of a run by name, and its proof.
struct Made {
    files: BTreeMap<String, Vec<u8>>,
    proof: Proof,
}

impl Made {
    fn batches(&self) -> impl Iterator<Item = &Vec<u8>> {
        self.files.iter().filter(|(name, _)| name.starts_with("EXTF_Buchungsstapel")).map(|(_, bytes)| bytes)
    }

    fn postings(&self) -> Vec<Posting<'static>> {
        self.batches()
            .flat_map(|bytes| PostingReader::new(bytes.as_slice()).unwrap().map(Result::unwrap))
            .collect()
    }
}

fn convert(folder: &Path, configuration: &Configuration, created: &str) -> Made {
    let sources = fs::read_dir(folder).unwrap().map(|entry| Source::file(&entry.unwrap().path()));
    let reports = Reports::arrange(sources.collect()).unwrap();
    let order = Order {
        reports: &reports,
        configuration,
        period: DateRange::default(),
        created: created.parse::<Timestamp>().unwrap(),
        language: Language::De,
    };
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    let proof = hand_over(&order, Workplace::prepare(&out, false).unwrap(), &Silent).unwrap();
    let files = fs::read_dir(&out).unwrap().map(|entry| {
        let entry = entry.unwrap();
        (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())
    });
    Made { files: files.collect(), proof }
}

/// What a posting changes on the provider account, in cents.
fn signed(posting: &Posting<'_>) -> i64 {
    let amount = i64::try_from(posting.amount.minor()).unwrap();
    match posting.side {
        Side::Debit => amount,
        Side::Credit => -amount,
    }
}

/// Sum and number of the postings of each month.
fn by_month(postings: &[Posting<'_>]) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for posting in postings {
        *sums.entry(posting.date.strftime("%Y-%m").to_string()).or_default() += signed(posting);
    }
    sums
}

/// The bytes without their first line, in which the time of the run stands.
fn without_header(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap();
    &bytes[end..]
}

fn configuration(chart: &str, fees: &str, reserve: bool) -> Configuration {
    let reserve_account = if chart == "skr03" { 1501 } else { 1301 };
    let reserve = if reserve {
        format!("[[account]]\nfor = \"reserve\"\naccount = {reserve_account}\n")
    } else {
        String::new()
    };
    Configuration::read(&format!("[client]\nchart = \"{chart}\"\nfees = \"{fees}\"\n{reserve}")).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_sums_of_the_batches_are_the_sums_of_the_reports(
        seed in any::<u64>(),
        months in 1_u32..4,
        rows in 20_u64..400,
        chart in prop_oneof![Just("skr03"), Just("skr04")],
        fees in prop_oneof![Just("single"), Just("day"), Just("settlement")],
        reserve in any::<bool>(),
    ) {
        let merchant = Merchant::new(seed, months, rows);
        let made = convert(merchant.folder(), &configuration(chart, fees, reserve), "2027-03-01T08:00:00Z");
        let postings = made.postings();
        let Expected { on_provider, rows: read } = merchant.expected(reserve);
        let mut sums = by_month(&postings);
        sums.retain(|_, sum| *sum != 0);
        prop_assert_eq!(sums, on_provider);
        let counted: u64 = made.proof.documents.iter().map(|document| document.rows).sum();
        prop_assert_eq!(counted, read, "no row is dropped");
        let in_files: u64 =
            made.proof.files.iter().filter_map(|file| file.batch.as_ref()).map(|batch| batch.postings).sum();
        prop_assert_eq!(in_files, u64::try_from(postings.len()).unwrap());
        prop_assert!(postings.iter().all(|posting| posting.account != posting.contra_account));
    }

    #[test]
    fn converting_twice_gives_the_same_bytes_but_for_the_time(seed in any::<u64>(), rows in 20_u64..200) {
        let merchant = Merchant::new(seed, 2, rows);
        let settings = configuration("skr04", "day", false);
        let one = convert(merchant.folder(), &settings, "2027-03-01T08:00:00Z");
        let other = convert(merchant.folder(), &settings, "2027-04-02T09:30:00Z");
        prop_assert_eq!(one.files.keys().collect::<Vec<_>>(), other.files.keys().collect::<Vec<_>>());
        for (name, bytes) in one.files.iter().filter(|(name, _)| name.starts_with("EXTF_")) {
            prop_assert_eq!(without_header(bytes), without_header(&other.files[name]), "{}", name);
            prop_assert_ne!(bytes, &other.files[name], "the time of the run stands in the header");
        }
    }

    #[test]
    fn summed_fees_are_the_single_ones_on_every_account(seed in any::<u64>(), rows in 20_u64..300) {
        let merchant = Merchant::new(seed, 2, rows);
        let by_account = |fees: &str| {
            let made = convert(merchant.folder(), &configuration("skr03", fees, false), "2027-03-01T08:00:00Z");
            let mut sums: BTreeMap<_, i64> = BTreeMap::new();
            for posting in made.postings() {
                let month = posting.date.strftime("%Y-%m").to_string();
                *sums.entry((month, posting.contra_account.to_string())).or_default() += signed(&posting);
            }
            sums
        };
        let single = by_account("single");
        prop_assert_eq!(&single, &by_account("day"));
        prop_assert_eq!(&single, &by_account("settlement"));
    }
}
