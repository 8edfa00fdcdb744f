//! The workbook is read back by another program's reader.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::*;
use crate::report::doc::{Cell, Column, Table};
use crate::report::sample;
use crate::report::workbook::{Chart, ChartKind, Choices, Hint};

fn open(book: &Workbook) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(write(book).unwrap())).unwrap()
}

fn book(sheets: Vec<Sheet>) -> Workbook {
    Workbook {
        title: "Sổ".into(),
        author: "Hội".into(),
        made: sample::made(),
        sheets,
    }
}

/// A list with filters and sums.
fn cooperatives() -> Sheet {
    let mut table = sample::cooperatives();
    table.rows.pop();
    Sheet {
        totals: vec![5, 6, 9],
        ..Sheet::list("HTX", "DANH SÁCH HTX, THT DO PHỤ NỮ QUẢN LÝ", table)
    }
}

/// Targets with their progress as a chart.
fn targets() -> Sheet {
    let mut table = Table::new(vec![
        Column::text("Chỉ tiêu"),
        Column::figures("Kế hoạch"),
        Column::figures("Thực hiện"),
        Column::figures("Tỷ lệ"),
    ]);
    for (name, plan, done) in [
        ("HTX thành lập mới", 1, 1),
        ("THT thành lập mới", 3, 2),
        ("Nữ quản lý được bồi dưỡng", 30, 28),
    ] {
        table.push(vec![
            name.into(),
            Cell::Count(plan),
            Cell::Count(done),
            Cell::Percent {
                part: done,
                whole: plan,
            },
        ]);
    }
    let chart = |kind, title: &str, series| Chart {
        kind,
        title: title.into(),
        names: 0,
        series,
    };
    Sheet {
        charts: vec![
            chart(ChartKind::Bars, "Tiến độ theo chỉ tiêu", vec![3]),
            chart(ChartKind::Columns, "Kế hoạch và thực hiện", vec![1, 2]),
        ],
        ..Sheet::summary("Chỉ tiêu", vec!["TIẾN ĐỘ THỰC HIỆN CHỈ TIÊU".into()], table)
    }
}

/// A form to fill in.
fn form() -> Sheet {
    let table = Table::new(vec![
        Column::text("Tên HTX"),
        Column::text("Ngành"),
        Column::text("Điện thoại"),
        Column::figures("Số TV nữ"),
    ]);
    let sectors = (1..=60).map(|i| format!("Ngành nghề số {i}")).collect();
    Sheet {
        kind: SheetKind::Form {
            rows: 500,
            choices: vec![Choices {
                column: 1,
                values: sectors,
            }],
            hints: vec![Hint {
                column: 2,
                text: "Viết liền, không dấu chấm. Ví dụ: 0912345678.".into(),
            }],
        },
        ..Sheet::summary("Mẫu nhập", vec!["MẪU NHẬP HỢP TÁC XÃ".into()], table)
    }
}

#[test]
fn numbers_days_and_percentages_are_values_not_words() {
    let range = open(&book(vec![cooperatives()])).worksheet_range("HTX").unwrap();
    let row: Vec<Data> = (0..11).map(|i| range.get_value((4, i)).cloned().unwrap()).collect();
    assert_eq!(row[0], Data::Float(1.0));
    assert_eq!(row[1], Data::String("HTX Dược liệu An Khang Quỳnh Phụ".into()));
    assert_eq!(row[9], Data::Float(250_000_000.0));
    assert_eq!(row[10], Data::Float(4.0 / 7.0));
    let Data::DateTime(day) = &row[4] else {
        panic!("{:?} is no day", row[4])
    };
    assert_eq!(day.as_f64(), 43525.0);
}

#[test]
fn a_sum_is_a_formula_that_carries_its_result() {
    let mut file = open(&book(vec![cooperatives()]));
    let last = 4 + 46;
    assert_eq!(
        file.worksheet_range("HTX").unwrap().get_value((last, 9)),
        Some(&Data::Float(13_052_500_000.0))
    );
    let formulas = file.worksheet_formula("HTX").unwrap();
    assert_eq!(formulas.get_value((last, 9)).unwrap(), "SUBTOTAL(109,J5:J50)");
}

