//! A text with a cursor that stands between letters as people see them, never inside one.
//!
//! All text here is NFC with its marks in Vietnamese order, whatever order they came in: a mark that arrives by itself
//! joins the letter before the cursor. Every place is a byte offset at a grapheme's edge; each change puts the cursor
//! back on one, because a change can join what stood apart.

use crate::vietnamese::fold::nfc;
use std::ops::Range;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// A text, a cursor, and perhaps a selection from an anchor to the cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Buffer {
    text: String,
    cursor: usize,
    anchor: Option<usize>,
}

impl Buffer {
    /// A text with the cursor at its end.
    pub fn new(text: &str) -> Buffer {
        let text = nfc(text).into_owned();
        Buffer {
            cursor: text.len(),
            text,
            anchor: None,
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text before the cursor.
    pub fn before(&self) -> &str {
        &self.text[..self.cursor]
    }

    /// The text behind the cursor.
    pub fn after(&self) -> &str {
        &self.text[self.cursor..]
    }

    /// The cursor as a byte offset at a grapheme's edge.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// How many graphemes it has.
    pub fn len(&self) -> usize {
        self.text.graphemes(true).count()
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The bytes selected, if any are.
    pub fn selection(&self) -> Option<Range<usize>> {
        let anchor = self.anchor?;
        let range = anchor.min(self.cursor)..anchor.max(self.cursor);
        (!range.is_empty()).then_some(range)
    }

    /// The text selected; empty if none is.
    pub fn selected(&self) -> &str {
        self.selection().map_or("", |range| &self.text[range])
    }

    /// Begins a selection at the cursor, unless one has begun.
    pub fn select_from_here(&mut self) {
        self.anchor.get_or_insert(self.cursor);
    }

    /// Drops the selection.
    pub fn unselect(&mut self) {
        self.anchor = None;
    }

    /// Selects all, the cursor at the end.
    pub fn select_all(&mut self) {
        self.anchor = Some(0);
        self.cursor = self.text.len();
    }

    /// Puts the cursor at a byte offset, or at the grapheme's edge before it.
    pub fn set_cursor(&mut self, at: usize) {
        self.cursor = edge_at_or_before(&self.text, at);
    }

    /// The grapheme's edge before the cursor, if it is not at the start.
    pub fn left_of(&self, at: usize) -> Option<usize> {
        GraphemeCursor::new(at, self.text.len(), true)
            .prev_boundary(&self.text, 0)
            .ok()
            .flatten()
    }

    /// The grapheme's edge behind the cursor, if it is not at the end.
    pub fn right_of(&self, at: usize) -> Option<usize> {
        GraphemeCursor::new(at, self.text.len(), true)
            .next_boundary(&self.text, 0)
            .ok()
            .flatten()
    }

    /// The start of the word before the cursor.
    pub fn word_left(&self) -> usize {
        let mut words = self
            .before()
            .unicode_word_indices()
            .map(|(at, _)| at)
            .filter(|at| *at < self.cursor);
        words.next_back().unwrap_or(0)
    }

    /// The end of the word behind the cursor.
    pub fn word_right(&self) -> usize {
        let word = self.after().unicode_word_indices().next();
        word.map_or(self.text.len(), |(at, word)| self.cursor + at + word.len())
    }

    /// Start of the line with the cursor.
    pub fn line_start(&self) -> usize {
        self.before().rfind('\n').map_or(0, |at| at + 1)
    }

    /// End of the line with the cursor.
    pub fn line_end(&self) -> usize {
        self.after().find('\n').map_or(self.text.len(), |at| self.cursor + at)
    }

    /// Puts text in the place of a range, at most `max` graphemes in all: of what is put in, whole letters are left out
    /// from its end until it fits. The cursor stands behind it. Says whether all of it went in.
    pub fn replace(&mut self, range: Range<usize>, with: &str, max: usize) -> bool {
        let range = edge_at_or_before(&self.text, range.start)..edge_at_or_before(&self.text, range.end);
        let tail = self.text[range.end..].to_owned();
        let mut put: Vec<&str> = with.graphemes(true).collect();
        loop {
            // The letter before may take up marks that come first in what is put in.
            let head = nfc(&format!("{}{}", &self.text[..range.start], put.concat())).into_owned();
            let text = nfc(&format!("{head}{tail}")).into_owned();
            let fits = put.is_empty() || text.graphemes(true).count() <= max;
            if fits {
                self.cursor = edge_at_or_after(&text, head.len());
                self.text = text;
                self.anchor = None;
                return put.len() == with.graphemes(true).count();
            }
            put.pop();
        }
    }

    /// Puts text in the place of the selection, or at the cursor; see [`Buffer::replace`].
    pub fn insert(&mut self, with: &str, max: usize) -> bool {
        let range = self.selection().unwrap_or(self.cursor..self.cursor);
        self.replace(range, with, max)
    }

    /// Deletes so many graphemes before the cursor, then inserts.
    pub fn edit_before(&mut self, delete: usize, insert: &str, max: usize) -> bool {
        let start = (0..delete).try_fold(self.cursor, |at, _| self.left_of(at)).unwrap_or(0);
        self.replace(start..self.cursor, insert, max)
    }

    /// Deletes a range; the cursor stands where it was.
    pub fn delete(&mut self, range: Range<usize>) {
        self.replace(range, "", usize::MAX);
    }
}

/// The grapheme's edge at a byte offset, or the nearest before it.
fn edge_at_or_before(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !is_edge(text, at) {
        at -= 1;
    }
    at
}

fn edge_at_or_after(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !is_edge(text, at) {
        at += 1;
    }
    at
}

/// Whether a byte offset is a grapheme's edge of the text.
pub fn is_edge(text: &str, at: usize) -> bool {
    text.is_char_boundary(at)
        && (at == 0
            || at == text.len()
            || GraphemeCursor::new(at, text.len(), true)
                .is_boundary(text, 0)
                .unwrap_or(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_come_one_by_one_in_any_order_make_the_letter() {
        for marks in [
            ["\u{302}", "\u{301}"],
            ["\u{301}", "\u{302}"],
            ["\u{302}", "\u{323}"],
            ["\u{323}", "\u{302}"],
        ] {
            let mut buffer = Buffer::default();
            for part in ["t", "i", "e", marks[0], marks[1], "n", "g"] {
                buffer.insert(part, 99);
            }
            assert!(["tiếng", "tiệng"].contains(&buffer.text()), "{}", buffer.text());
            assert_eq!(buffer.len(), 5);
        }
        let mut buffer = Buffer::default();
        for part in ["o", "\u{300}", "\u{31b}"] {
            buffer.insert(part, 1);
        }
        assert_eq!(buffer.text(), "ờ");
    }

    #[test]
    fn the_longest_text_counts_letters_as_seen() {
        let mut buffer = Buffer::new("Thô");
        assert!(!buffer.insert("n\u{323}ghe\u{302}\u{323}", 5));
        assert_eq!(buffer.text(), "Thôṇg");
        assert!(buffer.insert("\u{302}", 5));
    }

    #[test]
    fn words_are_gone_over_one_by_one() {
        let mut buffer = Buffer::new("Hợp tác xã, An Khang");
        let mut stops = Vec::new();
        while buffer.cursor() > 0 {
            buffer.set_cursor(buffer.word_left());
            stops.push(buffer.after().to_owned());
        }
        assert_eq!(
            stops,
            [
                "Khang",
                "An Khang",
                "xã, An Khang",
                "tác xã, An Khang",
                "Hợp tác xã, An Khang"
            ]
        );
        buffer.set_cursor(buffer.word_right());
        assert_eq!(buffer.before(), "Hợp");
    }
}
