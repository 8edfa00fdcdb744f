//! The first start line by line: which office, who types, how.

use super::Desk;
use super::talk::{Stop, Talk};
use crate::arrange::Arrange;
use crate::domain::catalog::units;
use crate::domain::settings::Office;
use crate::domain::text::{Message, Text};
use crate::store::Warnings;
use crate::ui::data::Work;
use crate::ui::form::picks::fit;
use crate::ui::office;
use crate::vietnamese::fold::fold;
use crate::vietnamese::name::tidy_name;

/// Units that are read out to choose from.
const MOST: usize = 9;

/// A unit: its uid and its name.
type Unit = (String, String);

/// Asks for the office and keeps it. Nothing is kept where the officer stops half-way.
///
/// # Errors
/// The conversation cannot go on.
pub fn begin(desk: &mut Desk, talk: &mut Talk<'_>) -> Result<(), Stop> {
    talk.say(Text::new(
        "Chào chị. Vài câu hỏi ngắn rồi bắt đầu ghi sổ.",
        "Welcome. A few short questions and the logbook is ready.",
    ))?;
    let Some((province, _)) = province(desk, talk)? else {
        return Ok(());
    };
    let Some((uid, name)) = commune(&province, desk, talk)? else {
        return Ok(());
    };
    let plans = plans(&uid, desk, talk)?;
    let method = method(desk, talk)?;
    if let Some(method) = method {
        let mut settings = desk.store.settings().as_ref().clone();
        settings.typing.method = method.to_owned();
        settings.typing.on = true;
        desk.set(settings)?;
    }
    let typed = talk.ask(Text::new(
        "Họ tên cán bộ. Enter nếu nhiều người dùng chung sổ.",
        "The officer's name. Enter if several share the logbook.",
    ))?;
    let officer = tidy_name(&desk.name(&typed));
    let mut settings = office::settled(&desk.store.settings(), Some(uid), &officer);
    settings.office.plans = Some(plans);
    desk.set(settings)?;
    let person = office::officer_record(&desk.store.reader(), &officer);
    if let Some(person) = person {
        let work = Work::transaction(move |txn| {
            txn.save(person, Warnings::Accept)?;
            Ok(Message::default())
        });
        if let Err(refusal) = work.carry_out(&desk.store) {
            for message in refusal.messages() {
                talk.say(message)?;
            }
        }
    }
    let officer = if officer.is_empty() {
        String::new()
    } else {
        format!(", {officer}")
    };
    talk.say(Message::new(
        format!("Sổ này là của: {name}{officer}."),
        format!("This logbook belongs to: {name}{officer}."),
    ))
}

fn province(desk: &Desk, talk: &mut Talk<'_>) -> Result<Option<Unit>, Stop> {
    let today = desk.store.today();
    let question = Text::new(
        "Tỉnh, thành phố? Gõ tên, không cần dấu. .. để thôi.",
        "Which province? Type its name, without tones. .. stops.",
    );
    loop {
        let typed = talk.ask(question)?;
        if typed == ".." {
            return Ok(None);
        }
        let query = fold(&typed);
        let all = units().provinces(today);
        let mut found: Vec<(usize, Unit)> = all
            .filter_map(|unit| {
                Some((
                    fit(&fold(unit.name), &query)?,
                    (unit.uid.to_owned(), unit.name.to_owned()),
                ))
            })
            .collect();
        found.arrange_by_key(|(rank, _)| *rank);
        let found = found.into_iter().map(|(_, unit)| unit).collect();
        if let Some(unit) = one_of(found, &typed, talk)? {
            return Ok(Some(unit));
        }
    }
}

