//! Cooperatives and groups: newly founded, kept going, consolidated, guided.

use super::books::Coop;
use super::plan::Eligible;
use super::predicates::{Asked, Found};
use super::tally::{Tally, Verdict, count};
use crate::domain::text::Message;
use crate::store::StoreError;

/// What guides a cooperative through putting its organisation in order.
const REORGANISED_BY: [&str; 3] = ["DIEU_LE", "CUNG_CO_TO_CHUC", "PA_MO_RONG_TV"];

/// Cooperatives founded with the Union's support in the window that the plan helps.
pub fn htx_new(asked: &Asked) -> Found {
    let mut tally = Tally::new();
    for coop in asked.coops(&["HTX"])? {
        let eligible = asked.eligible(&coop)?;
        let verdict = Asked::union_founded(&coop)
            .and(|| asked.registered(&coop))
            .and(|| eligible);
        tally.take(coop.id, verdict);
    }
    Ok(tally.counting())
}

/// Groups founded with the Union's support in the window.
pub fn tht_new(asked: &Asked) -> Found {
    let mut tally = Tally::new();
    for coop in asked.coops(&["THT"])? {
        let verdict = Asked::union_founded(&coop).and(|| asked.registered(&coop));
        tally.take(coop.id, verdict);
    }
    Ok(tally.counting())
}

/// Both.
pub fn htx_tht_new(asked: &Asked) -> Found {
    let (mut both, groups) = (htx_new(asked)?, tht_new(asked)?);
    both.counted.extend(groups.counted);
    both.undecided.extend(groups.undecided);
    both.nearly.extend(groups.nearly);
    Ok(both.counting())
}

/// Cooperatives kept going.
pub fn htx_maintained(asked: &Asked) -> Found {
    maintained(asked, "HTX")
}

/// Groups kept going.
pub fn tht_maintained(asked: &Asked) -> Found {
    maintained(asked, "THT")
}

fn maintained(asked: &Asked, kind: &str) -> Found {
    let mut tally = Tally::new();
    for coop in asked.coops(&[kind])? {
        let woman_managed = match asked.plan.eligible {
            Eligible::NotAsked => Verdict::Yes,
            Eligible::Either | Eligible::Both => asked.woman_managed(&coop)?,
        };
        let consolidated = match asked.plan.needs_consolidated {
            true => asked.consolidated(&coop)?,
            false => Verdict::Yes,
        };
        let verdict = Asked::union_founded(&coop)
            .and(|| founded_in_time(asked, &coop))
            .and(|| asked.operating(&coop))
            .and(|| woman_managed)
            .and(|| consolidated);
        tally.take(coop.id, verdict);
    }
    Ok(tally.counting())
}

/// Whether a cooperative is old enough, and not too old, for "maintained".
fn founded_in_time(asked: &Asked, coop: &Coop) -> Verdict {
    let Some(day) = coop.registered_on else {
        return Verdict::Unknown(Message::new(
            "chưa ghi ngày cấp giấy, ký hợp đồng",
            "the day of registration is not on record",
        ));
    };
    let plan = asked.plan;
    let in_time = day <= asked.on()
        && plan.founded_from.is_none_or(|first| first <= day)
        && plan.founded_before.is_none_or(|end| day < end);
    Verdict::of(
        in_time,
        "thành lập ngoài thời gian kế hoạch tính",
        "founded outside the time that the plan looks at",
    )
}

/// Of the woman-managed ones founded with the Union's support and operating: those consolidated in the window.
pub fn consolidated_share(asked: &Asked) -> Found {
    let base = |coop: &Coop| -> Result<Verdict, StoreError> {
        let managed = asked.woman_managed(coop)?;
        Ok(Asked::union_founded(coop).and(|| asked.operating(coop)).and(|| managed))
    };
    share(asked, &["HTX", "THT"], base, |coop| asked.consolidated(coop))
}

/// Of the woman-managed cooperatives operating: those guided in putting their organisation in order.
pub fn reorganised_share(asked: &Asked) -> Found {
    let touched = asked.books.touched(asked.window.from, asked.window.to)?;
    let base = |coop: &Coop| -> Result<Verdict, StoreError> {
        let managed = asked.woman_managed(coop)?;
        Ok(asked.operating(coop).and(|| managed))
    };
    share(asked, &["HTX"], base, |coop| {
        Ok(Verdict::of(
            touched.named(coop.id, &REORGANISED_BY),
            "chưa được hướng dẫn điều lệ, củng cố tổ chức, mở rộng thành viên trong kỳ",
            "not guided on charter, organisation or membership in the window",
        ))
    })
}

/// The share of those that meet `part` among those that meet `base`; who cannot be told stands in neither.
fn share(
    asked: &Asked,
    kinds: &[&str],
    base: impl Fn(&Coop) -> Result<Verdict, StoreError>,
    part: impl Fn(&Coop) -> Result<Verdict, StoreError>,
) -> Found {
    let (mut tally, mut whole) = (Tally::new(), 0_usize);
    for coop in asked.coops(kinds)? {
        match base(&coop)? {
            Verdict::Yes => {
                whole += 1;
                tally.take(coop.id, part(&coop)?);
            }
            Verdict::No(_) => {}
            Verdict::Unknown(reason) => tally.unknown(coop.id, reason),
        }
    }
    Ok(tally.share_of(count(whole)))
}
