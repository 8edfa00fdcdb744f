//! The annexes: lists behind the figures. They hold no telephone numbers, no papers and nobody's groups.

use super::collect::Periodic;
use super::registers::label;
use crate::arrange::Arrange;
use crate::domain::catalog::units;
use crate::domain::entry::Entry;
use crate::domain::figures::Figures;
use crate::domain::id::Id;
use crate::domain::period::PeriodKind;
use crate::domain::programme::Line;
use crate::domain::value::Value;
use crate::indicator::area::Area;
use crate::indicator::books::Books;
use crate::report::doc::{Annex, Block, Cell, Column, Orientation, Table};
use crate::report::weekly::Column as Of;
use crate::store::{Read, StoreError};
use crate::vietnamese::date::format_date;

/// All annexes, those with nothing in them left out.
///
/// # Errors
/// The store's.
pub fn annexes(read: &dyn Read, report: &Periodic) -> Result<Vec<Annex>, StoreError> {
    let books = Books::open(read)?;
    let mut new: Vec<Id> = Vec::new();
    for row in ["HTX_NEW", "THT_NEW"]
        .iter()
        .filter_map(|code| report.measure(Line::Cooperatives, code))
    {
        new.extend(&row.tally.counted);
    }
    let of_line = |codes: &[&str]| -> Vec<Id> {
        let mut ids: Vec<Id> = codes
            .iter()
            .flat_map(|code| report.now.ids(code, Of::This))
            .copied()
            .collect();
        ids.arrange();
        ids.dedup();
        ids
    };
    let lists = [
        ("Danh sách HTX, THT do phụ nữ quản lý", cooperatives(read, report)?),
        ("Danh sách HTX, THT thành lập mới", founded(read, report, &new)?),
        (
            "Các lớp tập huấn",
            sessions(read, report, &of_line(&["TRAIN_SESSIONS"]))?,
        ),
        (
            "Gian hàng tại hội chợ, ngày hội",
            booths(read, &of_line(&["BOOTHS_SHOWN"]))?,
        ),
        (
            "Ý tưởng khởi nghiệp",
            ideas(read, report, &of_line(&["IDEAS_REGISTERED", "IDEAS_SENT"]))?,
        ),
        (
            "Khó khăn, vướng mắc còn mở",
            issues(read, report, &of_line(&["ISSUES_OPEN"]))?,
        ),
        ("Thay đổi đơn vị hành chính trong kỳ", changes(read, &books, report)),
        (
            match report.asked.period.kind {
                PeriodKind::Year => "Số liệu trong năm so với năm trước",
                _ => "Số liệu trong kỳ so với kỳ trước và cùng kỳ năm trước",
            },
            super::tables::comparison(report),
        ),
    ];
    let filled = lists.into_iter().filter(|(_, table)| !table.rows.is_empty());
    let annex = |(place, (title, table)): (usize, (&str, Table))| Annex {
        label: format!("Phụ lục {}", place + 1),
        title: title.to_string(),
        orientation: if table.columns.len() > 7 {
            Orientation::Landscape
        } else {
            Orientation::Portrait
        },
        blocks: vec![Block::Table(table)],
    };
    Ok(filled.enumerate().map(annex).collect())
}

/// Numbers the rows of a list.
struct List(Table);

impl List {
    fn new(columns: Vec<Column>) -> List {
        let mut all = vec![Column::index()];
        all.extend(columns);
        List(Table::new(all))
    }

    fn push(&mut self, cells: Vec<Cell>) {
        let number = i64::try_from(self.0.rows.len() + 1).unwrap_or(i64::MAX);
        let mut row = vec![Cell::Count(number)];
        row.extend(cells);
        self.0.push(row);
    }
}

fn words(entry: &Entry, key: &str) -> Cell {
    Cell::text(entry.text(key).unwrap_or_default())
}

fn day(entry: &Entry, key: &str) -> Cell {
    entry.date(key).map_or(Cell::Nothing, Cell::Date)
}

fn codes(entry: &Entry, key: &str, list: &str) -> Cell {
    let codes = entry.get(key).map(|value| value.items()).unwrap_or_default();
    let labels: Vec<String> = codes
        .iter()
        .filter_map(|code| Some(label(list, code.as_text()?)))
        .collect();
    Cell::text(labels.join("; "))
}

fn place(read: &dyn Read, entry: &Entry) -> Cell {
    let uid = entry.text("area").or(entry.unit()).unwrap_or_default();
    Cell::text(read.known().unit(uid).map_or_else(|| uid.to_string(), |unit| unit.name))
}

