//! Lists in and out, by the real program on files that other programs made: what is taken, what is refused and why, and
//! that what goes out comes back the same.

mod corpus;
mod desk;
mod hostile;
#[path = "../support/made_up.rs"]
mod made_up;
mod mutations;
mod people;
mod round_trip;
mod stopped;

use desk::Desk;
use serde_json::Value as Json;
use sohoi::vietnamese::legacy::{Encoding, encode};

fn texts(records: &[Json], key: &str) -> Vec<String> {
    let text = |record: &Json| record[key].as_str().unwrap_or_default().to_string();
    let mut texts: Vec<String> = records.iter().map(text).collect();
    texts.sort();
    texts
}

#[test]
fn a_list_of_people_under_titles_is_taken_from_xlsx_and_ods_alike_and_twice_changes_nothing() {
    for name in ["people.xlsx", "people.ods"] {
        let desk = Desk::new();
        let file = desk.copy(name);
        let tried = desk.import(&file, "person", &["--dry-run"]);
        assert!(tried.out.starts_with("Mới 4 ·"), "{}{}", tried.out, tried.err);
        assert!(desk.list("person").is_empty(), "a trial writes nothing");
        let done = desk.import(&file, "person", &[]);
        assert_eq!(done.code, 0, "{}", done.err);
        let people = desk.list("person");
        assert_eq!(
            texts(&people, "name"),
            ["Lê Thị Ánh Nguyệt", "Nguyễn Thị Hoa", "Phạm Thị Mai", "Trần Thị Lan"]
        );
        assert_eq!(texts(&people, "birth"), ["1979-06-05", "1980-06-05", "1985", "1990-06"]);
        assert_eq!(texts(&people, "phone"), ["", "0905123456", "0912345678", "0987654321"]);
        assert_eq!(texts(&people, "gender"), ["NU", "NU", "NU", "NU"]);
        let again = desk.import(&file, "person", &[]);
        assert!(
            again.out.starts_with("Mới 0 · sửa 0 · không đổi 4"),
            "{name}: {}{}",
            again.out,
            again.err
        );
        assert_eq!(desk.list("person"), people);
        desk.ok(&["undo"]);
        assert!(desk.list("person").is_empty(), "one undo takes the whole import back");
        assert_eq!(desk.import(&file, "person", &[]).code, 0);
        assert_eq!(desk.list("person").len(), 4);
    }
}

#[test]
fn a_refused_row_is_told_with_its_line_and_written_beside_while_the_others_are_taken() {
    for name in ["cooperatives.xlsx", "cooperatives.xls"] {
        let desk = Desk::new();
        let file = desk.copy(name);
        let done = desk.import(&file, "cooperative", &[]);
        assert_eq!(done.code, 1, "{}", done.err);
        assert!(
            done.out
                .starts_with("Mới 1 · sửa 0 · không đổi 0 · nghi ngờ 0 · từ chối 2"),
            "{}{}",
            done.out,
            done.err
        );
        assert!(done.err.contains("dòng 4: Loại hình:"), "{}", done.err);
        // A year alone is no day, and is not made one.
        assert!(done.err.contains("dòng 3: Ngày cấp giấy"), "{}", done.err);
        let all = desk.list("cooperative");
        assert_eq!(texts(&all, "kind"), ["HTX"]);
        assert_eq!(texts(&all, "tax_code"), ["0100233488"]);
        assert_eq!(texts(&all, "registered_on")[0], "2019-03-01");
        // The rows given back can be mended there: they are read under the same headings.
        let beside = desk.file("cooperatives-tu-choi.xlsx").display().to_string();
        let again = desk.import(&beside, "cooperative", &["--dry-run"]);
        assert!(
            again.out.contains("từ chối 2") && again.out.contains("Mới 0"),
            "{}{}",
            again.out,
            again.err
        );
    }
}

#[test]
fn figures_under_two_rows_of_headings_find_their_cooperative_and_doubtful_ones_wait_to_be_accepted() {
    let desk = Desk::new();
    desk.ok(&["add", "cooperative", "kind=HTX", "name=HTX An Khang", "code=HTX001"]);
    let file = desk.copy("figures.xlsx");
    let done = desk.import(&file, "measurement", &["--warnings", "accept"]);
    assert!(
        done.out
            .starts_with("Mới 1 · sửa 0 · không đổi 0 · nghi ngờ 0 · từ chối 2"),
        "{}{}",
        done.out,
        done.err
    );
    assert!(
        done.err.contains("dòng 5:") && done.err.contains("dòng 6:"),
        "{}",
        done.err
    );
    let figures = desk.list("measurement");
    assert_eq!(
        (&figures[0]["members"], &figures[0]["members_women"]),
        (&1200.into(), &600.into())
    );
    assert_eq!(
        (&figures[0]["workers"], &figures[0]["workers_women"]),
        (&10.into(), &5.into())
    );
    assert_eq!(figures[0]["date"], "2024-06-05");
}

