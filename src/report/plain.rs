//! A document as plain text, 80 columns wide: for a terminal, a mail, a message.
//!
//! Widths are those of a terminal's cells, so that marks and wide characters stay in line.

use std::iter;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::doc::{Align, Block, Cell, Depth, Doc, Fact, Letterhead, MOTTO, NATION, NOTHING_HAPPENED, Row, RowStyle};
use super::doc::{Run, Signature, Table};
use super::printable::{one_line, printable};

/// Columns of text.
const WIDTH: usize = 80;
/// The least width in which a letterhead keeps its two columns.
const NARROW: usize = 60;
/// Less than this is no width for a document.
const LEAST: usize = 40;
/// Between two columns of a table.
const GUTTER: usize = 2;
/// No column of words is made narrower than this; below it, rows are written as lists.
const NARROWEST: usize = 10;

/// The text, lines ended by a line feed, without blanks at their ends.
pub fn write(doc: &Doc) -> String {
    write_within(doc, WIDTH)
}

/// The same for a window of so many cells; where it is narrow, what stands side by side on paper stands below each other.
pub fn write_within(doc: &Doc, width: usize) -> String {
    let mut out = Lines::within(width.clamp(LEAST, WIDTH));
    if let Some(head) = &doc.letterhead {
        out.letterhead(head);
    }
    out.centered(&doc.title.kind);
    doc.title
        .subject
        .iter()
        .chain(&doc.title.period)
        .for_each(|line| out.centered(line));
    out.blank();
    for (i, receiver) in doc.addressees.iter().enumerate() {
        out.wrapped(if i == 0 { "Kính gửi: " } else { "          " }, receiver);
    }
    out.blocks(&doc.closed_blocks());
    if let Some(signed) = &doc.signature {
        out.signature(signed);
    }
    for annex in &doc.annexes {
        out.blank();
        out.line(&"=".repeat(out.width));
        out.centered(&annex.label);
        out.centered(&annex.title);
        if let Some(attached) = doc.attached_to() {
            out.centered(&attached);
        }
        out.blank();
        out.blocks(&annex.blocks);
    }
    out.text
}

/// A table alone, as wide as a terminal.
pub fn table(table: &Table) -> String {
    let mut out = Lines::within(WIDTH);
    out.table(table);
    out.text
}

struct Lines {
    text: String,
    width: usize,
}

impl Lines {
    fn within(width: usize) -> Lines {
        Lines {
            text: String::new(),
            width,
        }
    }

