//! What stands in a list and is no record, and what is written shorter than it means.
//!
//! Lines of totals, headings printed again and numbers of the columns are passed over. Heads of groups and signatures look
//! more like records: where the list numbers its rows and these have no number, they are set aside, which the officer sees
//! and can take back. `nt` means what stands above; an amount below `(triệu đồng)` is one of millions.

use std::collections::BTreeSet;

use super::file::Raw;
use super::mapping::Target;
use crate::domain::schema::FieldKind;
use crate::report::table::NOTHING_HAPPENED;
use crate::vietnamese::fold::{fold, words};

/// Line number and cells.
type Row = (u32, Vec<Raw>);

/// The fewest cells of a row that numbers the columns.
const NUMBERED: usize = 3;

fn is_filled(cell: &Raw) -> bool {
    *cell != Raw::Empty
}

/// The cells that go somewhere and hold anything.
fn wanted<'a>(cells: &'a [Raw], targets: &'a [Option<Target>]) -> impl Iterator<Item = &'a Raw> {
    let columns = targets.iter().zip(cells);
    columns
        .filter(|(target, cell)| target.is_some() && is_filled(cell))
        .map(|(_, cell)| cell)
}

/// Whether a row may hold a record: anything in a column that goes somewhere, and no line of totals, no headings again.
pub(super) fn is_record(cells: &[Raw], headings: &[String], targets: &[Option<Target>]) -> bool {
    let any = targets.iter().all(Option::is_none) || wanted(cells, targets).next().is_some();
    any && !is_total(cells) && !repeats(cells, headings) && !numbers_the_columns(cells)
}

fn is_total(cells: &[Raw]) -> bool {
    let Some(Raw::Text(text)) = cells.iter().find(|cell| is_filled(cell)) else {
        return false;
    };
    let said = fold(text);
    matches!(said.as_str(), "cong" | "tong" | "tong cong" | "tong so") || said == fold(NOTHING_HAPPENED)
}

/// The headings, printed again on the next page.
fn repeats(cells: &[Raw], headings: &[String]) -> bool {
    let mut filled = cells
        .iter()
        .zip(headings)
        .filter(|(cell, _)| is_filled(cell))
        .peekable();
    let same = |(cell, heading): (&Raw, &String)| matches!(cell, Raw::Text(text) if fold(text) == fold(heading));
    filled.peek().is_some() && filled.all(same)
}

/// `1 2 3`, `(1) (2) (3)`, `A B 1 2`: each one more than that before.
fn numbers_the_columns(cells: &[Raw]) -> bool {
    let mut last: Option<u32> = None;
    let mut count = 0;
    for cell in cells.iter().filter(|cell| is_filled(cell)) {
        let number = match cell {
            Raw::Number(number) if (1.0..100.0).contains(number) => *number as u32,
            Raw::Text(text) => match text.trim().trim_matches(['(', ')']) {
                letter if matches!(letter.as_bytes(), [b'A'..=b'F']) && last.is_none() => {
                    count += 1;
                    continue;
                }
                digits => match digits.parse() {
                    Ok(number) => number,
                    Err(_) => return false,
                },
            },
            _ => return false,
        };
        if number != last.map_or(1, |last| last + 1) {
            return false;
        }
        (last, count) = (Some(number), count + 1);
    }
    count >= NUMBERED
}

/// Whether a cell numbers a row: `7`, `07`, `7.`.
fn is_number(cell: Option<&Raw>) -> bool {
    match cell {
        Some(Raw::Number(_)) => true,
        Some(Raw::Text(text)) => text.contains(|c: char| c.is_ascii_digit()),
        _ => false,
    }
}

/// The lines that hold no record, where rows are numbered: heads of groups, which have a Roman number, a letter or
/// none and say one thing; and what stands below the last number without a figure in it.
pub(super) fn aside(rows: &[Row], headings: &[String], targets: &[Option<Target>]) -> BTreeSet<u32> {
    let numbering = |heading: &String| matches!(fold(heading).as_str(), "tt" | "stt" | "so tt" | "so thu tu");
    let Some(column) = headings.iter().position(numbering) else {
        return BTreeSet::new();
    };
    let numbered = |(_, cells): &Row| is_number(cells.get(column));
    let last = rows.iter().rposition(numbered).unwrap_or_default();
    if rows.iter().filter(|row| numbered(row)).count() * 3 < rows.len() {
        return BTreeSet::new();
    }
    let unnumbered = rows.iter().enumerate().filter(|(_, row)| !numbered(row));
    let figure = |cell: &Raw| match cell {
        Raw::Text(text) => text.contains(|c: char| c.is_ascii_digit()),
        _ => true,
    };
    let lesser = unnumbered.filter(|(at, (_, cells))| {
        let lettered = cells.get(column).is_some_and(is_filled);
        lettered || wanted(cells, targets).count() < 2 || (*at > last && !wanted(cells, targets).any(figure))
    });
    lesser.map(|(_, (line, _))| *line).collect()
}

/// Puts for `nt` and `"` what the record above has there.
pub(super) fn fill_dittos(rows: &mut [Row], aside: &BTreeSet<u32>) {
    let mut above: Option<usize> = None;
    for at in 0..rows.len() {
        if aside.contains(&rows[at].0) {
            continue;
        }
        if let Some(above) = above {
            let (before, here) = rows.split_at_mut(at);
            let dittos = here[0].1.iter_mut().enumerate().filter(|(_, cell)| is_ditto(cell));
            for (column, cell) in dittos {
                if let Some(said) = before[above].1.get(column).filter(|said| is_filled(said)) {
                    *cell = said.clone();
                }
            }
        }
        above = Some(at);
    }
}

