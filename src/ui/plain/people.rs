//! Attendance line by line: a name adds somebody, numbers name those absent, signs do the rest. The list is the grid's
//! own, and so are its draft and its one transaction.

use super::Desk;
use super::rows::{self, Listed, Rows};
use super::talk::{Stop, Talk};
use crate::domain::id::Id;
use crate::domain::text::{Lang, Message, Text};
use crate::store::Draft;
use crate::ui::data::Work;
use crate::ui::grid::attendance::keep;
use crate::ui::grid::attendance::line::{self, Hit, Reading};
use crate::ui::grid::attendance::people::People;
use crate::ui::grid::attendance::{Days, Mark, Naming, Row, Sheet, invite};
use crate::ui::grid::sheet::Stopped;
use crate::vietnamese::date::format_date;
use std::collections::BTreeSet;

const HELP: [Text; 9] = [
    Text::new(
        "Tên: thêm người đến lớp, kèm điện thoại nếu muốn lập hồ sơ.",
        "A name: somebody who came; with a telephone she is put on record.",
    ),
    Text::new(
        "4 9 hoặc 4-7: những số vắng.",
        "4 9 or 4-7: the numbers of those absent.",
    ),
    Text::new(
        "++ : mọi người có mặt, rồi gõ số người vắng.",
        "++: everybody is present; then type those absent.",
    ),
    Text::new(
        "-- : mọi người vắng, rồi gõ số người có mặt.",
        "--: everybody is absent; then type those present.",
    ),
    Text::new(
        "@2 : chỉ ngày thứ 2; @ : mọi ngày.",
        "@2: the second day alone; @: all days.",
    ),
    Text::new(
        "= : chép danh sách từ lớp trước, từ HTX.",
        "=: copy a list from a session, a cooperative.",
    ),
    Text::new(
        "#4 012/2026 : số chứng nhận của số 4. ~4 : bỏ số 4.",
        "#4 012/2026: number 4's certificate. ~4: drop number 4.",
    ),
    Text::new(
        "* : đọc danh sách. < : lùi một bước.",
        "*: read the list. <: one step back.",
    ),
    Text::new(
        ". : lưu. .. : dừng, giữ bản nháp.",
        ".: save. ..: stop and keep a draft.",
    ),
];

/// The list while it is worked on.
struct List {
    sheet: Sheet,
    naming: Naming,
    days: Days,
}

/// Asks which session, then for its list.
///
/// # Errors
/// The conversation cannot go on; what was done is in a draft.
pub fn begin(desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
    let question = Text::new(
        "Lớp nào? Lớp cũ hơn: tìm ở mục Tra cứu.",
        "Which session? Older ones: by looking them up.",
    );
    let none = Text::new("Chưa có lớp tập huấn nào.", "There is no session yet.");
    match rows::choose_event("training", None, (question, none), desk, talk)? {
        Some(training) => list(training, desk, talk),
        None => Ok(()),
    }
}

/// Asks for the list of a session; a draft left of it is gone on with.
///
/// # Errors
/// The conversation cannot go on; what was done is in a draft.
pub fn list(training: Id, desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
    let sheet = {
        let read = desk.store.reader();
        let drafts = desk.store.drafts()?;
        let mut sheet = Sheet::load(&read, training)?;
        if let (Some(sheet), Some(draft)) = (
            &mut sheet,
            drafts.iter().find(|draft| draft.id == keep::draft_id(training)),
        ) {
            keep::resume(sheet, draft, &read)?;
        }
        sheet
    };
    let Some(sheet) = sheet else {
        return talk.say(Text::new("Lớp này không còn.", "This session is gone."));
    };
    let mut list = List {
        sheet,
        naming: Naming::Absent,
        days: Days::All,
    };
    list.greet(talk)?;
    rows::converse(&mut list, desk, talk)
}

impl Listed for List {
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
        keep::draft(&self.sheet, "")
    }

    fn saving(&self, accepted: &BTreeSet<usize>, stopped: Stopped) -> Work {
        keep::save(&self.sheet, accepted, stopped)
    }

    fn help(&self) -> &'static [Text] {
        &HELP
    }

    fn say_totals(&self, talk: &mut Talk<'_>) -> Result<(), Stop> {
        let totals = self.sheet.totals();
        talk.say(Message::new(
            format!("Có mặt {}/{}, nữ {}.", totals.present, totals.listed, totals.women),
            format!(
                "{} of {} present, {} women.",
                totals.present, totals.listed, totals.women
            ),
        ))
    }

    /// "4 Nguyễn Thị Đào (nữ): vắng."
    fn say_row(&self, at: usize, talk: &mut Talk<'_>) -> Result<(), Stop> {
        let Some(row) = self.sheet.rows().get(at) else {
            return Ok(());
        };
        let lang = talk.lang;
        let sex = match row.who.gender {
            Some("NU") => Text::new(" (nữ)", " (woman)"),
            Some(_) => Text::new(" (nam)", " (man)"),
            None => Text::default(),
        };
        let certificate = match (row.number.is_empty(), lang) {
            (true, _) => String::new(),
            (false, Lang::Vi) => format!(", chứng nhận {}", row.number),
            (false, Lang::En) => format!(", certificate {}", row.number),
        };
        let mark = self.mark(row).get(lang);
        talk.line(format!(
            "{} {}{}: {mark}{certificate}.",
            at + 1,
            row.who.name,
            sex.get(lang)
        ))
    }

    fn take(&mut self, answer: &str, desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
        match answer {
            "++" => {
                self.naming = Naming::Absent;
                self.sheet.mark_all(self.days, Mark::Present);
                return self.say_totals(talk);
            }
            "--" => {
                self.naming = Naming::Present;
                self.sheet.mark_all(self.days, Mark::Absent);
                return self.say_totals(talk);
            }
            "=" => return self.copy(desk, talk),
            _ => {}
        }
        let mut letters = answer.chars();
        match letters.next() {
            Some('@') => self.choose_day(letters.as_str(), talk),
            Some('#') => self.certify(letters.as_str(), talk),
            _ => self.read(answer, desk, talk),
        }
    }
}

