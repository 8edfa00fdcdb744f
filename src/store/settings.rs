//! The settings file beside the store: readable, written whole, never a reason not to open.

use std::path::Path;

use super::durable;
use super::fault::StoreError;
use crate::domain::settings::Settings;
use crate::domain::text::Message;

/// The file's name in the data folder.
pub const FILE: &str = "settings.toml";

/// Reads the settings. A file that cannot be understood is kept as it is, defaults are used, and a note says so.
pub fn load(dir: &Path, notes: &mut Vec<Message>) -> Result<Settings, StoreError> {
    let path = dir.join(FILE);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Settings::default()),
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData => String::from("?"),
        Err(error) => return Err(StoreError::io(&path, error)),
    };
    match toml::from_str(&text) {
        Ok(settings) => Ok(settings),
        Err(error) => {
            // Never overwrite what could not be read.
            let aside = dir.join("settings-hong.toml");
            std::fs::rename(&path, &aside).map_err(|error| StoreError::io(&path, error))?;
            let line = error
                .span()
                .map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            notes.push(Message::new(
                format!("Tệp cài đặt settings.toml sai ở dòng {line}; đã giữ lại thành settings-hong.toml và dùng cài đặt mặc định."),
                format!("The settings file is wrong at line {line}; it was kept as settings-hong.toml, defaults are used."),
            ));
            Ok(Settings::default())
        }
    }
}

/// Writes the settings as one step.
pub fn save(dir: &Path, settings: &Settings) -> Result<(), StoreError> {
    let text = toml::to_string_pretty(settings).map_err(|error| StoreError::damaged(format!("settings: {error}")))?;
    durable::write_whole(&dir.join(FILE), text.as_bytes())
}
