//! Any bytes, taken for a list: text in whatever encoding, or a workbook. They become rows or a message.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use sohoi::domain::record::kind;
use sohoi::domain::schema::Schema;
use sohoi::import::file;
use sohoi::import::headings::Names;
use sohoi::import::mapping::OwnMap;
use sohoi::import::table::{self, Choice};
use sohoi::import::watch::unwatched;

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let person = kind("person").expect("a kind of record");
    Names::new(person, &Schema::builtin(), &OwnMap::default(), None)
});

fuzz_target!(|bytes: &[u8]| {
    let Ok(grids) = file::read(bytes, &unwatched) else {
        return;
    };
    let map = OwnMap::default();
    if let Ok(table) = table::guess(&grids, &NAMES, &map, Choice::Auto) {
        assert_eq!(table.targets.len(), table.headings.len());
        assert!(table.rows.iter().all(|(line, _)| *line > 0));
    }
});
