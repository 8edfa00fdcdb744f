//! Lines out and lines in, and nothing else: what is said is a line that ends, what is asked ends with a prompt.

use std::io::{self, BufRead, Write};

use thiserror::Error;

use crate::domain::text::{Lang, Message, Text};
use crate::store::StoreError;
use crate::vietnamese::fold::nfc;

/// Why a conversation cannot go on.
#[derive(Debug, Error)]
pub enum Stop {
    /// There are no more lines.
    #[error("the input has ended")]
    Ended,
    /// Nothing can be said any more.
    #[error("the output cannot be written: {0}")]
    Lost(#[from] io::Error),
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What stands before every answer.
const PROMPT: &str = "> ";

/// A conversation.
pub struct Talk<'a> {
    input: Box<dyn BufRead + 'a>,
    output: Box<dyn Write + 'a>,
    /// The language spoken.
    pub lang: Lang,
}

impl<'a> Talk<'a> {
    /// Over these two ends.
    pub fn new(input: Box<dyn BufRead + 'a>, output: Box<dyn Write + 'a>, lang: Lang) -> Talk<'a> {
        Talk { input, output, lang }
    }

    /// Says something.
    ///
    /// # Errors
    /// The output is gone.
    pub fn say(&mut self, said: impl Into<Message>) -> Result<(), Stop> {
        let said = said.into();
        self.line(said.get(self.lang))
    }

    /// Writes a line, or several.
    ///
    /// # Errors
    /// The output is gone.
    pub fn line(&mut self, line: impl AsRef<str>) -> Result<(), Stop> {
        Ok(writeln!(self.output, "{}", line.as_ref())?)
    }

    /// Waits for an answer: without blanks at its ends, composed, without control characters.
    ///
    /// # Errors
    /// There are no more lines, or the output is gone.
    pub fn answer(&mut self) -> Result<String, Stop> {
        loop {
            write!(self.output, "{PROMPT}")?;
            self.output.flush()?;
            let mut bytes = Vec::new();
            if self.input.read_until(b'\n', &mut bytes)? == 0 {
                writeln!(self.output)?;
                return Err(Stop::Ended);
            }
            match std::str::from_utf8(&bytes) {
                Ok(text) => return Ok(clean(text)),
                Err(_) => self.say(Text::new(
                    "Dòng này không phải chữ Unicode (UTF-8) nên chưa dùng được. Hãy gõ lại, hoặc gõ không dấu.",
                    "That line is not Unicode (UTF-8) and was not taken. Type it again, without tones if need be.",
                ))?,
            }
        }
    }

    /// Asks in one sentence.
    ///
    /// # Errors
    /// As [`Talk::answer`].
    pub fn ask(&mut self, question: impl Into<Message>) -> Result<String, Stop> {
        self.say(question)?;
        self.answer()
    }

    /// Asks which of several, by number; `None` for going back.
    ///
    /// # Errors
    /// As [`Talk::answer`].
    pub fn choose(&mut self, question: impl Into<Message>, items: &[String]) -> Result<Option<usize>, Stop> {
        let question = question.into();
        loop {
            self.say(question.clone())?;
            for (place, item) in items.iter().enumerate() {
                self.line(format!("{} {item}", place + 1))?;
            }
            self.say(Text::new("0 Trở về", "0 Back"))?;
            let answer = self.answer()?;
            match answer.as_str() {
                "" | "0" | ".." => return Ok(None),
                number => match number.parse::<usize>() {
                    Ok(place) if (1..=items.len()).contains(&place) => return Ok(Some(place - 1)),
                    _ => self.no_such_number(items.len())?,
                },
            }
        }
    }

    /// Says that an answer is none of the numbers.
    ///
    /// # Errors
    /// The output is gone.
    pub fn no_such_number(&mut self, most: usize) -> Result<(), Stop> {
        self.say(Message::new(
            format!("Hãy gõ một số từ 0 đến {most}."),
            format!("Type a number from 0 to {most}."),
        ))
    }
}

/// A line as it is meant: a terminal that cannot move a cursor still sends what its arrow keys are called.
fn clean(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut letters = line.chars().peekable();
    while let Some(c) = letters.next() {
        if c == '\u{1b}' {
            if letters.next_if(|next| matches!(next, '[' | 'O')).is_some() {
                while letters
                    .next_if(|next| !next.is_ascii_alphabetic() && *next != '~')
                    .is_some()
                {}
                letters.next();
            }
        } else if c == '\t' {
            text.push(' ');
        } else if !c.is_control() && c != '\u{feff}' {
            text.push(c);
        }
    }
    nfc(text.trim()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_loses_its_end_its_arrow_keys_and_its_loose_marks() {
        assert_eq!(clean("  thiếu vốn\r\n"), "thiếu vốn");
        assert_eq!(clean("an\u{1b}[D\u{1b}[3~\u{1b}OP khang\n"), "an khang");
        assert_eq!(clean("Vie\u{323}\u{302}t\n"), "Việt");
        assert_eq!(clean("\u{feff}1\n"), "1");
    }

    #[test]
    fn a_line_that_is_no_unicode_is_asked_for_again() {
        let mut output = Vec::new();
        let mut talk = Talk::new(Box::new(&b"\xb5\xff\nxong\n"[..]), Box::new(&mut output), Lang::Vi);
        assert_eq!(talk.answer().unwrap(), "xong");
        assert!(matches!(talk.answer(), Err(Stop::Ended)));
        drop(talk);
        assert!(String::from_utf8(output).unwrap().contains("Unicode"));
    }

    #[test]
    fn a_choice_is_a_number_of_the_list() {
        let mut output = Vec::new();
        let mut talk = Talk::new(Box::new(&b"7\nx\n2\n\n"[..]), Box::new(&mut output), Lang::En);
        let items = ["one".to_owned(), "two".to_owned()];
        assert_eq!(talk.choose(Text::new("Chọn", "Choose"), &items).unwrap(), Some(1));
        assert_eq!(talk.choose(Text::new("Chọn", "Choose"), &items).unwrap(), None);
    }
}
