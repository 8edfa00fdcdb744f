//! Where answers and messages go: standard output, written in large pieces, and standard error.
//!
//! Nothing here panics when the reader at the other end has gone: that is an error like any other, and the program ends.

use std::io::{self, BufWriter, Stdout, Write};

use super::failure::Failure;
use crate::domain::text::{Lang, Message};

/// Standard output.
pub struct Answer(BufWriter<Stdout>);

impl Answer {
    /// Begins an answer.
    pub fn begin() -> Answer {
        Answer(BufWriter::with_capacity(1 << 16, io::stdout()))
    }

    /// Sends what is left of it.
    ///
    /// # Errors
    /// Standard output is closed or full.
    pub fn end(mut self) -> Result<(), Failure> {
        Ok(self.0.flush()?)
    }
}

impl Write for Answer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Says something on standard error. Where that is closed there is nobody to tell.
pub fn tell(lang: Lang, message: &Message) {
    let _ = writeln!(io::stderr(), "{}", message.get(lang));
}