fn commune(province: &str, desk: &Desk, talk: &mut Talk<'_>) -> Result<Option<Unit>, Stop> {
    let today = desk.store.today();
    let question = Text::new(
        "Xã, phường, đặc khu? Enter nếu là cơ quan cấp tỉnh.",
        "Which commune? Enter for the provincial office.",
    );
    loop {
        let typed = talk.ask(question)?;
        match typed.as_str() {
            ".." => return Ok(None),
            "" => {
                let unit = units().get(province);
                return Ok(unit.map(|unit| (unit.uid.to_owned(), unit.name.to_owned())));
            }
            _ => {}
        }
        let found = units().find(province, &typed, today);
        let found = found
            .into_iter()
            .map(|unit| (unit.uid.to_owned(), unit.name.to_owned()))
            .collect();
        if let Some(unit) = one_of(found, &typed, talk)? {
            return Ok(Some(unit));
        }
    }
}

/// The codes of the built-in plans that the office works by. Enter keeps those that concern it.
fn plans(uid: &str, desk: &Desk, talk: &mut Talk<'_>) -> Result<Vec<String>, Stop> {
    let office = Office {
        unit: Some(uid.to_owned()),
        ..Office::default()
    };
    let (all, chosen) = office::plans(&office, &desk.store.reader());
    let numbers = (1..).zip(&all).filter(|(_, plan)| chosen.contains(&plan.code));
    let kept: Vec<String> = numbers.map(|(number, _): (usize, _)| number.to_string()).collect();
    let kept = if kept.is_empty() {
        "0".to_owned()
    } else {
        kept.join(" ")
    };
    loop {
        talk.say(Message::new(
            format!("Kế hoạch có sẵn mà đơn vị theo: gõ các số. 0 là không theo kế hoạch nào. Enter là {kept}."),
            format!("The built-in plans that the office works by: type their numbers. 0 for none. Enter for {kept}."),
        ))?;
        for (number, plan) in (1..).zip(&all) {
            talk.line(format!("{number} {}, {}", plan.title, plan.issuer))?;
        }
        let typed = talk.answer()?;
        let mut words = typed.split([' ', ',']).filter(|word| !word.is_empty()).peekable();
        if words.peek().is_none() {
            return Ok(chosen);
        }
        let code = |word: &str| match word.parse::<usize>() {
            Ok(0) => Some(None),
            Ok(number) => all.get(number - 1).map(|plan| Some(plan.code.clone())),
            Err(_) => None,
        };
        match words.map(code).collect::<Option<Vec<_>>>() {
            Some(codes) => return Ok(codes.into_iter().flatten().collect()),
            None => talk.no_such_number(all.len())?,
        }
    }
}

/// The unit that is meant: the only one that fits, or one chosen by number.
fn one_of(found: Vec<Unit>, typed: &str, talk: &mut Talk<'_>) -> Result<Option<Unit>, Stop> {
    let chosen = match found.as_slice() {
        [] => {
            talk.say(Message::new(
                format!("Không có đơn vị nào hợp với \"{typed}\". Gõ lại."),
                format!("No unit fits \"{typed}\". Type it again."),
            ))?;
            return Ok(None);
        }
        [_] => Some(0),
        several => {
            let names: Vec<String> = several.iter().take(MOST).map(|(_, name)| name.clone()).collect();
            talk.choose(Text::new("Đơn vị nào?", "Which one?"), &names)?
        }
    };
    let unit = chosen.and_then(|place| found.into_iter().nth(place));
    if let Some((_, name)) = &unit {
        talk.line(name)?;
    }
    Ok(unit)
}

/// The way of typing; none where the officer keeps what is set.
///
/// # Errors
/// The conversation cannot go on.
pub fn method(desk: &Desk, talk: &mut Talk<'_>) -> Result<Option<&'static str>, Stop> {
    let methods = office::methods(desk.lang());
    let items: Vec<String> = methods
        .iter()
        .map(|(_, label, note)| format!("{label}: {note}"))
        .collect();
    let question = Text::new(
        "Kiểu gõ tiếng Việt: dòng gõ bằng phím được đổi thành chữ khi Enter. Chữ có dấu sẵn được giữ nguyên.",
        "The way of typing: a line of keystrokes becomes text on Enter. Text that has its marks already stays.",
    );
    Ok(talk.choose(question, &items)?.map(|place| methods[place].0))
}
