//! The columns of the attendance grid in a window's width, and what stands in their cells.

use crate::domain::catalog;
use crate::domain::text::{Lang, Text};
use crate::ui::grid::attendance::row::{Known, NO_CERTIFICATE};
use crate::ui::grid::attendance::sheet::{Cell, mark_of};
use crate::ui::grid::attendance::{Days, Mark, Naming, Row, Session, Sheet};
use crate::ui::theme::Role;
use crate::ui::widget::table::{Column, RowId, Rows};
use std::borrow::Cow;

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Col {
    /// The row's number.
    Place,
    /// The name.
    Name,
    /// The cooperative or unit.
    Unit,
    /// The role, or the kind of attendee.
    Kind,
    /// The sex.
    Gender,
    /// Days present, of a session of several days.
    Whole,
    /// One day.
    Day(usize),
    /// The certificate.
    Certificate,
    /// Its number.
    Number,
}

impl Col {
    /// The cell that a key acts on, where the cursor may stand.
    pub fn cell(self) -> Option<Cell> {
        Some(match self {
            Col::Kind => Cell::Kind,
            Col::Gender => Cell::Gender,
            Col::Whole => Cell::Mark(Days::All),
            Col::Day(day) => Cell::Mark(Days::One(day)),
            Col::Certificate => Cell::Certificate,
            Col::Number => Cell::Number,
            Col::Place | Col::Name | Col::Unit => return None,
        })
    }

    fn column(self, sheet: &Sheet, lang: Lang) -> Column {
        let session = &sheet.event;
        let title = |vi, en| Text::new(vi, en).get(lang);
        match self {
            Col::Place => Column::number("#", if sheet.rows().len() < 1000 { 3 } else { 5 }),
            Col::Name => Column::text(title("Họ và tên", "Name"), 14, 24),
            Col::Unit => Column::text(title("Đơn vị", "Unit"), 10, 24),
            Col::Kind => Column {
                grows: 0,
                ..Column::text(title("Chức vụ", "Role"), 8, 14)
            },
            Col::Gender => Column::fixed(title("Giới", "Sex"), 4),
            Col::Whole => Column::number(title("Dự", "Days"), 5),
            Col::Day(day) if session.days == 1 => Column::fixed(session.day_label(day), 6),
            Col::Day(day) => Column::fixed(session.day_label(day), 5),
            Col::Certificate => Column::fixed(title("CN", "Cert"), 4),
            Col::Number => Column::fixed(title("Số", "Number"), 9),
        }
    }
}

/// The columns in which the cursor may stand, in their order.
pub fn stops(session: &Session) -> Vec<Col> {
    let mut stops = vec![Col::Kind, Col::Gender];
    if session.days > 1 {
        stops.push(Col::Whole);
    }
    stops.extend((0..session.days).map(Col::Day));
    stops.extend([Col::Certificate, Col::Number]);
    stops
}

/// Where the cursor stands first: presence, of all days.
pub fn first_stop(session: &Session) -> Col {
    if session.days > 1 { Col::Whole } else { Col::Day(0) }
}

/// What names have besides their least before the role has room.
const NAMES: u16 = 5;

/// The columns that have room: number and name always, the column with the cursor and as many beside it as fit, then
/// unit and role.
pub fn shown(sheet: &Sheet, focus: Col, width: u16, lang: Lang) -> (Vec<Col>, Vec<Column>) {
    let least = |col: Col| col.column(sheet, lang).least + 1;
    let mut room = width.saturating_sub(2 + least(Col::Place) + least(Col::Name));
    let all = stops(&sheet.event);
    let work: Vec<Col> = all.iter().copied().filter(|col| *col != Col::Kind).collect();
    let start = work.iter().position(|col| *col == focus).unwrap_or(0);
    let (mut from, mut to) = (start, start);
    if focus == Col::Kind {
        room = room.saturating_sub(least(Col::Kind));
    }
    loop {
        let before = from.checked_sub(1).map(|at| work[at]).filter(|col| least(*col) <= room);
        if let Some(col) = work.get(to).copied().filter(|col| least(*col) <= room) {
            (to, room) = (to + 1, room - least(col));
        } else if let Some(col) = before {
            (from, room) = (from - 1, room - least(col));
        } else {
            break;
        }
    }
    let mut cols = vec![Col::Place, Col::Name];
    if least(Col::Unit) <= room {
        cols.push(Col::Unit);
        room -= least(Col::Unit);
    }
    // A role cut short says less than the rest of a name: it stands where names keep a little room too.
    if focus == Col::Kind || least(Col::Kind) + NAMES <= room {
        cols.push(Col::Kind);
    }
    cols.extend(&work[from..to]);
    let columns = cols.iter().map(|col| col.column(sheet, lang)).collect();
    (cols, columns)
}

