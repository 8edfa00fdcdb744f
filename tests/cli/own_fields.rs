//! The office's own fields: a file in the data folder, and what becomes of them in `add`, `list`, `export` and `import`.

use serde_json::json;

use crate::desk::Desk;

const FILE: &str = "own-fields.toml";
const FIELDS: &str = r#"
[[field]]
kind = "cooperative"
key = "zalo"
label = "Nhóm Zalo"
type = "choice"
codes = ["CO = Có dùng", "KHONG = Không dùng"]

[[field]]
kind = "cooperative"
key = "distance"
label = "Quãng đường (km)"
type = "number"
min = 1
max = 200
"#;

fn desk(fields: &str) -> Desk {
    let desk = Desk::new();
    std::fs::write(desk.folder().join(FILE), fields).unwrap();
    desk
}

#[test]
fn an_own_field_is_entered_checked_listed_exported_and_imported_like_any_other() {
    let desk = desk(FIELDS);
    let id = desk.add(&["cooperative", "kind=HTX", "name=HTX An Khang", "zalo=CO", "distance=12"]);
    let listed = desk.list_where("cooperative", &["--where", "zalo=CO"]);
    assert_eq!((&listed[0]["zalo"], &listed[0]["distance"]), (&json!("CO"), &json!(12)));
    assert!(
        desk.refused(&["add", "cooperative", "kind=HTX", "name=B", "zalo=CHUA"])
            .contains("CHUA")
    );
    let doubt = desk.refused(&["add", "cooperative", "kind=HTX", "name=HTX Bình", "distance=900"]);
    assert!(doubt.contains("1–200"), "{doubt}");

    let csv = desk.folder().join("htx.csv");
    let csv = csv.to_str().unwrap();
    desk.ok(&["export", "cooperative", "--format", "csv", "--out", csv]);
    let text = std::fs::read_to_string(csv).unwrap();
    assert!(text.contains("Nhóm Zalo") && text.contains("Có dùng"), "{text}");
    std::fs::write(csv, text.replace("Có dùng", "Không dùng")).unwrap();
    desk.ok(&["import", csv, "--as", "cooperative"]);
    let again = desk.list("cooperative");
    assert_eq!(again.len(), 1);
    assert_eq!((&again[0]["id"], &again[0]["zalo"]), (&json!(id), &json!("KHONG")));
}

#[test]
fn a_wrong_file_is_told_with_its_line_and_the_program_goes_on_without_it() {
    let desk = desk(FIELDS);
    desk.add(&["cooperative", "kind=HTX", "name=HTX An Khang", "distance=12"]);
    std::fs::write(desk.folder().join(FILE), FIELDS.replace("\"number\"", "\"so\"")).unwrap();
    let done = desk.run(&["list", "cooperative", "--format", "json"]);
    assert_eq!(done.code, 0);
    assert!(
        done.err.contains("dòng 13") && done.err.contains("\"so\""),
        "{}",
        done.err
    );
    assert!(done.out.contains("HTX An Khang"));
    desk.refused(&["add", "cooperative", "kind=HTX", "name=HTX Bình", "zalo=CO"]);
    std::fs::write(desk.folder().join(FILE), FIELDS).unwrap();
    assert_eq!(
        desk.list("cooperative")[0]["distance"],
        json!(12),
        "what was entered is kept"
    );
}
