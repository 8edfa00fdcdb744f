//! Sheets to be filled in by hand: the sign-in sheet of a session, the list of booths of a fair. Who is on the list
//! already stands there; below are lines to write on, and at the foot what the data are for, as the law asks (Luật Bảo
//! vệ dữ liệu cá nhân 91/2025/QH15: the kind of data, the purpose, who processes them, the rights).
//!
//! The headings are those that the import knows, so that a sheet filled in on the computer can be taken in again.

use chrono::{NaiveDate, NaiveDateTime};

use super::cell::Cell;
use super::doc::{Block, Doc, Fact, Orientation, Title};
use super::table::{Column, RowStyle, Table};
use super::workbook::{Sheet, Workbook};
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::known::name_of;
use crate::domain::value::Slot;
use crate::store::{Order, Read, StoreError};
use crate::vietnamese::date::{Partial, format_date};

/// Lines to write on where nothing says how many are expected.
const LINES: usize = 25;
/// Lines to write on below those who are on the list.
const SPARE: usize = 5;
/// The most lines.
const MOST: usize = 300;
/// What stands in the note of an attendance before where somebody comes from.
pub const FROM: &str = "Đơn vị: ";
/// The most columns to sign in, one a day.
const MOST_DAYS: i64 = 5;

/// A sheet to be filled in by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blank {
    title: Title,
    facts: Vec<(String, Cell)>,
    table: Table,
    purpose: String,
    office: String,
    orientation: Orientation,
    made: NaiveDateTime,
}

/// The sheet of a session or a fair; none of any other record.
///
/// # Errors
/// The store.
pub fn sheet(read: &dyn Read, event: &Entry, made: NaiveDateTime) -> Result<Option<Blank>, StoreError> {
    match event.kind {
        "training" => sign_in(read, event, made).map(Some),
        "fair" => booths(read, event, made).map(Some),
        _ => Ok(None),
    }
}

fn sign_in(read: &dyn Read, session: &Entry, made: NaiveDateTime) -> Result<Blank, StoreError> {
    let days = days(session);
    let mut columns = vec![
        Column::index(),
        Column::text("Họ và tên").weight(24),
        Column::marks("Năm sinh").weight(9),
        Column::text("Đơn vị").weight(24),
        Column::text("Điện thoại").weight(13),
    ];
    match days.as_slice() {
        [_] | [] => columns.push(Column::text("Ký tên").weight(14)),
        days => columns.extend(days.iter().map(|day| {
            let day = format_date(*day);
            Column::text(format!("Ký tên {}", &day[..5])).weight(10)
        })),
    }
    let mut rows = Vec::new();
    for attendance in referring(read, "attendance", "training", session.id)? {
        rows.push(attendee(read, &attendance)?);
    }
    let expected = session.number("planned_count");
    let several = days.len() > 1;
    Ok(Blank {
        title: Title::new("DANH SÁCH ĐIỂM DANH", text(session, "title")),
        facts: facts(read, session),
        table: filled(columns, rows, expected),
        purpose: purpose(
            &office(read),
            "họ tên, năm sinh, đơn vị, điện thoại, chữ ký",
            "điểm danh, cấp chứng nhận và thống kê kết quả tập huấn",
        ),
        office: office(read),
        orientation: if several {
            Orientation::Landscape
        } else {
            Orientation::Portrait
        },
        made,
    })
}

fn attendee(read: &dyn Read, attendance: &Entry) -> Result<Vec<Cell>, StoreError> {
    let person = match attendance.reference("person") {
        Some(id) => read.get("person", id)?,
        None => None,
    };
    let of = |key: &str| person.as_ref().and_then(|person| person.text(key)).map(str::to_owned);
    let name = of("name").or_else(|| attendance.text("name").map(str::to_owned));
    let birth: Option<Partial> = person.as_ref().and_then(|person| Slot::of(person.get("birth")));
    // What a list that was taken in said of where somebody comes from, where that is no cooperative on record.
    let noted = attendance
        .text("note")
        .and_then(|note| note.lines().find_map(|line| line.strip_prefix(FROM)));
    let unit = match attendance.reference("cooperative") {
        Some(id) => Some(name_of(read.known(), "cooperative", Some(id))),
        None => noted.map(str::to_owned),
    };
    let words = |text: Option<String>| text.map_or(Cell::Blank, Cell::Text);
    Ok(vec![
        words(name),
        birth.map_or(Cell::Blank, |birth| Cell::Year(birth.year())),
        words(unit),
        // The telephone is for the attendee to write: a list that goes round shows nobody's number.
        Cell::Blank,
    ])
}

