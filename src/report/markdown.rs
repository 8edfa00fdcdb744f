//! A document as Markdown, with tables as most readers of Markdown know them.

use super::doc::{Align, Block, Cell, Depth, Doc, Face, Letterhead, Level, MOTTO, NATION, NOTHING_HAPPENED, Row};
use super::doc::{RowStyle, Run, Signature, Table};
use super::printable::{one_line, printable};

/// The text, UTF-8, lines ended by a line feed.
pub fn write(doc: &Doc) -> String {
    let mut out = String::new();
    if let Some(head) = &doc.letterhead {
        out.push_str(&letterhead(head));
    }
    out.push_str(&format!("# {}\n\n", escaped(&doc.title.kind)));
    for line in &doc.title.subject {
        out.push_str(&format!("{}\n\n", run(line, Face::Bold)));
    }
    for line in &doc.title.period {
        out.push_str(&format!("{}\n\n", run(line, Face::Italic)));
    }
    if !doc.addressees.is_empty() {
        let receivers: Vec<String> = doc.addressees.iter().map(|name| escaped(name)).collect();
        out.push_str(&format!("Kính gửi: {}\n\n", receivers.join("; ")));
    }
    out.push_str(&blocks(&doc.closed_blocks(), 2));
    if let Some(signed) = &doc.signature {
        out.push_str(&signature(signed));
    }
    for annex in &doc.annexes {
        out.push_str(&format!(
            "---\n\n## {}. {}\n\n",
            escaped(&annex.label),
            escaped(&annex.title)
        ));
        if let Some(attached) = doc.attached_to() {
            out.push_str(&format!("{}\n\n", run(&attached, Face::Italic)));
        }
        out.push_str(&blocks(&annex.blocks, 3));
    }
    let end = out.trim_end().len();
    out.truncate(end);
    out.push('\n');
    out
}

/// A table alone.
pub fn table(table: &Table) -> String {
    let mut out = String::new();
    for above in table.caption.iter().chain(&table.unit) {
        out.push_str(&format!("{}\n\n", run(above, Face::Italic)));
    }
    if table.columns.is_empty() {
        return out;
    }
    push_row(
        &mut out,
        table
            .columns
            .iter()
            .map(|column| escaped(&column.full_heading()))
            .collect(),
    );
    let marks = table.columns.iter().map(|column| match column.align {
        Align::Left => ":---",
        Align::Center => ":---:",
        Align::Right => "---:",
    });
    push_row(&mut out, marks.map(str::to_owned).collect());
    for row in &table.rows {
        push_row(&mut out, cells(table, row));
    }
    if table.rows.is_empty() {
        let mut line = vec![String::new(); table.columns.len()];
        line[0] = run(NOTHING_HAPPENED, Face::Italic);
        push_row(&mut out, line);
    }
    out.push('\n');
    out
}

fn cells(table: &Table, row: &Row) -> Vec<String> {
    let words = table.naming_column();
    let face = if matches!(row.style, RowStyle::Section | RowStyle::Total) {
        Face::Bold
    } else {
        Face::Plain
    };
    let shown = |i: usize| {
        if row.style == RowStyle::Section && i > 0 {
            return String::new();
        }
        let text = run(&table.cell(row, i).to_string(), face);
        if row.style == RowStyle::Sub && i == words {
            format!("&emsp;{text}")
        } else {
            text
        }
    };
    (0..table.columns.len()).map(shown).collect()
}

fn push_row(out: &mut String, cells: Vec<String>) {
    out.push_str(&format!("| {} |\n", cells.join(" | ")));
}

/// The two columns of the head as a table without a body.
fn letterhead(head: &Letterhead) -> String {
    let mut ours: Vec<String> = head.superior.iter().map(|line| escaped(line)).collect();
    ours.extend([run(&head.issuer, Face::Bold), escaped(&head.number_line())]);
    let nation = [
        run(NATION, Face::Bold),
        run(MOTTO, Face::Bold),
        run(&head.place_and_date(), Face::Italic),
    ];
    format!(
        "| {} | {} |\n| :---: | :---: |\n\n",
        ours.join("<br>"),
        nation.join("<br>")
    )
}

fn signature(signed: &Signature) -> String {
    let mut receivers = vec![run("Nơi nhận:", Face::BoldItalic)];
    receivers.extend(signed.recipient_lines().iter().map(|line| escaped(line)));
    if signed.recipients.is_empty() {
        receivers.clear();
    }
    let mut signer: Vec<String> = signed
        .authority
        .iter()
        .chain([&signed.post])
        .map(|s| run(s, Face::Bold))
        .collect();
    signer.extend([String::new(), String::new(), run(&signed.name, Face::Bold)]);
    format!(
        "| {} | {} |\n| :--- | :---: |\n\n",
        receivers.join("<br>"),
        signer.join("<br>")
    )
}

