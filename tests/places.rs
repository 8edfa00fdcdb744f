//! Unkind places for a data folder: one that may only be read, one pulled out, a full disk, a clock that went backwards, a
//! folder brought from another system. Nothing acknowledged is lost, and the officer is told in plain words.

#[path = "support/folder.rs"]
mod folder;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use folder::{Stream, copy_folder, files, ids, line, open, program};
use sohoi::store::Store;

/// The program on a data folder, with words behind it.
fn sohoi(data: &Path, words: &[&str]) -> Command {
    let mut command = program();
    command.arg("--data").arg(data).args(words);
    command
}

fn words_of(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A folder with some records, left in good order.
fn with_records(data: &Path, count: usize) -> BTreeSet<String> {
    let mut stream = Stream::start(data);
    let acknowledged = (1..=count).filter_map(|number| stream.add(number)).collect();
    assert!(stream.finish().1.status.success());
    acknowledged
}

/// The same command as an ordinary user, where the tests run as one who may do anything.
#[cfg(unix)]
fn as_an_ordinary_user(mut command: Command) -> Command {
    use std::os::unix::fs::MetadataExt;
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65_534;
    if fs::metadata("/proc/self").map_or(1, |own| own.uid()) == 0 {
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_only_be_read_is_refused_in_plain_words_and_left_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let allow = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    allow(dir.path(), 0o755);
    let (empty, full) = (dir.path().join("empty"), dir.path().join("full"));
    fs::create_dir(&empty).unwrap();
    with_records(&full, 3);
    let look = |folder: &Path| -> Vec<(std::path::PathBuf, Vec<u8>)> {
        files(folder)
            .into_iter()
            .map(|path| (path.clone(), fs::read(path).unwrap()))
            .collect()
    };
    let before = look(&full);
    for path in files(&full) {
        allow(&path, 0o444);
    }
    for folder in [&empty, &full] {
        allow(folder, 0o555);
        for words in [
            &["list", "cooperative"][..],
            &["add", "cooperative", "kind=HTX", "name=HTX Mới", "unit=C12472-B"],
        ] {
            let refused = as_an_ordinary_user(sohoi(folder, words)).output().unwrap();
            assert_eq!(refused.status.code(), Some(1), "{refused:?}");
            assert!(refused.stdout.is_empty(), "{refused:?}");
            assert!(words_of(&refused).contains("chỉ cho đọc"), "{refused:?}");
        }
        allow(folder, 0o755);
    }
    assert_eq!(look(&full), before);
}

#[cfg(unix)]
#[test]
fn a_folder_taken_away_while_working_refuses_every_further_save() {
    let dir = tempfile::tempdir().unwrap();
    let (data, elsewhere) = (dir.path().join("data"), dir.path().join("elsewhere"));
    let mut stream = Stream::start(&data);
    let before: Vec<String> = (1..=5).filter_map(|number| stream.add(number)).collect();
    assert_eq!(before.len(), 5);
    fs::rename(&data, &elsewhere).unwrap();
    stream.throw_in(6);
    let (after, ended) = stream.finish();
    assert_eq!(
        after,
        Vec::<String>::new(),
        "nothing is acknowledged without its folder"
    );
    assert_eq!(ended.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&ended.stderr).contains("Không còn thấy thư mục"),
        "{ended:?}"
    );
    assert!(!data.exists(), "and no empty store is made in its place");
    let (store, _) = open(&elsewhere).unwrap();
    assert!(ids(&store).is_superset(&before.into_iter().collect()));
}

/// A limit on the size of files: a write is refused in the middle of the work, wherever disks cannot be mounted for tests.
#[cfg(unix)]
#[test]
fn a_disk_that_takes_no_more_is_said_plainly_and_nothing_acknowledged_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let mut stream = Stream::start(&data);
    let mut acknowledged: BTreeSet<String> = (1..=30).filter_map(|number| stream.add(number)).collect();
    let (_, ended) = stream.finish();
    assert!(ended.status.success());
    let lines: String = (31..=3_000).map(|number| folder::line(number) + "\n").collect();
    let input = dir.path().join("lines");
    fs::write(&input, lines).unwrap();
    // 2,048 blocks of 512 bytes: the journal's first chunk fits, its second does not.
    let script = "ulimit -f 2048; exec \"$0\" --data \"$1\" add cooperative --stream --warnings accept < \"$2\"";
    let limited = std::process::Command::new("/bin/sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_sohoi")])
        .args([&data, &input])
        .output()
        .unwrap();
    assert_eq!(
        limited.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&limited.stderr)
    );
    let words = String::from_utf8_lossy(&limited.stderr);
    assert!(words.contains("đầy"), "{}", words.chars().take(600).collect::<String>());
    let taken: Vec<String> = String::from_utf8_lossy(&limited.stdout)
        .lines()
        .map(str::to_string)
        .collect();
    assert!(
        !taken.is_empty() && taken.len() < 2_970,
        "{} of 2970 were taken",
        taken.len()
    );
    acknowledged.extend(taken);
    let (store, _) = open(&data).unwrap();
    let there = ids(&store);
    assert!(
        acknowledged.is_subset(&there),
        "{} of {} there",
        there.len(),
        acknowledged.len()
    );
    drop(store);
    let mut stream = Stream::start(&data);
    stream.add(4_000).expect("with room again it saves again");
}

