use std::io::{self, Cursor, Read};

use flate2::read::MultiGzDecoder;

/// The bytes of a report as text: gzip, recognised by its first two bytes (RFC 1952, 2.3.1), is undone,
/// anything else is passed on as it is.
pub(super) enum Plain<R> {
    Bare(Started<R>),
    Gzip(Box<MultiGzDecoder<Started<R>>>),
}

/// A reader whose first bytes have been looked at already.
type Started<R> = io::Chain<Cursor<Vec<u8>>, R>;

const GZIP_MARK: [u8; 2] = [0x1F, 0x8B];

impl<R: Read> Plain<R> {
    pub(super) fn new(mut source: R) -> io::Result<Self> {
        let mut head = Vec::new();
        source.by_ref().take(2).read_to_end(&mut head)?;
        let gzip = head == GZIP_MARK;
        let started = Cursor::new(head).chain(source);
        Ok(if gzip { Self::Gzip(Box::new(MultiGzDecoder::new(started))) } else { Self::Bare(started) })
    }
}

impl<R: Read> Read for Plain<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Bare(source) => source.read(buffer),
            Self::Gzip(source) => source.read(buffer),
        }
    }
}
