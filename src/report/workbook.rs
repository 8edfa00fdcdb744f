//! The neutral workbook: sheets of one table each, as they are exported, printed and filled in.

use chrono::NaiveDateTime;

use super::doc::{Block, Depth, Doc, Orientation, Run, Table};

/// A set of sheets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workbook {
    /// What the file is, for its properties.
    pub title: String,
    /// The office that made it, for its properties.
    pub author: String,
    /// When it was made: the same workbook gives the same bytes.
    pub made: NaiveDateTime,
    pub sheets: Vec<Sheet>,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The name on its tab; what a tab cannot hold is left out, and a name that is taken gets a number.
    pub name: String,
    /// Lines above the table; the first is in bold.
    pub titles: Vec<String>,
    pub table: Table,
    pub kind: SheetKind,
    /// Columns that are summed below the table, by a formula that follows the filters.
    pub totals: Vec<usize>,
    /// Lines below the table.
    pub notes: Vec<String>,
    pub orientation: Orientation,
    pub charts: Vec<Chart>,
}

/// What a sheet is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetKind {
    /// A report's table: read from top to bottom.
    Summary,
    /// A list of records: with filters.
    List,
    /// A form to fill in: room for so many rows, with lists to choose from and explanations.
    Form {
        rows: u32,
        choices: Vec<Choices>,
        hints: Vec<Hint>,
    },
}

/// What may stand in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    pub column: usize,
    pub values: Vec<String>,
}

/// An explanation at a column's heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    pub column: usize,
    pub text: String,
}

/// A chart of columns of its sheet's table, drawn below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    pub kind: ChartKind,
    pub title: String,
    /// The column that names the points.
    pub names: usize,
    /// The columns with the values, one series each, named by their headings.
    pub series: Vec<usize>,
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Lying bars: progress by target.
    Bars,
    /// Standing columns: visits by week.
    Columns,
    /// A line over time.
    Line,
}

impl Sheet {
    /// A list of records with filters.
    pub fn list(name: impl Into<String>, title: impl Into<String>, table: Table) -> Sheet {
        Sheet {
            kind: SheetKind::List,
            ..Sheet::summary(name, vec![title.into()], table)
        }
    }

    /// A report's table.
    pub fn summary(name: impl Into<String>, titles: Vec<String>, table: Table) -> Sheet {
        Sheet {
            name: name.into(),
            titles,
            orientation: if table.columns.len() > 7 {
                Orientation::Landscape
            } else {
                Orientation::Portrait
            },
            table,
            kind: SheetKind::Summary,
            totals: Vec::new(),
            notes: Vec::new(),
            charts: Vec::new(),
        }
    }
}

impl Workbook {
    /// A document's tables as sheets: its first with the title and the text around it, the other tables of its body,
    /// then each annex.
    pub fn of(doc: &Doc) -> Workbook {
        let mut sheets = body_sheets(doc);
        for annex in &doc.annexes {
            let titles = [annex.label.clone(), annex.title.clone()]
                .into_iter()
                .chain(doc.attached_to());
            let mut sheet = text_and_tables(&annex.label, titles.collect(), &annex.blocks);
            sheet.iter_mut().for_each(|sheet| sheet.orientation = annex.orientation);
            sheets.append(&mut sheet);
        }
        let title = [&doc.title.kind]
            .into_iter()
            .chain(&doc.title.subject)
            .map(String::as_str);
        Workbook {
            title: title.collect::<Vec<_>>().join(" - "),
            author: doc
                .letterhead
                .as_ref()
                .map(|head| head.issuer.clone())
                .unwrap_or_default(),
            made: doc.made,
            sheets,
        }
    }
}

fn body_sheets(doc: &Doc) -> Vec<Sheet> {
    let issuer = doc.letterhead.iter().map(|head| head.issuer.clone());
    let titles = [doc.title.kind.clone()]
        .into_iter()
        .chain(doc.title.subject.clone())
        .chain(doc.title.period.clone());
    text_and_tables("Tổng hợp", titles.chain(issuer).collect(), &doc.blocks)
}

/// The tables among `blocks`, one a sheet, the first with the titles and with all text as lines below it.
fn text_and_tables(name: &str, titles: Vec<String>, blocks: &[Block]) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut lines = Vec::new();
    for block in blocks {
        match block {
            Block::Table(table) => {
                let titles = if sheets.is_empty() { titles.clone() } else { Vec::new() };
                let name = table
                    .caption
                    .clone()
                    .filter(|_| !sheets.is_empty())
                    .unwrap_or_else(|| name.to_owned());
                sheets.push(Sheet::summary(name, titles, table.clone()));
            }
            Block::Heading { text, .. } | Block::Note(text) => lines.push(text.clone()),
            Block::Paragraph(runs) => lines.push(joined(runs)),
            Block::Bullet {
                depth: Depth::First,
                runs,
            } => lines.push(format!("- {}", joined(runs))),
            Block::Bullet {
                depth: Depth::Second,
                runs,
            } => lines.push(format!("   + {}", joined(runs))),
            Block::Facts(facts) => lines.extend(facts.iter().map(|fact| format!("{}: {}", fact.name, fact.value))),
        }
    }
    if sheets.is_empty() {
        sheets.push(Sheet::summary(name, titles, Table::default()));
    }
    sheets[0].notes = lines;
    sheets
}

fn joined(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn a_report_becomes_a_summary_and_a_sheet_for_each_annex() {
        let book = Workbook::of(&sample::half_year());
        let names: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(names, ["Tổng hợp", "Phụ lục 1", "Phụ lục 2"]);
        assert_eq!(book.sheets[1].orientation, Orientation::Landscape);
        assert_eq!(book.sheets[1].table, sample::cooperatives());
    }

    #[test]
    fn the_text_of_a_report_stands_below_its_table() {
        let book = Workbook::of(&sample::week());
        assert_eq!(book.sheets.len(), 1);
        assert!(book.sheets[0].notes.contains(&"IV. KIẾN NGHỊ".to_owned()));
        assert_eq!(book.sheets[0].titles[0], "BÁO CÁO TUẦN 21");
    }
}
