//! The command line's own words: exit codes, languages, the data folder, and what opens no store.

use std::fs;
use std::process::Stdio;

use crate::desk::{Desk, OFFICE, program};

#[test]
fn wrong_words_end_with_2_in_the_language_asked_for() {
    let desk = Desk::empty();
    for words in [
        &["lst"][..],
        &["list"],
        &["list", "visit", "--colour"],
        &["list", "visit", "--format", "pdf"],
        &["add", "visit", "members"],
        &["add", "visit", "--json", "-", "--stream"],
        &["edit", "HTX001"],
        &["undo", "0"],
        &["undo", "x"],
        &["setup"],
        &["type", "--method", "telx"],
        &["--lang", "fr", "list", "visit"],
    ] {
        let done = desk.run(words);
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{words:?}: {}", done.err);
        assert!(done.err.starts_with("lỗi: "), "{words:?}: {}", done.err);
    }
    let english = desk.run(&["list", "--lang", "en"]);
    assert!(
        english.code == 2 && english.err.starts_with("error: "),
        "{}",
        english.err
    );
    assert!(
        fs::read_dir(desk.folder()).unwrap().next().is_none(),
        "no store was begun"
    );
}

#[test]
fn help_and_version_go_to_standard_output_in_either_language() {
    let desk = Desk::empty();
    let help = desk.ok(&["--help"]);
    assert!(
        help.contains("Cách dùng") && help.contains("Liệt kê bản ghi") && !help.contains('¦'),
        "{help}"
    );
    let english = desk.ok(&["--lang", "en", "list", "--help"]);
    assert!(
        english.contains("Usage:") && english.contains("sort by a field") && !english.contains('¦'),
        "{english}"
    );
    assert!(desk.ok(&["--version"]).starts_with("sohoi "));
}

#[test]
fn the_folder_and_the_language_may_stand_anywhere() {
    let desk = Desk::new();
    desk.cooperative("HTX An Khang");
    let folder = desk.folder().to_str().unwrap();
    for words in [
        ["--data", folder, "--lang", "en", "list", "cooperative"],
        ["list", "--lang", "en", "--data", folder, "cooperative"],
        ["list", "cooperative", "--data", folder, "--lang", "en"],
    ] {
        let output = program().args(words).output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        let table = String::from_utf8(output.stdout).unwrap();
        assert!(table.starts_with("Code") && table.contains("HTX An Khang"), "{table}");
    }
}

#[test]
fn the_folder_given_goes_before_the_environment() {
    let (one, other) = (Desk::new(), Desk::new());
    one.cooperative("HTX Một");
    let folder = one.folder().to_str().unwrap();
    assert_eq!(other.list_where("cooperative", &["--data", folder]).len(), 1);
    assert!(other.list("cooperative").is_empty());
}

#[test]
fn a_folder_beside_the_program_is_used_where_none_is_named() {
    let stick = tempfile::tempdir().unwrap();
    let name = format!("sohoi{}", std::env::consts::EXE_SUFFIX);
    let program = stick.path().join(name);
    fs::copy(env!("CARGO_BIN_EXE_sohoi"), &program).unwrap();
    let home = stick.path().join("home");
    fs::create_dir(&home).unwrap();
    let set_up = || {
        let mut command = std::process::Command::new(&program);
        command
            .env_remove("SOHOI_DATA")
            .env_remove("XDG_DATA_HOME")
            .env("HOME", &home)
            .env("APPDATA", &home);
        assert!(
            command
                .args(["setup", "--unit", OFFICE])
                .output()
                .unwrap()
                .status
                .success()
        );
    };
    fs::create_dir(stick.path().join("sohoi-data")).unwrap();
    set_up();
    assert!(stick.path().join("sohoi-data").join("settings.toml").is_file());
    #[cfg(unix)]
    {
        fs::remove_dir_all(stick.path().join("sohoi-data")).unwrap();
        set_up();
        assert!(
            home.join(".local/share/sohoi/settings.toml").is_file(),
            "else the user's own data folder"
        );
    }
}

#[test]
fn a_second_program_on_the_same_store_says_so_in_plain_words_and_ends_with_1() {
    let desk = Desk::new();
    let mut first = desk
        .command()
        .args(["add", "cooperative", "--stream"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    // Once it has answered, it surely holds the store.
    use std::io::{BufRead, BufReader, Write};
    let mut input = first.stdin.take().unwrap();
    writeln!(input, "{{\"kind\":\"HTX\",\"name\":\"HTX Một\"}}").unwrap();
    let mut answer = String::new();
    BufReader::new(first.stdout.take().unwrap())
        .read_line(&mut answer)
        .unwrap();
    let said = desk.refused(&["list", "cooperative"]);
    assert!(said.contains("đang mở dữ liệu này ở một cửa sổ khác"), "{said}");
    let said = desk.refused(&["--lang", "en", "add", "person", "name=Phạm Thị Hạnh"]);
    assert!(!said.contains("panicked") && !said.contains("lock"), "{said}");
    drop(input);
    assert!(first.wait().unwrap().success());
    assert_eq!(desk.list("cooperative").len(), 1);
}

#[test]
fn type_keys_man_and_completions_open_no_store() {
    let desk = Desk::empty();
    let typed = desk.feed(&["type", "--method", "telex"], "Vieetj Nam\nabc⌫\n");
    assert_eq!((typed.code, typed.out.as_str()), (0, "Việt Nam\nab\n"));
    assert!(desk.ok(&["keys"]).contains("Lưu"));
    assert!(desk.ok(&["man"]).contains(".TH sohoi 1"));
    assert!(desk.ok(&["man", "add"]).contains("warnings"));
    assert!(desk.refused(&["man", "ad"]).contains("add"));
    for shell in ["bash", "zsh", "fish", "powershell"] {
        assert!(desk.ok(&["completions", shell]).contains("history"), "{shell}");
    }
    assert!(
        desk.refused(&["keys", "--check", "không-có.toml"])
            .contains("không-có.toml")
    );
    assert!(
        desk.refused(&["type", "--file", "không-có.toml"])
            .contains("không-có.toml")
    );
    assert!(fs::read_dir(desk.folder()).unwrap().next().is_none());
}

#[test]
fn a_faulty_keymap_ends_with_1_and_names_its_faults() {
    let desk = Desk::empty();
    let path = desk.folder().join("mine.toml");
    fs::write(&path, "[form]\nctrl-e = \"sav\"\n").unwrap();
    let done = desk.run(&["keys", "--check", path.to_str().unwrap()]);
    assert_eq!(done.code, 1);
    assert!(
        done.out.contains("mine.toml:2:") || done.err.contains("mine.toml:2:"),
        "{done:?}"
    );
}

#[test]
fn a_data_folder_that_is_a_file_is_told_in_words() {
    let desk = Desk::empty();
    let file = desk.folder().join("file");
    fs::write(&file, "x").unwrap();
    let done = desk.run(&["list", "visit", "--data", file.to_str().unwrap()]);
    assert_eq!((done.code, done.out.as_str()), (1, ""));
    assert!(!done.err.contains("panicked") && !done.err.is_empty(), "{}", done.err);
}

#[test]
fn the_log_holds_nothing_of_a_person() {
    let desk = Desk::new();
    desk.add(&["person", "name=Phạm Thị Hạnh", "phone=0912345678"]);
    desk.refused(&["add", "person", "name=Đỗ Thu Hà", "colour=1"]);
    for file in fs::read_dir(desk.folder().join("log")).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        assert!(
            !text.contains("Hạnh") && !text.contains("0912345678") && !text.contains("Thu Hà"),
            "{text}"
        );
    }
}
