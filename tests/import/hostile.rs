//! Files that are broken, locked, too large or made to do harm: a message, nothing written, and no more memory than is said.

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use crate::desk::Desk;

#[test]
fn hostile_files_are_refused_in_words_and_nothing_is_written() {
    let desk = Desk::new();
    for (name, said) in [
        ("broken.xlsx", "bị hỏng"),
        ("not_a_workbook.xlsx", "không phải là bảng tính"),
        ("wide.xlsx", "cột"),
        ("sheets.xlsx", "trang"),
        ("bomb.xlsx", "bung ra"),
        ("missing.xlsx", "Không đọc được"),
    ] {
        let file = if name == "missing.xlsx" {
            desk.file(name).display().to_string()
        } else {
            desk.copy(name)
        };
        let done = desk.import(&file, "person", &[]);
        assert_eq!((done.code, done.out.as_str()), (1, ""), "{name}: {}", done.err);
        assert!(
            done.err.contains(said) && done.err.contains("Chưa ghi gì"),
            "{name}: {}",
            done.err
        );
    }
    assert!(desk.list("person").is_empty());
}

/// A packed file of these parts, by hand: sizes and names as a hostile writer may choose them.
fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for (name, body) in parts {
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::best());
        deflate.write_all(body).unwrap();
        let data = deflate.finish().unwrap();
        let mut crc = flate2::Crc::new();
        crc.update(body);
        let mut head = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0];
        for size in [crc.sum(), data.len() as u32, body.len() as u32] {
            head.extend(size.to_le_bytes());
        }
        head.extend((name.len() as u16).to_le_bytes());
        head.extend([0, 0]);
        let at = file.len() as u32;
        file.extend(b"PK\x03\x04");
        file.extend(&head);
        file.extend(name.as_bytes());
        file.extend(data);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&head);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (count, start) = (parts.len() as u16, file.len() as u32);
    file.extend(&directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend(count.to_le_bytes());
    file.extend(count.to_le_bytes());
    file.extend((directory.len() as u32).to_le_bytes());
    file.extend(start.to_le_bytes());
    file.extend([0, 0]);
    file
}

/// A workbook whose one sheet is this.
fn workbook(sheet: &[u8]) -> Vec<u8> {
    const TYPES: &[u8] = br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;
    const RELS: &[u8] = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    const BOOK: &[u8] = br#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    const BOOK_RELS: &[u8] = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    packed(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELS),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn sheet(rows: &str) -> Vec<u8> {
    format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    )
    .into_bytes()
}

