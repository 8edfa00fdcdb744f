//! The neutral document: what a report says, without how any format says it.
//!
//! Its shape is that of an administrative document after Nghị định 30/2020/NĐ-CP, Phụ lục I: letterhead, type and
//! subject, numbered body, signature, annexes. Whoever collects numbers builds a [`Doc`]; the writers below `report`
//! turn it into docx, Markdown or plain text. Section numbers ("I.", "1.", "a)") are part of the text, as officers
//! type them; markers of bullets and the closing "./." are the writers'.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

pub use super::cell::{Align, Cell};
pub use super::table::{Column, NOTHING_HAPPENED, Row, RowStyle, Table};

/// The national name, at the head of every administrative document.
pub const NATION: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
/// The national motto below it.
pub const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";
/// What ends the text of an administrative document.
pub const CLOSING: &str = "./.";

/// A whole document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doc {
    /// `None` for lists and cards that are not sent as a document of their own.
    pub letterhead: Option<Letterhead>,
    pub title: Title,
    /// "Kính gửi: …", one receiver a line; none for most reports.
    pub addressees: Vec<String>,
    pub blocks: Vec<Block>,
    pub closing: Closing,
    pub signature: Option<Signature>,
    pub annexes: Vec<Annex>,
    pub orientation: Orientation,
    /// When the document was made: written into the file's properties, so that the same document gives the same
    /// bytes.
    pub made: NaiveDateTime,
}

impl Doc {
    /// An upright document without letterhead, signature or annexes.
    pub fn new(title: Title, made: NaiveDateTime) -> Doc {
        Doc {
            letterhead: None,
            title,
            addressees: Vec::new(),
            blocks: Vec::new(),
            closing: Closing::Open,
            signature: None,
            annexes: Vec::new(),
            orientation: Orientation::Portrait,
            made,
        }
    }

    /// The body as it is printed: with "./." after its last words when it is closed so, on a line of its own below a
    /// table.
    pub fn closed_blocks(&self) -> Vec<Block> {
        let mut blocks = self.blocks.clone();
        if self.closing == Closing::Open {
            return blocks;
        }
        match blocks.last_mut() {
            Some(Block::Paragraph(runs) | Block::Bullet { runs, .. }) if !runs.is_empty() => close(runs),
            _ => blocks.push(Block::paragraph(CLOSING)),
        }
        blocks
    }

    /// "(Kèm theo Báo cáo số      /BC-HPN ngày …)" under the title of an annex; `None` without a letterhead.
    pub fn attached_to(&self) -> Option<String> {
        let head = self.letterhead.as_ref()?;
        let kind = self.title.kind_name();
        Some(format!(
            "(Kèm theo {kind} {} {} của {})",
            head.number("số"),
            head.day_in_words(),
            head.issuer
        ))
    }
}

/// Ends the last words with "./." in place of their full stop.
fn close(runs: &mut [Run]) {
    if let Some(last) = runs.last_mut() {
        let text = last
            .text
            .trim_end()
            .trim_end_matches(CLOSING)
            .trim_end_matches(['.', ';', ',']);
        last.text = format!("{text}{CLOSING}");
    }
}

/// How the text ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// With "./." after the last words, as a signed document does.
    Official,
    /// As it stands.
    Open,
}

/// Which way the paper is turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orientation {
    Portrait,
    Landscape,
}

/// The two columns at the head of the first page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letterhead {
    /// The superior body, in one or two lines, as capitals.
    pub superior: Vec<String>,
    /// The issuing body, as capitals.
    pub issuer: String,
    /// `BC-BTV`, `BC-HPN` …
    pub symbol: String,
    /// The number when it is known; left blank otherwise, for the office's clerk to give.
    pub number: Option<String>,
    /// The place before the date: `Đông Thọ`.
    pub place: String,
    pub date: NaiveDate,
}

