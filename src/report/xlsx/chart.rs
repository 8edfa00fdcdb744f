//! Charts of a sheet's own columns, below its table.

use rust_xlsxwriter as excel;

use super::column;
use crate::report::doc::{Cell, RowStyle};
use crate::report::workbook::{Chart, ChartKind, Sheet};

/// The height of a chart, in pixels, and the rows of some 26 pixels that are kept for it.
const HEIGHT: u32 = 340;
const ROWS: u32 = 15;
/// No chart is narrower than this, however narrow its table.
const NARROWEST: u32 = 520;
/// More points than these, and figures at the bars would run into each other.
const LABELLED: u32 = 24;

/// Where a sheet's charts and their data are.
pub struct Place<'a> {
    /// The sheet's name.
    pub tab: &'a str,
    /// The first row of the table's body.
    pub first: u32,
    /// The row where the first chart begins.
    pub below: u32,
    /// The width of the table, in pixels.
    pub width: u32,
}

/// Draws a sheet's charts one below the other. Sums at the end of the table are not drawn.
pub fn draw(sheet: &Sheet, place: &Place, page: &mut excel::Worksheet) -> Result<(), excel::XlsxError> {
    let points = sheet
        .table
        .rows
        .iter()
        .take_while(|row| row.style != RowStyle::Total)
        .count() as u32;
    if points == 0 {
        return Ok(());
    }
    let columns = sheet.table.columns.len();
    let can_draw = |chart: &&Chart| chart.names < columns && chart.series.iter().any(|s| *s < columns);
    for (i, chart) in sheet.charts.iter().filter(can_draw).enumerate() {
        page.insert_chart(place.below + i as u32 * ROWS, 0, &drawn(chart, sheet, place, points))?;
    }
    Ok(())
}

fn drawn(chart: &Chart, sheet: &Sheet, place: &Place, points: u32) -> excel::Chart {
    let mut drawing = match chart.kind {
        ChartKind::Bars => excel::Chart::new_bar(),
        ChartKind::Columns => excel::Chart::new_column(),
        ChartKind::Line => excel::Chart::new_line(),
    };
    let (first, last) = (place.first, place.first + points - 1);
    let series: Vec<usize> = chart
        .series
        .iter()
        .copied()
        .filter(|s| *s < sheet.table.columns.len())
        .collect();
    let code = if in_percent(sheet, &series) { "0%" } else { "#,##0" };
    for (i, series) in series.iter().enumerate() {
        let line = drawing.add_series();
        line.set_categories((place.tab, first, column(chart.names), last, column(chart.names)));
        line.set_values((place.tab, first, column(*series), last, column(*series)));
        line.set_name(sheet.table.columns[*series].full_heading().as_str());
        line.set_format(&mut look(chart.kind, i));
        if points <= LABELLED {
            line.set_data_label(excel::ChartDataLabel::new().show_value().set_num_format(code));
        }
    }
    drawing
        .title()
        .set_name(chart.title.as_str())
        .set_font(excel::ChartFont::new().set_size(13).set_bold());
    drawing.set_width(place.width.max(NARROWEST)).set_height(HEIGHT);
    set_axes(&mut drawing, chart.kind, code);
    if series.len() < 2 {
        drawing.legend().set_hidden();
    } else {
        drawing.legend().set_position(excel::ChartLegendPosition::Bottom);
    }
    drawing
}

/// Values from nothing up, on pale lines. The axes of lying bars change places.
fn set_axes(drawing: &mut excel::Chart, kind: ChartKind, code: &str) {
    if kind == ChartKind::Bars {
        // The first target stands on top, as in the table; the figures stay at the foot.
        drawing
            .y_axis()
            .set_reverse()
            .set_crossing(excel::ChartAxisCrossing::Max);
    }
    let values = if kind == ChartKind::Bars {
        drawing.x_axis()
    } else {
        drawing.y_axis()
    };
    let pale = excel::ChartLine::new().set_color(excel::Color::RGB(0xD9D9D9)).clone();
    values
        .set_min(0)
        .set_num_format(code)
        .set_major_gridlines(true)
        .set_major_gridlines_line(&pale);
}

/// Whether all that is drawn are shares of something.
fn in_percent(sheet: &Sheet, series: &[usize]) -> bool {
    let mut rows = sheet.table.rows.iter().filter(|row| row.style != RowStyle::Section);
    rows.all(|row| {
        series
            .iter()
            .all(|s| matches!(sheet.table.cell(row, *s), Cell::Percent { .. } | Cell::Nothing))
    })
}

/// Colours that stay apart in print and for eyes that take red for green.
fn look(kind: ChartKind, series: usize) -> excel::ChartFormat {
    const COLORS: [u32; 4] = [0x1F5F99, 0xD9822B, 0x5B8C5A, 0x8A5A8C];
    let color = excel::Color::RGB(COLORS[series % COLORS.len()]);
    let mut format = excel::ChartFormat::new();
    match kind {
        ChartKind::Line => format.set_line(excel::ChartLine::new().set_color(color).set_width(2.25)),
        _ => format.set_solid_fill(excel::ChartSolidFill::new().set_color(color)),
    };
    format
}
