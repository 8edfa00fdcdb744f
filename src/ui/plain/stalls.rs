//! The booths of a fair line by line: an exhibitor begins a row, its further columns are asked one after the other, or
//! given in the same line parted by semicolons. The sheet is the grid's own, and so are its draft and its transaction.

use super::Desk;
use super::form::composed;
use super::rows::{self, Listed, Rows};
use super::talk::{Stop, Talk};
use crate::domain::id::Id;
use crate::domain::text::{Lang, Message, Text};
use crate::store::{Draft, Read};
use crate::ui::data::Work;
use crate::ui::grid::booths::exhibitor::{self, Hit};
use crate::ui::grid::booths::keep;
use crate::ui::grid::booths::sheet::{self, Exhibitor};
use crate::ui::grid::booths::{Column, Plan, Row, Sheet, Totals};
use crate::ui::grid::register::Register;
use crate::ui::grid::sheet::Stopped;
use crate::vietnamese::date::format_date;
use crate::vietnamese::number::format_money_short;
use std::collections::BTreeSet;

const HELP: [Text; 7] = [
    Text::new(
        "Tên, mã đơn vị trưng bày: gian kế tiếp; các cột được hỏi lần lượt, Enter bỏ qua, . sang gian khác.",
        "An exhibitor's name or code: the next booth; its columns are asked in turn, Enter passes on, . goes to the next booth.",
    ),
    Text::new(
        "Cả gian trong một dòng: an khang; 2; trà gừng; 4",
        "A whole booth in one line: an khang; 2; trà gừng; 4",
    ),
    Text::new("#3 : sửa gian ở dòng 3.", "#3: change the booth in row 3."),
    Text::new("~3 : bỏ gian ở dòng 3.", "~3: drop the booth in row 3."),
    Text::new(
        "= : chép gian hàng từ hội chợ trước.",
        "=: copy the booths of an earlier fair.",
    ),
    Text::new(
        "* : đọc các gian. < : lùi một bước.",
        "*: read the booths. <: one step back.",
    ),
    Text::new(
        ". : lưu. .. : dừng, giữ bản nháp.",
        ".: save. ..: stop and keep a draft.",
    ),
];

/// The sheet while it is worked on.
struct Stalls {
    sheet: Sheet,
    plan: Option<Plan>,
}

/// Asks which fair, then for its booths.
///
/// # Errors
/// The conversation cannot go on; what was done is in a draft.
pub fn begin(desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
    let Some(fair) = choose_fair(None, desk, talk)? else {
        return Ok(());
    };
    list(fair, desk, talk)
}

/// One of the latest fairs; not this one.
fn choose_fair(but: Option<Id>, desk: &Desk, talk: &mut Talk<'_>) -> Result<Option<Id>, Stop> {
    let question = Text::new(
        "Hội chợ nào? Hội chợ cũ hơn: tìm ở mục Tra cứu.",
        "Which fair? Older ones: by looking them up.",
    );
    let none = Text::new("Chưa có hội chợ nào.", "There is no fair yet.");
    rows::choose_event("fair", but, (question, none), desk, talk)
}

/// Asks for the booths of a fair; a draft left of them is gone on with.
///
/// # Errors
/// The conversation cannot go on; what was done is in a draft.
pub fn list(fair: Id, desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
    let loaded = {
        let read = desk.store.reader();
        let drafts = desk.store.drafts()?;
        match Sheet::load(&read, fair)? {
            Some(mut sheet) => {
                if let Some(draft) = drafts.iter().find(|draft| draft.id == keep::draft_id(fair)) {
                    keep::resume(&mut sheet, draft, &read)?;
                }
                let plan = Plan::of(&read, &sheet.event)?;
                Some((sheet, plan))
            }
            None => None,
        }
    };
    let Some((sheet, plan)) = loaded else {
        return talk.say(Text::new("Hội chợ này không còn.", "This fair is gone."));
    };
    let mut stalls = Stalls { sheet, plan };
    stalls.greet(talk)?;
    rows::converse(&mut stalls, desk, talk)
}

impl Listed for Stalls {
    fn rows(&self) -> &dyn Rows {
        &self.sheet
    }

    fn rows_mut(&mut self) -> &mut dyn Rows {
        &mut self.sheet
    }

    fn draft_id(&self) -> Id {
        keep::draft_id(self.sheet.event.id)
    }

    fn draft(&self) -> Draft {
        keep::draft(&self.sheet)
    }

    fn saving(&self, accepted: &BTreeSet<usize>, stopped: Stopped) -> Work {
        keep::save(&self.sheet, accepted, stopped)
    }

