//! A report's tables in WordprocessingML: thin lines, heading rows that return on every page, figures on the right.

use super::markup::table_open;
use super::markup::{Join, Lines, RowKind, Stand, cell, dotted_line, kept, paragraph, paragraph_of, pieces, row, run};
use super::styles::Style;
use crate::report::doc::{Align, Cell, Face, Fact, NOTHING_HAPPENED, Row, RowStyle, Table};
use crate::report::metrics::{bold_width, widest_word};

/// Room beside the words of a cell: its two margins and its lines.
const PADDING: u32 = 160;
/// Rows of a table that is not parted between two pages.
const SHORT: usize = 8;

/// A table with its caption and unit, `width` twips wide.
pub fn table(table: &Table, width: u32) -> String {
    let mut xml = String::new();
    if let Some(caption) = &table.caption {
        xml.push_str(&paragraph(Style::Caption, caption));
    }
    if let Some(unit) = &table.unit {
        xml.push_str(&paragraph(Style::Unit, unit));
    }
    if table.columns.is_empty() {
        return xml;
    }
    let widths = column_widths(table, width);
    xml.push_str(&table_open(&widths, Lines::Thin));
    xml.push_str(&kept(&heading_rows(table, &widths)));
    if table.rows.is_empty() {
        xml.push_str(&across(&widths, Style::CellCenter, NOTHING_HAPPENED, Face::Italic));
    }
    for (place, line) in table.rows.iter().enumerate() {
        let row = body_row(table, line, &widths);
        match is_kept(table, place) {
            true => xml.push_str(&kept(&row)),
            false => xml.push_str(&row),
        }
    }
    xml.push_str("</w:tbl>");
    xml
}

/// Whether a row stands on one page with the next: all of a short table do, the first two of any, and the last one before
/// a sum.
fn is_kept(table: &Table, place: usize) -> bool {
    let Some(next) = table.rows.get(place + 1) else {
        return false;
    };
    table.rows.len() <= SHORT || place == 0 || next.style == RowStyle::Total
}

/// Names on the left, values on the right, no lines; a value left blank becomes a dotted line to write on.
pub fn facts(facts: &[Fact], width: u32) -> String {
    let named = facts
        .iter()
        .map(|fact| bold_width(&fact.name, Style::CellText.points()) + PADDING)
        .max()
        .unwrap_or(0);
    let left = named.clamp(width / 6, width * 2 / 5);
    let widths = [left, width - left];
    let mut xml = table_open(&widths, Lines::None);
    for fact in facts {
        let value = match &fact.value {
            Cell::Blank => dotted_line(Style::CellText, widths[1] - PADDING),
            value => paragraph(Style::CellText, &value.to_string()),
        };
        let name = paragraph(Style::CellText, &format!("{}:", fact.name.trim_end_matches(':')));
        let cells = cell(widths[0], Join::Alone, Stand::Top, &name) + &cell(widths[1], Join::Alone, Stand::Top, &value);
        xml.push_str(&row(RowKind::Body, &cells));
    }
    xml.push_str("</w:tbl>");
    xml
}

fn heading_rows(table: &Table, widths: &[u32]) -> String {
    let head = |text: &str| paragraph(Style::CellHead, text);
    if !table.has_groups() {
        let cells = table.columns.iter().zip(widths);
        let cells = cells.map(|(column, w)| cell(*w, Join::Alone, Stand::Middle, &head(&column.heading)));
        return row(RowKind::Heading, &cells.collect::<String>());
    }
    let (mut upper, mut lower, mut at) = (String::new(), String::new(), 0);
    for (span, group) in table.groups() {
        let inside = at..at + span;
        match group {
            Some(group) => {
                let width = widths[inside.clone()].iter().sum();
                upper.push_str(&cell(width, Join::Across(span), Stand::Middle, &head(group)));
                for i in inside {
                    lower.push_str(&cell(
                        widths[i],
                        Join::Alone,
                        Stand::Middle,
                        &head(&table.columns[i].heading),
                    ));
                }
            }
            None => {
                upper.push_str(&cell(
                    widths[at],
                    Join::DownFirst,
                    Stand::Middle,
                    &head(&table.columns[at].heading),
                ));
                lower.push_str(&cell(widths[at], Join::DownNext, Stand::Middle, &head("")));
            }
        }
        at += span;
    }
    row(RowKind::Heading, &upper) + &row(RowKind::Heading, &lower)
}

fn body_row(table: &Table, line: &Row, widths: &[u32]) -> String {
    match line.style {
        RowStyle::Section => across(widths, Style::CellText, &table.cell(line, 0).to_string(), Face::Bold),
        RowStyle::Total => total_row(table, line, widths),
        RowStyle::ToFill => row(RowKind::ToFill, &body_cells(table, line, widths, 0, Face::Plain)),
        RowStyle::Normal | RowStyle::Sub => row(RowKind::Body, &body_cells(table, line, widths, 0, Face::Plain)),
    }
}

/// The cells of a row from column `from` on.
fn body_cells(table: &Table, line: &Row, widths: &[u32], from: usize, face: Face) -> String {
    let shown = |i: usize| {
        let value = table.cell(line, i);
        let style = match table.align(i, value) {
            Align::Left if line.style == RowStyle::Sub && i == table.naming_column() => Style::CellDetail,
            Align::Left => Style::CellText,
            Align::Center => Style::CellCenter,
            Align::Right => Style::CellRight,
        };
        cell(
            widths[i],
            Join::Alone,
            Stand::Middle,
            &paragraph_of(style, &run(&value.to_string(), face)),
        )
    };
    (from..widths.len()).map(shown).collect()
}

