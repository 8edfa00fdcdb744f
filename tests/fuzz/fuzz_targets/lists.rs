//! Any bytes, taken for a list: text in whatever encoding, or a workbook. They become rows or a message.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sohoi::domain::record::kind;
use sohoi::domain::schema::Schema;
use sohoi::import::file;
use sohoi::import::headings::Names;
use sohoi::import::mapping::OwnMap;
use sohoi::import::table::{self, Choice};
use sohoi::import::watch::unwatched;

fuzz_target!(|bytes: &[u8]| {
    let Ok(grids) = file::read(bytes, &unwatched) else {
        return;
    };
    let (person, map) = (kind("person").expect("a kind of record"), OwnMap::default());
    let names = Names::new(person, &Schema::builtin(), &map, None);
    if let Ok(table) = table::guess(&grids, &names, &map, Choice::Auto) {
        assert_eq!(table.targets.len(), table.headings.len());
        assert!(table.rows.iter().all(|(line, _)| *line > 0));
    }
});
