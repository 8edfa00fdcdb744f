//! Lists made by other programs (see `tests/data/import/make.py`): what must come out of each, and that the same file
//! taken in a second time changes nothing.

use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value as Json};

use crate::desk::Desk;

#[derive(Deserialize)]
struct Case {
    file: String,
    #[serde(rename = "as")]
    kind: String,
    more: Vec<String>,
    setup: Vec<Vec<String>>,
    records: Vec<Map<String, Json>>,
    err: Option<String>,
    code: i32,
}

fn cases() -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/import/corpus/corpus.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn words(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

/// The fields of a record that a case looks at.
fn part(record: &Json, wanted: &Map<String, Json>) -> Map<String, Json> {
    let fields = wanted.keys().map(|key| (key.clone(), record[key].clone()));
    fields.collect()
}

/// Takes the file in twice and says what went wrong.
fn run(case: &Case) -> Result<(), String> {
    let desk = Desk::new();
    for setup in &case.setup {
        desk.ok(&words(setup));
    }
    let before = desk.list(&case.kind).len();
    let file = desk.copy(&format!("corpus/{}", case.file));
    let done = desk.import(&file, &case.kind, &words(&case.more));
    let said = format!("{}: exit {}\n{}{}", case.file, done.code, done.out, done.err);
    if done.code != case.code || !done.err.contains(case.err.as_deref().unwrap_or_default()) {
        return Err(said);
    }
    let records = desk.list(&case.kind);
    if records.len() - before != case.records.len() {
        return Err(format!("{said}{} records", records.len()));
    }
    let mut found = records.iter().collect::<Vec<_>>();
    for wanted in &case.records {
        let Some(at) = found.iter().position(|record| part(record, wanted) == *wanted) else {
            return Err(format!("{said}no record is {wanted:?} among {records:#?}"));
        };
        found.remove(at);
    }
    let again = desk.import(&file, &case.kind, &words(&case.more));
    let nothing = again.out.is_empty() || again.out.starts_with("Mới 0 · sửa 0 ·");
    match nothing && desk.list(&case.kind) == records {
        true => Ok(()),
        false => Err(format!("{said}a second time: {}{}", again.out, again.err)),
    }
}

#[test]
fn every_file_of_other_programs_gives_the_records_that_it_holds_and_the_second_time_nothing() {
    let cases = cases();
    assert!(cases.len() >= 20);
    let wrong: Vec<String> = cases.iter().filter_map(|case| run(case).err()).collect();
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n---\n")
    );
}
