//! The docx is read back part by part.

use super::*;
use crate::report::doc::{Cell, Column, Row, RowStyle, Table};
use crate::report::sample::{self, parts};

fn part(doc: &Doc, name: &str) -> String {
    let bytes = write(doc).unwrap();
    parts(&bytes)
        .into_iter()
        .find(|(n, _)| n == name)
        .unwrap_or_else(|| panic!("no part {name}"))
        .1
}

/// The words of a document, paragraphs one a line.
fn words(xml: &str) -> String {
    let mut out = String::new();
    for paragraph in xml
        .replace("<w:br/>", r#"<w:t xml:space="preserve">|</w:t>"#)
        .split("</w:p>")
    {
        for piece in paragraph.split(r#"<w:t xml:space="preserve">"#).skip(1) {
            out.push_str(piece.split("</w:t>").next().unwrap());
        }
        out.push('\n');
    }
    out
}

/// Every element closes in order and only characters that XML allows stand between them.
fn assert_well_formed(xml: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = xml;
    while let Some(start) = rest.find('<') {
        let text = &rest[..start];
        assert!(
            text.chars().all(|c| !c.is_control() || c == '\n'),
            "control character in {text:?}"
        );
        assert!(
            !text
                .replace("&amp;", "")
                .replace("&lt;", "")
                .replace("&gt;", "")
                .replace("&quot;", "")
                .replace("&apos;", "")
                .contains('&'),
            "{text}"
        );
        let end = rest[start..].find('>').expect("a tag ends") + start;
        let tag = &rest[start + 1..end];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "in {}", &rest[..end.min(200)]);
        } else if !tag.ends_with('/') && !tag.starts_with('?') {
            open.push(tag.split([' ', '>']).next().unwrap());
        }
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn every_part_is_well_formed() {
    for doc in [sample::week(), sample::half_year(), sample::sign_in_sheet()] {
        for (name, xml) in parts(&write(&doc).unwrap()) {
            if !name.ends_with('/') {
                assert_well_formed(&xml);
            }
        }
    }
}

#[test]
fn the_head_of_the_report_says_what_the_decree_asks_for() {
    let text = words(&part(&sample::week(), "word/document.xml"));
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).take(9).collect();
    assert_eq!(
        lines,
        [
            "HỘI LHPN TỈNH HƯNG YÊN",
            "HỘI LIÊN HIỆP|PHỤ NỮ XÃ TRÀ LÝ",
            "Số:      /BC-HPN",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Trà Lý, ngày 22 tháng 5 năm 2026",
            "BÁO CÁO TUẦN 21",
            "Kết quả thực hiện Đề án 01 và Đề án 2415",
            "(từ 18/5/2026 đến 24/5/2026; chốt số 16 giờ 00 ngày 22/5/2026)",
        ]
    );
}

#[test]
fn the_text_ends_with_the_closing_mark_and_the_signature_block() {
    let text = words(&part(&sample::week(), "word/document.xml"));
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let end = &lines[lines.len() - 8..];
    assert!(end[0].ends_with("An Khang Quỳnh Phụ./."), "{}", end[0]);
    assert_eq!(
        end[1..],
        [
            "Nơi nhận:",
            "- Hội LHPN tỉnh (b/c);",
            "- Đảng ủy, UB MTTQ xã (b/c);",
            "- Lưu: VT.",
            "TM. BAN THƯỜNG VỤ",
            "CHỦ TỊCH",
            "Nguyễn Thị Hằng",
        ]
    );
}

#[test]
fn a_document_that_ends_with_a_table_is_closed_on_a_line_of_its_own() {
    let mut doc = sample::week();
    doc.blocks = vec![Block::Table(sample::week_table())];
    let text = words(&part(&doc, "word/document.xml"));
    assert!(text.lines().any(|line| line == "./."));
}

