//! A store in memory for tests of formulas, filled as the program fills it: completed, checked, warnings accepted.

use serde_json::{Value as Json, json};

use super::books::Books;
use super::evaluate::{Question, Row, evaluate};
use super::plan;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::reading;
use crate::domain::record::kind;
use crate::domain::testing::day;
use crate::store::{Read, Store, Warnings};

/// The store, and the unit that records belong to unless they say otherwise.
pub struct World {
    store: Store,
    unit: String,
}

/// A session of a day that teaches these topics, with whoever was there.
pub fn session(from: &str, topics: &[&str]) -> Json {
    json!({"title": "Lớp tập huấn", "topics": topics, "from": from})
}

/// One JSON object with the fields of two.
pub fn with(mut one: Json, other: Json) -> Json {
    if let (Some(one), Some(other)) = (one.as_object_mut(), other.as_object()) {
        one.extend(other.clone());
    }
    one
}

impl World {
    /// An empty store, seen at the end of 2026; records belong to `unit`.
    pub fn new(unit: &str) -> World {
        let store = Store::memory();
        store.pin_clock(day("2026-12-31"), 1_798_700_000_000);
        World {
            store,
            unit: unit.to_string(),
        }
    }

    /// The store itself.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The store, to be handed on.
    pub fn into_store(self) -> Store {
        self.store
    }

    /// Adds a record. Panics where it is refused.
    pub fn add(&self, key: &'static str, json: Json) -> Id {
        let mut entry = Entry::new(key);
        let reader = self.store.reader();
        let known = kind(key).expect("a test names a kind");
        for (field, value) in json.as_object().expect("a test gives an object") {
            let field = known
                .field(field)
                .unwrap_or_else(|| panic!("{key} has no field {field}"));
            let value = reading::from_json(field, value, reader.known());
            entry.set(
                field.key,
                value.unwrap_or_else(|wrong| panic!("{key}.{}: {}", field.key, wrong.text.en)),
            );
        }
        if entry.unit().is_none() {
            entry.set("unit", Some(crate::domain::value::Value::Text(self.unit.clone())));
        }
        let mut txn = self.store.txn();
        let id = txn
            .save(entry, Warnings::Accept)
            .unwrap_or_else(|refusal| panic!("{key}: {refusal:?}"));
        txn.commit().expect("memory takes every commit");
        id
    }

    /// A cooperative or group founded with the Union's support on a day.
    pub fn founded(&self, kind: &str, name: &str, registered_on: &str) -> Id {
        self.add(
            "cooperative",
            json!({"kind": kind, "name": name, "registered_on": registered_on, "origin": "HOI_THANH_LAP"}),
        )
    }

    /// Figures of a cooperative on a day.
    pub fn measured(&self, cooperative: Id, date: &str, figures: Json) -> Id {
        self.add(
            "measurement",
            with(json!({"cooperative": cooperative.to_string(), "date": date}), figures),
        )
    }

    /// A woman.
    pub fn woman(&self, name: &str) -> Id {
        self.add("person", json!({"name": name, "gender": "NU"}))
    }

    /// A woman with a role at a cooperative.
    pub fn woman_at(&self, name: &str, cooperative: Id, role: &str, dates: Json) -> Id {
        let person = self.woman(name);
        self.role(person, cooperative, role, dates);
        person
    }

    /// A role.
    pub fn role(&self, person: Id, cooperative: Id, role: &str, dates: Json) -> Id {
        let role = json!({"person": person.to_string(), "cooperative": cooperative.to_string(), "role": role});
        self.add("role", with(role, dates))
    }

    /// Someone present in a session.
    pub fn attends(&self, training: Id, person: Id) -> Id {
        self.row(training, json!({"person": person.to_string(), "state": "CO_MAT"}))
    }

    /// A row of a session's list.
    pub fn row(&self, training: Id, row: Json) -> Id {
        self.add("attendance", with(json!({"training": training.to_string()}), row))
    }

    /// All rows of a plan as of a day.
    pub fn rows(&self, plan: &str, as_of: &str) -> Vec<Row> {
        self.rows_for(plan, as_of, None)
    }

    /// All rows of a plan as of a day, for one unit.
    pub fn rows_for(&self, plan: &str, as_of: &str, unit: Option<&str>) -> Vec<Row> {
        let reader = self.store.reader();
        let plan = plan::find(&reader, plan)
            .expect("memory reads")
            .expect("a test names a plan");
        let books = Books::open(&reader).expect("memory reads");
        let question = Question {
            as_of: day(as_of),
            unit: unit.map(str::to_string),
        };
        evaluate(&books, &plan, &question).expect("memory reads")
    }

    /// The rows of a plan in short.
    pub fn said(&self, plan: &str, as_of: &str) -> Vec<String> {
        self.rows(plan, as_of).iter().map(said).collect()
    }

    /// The one row of an indicator and period in a plan.
    pub fn row_of(&self, plan: &str, as_of: &str, code: &str, period: &str) -> Row {
        let rows = self.rows(plan, as_of);
        let mut found = rows
            .into_iter()
            .filter(|row| row.target.indicator == code && row.target.period == period);
        found.next().expect("a test names a target of the plan")
    }
}

/// A row in short: `HTX_NEW to-2025 = 3 met`, with the unit where it is not the plan's first row of the target.
pub fn said(row: &Row) -> String {
    use super::tally::Value;
    let figure = match row.value {
        None => "—".to_string(),
        Some(Value::Count(count)) => count.to_string(),
        Some(Value::Share { part, whole }) => format!("{part}/{whole}"),
        Some(Value::Units { counted, of }) => format!("{counted} of {of}"),
        Some(Value::Entered(figure)) => figure.to_string(),
    };
    format!(
        "{} {} {}: {figure} {}",
        row.unit,
        row.target.indicator,
        row.target.period,
        row.state.name()
    )
}
