//! The words of the list, each kept once.
//!
//! Vietnamese is written in syllables, and there are only some thousands of them: a hundred thousand names use the same
//! few thousand words. So a name is a run of word numbers, a query word is compared with each *word* once, and going
//! over the list is looking numbers up. It makes the list small, and a key stroke quick.

use std::collections::HashMap;

use crate::vietnamese::fold;

/// The number of a word.
pub type WordId = u32;

/// All words of the list, as written and folded.
#[derive(Clone, Debug, Default)]
pub struct Words {
    by_text: HashMap<Box<str>, WordId>,
    text: String,
    folded: String,
    ends: Vec<(u32, u32)>,
    /// How often each stands in the list: the rarest word of a query is looked for first.
    uses: Vec<u32>,
}

impl Words {
    /// The number of a word as written; none for one that folds to nothing.
    pub fn number(&mut self, word: &str) -> Option<WordId> {
        if let Some(id) = self.by_text.get(word) {
            return Some(*id);
        }
        let before = self.folded.len();
        fold::fold_into(word, &mut self.folded);
        if self.folded.len() == before {
            return None;
        }
        self.text.push_str(word);
        let id = WordId::try_from(self.ends.len()).ok()?;
        self.ends.push((end(&self.text), end(&self.folded)));
        self.uses.push(0);
        self.by_text.insert(word.into(), id);
        Some(id)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// A word's search key.
    pub fn folded(&self, id: WordId) -> &str {
        let (start, end) = self.span(id, |ends| ends.1);
        &self.folded[start..end]
    }

    /// A word as written.
    pub fn written(&self, id: WordId) -> &str {
        let (start, end) = self.span(id, |ends| ends.0);
        &self.text[start..end]
    }

    fn span(&self, id: WordId, of: impl Fn(&(u32, u32)) -> u32) -> (usize, usize) {
        let place = id as usize;
        let start = place.checked_sub(1).map_or(0, |before| of(&self.ends[before]));
        (start as usize, of(&self.ends[place]) as usize)
    }

    /// Counts a use of a word.
    pub fn used(&mut self, id: WordId) {
        if let Some(uses) = self.uses.get_mut(id as usize) {
            *uses = uses.saturating_add(1);
        }
    }

    /// How often a word was used.
    pub fn uses(&self, id: WordId) -> u32 {
        self.uses[id as usize]
    }

    /// The bytes that they take.
    pub fn bytes(&self) -> usize {
        self.text.len() * 2 + self.folded.len() + self.ends.len() * (8 + 4 + 24 + 16)
    }
}

fn end(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_one_number_and_keeps_both_its_forms() {
        let mut words = Words::default();
        let hanh = words.number("Hạnh").unwrap();
        let khang = words.number("Khang").unwrap();
        assert_eq!(words.number("Hạnh"), Some(hanh));
        assert_ne!(hanh, khang);
        assert_eq!((words.written(hanh), words.folded(hanh)), ("Hạnh", "hanh"));
        assert_eq!((words.written(khang), words.folded(khang)), ("Khang", "khang"));
        assert_eq!(words.number("\u{301}"), None);
        assert_eq!(words.len(), 2);
    }
}