#[test]
fn paper_and_margins_are_a4_with_20_20_30_15_millimetres() {
    let xml = part(&sample::week(), "word/document.xml");
    assert!(xml.contains(r#"<w:pgSz w:w="11906" w:h="16838"/>"#));
    assert!(xml.contains(r#"w:top="1134" w:right="851" w:bottom="1134" w:left="1701""#));
}

#[test]
fn pages_are_numbered_at_the_top_from_the_second_one() {
    let doc = sample::week();
    assert!(part(&doc, "word/document.xml").contains("<w:titlePg/></w:sectPr></w:body>"));
    assert!(part(&doc, "word/header1.xml").contains(" PAGE "));
    assert!(part(&doc, "word/_rels/document.xml.rels").contains(r#"Id="rIdHeader1""#));
    assert!(part(&doc, "[Content_Types].xml").contains("/word/header1.xml"));
}

#[test]
fn annexes_have_their_own_sections_and_turn_their_own_paper() {
    let xml = part(&sample::half_year(), "word/document.xml");
    assert_eq!(xml.matches("<w:sectPr>").count(), 3);
    assert_eq!(xml.matches("<w:titlePg/>").count(), 1);
    assert_eq!(
        xml.matches(r#"<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>"#)
            .count(),
        1
    );
    assert!(
        words(&xml).contains("(Kèm theo Báo cáo số 27/BC-BTV ngày 22 tháng 5 năm 2026 của BAN THƯỜNG VỤ HỘI LHPN)")
    );
}

#[test]
fn heading_rows_return_on_every_page_and_rows_are_not_split() {
    let xml = part(&sample::half_year(), "word/document.xml");
    let rows = xml.matches("<w:tr>").count();
    assert_eq!(xml.matches("<w:trPr><w:cantSplit/>").count(), rows);
    // Two tables with two heading rows, one with one.
    assert_eq!(xml.matches("<w:tblHeader/>").count(), 5);
}

#[test]
fn the_name_of_a_sum_spans_the_columns_before_its_figures() {
    let xml = part(&sample::half_year(), "word/document.xml");
    let total = xml.split("<w:tr>").find(|row| row.contains("Cộng")).unwrap();
    assert!(total.contains(r#"<w:gridSpan w:val="5"/>"#));
    assert_eq!(total.matches("<w:tc>").count(), 7);
}

#[test]
fn a_sum_stays_with_the_row_before_it_and_a_short_table_on_one_page() {
    let kept_rows = |rows: i64| {
        let mut table = Table::new(vec![Column::text("Hoạt động"), Column::figures("Số")]);
        (0..rows).for_each(|row| table.push(vec![Cell::text("Lớp"), Cell::Count(row)]));
        table.push_styled(RowStyle::Total, vec![Cell::text("Tổng cộng"), Cell::Count(9)]);
        let xml = super::table::table(&table, 9354);
        let rows: Vec<bool> = xml
            .split("<w:tr>")
            .skip(1)
            .map(|row| row.contains("<w:keepNext/>"))
            .collect();
        rows
    };
    assert_eq!(kept_rows(2), [true, true, true, false]);
    let long = kept_rows(20);
    assert_eq!(long.len(), 22);
    let kept: Vec<usize> = (0..22).filter(|row| long[*row]).collect();
    assert_eq!(
        kept,
        [0, 1, 20],
        "the heading with the first row, the last row with the sum"
    );
}

#[test]
fn a_long_code_may_end_a_line_behind_its_low_line_and_gets_no_hyphen() {
    let mut table = Table::new(vec![Column::text("Mã").weight(1), Column::text("Tên").weight(9)]);
    table.push(vec![Cell::text("TRAIN_SESSIONS"), Cell::text("Lớp tập huấn")]);
    let xml = super::table::table(&table, 9354);
    assert_eq!(
        words(&xml).replace('\u{200b}', "·").lines().nth(2),
        Some("TRAIN_·SESSIONS")
    );
    assert!(!xml.contains("softHyphen"));
}

#[test]
fn an_empty_table_says_that_nothing_happened() {
    let text = words(&part(&sample::half_year(), "word/document.xml"));
    assert!(text.contains("Không phát sinh"));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert_eq!(
        write(&sample::half_year()).unwrap(),
        write(&sample::half_year()).unwrap()
    );
    let later = Doc {
        made: sample::day(6, 1).and_hms_opt(8, 0, 0).unwrap(),
        ..sample::week()
    };
    assert!(part(&later, "docProps/core.xml").contains("2026-06-01T08:00:00Z"));
}

#[test]
fn odd_text_does_no_harm_and_vietnamese_stays_to_the_letter() {
    let odd = "Ỷ La <b> & \"ngoặc\" 'đơn' \u{0}\u{b}\u{1b}[31m 👩‍🌾 \u{FFFF}]]> \n dòng hai";
    let long = "ệ".repeat(100_000);
    let mut doc = sample::week();
    doc.title.subject = vec![odd.into(), long.clone(), String::new()];
    doc.letterhead.as_mut().unwrap().issuer = long;
    let mut table = Table::new(vec![Column::text(odd), Column::figures("")]);
    table.rows.push(Row {
        cells: vec![odd.into(), Cell::Count(i64::MIN), "thừa một ô".into()],
        style: RowStyle::Normal,
    });
    table.rows.push(Row {
        cells: vec![],
        style: RowStyle::Section,
    });
    doc.blocks = vec![
        Block::Table(table),
        Block::Table(Table::default()),
        Block::Facts(vec![]),
        Block::Paragraph(vec![]),
        Block::paragraph(odd),
    ];
    let xml = part(&doc, "word/document.xml");
    assert_well_formed(&xml);
    assert!(xml.contains("Ỷ La &lt;b&gt; &amp; &quot;ngoặc&quot; &apos;đơn&apos; [31m 👩‍🌾 ]]&gt; "));
}

/// Writes the samples for a person to look at: `cargo test --lib docx::tests::samples -- --ignored`, with the folder
/// in `SOHOI_SAMPLES`.
#[test]
#[ignore = "writes files to look at"]
fn samples_to_look_at() {
    let folder = std::path::PathBuf::from(std::env::var("SOHOI_SAMPLES").expect("SOHOI_SAMPLES names a folder"));
    for (name, doc) in [
        ("week", sample::week()),
        ("half", sample::half_year()),
        ("sheet", sample::sign_in_sheet()),
    ] {
        std::fs::write(folder.join(name).with_extension("docx"), write(&doc).unwrap()).unwrap();
    }
}
