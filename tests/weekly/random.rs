//! Random sets of records, made, edited, deleted and taken back; the collector against the naive count.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};
use serde_json::{Value as Json, json};
use sohoi::domain::id::Id;
use sohoi::domain::period::Period;
use sohoi::report::weekly::{self, Column, Nature};

use super::naive::{Records, Span};
use super::office::{OFFICE, OTHER, Office};

/// How many sets are thrown at it.
const SETS: u64 = 240;
/// Records in a set, beside people and cooperatives.
const RECORDS: usize = 45;

/// A small generator of its own (xorshift), so that a failing set is named by its number.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    fn one_in(&mut self, cases: usize) -> bool {
        self.below(cases) == 0
    }
}

struct Set {
    office: Office,
    chance: Chance,
    week: Period,
    people: Vec<Id>,
    cooperatives: Vec<Id>,
    sessions: Vec<Id>,
    fairs: Vec<Id>,
    others: Vec<Id>,
}

const UNITS: [&str; 5] = [OFFICE, OFFICE, "CH-1", "CH-2", OTHER];

impl Set {
    fn new(number: u64) -> Set {
        let mut chance = Chance(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let weeks = [
            "2026-W53", "2026-W01", "2026-W02", "2026-W21", "2025-W01", "2027-W01", "2026-W27",
        ];
        let week = Period::parse(weeks[chance.below(weeks.len())]).unwrap();
        let mut office = Office::new();
        office.add(
            "unit",
            json!({"uid": "CH-1", "name": "Cụm 1", "level": "CHI_HOI", "parent": OFFICE}),
        );
        office.add(
            "unit",
            json!({"uid": "CH-2", "name": "Chi hội 2", "level": "CHI_HOI", "parent": "CH-1"}),
        );
        let mut set = Set {
            office,
            chance,
            week,
            people: Vec::new(),
            cooperatives: Vec::new(),
            sessions: Vec::new(),
            fairs: Vec::new(),
            others: Vec::new(),
        };
        for _ in 0..5 {
            set.person();
            set.cooperative();
        }
        set
    }

    /// A day near the week, sometimes far from it.
    fn day(&mut self) -> NaiveDate {
        let back = if self.chance.one_in(6) { 400 } else { 24 };
        self.week.to + Days::new(4) - Days::new(self.chance.below(back) as u64)
    }

    fn maybe_day(&mut self) -> Json {
        if self.chance.one_in(3) {
            Json::Null
        } else {
            json!(self.day())
        }
    }

    fn unit(&mut self) -> &'static str {
        UNITS[self.chance.below(UNITS.len())]
    }

    fn id(&mut self, of: fn(&Set) -> &Vec<Id>) -> Json {
        let count = of(self).len();
        let place = self.chance.below(count);
        json!(of(self)[place].to_string())
    }

    /// A living one, for references.
    fn living(&mut self, of: fn(&Set) -> &Vec<Id>) -> Option<Json> {
        let reader = self.office.store.reader();
        let living: Vec<Id> = of(self)
            .iter()
            .copied()
            .filter(|id| sohoi::store::Read::get_any(&reader, *id).unwrap().is_some())
            .collect();
        drop(reader);
        (!living.is_empty()).then(|| json!(self.chance.pick(&living).to_string()))
    }

    fn person(&mut self) {
        let gender = *self.chance.pick(&[Some("NU"), Some("NU"), Some("NAM"), None]);
        let unit = self.unit();
        let id = self.office.add(
            "person",
            json!({"name": "Phạm Thị Hạnh", "gender": gender, "unit": unit}),
        );
        self.people.push(id);
    }

    fn cooperative(&mut self) {
        let kind = *self.chance.pick(&["HTX", "HTX", "THT", "LH_HTX", "HKD"]);
        let origin = *self.chance.pick(&["HOI_THANH_LAP", "HOI_THANH_LAP", "TU_THANH_LAP"]);
        let before = self.living(|set| &set.cooperatives).filter(|_| kind == "HTX");
        let (registered, unit) = (self.maybe_day(), self.unit());
        let fields = json!({"kind": kind, "name": "HTX An Khang", "origin": origin, "predecessor": before,
            "registered_on": registered, "unit": unit});
        let id = self.office.add("cooperative", fields);
        self.cooperatives.push(id);
    }