    fn help(&self) -> &'static [Text] {
        &HELP
    }

    fn say_next(&self, talk: &mut Talk<'_>) -> Result<(), Stop> {
        let number = self.sheet.next_number();
        talk.say(Message::new(
            format!("Gian {number}. Đơn vị trưng bày?"),
            format!("Booth {number}. Exhibitor?"),
        ))
    }

    fn say_totals(&self, talk: &mut Talk<'_>) -> Result<(), Stop> {
        let totals = Totals::of(self.sheet.rows());
        let planned = self.plan.map(|plan| plan.low).unwrap_or_default();
        let revenue = format_money_short(totals.revenue);
        let missing = planned.saturating_sub(i64::try_from(totals.booths).unwrap_or(i64::MAX));
        let (vi, en) = if missing > 0 {
            (
                format!(", còn thiếu {missing}"),
                format!(", {missing} short of the plan"),
            )
        } else {
            (String::new(), String::new())
        };
        talk.say(Message::new(
            format!("{} gian, doanh thu {revenue}{vi}.", totals.booths),
            format!("{} booths, takings {revenue}{en}.", totals.booths),
        ))
    }

    /// "Dòng 2, gian A2: HTX An Khang, đã trưng bày, …"
    fn say_row(&self, at: usize, talk: &mut Talk<'_>) -> Result<(), Stop> {
        let Some(row) = self.sheet.rows().get(at) else {
            return Ok(());
        };
        let lang = talk.lang;
        let cells = Column::ALL.iter().skip(1).map(|column| column.show(row, lang));
        let mut cells: Vec<String> = cells.filter(|cell| !cell.is_empty()).collect();
        if !row.is_kept() {
            cells.push(Text::new("bỏ khi lưu", "dropped on saving").get(lang).to_owned());
        }
        let (place, number, cells) = (at + 1, row.number(), cells.join(", "));
        talk.say(Message::new(
            format!("Dòng {place}, gian {number}: {cells}."),
            format!("Row {place}, booth {number}: {cells}."),
        ))
    }

    fn take(&mut self, answer: &str, desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
        if answer == "=" {
            return self.copy(desk, talk);
        }
        let Some(number) = answer.strip_prefix('#') else {
            return self.add(answer, desk, talk);
        };
        match rows::place(self, number, talk)? {
            Some(at) => self.columns(at, Column::Exhibitor, desk, talk),
            None => Ok(()),
        }
    }
}

impl Stalls {
    fn greet(&self, talk: &mut Talk<'_>) -> Result<(), Stop> {
        let fair = &self.sheet.event;
        let from = fair.from.map(format_date).unwrap_or_default();
        talk.line("")?;
        talk.say(Message::new(
            format!("Gian hàng: {} · {from}.", fair.title),
            format!("Booths: {} · {from}.", fair.title),
        ))?;
        self.say_totals(talk)?;
        talk.say(Text::new(
            "Gõ đơn vị trưng bày để thêm gian, . để lưu, ? để nghe mọi cách.",
            "Type an exhibitor to add a booth, . saves, ? tells all.",
        ))
    }

    /// A new booth: its exhibitor, then its columns out of the same line or by questions.
    fn add(&mut self, answer: &str, desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
        let at = self.sheet.rows().len();
        let mut parts = answer.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        if !self.put_exhibitor(at, name, desk, talk)? {
            return Ok(());
        }
        let given: Vec<&str> = parts.collect();
        if given.is_empty() {
            return self.columns(at, Column::Categories, desk, talk);
        }
        for (part, column) in given.into_iter().zip(self.asked_after(Column::Exhibitor)) {
            if !part.is_empty() {
                self.put(at, column, part, desk, talk)?;
            }
        }
        self.say_row(at, talk)
    }

    /// The columns asked for behind one, as Enter goes through them on the screen.
    fn asked_after(&self, column: Column) -> Vec<Column> {
        let ahead = self.sheet.event.is_ahead();
        let stops = |column: &Column| !ahead || column.is_for_registering();
        let behind = Column::ALL.into_iter().skip_while(|other| *other != column).skip(1);
        behind.filter(stops).collect()
    }

