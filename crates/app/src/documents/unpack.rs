//! Gzip undone up to a bound: a small file may unpack to more than any disk holds.

use std::io::{self, Cursor, Read};

use flate2::read::MultiGzDecoder;

use super::limits::UNPACKED_BYTES_MAX;

const GZIP_MARK: [u8; 2] = [0x1F, 0x8B];

type Started<R> = io::Chain<Cursor<Vec<u8>>, R>;

/// The text of a report, packed or not.
pub(super) struct Unpacked<R> {
    text: Text<R>,
    left: u64,
}

enum Text<R> {
    Plain(Started<R>),
    Packed(Box<MultiGzDecoder<Started<R>>>),
}

impl<R: Read> Unpacked<R> {
    pub(super) fn new(source: R) -> io::Result<Self> {
        Self::with_limit(source, UNPACKED_BYTES_MAX)
    }

    fn with_limit(mut source: R, most: u64) -> io::Result<Self> {
        let mut head = Vec::new();
        source.by_ref().take(2).read_to_end(&mut head)?;
        let packed = head == GZIP_MARK;
        let started = Cursor::new(head).chain(source);
        let text =
            if packed { Text::Packed(Box::new(MultiGzDecoder::new(started))) } else { Text::Plain(started) };
        Ok(Self { text, left: most })
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = match &mut self.text {
            Text::Plain(text) => text.read(buffer)?,
            Text::Packed(text) => text.read(buffer)?,
        };
        let taken = self.left.checked_sub(u64::try_from(count).unwrap_or(u64::MAX));
        self.left = taken.ok_or_else(|| io::Error::other("it unpacks to more than any report has"))?;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    #[test]
    fn what_unpacks_to_too_much_is_refused() {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(&[b' '; 10_000]).unwrap();
        let packed = packed.finish().unwrap();
        let read = |most| {
            let mut text = Vec::new();
            Unpacked::with_limit(packed.as_slice(), most).unwrap().read_to_end(&mut text).map(|_| text.len())
        };
        assert_eq!(read(10_000).unwrap(), 10_000);
        assert!(read(9_999).is_err());
    }
}
