//! What the formulas are made of: who manages, what operates, who is a woman. Each answers yes, no or "cannot be told".

use std::collections::HashSet;

use chrono::NaiveDate;

use super::area::Area;
use super::books::{Books, Coop, Sex};
use super::plan::{Eligible, Plan, Target};
use super::tally::{Tally, Verdict};
use super::window::Window;
use crate::domain::id::Id;
use crate::domain::role::Role;
use crate::domain::text::Message;
use crate::domain::value::Value as FieldValue;
use crate::store::StoreError;

/// What a formula is asked: a plan's target, over an area and a window.
pub struct Asked<'a, 'b> {
    /// What is read of the store.
    pub books: &'a Books<'b>,
    /// The plan.
    pub plan: &'a Plan,
    /// The target.
    pub target: &'a Target,
    /// The units.
    pub area: &'a Area<'a>,
    /// The days.
    pub window: Window,
    /// The day asked about; P1 is `window.to`.
    pub as_of: NaiveDate,
}

/// What a formula gives.
pub type Found = Result<Tally, StoreError>;

impl Asked<'_, '_> {
    /// P1.
    pub fn on(&self) -> NaiveDate {
        self.window.to
    }

    /// The cooperatives of the area of these kinds; all kinds where none is named.
    pub fn coops(&self, kinds: &[&str]) -> Result<Vec<Coop>, StoreError> {
        let of_area = |coop: &&Coop| {
            (kinds.is_empty() || kinds.contains(&coop.kind.as_str())) && self.area.holds(coop.unit.as_deref())
        };
        Ok(self.books.cooperatives()?.iter().filter(of_area).cloned().collect())
    }

    /// Whether a cooperative was at work on P1: the latest status by then says so.
    pub fn operating(&self, coop: &Coop) -> Verdict {
        let status = self.books.figure(coop.id, "status", self.on());
        match status.as_ref().map(|figure| &figure.value) {
            Some(FieldValue::Text(code)) if crate::domain::figures::is_operating(code) => Verdict::Yes,
            Some(_) => Verdict::No(Message::new(
                "không hoạt động vào ngày tính",
                "not operating on the day",
            )),
            None => Verdict::Unknown(Message::new(
                "chưa có số liệu tình trạng hoạt động",
                "no status on record",
            )),
        }
    }

    /// Whether a woman holds a role of the plan's set at a cooperative on P1.
    pub fn woman_managed(&self, coop: &Coop) -> Result<Verdict, StoreError> {
        let (mut men, mut unknown) = (false, false);
        for role in self.managing(coop)? {
            let Some(person) = role.person else { continue };
            match self.books.sex(person)? {
                Sex::Woman => return Ok(Verdict::Yes),
                Sex::Man => men = true,
                Sex::Unknown => unknown = true,
                Sex::Gone => {}
            }
        }
        Ok(match (unknown, men) {
            (true, _) => Verdict::Unknown(Message::new(
                "có người quản lý chưa ghi giới tính",
                "a manager's sex is not on record",
            )),
            (false, true) => Verdict::No(Message::new("không có nữ quản lý", "no woman manages it")),
            (false, false) => Verdict::Unknown(Message::new(
                "chưa ghi ai giữ chức vụ quản lý (theo kế hoạch)",
                "nobody is on record in a managing role of the plan",
            )),
        })
    }

    /// The roles of the plan's set that are held at a cooperative on P1.
    pub fn managing(&self, coop: &Coop) -> Result<Vec<Role>, StoreError> {
        let mut roles = self.books.roles_at(coop.id)?.to_vec();
        roles.retain(|role| role.is_of(&self.plan.role_set) && role.is_held(self.on()));
        Ok(roles)
    }