    fn record(&mut self) {
        let (day, unit) = (self.day(), self.unit());
        let cooperative = self.living(|set| &set.cooperatives);
        let person = self.living(|set| &set.people);
        let session = self.living(|set| &set.sessions);
        let fair = self.living(|set| &set.fairs);
        let other_day = self.maybe_day();
        let third_day = self.maybe_day();
        let chance = &mut self.chance;
        let amount = chance.below(500) as i64;
        let topics = ["QUAN_TRI", "KTTT_CAN_BO", "NGHE", "LUAT_HTX", "KY_NANG_SO"];
        let state = *chance.pick(&["DA_TO_CHUC", "DA_TO_CHUC", "DA_TO_CHUC", "DU_KIEN", "HUY"]);
        match (chance.below(16), cooperative, person) {
            (0 | 1, Some(cooperative), _) => {
                let mode = *chance.pick(&["TRUC_TIEP", "TRUC_TIEP", "TAI_TRU_SO", "DIEN_THOAI"]);
                let purposes = *chance.pick(&["TU_VAN", "DANH_GIA", "TU_VAN,KHAO_SAT"]);
                let purposes: Vec<&str> = purposes.split(',').collect();
                let troubles: &[&str] = if chance.one_in(2) { &["VON"] } else { &[] };
                let fields = json!({"date": day, "cooperative": cooperative, "purposes": purposes, "mode": mode,
                    "difficulties": troubles, "unit": unit});
                self.keep("visit", fields);
            }
            (2, Some(cooperative), _) => {
                let state = *chance.pick(&["MOI", "DA_KIEN_NGHI", "DA_GIAI_QUYET", "KHONG_GIAI_QUYET"]);
                let closed = state
                    .ends_with("GIAI_QUYET")
                    .then(|| day + Days::new(chance.below(20) as u64));
                let fields = json!({"cooperative": cooperative, "opened_on": day, "difficulty": "VON", "state": state,
                    "due": other_day, "escalated_on": third_day, "closed_on": closed, "unit": unit});
                self.keep("issue", fields);
            }
            (3 | 4, ..) => {
                let fields = json!({"title": "Lớp", "from": day, "topics": [chance.pick(&topics)], "state": state,
                    "count_total": amount, "count_women": amount / 2, "unit": unit});
                let id = self.office.add("training", fields);
                self.sessions.push(id);
            }
            (5..=8, cooperative, person) => {
                let Some(session) = session else { return };
                let with_person = person.filter(|_| !chance.one_in(4));
                let name = if with_person.is_none() {
                    json!("Đỗ Thu Hà")
                } else {
                    Json::Null
                };
                let gender = if chance.one_in(3) {
                    Json::Null
                } else {
                    json!(chance.pick(&["NU", "NAM"]))
                };
                let state = *chance.pick(&["CO_MAT", "CO_MAT", "HOAN_THANH", "VANG", "DANG_KY"]);
                let fields = json!({"training": session, "person": with_person, "name": name, "gender": gender,
                    "state": state, "cooperative": cooperative, "unit": unit});
                self.keep("attendance", fields);
            }
            (9, Some(cooperative), Some(person)) => {
                let role = *chance.pick(&["GD", "KE_TOAN", "THANH_VIEN", "TO_TRUONG"]);
                let (from, to) = held(chance, day);
                let fields =
                    json!({"person": person, "cooperative": cooperative, "role": role, "from": from, "to": to});
                self.keep("role", fields);
            }
            (10, _, Some(person)) => {
                let (from, to) = held(chance, day);
                let fields =
                    json!({"person": person, "unit": unit, "officer_kind": "CB_CHI_HOI", "from": from, "to": to});
                self.keep("post", fields);
            }
            (11, Some(cooperative), _) => {
                let kind = *chance.pick(&["VON_TIN_DUNG", "PHAP_LY"]);
                let granted = if chance.one_in(3) {
                    Json::Null
                } else {
                    json!(amount * 1_000_000)
                };
                let fields = json!({"date": day, "cooperative": cooperative, "kind": kind, "granted": granted,
                    "granted_on": other_day, "unit": unit});
                self.keep("support", fields);
            }
            (12, ..) => {
                let fields =
                    json!({"title": "Ngày hội", "kind": "NGAY_PN_KN", "from": day, "state": state, "unit": unit});
                let id = self.office.add("fair", fields);
                self.fairs.push(id);
            }
            (13, exhibitor, _) => {
                let Some(fair) = fair else { return };
                let state = *chance.pick(&["DANG_KY", "XAC_NHAN", "DA_TRUNG_BAY", "DA_TRUNG_BAY", "HUY"]);
                let fields = json!({"fair": fair, "number": "7", "exhibitor": exhibitor, "exhibitor_name": "Quầy",
                    "state": state, "revenue": amount, "registered_on": other_day, "confirmed_on": third_day,
                    "unit": unit});
                self.keep("booth", fields);
            }
            (14, ..) => {
                let form = *chance.pick(&["HOI_NGHI", "SINH_HOAT", "CUOC_THI", "MANG_XH", "BAO_DAI"]);
                let some = |chance: &mut Chance| if chance.one_in(2) { Json::Null } else { json!(amount) };
                let (items, sessions, reach) = (some(chance), some(chance), some(chance));
                let fields = json!({"date": day, "form": form, "title": "Tuyên truyền", "items": items,
                    "sessions": sessions, "reach": reach, "unit": unit});
                self.keep("outreach", fields);
            }
            _ if chance.one_in(2) => {
                let fields = json!({"year": day.year(), "title": "Ý tưởng", "stage": "Y_TUONG", "registered_on": other_day,
                    "sent_on": third_day, "unit": unit});
                self.keep("contest_entry", fields);
            }
            _ => {
                let step = *chance.pick(&["B1_RA_SOAT", "B7_CAP_GCN"]);
                let fields = json!({"name": "HTX mới", "kind": "HTX", "step": step, "step_on": day, "unit": unit});
                self.keep("formation", fields);
            }
        }
    }