fn name(read: &dyn Read, kind: &str, id: Option<Id>) -> Result<String, StoreError> {
    id.map_or(Ok(String::new()), |id| read.name_of(kind, id))
}

fn cooperatives(read: &dyn Read, report: &Periodic) -> Result<Table, StoreError> {
    let mut list = List::new(vec![
        Column::text("Tên HTX, THT").weight(22),
        Column::text("Địa bàn").weight(14),
        Column::text("Ngành nghề").weight(16),
        Column::text("Năm TL").weight(7),
        Column::figures("Tổng").under("Thành viên").weight(7),
        Column::figures("Nữ").under("Thành viên").weight(6),
        Column::figures("Tổng").under("Lao động").weight(7),
        Column::figures("Nữ").under("Lao động").weight(6),
        Column::figures("Vốn (tr.đ)").weight(10),
        Column::figures("Doanh thu (tr.đ)").weight(10),
        Column::text("Xếp loại").weight(8),
        Column::text("Hội hỗ trợ").weight(7),
    ]);
    for (id, figures) in &report.registers.woman_managed {
        let Some(entry) = read.get("cooperative", *id)? else {
            continue;
        };
        let number = |key: &str| figures.get(key).and_then(Value::as_number);
        let count = |key: &str| Cell::count_or_nothing(number(key));
        let money = |key: &str| number(key).map_or(Cell::Nothing, Cell::Millions);
        let rating = figures.get("rating").and_then(Value::as_text);
        let rating = rating.map(|code| label("htx_rating", code));
        let union = entry.text("origin") == Some("HOI_THANH_LAP");
        let year = entry
            .date("registered_on")
            .map(|day| Cell::Year(chrono::Datelike::year(&day)));
        list.push(vec![
            words(&entry, "name"),
            place(read, &entry),
            codes(&entry, "sectors", "sector"),
            year.unwrap_or(Cell::Nothing),
            count("members"),
            count("members_women"),
            count("workers"),
            count("workers_women"),
            money("capital"),
            money("revenue"),
            rating.map_or(Cell::Nothing, Cell::text),
            Cell::text(if union { "x" } else { "" }),
        ]);
    }
    Ok(list.0)
}

fn founded(read: &dyn Read, report: &Periodic, ids: &[Id]) -> Result<Table, StoreError> {
    let mut list = List::new(vec![
        Column::text("Tên").weight(26),
        Column::text("Loại hình").weight(12),
        Column::text("Địa bàn").weight(16),
        Column::text("Ngành nghề").weight(20),
        Column::text("Ngày cấp giấy, ký hợp đồng").weight(12),
        Column::figures("Lao động nữ").weight(8),
    ]);
    for id in ids {
        let Some(entry) = read.get("cooperative", *id)? else {
            continue;
        };
        let women = Figures::of(read.known(), *id).number("workers_women", report.asked.cut_off);
        list.push(vec![
            words(&entry, "name"),
            codes(&entry, "kind", "entity_type"),
            place(read, &entry),
            codes(&entry, "sectors", "sector"),
            day(&entry, "registered_on"),
            Cell::count_or_nothing(women),
        ]);
    }
    Ok(list.0)
}

fn sessions(read: &dyn Read, report: &Periodic, ids: &[Id]) -> Result<Table, StoreError> {
    use crate::store::Order;
    let books = Books::open(read)?;
    let mut list = List::new(vec![
        Column::text("Ngày").weight(10),
        Column::text("Tên lớp").weight(28),
        Column::text("Nội dung").weight(28),
        Column::figures("Lượt").weight(7),
        Column::figures("Nữ").weight(7),
    ]);
    let mut entries = Vec::new();
    for id in ids {
        entries.extend(read.get("training", *id)?);
    }
    entries.arrange_by_key(|entry| (entry.date("from"), entry.id));
    for entry in entries.iter().filter(|entry| {
        entry
            .date("from")
            .is_some_and(|day| report.asked.window().contains(day))
    }) {
        let listed = read
            .refers(entry.id, "attendance", "training", Order::Forward)
            .next()
            .is_some();
        let (mut all, mut women) = (entry.number("count_total"), entry.number("count_women"));
        if listed {
            let (mut present, mut of_women) = (0, 0);
            for row in books.list(entry.id)?.iter().filter(|row| row.is_present()) {
                present += 1;
                of_women += i64::from(books.sex_of_row(row)? == crate::indicator::books::Sex::Woman);
            }
            (all, women) = (Some(present), Some(of_women));
        }
        list.push(vec![
            day(entry, "from"),
            words(entry, "title"),
            codes(entry, "topics", "training_topic"),
            Cell::count_or_nothing(all),
            Cell::count_or_nothing(women),
        ]);
    }
    Ok(list.0)
}

