//! Women's start-up days, and the booths shown there.

use super::predicates::{Asked, Found};
use super::tally::Tally;
use crate::domain::id::Id;
use crate::domain::text::Message;
use crate::store::{Order, StoreError};

/// Start-up days held for the plan's programme. A fair of two programmes is one fair in the totals of both.
pub fn held(asked: &Asked) -> Found {
    let mut tally = Tally::new();
    tally.counted = fairs(asked, &mut tally)?;
    Ok(tally.counting())
}

/// Booths shown at those days.
pub fn booths(asked: &Asked) -> Found {
    let mut tally = Tally::new();
    for fair in fairs(asked, &mut Tally::new())? {
        for item in asked.books.read.refers(fair, "booth", "fair", Order::Forward) {
            let item = item?;
            match item.cover.text("state") {
                Some("DA_TRUNG_BAY") => tally.counted.push(item.id),
                _ => tally.not(item.id, Message::new("chưa ghi là đã trưng bày", "not noted as shown")),
            }
        }
    }
    Ok(tally.counting())
}

fn fairs(asked: &Asked, tally: &mut Tally) -> Result<Vec<Id>, StoreError> {
    let (from, to) = (Some(asked.window.from), Some(asked.window.to));
    let mut fairs = Vec::new();
    for item in asked.books.read.dated("fair", "from", from, to, Order::Forward) {
        let item = item?;
        if item.cover.text("kind") != Some("NGAY_PN_KN") || !asked.area.holds(item.cover.unit()) {
            continue;
        }
        let reason = if item.cover.text("state") != Some("DA_TO_CHUC") {
            Message::new("chưa tổ chức", "not held")
        } else if !item.cover.names("programmes", &asked.plan.programme) {
            Message::new("không thuộc Đề án của kế hoạch", "not of the plan's programme")
        } else if item.cover.text("union_part") == Some("THAM_GIA") {
            Message::new("Hội chỉ tham gia", "the Union only took part")
        } else {
            fairs.push(item.id);
            continue;
        };
        tally.not(item.id, reason);
    }
    Ok(fairs)
}
