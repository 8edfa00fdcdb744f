//! The charts of a report's workbook: how far each target is reached, and visits by week, each beside its own figures.

use super::collect::Periodic;
use crate::report::doc::{Cell, Column, Table};
use crate::report::workbook::{Chart, ChartKind, Sheet, Workbook};

/// Adds a sheet for each chart that has anything to show, and a chart where activities stand by programme.
pub fn add(book: &mut Workbook, report: &Periodic) {
    for sheet in &mut book.sheets {
        let column = |heading: &str| sheet.table.columns.iter().position(|column| column.heading == heading);
        if let (Some(names), Some(total)) = (column("Hoạt động"), column("Tổng (không trùng)")) {
            sheet
                .charts
                .push(chart(ChartKind::Bars, "Hoạt động trong kỳ", names, total));
        }
    }
    book.sheets.extend(targets(report));
    book.sheets.extend(visits(report));
}

fn chart(kind: ChartKind, title: &str, names: usize, values: usize) -> Chart {
    Chart {
        kind,
        title: title.to_string(),
        names,
        series: vec![values],
    }
}

/// What share of each target is reached; more than twice the target is no more than that on the chart.
fn targets(report: &Periodic) -> Option<Sheet> {
    let mut table = Table::new(vec![
        Column::text("Chỉ tiêu").weight(34),
        Column::text("Nội dung").weight(60),
        Column::figures("Tỷ lệ so với kế hoạch").weight(14),
    ]);
    for held in report.plans.iter().flat_map(|result| &result.held) {
        let row = &held.row;
        let Some(tenths) = row.tenths_of_target().and_then(|tenths| i64::try_from(tenths).ok()) else {
            continue;
        };
        table.push(vec![
            Cell::text(format!("{} ({})", row.target.indicator, row.target.period)),
            Cell::text(&row.target.description),
            Cell::Percent {
                part: tenths,
                whole: 1000,
            },
        ]);
    }
    let sheet = Sheet {
        charts: vec![chart(ChartKind::Bars, "Tiến độ theo chỉ tiêu", 1, 2)],
        ..Sheet::summary("Biểu đồ chỉ tiêu", vec!["TIẾN ĐỘ THEO CHỈ TIÊU".to_string()], table)
    };
    (!sheet.table.rows.is_empty()).then_some(sheet)
}

/// Visits of each week of the period.
fn visits(report: &Periodic) -> Option<Sheet> {
    let mut table = Table::new(vec![
        Column::text("Tuần").weight(14),
        Column::text("Từ ngày").weight(12),
        Column::figures("Lượt thăm").weight(12),
    ]);
    for (week, visits) in &report.visits_by_week {
        let name = week.iso_week().unwrap_or_else(|| week.from.to_string());
        table.push(vec![Cell::text(name), Cell::Date(week.from), Cell::Count(*visits)]);
    }
    let sheet = Sheet {
        charts: vec![chart(ChartKind::Columns, "Lượt thăm HTX, THT theo tuần", 0, 2)],
        ..Sheet::summary(
            "Lượt thăm theo tuần",
            vec!["LƯỢT THĂM HTX, THT THEO TUẦN".to_string()],
            table,
        )
    };
    report
        .visits_by_week
        .iter()
        .any(|(_, visits)| *visits > 0)
        .then_some(sheet)
}
