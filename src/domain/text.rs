//! Texts in the two languages of the program: fixed ones (`Text`) and composed ones (`Message`).
//!
//! Every text an officer may see stands here as a pair, so that the interface has both languages whole and a reader
//! who knows no Vietnamese can follow the code.

use serde::{Deserialize, Serialize};

/// The language of the interface and of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Vietnamese, the default.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// Reads `vi` or `en`.
    pub fn parse(text: &str) -> Option<Lang> {
        match text {
            "vi" => Some(Lang::Vi),
            "en" => Some(Lang::En),
            _ => None,
        }
    }
}

/// A fixed text and its English twin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Text {
    /// Vietnamese, as an officer would say it.
    pub vi: &'static str,
    /// Plain English.
    pub en: &'static str,
}

impl Text {
    /// A pair of texts.
    pub const fn new(vi: &'static str, en: &'static str) -> Text {
        Text { vi, en }
    }

    /// The text in one language.
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Vi => self.vi,
            Lang::En => self.en,
        }
    }
}

/// A composed text (with names, numbers, dates in it) and its English twin.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Message {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Message {
    /// A pair of composed texts.
    pub fn new(vi: impl Into<String>, en: impl Into<String>) -> Message {
        Message {
            vi: vi.into(),
            en: en.into(),
        }
    }

    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

impl From<Text> for Message {
    fn from(text: Text) -> Message {
        Message::new(text.vi, text.en)
    }
}
