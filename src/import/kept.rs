//! Maps that the officer made, kept for the next file of the same shape: the kind and the headings, folded.

use toml::Value;
use toml::map::Map;

use super::mapping::{OwnMap, Target};
use crate::domain::settings::Settings;
use crate::vietnamese::fold::fold;

/// Where they stand among the settings' views.
const VIEW: &str = "import";
/// Maps that are kept; the oldest goes.
const MOST: usize = 40;
/// The folder that was looked at last.
const FOLDER: &str = "folder";
const MAPS: &str = "maps";
const SHAPE: &str = "shape";
const COLUMNS: &str = "columns";

fn shape(kind: &str, headings: &[String]) -> String {
    let folded: Vec<String> = headings.iter().map(|heading| fold(heading)).collect();
    format!("{kind}: {}", folded.join(" | "))
}

fn maps(settings: &Settings) -> &[Value] {
    let view = settings.views.get(VIEW).and_then(Value::as_table);
    let maps = view.and_then(|view| view.get(MAPS)).and_then(Value::as_array);
    maps.map(Vec::as_slice).unwrap_or_default()
}

fn is_of(map: &Value, shape: &str) -> bool {
    map.get(SHAPE).and_then(Value::as_str) == Some(shape)
}

/// The map kept for headings like these.
pub fn find(settings: &Settings, kind: &str, headings: &[String]) -> Option<OwnMap> {
    let shape = shape(kind, headings);
    let map = maps(settings).iter().find(|map| is_of(map, &shape))?;
    let columns = map.get(COLUMNS)?.as_table()?.iter();
    let columns = columns.filter_map(|(heading, key)| Some((heading.clone(), key.as_str()?.to_owned())));
    Some(OwnMap {
        columns: columns.collect(),
        ..OwnMap::default()
    })
}

/// Keeps where the columns went.
pub fn keep(settings: &mut Settings, kind: &str, headings: &[String], targets: &[Option<Target>]) {
    let shape = shape(kind, headings);
    let mut all: Vec<Value> = maps(settings).to_vec();
    all.retain(|map| !is_of(map, &shape));
    let named = headings.iter().zip(targets).filter(|(heading, _)| !heading.is_empty());
    let key = |target: &Option<Target>| Value::String(target.map_or("", |target| target.key()).to_owned());
    let columns: Map<String, Value> = named.map(|(heading, target)| (heading.clone(), key(target))).collect();
    let mut map = Map::new();
    map.insert(SHAPE.to_owned(), Value::String(shape));
    map.insert(COLUMNS.to_owned(), Value::Table(columns));
    all.push(Value::Table(map));
    let old = all.len().saturating_sub(MOST);
    put(settings, MAPS, Value::Array(all.split_off(old)));
}

/// The folder in which the last file was.
pub fn folder(settings: &Settings) -> Option<&str> {
    settings.views.get(VIEW)?.get(FOLDER)?.as_str()
}

/// Remembers the folder of a file.
pub fn keep_folder(settings: &mut Settings, folder: &str) {
    put(settings, FOLDER, Value::String(folder.to_owned()));
}

fn put(settings: &mut Settings, key: &str, value: Value) {
    let view = settings.views.entry(VIEW.to_owned());
    let view = view.or_insert_with(|| Value::Table(Map::new()));
    if let Value::Table(view) = view {
        view.insert(key.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::kind;
    use crate::domain::schema::Schema;
    use crate::import::headings::Names;

    #[test]
    fn a_map_is_found_again_by_the_same_headings_and_outlives_the_settings_file() {
        let mut settings = Settings::default();
        let headings = ["Cột A".to_owned(), "Họ tên".to_owned(), String::new()];
        let person = kind("person").unwrap();
        let phone = person.field("phone").copied().map(Target::Field);
        keep(&mut settings, "person", &headings, &[phone, None, None]);
        keep_folder(&mut settings, "/tmp");
        let text = toml::to_string(&settings).unwrap();
        let settings: Settings = toml::from_str(&text).unwrap();
        let again = ["CỘT A".to_owned(), "họ tên".to_owned(), String::new()];
        let map = find(&settings, "person", &again).unwrap();
        let names = Names::new(person, &Schema::builtin(), &map, None);
        let (targets, _) = names.assign(&again);
        let keys: Vec<_> = targets.iter().map(|target| target.map(|target| target.key())).collect();
        assert_eq!(keys, [Some("phone"), None, None]);
        assert_eq!(find(&settings, "cooperative", &again), None);
        assert_eq!(folder(&settings), Some("/tmp"));
    }

    #[test]
    fn only_so_many_maps_are_kept_and_the_oldest_goes() {
        let mut settings = Settings::default();
        for number in 0..MOST + 3 {
            keep(&mut settings, "person", &[format!("Cột {number}")], &[None]);
        }
        assert!(find(&settings, "person", &["Cột 2".to_owned()]).is_none());
        assert!(find(&settings, "person", &["Cột 3".to_owned()]).is_some());
        assert_eq!(maps(&settings).len(), MOST);
    }
}
