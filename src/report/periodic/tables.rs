//! The tables of a periodic report: targets, activities by programme, funds.

use super::collect::{Periodic, PlanResult, Shared};
use super::registers::label;
use crate::domain::period::PeriodKind;
use crate::domain::text::Lang;
use crate::indicator::shown;
use crate::indicator::tally::Value;
use crate::report::doc::{Cell, Column, RowStyle, Table};
use crate::report::weekly::{Column as Of, Measure, Nature, Source};

/// "Bảng 1": what of each target every unit was given for the year, and what it reached.
pub fn allotted(result: &PlanResult) -> Option<Table> {
    if result.allotted.is_empty() {
        return None;
    }
    let mut table = Table::new(vec![
        Column::index(),
        Column::text("Chỉ tiêu").weight(34),
        Column::text("Đơn vị").weight(24),
        Column::figures("Giao").weight(10),
        Column::figures("Thực hiện").weight(12),
        Column::text("Đánh giá").weight(12),
    ]);
    table.caption = Some(format!("Bảng 1. Phân bổ chỉ tiêu: {}", result.plan.title));
    for (place, (unit, row)) in result.allotted.iter().enumerate() {
        table.push(vec![
            Cell::Count(i64::try_from(place + 1).unwrap_or(i64::MAX)),
            Cell::text(&row.target.description),
            Cell::text(unit),
            Cell::text(shown::wanted(row)),
            Cell::text(shown::actual(row)),
            Cell::text(row.state.label().get(Lang::Vi)),
        ]);
    }
    Some(table)
}

/// "Bảng 2": each target beside what was reached.
pub fn targets(result: &PlanResult) -> Table {
    let mut table = Table::new(vec![
        Column::index(),
        Column::text("Chỉ tiêu").weight(26),
        Column::text("Đơn vị tính").weight(8),
        Column::text("Mã").weight(14),
        Column::figures("Kế hoạch").weight(8),
        Column::figures("Thực hiện kỳ này").weight(8),
        Column::figures("Lũy kế").weight(7),
        Column::figures("Tỷ lệ %").weight(8),
        Column::text("Đánh giá").weight(16),
        Column::text("Ghi chú").weight(9),
    ]);
    for (place, held) in result.held.iter().enumerate() {
        let row = &held.row;
        let marks = row.tally.marks.iter().map(|mark| mark.text().vi.to_string());
        let undecided =
            (!row.tally.undecided.is_empty()).then(|| format!("{} chưa đủ dữ liệu", row.tally.undecided.len()));
        let notes: Vec<String> = marks.chain(undecided).collect();
        table.push(vec![
            Cell::Count(i64::try_from(place + 1).unwrap_or(i64::MAX)),
            Cell::text(&row.target.description),
            Cell::text(&row.target.measure),
            Cell::text(&row.target.indicator),
            Cell::text(shown::wanted(row).trim_end_matches(&row.target.measure).trim()),
            held.this_period.map_or(Cell::Nothing, figure),
            match row.value {
                Some(Value::Count(count)) => Cell::Count(count),
                _ => Cell::text(shown::actual(row)),
            },
            share(row.tenths_of_target()),
            Cell::text(row.state.label().get(Lang::Vi)),
            Cell::text(notes.join("; ")),
        ]);
    }
    table
}

/// What share of a target is reached, from tenths of a percent.
fn share(tenths: Option<i128>) -> Cell {
    let part = tenths.and_then(|tenths| i64::try_from(tenths).ok());
    part.map_or(Cell::Nothing, |part| Cell::Percent { part, whole: 1000 })
}

fn figure(value: Value) -> Cell {
    match value {
        Value::Count(count) => Cell::Count(count),
        Value::Share { part, whole } => Cell::Percent { part, whole },
        Value::Units { counted, of } => Cell::Pair(counted, of),
        Value::Entered(_) => Cell::Nothing,
    }
}

