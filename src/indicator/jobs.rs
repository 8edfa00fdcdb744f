//! Women's jobs in cooperatives: those that are stable, and those that came new.

use super::books::Coop;
use super::plan::NewJobs;
use super::predicates::{Asked, Found};
use super::tally::{Mark, Tally, Verdict};
use crate::domain::text::Message;

/// Women with stable work in cooperatives.
pub fn in_htx(asked: &Asked) -> Found {
    stable(asked, &["HTX"])
}

/// Women with stable work in groups.
pub fn in_tht(asked: &Asked) -> Found {
    stable(asked, &["THT"])
}

/// Women with stable work in both.
pub fn in_both(asked: &Asked) -> Found {
    stable(asked, &["HTX", "THT"])
}

/// The sum of the latest figures of what operates on P1; a blank is not 0, and an old figure counts and is marked.
fn stable(asked: &Asked, kinds: &[&str]) -> Found {
    let mut tally = Tally::new();
    for coop in asked.coops(kinds)? {
        match asked.operating(&coop) {
            Verdict::Yes => {
                let figure = asked.books.figure(coop.id, "workers_women_stable", asked.on());
                let number = figure.as_ref().and_then(|figure| figure.value.as_number());
                let Some((figure, number)) = figure.zip(number) else {
                    tally.unknown(coop.id, blank("lao động nữ ổn định", "women with stable work"));
                    continue;
                };
                if asked.window.is_old(figure.on) {
                    tally.mark(Mark::Old);
                }
                tally.counted.push(coop.id);
                tally.add(number);
            }
            verdict => tally.take(coop.id, verdict),
        }
    }
    Ok(tally)
}

fn blank(vi: &str, en: &str) -> Message {
    Message::new(
        format!("chưa có số {vi} (để trống không phải là 0)"),
        format!("the figure of {en} is blank, which is not 0"),
    )
}

/// New jobs of women, as the plan counts them.
pub fn new_for_women(asked: &Asked) -> Found {
    match asked.plan.new_jobs {
        NewJobs::Founded => founded(asked),
        NewJobs::Difference => difference(asked),
    }
}

/// Women who work on P1, by the latest figure, at what was founded in the window with the Union's support.
fn founded(asked: &Asked) -> Found {
    let mut tally = Tally::new();
    for coop in asked.coops(&[])? {
        match Asked::union_founded(&coop).and(|| asked.registered(&coop)) {
            Verdict::Yes => add_women(asked, &coop, &mut tally),
            verdict => tally.take(coop.id, verdict),
        }
    }
    Ok(tally)
}

fn add_women(asked: &Asked, coop: &Coop, tally: &mut Tally) {
    if let Some(reason) = grown(asked, coop) {
        return tally.not(coop.id, reason);
    }
    match asked.books.number(coop.id, "workers_women", asked.on()) {
        Some(number) => {
            tally.counted.push(coop.id);
            tally.add(number);
        }
        None => tally.unknown(coop.id, blank("lao động nữ", "women workers")),
    }
}

/// Why the women of a group that became a cooperative are not counted: they work there, and count there.
fn grown(asked: &Asked, coop: &Coop) -> Option<Message> {
    let status = asked.books.figure(coop.id, "status", asked.on())?;
    (status.value.as_text() == Some("CHUYEN_HTX")).then(|| {
        Message::new(
            "đã chuyển thành HTX: lao động tính ở HTX",
            "became a cooperative: its workers count there",
        )
    })
}

/// By how much women workers grew where they did, and all of what was founded in the window.
fn difference(asked: &Asked) -> Found {
    let mut tally = Tally::new();
    for coop in asked.coops(&[])? {
        if asked.registered(&coop).is_yes() {
            add_women(asked, &coop, &mut tally);
            continue;
        }
        if let Some(reason) = grown(asked, &coop) {
            tally.not(coop.id, reason);
            continue;
        }
        let number = |on| asked.books.number(coop.id, "workers_women", on);
        match (number(asked.window.from), number(asked.on())) {
            (Some(start), Some(now)) if now > start => {
                tally.counted.push(coop.id);
                tally.add(now - start);
            }
            (Some(_), Some(_)) => {
                let reason = Message::new("lao động nữ không tăng", "women workers did not grow");
                tally.not(coop.id, reason);
            }
            (None, Some(_)) => {
                let reason = Message::new(
                    "chưa có số lao động nữ đầu kỳ",
                    "women workers at the start are not on record",
                );
                tally.unknown(coop.id, reason);
            }
            (_, None) => tally.unknown(coop.id, blank("lao động nữ", "women workers")),
        }
    }
    Ok(tally)
}