fn booths(read: &dyn Read, fair: &Entry, made: NaiveDateTime) -> Result<Blank, StoreError> {
    let columns = vec![
        Column::index(),
        Column::marks("Số gian").weight(7),
        Column::text("Đơn vị trưng bày").weight(24),
        Column::text("Sản phẩm").weight(22),
        Column::marks("Sao OCOP").weight(7),
        Column::figures("Doanh thu (đ)").weight(12),
        Column::figures("Số hợp đồng").weight(8),
        Column::text("Người phụ trách, ký tên").weight(18),
    ];
    let mut rows = Vec::new();
    for booth in referring(read, "booth", "fair", fair.id)? {
        let by_name = |kind, key| booth.reference(key).map(|id| name_of(read.known(), kind, Some(id)));
        let exhibitor = by_name("cooperative", "exhibitor")
            .or_else(|| by_name("person", "person"))
            .unwrap_or_else(|| text(&booth, "exhibitor_name"));
        let star = booth.text("ocop_star").map_or(Cell::Blank, Cell::text);
        let products = text(&booth, "products");
        rows.push(vec![
            text(&booth, "number").into(),
            exhibitor.into(),
            products.into(),
            star,
        ]);
    }
    let expected = fair.number("planned_booths");
    Ok(Blank {
        title: Title::new("DANH SÁCH GIAN HÀNG", text(fair, "title")),
        facts: facts(read, fair),
        table: filled(columns, rows, expected),
        purpose: purpose(
            &office(read),
            "tên đơn vị, người phụ trách, chữ ký, doanh thu",
            "bố trí gian hàng và thống kê kết quả hội chợ",
        ),
        office: office(read),
        orientation: Orientation::Landscape,
        made,
    })
}

/// The rows that are known, then lines to write on.
fn filled(columns: Vec<Column>, rows: Vec<Vec<Cell>>, expected: Option<i64>) -> Table {
    let mut table = Table::new(columns);
    let known = rows.len();
    let expected = expected
        .and_then(|count| usize::try_from(count).ok())
        .unwrap_or_default();
    let lines = match known {
        0 if expected > 0 => expected,
        0 => LINES,
        _ => expected.max(known + SPARE),
    };
    let mut rows = rows.into_iter();
    for number in 1..=lines.min(MOST.max(known)) {
        let mut cells = vec![Cell::Count(number as i64)];
        cells.extend(rows.next().unwrap_or_default());
        table.push_styled(RowStyle::ToFill, cells);
    }
    table
}

fn referring(read: &dyn Read, kind: &str, field: &str, to: Id) -> Result<Vec<Entry>, StoreError> {
    let mut entries = Vec::new();
    for found in read.refers(to, kind, field, Order::Forward) {
        entries.extend(read.get(kind, found?.id)?);
    }
    Ok(entries)
}

fn days(session: &Entry) -> Vec<NaiveDate> {
    let Some(from) = session.date("from") else {
        return Vec::new();
    };
    let to = session.date("to").unwrap_or(from);
    match (to - from).num_days() + 1 {
        many if many > MOST_DAYS => Vec::new(),
        _ => from.iter_days().take_while(|day| *day <= to).collect(),
    }
}

fn facts(read: &dyn Read, event: &Entry) -> Vec<(String, Cell)> {
    let when = match (event.date("from"), event.date("to")) {
        (Some(from), Some(to)) if from != to => format!("{} – {}", format_date(from), format_date(to)),
        (Some(from), _) => format_date(from),
        _ => String::new(),
    };
    let or_blank = |text: String| if text.is_empty() { Cell::Blank } else { Cell::Text(text) };
    let mut facts = vec![
        ("Đơn vị lập".to_owned(), Cell::Text(office(read))),
        ("Thời gian".to_owned(), or_blank(when)),
        ("Địa điểm".to_owned(), or_blank(text(event, "venue"))),
    ];
    let organiser = text(event, "organiser");
    if !organiser.is_empty() {
        facts.push(("Đơn vị tổ chức".to_owned(), Cell::Text(organiser)));
    }
    facts
}

fn text(entry: &Entry, key: &str) -> String {
    entry.text(key).unwrap_or_default().to_owned()
}

fn office(read: &dyn Read) -> String {
    let known = read.known();
    let unit = known.office().and_then(|uid| known.unit(&uid));
    unit.map_or_else(
        || "Hội LHPN".to_owned(),
        |unit| {
            let mut letters = unit.name.chars();
            let first = letters.next().map(char::to_lowercase);
            format!(
                "Hội LHPN {}",
                first.into_iter().flatten().chain(letters).collect::<String>()
            )
        },
    )
}

fn purpose(office: &str, data: &str, purpose: &str) -> String {
    format!(
        "Mục đích xử lý dữ liệu: thông tin trên danh sách này ({data}) do {office} thu thập, chỉ dùng để {purpose} của Hội, \
         không chuyển cho nơi khác trừ khi pháp luật yêu cầu. Người ghi tên có quyền xem, sửa, rút lại sự đồng ý hoặc yêu \
         cầu xóa thông tin của mình; ô nào không muốn ghi thì để trống. Ký tên là đồng ý với mục đích này (Luật Bảo vệ dữ \
         liệu cá nhân số 91/2025/QH15)."
    )
}