#[test]
fn a_wide_list_is_frozen_filtered_and_set_up_for_print() {
    let xml = parts_of(&book(vec![cooperatives()]), "xl/worksheets/sheet1.xml");
    assert!(xml.contains(r#"<pane xSplit="2" ySplit="4" topLeftCell="C5""#), "{xml}");
    assert!(xml.contains(r#"<autoFilter ref="A4:K50""#));
    assert!(
        xml.contains(r#"paperSize="9""#)
            && xml.contains(r#"orientation="landscape""#)
            && xml.contains(r#"fitToHeight="0""#)
    );
    assert!(parts_of(&book(vec![cooperatives()]), "xl/workbook.xml").contains("HTX!$3:$4"));
}

#[test]
fn an_empty_list_says_so_and_has_no_filter() {
    let table = Table::new(vec![Column::index(), Column::text("Tên")]);
    let xml = book(vec![Sheet::list("Rỗng", "DANH SÁCH", table)]);
    assert!(!parts_of(&xml, "xl/worksheets/sheet1.xml").contains("<autoFilter"));
    let range = open(&xml).worksheet_range("Rỗng").unwrap();
    assert!(
        range
            .cells()
            .any(|(_, _, value)| *value == Data::String("Không phát sinh".into()))
    );
}

#[test]
fn words_that_look_like_formulas_stay_words() {
    let mut table = Table::new(vec![Column::text("=1+1")]);
    for text in ["=HYPERLINK(\"http://x\")", "+84912345678", "-2", "@a"] {
        table.push(vec![text.into()]);
    }
    let book = book(vec![Sheet::list("A", "=tên", table)]);
    let mut file = open(&book);
    let formulas = file.worksheet_formula("A").unwrap();
    assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()));
    let range = file.worksheet_range("A").unwrap();
    assert_eq!(
        range.get_value((3, 0)),
        Some(&Data::String("=HYPERLINK(\"http://x\")".into()))
    );
    assert_eq!(range.get_value((4, 0)), Some(&Data::String("+84912345678".into())));
    assert!(parts_of(&book, "xl/styles.xml").contains(r#"quotePrefix="1""#));
}

#[test]
fn odd_text_and_numbers_do_no_harm() {
    let odd = "Ỷ La \u{0}\u{b}\u{FFFF} 👩‍🌾 <&> \n hai";
    let long = "ệ".repeat(40_000);
    let mut table = Table::new(vec![Column::text(odd), Column::figures(long.clone())]);
    table.push(vec![odd.into(), long.clone().into()]);
    table.push(vec![Cell::Count(i64::MAX), Cell::Percent { part: 1, whole: 0 }]);
    table.push(vec![
        Cell::Date(chrono::NaiveDate::from_ymd_opt(1801, 2, 3).unwrap()),
        Cell::Date(chrono::NaiveDate::MAX),
    ]);
    table.push_styled(RowStyle::Section, vec![]);
    let sheets = vec![
        Sheet {
            totals: vec![0, 1, 9],
            notes: vec![long.clone()],
            ..Sheet::list(odd, long, table)
        },
        Sheet::list("", "", Table::default()),
    ];
    let mut file = open(&book(sheets));
    let names = file.sheet_names();
    assert_eq!(names, ["Ỷ La 👩‍🌾 <&> hai", "Trang 2"]);
    let range = file.worksheet_range(&names[0]).unwrap();
    assert_eq!(
        range.get_value((3, 0)),
        Some(&Data::String("Ỷ La  👩‍🌾 <&> \n hai".into()))
    );
    assert_eq!(
        range.get_value((4, 0)),
        Some(&Data::String("9.223.372.036.854.775.807".into()))
    );
    assert_eq!(range.get_value((5, 0)), Some(&Data::String("03/02/1801".into())));
    assert!(open(&book(vec![])).sheet_names().len() == 1);
}

#[test]
fn tabs_have_names_that_excel_takes_and_no_two_alike() {
    let sheet = |name: &str| Sheet::list(name, "", Table::default());
    let long = "Danh sách hợp tác xã do phụ nữ quản lý";
    let names = tab_names(&book(vec![
        sheet(long),
        sheet(long),
        sheet("A/B"),
        sheet("a b"),
        sheet("danh mục"),
        sheet("'"),
    ]));
    assert_eq!(
        names,
        [
            "Danh sách hợp tác xã do phụ nữ…",
            "Danh sách hợp tác xã do ph… (2)",
            "A B",
            "a b (2)",
            "danh mục (2)",
            "Trang 6"
        ]
    );
}

#[test]
fn a_form_offers_long_lists_from_a_hidden_sheet_and_keeps_words_as_words() {
    let book = book(vec![form()]);
    let xml = parts_of(&book, "xl/worksheets/sheet1.xml");
    assert!(
        xml.contains("'Danh mục'!$A$1:$A$60") && xml.contains(r#"sqref="B4:B503""#),
        "{xml}"
    );
    assert!(parts_of(&book, "xl/workbook.xml").contains(r#"name="Danh mục" sheetId="2" state="hidden""#));
    let mut file = open(&book);
    assert_eq!(file.worksheet_range("Danh mục").unwrap().height(), 60);
    assert!(parts_of(&book, "xl/comments1.xml").contains("0912345678"));
}

#[test]
fn charts_point_at_the_columns_of_their_table() {
    let book = book(vec![targets()]);
    let bars = parts_of(&book, "xl/charts/chart1.xml");
    assert!(
        bars.contains("'Chỉ tiêu'!$D$4:$D$6") && bars.contains("'Chỉ tiêu'!$A$4:$A$6"),
        "{bars}"
    );
    assert!(parts_of(&book, "xl/charts/chart2.xml").contains("Kế hoạch"));
}

#[test]
fn the_same_workbook_gives_the_same_bytes() {
    let book = book(vec![cooperatives(), targets(), form()]);
    assert_eq!(write(&book).unwrap(), write(&book).unwrap());
    assert!(parts_of(&book, "docProps/core.xml").contains("2026-05-22T16:00:00Z"));
}

/// Measures a long list: `cargo test --release --lib xlsx::tests::a_long -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn a_long_list_is_written_in_seconds() {
    let mut table = sample::cooperatives();
    table.rows.pop();
    let rows = table.rows.clone();
    while table.rows.len() < 50_000 {
        table.rows.extend(rows.iter().cloned());
    }
    let book = book(vec![Sheet::list("HTX", "DANH SÁCH", table)]);
    let start = std::time::Instant::now();
    let bytes = write(&book).unwrap();
    println!(
        "{} rows: {} bytes in {:?}",
        book.sheets[0].table.rows.len(),
        bytes.len(),
        start.elapsed()
    );
}

fn parts_of(book: &Workbook, name: &str) -> String {
    let parts = sample::parts(&write(book).unwrap());
    parts
        .into_iter()
        .find(|(n, _)| n == name)
        .unwrap_or_else(|| panic!("no part {name}"))
        .1
}

/// Writes samples for a person to look at, into the folder that `SOHOI_SAMPLES` names.
#[test]
#[ignore = "writes files to look at"]
fn samples_to_look_at() {
    let folder = std::path::PathBuf::from(std::env::var("SOHOI_SAMPLES").expect("SOHOI_SAMPLES names a folder"));
    let books = [
        ("book-week", Workbook::of(&sample::week())),
        ("book-lists", book(vec![cooperatives(), targets(), form()])),
        ("book-half", Workbook::of(&sample::half_year())),
    ];
    for (name, book) in books {
        std::fs::write(folder.join(name).with_extension("xlsx"), write(&book).unwrap()).unwrap();
    }
}
