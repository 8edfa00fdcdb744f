//! Words that are typed with the very keys of Vietnamese syllables (`test` → tét), and how to type them all the same.
//! For the help screen.

use super::{Engine, Method, Restore, Settings};

const WORDS: &str = include_str!("../../../keymaps/typing/hard-words.txt");

/// A word and the keys that give it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HardWord {
    pub word: &'static str,
    /// With the method asked for; doubling a key takes its mark or tone back.
    pub keys: String,
}

/// Common English and office words whose keys make a Vietnamese syllable, or double a key, in this method, so that
/// restoring cannot know them; each with the keys that give it. Empty for a method whose keys are no letters.
pub fn hard_words(method: &Method) -> Vec<HardWord> {
    let words = WORDS.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    words
        .filter(|word| typed(method, word) != **word)
        .filter_map(|word| keys_for(method, word))
        .collect()
}

fn engine(method: &Method) -> Engine {
    Engine::new(
        method.clone(),
        Settings {
            restore: Restore::On,
            ..Settings::default()
        },
    )
}

fn typed(method: &Method, keys: &str) -> String {
    let mut engine = engine(method);
    let mut text = String::new();
    for c in keys.chars() {
        engine.key(c).apply(&mut text);
    }
    engine.enter().apply(&mut text);
    text
}

/// Types the word, pressing a key again wherever it has composed something, as an officer does.
fn keys_for(method: &Method, word: &'static str) -> Option<HardWord> {
    let mut engine = engine(method);
    let (mut keys, mut text, mut wanted) = (String::new(), String::new(), String::new());
    for c in word.chars() {
        wanted.push(c);
        for _ in 0..3 {
            engine.key(c).apply(&mut text);
            keys.push(c);
            if text == wanted {
                break;
            }
        }
    }
    engine.enter().apply(&mut text);
    (text == word).then_some(HardWord { word, keys })
}
