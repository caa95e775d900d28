//! Standard output whose reader may leave early, as in `kontor … | head`.

use std::io::{self, ErrorKind, StdoutLock, Write};

/// Standard output. Once nobody reads it any more, what is written is dropped, so that the command still finishes its work
/// and ends as it would have.
#[derive(Debug)]
pub(crate) struct Output(Reader<StdoutLock<'static>>);

impl Output {
    /// Standard output, for this thread alone until it is dropped.
    pub(crate) fn lock() -> Self {
        Self(Reader { out: io::stdout().lock(), left: false })
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[derive(Debug)]
struct Reader<W> {
    out: W,
    left: bool,
}

impl<W: Write> Reader<W> {
    /// What to say instead, where the reader has left.
    fn unless_left<T>(&mut self, result: io::Result<T>, instead: T) -> io::Result<T> {
        match result {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.left = true;
                Ok(instead)
            }
            other => other,
        }
    }
}

impl<W: Write> Write for Reader<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.left {
            return Ok(bytes.len());
        }
        let written = self.out.write(bytes);
        self.unless_left(written, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.left {
            return Ok(());
        }
        let flushed = self.out.flush();
        self.unless_left(flushed, ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes so many writes and then is closed.
    struct Pipe(usize);

    impl Write for Pipe {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 = self.0.checked_sub(1).ok_or(ErrorKind::BrokenPipe)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_leaves_is_no_error() -> io::Result<()> {
        let mut out = Reader { out: Pipe(1), left: false };
        out.write_all(b"read")?;
        assert!(!out.left);
        out.write_all(b"dropped")?;
        assert!(out.left);
        out.write_all(b"dropped too")?;
        out.flush()
    }
}