    /// Whether more than half of the workers are women: on the latest day, up to P1, on which both figures stand.
    pub fn many_women_jobs(&self, coop: &Coop) -> Verdict {
        let mut on = self.on();
        let pair = loop {
            let figure = |key| self.books.figure(coop.id, key, on);
            let (Some(all), Some(women)) = (figure("workers"), figure("workers_women")) else {
                break None;
            };
            if all.on == women.on {
                break all.value.as_number().zip(women.value.as_number());
            }
            on = all.on.min(women.on);
        };
        match pair {
            Some((all, women)) if women.saturating_mul(2) > all => Verdict::Yes,
            Some((all, women)) => Verdict::No(Message::new(
                format!("{women}/{all} lao động là nữ, không quá một nửa"),
                format!("{women} of {all} workers are women, not more than half"),
            )),
            None => Verdict::Unknown(Message::new(
                "chưa có số lao động và lao động nữ cùng ngày",
                "workers and women workers of one day are not on record",
            )),
        }
    }

    /// Whether a cooperative is one the plan helps, on P1.
    pub fn eligible(&self, coop: &Coop) -> Result<Verdict, StoreError> {
        Ok(match self.plan.eligible {
            Eligible::NotAsked => Verdict::Yes,
            Eligible::Either => self.woman_managed(coop)?.or(|| self.many_women_jobs(coop)),
            Eligible::Both => self.woman_managed(coop)?.and(|| self.many_women_jobs(coop)),
        })
    }

    /// Whether something completed, or a visit on site, happened at a cooperative in the window.
    pub fn consolidated(&self, coop: &Coop) -> Result<Verdict, StoreError> {
        let touched = self.books.touched(self.window.from, self.window.to)?;
        let helped = Verdict::of(
            touched.consolidated.contains(&coop.id),
            "chưa có hỗ trợ hoàn thành hoặc lượt thăm tại cơ sở trong kỳ",
            "no completed support and no visit on site in the window",
        );
        Ok(self.operating(coop).and(|| helped))
    }

    /// Whether a cooperative was founded with the Union's support.
    pub fn union_founded(coop: &Coop) -> Verdict {
        Verdict::of(
            coop.union_founded,
            "không do Hội hỗ trợ thành lập",
            "not founded with the Union's support",
        )
    }

    /// Whether a cooperative was registered in the window.
    pub fn registered(&self, coop: &Coop) -> Verdict {
        match coop.registered_on {
            Some(day) if self.window.contains(day) => Verdict::Yes,
            Some(_) => Verdict::No(Message::new("thành lập ngoài kỳ tính", "founded outside the window")),
            None => Verdict::Unknown(Message::new(
                "chưa ghi ngày cấp giấy, ký hợp đồng",
                "the day of registration is not on record",
            )),
        }
    }

    /// Notes the area's sessions of these topics that have no list, where people of these kinds may have been: nobody
    /// can tell who of them was there.
    pub fn note_unlisted(&self, topics: &[String], kinds: &[&str], tally: &mut Tally) -> Result<(), StoreError> {
        for session in self.books.sessions(self.window.from, self.window.to)?.iter() {
            let may_hold =
                session.audience.is_empty() || session.audience.iter().any(|kind| kinds.contains(&kind.as_str()));
            if may_hold
                && session.teaches(topics)
                && session.declared_women.is_some_and(|women| women > 0)
                && self.area.holds(session.unit.as_deref())
                && self.books.list(session.id)?.is_empty()
            {
                let reason = Message::new(
                    "lớp không có danh sách: không biết ai thuộc đối tượng này",
                    "the class has no list: who of them counts is not known",
                );
                tally.unknown(session.id, reason);
            }
        }
        Ok(())
    }

    /// The persons present in a session of these topics in the window, whoever ran it.
    pub fn trained(&self, topics: &[String]) -> Result<HashSet<Id>, StoreError> {
        let mut trained = HashSet::new();
        for session in self.books.sessions(self.window.from, self.window.to)?.iter() {
            if session.teaches(topics) {
                let list = self.books.list(session.id)?;
                trained.extend(list.iter().filter(|row| row.is_present()).filter_map(|row| row.person));
            }
        }
        Ok(trained)
    }
}
