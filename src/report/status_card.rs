//! The status card of a cooperative as a document, to be printed or handed on.
//!
//! It says what the card says; telephone numbers of people stay out of it, as out of every file that leaves the office.

use chrono::{NaiveDateTime, NaiveTime};

use super::cell::Cell;
use super::doc::{Block, Doc, Fact, Title};
use super::table::{Column, Table};
use crate::domain::text::{Lang, Text};
use crate::search::status::Status;
use crate::search::status::card::{self, Line, Sign};
use crate::vietnamese::date::format_date;

/// The document. It is dated by the day of the status, so that the same status gives the same bytes.
pub fn document(status: &Status, lang: Lang) -> Doc {
    let say = |vi, en| Text::new(vi, en).get(lang);
    let made = NaiveDateTime::new(status.today, NaiveTime::MIN);
    let mut title = Title::new(say("THÔNG TIN HTX, THT", "COOPERATIVE STATUS"), status.name());
    title.period = vec![format!(
        "({}; {} {})",
        status.code(),
        say("đến ngày", "as of"),
        format_date(status.today)
    )];
    let mut doc = Doc::new(title, made);
    let mut facts = Vec::new();
    let mut figures = Table::new(vec![
        Column::text(say("Chỉ tiêu", "Figure")),
        Column::marks(say("Giá trị", "Value")).weight(12),
        Column::text(say("Trong đó", "Of which")).weight(16),
        Column::marks(say("Số liệu ngày, năm", "As of")),
    ]);
    let mut rest = Vec::new();
    for line in card::lines(status, lang).into_iter().skip(1) {
        match line {
            Line::Words { sign, text } if figures.rows.is_empty() => rest.push(words(sign, text)),
            Line::Words { sign, text } => rest.push(match words(sign, text) {
                Block::Paragraph(runs) => Block::Bullet {
                    depth: super::doc::Depth::First,
                    runs,
                },
                other => other,
            }),
            Line::Person { role, name, .. } => facts.push(Fact::new(role, Cell::text(name))),
            Line::Figure(figure) => {
                if figures.rows.is_empty() {
                    doc.blocks.append(&mut rest);
                }
                let old = if figure.is_old {
                    say(" (đã cũ)", " (out of date)")
                } else {
                    ""
                };
                figures.push(vec![
                    Cell::text(figure.label),
                    Cell::text(figure.value),
                    if figure.part.is_empty() {
                        Cell::Nothing
                    } else {
                        Cell::text(figure.part)
                    },
                    Cell::text(format!("{}{old}", figure.when)),
                ]);
            }
            Line::Title { .. } | Line::Gap => {}
        }
    }
    if !facts.is_empty() {
        doc.blocks.push(Block::Facts(facts));
    }
    if !figures.rows.is_empty() {
        doc.blocks.push(Block::Table(figures));
    }
    doc.blocks.append(&mut rest);
    doc
}

fn words(sign: Sign, text: String) -> Block {
    match sign {
        Sign::Alert | Sign::Paused => Block::Paragraph(vec![super::doc::Run::bold(text)]),
        Sign::None | Sign::Good => Block::paragraph(text),
    }
}

/// The name of its file: `Thong tin HTX007 2026-05-22.docx`.
pub fn file_name(status: &Status) -> String {
    let code: String = status.code().chars().filter(|c| c.is_alphanumeric()).collect();
    format!("Thong tin {code} {}.docx", status.today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::status::tests::{an_khang, status};
    use crate::search::tests::Office;

    #[test]
    fn the_document_says_what_the_card_says_but_no_telephone_number() {
        let office = Office::new();
        let status = status(&office, an_khang(&office));
        let text = crate::report::markdown::write(&document(&status, Lang::Vi));
        for part in [
            "HTX Dược liệu An Khang",
            "TẠM NGỪNG",
            "Phạm Thị Hạnh",
            "1.200,0 tr",
            "Trà gừng",
            "thiếu vốn",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("0912"), "{text}");
        assert_eq!(file_name(&status), "Thong tin HTX001 2026-05-22.docx");
        assert!(
            !crate::report::docx::write(&document(&status, Lang::Vi))
                .unwrap()
                .is_empty()
        );
    }
}