/// Mounts a small disk of its own, fills it, and works on it; where mounting is not allowed it says so with 77.
#[cfg(target_os = "linux")]
const ON_A_SMALL_DISK: &str = r#"
program=$1; disk=$2; out=$3
mkdir -p "$disk"
mount -t tmpfs -o size=100m small "$disk" || exit 77
stream() { "$program" --data "$disk/data" add cooperative --stream --warnings accept; }
stream < "$out/first" > "$out/first.ids" || exit 1
dd if=/dev/zero of="$disk/filler" bs=1M count=86 2> /dev/null
stream < "$out/second" > "$out/second.ids" 2> "$out/second.err"; echo $? > "$out/second.code"
dd if=/dev/zero of="$disk/more" bs=4k 2> /dev/null
df -k "$disk" | tail -1 > "$out/full"
"$program" --data "$disk/data" list cooperative --format json > "$out/list.json" 2> "$out/list.err"; echo $? > "$out/list.code"
stream < "$out/third" > "$out/third.ids" 2> "$out/third.err"; echo $? > "$out/third.code"
rm "$disk/filler" "$disk/more"
stream < "$out/third" > "$out/after.ids" || exit 2
"$program" --data "$disk/data" check --json > "$out/check.json" || exit 3
"$program" --data "$disk/data" list cooperative --format json > "$out/all.json" || exit 4
"#;

#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_nothing_is_half_written_the_store_opens_and_with_room_it_saves_again() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    fs::create_dir(&out).unwrap();
    for (name, numbers) in [("first", 1..40), ("second", 40..9_000), ("third", 9_000..9_010)] {
        fs::write(
            out.join(name),
            numbers.map(|number| line(number) + "\n").collect::<String>(),
        )
        .unwrap();
    }
    let mut script = Command::new("unshare");
    script.args([
        "-m",
        "/bin/sh",
        "-c",
        ON_A_SMALL_DISK,
        "sh",
        env!("CARGO_BIN_EXE_sohoi"),
    ]);
    let ended = script.arg(dir.path().join("disk")).arg(&out).output();
    let Some(ended) = ended
        .ok()
        .filter(|ended| ended.status.code() != Some(77) && may_unshare(ended))
    else {
        // Not allowed here: the limit on the size of files, below, stands in for it.
        return;
    };
    assert!(ended.status.success(), "{ended:?}");
    let read = |name: &str| fs::read_to_string(out.join(name)).unwrap();
    let lines = |name: &str| -> BTreeSet<String> { read(name).lines().map(str::to_string).collect() };
    assert_eq!(read("second.code").trim(), "1");
    assert!(read("second.err").contains("đầy"), "{}", read("second.err"));
    assert!(
        lines("second.ids").len() < 8_960,
        "{} were taken",
        lines("second.ids").len()
    );
    // Full to the last byte, it still opens and shows everything.
    assert_eq!(read("list.code").trim(), "0", "{} {}", read("full"), read("list.err"));
    assert!(read("list.err").contains("đầy"), "{}", read("list.err"));
    let ids = |name: &str| -> BTreeSet<String> {
        let records: Vec<serde_json::Value> = serde_json::from_str(&read(name)).unwrap();
        records
            .iter()
            .map(|record| record["id"].as_str().unwrap().to_string())
            .collect()
    };
    let acknowledged: BTreeSet<String> = lines("first.ids").union(&lines("second.ids")).cloned().collect();
    assert_eq!(ids("list.json"), acknowledged);
    assert_eq!((read("third.code").trim(), lines("third.ids").len()), ("1", 0));
    assert!(read("third.err").contains("Chưa lưu"), "{}", read("third.err"));
    // With room again.
    assert_eq!(lines("after.ids").len(), 10);
    assert_eq!(
        ids("all.json"),
        acknowledged.union(&lines("after.ids")).cloned().collect()
    );
    assert!(read("check.json").contains("\"ok\": true") || read("check.json").contains("\"ok\":true"));
}