impl List {
    fn greet(&self, talk: &mut Talk<'_>) -> Result<(), Stop> {
        let session = &self.sheet.event;
        let from = session.from.map(format_date).unwrap_or_default();
        talk.line("")?;
        talk.say(Message::new(
            format!("Điểm danh: {} · {from}.", session.title),
            format!("Attendance: {} · {from}.", session.title),
        ))?;
        self.say_totals(talk)?;
        talk.say(Text::new(
            "Gõ tên để thêm người, số để ghi vắng, . để lưu, ? để nghe mọi cách.",
            "A name adds somebody, numbers mark absent, . saves, ? tells all.",
        ))
    }

    fn choose_day(&mut self, number: &str, talk: &mut Talk<'_>) -> Result<(), Stop> {
        let days = self.sheet.event.days;
        match number.trim().parse::<usize>() {
            Ok(day) if days > 1 && (1..=days).contains(&day) => {
                self.days = Days::One(day - 1);
                let label = self.sheet.event.day_label(day - 1);
                talk.say(Message::new(
                    format!("Điểm danh ngày {label}."),
                    format!("Attendance of {label}."),
                ))
            }
            _ => {
                self.days = Days::All;
                talk.say(Text::new("Điểm danh mọi ngày.", "Attendance of all days."))
            }
        }
    }

    fn certify(&mut self, words: &str, talk: &mut Talk<'_>) -> Result<(), Stop> {
        let (number, certificate) = words.trim().split_once(' ').unwrap_or((words, ""));
        let Some(at) = rows::place(self, number, talk)? else {
            return Ok(());
        };
        self.sheet.put_number(at, certificate);
        self.say_row(at, talk)
    }

    /// A list from elsewhere.
    fn copy(&mut self, desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
        let read = desk.store.reader();
        let sources = invite::sources(&read, &self.sheet.event, desk.lang())?;
        let items: Vec<String> = sources
            .iter()
            .map(|source| format!("{} {}", source.label, source.note).trim().to_owned())
            .collect();
        let Some(place) = talk.choose(Text::new("Chép từ đâu?", "Copy from where?"), &items)? else {
            return Ok(());
        };
        let people = invite::people(&read, &self.sheet.event, &sources[place].source)?;
        let (_, added) = self.sheet.add(people);
        talk.say(Message::new(format!("Thêm {added} người."), format!("Added {added}.")))?;
        self.say_totals(talk)
    }

    /// Numbers of rows, or somebody's name.
    fn read(&mut self, answer: &str, desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
        let read = desk.store.reader();
        let typed = desk.name(answer);
        let reading = Reading::of(&typed, &self.sheet, &desk.names, &read)?;
        if let Some(wrong) = reading.wrong {
            return talk.say(wrong);
        }
        if !reading.rows.is_empty() {
            self.sheet.mark(&reading.rows, self.days, self.naming.mark());
            for at in reading.rows {
                self.say_row(at, talk)?;
            }
            return self.say_totals(talk);
        }
        let chosen = match reading.hits.as_slice() {
            [] => {
                return talk.say(Message::new(
                    format!("Không tìm thấy \"{typed}\". Gõ họ tên."),
                    format!("\"{typed}\" is not found. Type the name."),
                ));
            }
            [only] => only.clone(),
            several => {
                let items: Vec<String> = several.iter().map(|hit| self.spoken(hit, talk.lang)).collect();
                match talk.choose(Text::new("Ai?", "Who?"), &items)? {
                    Some(place) => several[place].clone(),
                    None => return Ok(()),
                }
            }
        };
        let at = match chosen {
            Hit::Listed(at) => {
                self.sheet.mark(&[at], self.days, self.naming.mark());
                at
            }
            Hit::Person { id, .. } => {
                let who = People::of(&read, &self.sheet.event).person(id)?;
                self.sheet.walk_in(who, self.days)
            }
            Hit::New(_) => match line::unknown(&typed) {
                Some((who, phone)) if !phone.is_empty() => {
                    self.sheet.walk_in(keep::to_be_recorded(who, &phone), self.days)
                }
                Some((who, _)) => self.sheet.walk_in(who, self.days),
                None => return Ok(()),
            },
        };
        self.say_row(at, talk)
    }

    fn spoken(&self, hit: &Hit, lang: Lang) -> String {
        match hit {
            Hit::Listed(at) => {
                let row = &self.sheet.rows()[*at];
                let there = Text::new("có trong danh sách, số", "on the list, number").get(lang);
                format!("{}, {there} {}", row.who.name, at + 1)
            }
            Hit::Person { name, detail, .. } if detail.is_empty() => name.clone(),
            Hit::Person { name, detail, .. } => format!("{name}, {detail}"),
            Hit::New(name) => format!("{name}, {}", Text::new("người mới", "somebody new").get(lang)),
        }
    }

    fn mark(&self, row: &Row) -> Text {
        let mark = match self.days {
            Days::All => row.marks.whole(),
            Days::One(day) => row.marks.get(day),
        };
        match mark {
            _ if !row.is_kept() => Text::new("bỏ khỏi danh sách", "dropped"),
            Mark::Present => Text::new("có mặt", "present"),
            Mark::Absent => Text::new("vắng", "absent"),
            Mark::Open => Text::new("đăng ký", "registered"),
        }
    }
}
