//! Women who manage: how many of them were trained, and how many hold a qualification. Each woman counts once, whatever
//! number of roles and courses she has.

use std::collections::{BTreeMap, HashSet};

use super::books::{Coop, Sex};
use super::predicates::{Asked, Found};
use super::tally::{Tally, count};
use super::topics;
use crate::domain::id::Id;
use crate::domain::text::Message;
use crate::store::StoreError;

/// The kinds of attendee that managers are listed as.
const MANAGERS: [&str; 2] = ["QL_HTX", "QL_THT"];

/// Women managers of the plan's scope, trained.
pub fn trained(asked: &Asked) -> Found {
    let kinds: Vec<&str> = asked.plan.manager_scope.iter().map(String::as_str).collect();
    let topics = topics::or_own(&asked.target.topics, &topics::MANAGERS_TRAINED);
    let mut tally = share(asked, &asked.coops(&kinds)?, &asked.trained(&topics)?, not_trained())?;
    asked.note_unlisted(&topics, &MANAGERS, &mut tally)?;
    Ok(tally)
}

/// Women managers of cooperatives founded with the Union's support, trained in IT.
pub fn trained_in_it(asked: &Asked) -> Found {
    let mut coops = asked.coops(&["HTX"])?;
    coops.retain(|coop| coop.union_founded);
    let topics = topics::or_own(&asked.target.topics, topics::MANAGERS_IT);
    let mut tally = share(asked, &coops, &asked.trained(&topics)?, not_trained())?;
    asked.note_unlisted(&topics, &MANAGERS, &mut tally)?;
    Ok(tally)
}

/// Women managers of the plan's scope who got a qualification.
pub fn certified(asked: &Asked) -> Found {
    let kinds: Vec<&str> = asked.plan.manager_scope.iter().map(String::as_str).collect();
    let mut certified = HashSet::new();
    for session in asked.books.sessions(asked.window.from, asked.window.to)?.iter() {
        if session.held && session.union_part.as_deref() != Some("KHONG") {
            let list = asked.books.list(session.id)?;
            let rows = list.iter().filter(|row| row.is_present());
            let rows = rows.filter(|row| row.certificate.as_deref() == Some("CHUNG_CHI"));
            certified.extend(rows.filter_map(|row| row.person));
        }
    }
    let reason = Message::new("chưa có chứng chỉ trong kỳ", "no qualification in the window");
    share(asked, &asked.coops(&kinds)?, &certified, reason)
}

fn not_trained() -> Message {
    Message::new(
        "chưa dự lớp nào có nội dung này trong kỳ",
        "in no session with such a topic in the window",
    )
}

fn share(asked: &Asked, coops: &[Coop], done: &HashSet<Id>, reason: Message) -> Found {
    let mut tally = Tally::new();
    let women = women_managing(asked, coops, &mut tally)?;
    for woman in &women {
        match done.contains(woman) {
            true => tally.counted.push(*woman),
            false => tally.not(*woman, reason.clone()),
        }
    }
    Ok(tally.share_of(count(women.len())))
}

/// The women who manage any of these on P1. Whose sex is unknown is listed, and so is a role without any date, which
/// counts as held.
fn women_managing(asked: &Asked, coops: &[Coop], tally: &mut Tally) -> Result<Vec<Id>, StoreError> {
    let mut people: BTreeMap<Id, bool> = BTreeMap::new();
    for coop in coops {
        for role in asked.managing(coop)? {
            if let Some(person) = role.person {
                let dated = role.from.is_some() || role.to.is_some();
                *people.entry(person).or_default() |= dated;
            }
        }
    }
    let mut women = Vec::new();
    for (person, dated) in people {
        match asked.books.sex(person)? {
            Sex::Woman => {
                women.push(person);
                if !dated {
                    tally.unknown(
                        person,
                        Message::new(
                            "chức vụ không ghi từ ngày, đến ngày: tính là đang giữ",
                            "the role bears no dates: it counts as held",
                        ),
                    );
                }
            }
            Sex::Unknown => tally.unknown(
                person,
                Message::new("người quản lý chưa ghi giới tính", "the manager's sex is not on record"),
            ),
            Sex::Man | Sex::Gone => {}
        }
    }
    Ok(women)
}
