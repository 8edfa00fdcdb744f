//! The weekly report line by line: which week, its figures as sentences, then the file that is sent.

use super::Desk;
use super::talk::{Stop, Talk};
use crate::domain::known::Known;
use crate::domain::period::{Period, PeriodKind};
use crate::domain::text::{Lang, Message, Text};
use crate::report::weekly::sending::{self, Format, Parting};
use crate::report::weekly::{self, Column, Nature, WeeklySummary, closed};
use crate::report::{file, plain};
use crate::store::Warnings;
use crate::ui::data::Work;
use crate::vietnamese::date::{Near, read_date};
use crate::vietnamese::number::format_count;

/// Asks for the week and what to do with its report.
///
/// # Errors
/// The conversation cannot go on.
pub fn begin(desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
    let Some(office) = desk.store.reader().office() else {
        return talk.say(Text::new(
            "Sổ này chưa biết là của cơ quan nào, nên chưa có báo cáo. Đặt ở mục 11.",
            "This logbook does not know its office yet, so there is no report. Item 11 sets it.",
        ));
    };
    let Some(period) = choose_week(desk, talk)? else {
        return Ok(());
    };
    let summary = weekly::collect(&desk.store.reader(), period, &office)?;
    for line in figures(&summary, desk.lang()) {
        talk.line(line)?;
    }
    let items = [
        Text::new("Đọc cả báo cáo", "Read the whole report"),
        Text::new("Xuất Word (docx)", "Export for Word (docx)"),
        Text::new("Xuất Excel (xlsx)", "Export for Excel (xlsx)"),
        Text::new("Xuất csv", "Export csv"),
        Text::new("Xuất tin nhắn (txt)", "Export a message (txt)"),
    ];
    let items = items.map(|item| item.get(desk.lang()).to_owned());
    loop {
        let what = match talk.choose(Text::new("Làm gì với báo cáo này?", "What with this report?"), &items)? {
            Some(0) => {
                read_out(&summary, desk, talk)?;
                continue;
            }
            Some(1) => Format::Docx,
            Some(2) => Format::Xlsx,
            Some(3) => Format::Csv,
            Some(_) => Format::Text,
            None => return Ok(()),
        };
        export(&summary, what, desk, talk)?;
    }
}

fn choose_week(desk: &Desk, talk: &mut Talk<'_>) -> Result<Option<Period>, Stop> {
    let (start, today) = (desk.store.settings().week_start.weekday(), desk.store.today());
    let this = Period::week_of(today, start);
    let weeks: Vec<Period> = std::iter::successors(Some(this), Period::previous).take(2).collect();
    let mut items: Vec<String> = weeks
        .iter()
        .map(|week| week.label().get(desk.lang()).to_owned())
        .collect();
    items.push(
        Text::new("Tuần khác, theo ngày", "Another week, by a day")
            .get(desk.lang())
            .to_owned(),
    );
    match talk.choose(Text::new("Báo cáo tuần nào?", "Which week?"), &items)? {
        None => Ok(None),
        Some(place) if place < weeks.len() => Ok(Some(weeks[place])),
        Some(_) => loop {
            let day = talk.ask(Text::new(
                "Một ngày của tuần ấy, ví dụ 22/5/2026. Enter để thôi.",
                "A day of that week, 22/5/2026 say. Enter goes back.",
            ))?;
            if day.is_empty() {
                return Ok(None);
            }
            match read_date(&day, today, Near::Past) {
                Ok(day) => return Ok(Some(Period::week_of(day, start))),
                Err(_) => talk.say(Message::new(
                    format!("Không đọc được ngày \"{day}\"."),
                    format!("\"{day}\" is no day."),
                ))?,
            }
        },
    }
}

/// The figures as sentences: what has any number, then what needs attention and what lies ahead.
fn figures(summary: &WeeklySummary, lang: Lang) -> Vec<String> {
    let mut lines = vec![format!("{}. {}.", summary.period.label().get(lang), summary.unit_name)];
    for line in &summary.lines {
        let [this, previous, year] = [Column::This, Column::Previous, Column::Year].map(|column| line.value(column));
        if this == 0 && previous == 0 && year == 0 {
            continue;
        }
        let (this, previous, year) = (format_count(this), format_count(previous), format_count(year));
        let label = line.label.get(lang);
        // What stands on the last day of the period is one number, whichever week one looks back from.
        lines.push(match (line.nature, lang) {
            (Nature::Stock, _) => format!("{label}: {this}."),
            (_, Lang::Vi) => format!("{label}: {this}; tuần trước {previous}; từ đầu năm {year}."),
            (_, Lang::En) => format!("{label}: {this}; last week {previous}; this year {year}."),
        });
    }
    if lines.len() == 1 {
        lines.push(Text::new("Không phát sinh.", "Nothing happened.").get(lang).to_owned());
    }
    let minded = summary.attention.iter().map(|point| point.text.get(lang));
    let minded = minded.map(|text| format!("{}: {text}.", Text::new("Chú ý", "To mind").get(lang)));
    lines.extend(minded);
    lines
}

fn read_out(summary: &WeeklySummary, desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
    let read = desk.store.reader();
    let made = sending::now(&read);
    let frame = sending::frame(&read, summary, made, Parting::Whole)?;
    let document = weekly::layout::doc(summary, &frame, made);
    for line in plain::write(&document).lines() {
        talk.line(line.trim_start())?;
    }
    Ok(())
}

/// Writes the file beside where the program was begun; a document closes the week, as on the screen.
fn export(summary: &WeeklySummary, format: Format, desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
    let read = desk.store.reader();
    let made = sending::now(&read);
    let frame = sending::frame(&read, summary, made, Parting::Whole)?;
    let folder = std::env::current_dir().unwrap_or_default();
    let path = sending::free_path(&folder, &read, summary, format);
    let written = format
        .write(&read, summary, &frame, made, desk.lang())
        .and_then(|bytes| file::save(&path, &bytes).map_err(|error| error.message()));
    if let Err(why) = written {
        return talk.say(why);
    }
    talk.say(Message::new(
        format!("Đã xuất ra {}", path.display()),
        format!("Exported to {}", path.display()),
    ))?;
    if format.is_sent() && summary.period.kind == PeriodKind::Week {
        let entry = closed::frozen(&read, summary, read.today())?;
        if let Some(entry) = entry {
            let work = Work::transaction(move |txn| {
                txn.save(entry, Warnings::Accept)?;
                Ok(Message::default())
            });
            if let Err(refusal) = work.carry_out(&desk.store) {
                for message in refusal.messages() {
                    talk.say(message)?;
                }
            }
        }
    }
    Ok(())
}
