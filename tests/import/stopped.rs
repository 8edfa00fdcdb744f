//! A long import that is stopped while it is being written: the store is as if it had never begun, also when it is opened
//! again, and the whole of it can be written afterwards.

use std::cell::Cell;
use std::path::Path;

use sohoi::domain::record::kind;
use sohoi::domain::schema::Schema;
use sohoi::domain::settings::Settings;
use sohoi::import::decisions::Decisions;
use sohoi::import::file;
use sohoi::import::headings::Names;
use sohoi::import::mapping::OwnMap;
use sohoi::import::plan::{self, Halt, Job, Plan};
use sohoi::import::table::{self, Choice};
use sohoi::import::watch::{Go, unwatched};
use sohoi::store::{Read, Refusal, Store};

use crate::people::name;

/// Rows of the list; a frame holds at most 512 records, so that several are on the disk when it stops.
const ROWS: u64 = 1_500;
const STOPS_AT: u64 = 1_300;

fn store(folder: &Path) -> Store {
    let (store, report) = Store::open(folder).unwrap();
    assert!(report.notes.is_empty(), "{:?}", report.notes);
    store
}

fn plan(store: &Store) -> Plan {
    let mut list = "Họ và tên;SĐT\n".to_owned();
    (0..ROWS).for_each(|number| list.push_str(&format!("{};09{number:08}\n", name(number as usize))));
    let grids = file::read(list.as_bytes(), &unwatched).unwrap();
    let (person, map) = (kind("person").unwrap(), OwnMap::default());
    let names = Names::new(person, &Schema::builtin(), &map, None);
    let table = table::find(&grids, &names, &map, Choice::Auto).unwrap();
    let decisions = Decisions::default();
    let job = Job {
        kind: person,
        table: &table,
        event: None,
        decisions: &decisions,
    };
    plan::judge(store, job, &unwatched).unwrap()
}

fn people(store: &Store) -> usize {
    store.reader().scan("person").map(Result::unwrap).count()
}

#[test]
fn an_import_stopped_while_it_is_written_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let first = store(folder.path());
    let mut settings = Settings::default();
    settings.office.unit = Some("C12472-B".to_owned());
    first.set_settings(settings).unwrap();
    let plan = plan(&first);
    assert_eq!(plan.accepted() as u64, ROWS);
    // What the gauge is told: each row once, in order, out of all.
    let told = Cell::new(0);
    let watch = |done: u64, all: u64| {
        assert_eq!((done, all), (told.get(), ROWS));
        told.set(done + 1);
        if done == STOPS_AT { Go::Stop } else { Go::On }
    };
    let stopped = plan.write(&first, "nhập thử", &watch);
    assert!(matches!(stopped, Err(Halt::Stopped)), "{stopped:?}");
    assert_eq!(told.get(), STOPS_AT + 1);
    assert_eq!(people(&first), 0);
    let nothing = |store: &Store| {
        for back in [store.undo(), store.redo()] {
            assert!(matches!(back, Err(Refusal::ChangedSince(_))), "{back:?}");
        }
    };
    nothing(&first);
    first.close().unwrap();
    drop(first);

    let again = store(folder.path());
    assert_eq!(people(&again), 0);
    nothing(&again);
    assert_eq!(plan.write(&again, "nhập thật", &unwatched).unwrap(), ROWS);
    assert_eq!(people(&again) as u64, ROWS);
    again.undo().unwrap();
    assert_eq!(people(&again), 0, "one undo takes all of it back");
}