    /// Asks for the columns of a row from one on.
    fn columns(&mut self, at: usize, from: Column, desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
        let lang = desk.lang();
        let mut asked = self.asked_after(from);
        asked.insert(0, from);
        for column in asked {
            loop {
                rows::keep(self, desk)?;
                let shown = self
                    .sheet
                    .rows()
                    .get(at)
                    .map(|row| column.show(row, lang))
                    .unwrap_or_default();
                let now = if shown.is_empty() {
                    String::new()
                } else {
                    format!(" ({shown})")
                };
                let choices = column.choices(lang).join("; ");
                let choices = if choices.is_empty() {
                    choices
                } else {
                    format!(" {choices}")
                };
                talk.line(format!("{}{now}?{choices}", column.field().label.get(lang)))?;
                let answer = talk.answer()?;
                let done = match answer.as_str() {
                    "" => true,
                    "." | ".." => return self.say_row(at, talk),
                    "-" => self.empty(at, column, talk)?,
                    answer => self.put(at, column, answer, desk, talk)?,
                };
                if done {
                    break;
                }
            }
        }
        self.say_row(at, talk)
    }

    fn empty(&mut self, at: usize, column: Column, talk: &mut Talk<'_>) -> Result<bool, Stop> {
        if matches!(column, Column::Number | Column::Exhibitor | Column::State) {
            talk.say(Text::new("Ô này không để trống được.", "This cannot be left empty."))?;
            return Ok(false);
        }
        self.sheet.put(at, column, None);
        Ok(true)
    }

    /// Puts what was typed into a cell; whether it could be read.
    fn put(&mut self, at: usize, column: Column, typed: &str, desk: &Desk, talk: &mut Talk<'_>) -> Result<bool, Stop> {
        if column == Column::Exhibitor {
            return self.put_exhibitor(at, typed, desk, talk);
        }
        let read = desk.store.reader();
        let text = if column.is_text() {
            composed(typed, &desk.prefs.typing)
        } else {
            typed.to_owned()
        };
        match column.read(&text, read.known()) {
            Ok(value) => {
                self.sheet.put(at, column, value);
                if let Some(row) = self.sheet.rows().get(at) {
                    let shown = column.show(row, desk.lang());
                    if shown != typed {
                        talk.say(Message::new(format!("Ghi là: {shown}"), format!("Taken as: {shown}")))?;
                    }
                }
                Ok(true)
            }
            Err(wrong) => {
                talk.say(wrong)?;
                Ok(false)
            }
        }
    }

    /// Puts the exhibitor that is meant into a row; whether there is one.
    fn put_exhibitor(&mut self, at: usize, typed: &str, desk: &Desk, talk: &mut Talk<'_>) -> Result<bool, Stop> {
        let read = desk.store.reader();
        let typed = desk.name(typed);
        let register = Register {
            names: &desk.names,
            kinds: &["cooperative", "person"],
            read: &read,
        };
        let hits = exhibitor::find(&typed, at, &self.sheet, &register);
        let chosen = match hits.as_slice() {
            [] => {
                talk.say(Message::new(
                    format!("Không tìm thấy \"{typed}\". Gõ tên đơn vị, hoặc mã khác."),
                    format!("\"{typed}\" is not found. Type a name, or another code."),
                ))?;
                return Ok(false);
            }
            [only] => only,
            several => {
                let items: Vec<String> = several.iter().map(|hit| spoken(hit, talk.lang)).collect();
                match talk.choose(Text::new("Đơn vị nào?", "Which exhibitor?"), &items)? {
                    Some(place) => &several[place],
                    None => return Ok(false),
                }
            }
        };
        self.sheet.put_exhibitor(at, &chosen.exhibitor);
        talk.line(chosen.exhibitor.name())?;
        Ok(true)
    }

    fn copy(&mut self, desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
        let Some(fair) = choose_fair(Some(self.sheet.event.id), desk, talk)? else {
            return Ok(());
        };
        let read = desk.store.reader();
        let mut earlier = Vec::new();
        for entry in sheet::entries(&read, fair)? {
            earlier.push(Row::read(entry, &read)?);
        }
        let (_, count) = self.sheet.copy_from(&earlier);
        talk.say(Message::new(
            format!("Đã chép {count} gian hàng, chưa kể đơn vị đã có."),
            format!("Copied {count} booths, leaving out exhibitors that are here."),
        ))
    }
}

fn spoken(hit: &Hit, lang: Lang) -> String {
    let name = hit.exhibitor.name();
    let what = match &hit.exhibitor {
        Exhibitor::Name(_) => Text::new("ghi theo tên này", "by this name").get(lang),
        _ => hit.code.as_str(),
    };
    let booth = match (&hit.booth, lang) {
        (Some(number), Lang::Vi) => format!(", đã có gian {number}"),
        (Some(number), Lang::En) => format!(", has booth {number}"),
        (None, _) => String::new(),
    };
    format!("{name}, {what}{booth}")
}