/// The lines of each sort of activity that [`by_programme`] has a row for, in its order.
const SORTS: [&[&str]; 5] = [
    &["VISITS", "VISITS_REMOTE"],
    &["TRAIN_SESSIONS"],
    &["FAIRS_HELD"],
    &["SUPPORTS"],
    &["OUTREACH", "MEDIA_ITEMS"],
];

/// What of some lines units declared for the period.
pub fn declared(report: &Periodic, codes: &[&str]) -> i64 {
    let lines = codes.iter().filter_map(|code| report.now.line(code));
    lines.map(|line| line.declared(Of::This)).sum()
}

/// Whether units declared anything that the table by programme marks.
pub fn has_declared_activities(report: &Periodic) -> bool {
    SORTS.iter().any(|codes| declared(report, codes) != 0)
}

/// Whether units declared anything of the summary's lines.
pub fn has_declared(report: &Periodic) -> bool {
    report.now.lines.iter().any(|line| line.declared(Of::This) != 0)
}

fn marked(name: &str, declared: i64) -> String {
    match declared {
        0 => name.to_string(),
        _ => Source::Declared.named(name, Lang::Vi),
    }
}

/// Activities by programme; the total counts what belongs to both once, and what units declared, who do not say of which
/// programme it is.
pub fn by_programme(report: &Periodic) -> Table {
    let mut table = Table::new(vec![
        Column::index(),
        Column::text("Hoạt động").weight(34),
        Column::figures("Đề án 01").weight(12),
        Column::figures("Đề án khởi nghiệp").weight(12),
        Column::figures("Thuộc cả hai").weight(12),
        Column::figures("Tổng (không trùng)").weight(14),
    ]);
    table.caption = Some("Bảng 3. Hoạt động theo Đề án".to_string());
    let mut sum = Shared::default();
    for (place, (name, counts)) in report.shared.iter().enumerate() {
        let declared = SORTS.get(place).map_or(0, |codes| declared(report, codes));
        let mut counts = *counts;
        counts.total += declared;
        sum.cooperatives += counts.cooperatives;
        sum.start_ups += counts.start_ups;
        sum.both += counts.both;
        sum.total += counts.total;
        let mut cells = vec![
            Cell::Count(i64::try_from(place + 1).unwrap_or(i64::MAX)),
            Cell::text(marked(name, declared)),
        ];
        cells.extend(figures(counts));
        table.push(cells);
    }
    let mut cells = vec![Cell::Blank, Cell::text("Tổng cộng")];
    cells.extend(figures(sum));
    table.push_styled(RowStyle::Total, cells);
    table
}

fn figures(counts: Shared) -> [Cell; 4] {
    [counts.cooperatives, counts.start_ups, counts.both, counts.total].map(Cell::Count)
}

/// Ideas by unit, where units below have any.
pub fn ideas(report: &Periodic) -> Option<Table> {
    let ideas = &report.registers.ideas;
    if ideas.keys().all(|unit| *unit == report.unit_name) {
        return None;
    }
    let mut table = Table::new(vec![
        Column::index(),
        Column::text("Đơn vị").weight(40),
        Column::figures("Đăng ký").weight(12),
        Column::figures("Gửi Trung ương").weight(12),
        Column::figures("Chung kết vùng").weight(12),
        Column::figures("Chung kết toàn quốc").weight(14),
    ]);
    table.caption = Some("Ý tưởng khởi nghiệp theo đơn vị".to_string());
    let mut sum = [0; 4];
    for (place, (unit, counts)) in ideas.iter().enumerate() {
        let number = i64::try_from(place + 1).unwrap_or(i64::MAX);
        let mut cells = vec![Cell::Count(number), Cell::text(unit)];
        cells.extend(counts.map(Cell::Count));
        table.push(cells);
        sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }
    let mut cells = vec![Cell::Blank, Cell::text("Tổng cộng")];
    cells.extend(sum.map(Cell::Count));
    table.push_styled(RowStyle::Total, cells);
    Some(table)
}

