//! What can be done, by number. A fault of the store is told and the menu goes on; only the end of the lines ends it.

use super::talk::{Stop, Talk};
use super::{Desk, drafts, form, lookup, office, people, stalls, week};
use crate::domain::known::{Known, unit_name};
use crate::domain::record::{KINDS, Kind};
use crate::domain::text::{Lang, Message, Text};
use crate::store::Read;
use crate::vietnamese::typing::METHODS;

/// What stands in the menu, in its order.
const ITEMS: [Text; 11] = [
    Text::new("Ghi lượt thăm HTX, THT", "Record a visit"),
    Text::new("Ghi lớp tập huấn", "Record a training session"),
    Text::new("Ghi hội chợ, sự kiện", "Record a fair"),
    Text::new("Ghi HTX, THT mới", "Record a new cooperative"),
    Text::new("Ghi loại khác", "Record something else"),
    Text::new("Tra cứu", "Look up"),
    Text::new("Điểm danh lớp tập huấn", "Attendance of a session"),
    Text::new("Gian hàng hội chợ", "Booths of a fair"),
    Text::new("Báo cáo tuần", "The weekly report"),
    Text::new("Bản nháp", "Drafts"),
    Text::new("Cơ quan, kiểu gõ, ngôn ngữ", "Office, typing, language"),
];

/// The place of the drafts among them.
const DRAFTS: usize = 9;

/// What the menu tells of itself.
const HELP: [Text; 4] = [
    Text::new(
        "Mỗi câu hỏi là một dòng; gõ câu trả lời rồi Enter.",
        "Every question is a line; type the answer, then Enter.",
    ),
    Text::new(
        "Trong phiếu: Enter bỏ qua, . lưu, .. dừng và giữ nháp, ? nghe mọi cách trả lời.",
        "In a form: Enter passes on, . saves, .. stops and keeps a draft, ? tells every way to answer.",
    ),
    Text::new(
        "Mọi câu trả lời được giữ ngay; mất điện hay đóng cửa sổ thì mở lại ở mục Bản nháp.",
        "Every answer is kept at once; after a power cut or a closed window Drafts goes on with it.",
    ),
    Text::new(
        "Bản có màn hình đầy đủ: chạy sohoi, không có --plain.",
        "With the full screen: run sohoi without --plain.",
    ),
];

/// Serves until the officer leaves.
///
/// # Errors
/// The lines end, or nothing can be said any more.
pub fn serve(desk: &mut Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
    talk.say(Text::new("Sổ Hội, từng dòng một.", "Sổ Hội, line by line."))?;
    if desk.store.settings().office.unit.is_none() {
        office::begin(desk, talk)?;
    } else {
        let reader = desk.store.reader();
        let name = unit_name(reader.known(), reader.office().as_deref());
        talk.line(name)?;
    }
    say_typing(desk, talk)?;
    say_items(desk, talk)?;
    loop {
        talk.line("")?;
        talk.say(Text::new(
            "Việc gì? Gõ số rồi Enter; ? để nghe các mục.",
            "What next? A number, then Enter; ? tells the items.",
        ))?;
        let answer = talk.answer()?;
        let done = match answer.as_str() {
            "0" => return Ok(()),
            "" => Ok(()),
            "?" => HELP
                .iter()
                .try_for_each(|line| talk.say(*line))
                .and_then(|()| say_items(desk, talk)),
            number => match number.parse::<usize>() {
                Ok(place) if (1..=ITEMS.len()).contains(&place) => open(place, desk, talk),
                _ => talk.no_such_number(ITEMS.len()),
            },
        };
        match done {
            Err(Stop::Store(error)) => talk.say(error.message())?,
            done => done?,
        }
    }
}

/// All items: said once, and again when asked for, so that whoever listens is not told them after every step.
fn say_items(desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
    talk.line("")?;
    let drafts = desk.store.drafts().map_or(0, |drafts| drafts.len());
    for (place, item) in ITEMS.iter().enumerate() {
        let count = if place == DRAFTS && drafts > 0 {
            format!(" ({drafts})")
        } else {
            String::new()
        };
        talk.line(format!("{} {}{count}", place + 1, item.get(desk.lang())))?;
    }
    talk.say(Text::new("0 Thoát", "0 Leave"))
}

fn open(place: usize, desk: &mut Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
    match place {
        1 => form::create("visit", Vec::new(), desk, talk),
        2 => form::create("training", Vec::new(), desk, talk),
        3 => form::create("fair", Vec::new(), desk, talk),
        4 => form::create("cooperative", Vec::new(), desk, talk),
        5 => other(desk, talk),
        6 => lookup::begin(desk, talk),
        7 => people::begin(desk, talk),
        8 => stalls::begin(desk, talk),
        9 => week::begin(desk, talk),
        10 => drafts::begin(desk, talk),
        _ => settings(desk, talk),
    }
}

/// A record of any other kind that an officer makes.
fn other(desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
    let in_menu = ["visit", "training", "fair", "cooperative", "closed_report"];
    let others: Vec<&&dyn Kind> = KINDS.iter().filter(|kind| !in_menu.contains(&kind.key())).collect();
    let labels: Vec<String> = others
        .iter()
        .map(|kind| kind.label().get(desk.lang()).to_owned())
        .collect();
    match talk.choose(Text::new("Ghi loại nào?", "Which kind?"), &labels)? {
        Some(place) => form::create(others[place].key(), Vec::new(), desk, talk),
        None => Ok(()),
    }
}

/// Says what the built-in typing does with a line.
fn say_typing(desk: &Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
    let typing = &desk.store.settings().typing;
    let label = desk.prefs.typing.method.label();
    if typing.on {
        talk.say(Message::new(
            format!("Kiểu gõ có sẵn: {label}. Dòng gõ bằng phím được đổi thành chữ; \\ ở đầu dòng để giữ nguyên."),
            format!("Built-in typing: {label}. A line of keystrokes becomes text; \\ first leaves it as it is."),
        ))
    } else {
        talk.say(Text::new(
            "Kiểu gõ có sẵn đang tắt: chữ được ghi như đã gõ.",
            "The built-in typing is off: text is taken as typed.",
        ))
    }
}

fn settings(desk: &mut Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
    let items = [
        Text::new("Cơ quan, cán bộ", "Office and officer"),
        Text::new("Bật hoặc tắt kiểu gõ có sẵn", "Turn the built-in typing on or off"),
        Text::new("Chọn kiểu gõ", "Choose the way of typing"),
        Text::new("English", "Tiếng Việt"),
    ];
    let labels: Vec<String> = items.iter().map(|item| item.get(desk.lang()).to_owned()).collect();
    let mut settings = desk.store.settings().as_ref().clone();
    match talk.choose(Text::new("Đổi gì?", "What is to change?"), &labels)? {
        Some(0) => office::begin(desk, talk),
        Some(1) => {
            settings.typing.on = !settings.typing.on;
            desk.set(settings)?;
            say_typing(desk, talk)
        }
        Some(2) => {
            if let Some(method) = office::method(desk, talk)? {
                debug_assert!(METHODS.contains(&method));
                settings.typing.method = method.to_owned();
                settings.typing.on = true;
                desk.set(settings)?;
            }
            say_typing(desk, talk)
        }
        Some(_) => {
            settings.lang = Some(match desk.lang() {
                Lang::Vi => Lang::En,
                Lang::En => Lang::Vi,
            });
            desk.set(settings)?;
            talk.lang = desk.lang();
            Ok(())
        }
        None => Ok(()),
    }
}