impl Letterhead {
    /// "Số:      /BC-HPN", with room for a number to be written by hand.
    pub fn number_line(&self) -> String {
        self.number("Số:")
    }

    /// "Đông Thọ, ngày 05 tháng 6 năm 2026".
    pub fn place_and_date(&self) -> String {
        format!("{}, {}", self.place, self.day_in_words())
    }

    /// Days under 10 and months under 3 take a leading 0, so that neither can be altered (Nghị định 30/2020/NĐ-CP).
    fn day_in_words(&self) -> String {
        let (day, month) = (self.date.day(), self.date.month());
        let month = if month < 3 {
            format!("{month:02}")
        } else {
            month.to_string()
        };
        format!("ngày {day:02} tháng {month} năm {}", self.date.year())
    }

    fn number(&self, before: &str) -> String {
        match &self.number {
            Some(number) => format!("{before} {number}/{}", self.symbol),
            None => format!("{before}      /{}", self.symbol),
        }
    }
}

/// The type of document and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// `BÁO CÁO`, `BÁO CÁO TUẦN 21`, `DANH SÁCH`.
    pub kind: String,
    /// What it is about, in bold, one line each.
    pub subject: Vec<String>,
    /// The period and the cut-off, below in italics: "(từ 18/5/2026 đến 24/5/2026; …)".
    pub period: Vec<String>,
}

impl Title {
    pub fn new(kind: impl Into<String>, subject: impl Into<String>) -> Title {
        Title {
            kind: kind.into(),
            subject: vec![subject.into()],
            period: Vec::new(),
        }
    }

    /// "Báo cáo" for `BÁO CÁO TUẦN 21`: the kind as it is named in running text.
    fn kind_name(&self) -> String {
        let kind = self.kind.to_lowercase();
        if kind.starts_with("báo cáo") {
            return "Báo cáo".to_owned();
        }
        let mut letters = kind.chars();
        letters
            .next()
            .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }
}

/// One piece of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Heading {
        level: Level,
        text: String,
    },
    Paragraph(Vec<Run>),
    /// One line of a list. The marker ("-" or "+") is the writer's.
    Bullet {
        depth: Depth,
        runs: Vec<Run>,
    },
    Table(Table),
    /// Names and their values, two columns without lines: a status card, the head of a sign-in sheet.
    Facts(Vec<Fact>),
    /// Small print below a table: sources, marks, the purpose of data processing.
    Note(String),
}

impl Block {
    pub fn heading(level: Level, text: impl Into<String>) -> Block {
        Block::Heading {
            level,
            text: text.into(),
        }
    }

    pub fn paragraph(text: impl Into<String>) -> Block {
        Block::Paragraph(vec![Run::plain(text)])
    }

    pub fn bullet(text: impl Into<String>) -> Block {
        Block::Bullet {
            depth: Depth::First,
            runs: vec![Run::plain(text)],
        }
    }

    pub fn sub_bullet(text: impl Into<String>) -> Block {
        Block::Bullet {
            depth: Depth::Second,
            runs: vec![Run::plain(text)],
        }
    }
}

/// The level of a heading: "I.", then "1.", then "a)".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Part,
    Section,
    Item,
}

/// The depth of a bullet: "-", then "+".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    First,
    Second,
}

/// Words of one face.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub text: String,
    pub face: Face,
}

/// How words look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    Plain,
    Bold,
    Italic,
    BoldItalic,
}

impl Run {
    pub fn plain(text: impl Into<String>) -> Run {
        Run {
            text: text.into(),
            face: Face::Plain,
        }
    }

    pub fn bold(text: impl Into<String>) -> Run {
        Run {
            text: text.into(),
            face: Face::Bold,
        }
    }

    pub fn italic(text: impl Into<String>) -> Run {
        Run {
            text: text.into(),
            face: Face::Italic,
        }
    }
}

/// A named value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub name: String,
    /// [`Cell::Blank`] prints a dotted line to write on.
    pub value: Cell,
}