/// Money by source, in million đồng.
pub fn funds(report: &Periodic) -> Option<Table> {
    let funds = &report.registers.funds;
    if funds.is_empty() {
        return None;
    }
    let sides = ["DU_TOAN", "DUOC_CAP", "DA_CHI", "HUY_DONG"];
    let mut columns = vec![Column::text("Nguồn").weight(34)];
    columns.extend(
        sides
            .iter()
            .map(|side| Column::figures(label("fund_side", side)).weight(12)),
    );
    let mut table = Table::new(columns);
    table.unit = Some("Đơn vị tính: triệu đồng".to_string());
    let mut sums = [0_i64; 4];
    for (source, by_side) in funds {
        let mut cells = vec![Cell::text(label("funding_source", source))];
        for (place, side) in sides.iter().enumerate() {
            let amount = by_side.get(*side).copied();
            sums[place] += amount.unwrap_or_default();
            cells.push(amount.map_or(Cell::Nothing, Cell::Millions));
        }
        table.push(cells);
    }
    let mut total = vec![Cell::text("Tổng cộng")];
    total.extend(sums.map(Cell::Millions));
    table.push_styled(RowStyle::Total, total);
    Some(table)
}

/// People of groups with priority; fewer than five are never printed, nor a sum from which they could be told.
pub fn priority(report: &Periodic) -> Option<Table> {
    let groups = &report.registers.priority;
    if groups.values().all(|count| *count == 0) {
        return None;
    }
    let mut table = Table::new(vec![
        Column::text("Nhóm ưu tiên").weight(50),
        Column::figures("Lượt người").weight(14),
    ]);
    let number = if report.asked.lines.len() > 1 { 4 } else { 3 };
    table.caption = Some(format!("Bảng {number}. Người thuộc nhóm ưu tiên dự các hoạt động"));
    for (code, count) in groups.iter().filter(|(_, count)| **count > 0) {
        let cell = if *count < 5 { Cell::Few } else { Cell::Count(*count) };
        table.push(vec![Cell::text(label("priority_group", code)), cell]);
    }
    Some(table)
}

/// What the period added beside the period before and the same period a year before: every line that is not all nothing.
pub fn comparison(report: &Periodic) -> Table {
    // Of a year the period before is the one a year before, and the year's total is its own.
    let is_year = report.asked.period.kind == PeriodKind::Year;
    let names: &[&str] = match is_year {
        true => &["Năm nay", "Năm trước", "Tăng, giảm"],
        false => &["Kỳ này", "Kỳ trước", "Cùng kỳ năm trước", "Lũy kế năm"],
    };
    let mut columns = vec![Column::index(), Column::text("Nội dung").weight(40)];
    columns.extend(names.iter().map(|name| Column::figures(*name).weight(11)));
    let mut table = Table::new(columns);
    for line in &report.now.lines {
        let (now, before) = (line.value(Of::This), report.before(&line.code));
        let year = (line.nature != Nature::Stock).then(|| line.value(Of::Year));
        let figures = match is_year {
            true => vec![Some(now), before, before.map(|before| now - before)],
            false => vec![Some(now), before, report.a_year_ago(&line.code), year],
        };
        if figures.iter().flatten().all(|figure| *figure == 0) {
            continue;
        }
        let cell = |figure: Option<i64>| match (figure, line.measure) {
            (None, _) => Cell::Nothing,
            (Some(figure), Measure::Dong) => Cell::Money(figure),
            (Some(figure), _) => Cell::Count(figure),
        };
        let number = i64::try_from(table.rows.len() + 1).unwrap_or(i64::MAX);
        let mut cells = vec![
            Cell::Count(number),
            Cell::text(marked(&line.label.vi, line.declared(Of::This))),
        ];
        cells.extend(figures.into_iter().map(cell));
        table.push(cells);
    }
    table
}
