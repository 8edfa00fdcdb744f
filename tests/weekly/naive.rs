//! The summary counted as a reader of its description would count it by hand: over all records, one span of days at a
//! time, with dates as texts. Nothing here is shared with the collector.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};
use sohoi::domain::record::KINDS;
use sohoi::store::{Read, Store};

type Record = Map<String, Json>;

/// All living records by kind.
pub struct Records(BTreeMap<&'static str, Vec<Record>>);

pub struct Span<'a> {
    pub from: &'a str,
    pub to: &'a str,
}

const MANAGERS: &str = "NHAN_THUC LUAT_HTX QUAN_TRI KY_NANG_SO CNTT_QUAN_TRI TAI_CHINH_KE_TOAN TMDT BAN_HANG_SO \
                        THUONG_HIEU TIEP_CAN_VON THAM_QUAN";
const OFFICERS: &str = "KTTT_CAN_BO NHAN_THUC LUAT_HTX QUAN_TRI KY_NANG_TUYEN_TRUYEN_VAN_DONG";
const ROLES: &str = "CT_HDQT PCT_HDQT TV_HDQT GD PGD TGD PTGD TB_KS TV_BKS KE_TOAN TO_TRUONG TO_PHO TV_BDH";

impl Records {
    pub fn of(store: &Store) -> Records {
        let reader = store.reader();
        let mut all = BTreeMap::new();
        for kind in KINDS {
            let records = reader.scan(kind.key()).map(|entry| {
                let entry = entry.unwrap();
                let mut record: Record = entry
                    .filled()
                    .map(|(key, value)| (key.to_string(), value.to_json()))
                    .collect();
                record.insert("id".into(), entry.id.to_string().into());
                record
            });
            all.insert(kind.key(), records.collect());
        }
        Records(all)
    }

    fn all(&self, kind: &str) -> &[Record] {
        &self.0[kind]
    }

    fn find(&self, kind: &str, id: &str) -> Option<&Record> {
        self.all(kind).iter().find(|record| text(record, "id") == id)
    }

