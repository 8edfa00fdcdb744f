//! The Union's officers: how many were trained, of those listed or of those that the units declared, whichever are more.

use std::collections::BTreeSet;

use super::declared;
use super::predicates::{Asked, Found};
use super::tally::{Tally, count};
use super::topics;
use crate::domain::declared::UnitYear;
use crate::domain::id::Id;
use crate::domain::post::Post;
use crate::domain::role::is_held;
use crate::domain::text::Message;

/// The kinds of attendee that officers are listed as.
const OFFICERS: [&str; 3] = ["CB_CHUYEN_TRACH", "CB_BCH_CO_SO", "CB_CHI_HOI"];

/// Officers in charge of cooperatives.
pub fn economic(asked: &Asked) -> Found {
    let topics = topics::or_own(&asked.target.topics, &topics::OFFICERS_KTTT);
    share(
        asked,
        |post| post.economic == Some(true),
        &topics,
        |year| year.officers_economic,
    )
}

/// All officers, in outreach.
pub fn skilled(asked: &Asked) -> Found {
    let topics = topics::or_own(&asked.target.topics, topics::OFFICERS_SKILL);
    share(
        asked,
        |_| true,
        &topics,
        |year| {
            let parts = [year.officers_full_time, year.officers_committee, year.officers_chapter];
            parts
                .iter()
                .any(Option::is_some)
                .then(|| parts.into_iter().flatten().sum())
        },
    )
}

/// Full-time officers, about start-ups.
pub fn full_time(asked: &Asked) -> Found {
    let topics = topics::or_own(&asked.target.topics, topics::OFFICERS_FT);
    let full_time = |post: &Post| post.officer_kind.as_deref() == Some("CB_CHUYEN_TRACH");
    share(asked, full_time, &topics, |year| year.officers_full_time)
}

fn share(
    asked: &Asked,
    wanted: impl Fn(&Post) -> bool,
    topics: &[String],
    declared: impl Fn(&UnitYear) -> Option<i64>,
) -> Found {
    let (trained, posts) = (asked.trained(topics)?, asked.books.posts()?);
    let in_post = posts.iter().filter(|post| {
        wanted(post)
            && asked.area.holds(post.common.unit.as_deref().or(post.unit.as_deref()))
            && is_held(post.from, post.to, asked.on())
    });
    let officers: BTreeSet<Id> = in_post.filter_map(|post| post.person).collect();
    let mut tally = Tally::new();
    asked.note_unlisted(topics, &OFFICERS, &mut tally)?;
    let mut listed = 0_usize;
    for officer in officers {
        if asked.books.read.get("person", officer)?.is_none() {
            continue;
        }
        listed += 1;
        match trained.contains(&officer) {
            true => tally.counted.push(officer),
            false => tally.not(
                officer,
                Message::new(
                    "chưa dự lớp nào có nội dung này trong kỳ",
                    "in no session with such a topic in the window",
                ),
            ),
        }
    }
    let declared = declared::of_year(asked, declared)?.unwrap_or_default();
    Ok(tally.share_of(count(listed).max(declared)))
}
