//! A table as CSV: UTF-8 with a byte-order mark (so that Excel reads Vietnamese), commas, CRLF.
//!
//! Numbers are plain digits and days are dd/mm/yyyy, to be read back by programs. Words that a spreadsheet would take
//! for a formula get an apostrophe in front, which spreadsheets know as "this is text".

use super::cell::Cell;
use super::doc::Table;
use super::printable::printable;
use crate::vietnamese::date::format_date;

/// The bytes of the CSV file: one heading row (shared headings before their own), then the rows.
pub fn write(table: &Table) -> Vec<u8> {
    let mut bytes = b"\xEF\xBB\xBF".to_vec();
    let headings = table.columns.iter().map(|column| guarded(&column.full_heading()));
    push_line(&mut bytes, headings.collect());
    for row in &table.rows {
        push_line(
            &mut bytes,
            (0..table.columns.len()).map(|i| field(table.cell(row, i))).collect(),
        );
    }
    bytes
}

/// `text` with an apostrophe before it when a spreadsheet would run it as a formula.
pub fn guarded(text: &str) -> String {
    let text = printable(text);
    if text.starts_with(['=', '+', '-', '@', '\t']) {
        format!("'{text}")
    } else {
        text.into_owned()
    }
}

/// What [`guarded`] was given: the apostrophe taken off again.
pub fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t']) => rest,
        _ => text,
    }
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => guarded(text),
        Cell::Blank | Cell::Nothing => String::new(),
        Cell::Count(n) | Cell::Money(n) => n.to_string(),
        Cell::Date(date) => format_date(*date),
        other => other.to_string(),
    }
}

/// Quotes only what needs it; a line of one empty field is quoted, or it would be no line at all.
fn push_line(bytes: &mut Vec<u8>, fields: Vec<String>) {
    let alone = fields.len() == 1;
    let quoted = |field: String| {
        if field.contains([',', '"', '\n', '\r']) || (alone && field.is_empty()) {
            format!("\"{}\"", field.replace('"', "\"\""))
        } else {
            field
        }
    };
    bytes.extend(fields.into_iter().map(quoted).collect::<Vec<_>>().join(",").bytes());
    bytes.extend(b"\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::doc::Column;
    use crate::report::sample;

    fn read_back(bytes: &[u8]) -> Vec<Vec<String>> {
        let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(&bytes[3..]);
        reader
            .records()
            .map(|record| record.unwrap().iter().map(str::to_owned).collect())
            .collect()
    }

    #[test]
    fn a_list_comes_back_as_it_was_with_plain_numbers() {
        let bytes = write(&sample::cooperatives());
        assert_eq!(&bytes[..3], b"\xEF\xBB\xBF");
        let rows = read_back(&bytes);
        assert_eq!(rows[0][5..7], ["Thành viên - Tổng", "Thành viên - Nữ"]);
        assert_eq!(
            rows[1],
            [
                "1",
                "HTX Dược liệu An Khang Quỳnh Phụ",
                "Thôn Đông Thọ, xã Trà Lý",
                "Nông nghiệp",
                "01/03/2019",
                "7",
                "4",
                "10",
                "5",
                "250000000",
                "57,1%"
            ]
        );
        assert_eq!(rows.len(), 48);
    }

    #[test]
    fn what_looks_like_a_formula_is_text_but_a_negative_number_stays_a_number() {
        let mut table = Table::new(vec![Column::text("=cmd"), Column::figures("Số")]);
        for text in [
            "=1+1",
            "+84912345678",
            "-2",
            "@SUM(A1)",
            "\t=1",
            "bình thường",
            "'=đã có",
        ] {
            table.push(vec![text.into(), Cell::Count(-5)]);
        }
        let rows = read_back(&write(&table));
        let words: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
        assert_eq!(
            words,
            [
                "'=cmd",
                "'=1+1",
                "'+84912345678",
                "'-2",
                "'@SUM(A1)",
                "'\t=1",
                "bình thường",
                "'=đã có"
            ]
        );
        assert_eq!(rows[1][1], "-5");
        assert_eq!(unguarded("'=1+1"), "=1+1");
        assert_eq!(unguarded("'s-Hertogenbosch"), "'s-Hertogenbosch");
    }

    #[test]
    fn quotes_commas_breaks_and_control_characters_survive_reading() {
        let mut table = Table::new(vec![Column::text("Ghi chú")]);
        table.push(vec!["a \"b\", c\nd\u{0}".into()]);
        table.push(vec![Cell::Blank]);
        table.push(vec!["Ỷ La 👩‍🌾".into()]);
        assert_eq!(
            read_back(&write(&table)),
            [["Ghi chú"], ["a \"b\", c\nd"], [""], ["Ỷ La 👩‍🌾"]]
        );
    }
}