    fn keep(&mut self, kind: &str, fields: Json) {
        let id = self.office.add(kind, fields);
        self.others.push(id);
    }

    /// One of: a deletion (sessions, fairs, people and cooperatives too), another unit, the last save taken back.
    fn disturb(&mut self) {
        let any: fn(&Set) -> &Vec<Id> = match self.chance.below(7) {
            0 => |set| &set.sessions,
            1 => |set| &set.fairs,
            2 => |set| &set.cooperatives,
            3 => |set| &set.people,
            _ => |set| &set.others,
        };
        if any(self).is_empty() {
            return;
        }
        let id: Id = self.id(any).as_str().unwrap().parse().unwrap();
        let found = {
            let reader = self.office.store.reader();
            sohoi::store::Read::get_any(&reader, id).unwrap()
        };
        match (self.chance.below(3), found) {
            (0, Some(_)) => self.office.delete(id),
            (1, Some(entry)) if !matches!(entry.kind, "role" | "attendance") => {
                let unit = self.unit();
                let edit = json!({"unit": unit});
                if references_live(&self.office, &entry) {
                    self.office.edit(id, edit);
                }
            }
            _ => {
                let _ = self.office.store.undo();
            }
        }
    }
}

/// From and to of a role or post, around a day: whole days, months, years, open ends; often ending on the very day.
fn held(chance: &mut Chance, day: NaiveDate) -> (Json, Json) {
    let from = match chance.below(4) {
        0 => Json::Null,
        1 => json!(format!("{}", day.year())),
        2 => json!(format!("{}-{:02}", day.year(), day.month())),
        _ => json!(day),
    };
    let to = match chance.below(4) {
        0 => json!(day),
        1 => json!(format!("{}", day.year())),
        _ => Json::Null,
    };
    (from, to)
}

