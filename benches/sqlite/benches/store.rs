//! Saving, importing and opening, beside the least that the disk allows and beside SQLite.
//!
//! Saving: `bare` writes the bytes of one journal frame into a preallocated file and syncs them, which no store can beat;
//! `acknowledged` appends that frame to the journal; `SQLite` commits the same record and the same index keys with
//! `journal_mode=WAL, synchronous=FULL`; `whole commit` is a visit saved through the store: rules, journal, indexes, map,
//! with the map's own syncs where they fall. All of them in turns, in the same run, on the same disk.
//!
//! Opening: 100,000 records (or `SOHOI_BENCH_RECORDS`) after an orderly end and after an abrupt one, and the memory that a
//! process of its own has then. `SOHOI_BENCH_DIR` names the disk, else it is that of temporary files.

use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};
use sohoi::domain::entry::Entry;
use sohoi::domain::id::Id;
use sohoi::domain::record::kind;
use sohoi::store::codec::{Position, Stored, encode_record};
use sohoi::store::journal::{BatchMark, Journal, Sync};
use sohoi::store::{Read, Store, Warnings, index};
use sohoi_sqlite_benches::figures::{Figures, in_turns, number, peak, resident};
use sohoi_sqlite_benches::records::{cooperative, import, open, visit};

/// Records that are imported and opened, where nobody says otherwise.
const RECORDS: usize = 100_000;
/// Cooperatives that are visited in turn.
const COOPERATIVES: usize = 100;

fn main() {
    sohoi::store::probe::probe_if_asked();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["work-and-die", dir] => work_and_die(Path::new(dir)),
        ["import", dir] => import_alone(Path::new(dir)),
        ["tell-memory", dir] => tell_memory(Path::new(dir)),
        _ => compare(),
    }
}

fn compare() {
    let base = std::env::var_os("SOHOI_BENCH_DIR").map_or_else(std::env::temp_dir, PathBuf::from);
    let dir = tempfile::tempdir_in(base).expect("room");
    println!("{:<44} {:>11} {:>11} {:>11}", "", "median", "mean", "99 of 100");
    saves(dir.path(), number("SOHOI_BENCH_SAVES", 1_500));
    let records = number("SOHOI_BENCH_RECORDS", RECORDS);
    imports(dir.path(), records);
    opens(dir.path());
    memory(dir.path());
}

/// A preallocated file, into which the same bytes are written and synced.
struct Bare {
    file: File,
    at: u64,
    bytes: Vec<u8>,
}

impl Bare {
    const ROOM: u64 = 8 << 20;

    fn new(path: &Path, bytes: Vec<u8>) -> Bare {
        let mut options = OpenOptions::new();
        let mut file = options.create_new(true).write(true).open(path).expect("room");
        file.write_all(&vec![0; Bare::ROOM as usize])
            .and_then(|()| file.sync_all())
            .expect("room");
        Bare { file, at: 0, bytes }
    }

    fn save(&mut self) {
        if self.at + self.bytes.len() as u64 > Bare::ROOM {
            self.at = 0;
        }
        self.file.seek(SeekFrom::Start(self.at)).expect("a file");
        self.file
            .write_all(&self.bytes)
            .and_then(|()| self.file.sync_data())
            .expect("room");
        self.at += self.bytes.len() as u64;
    }
}

/// The same records and the same index keys in SQLite.
struct Sqlite {
    connection: Connection,
}

impl Sqlite {
    fn open(path: &Path) -> Sqlite {
        let connection = Connection::open(path).expect("room");
        connection
            .execute_batch(
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
                 CREATE TABLE IF NOT EXISTS record (kind TEXT, id BLOB, body BLOB, PRIMARY KEY (kind, id)) WITHOUT ROWID;
                 CREATE TABLE IF NOT EXISTS entry (key BLOB PRIMARY KEY, cover BLOB) WITHOUT ROWID;",
            )
            .expect("room");
        Sqlite { connection }
    }

