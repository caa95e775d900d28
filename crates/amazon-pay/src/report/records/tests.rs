//! The splitter against the csv crate: whatever that writes is read back, and whatever is accepted here is
//! split there in the same way.

use std::io::Read;

use csv::{QuoteStyle, ReaderBuilder, Terminator, WriterBuilder};
use proptest::prelude::*;

use super::Records;
use crate::report::record::Record;
use crate::report::{Limits, ReportError};

type Fields = Vec<Vec<String>>;

/// Gives its bytes in pieces of changing length, as a network does.
struct Pieces<'a> {
    bytes: &'a [u8],
    lengths: Vec<usize>,
    turn: usize,
}

impl<'a> Pieces<'a> {
    fn new(bytes: &'a [u8], lengths: &[usize]) -> Self {
        Self { bytes, lengths: lengths.to_vec(), turn: 0 }
    }
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let wanted = self.lengths.get(self.turn % self.lengths.len()).copied().unwrap_or(1);
        self.turn += 1;
        let count = wanted.min(buffer.len());
        self.bytes.read(&mut buffer[..count])
    }
}

fn split(source: impl Read) -> Result<Fields, ReportError> {
    let mut records = Records::new(source, Limits::default());
    let mut record = Record::default();
    let mut fields = Fields::new();
    while records.read(&mut record)? {
        fields.push(record.iter().map(str::to_owned).collect());
    }
    Ok(fields)
}

fn split_by_csv_crate(bytes: &[u8]) -> Fields {
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let records = reader.records().map(|record| record.expect("UTF-8"));
    records.map(|record| record.iter().map(str::to_owned).collect()).collect()
}

fn fields() -> impl Strategy<Value = Fields> {
    let field = "[a-zäß🎁 ,;\"\n\r]{0,12}";
    prop::collection::vec(prop::collection::vec(field, 1..6), 0..8)
}

proptest! {
    #[test]
    fn what_the_csv_crate_writes_is_read_back(
        fields in fields(),
        always in any::<bool>(),
        carriage_return in any::<bool>(),
        lengths in prop::collection::vec(1_usize..9, 1..5),
    ) {
        let mut writer = WriterBuilder::new()
            .flexible(true)
            .quote_style(if always { QuoteStyle::Always } else { QuoteStyle::Necessary })
            .terminator(if carriage_return { Terminator::CRLF } else { Terminator::Any(b'\n') })
            .from_writer(Vec::new());
        for record in &fields {
            writer.write_record(record).expect("written");
        }
        let file = writer.into_inner().expect("written");
        prop_assert_eq!(&split(file.as_slice()).expect("split"), &fields);
        prop_assert_eq!(&split(Pieces::new(&file, &lengths)).expect("split"), &fields);
    }

    #[test]
    fn what_is_accepted_is_split_as_the_csv_crate_does(text in "[a\",\nö]{0,40}", length in 1_usize..5) {
        let whole = split(text.as_bytes());
        let pieces = split(Pieces::new(text.as_bytes(), &[length]));
        match (whole, pieces) {
            (Ok(whole), Ok(pieces)) => {
                prop_assert_eq!(&whole, &split_by_csv_crate(text.as_bytes()));
                prop_assert_eq!(whole, pieces);
            }
            (Err(whole), Err(pieces)) => prop_assert_eq!(whole.to_string(), pieces.to_string()),
            (whole, pieces) => prop_assert!(false, "{whole:?} is not {pieces:?}"),
        }
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(fields) = split(bytes.as_slice()) {
            prop_assert!(fields.iter().all(|record| !record.is_empty()));
        }
    }
}
