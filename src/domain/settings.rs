//! What the office has set: who it is, how it types, what its letterhead says. Kept as one readable file beside the
//! store; every field has a default, and fields of a newer version survive a round trip.

use std::collections::BTreeMap;

use chrono::Weekday;
use serde::{Deserialize, Serialize};

use super::text::Lang;

/// All settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The interface's language; none until chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<Lang>,
    /// The name of a built-in keymap, or a user's file in the data folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keymap: Option<String>,
    /// The colours: `auto`, `dark`, `light`, `contrast`, `mono`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// Whether the mouse is listened to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mouse: Option<bool>,
    /// The day on which the office's week begins.
    pub week_start: WeekStart,
    /// The folder of the daily backup.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backup: Option<String>,
    /// The office and its officer.
    pub office: Office,
    /// How Vietnamese is typed.
    pub typing: Typing,
    /// What stands around a report.
    pub letterhead: Letterhead,
    /// Saved filters, columns and the like, by screen.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub views: BTreeMap<String, toml::Value>,
    /// Settings of a newer version.
    #[serde(flatten)]
    pub extra: BTreeMap<String, toml::Value>,
}

/// The office of this store, as the first start asks it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Office {
    /// The unit's uid; none before set-up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The officer's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub officer: Option<String>,
    /// The name of this machine in the journal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// Codes of the built-in plans that were chosen; none while the unit's own and those of the units above it apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plans: Option<Vec<String>>,
    /// Whether the store holds made-up data.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub demo: bool,
}

/// How Vietnamese is typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Typing {
    /// `telex`, `telex-simple`, `vni`, `viqr`, or the name of a method's file in the data folder.
    pub method: String,
    /// Where a tone stands: `old` (hòa) or `new` (hoà).
    pub tone: String,
    /// Whether a word that is no Vietnamese syllable goes back to its keys.
    pub restore: bool,
    /// Whether `[` and `]` type ơ and ư.
    pub brackets: bool,
    /// Whether the built-in method is on at all.
    pub on: bool,
    /// The officer's abbreviations.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub abbreviations: BTreeMap<String, String>,
}

impl Default for Typing {
    fn default() -> Typing {
        Typing {
            method: "telex".into(),
            tone: "old".into(),
            restore: true,
            brackets: false,
            on: true,
            abbreviations: BTreeMap::new(),
        }
    }
}

/// The day on which a week begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WeekStart {
    /// ISO weeks, numbered.
    #[default]
    Monday,
    /// Last Friday to this Thursday; such weeks are named by their dates.
    Friday,
}

impl WeekStart {
    /// As a weekday.
    pub fn weekday(self) -> Weekday {
        match self {
            WeekStart::Monday => Weekday::Mon,
            WeekStart::Friday => Weekday::Fri,
        }
    }
}

/// What stands around a report; what is not set is made from the office's unit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Letterhead {
    /// The superior body, in one line or two.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub superior: Vec<String>,
    /// The issuing body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// The place before the date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// `BC-BTV` or `BC-HPN`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// `TM. BAN THƯỜNG VỤ` or `KT. CHỦ TỊCH`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    /// `CHỦ TỊCH` or `PHÓ CHỦ TỊCH`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post: Option<String>,
    /// Who signs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signer: Option<String>,
    /// "Nơi nhận", a line each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<String>,
}