fn is_ditto(cell: &Raw) -> bool {
    let Raw::Text(text) = cell else { return false };
    let bare = text.trim().trim_matches(['-', '.', ' ']);
    matches!(
        bare,
        "nt" | "Nt" | "n.t" | "như trên" | "Như trên" | "\"" | "''" | "”" | "“" | "//" | "〃"
    )
}

/// Writes amounts below a heading like `Doanh thu (triệu đồng)` with their unit.
pub(super) fn write_units(rows: &mut [Row], headings: &[String], targets: &[Option<Target>]) {
    for (column, (heading, target)) in headings.iter().zip(targets).enumerate() {
        let is_money = matches!(target, Some(Target::Field(field))
            if matches!(field.kind, FieldKind::Money | FieldKind::Balance));
        let Some(unit) = unit_in(heading).filter(|_| is_money) else {
            continue;
        };
        for cell in rows.iter_mut().filter_map(|(_, cells)| cells.get_mut(column)) {
            let amount = match &*cell {
                Raw::Number(number) => number.to_string().replace('.', ","),
                Raw::Text(text) if !text.contains(char::is_alphabetic) && is_number(Some(cell)) => text.clone(),
                _ => continue,
            };
            *cell = Raw::Text(format!("{amount} {unit}"));
        }
    }
}

/// The unit of money that a heading gives.
fn unit_in(heading: &str) -> Option<&'static str> {
    let folded = fold(heading);
    let mut said = words(&folded);
    said.find_map(|word| match word {
        "trieu" | "trd" | "tr" => Some("triệu"),
        "ty" | "ti" => Some("tỷ"),
        "nghin" | "ngan" | "1000d" | "1000" => Some("nghìn"),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::kind;

    fn row(line: u32, words: &[&str]) -> Row {
        (line, words.iter().map(|word| Raw::text(word)).collect())
    }

    fn headings(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    fn of(of: &str, keys: &[&str]) -> Vec<Option<Target>> {
        let kind = kind(of).unwrap();
        keys.iter()
            .map(|key| kind.field(key).copied().map(Target::Field))
            .collect()
    }

    #[test]
    fn heads_of_groups_and_signatures_are_set_aside_where_rows_are_numbered() {
        let headings = headings(&["TT", "Họ và tên", "Năm sinh", "Chỗ ở"]);
        let targets = of("person", &["", "name", "birth", "address"]);
        let rows = [
            row(5, &["I", "CHI HỘI THÔN TRÀ LÝ", "", ""]),
            row(6, &["1", "Vũ Thị Thu", "1985", "Trà Lý"]),
            row(7, &["2.", "Lê Thị Hoa", "", ""]),
            row(8, &["", "Đặng Thị Ánh", "", "Trà Lý"]),
            row(9, &["", "Chi hội thôn Đông", "", ""]),
            row(10, &["03", "Trần Thị Mai", "", ""]),
            row(11, &["", "Phạm Thị Nga", "1990", ""]),
            row(12, &["4", "Bùi Thị Hà", "", ""]),
            row(13, &["", "NGƯỜI LẬP", "", "CHỦ TỊCH"]),
            row(14, &["", "Ngô Thị Lan", "1991", "Đông"]),
        ];
        assert_eq!(aside(&rows, &headings, &targets), [5, 9, 13].into());
        assert!(
            aside(&rows[..1], &headings, &targets).is_empty(),
            "a list without numbers"
        );
    }

    #[test]
    fn totals_headings_again_and_numbers_of_columns_are_no_records() {
        let headings = headings(&["TT", "Họ và tên", "Năm sinh"]);
        let targets = of("person", &["", "name", "birth"]);
        let is = |words: &[&str]| is_record(&row(1, words).1, &headings, &targets);
        assert!(is(&["1", "Vũ Thị Thu", "1985"]) && is(&["", "Vũ Thị Thu", ""]));
        assert!(!is(&["Tổng cộng", "12", ""]) && !is(&["TT", "HỌ VÀ TÊN", "Năm sinh"]));
        assert!(!is(&["(1)", "(2)", "(3)"]) && !is(&["A", "B", "1"]) && !is(&["1", "2", "3"]));
        assert!(!is(&["4", "", ""]), "nothing in a column that goes anywhere");
    }

    #[test]
    fn a_ditto_is_what_the_record_above_says() {
        let mut rows = [
            row(1, &["Vũ Thị Thu", "Trà Lý"]),
            row(2, &["Chi hội", ""]),
            row(3, &["Lê Thị Hoa", "-nt-"]),
            row(4, &["Lê Thị Mai", "\""]),
            row(5, &["Lê Thị Nga", "NT"]),
        ];
        fill_dittos(&mut rows, &[2].into());
        let said: Vec<&Raw> = rows.iter().filter_map(|(_, cells)| cells.get(1)).collect();
        assert_eq!(
            said[2..],
            [&Raw::text("Trà Lý"), &Raw::text("Trà Lý"), &Raw::text("NT")]
        );
    }

    #[test]
    fn amounts_below_a_unit_are_written_with_it() {
        let headings = headings(&["Doanh thu (triệu đồng)", "Số thành viên (triệu)"]);
        let targets = of("measurement", &["revenue", "members"]);
        let number = |number| (1, vec![Raw::Number(number), Raw::Number(number)]);
        let mut rows = [number(1250.5), row(2, &["1.250", "3"]), row(3, &["2 tỷ", "–"])];
        write_units(&mut rows, &headings, &targets);
        let said: Vec<&Raw> = rows.iter().map(|(_, cells)| &cells[0]).collect();
        let wanted = ["1250,5 triệu", "1.250 triệu", "2 tỷ"].map(Raw::text);
        assert_eq!(said, wanted.iter().collect::<Vec<_>>());
        assert_eq!(rows[0].1[1], Raw::Number(1250.5), "people are not money");
    }
}