    /// Puts a record within whatever transaction is open.
    fn put(&self, stored: &Stored, body: &[u8]) {
        let entry = &stored.entry;
        let mut put = self
            .connection
            .prepare_cached("INSERT OR REPLACE INTO record VALUES (?1, ?2, ?3)")
            .expect("a statement");
        put.execute(params![entry.kind, &entry.id.bytes()[..], body])
            .expect("room");
        let mut index = self
            .connection
            .prepare_cached("INSERT OR REPLACE INTO entry VALUES (?1, ?2)")
            .expect("a statement");
        for (key, cover) in index::entries(kind(entry.kind).expect("a kind"), entry) {
            index.execute(params![key, cover]).expect("room");
        }
    }

    fn save(&self, stored: &Stored, body: &[u8]) {
        self.connection.execute_batch("BEGIN IMMEDIATE").expect("a transaction");
        self.put(stored, body);
        self.connection.execute_batch("COMMIT").expect("room");
    }
}

/// A record as it is stored, and its bytes.
fn stored(store: &Store, entry: Entry) -> (Stored, Vec<u8>) {
    let stored = Stored {
        entry,
        last: Position(1, 0),
        clock: 0,
    };
    let body = encode_record(&stored, store.schema()).expect("a record's bytes");
    (stored, body)
}

fn save(store: &Store, entry: Entry) -> Id {
    let mut txn = store.txn();
    let id = txn.save(entry, Warnings::Accept).expect("a sound record");
    txn.commit().expect("room");
    id
}

fn saves(dir: &Path, rounds: usize) {
    let store = open(&dir.join("store"));
    let visited: Vec<Id> = (0..COOPERATIVES)
        .map(|number| save(&store, cooperative(&store.reader(), number)))
        .collect();
    save(&store, visit(&store.reader(), visited[0], 1));
    let journal = store.journal().expect("a store on disk");
    let frame = journal.frame(journal.last_seq()).expect("a frame").expect("the last");
    let mut bare = Bare::new(&dir.join("bare"), frame.payload.clone());
    let (alone, _) = Journal::open(&dir.join("journal")).expect("room");
    let sqlite = Sqlite::open(&dir.join("saves.sqlite"));
    let (mut theirs, mut ours) = (1, 1);
    println!("a save ({} bytes of journal), {rounds} rounds", frame.payload.len());
    let found = in_turns(
        rounds,
        &mut [
            ("bare write and sync", Box::new(|| bare.save())),
            (
                "acknowledged: the journal's frame",
                Box::new(|| {
                    alone
                        .append(&frame.payload, BatchMark::Single, Sync::Now)
                        .expect("room");
                }),
            ),
            (
                "SQLite's commit (WAL, FULL)",
                Box::new(|| {
                    theirs += 1;
                    let (stored, body) = stored(&store, visit(&store.reader(), visited[theirs % COOPERATIVES], theirs));
                    sqlite.save(&stored, &body);
                }),
            ),
            (
                "whole commit, the map included",
                Box::new(|| {
                    ours += 1;
                    save(&store, visit(&store.reader(), visited[ours % COOPERATIVES], ours));
                }),
            ),
        ],
    );
    let (bare, sqlite) = (&found[0], &found[2]);
    for (figures, beside) in [
        (bare, bare),
        (&found[1], bare),
        (&found[1], sqlite),
        (sqlite, bare),
        (&found[3], sqlite),
    ] {
        println!("  {}", figures.line(beside));
    }
}

/// Imports in a process that does nothing else, and tells its time and the most memory it ever had.
fn import_alone(dir: &Path) {
    let begun = Instant::now();
    let store = open(dir);
    import(&store, number("SOHOI_BENCH_RECORDS", RECORDS));
    store.close().expect("room");
    let most = peak().map_or("not told here".to_string(), |mib| format!("{mib:.1} MiB"));
    print!("{:.1?}, at most {most}", begun.elapsed());
}