/// The pieces of a body, its highest headings with `top` marks.
fn blocks(blocks: &[Block], top: usize) -> String {
    let mut out = String::new();
    let mut in_list = false;
    for block in blocks {
        let is_bullet = matches!(block, Block::Bullet { .. });
        if in_list && !is_bullet {
            out.push('\n');
        }
        in_list = is_bullet;
        match block {
            Block::Heading { level, text } => {
                let depth = match level {
                    Level::Part => top,
                    Level::Section => top + 1,
                    Level::Item => top + 2,
                };
                out.push_str(&format!("{} {}\n\n", "#".repeat(depth), escaped(text)));
            }
            Block::Paragraph(words) => out.push_str(&format!("{}\n\n", not_a_list(&runs(words)))),
            Block::Bullet {
                depth: Depth::First,
                runs: words,
            } => out.push_str(&format!("- {}\n", runs(words))),
            Block::Bullet {
                depth: Depth::Second,
                runs: words,
            } => out.push_str(&format!("  - {}\n", runs(words))),
            Block::Table(t) => out.push_str(&table(t)),
            Block::Facts(facts) => {
                for fact in facts {
                    let value = if fact.value == Cell::Blank {
                        "……".to_owned()
                    } else {
                        escaped(&fact.value.to_string())
                    };
                    out.push_str(&format!(
                        "- **{}:** {value}\n",
                        escaped(fact.name.trim_end_matches(':'))
                    ));
                }
                out.push('\n');
            }
            Block::Note(text) => out.push_str(&format!("{}\n\n", run(text, Face::Italic))),
        }
    }
    if in_list {
        out.push('\n');
    }
    out
}

fn runs(runs: &[Run]) -> String {
    runs.iter().map(|piece| run(&piece.text, piece.face)).collect()
}

/// Words between the marks of their face; blanks at their ends stay outside, or the marks would not hold.
fn run(text: &str, face: Face) -> String {
    let marks = match face {
        Face::Plain => "",
        Face::Bold => "**",
        Face::Italic => "*",
        Face::BoldItalic => "***",
    };
    let text = escaped(text);
    let words = text.trim();
    if words.is_empty() || marks.is_empty() {
        return text;
    }
    let start = text.len() - text.trim_start().len();
    format!(
        "{}{marks}{words}{marks}{}",
        &text[..start],
        &text[start + words.len()..]
    )
}

/// One line with everything escaped that Markdown would take for its own.
fn escaped(text: &str) -> String {
    let text = printable(text);
    let lines = text.split('\n').map(|line| {
        let mut out = String::with_capacity(line.len());
        for c in one_line(line).chars() {
            match c {
                '<' => out.push_str("&lt;"),
                '\\' | '*' | '_' | '`' | '|' | '[' | ']' | '#' | '~' => out.extend(['\\', c]),
                c => out.push(c),
            }
        }
        out
    });
    lines.collect::<Vec<_>>().join("<br>")
}

/// A paragraph that begins like a list ("1. …", "- …") with its mark escaped.
fn not_a_list(text: &str) -> String {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let mark = text[digits..].chars().next();
    let listed = if digits > 0 {
        matches!(mark, Some('.' | ')'))
    } else {
        matches!(mark, Some('-' | '+' | '>' | '='))
    };
    if listed {
        format!("{}\\{}", &text[..digits], &text[digits..])
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::doc::{Column, Title};
    use crate::report::sample;

    #[test]
    fn a_week_reads_well_as_markdown() {
        insta::assert_snapshot!(write(&sample::week()));
    }

    #[test]
    fn what_was_typed_is_never_taken_for_markdown() {
        let mut doc = Doc::new(Title::new("A|B", "*sao*"), sample::made());
        let mut odd = Table::new(vec![Column::text("a|b")]);
        odd.push(vec!["dòng\nhai | <script>".into()]);
        doc.blocks = vec![
            Block::Table(odd),
            Block::paragraph("1. Tiếp tục"),
            Block::paragraph("- không phải danh sách"),
            Block::Paragraph(vec![Run::plain("Có "), Run::bold(" 435 hội viên "), Run::italic(" ")]),
        ];
        let text = write(&doc);
        assert!(text.contains("# A\\|B\n\n**\\*sao\\***\n"), "{text}");
        assert!(
            text.contains("| a\\|b |\n| :--- |\n| dòng<br>hai \\| &lt;script> |\n"),
            "{text}"
        );
        assert!(
            text.contains("\n1\\. Tiếp tục\n\n\\- không phải danh sách\n\nCó  **435 hội viên**"),
            "{text}"
        );
    }

    #[test]
    fn every_line_of_a_table_has_as_many_cells_as_the_table_has_columns() {
        let text = table(&sample::cooperatives());
        for line in text.lines().filter(|line| !line.is_empty()) {
            assert_eq!(line.matches(" | ").count() + 1, 11, "{line}");
        }
        assert!(text.contains("| **Cộng** |") && text.contains("**13.052.500.000**"));
    }
}