    /// The width of one of two columns; in a narrow window each has it whole.
    fn half(&self) -> usize {
        if self.width < NARROW {
            self.width
        } else {
            self.width / 2
        }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// An empty line, unless there is one already.
    fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn centered(&mut self, text: &str) {
        for line in wrap(text, self.width) {
            self.line(&placed(&line, self.width, Align::Center));
        }
    }

    /// Words after a marker, the following lines below the first word.
    fn wrapped(&mut self, marker: &str, text: &str) {
        let indent = marker.width();
        for (i, line) in wrap(text, self.width - indent).iter().enumerate() {
            let before = if i == 0 { marker.to_owned() } else { " ".repeat(indent) };
            self.line(&format!("{before}{line}"));
        }
    }

    /// Two columns of centred or left lines side by side.
    fn side_by_side(&mut self, left: &[String], right: &[String], (left_align, left_width): (Align, usize)) {
        if self.width < NARROW {
            left.iter()
                .for_each(|line| self.line(&placed(line, self.width, left_align)));
            right
                .iter()
                .for_each(|line| self.line(&placed(line, self.width, Align::Center)));
            return;
        }
        for i in 0..left.len().max(right.len()) {
            let of = |lines: &[String]| lines.get(i).cloned().unwrap_or_default();
            let left = placed(&of(left), left_width, left_align);
            self.line(&format!(
                "{left}{}",
                placed(&of(right), self.width - left_width, Align::Center)
            ));
        }
    }

    fn letterhead(&mut self, head: &Letterhead) {
        let left = self.half() - 1;
        let ours = head.superior.iter().map(String::as_str).chain([head.issuer.as_str()]);
        let mut ours: Vec<String> = ours.flat_map(|line| wrap(line, left - 2)).collect();
        ours.push(head.number_line());
        let nation = [NATION, MOTTO]
            .into_iter()
            .map(str::to_owned)
            .chain(wrap(&head.place_and_date(), self.half() + 1));
        self.side_by_side(&ours, &nation.collect::<Vec<_>>(), (Align::Center, left));
        self.blank();
    }

    fn signature(&mut self, signed: &Signature) {
        let left = self.half();
        let head = iter::once("Nơi nhận:".to_owned()).filter(|_| !signed.recipients.is_empty());
        let receivers = head.chain(
            signed
                .recipient_lines()
                .into_iter()
                .flat_map(|line| wrap(&line, left - 2)),
        );
        let mut signer: Vec<String> = signed.authority.iter().chain([&signed.post]).cloned().collect();
        if !signed.name.is_empty() {
            signer.extend([String::new(), String::new(), signed.name.clone()]);
        }
        self.blank();
        self.side_by_side(&receivers.collect::<Vec<_>>(), &signer, (Align::Left, left));
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading { text, .. } => {
                    self.blank();
                    self.wrapped("", text);
                }
                Block::Paragraph(runs) => self.wrapped("", &joined(runs)),
                Block::Bullet {
                    depth: Depth::First,
                    runs,
                } => self.wrapped(" - ", &joined(runs)),
                Block::Bullet {
                    depth: Depth::Second,
                    runs,
                } => self.wrapped("   + ", &joined(runs)),
                Block::Table(table) => {
                    self.table(table);
                    self.blank();
                }
                Block::Facts(facts) => self.facts(facts),
                Block::Note(text) => self.wrapped("", text),
            }
        }
    }

    fn facts(&mut self, facts: &[Fact]) {
        let widest = facts
            .iter()
            .map(|fact| one_line(&fact.name).width())
            .max()
            .unwrap_or(0)
            .min(self.width / 3);
        for fact in facts {
            let name = format!("{}:", one_line(&fact.name).trim_end_matches(':'));
            let value = if fact.value == Cell::Blank {
                ".".repeat(self.width / 2)
            } else {
                fact.value.to_string()
            };
            self.wrapped(&(placed(&name, widest + 1, Align::Left) + " "), &value);
        }
        self.blank();
    }

    fn table(&mut self, table: &Table) {
        if let Some(caption) = &table.caption {
            self.centered(caption);
        }
        if let Some(unit) = &table.unit {
            wrap(unit, self.width)
                .iter()
                .for_each(|line| self.line(&placed(line, self.width, Align::Right)));
        }
        if table.columns.is_empty() {
            return;
        }
        match widths(table, self.width) {
            Some(widths) => self.grid(table, &widths),
            None => self.rows_as_lists(table),
        }
        if table.rows.is_empty() {
            self.line(NOTHING_HAPPENED);
        }
    }

    fn grid(&mut self, table: &Table, widths: &[usize]) {
        let total = widths.iter().sum::<usize>() + GUTTER * (widths.len() - 1);
        let headings = table
            .columns
            .iter()
            .map(|column| (column.full_heading(), column.align))
            .collect::<Vec<_>>();
        self.grid_line(&headings, widths);
        self.line(&"-".repeat(total));
        for row in &table.rows {
            if row.style == RowStyle::Section {
                self.wrapped("", &table.cell(row, 0).to_string());
                continue;
            }
            if row.style == RowStyle::Total {
                self.line(&"-".repeat(total));
            }
            let cells = (0..widths.len()).map(|i| (shown(table, row, i), table.align(i, table.cell(row, i))));
            self.grid_line(&cells.collect::<Vec<_>>(), widths);
        }
    }

    fn grid_line(&mut self, cells: &[(String, Align)], widths: &[usize]) {
        let wrapped: Vec<Vec<String>> = cells
            .iter()
            .zip(widths)
            .map(|((text, _), width)| wrap(text, *width))
            .collect();
        for i in 0..wrapped.iter().map(Vec::len).max().unwrap_or(0) {
            let line = cells
                .iter()
                .zip(widths)
                .zip(&wrapped)
                .map(|(((_, align), width), lines)| placed(lines.get(i).map_or("", String::as_str), *width, *align));
            self.line(&line.collect::<Vec<_>>().join(&" ".repeat(GUTTER)));
        }
    }

    /// Each row as "heading: value" lines, for tables that are too wide for the page.
    fn rows_as_lists(&mut self, table: &Table) {
        for row in &table.rows {
            if row.style == RowStyle::Section {
                self.wrapped("", &table.cell(row, 0).to_string());
                continue;
            }
            let mut marker = "* ";
            for (i, column) in table.columns.iter().enumerate() {
                if *table.cell(row, i) != Cell::Blank {
                    self.wrapped(marker, &format!("{}: {}", column.full_heading(), table.cell(row, i)));
                    marker = "  ";
                }
            }
        }
    }
}

/// A cell's words; a detail of the row above stands after a dash.
fn shown(table: &Table, row: &Row, i: usize) -> String {
    let text = table.cell(row, i).to_string();
    if row.style == RowStyle::Sub && table.naming_column() == i {
        format!("- {text}")
    } else {
        text
    }
}