/// The list as the table asks for it.
pub struct View<'a> {
    /// The list.
    pub sheet: Option<&'a Sheet>,
    /// The columns.
    pub cols: &'a [Col],
    /// Rows named in the line and not marked yet, in order.
    pub pending: &'a [usize],
    /// How they are to be marked, and on which days.
    pub naming: (Naming, Days),
    /// The language.
    pub lang: Lang,
    /// The signs for present and not called, of this terminal.
    pub signs: [&'static str; 2],
}

impl View<'_> {
    fn rows(&self) -> &[Row] {
        self.sheet.map_or(&[], |sheet| sheet.rows())
    }

    /// The days of the session.
    fn days(&self) -> usize {
        self.sheet.map_or(1, |sheet| sheet.event.days)
    }

    fn mark(&self, at: usize, row: &Row, days: Days) -> Cow<'static, str> {
        if !row.is_kept() {
            return Text::new("bỏ", "drop").get(self.lang).into();
        }
        let absent = Text::new("vắng", "abs").get(self.lang);
        let is_pending = self.naming.1 == days || self.naming.1 == Days::All;
        if is_pending && self.pending.binary_search(&at).is_ok() {
            return match self.naming.0 {
                Naming::Absent => format!("{absent}?").into(),
                Naming::Present => format!("{}?", self.signs[0]).into(),
            };
        }
        match mark_of(row, days) {
            Mark::Open => self.signs[1].into(),
            Mark::Absent => absent.into(),
            Mark::Present if row.completed => {
                format!("{} {}", self.signs[0], Text::new("HT", "fin").get(self.lang)).into()
            }
            Mark::Present => self.signs[0].into(),
        }
    }
}

impl Rows for View<'_> {
    fn len(&self) -> usize {
        self.rows().len()
    }

    fn id(&self, row: usize) -> RowId {
        row as RowId
    }

    fn cell(&self, at: usize, column: usize) -> Cow<'_, str> {
        let (Some(row), Some(col)) = (self.rows().get(at), self.cols.get(column)) else {
            return "".into();
        };
        match col {
            Col::Place => (at + 1).to_string().into(),
            Col::Name => row.who.name.as_str().into(),
            Col::Unit => match row.who.known {
                Known::NewPerson(..) => Text::new("(lập hồ sơ mới)", "(new record)").get(self.lang).into(),
                _ => row.who.place.as_str().into(),
            },
            Col::Kind => role_or_kind(row, self.lang).into(),
            Col::Gender => gender(row, self.lang).into(),
            Col::Whole if !row.is_kept() => Text::new("bỏ", "drop").get(self.lang).into(),
            Col::Whole => format!("{}/{}", row.marks.days_present(), self.days()).into(),
            Col::Day(day) if self.days() == 1 => self.mark(at, row, one_day(*day)),
            Col::Day(day) => self.mark(at, row, Days::One(*day)),
            Col::Certificate => certificate(row, self.lang).into(),
            Col::Number => row.number.as_ref().into(),
        }
    }

    fn role(&self, at: usize, column: usize) -> Role {
        let Some(row) = self.rows().get(at) else {
            return Role::Text;
        };
        let changed = self.sheet.and_then(|sheet| sheet.stored(at)) != Some(row);
        match self.cols.get(column) {
            _ if !row.is_kept() => Role::Dim,
            Some(Col::Name) => Role::Strong,
            Some(Col::Unit | Col::Kind | Col::Place) => Role::Dim,
            Some(Col::Day(_) | Col::Whole) if changed => Role::Changed,
            _ => Role::Text,
        }
    }
}

/// Of a session of one day its only day is the whole.
fn one_day(_: usize) -> Days {
    Days::All
}

/// The role, unless the record names a kind of attendee that does not follow from it.
fn role_or_kind(row: &Row, lang: Lang) -> &str {
    let role = row.who.role.get(lang);
    if !role.is_empty() && (row.kind.is_none() || row.kind == row.who.kind) {
        return role;
    }
    short("attendee_kind", row.kind, lang)
}

/// The short label of a code; nothing where there is none.
pub fn short(list: &str, code: Option<&'static str>, lang: Lang) -> &'static str {
    let found = catalog::list(list).zip(code).and_then(|(list, code)| list.get(code));
    found.map_or("", |code| code.short().get(lang))
}

/// The sex in a word.
pub fn gender(row: &Row, lang: Lang) -> &'static str {
    match row.who.gender {
        Some("NU") => Text::new("nữ", "f").get(lang),
        Some(_) => Text::new("nam", "m").get(lang),
        None => "?",
    }
}

fn certificate(row: &Row, lang: Lang) -> &'static str {
    match row.certificate {
        None | Some(NO_CERTIFICATE) => "–",
        Some("GIAY_CHUNG_NHAN") => Text::new("GCN", "att").get(lang),
        Some("CHUNG_CHI") => Text::new("CC", "qual").get(lang),
        Some(_) => "+",
    }
}