fn imports(dir: &Path, count: usize) {
    let told = again(&["import"], &dir.join("clean")).output().expect("a child");
    assert!(told.status.success(), "{told:?}");
    let ours = String::from_utf8_lossy(&told.stdout).into_owned();
    let store = open(&dir.join("clean"));
    let reader = store.reader();
    let begun = Instant::now();
    let sqlite = Sqlite::open(&dir.join("import.sqlite"));
    sqlite
        .connection
        .execute_batch("BEGIN IMMEDIATE")
        .expect("a transaction");
    for kind in ["cooperative", "visit"] {
        for entry in reader.scan(kind) {
            let (stored, body) = stored(&store, entry.expect("a record"));
            sqlite.put(&stored, &body);
        }
    }
    sqlite.connection.execute_batch("COMMIT").expect("room");
    let theirs = begun.elapsed();
    println!("an import of {count}, all of it or nothing");
    println!("  Sổ Hội, rules and history included: {ours}; SQLite, the records and keys alone: {theirs:.1?}");
}

fn again(arguments: &[&str], dir: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(arguments).arg(dir);
    command
}

/// Some saves, then an end that lets nobody tidy up.
fn work_and_die(dir: &Path) -> ! {
    let store = open(dir);
    let visited = save(&store, cooperative(&store.reader(), 1_000_001));
    for number in 0..40 {
        save(&store, visit(&store.reader(), visited, number));
    }
    std::process::abort();
}

fn opens(dir: &Path) {
    let clean = dir.join("clean");
    let killed = dir.join("killed");
    copy_folder(&clean, &killed);
    let time = |folder: &Path| {
        let begun = Instant::now();
        let (store, report) = Store::open(folder).expect("a store");
        let taken = begun.elapsed();
        assert!(report.rebuilt.is_none(), "{report:?}");
        drop(store);
        taken
    };
    let orderly = Figures::of("after an orderly end", (0..15).map(|_| time(&clean)).collect());
    let abrupt = (0..7).map(|_| {
        let ended = again(&["work-and-die"], &killed).output().expect("a child");
        assert!(!ended.status.success(), "it was to die");
        time(&killed)
    });
    let abrupt = Figures::of("after a kill: read through by a child first", abrupt.collect());
    let rebuilt = (0..3).map(|_| {
        // As if the map could not be trusted: it is built anew from the journal.
        std::fs::remove_file(killed.join("CURRENT")).expect("a store");
        let begun = Instant::now();
        let (store, report) = Store::open(&killed).expect("a store");
        assert!(report.replayed > 0 && store.reader().ids("visit").next().is_some());
        begun.elapsed()
    });
    let rebuilt = Figures::of("without its map: built from the journal", rebuilt.collect());
    let begun: Vec<Duration> = (0..15)
        .map(|_| {
            let begun = Instant::now();
            let sqlite = Sqlite::open(&dir.join("import.sqlite"));
            let count: i64 = sqlite
                .connection
                .query_row("SELECT count(*) FROM (SELECT 1 FROM record LIMIT 1)", [], |row| {
                    row.get(0)
                })
                .expect("a row");
            assert_eq!(count, 1);
            begun.elapsed()
        })
        .collect();
    let sqlite = Figures::of("SQLite", begun);
    println!("opening");
    for figures in [&orderly, &abrupt, &rebuilt, &sqlite] {
        println!("  {}", figures.line(&sqlite));
    }
}

/// Opens the store in a process that has done nothing else, and tells its memory.
fn tell_memory(dir: &Path) {
    let mib = || resident().map_or("not told here".to_string(), |mib| format!("{mib:.1} MiB"));
    let before = mib();
    let (store, _) = Store::open(dir).expect("a store");
    let opened = mib();
    let reader = store.reader();
    let count: usize = ["cooperative", "visit"]
        .iter()
        .map(|kind| reader.scan(kind).map(|entry| entry.expect("a record")).count())
        .sum();
    println!(
        "  before {before}; after opening {opened}; after reading all {count} records {}",
        mib()
    );
}

fn memory(dir: &Path) {
    println!("resident memory");
    for name in ["clean", "killed"] {
        let told = again(&["tell-memory"], &dir.join(name)).output().expect("a child");
        assert!(told.status.success(), "{told:?}");
        print!("{}", String::from_utf8_lossy(&told.stdout));
    }
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("room");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("room");
        }
    }
}