/// The width of each column so that the table fits the page: what its words need, taken from the widest columns of
/// words until all fit. `None` when they cannot.
fn widths(table: &Table, width: usize) -> Option<Vec<usize>> {
    let natural = |(i, heading): (usize, String)| {
        let rows = table.rows.iter().filter(|row| row.style != RowStyle::Section);
        let cells = rows
            .map(|row| one_line(&shown(table, row, i)).width())
            .max()
            .unwrap_or(0);
        let longest = heading
            .split_whitespace()
            .map(UnicodeWidthStr::width)
            .max()
            .unwrap_or(0);
        cells.max(longest).max(1)
    };
    let headings = table.columns.iter().map(|column| column.full_heading()).enumerate();
    let mut widths: Vec<usize> = headings.map(natural).collect();
    let room = width.checked_sub(GUTTER * (widths.len() - 1))?;
    while widths.iter().sum::<usize>() > room {
        let words = (0..widths.len()).filter(|i| table.columns[*i].align == Align::Left);
        let widest = words.filter(|i| widths[*i] > NARROWEST).max_by_key(|i| widths[*i])?;
        let over = widths.iter().sum::<usize>() - room;
        widths[widest] -= over.min((widths[widest] - NARROWEST).div_ceil(4));
    }
    Some(widths)
}

fn joined(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// `text` with blanks beside it to fill `width`.
fn placed(text: &str, width: usize, align: Align) -> String {
    let free = width.saturating_sub(text.width());
    let before = match align {
        Align::Left => 0,
        Align::Center => free / 2,
        Align::Right => free,
    };
    format!("{}{text}{}", " ".repeat(before), " ".repeat(free - before))
}

/// `text` in lines of at most `width` cells, broken between words, and between graphemes where a word is too long.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = Vec::new();
    for paragraph in printable(text).split('\n') {
        let mut line = String::new();
        for word in paragraph.split([' ', '\t']).filter(|word| !word.is_empty()) {
            if !line.is_empty() && line.width() + 1 + word.width() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            push_word(&mut lines, &mut line, word, width);
        }
        lines.push(line);
    }
    lines
}

fn push_word(lines: &mut Vec<String>, line: &mut String, word: &str, width: usize) {
    if line.width() + word.width() <= width {
        line.push_str(word);
        return;
    }
    let mut used = line.width();
    for grapheme in word.graphemes(true) {
        let cells = grapheme.width();
        if used + cells > width && used > 0 {
            lines.push(std::mem::take(line));
            used = 0;
        }
        used += cells;
        line.push_str(grapheme);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::doc::{Column, Title};
    use crate::report::sample;

    #[test]
    fn no_line_is_wider_than_eighty_columns() {
        for doc in [sample::week(), sample::half_year(), sample::sign_in_sheet()] {
            for line in write(&doc).lines() {
                assert!(line.width() <= WIDTH, "{line}");
            }
        }
    }

    #[test]
    fn in_a_narrow_window_no_line_is_wider_and_nothing_is_missing() {
        for doc in [sample::week(), sample::half_year()] {
            let narrow = write_within(&doc, 56);
            assert!(narrow.lines().all(|line| line.width() <= 56), "{narrow}");
            let words = |text: &str| {
                let mut words: Vec<String> = text.split_whitespace().map(str::to_string).collect();
                words.retain(|word| word.chars().any(char::is_alphabetic));
                words.sort_unstable();
                words
            };
            let head = |text: &str| text.find("Kính gửi").map_or(String::new(), |at| text[..at].to_string());
            assert_eq!(words(&head(&narrow)), words(&head(&write(&doc))));
            assert!(narrow.contains(NATION) && narrow.contains(MOTTO), "{narrow}");
        }
    }

    #[test]
    fn a_week_reads_like_the_paper_it_is_sent_on() {
        insta::assert_snapshot!(write(&sample::week()));
    }

    #[test]
    fn a_table_too_wide_for_the_page_is_written_row_by_row() {
        let text = table(&sample::cooperatives());
        let lines: Vec<&str> = text.lines().take(4).collect();
        assert_eq!(
            lines,
            [
                "* TT: 1",
                "  Tên HTX, THT: HTX Dược liệu An Khang Quỳnh Phụ",
                "  Địa bàn: Thôn Đông Thọ, xã Trà Lý",
                "  Ngành: Nông nghiệp"
            ]
        );
    }

    #[test]
    fn odd_text_and_empty_tables_do_no_harm() {
        let mut doc = Doc::new(Title::new("", "👩‍🌾\u{0}\u{1b}[2J".repeat(200)), sample::made());
        let mut odd = Table::new(vec![Column::text("ệ".repeat(500)), Column::figures("")]);
        odd.push(vec!["x".repeat(1000).into()]);
        odd.push_styled(RowStyle::Section, vec![]);
        doc.blocks = vec![
            Block::Table(Table::default()),
            Block::Table(odd),
            Block::Facts(vec![]),
            Block::Paragraph(vec![]),
        ];
        let text = write(&doc);
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
        assert!(text.lines().all(|line| line.width() <= WIDTH));
    }

    #[test]
    fn words_are_broken_only_when_they_are_longer_than_the_line() {
        assert_eq!(wrap("HTX May Phụ nữ", 9), ["HTX May", "Phụ nữ"]);
        assert_eq!(wrap("abcdefgh ij", 5), ["abcde", "fgh", "ij"]);
        assert_eq!(wrap("", 5), [""]);
    }
}