/// Whether everything that a record refers to is there: an edit of the others is refused.
fn references_live(office: &Office, entry: &sohoi::domain::entry::Entry) -> bool {
    let reader = office.store.reader();
    let ids = entry
        .filled()
        .flat_map(|(_, value)| value.items())
        .filter_map(|value| value.as_id());
    ids.into_iter()
        .all(|id| sohoi::store::Read::get_any(&reader, id).unwrap().is_some())
}

#[test]
fn every_line_of_random_records_agrees_with_a_count_by_hand() {
    let mut alive: BTreeSet<String> = BTreeSet::new();
    for number in 1..=SETS {
        let mut set = Set::new(number);
        for _ in 0..RECORDS {
            set.record();
            if set.chance.one_in(6) {
                set.disturb();
            }
        }
        let records = Records::of(&set.office.store);
        let other = match number % 2 {
            0 => ("CH-1", &["CH-1", "CH-2"][..]),
            _ => ("P33-B", &[OFFICE, OTHER, "CH-1", "CH-2"][..]),
        };
        for (unit, inside) in [(OFFICE, &[OFFICE, "CH-1", "CH-2"][..]), other] {
            compare(number, &set, &records, unit, inside, &mut alive);
        }
    }
    // The sets are no test of a line that none of them fills.
    let summary = Office::new().week("2026-W21");
    let family = |code: &str| code.contains('.');
    for line in summary.lines.iter().filter(|line| !family(&line.code)) {
        assert!(alive.contains(&line.code), "no set fills {}", line.code);
    }
}

fn compare(number: u64, set: &Set, records: &Records, unit: &str, inside: &[&str], alive: &mut BTreeSet<String>) {
    let week = set.week;
    let reader = set.office.store.reader();
    let summary = weekly::collect(&reader, week, unit).unwrap();
    let last = week.to.to_string();
    let before = week.from.pred_opt().unwrap();
    let year = week.to.year();
    let spans = [
        (Column::This, week.from.to_string(), last.clone()),
        (
            Column::Previous,
            (before - Days::new(6)).to_string(),
            before.to_string(),
        ),
        (Column::Year, format!("{year}-01-01"), last.clone()),
        (
            Column::ClosedYear,
            format!("{}-01-01", year - 1),
            format!("{}-12-31", year - 1),
        ),
    ];
    let crosses = week.from.year() < year;
    for (column, from, to) in &spans {
        if *column == Column::ClosedYear && !crosses {
            assert!(
                summary
                    .lines
                    .iter()
                    .all(|line| line.counted(Column::ClosedYear).is_none())
            );
            continue;
        }
        let expected = records.count(&Span { from, to }, &last, inside);
        for (code, value) in &expected {
            if summary.line(code).is_none() {
                panic!("set {number}: {code} is no line");
            }
            if *value != 0 {
                alive.insert(code.clone());
            }
        }
        for line in &summary.lines {
            let expected = expected.get(&line.code).copied().unwrap_or(0);
            let counted = line.counted(*column).unwrap();
            assert_eq!(
                counted.value, expected,
                "set {number}, {week}, {unit}, {} {column:?}",
                line.code
            );
        }
    }
    the_year_goes_on(number, set, unit, &summary);
}

/// Every flow: year = last week's year + this; across New Year the closed year takes the days up to 31 December.
fn the_year_goes_on(number: u64, set: &Set, unit: &str, summary: &weekly::WeeklySummary) {
    let reader = set.office.store.reader();
    let last_week = weekly::collect(&reader, set.week.previous().unwrap(), unit).unwrap();
    for line in summary.lines.iter().filter(|line| line.nature == Nature::Flow) {
        let before = last_week.value(&line.code, Column::Year);
        let same_year = last_week.period.to.year() == summary.period.to.year();
        let (before, closed) = if same_year {
            (before, 0)
        } else {
            (before, line.value(Column::ClosedYear))
        };
        if same_year || line.counted(Column::ClosedYear).is_some() {
            let now = line.value(Column::Year) + closed;
            assert_eq!(now, before + line.value(Column::This), "set {number}, {}", line.code);
        }
    }
}