/// A sum: its name in the middle of one cell over all columns before the first figure, as such tables are set.
fn total_row(table: &Table, line: &Row, widths: &[u32]) -> String {
    let words: Vec<&Cell> = (0..widths.len())
        .map(|i| table.cell(line, i))
        .take_while(|cell| !cell.is_figure())
        .collect();
    let mut named = words.iter().filter(|cell| matches!(cell, Cell::Text(_)));
    let span = words.len();
    let (Some(name), None, true) = (named.next(), named.next(), span > 1) else {
        return row(RowKind::Body, &body_cells(table, line, widths, 0, Face::Bold));
    };
    let name = paragraph_of(Style::CellCenter, &run(&name.to_string(), Face::Bold));
    let name = cell(widths[..span].iter().sum(), Join::Across(span), Stand::Middle, &name);
    row(
        RowKind::Body,
        &(name + &body_cells(table, line, widths, span, Face::Bold)),
    )
}

fn across(widths: &[u32], style: Style, text: &str, face: Face) -> String {
    let join = if widths.len() > 1 {
        Join::Across(widths.len())
    } else {
        Join::Alone
    };
    row(
        RowKind::Body,
        &cell(
            widths.iter().sum(),
            join,
            Stand::Middle,
            &paragraph_of(style, &run(text, face)),
        ),
    )
}

/// Shares `total` twips among the columns by weight, after each has room for its longest word.
fn column_widths(table: &Table, total: u32) -> Vec<u32> {
    let needs = needed_widths(table);
    let needed: u32 = needs.iter().sum();
    if needed >= total {
        return shares(&needs, total);
    }
    let weights: Vec<u32> = table
        .columns
        .iter()
        .map(|column| u32::from(column.weight.max(1)))
        .collect();
    let mut fixed = vec![false; needs.len()];
    loop {
        let free: u32 = total - (0..needs.len()).filter(|i| fixed[*i]).map(|i| needs[i]).sum::<u32>();
        let open: Vec<u32> = (0..needs.len())
            .map(|i| if fixed[i] { 0 } else { weights[i] })
            .collect();
        let given = shares(&open, free);
        match (0..needs.len()).find(|i| !fixed[*i] && given[*i] < needs[*i]) {
            Some(short) => fixed[short] = true,
            None => {
                return (0..needs.len())
                    .map(|i| if fixed[i] { needs[i] } else { given[i] })
                    .collect();
            }
        }
    }
}

/// What each column needs so that no word of it is broken; a monster of a word is broken all the same.
fn needed_widths(table: &Table) -> Vec<u32> {
    let points = Style::CellText.points();
    let need = |(i, heading): (usize, &str)| {
        let words = table
            .rows
            .iter()
            .filter(|line| line.style != RowStyle::Section)
            .map(|line| {
                let value = table.cell(line, i);
                let text = value.to_string();
                if value.is_figure() {
                    bold_width(&text, points).min(1700)
                } else {
                    pieces(&text)
                        .iter()
                        .map(|piece| widest_word(piece, points))
                        .max()
                        .unwrap_or(0)
                }
            });
        words.chain([widest_word(heading, points)]).max().unwrap_or(0).min(1900) + PADDING
    };
    table
        .columns
        .iter()
        .map(|column| column.heading.as_str())
        .enumerate()
        .map(need)
        .collect()
}

/// Splits `total` by weight to the last twip.
fn shares(weights: &[u32], total: u32) -> Vec<u32> {
    let sum: u64 = weights.iter().map(|w| u64::from(*w)).sum::<u64>().max(1);
    let mut before: u64 = 0;
    let edge = |weight: u64| u32::try_from(weight * u64::from(total) / sum).unwrap_or(total);
    weights
        .iter()
        .map(|weight| {
            let from = edge(before);
            before += u64::from(*weight);
            edge(before) - from
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::doc::Column;

    #[test]
    fn columns_fill_the_width_to_the_last_twip() {
        let table = Table::new(vec![
            Column::index(),
            Column::text("Chi hội"),
            Column::figures("Tiết kiệm (đồng)"),
        ]);
        let widths = column_widths(&table, 9354);
        assert_eq!(widths.iter().sum::<u32>(), 9354);
        assert!(widths[1] > widths[2] && widths[2] > widths[0], "{widths:?}");
    }

    #[test]
    fn a_column_is_never_narrower_than_its_longest_figure() {
        let mut table = Table::new(vec![Column::text("Tên").weight(100), Column::figures("Vốn").weight(1)]);
        table.push(vec!["A".into(), Cell::Money(252_500_000)]);
        let widths = column_widths(&table, 9354);
        assert!(widths[1] >= bold_width("252.500.000", 12), "{widths:?}");
        assert_eq!(widths.iter().sum::<u32>(), 9354);
    }

    #[test]
    fn more_columns_than_fit_share_what_there_is() {
        let columns = (0..40).map(|i| Column::figures(format!("Cột số {i}"))).collect();
        let widths = column_widths(&Table::new(columns), 9354);
        assert_eq!(widths.iter().sum::<u32>(), 9354);
        assert!(widths.iter().all(|w| *w > 0));
    }
}
