//! The bytes of a file, a window at a time: ASCII-compatible, UTF-16 already turned into UTF-8.

use std::io::{self, Read};

use super::Encoding;

const CHUNK_BYTES: usize = 64 * 1024;

/// A window over the input that grows on demand.
pub(super) struct Source<R> {
    input: R,
    decoder: Option<encoding_rs::Decoder>,
    chunk: Vec<u8>,
    window: Vec<u8>,
    /// What of the window was used up.
    used: usize,
    is_at_end: bool,
}

impl<R: Read> Source<R> {
    /// Reads the byte order mark, if there is one.
    pub(super) fn new(input: R) -> io::Result<(Self, Encoding)> {
        let mut source = Self {
            input,
            decoder: None,
            chunk: vec![0; CHUNK_BYTES],
            window: Vec::with_capacity(2 * CHUNK_BYTES),
            used: 0,
            is_at_end: false,
        };
        while source.window.len() < 3 && source.grow()? {}
        let (encoding, mark) = Encoding::of_mark(&source.window);
        source.used = mark;
        if let Some(decoder) = encoding.decoder() {
            let bytes = source.window.split_off(mark);
            source.window.clear();
            source.used = 0;
            source.decoder = Some(decoder);
            let is_last = source.is_at_end;
            source.decode(&bytes, is_last);
        }
        Ok((source, encoding))
    }

    /// The bytes that were not used up yet.
    pub(super) fn window(&self) -> &[u8] {
        &self.window[self.used..]
    }

    /// Uses up the first `count` bytes of the window.
    pub(super) fn consume(&mut self, count: usize) {
        self.used = (self.used + count).min(self.window.len());
    }

    /// Reads more into the window. False at the end of the input.
    pub(super) fn grow(&mut self) -> io::Result<bool> {
        if self.is_at_end {
            return Ok(false);
        }
        if self.used > 0 {
            self.window.drain(..self.used);
            self.used = 0;
        }
        let mut chunk = std::mem::take(&mut self.chunk);
        let read = read_some(&mut self.input, &mut chunk);
        let added = read.map(|count| {
            self.is_at_end = count == 0;
            if self.decoder.is_some() {
                self.decode(&chunk[..count], count == 0);
            } else {
                self.window.extend_from_slice(&chunk[..count]);
            }
            count > 0
        });
        self.chunk = chunk;
        added
    }

    fn decode(&mut self, bytes: &[u8], is_last: bool) {
        let Some(decoder) = &mut self.decoder else { return };
        let mut rest = bytes;
        let mut text = String::with_capacity(CHUNK_BYTES);
        loop {
            let (result, read, _) = decoder.decode_to_string(rest, &mut text, is_last);
            self.window.extend_from_slice(text.as_bytes());
            text.clear();
            rest = &rest[read..];
            if result == encoding_rs::CoderResult::InputEmpty {
                return;
            }
        }
    }
}

fn read_some(input: &mut impl Read, chunk: &mut [u8]) -> io::Result<usize> {
    loop {
        match input.read(chunk) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}