impl Fact {
    pub fn new(name: impl Into<String>, value: impl Into<Cell>) -> Fact {
        Fact {
            name: name.into(),
            value: value.into(),
        }
    }
}

/// The block at the end: who signs on the right, who receives on the left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// `TM. BAN THƯỜNG VỤ`, or with `KT. CHỦ TỊCH` as a second line.
    pub authority: Vec<String>,
    /// `CHỦ TỊCH`, `PHÓ CHỦ TỊCH`.
    pub post: String,
    /// The signer's full name; empty to leave it to the pen.
    pub name: String,
    /// "Nơi nhận", one receiver each, without marks: `Hội LHPN tỉnh (b/c)`.
    pub recipients: Vec<String>,
}

impl Signature {
    /// The list of receivers as printed: a dash before each, ";" between and "." at the end.
    pub fn recipient_lines(&self) -> Vec<String> {
        let last = self.recipients.len().saturating_sub(1);
        let line = |(i, name): (usize, &String)| {
            let name = name.trim().trim_start_matches("- ").trim_end_matches([';', '.']);
            format!("- {name}{}", if i == last { '.' } else { ';' })
        };
        self.recipients.iter().enumerate().map(line).collect()
    }
}

/// An annex: its own pages, its own way of turning the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annex {
    /// "Phụ lục 1".
    pub label: String,
    pub title: String,
    pub orientation: Orientation,
    pub blocks: Vec<Block>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(day: u32, month: u32) -> Letterhead {
        Letterhead {
            superior: vec!["HỘI LHPN TỈNH HƯNG YÊN".into()],
            issuer: "HỘI LHPN XÃ ĐÔNG THỌ".into(),
            symbol: "BC-HPN".into(),
            number: None,
            place: "Đông Thọ".into(),
            date: NaiveDate::from_ymd_opt(2026, month, day).unwrap(),
        }
    }

    #[test]
    fn days_below_ten_and_the_first_two_months_take_a_leading_zero() {
        assert_eq!(head(5, 6).place_and_date(), "Đông Thọ, ngày 05 tháng 6 năm 2026");
        assert_eq!(head(21, 11).place_and_date(), "Đông Thọ, ngày 21 tháng 11 năm 2026");
        assert_eq!(head(1, 2).place_and_date(), "Đông Thọ, ngày 01 tháng 02 năm 2026");
    }

    #[test]
    fn the_number_is_left_blank_until_it_is_known() {
        let mut head = head(5, 6);
        assert_eq!(head.number_line(), "Số:      /BC-HPN");
        head.number = Some("27".into());
        assert_eq!(head.number_line(), "Số: 27/BC-HPN");
    }

    #[test]
    fn an_annex_names_the_report_it_belongs_to() {
        let made = NaiveDate::from_ymd_opt(2026, 6, 5)
            .unwrap()
            .and_hms_opt(8, 0, 0)
            .unwrap();
        let mut doc = Doc::new(Title::new("BÁO CÁO TUẦN 21", "Kết quả"), made);
        assert_eq!(doc.attached_to(), None);
        doc.letterhead = Some(head(5, 6));
        assert_eq!(
            doc.attached_to().unwrap(),
            "(Kèm theo Báo cáo số      /BC-HPN ngày 05 tháng 6 năm 2026 của HỘI LHPN XÃ ĐÔNG THỌ)"
        );
    }

    #[test]
    fn receivers_get_their_marks_once_whatever_was_typed() {
        let signature = Signature {
            authority: vec!["TM. BAN THƯỜNG VỤ".into()],
            post: "CHỦ TỊCH".into(),
            name: String::new(),
            recipients: vec!["- Hội LHPN tỉnh (b/c);".into(), "Lưu: VT.".into()],
        };
        assert_eq!(signature.recipient_lines(), ["- Hội LHPN tỉnh (b/c);", "- Lưu: VT."]);
    }
}
