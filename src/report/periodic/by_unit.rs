//! A report parted by unit: each of the units right below with its figures over the period. A unit that has no records of
//! its own stands there with what it declared, and is marked.

use std::collections::BTreeMap;

use super::collect::Periodic;
use crate::domain::text::Lang;
use crate::indicator::area::Area;
use crate::indicator::declared;
use crate::report::doc::{Annex, Block, Cell, Column, Orientation, RowStyle, Table};
pub use crate::report::weekly::Source;
use crate::report::weekly::{self, Column as Of};
use crate::store::{Read, StoreError};

/// One of the units below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitFigures {
    /// Its uid.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// Where its figures come from.
    pub source: Source,
    /// The figures of the period by code; those that are nothing left out.
    pub figures: BTreeMap<String, i64>,
}

impl UnitFigures {
    /// A figure, 0 where there is none.
    pub fn value(&self, code: &str) -> i64 {
        self.figures.get(code).copied().unwrap_or_default()
    }
}

/// The figures that a printed table has room for.
const MAIN: [(&str, &str); 9] = [
    ("VISITS", "Lượt thăm"),
    ("ISSUES_OPENED", "Khó khăn ghi nhận"),
    ("TRAIN_SESSIONS", "Lớp tập huấn"),
    ("TRAIN_ATTEND", "Lượt người dự"),
    ("SUPPORTS", "Lượt hỗ trợ"),
    ("OUTREACH", "Buổi tuyên truyền"),
    ("HTX_NEW", "HTX mới"),
    ("THT_NEW", "THT mới"),
    ("BOOTHS_SHOWN", "Gian hàng"),
];

/// The units right below the report's, on its last day, in their order; those with nothing to show too, and at the end
/// what the unit did itself.
///
/// # Errors
/// The store's.
pub fn parts(read: &dyn Read, report: &Periodic) -> Result<Vec<UnitFigures>, StoreError> {
    let (asked, period) = (&report.asked, report.now.period);
    let books = asked.books(read)?;
    let mut codes = declared::codes(&books)?;
    codes.retain(|code| report.now.line(code).is_none());
    let mut found = Vec::new();
    for part in weekly::by_unit::parts(&books, period, &asked.unit)? {
        let this = part.lines.iter().map(|line| (line.code.clone(), line.value(Of::This)));
        let mut figures: BTreeMap<String, i64> = this.filter(|(_, figure)| *figure != 0).collect();
        let mut source = part.source;
        // Of what is no line of the summary, a unit without any records has what it declared.
        let has_records = part
            .lines
            .iter()
            .any(|line| line.value(Of::This) != line.declared(Of::This));
        if source != Source::Own && !has_records {
            let area = Area::new(&books.tree, read.known(), &part.unit, asked.cut_off);
            for code in &codes {
                if let Some(figure) = declared::of_flow(&books, &area, code, asked.window())? {
                    figures.insert(code.clone(), figure);
                    source = Source::Declared;
                }
            }
        }
        if source != Source::Own || !figures.is_empty() {
            found.push(UnitFigures {
                unit: part.unit,
                name: part.name,
                source,
                figures,
            });
        }
    }
    Ok(found)
}

/// The annex: units × main figures, the units' sum, and who declared or had nothing.
pub fn annex(report: &Periodic, parts: &[UnitFigures], number: usize) -> Annex {
    let mut columns = vec![Column::index(), Column::text("Đơn vị").weight(26)];
    columns.extend(MAIN.iter().map(|(_, heading)| Column::figures(*heading).weight(9)));
    let mut table = Table::new(columns);
    let shown = parts.iter().filter(|part| !part.figures.is_empty());
    for (place, part) in shown.enumerate() {
        let mut cells = vec![
            Cell::Count(i64::try_from(place + 1).unwrap_or(i64::MAX)),
            Cell::text(part.source.named(&part.name, Lang::Vi)),
        ];
        cells.extend(MAIN.iter().map(|(code, _)| Cell::Count(part.value(code))));
        table.push(cells);
    }
    let mut sum = vec![Cell::Blank, Cell::text("Cộng")];
    sum.extend(
        MAIN.iter()
            .map(|(code, _)| Cell::Count(parts.iter().map(|part| part.value(code)).sum())),
    );
    table.push_styled(RowStyle::Total, sum);
    let mut blocks = vec![Block::Table(table)];
    let quiet = parts.iter().filter(|part| part.figures.is_empty());
    let quiet: Vec<&str> = quiet.map(|part| part.name.as_str()).collect();
    let any_declared = parts.iter().any(|part| part.source == Source::Declared);
    blocks.extend(weekly::by_unit::notes(any_declared, &quiet));
    Annex {
        label: format!("Phụ lục {number}"),
        title: format!("Số liệu theo đơn vị trực thuộc {}", report.unit_name),
        orientation: Orientation::Landscape,
        blocks,
    }
}

/// All figures of the report by code, for a sheet that programs read; where it is parted by unit, the whole first and
/// then each unit below with what it has.
pub fn plain_table(report: &Periodic, parts: &[UnitFigures]) -> Table {
    let by_unit = !parts.is_empty();
    let mut columns: Vec<Column> = by_unit.then(|| Column::text("Đơn vị").weight(24)).into_iter().collect();
    columns.extend([
        Column::text("Mã").weight(22),
        Column::text("Nội dung").weight(44),
        Column::figures("Kỳ này").weight(12),
        Column::figures("Kỳ trước").weight(12),
        Column::figures("Cùng kỳ năm trước").weight(12),
        Column::figures("Lũy kế năm").weight(12),
    ]);
    if by_unit {
        columns.push(Column::text("Ghi chú").weight(20));
    }
    let mut table = Table::new(columns);
    for line in &report.now.lines {
        let mut cells: Vec<Cell> = by_unit.then(|| Cell::text(&report.unit_name)).into_iter().collect();
        cells.extend([Cell::text(&line.code), Cell::text(&line.label.vi)]);
        cells.push(Cell::Count(line.value(Of::This)));
        cells.push(Cell::count_or_nothing(report.before(&line.code)));
        cells.push(Cell::count_or_nothing(report.a_year_ago(&line.code)));
        cells.push(Cell::Count(line.value(Of::Year)));
        cells.extend(by_unit.then_some(Cell::Blank));
        table.push(cells);
    }
    for part in parts {
        for line in report
            .now
            .lines
            .iter()
            .filter(|line| part.figures.contains_key(&line.code))
        {
            table.push(vec![
                Cell::text(&part.name),
                Cell::text(&line.code),
                Cell::text(&line.label.vi),
                Cell::Count(part.value(&line.code)),
                Cell::Nothing,
                Cell::Nothing,
                Cell::Nothing,
                Cell::text(part.source.note()),
            ]);
        }
    }
    table
}