/// `unshare` itself ends with 1 and a word of its own where it is not allowed.
#[cfg(target_os = "linux")]
fn may_unshare(ended: &Output) -> bool {
    !words_of(ended).contains("unshare")
}

#[test]
fn a_clock_that_went_backwards_is_told_and_the_order_of_saves_stands() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    {
        // Saved on a day that the program's clock has not reached.
        let (store, _) = Store::open(&data).unwrap();
        store.pin_clock("2071-05-22".parse().unwrap(), 3_199_000_000_000);
        store.leave_note("saved in 2071").unwrap();
    }
    let added = sohoi(
        &data,
        &["add", "cooperative", "kind=HTX", "name=HTX Trước", "unit=C12472-B"],
    )
    .output()
    .unwrap();
    assert!(added.status.success(), "{added:?}");
    assert!(words_of(&added).contains("Đồng hồ của máy"), "{added:?}");
    assert!(words_of(&added).contains("2071"), "{added:?}");
    let id = String::from_utf8(added.stdout).unwrap().trim().to_string();
    for address in ["Thôn Một", "Thôn Hai"] {
        let edited = sohoi(
            &data,
            &["edit", &id, &format!("address={address}"), "--warnings", "accept"],
        )
        .output()
        .unwrap();
        assert!(edited.status.success(), "{edited:?}");
    }
    let history = || -> Vec<serde_json::Value> {
        let told = sohoi(&data, &["history", &id, "--json"]).output().unwrap();
        serde_json::from_slice(&told.stdout).unwrap()
    };
    let past = history();
    let moments: Vec<&str> = past.iter().map(|past| past["at"].as_str().unwrap()).collect();
    assert!(
        moments.is_sorted_by(|later, earlier| later >= earlier),
        "newest first: {moments:?}"
    );
    assert_eq!(past[0]["fields"][0]["after"], "Thôn Hai");
    assert!(sohoi(&data, &["undo"]).output().unwrap().status.success());
    assert_eq!(history()[0]["fields"][0]["after"], "Thôn Một");
    assert!(sohoi(&data, &["check"]).output().unwrap().status.success());
}

/// A folder copied from another machine: other times on its files, none of the machine's own leavings, line ends of the
/// other system in the small files that a text editor or a copying program may have touched.
#[test]
fn a_folder_brought_from_another_system_opens_with_everything_and_holds_no_path_of_the_old_one() {
    let dir = tempfile::tempdir().unwrap();
    let (here, there) = (dir.path().join("on-the-old-machine"), dir.path().join("on-the-new-one"));
    let acknowledged = with_records(&here, 12);
    let office = sohoi(&here, &["setup", "--unit", "C12472-B", "--officer", "Nguyễn Thị Hằng"])
        .output()
        .unwrap();
    assert!(office.status.success(), "{office:?}");
    for path in files(&here) {
        let bytes = fs::read(&path).unwrap();
        let old = here.to_str().unwrap().as_bytes();
        let names_it = bytes.windows(old.len()).any(|part| part == old);
        // The log is the machine's own and is never read again.
        assert!(
            !names_it || path.to_string_lossy().contains("log"),
            "{}",
            path.display()
        );
    }
    copy_folder(&here, &there);
    for name in ["LOCK", "ballast"] {
        let _ = fs::remove_file(there.join(name));
    }
    for name in ["FORMAT", "CURRENT", "clean", "settings.toml"] {
        let text = fs::read_to_string(there.join(name)).unwrap();
        fs::write(there.join(name), text.replace('\n', "\r\n")).unwrap();
    }
    let opened = sohoi(&there, &["check", "--json"]).output().unwrap();
    assert!(opened.status.success(), "{opened:?}");
    let (store, report) = open(&there).unwrap();
    assert!(report.rebuilt.is_none(), "{report:?}");
    assert_eq!(ids(&store), acknowledged);
    assert_eq!(store.settings().office.unit.as_deref(), Some("C12472-B"));
    drop(store);
    // Should sled's own files not suit the other machine, the journal is enough.
    fs::remove_dir_all(there.join("sled-0001")).unwrap();
    let (store, _) = open(&there).unwrap();
    assert_eq!(ids(&store), acknowledged);
}
