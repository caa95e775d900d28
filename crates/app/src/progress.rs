//! How long work tells how far it is.

use std::io::{self, Read};

/// Is told of work done. What it shows, and whether, is the caller's.
pub trait Progress: Sync {
    /// So many bytes more have been read.
    fn advance(&self, bytes: u64);

    /// A step of long work begins or is done; after it the work so far survives an end of the program, or is undone.
    fn step(&self, _name: &'static str) {}
}

/// Shows nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn advance(&self, _bytes: u64) {}
}

/// Tells of what is read from something.
pub(crate) struct Counted<'p, R> {
    inner: R,
    progress: &'p dyn Progress,
}

impl<'p, R> Counted<'p, R> {
    pub(crate) fn new(inner: R, progress: &'p dyn Progress) -> Self {
        Self { inner, progress }
    }
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.progress.advance(u64::try_from(read).unwrap_or(u64::MAX));
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    struct Sum(AtomicU64);

    impl Progress for Sum {
        fn advance(&self, bytes: u64) {
            self.0.fetch_add(bytes, Ordering::Relaxed);
        }
    }

    #[test]
    fn every_byte_read_is_told_once() {
        let sum = Sum(AtomicU64::new(0));
        let mut text = String::new();
        Counted::new(&b"settlement"[..], &sum).read_to_string(&mut text).unwrap();
        assert_eq!((text.as_str(), sum.0.into_inner()), ("settlement", 10));
    }
}