fn booths(read: &dyn Read, ids: &[Id]) -> Result<Table, StoreError> {
    let mut list = List::new(vec![
        Column::text("Hội chợ").weight(22),
        Column::text("Gian").weight(6),
        Column::text("Đơn vị trưng bày").weight(24),
        Column::text("Sản phẩm").weight(22),
        Column::figures("Doanh thu (đ)").weight(12),
    ]);
    for id in ids {
        let Some(entry) = read.get("booth", *id)? else { continue };
        let exhibitor = match (entry.reference("exhibitor"), entry.reference("person")) {
            (Some(coop), _) => name(read, "cooperative", Some(coop))?,
            (None, Some(person)) => name(read, "person", Some(person))?,
            (None, None) => entry.text("exhibitor_name").unwrap_or_default().to_string(),
        };
        list.push(vec![
            Cell::text(name(read, "fair", entry.reference("fair"))?),
            words(&entry, "number"),
            Cell::text(exhibitor),
            words(&entry, "products"),
            entry.number("revenue").map_or(Cell::Nothing, Cell::Money),
        ]);
    }
    Ok(list.0)
}

fn ideas(read: &dyn Read, report: &Periodic, ids: &[Id]) -> Result<Table, StoreError> {
    let mut list = List::new(vec![
        Column::text("Ý tưởng, đề án").weight(30),
        Column::text("Đơn vị").weight(18),
        Column::text("Vòng").weight(22),
        Column::text("Ngày gửi Trung ương").weight(12),
        Column::text("Kết quả").weight(14),
    ]);
    for id in ids {
        let Some(entry) = read.get("contest_entry", *id)? else {
            continue;
        };
        // An idea that was sent later is, in this report, not sent yet.
        let sent = entry.date("sent_on").filter(|day| *day <= report.asked.cut_off);
        list.push(vec![
            words(&entry, "title"),
            place(read, &entry),
            codes(&entry, "stage", "contest_stage"),
            sent.map_or(Cell::Nothing, Cell::Date),
            codes(&entry, "result", "contest_result"),
        ]);
    }
    Ok(list.0)
}

/// Difficulties as they stood at the cut-off: one solved since was open then.
fn issues(read: &dyn Read, report: &Periodic, ids: &[Id]) -> Result<Table, StoreError> {
    let mut list = List::new(vec![
        Column::text("Ngày ghi nhận").weight(10),
        Column::text("HTX, THT").weight(22),
        Column::text("Khó khăn").weight(20),
        Column::text("Nội dung").weight(26),
        Column::text("Tình trạng").weight(16),
    ]);
    for id in ids {
        let Some(entry) = read.get("issue", *id)? else { continue };
        list.push(vec![
            day(&entry, "opened_on"),
            Cell::text(name(read, "cooperative", entry.reference("cooperative"))?),
            codes(&entry, "difficulty", "difficulty"),
            words(&entry, "text"),
            match entry.date("closed_on").filter(|day| *day > report.asked.cut_off) {
                Some(day) => Cell::text(format!("Giải quyết ngày {}", format_date(day))),
                None => codes(&entry, "state", "issue_state"),
            },
        ]);
    }
    Ok(list.0)
}

/// Administrative units of the area that ended in the period, with what they became.
fn changes(read: &dyn Read, books: &Books, report: &Periodic) -> Table {
    let window = report.asked.window();
    let mut list = List::new(vec![
        Column::text("Đơn vị cũ").weight(30),
        Column::text("Đến hết ngày").weight(12),
        Column::text("Đơn vị kế tiếp").weight(40),
    ]);
    let area = Area::new(&books.tree, read.known(), &report.asked.unit, window.to);
    for unit in units().iter() {
        let Some(last) = unit.valid_to.filter(|last| window.contains(*last)) else {
            continue;
        };
        if !area.contains(unit.uid) {
            continue;
        }
        let followers = units().successors(unit.uid);
        let names: Vec<&str> = followers
            .iter()
            .filter_map(|(uid, _)| units().get(uid))
            .map(|unit| unit.name)
            .collect();
        list.push(vec![
            Cell::text(unit.name),
            Cell::Date(last),
            Cell::text(names.join("; ")),
        ]);
    }
    list.0
}