#[test]
fn lists_in_old_encodings_come_out_in_unicode() {
    let list = "STT;Họ và tên;Địa chỉ\n1;Nguyễn Thị Hường;thôn Đông Thượng\n2;Phạm Thị Thuỷ;thôn Đồng Tiến\n";
    for encoding in [Encoding::Tcvn3, Encoding::Vni] {
        let desk = Desk::new();
        let path = desk.file("cũ.csv");
        // As the old fonts' bytes stand in a file: one byte a character of Western Windows, all of them Latin-1 here.
        let shown = encode(list, encoding);
        let bytes: Option<Vec<u8>> = shown.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
        std::fs::write(&path, bytes.unwrap_or_else(|| shown.into_bytes())).unwrap();
        let done = desk.import(&path.display().to_string(), "person", &[]);
        assert_eq!(done.code, 0, "{encoding:?} {}", done.err);
        assert!(done.err.contains("chuyển sang Unicode"), "{}", done.err);
        let people = desk.list("person");
        assert_eq!(people.len(), 2);
        assert_eq!(texts(&people, "name")[0], "Nguyễn Thị Hường", "{encoding:?}");
        assert_eq!(texts(&people, "address")[1], "thôn Đồng Tiến", "{encoding:?}");
    }
}

#[test]
fn a_file_is_read_as_what_it_is_whatever_it_is_called() {
    let desk = Desk::new();
    let file = desk.copy("really_csv.xlsx");
    assert_eq!(desk.import(&file, "person", &[]).code, 0);
    assert_eq!(texts(&desk.list("person"), "name"), ["Vũ Thị Thu"]);
}

#[test]
fn an_own_map_names_the_columns_that_no_heading_gives_away() {
    let desk = Desk::new();
    std::fs::write(desk.file("a.csv"), "Cột A,Cột B\nNgô Thị Xuân,0912000222\n").unwrap();
    std::fs::write(
        desk.file("map.toml"),
        "[columns]\n\"Cột A\" = \"name\"\n\"Cột B\" = \"phone\"\n",
    )
    .unwrap();
    let (file, map) = (
        desk.file("a.csv").display().to_string(),
        desk.file("map.toml").display().to_string(),
    );
    assert_eq!(desk.import(&file, "person", &[]).code, 1, "no heading is known");
    let done = desk.import(&file, "person", &["--map", &map]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert_eq!(texts(&desk.list("person"), "phone"), ["0912000222"]);
}

#[test]
fn personal_data_leave_only_when_asked_for_and_that_is_said() {
    let desk = Desk::new();
    desk.ok(&["add", "person", "name=Nguyễn Thị Hoa", "phone=0912345678", "gender=NU"]);
    for format in ["csv", "json"] {
        let open = desk.run(&["export", "person", "--format", format]);
        assert!(
            open.out.contains("Nguyễn Thị Hoa") && !open.out.contains("0912345678"),
            "{}",
            open.out
        );
        assert!(open.err.contains("--personal"), "{}", open.err);
        let all = desk.run(&["export", "person", "--format", format, "--personal"]);
        assert!(
            all.out.contains("0912345678") && all.err.contains("Đã ghi lại"),
            "{}{}",
            all.out,
            all.err
        );
    }
    // The note in the journal is no save: undo still takes back the person.
    desk.ok(&["undo"]);
    assert!(desk.list("person").is_empty());
    desk.ok(&["check"]);
}

#[test]
fn a_template_is_a_workbook_that_imports_as_nothing() {
    let desk = Desk::new();
    for kind in ["cooperative", "person", "visit", "attendance", "booth"] {
        let path = desk.file(&format!("{kind}.xlsx")).display().to_string();
        desk.ok(&["export", kind, "--template", "--format", "xlsx", "--out", &path]);
        let done = desk.import(&path, kind, &[]);
        assert!(done.out.starts_with("Mới 0"), "{kind}: {}{}", done.out, done.err);
    }
}