impl Blank {
    /// As a document to print.
    pub fn doc(&self) -> Doc {
        let facts = self
            .facts
            .iter()
            .map(|(name, value)| Fact::new(name.as_str(), value.clone()));
        Doc {
            blocks: vec![
                Block::Facts(facts.collect()),
                Block::Table(self.table.clone()),
                Block::Note(self.purpose.clone()),
            ],
            orientation: self.orientation,
            ..Doc::new(self.title.clone(), self.made)
        }
    }

    /// As a sheet to print or to fill in on the computer.
    pub fn workbook(&self) -> Workbook {
        let mut titles = vec![self.title.kind.clone()];
        titles.extend(self.title.subject.iter().cloned());
        let facts = self.facts.iter().map(|(name, value)| match value {
            Cell::Blank => format!("{name}: ……………………………………"),
            value => format!("{name}: {value}"),
        });
        titles.push(facts.collect::<Vec<_>>().join("   "));
        let name = if self.table.columns.len() == 8 {
            "Gian hàng"
        } else {
            "Điểm danh"
        };
        let mut sheet = Sheet::summary(name, titles, self.table.clone());
        sheet.notes.push(self.purpose.clone());
        sheet.orientation = self.orientation;
        Workbook {
            title: format!("{}: {}", self.title.kind, self.title.subject.join(" ")),
            author: self.office.clone(),
            made: self.made,
            sheets: vec![sheet],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::value::Value;
    use crate::store::{Store, Warnings};

    fn saved(store: &Store, kind: &'static str, fields: &[(&str, Value)]) -> Entry {
        let mut entry = Entry::new(kind);
        entry.set("unit", Some(Value::Text("C12472-B".into())));
        for (key, value) in fields {
            entry.set(key, Some(value.clone()));
        }
        let mut txn = store.txn();
        txn.save(entry.clone(), Warnings::Accept).unwrap();
        txn.commit().unwrap();
        store.reader().get(kind, entry.id).unwrap().unwrap()
    }

    fn text(words: &str) -> Value {
        Value::Text(words.to_owned())
    }

    fn made() -> NaiveDateTime {
        "2026-05-22T08:00:00".parse().unwrap()
    }

    #[test]
    fn a_sign_in_sheet_has_who_is_listed_lines_to_write_on_a_column_a_day_and_the_purpose_at_its_foot() {
        let store = Store::memory();
        let session = saved(
            &store,
            "training",
            &[
                ("title", text("Quản trị HTX")),
                ("topics", Value::List(vec![text("KY_NANG_SO")])),
                ("from", Value::Date("2026-05-21".parse().unwrap())),
                ("to", Value::Date("2026-05-22".parse().unwrap())),
            ],
        );
        saved(
            &store,
            "attendance",
            &[
                ("training", Value::Id(session.id)),
                ("name", text("Vũ Thị Lụa")),
                ("state", text("DANG_KY")),
            ],
        );
        let blank = sheet(&store.reader(), &session, made()).unwrap().unwrap();
        let headings: Vec<&str> = blank
            .table
            .columns
            .iter()
            .map(|column| column.heading.as_str())
            .collect();
        assert_eq!(headings[5..], ["Ký tên 21/05", "Ký tên 22/05"]);
        assert_eq!(blank.table.rows.len(), 1 + SPARE);
        assert_eq!(blank.table.rows[0].cells[1], Cell::text("Vũ Thị Lụa"));
        assert_eq!(blank.table.rows[5].cells, [Cell::Count(6)]);
        let doc = blank.doc();
        let Some(Block::Note(note)) = doc.blocks.last() else {
            panic!("a note at the foot");
        };
        for word in [
            "Mục đích xử lý dữ liệu",
            "Hội LHPN",
            "91/2025/QH15",
            "rút lại sự đồng ý",
        ] {
            assert!(note.contains(word), "{note}");
        }
        assert_eq!(blank.workbook().sheets[0].notes, std::slice::from_ref(note));
    }

    #[test]
    fn a_list_of_booths_has_as_many_lines_as_are_planned() {
        let store = Store::memory();
        let fair = saved(
            &store,
            "fair",
            &[
                ("title", text("Hội chợ xuân")),
                (
                    "kind",
                    text(crate::domain::catalog::list("fair_kind").unwrap().codes[0].code),
                ),
                ("from", Value::Date("2026-05-21".parse().unwrap())),
                ("planned_booths", Value::Number(12)),
            ],
        );
        let blank = sheet(&store.reader(), &fair, made()).unwrap().unwrap();
        assert_eq!(blank.table.rows.len(), 12);
        assert!(blank.purpose.contains("gian hàng"));
        assert!(
            sheet(
                &store.reader(),
                &saved(&store, "person", &[("name", text("A"))]),
                made()
            )
            .unwrap()
            .is_none()
        );
    }
}