    /// All lines of one span; `last` is the last day of the period reported on.
    pub fn count(&self, span: &Span<'_>, last: &str, inside: &[&str]) -> BTreeMap<String, i64> {
        let mut lines: BTreeMap<String, i64> = BTreeMap::new();
        let mut add = |code: &str, amount: i64| *lines.entry(code.to_string()).or_default() += amount;
        let within = |record: &Record, key: &str| {
            let day = text(record, key);
            !day.is_empty() && span.from <= day && day <= span.to
        };
        let ours = |record: &&Record| inside.contains(&text(record, "unit"));

        let mut visited = BTreeSet::new();
        for visit in self
            .all("visit")
            .iter()
            .filter(ours)
            .filter(|visit| within(visit, "date"))
        {
            if text(visit, "mode") == "DIEN_THOAI" {
                add("VISITS_REMOTE", 1);
                continue;
            }
            add("VISITS", 1);
            for purpose in codes(visit, "purposes") {
                add(&format!("VISITS.{purpose}"), 1);
            }
            let place = self.find("cooperative", text(visit, "cooperative"));
            if place.is_some_and(|place| ["HTX", "THT", "LH_HTX"].contains(&text(place, "kind"))) {
                visited.insert(text(visit, "cooperative"));
            }
        }
        add("COOPS_VISITED", visited.len() as i64);

        for issue in self.all("issue").iter().filter(ours) {
            add("ISSUES_OPENED", i64::from(within(issue, "opened_on")));
            let solved = text(issue, "state") == "DA_GIAI_QUYET" && within(issue, "closed_on");
            add("ISSUES_CLOSED", i64::from(solved));
            add("ISSUES_ESCALATED", i64::from(within(issue, "escalated_on")));
            let closed = text(issue, "closed_on");
            if text(issue, "opened_on") <= last && (closed.is_empty() || closed > last) {
                add("ISSUES_OPEN", 1);
                let due = text(issue, "due");
                add("ISSUES_OVERDUE", i64::from(!due.is_empty() && due < last));
            }
        }

        let held = |session: &&Record| text(session, "state") == "DA_TO_CHUC";
        let present = |row: &&Record| ["CO_MAT", "HOAN_THANH"].contains(&text(row, "state"));
        let rows_of = |session: &Record| {
            let id = text(session, "id").to_string();
            self.all("attendance")
                .iter()
                .filter(move |row| text(row, "training") == id)
        };
        let is_woman = |row: &Record| {
            let person = self.find("person", text(row, "person"));
            let gender = person
                .map(|person| text(person, "gender"))
                .filter(|gender| !gender.is_empty());
            gender.unwrap_or_else(|| text(row, "gender")) == "NU"
        };
        let mut persons = BTreeSet::new();
        for session in self
            .all("training")
            .iter()
            .filter(held)
            .filter(ours)
            .filter(|session| within(session, "from"))
        {
            add("TRAIN_SESSIONS", 1);
            if rows_of(session).next().is_none() {
                add("TRAIN_ATTEND", number(session, "count_total"));
                add("TRAIN_ATTEND_WOMEN", number(session, "count_women"));
                add("TRAIN_PERSONS", number(session, "count_total"));
            }
            for row in rows_of(session).filter(present) {
                add("TRAIN_ATTEND", 1);
                add("TRAIN_ATTEND_WOMEN", i64::from(is_woman(row)));
                let person = text(row, "person");
                persons.insert(if person.is_empty() { text(row, "id") } else { person });
            }
        }
        add("TRAIN_PERSONS", persons.len() as i64);

        for (code, topics, holding) in [
            ("MANAGERS_TRAINED_FIRST", MANAGERS, "role"),
            ("OFFICERS_TRAINED_FIRST", OFFICERS, "post"),
        ] {
            // The first day of each person, and whether a session of that day is ours.
            let mut first: BTreeMap<&str, (String, bool)> = BTreeMap::new();
            for session in self.all("training").iter().filter(held) {
                if !codes(session, "topics")
                    .iter()
                    .any(|topic| topics.split(' ').any(|code| code == *topic))
                {
                    continue;
                }
                let day = text(session, "from");
                for row in rows_of(session)
                    .filter(present)
                    .filter(|row| !text(row, "person").is_empty())
                {
                    let person = text(row, "person");
                    let holds = self.all(holding).iter().any(|span| {
                        let fits = holding == "post" || ROLES.split(' ').any(|role| role == text(span, "role"));
                        let (from, to) = (text(span, "from"), text(span, "to"));
                        // A year or a month is compared as far as it goes.
                        let begun = from.is_empty() || from <= &day[..from.len()];
                        let not_over = to.is_empty() || &day[..to.len()] <= to;
                        text(span, "person") == person && fits && begun && not_over
                    });
                    if !holds || (holding == "role" && !is_woman(row)) {
                        continue;
                    }
                    let here = ours(&session);
                    let known = first.entry(person).or_insert_with(|| (day.to_string(), here));
                    if day < known.0.as_str() {
                        *known = (day.to_string(), here);
                    } else if day == known.0 {
                        known.1 |= here;
                    }
                }
            }
            let counted = first
                .values()
                .filter(|(day, here)| *here && span.from <= day.as_str() && day.as_str() <= span.to);
            add(code, counted.count() as i64);
        }

        for support in self.all("support").iter().filter(ours) {
            if within(support, "date") {
                add("SUPPORTS", 1);
                add(&format!("SUPPORTS.{}", text(support, "kind")), 1);
            }
            let on = if text(support, "granted_on").is_empty() {
                "date"
            } else {
                "granted_on"
            };
            if within(support, on) {
                add("SUPPORT_GRANTED", number(support, "granted"));
            }
        }

        let founded = |entry: &&Record| text(entry, "origin") == "HOI_THANH_LAP" && within(entry, "registered_on");
        for entry in self.all("cooperative").iter().filter(ours).filter(founded) {
            match text(entry, "kind") {
                "HTX" => {
                    add("HTX_NEW", 1);
                    let before = self.find("cooperative", text(entry, "predecessor"));
                    add(
                        "THT_TO_HTX",
                        i64::from(before.is_some_and(|before| text(before, "kind") == "THT")),
                    );
                }
                "THT" => add("THT_NEW", 1),
                _ => {}
            }
        }
        for formation in self
            .all("formation")
            .iter()
            .filter(ours)
            .filter(|entry| within(entry, "step_on"))
        {
            add(&format!("FORMATIONS.{}", text(formation, "step")), 1);
        }

        for fair in self
            .all("fair")
            .iter()
            .filter(ours)
            .filter(held)
            .filter(|fair| within(fair, "from"))
        {
            add("FAIRS_HELD", 1);
            let of_fair = |booth: &&Record| text(booth, "fair") == text(fair, "id");
            let shown = |booth: &&Record| text(booth, "state") == "DA_TRUNG_BAY";
            for booth in self.all("booth").iter().filter(of_fair).filter(shown) {
                add("BOOTHS_SHOWN", 1);
                add("BOOTH_REVENUE", number(booth, "revenue"));
            }
        }
        for booth in self
            .all("booth")
            .iter()
            .filter(ours)
            .filter(|booth| text(booth, "state") != "HUY")
        {
            if self.find("fair", text(booth, "fair")).is_some() {
                add("BOOTHS_REGISTERED", i64::from(within(booth, "registered_on")));
                add("BOOTHS_CONFIRMED", i64::from(within(booth, "confirmed_on")));
            }
        }

        for activity in self
            .all("outreach")
            .iter()
            .filter(ours)
            .filter(|activity| within(activity, "date"))
        {
            if ["HOI_NGHI", "SINH_HOAT", "CUOC_THI"].contains(&text(activity, "form")) {
                add("OUTREACH", number(activity, "sessions"));
                add("OUTREACH_REACH", number(activity, "reach"));
            } else {
                add(
                    "MEDIA_ITEMS",
                    activity.get("items").map_or(1, |items| items.as_i64().unwrap()),
                );
            }
        }
        for idea in self.all("contest_entry").iter().filter(ours) {
            add("IDEAS_REGISTERED", i64::from(within(idea, "registered_on")));
            add("IDEAS_SENT", i64::from(within(idea, "sent_on")));
        }
        lines
    }
}

fn text<'a>(record: &'a Record, key: &str) -> &'a str {
    record.get(key).and_then(Json::as_str).unwrap_or_default()
}

fn number(record: &Record, key: &str) -> i64 {
    record.get(key).and_then(Json::as_i64).unwrap_or(0)
}

fn codes<'a>(record: &'a Record, key: &str) -> BTreeSet<&'a str> {
    let list = record.get(key).and_then(Json::as_array);
    list.into_iter().flatten().filter_map(Json::as_str).collect()
}
