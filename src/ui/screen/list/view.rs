//! What the officer keeps of a table: its columns and her filters, in the settings file under the table's name.

use crate::domain::record::Kind;
use crate::domain::settings::Settings;
use serde::{Deserialize, Serialize};

/// A kept filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Saved {
    /// What it is called.
    pub(super) name: String,
    /// What is typed.
    pub(super) text: String,
}

/// What is kept of one table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct View {
    /// The columns by their fields' keys; the usual ones where empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) columns: Vec<String>,
    /// The filters, in the order of keeping.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) filters: Vec<Saved>,
}

impl View {
    /// What is kept of the table of a kind. What cannot be read counts as nothing kept.
    pub(super) fn of(settings: &Settings, kind: &'static dyn Kind) -> View {
        let kept = settings.views.get(&key(kind));
        kept.and_then(|kept| kept.clone().try_into().ok()).unwrap_or_default()
    }

    /// The settings with this kept.
    pub(super) fn kept_in(&self, settings: &Settings, kind: &'static dyn Kind) -> Settings {
        let mut settings = settings.clone();
        match toml::Value::try_from(self) {
            Ok(value) if *self != View::default() => _ = settings.views.insert(key(kind), value),
            _ => _ = settings.views.remove(&key(kind)),
        }
        settings
    }

    /// Keeps a filter; one of the same name is replaced.
    pub(super) fn keep(&mut self, name: &str, text: &str) {
        let saved = Saved {
            name: name.to_owned(),
            text: text.to_owned(),
        };
        match self.filters.iter_mut().find(|filter| filter.name == name) {
            Some(filter) => *filter = saved,
            None => self.filters.push(saved),
        }
    }
}

fn key(kind: &'static dyn Kind) -> String {
    format!("table-{}", kind.key())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::kind;

    #[test]
    fn what_is_kept_comes_back_from_the_settings_as_they_are_written() {
        let visit = kind("visit").unwrap();
        let mut view = View {
            columns: vec!["date".into(), "advice".into()],
            ..View::default()
        };
        view.keep("vốn", "thiếu vốn");
        view.keep("vốn", "thiếu vốn lưu động");
        let written = toml::to_string(&view.kept_in(&Settings::default(), visit)).unwrap();
        let read: Settings = toml::from_str(&written).unwrap();
        assert_eq!(View::of(&read, visit), view);
        assert_eq!(View::of(&read, kind("fair").unwrap()), View::default());
        assert_eq!(View::default().kept_in(&read, visit), Settings::default());
    }

    #[test]
    fn what_a_hand_wrote_wrongly_counts_as_nothing() {
        let mut settings = Settings::default();
        settings.views.insert("table-visit".into(), toml::Value::Integer(7));
        assert_eq!(View::of(&settings, kind("visit").unwrap()), View::default());
    }
}