fn words(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

/// What is said of a file that is taken as a list of people; that nothing was written is asked of all.
fn said(bytes: &[u8]) -> (i32, String) {
    let desk = Desk::new();
    let path = desk.file("a.xlsx");
    std::fs::write(&path, bytes).unwrap();
    let done = desk.import(&path.display().to_string(), "person", &["--dry-run"]);
    assert!(desk.list("person").is_empty());
    (done.code, format!("{}{}", done.out, done.err))
}

#[test]
fn the_workbooks_made_by_hand_here_are_read_like_any_other() {
    let rows = format!(
        "<row>{}</row><row>{}</row>",
        words("A1", "Họ và tên"),
        words("A2", "Vũ Thị Thu")
    );
    let (code, said) = said(&workbook(&sheet(&rows)));
    assert!(code == 0 && said.starts_with("Mới 1 ·"), "{said}");
}

#[test]
fn a_million_empty_rows_are_passed_over() {
    let mut rows = format!("<row>{}</row>", words("A1", "Họ và tên"));
    rows.push_str(&"<row/>".repeat(1_000_000));
    rows.push_str(&format!("<row r=\"1048576\">{}</row>", words("A1048576", "Vũ Thị Thu")));
    let (code, said) = said(&workbook(&sheet(&rows)));
    assert!(code == 0 && said.starts_with("Mới 1 ·"), "{said}");
}

#[test]
fn ten_thousand_columns_two_hundred_sheets_and_too_many_rows_are_told_with_the_limit() {
    let wide: String = (0..10_000)
        .map(|_| "<c t=\"inlineStr\"><is><t>x</t></is></c>".to_owned())
        .collect();
    let (code, text) = said(&workbook(&sheet(&format!("<row>{wide}</row>"))));
    assert!(code == 1 && text.contains("hơn 400 cột"), "{text}");
    let many = "<row><c t=\"inlineStr\"><is><t>x</t></is></c></row>".repeat(60_000);
    let (code, text) = said(&workbook(&sheet(&many)));
    assert!(code == 1 && text.contains("hơn 50000 dòng"), "{text}");
}

#[test]
fn a_part_that_unpacks_without_end_is_measured_and_not_opened() {
    let zeros = vec![b' '; 260 << 20];
    let bytes = workbook(&zeros);
    assert!(bytes.len() < 1 << 20);
    let (code, text) = said(&bytes);
    assert!(code == 1 && text.contains("bung ra lớn hơn 200 MB"), "{text}");
}

#[test]
fn what_a_sheet_says_of_its_own_size_is_not_believed() {
    let text = String::from_utf8(sheet(&format!("<row>{}</row>", words("A1", "Họ và tên")))).unwrap();
    let lying = text.replace("<sheetData>", "<dimension ref=\"A1:XFD1048576\"/><sheetData>");
    let (code, said) = said(&workbook(lying.as_bytes()));
    assert!(code == 0 && said.starts_with("Mới 0 ·"), "{said}");
}

#[test]
fn a_list_in_text_without_end_of_line_or_quote_is_no_danger() {
    for bytes in [
        vec![b'"'; 100_000],
        vec![b','; 100_000],
        b"H\xe4\x84 v\x00".to_vec(),
        "Họ và tên\n\"".repeat(1000).into_bytes(),
    ] {
        let (code, text) = said(&bytes);
        assert!(code == 1 || text.starts_with("Mới"), "{text}");
    }
}

#[test]
fn cells_that_begin_like_a_formula_leave_as_text_and_come_back_the_same() {
    let desk = Desk::new();
    for name in ["=1+1", "+84", "-x", "@SUM(A1)", "\t=1"] {
        let done = desk.run(&["add", "person", &format!("name={name}"), "--warnings", "accept"]);
        assert_eq!(done.code, 0, "{}", done.err);
    }
    let before = desk.list("person");
    let csv = desk.run(&["export", "person", "--format", "csv"]).out;
    assert!(csv.starts_with('\u{feff}'), "with its mark");
    for cell in csv.lines().flat_map(|line| line.split(',')) {
        assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
    }
    for format in ["csv", "xlsx"] {
        let path = desk.file(&format!("p.{format}")).display().to_string();
        desk.ok(&["export", "person", "--personal", "--out", &path]);
        let again = desk.import(&path, "person", &["--warnings", "accept"]);
        assert!(
            again.out.contains("không đổi 5"),
            "{format}: {}{}",
            again.out,
            again.err
        );
    }
    assert_eq!(desk.list("person"), before);
}

/// The most that the program took, in kilobytes, while it did this.
#[cfg(target_os = "linux")]
fn peak(desk: &Desk, file: &Path) -> u64 {
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_sohoi"))
        .env("SOHOI_DATA", desk.file("data"))
        .args(["import", &file.display().to_string(), "--as", "person", "--dry-run"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").trim().parse().ok());
        most = most.max(kilobytes.unwrap_or(0));
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    most
}

#[test]
#[cfg(target_os = "linux")]
fn no_hostile_file_takes_more_than_half_a_gigabyte() {
    let desk = Desk::new();
    for name in [
        "bomb.xlsx",
        "sheets.xlsx",
        "wide.xlsx",
        "corpus/far.xls",
        "corpus/million.xlsx",
        "corpus/locked.xls",
    ] {
        let file = desk.copy(name);
        let most = peak(&desk, Path::new(&file));
        assert!(most < 512 << 10, "{name}: {most} KB");
    }
}
