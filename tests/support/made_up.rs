//! Random records of every kind, the same for the same seed: what a field may hold, in the form in which `list` writes it.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};
use sohoi::domain::catalog;
use sohoi::domain::record::{KINDS, Kind};
use sohoi::domain::schema::{Field, FieldKind};

/// The office that the records belong to.
const OFFICE: &str = "C12472-B";

/// A small generator of numbers: the same seed, the same records.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound
    }

    fn one<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        if items.is_empty() {
            None
        } else {
            Some(&items[self.below(items.len())])
        }
    }

    fn some<T: Clone>(&mut self, items: &[T]) -> Vec<T> {
        let start = self.below(items.len().max(1));
        let count = 1 + self.below(3);
        items
            .iter()
            .cycle()
            .skip(start)
            .take(count.min(items.len()))
            .cloned()
            .collect()
    }
}

/// The ids added so far, by kind.
pub type Ids = BTreeMap<&'static str, Vec<String>>;

const TEXTS: [&str; 6] = [
    "Thiếu vốn lưu động",
    "Nguyễn Thị Ánh Nguyệt",
    "a=b, c; d \"e\"",
    "HTX Đông Hải – Quỳnh Phụ",
    "Ừ thì được",
    "x",
];

fn codes(list: &str) -> Vec<&'static str> {
    catalog::list(list)
        .map(|list| list.codes.iter().map(|code| code.code).collect())
        .unwrap_or_default()
}

fn date(chance: &mut Chance) -> String {
    format!(
        "20{}-{:02}-{:02}",
        20 + chance.below(6),
        1 + chance.below(12),
        1 + chance.below(28)
    )
}

/// A value that a field may hold, in the form in which `list` writes it; none where nothing is there to refer to.
fn value(field: &Field, number: usize, chance: &mut Chance, ids: &Ids) -> Option<Json> {
    let of = |kind: &str| ids.get(kind).cloned().unwrap_or_default();
    Some(match field.kind {
        FieldKind::Text | FieldKind::Lines | FieldKind::Name | FieldKind::Plain => json!(chance.one(&TEXTS)?),
        FieldKind::Code => json!(format!("Mã-{number}")),
        FieldKind::Phone => json!(format!("09{:08}", chance.below(99_999_999))),
        FieldKind::TaxCode => json!(format!("10{:08}", chance.below(99_999_999))),
        FieldKind::Choice(list) => json!(chance.one(&codes(list))?),
        FieldKind::Choices(list) => json!(chance.some(&codes(list))),
        FieldKind::Ref(kind) => json!(chance.one(&of(kind))?),
        FieldKind::Refs(kind) => {
            let ids = of(kind);
            chance.one(&ids)?;
            json!(chance.some(&ids))
        }
        FieldKind::Unit => json!(OFFICE),
        FieldKind::Units => json!([OFFICE]),
        FieldKind::Date => json!(date(chance)),
        FieldKind::Partial => {
            let day = date(chance);
            json!(day[..*chance.one(&[4, 7, 10])?])
        }
        FieldKind::Year => json!(2015 + chance.below(11)),
        FieldKind::Count => json!(chance.below(60)),
        FieldKind::Money => json!(1 + chance.below(5_000_000_000)),
        FieldKind::Balance => json!(chance.below(2_000_000) as i64 - 1_000_000),
        FieldKind::Decimal => match chance.below(2) {
            0 => json!(chance.below(100)),
            _ => json!(chance.below(100) as f64 + 0.5),
        },
        FieldKind::Flag => json!(chance.below(2) == 0),
        FieldKind::Days => json!([true, chance.below(2) == 0]),
        FieldKind::Texts => json!(chance.some(&["Một, hai", "Ba", "Bốn"])),
        FieldKind::Counts(list) => json!({(*chance.one(&codes(list))?): chance.below(20)}),
        FieldKind::Period => json!(chance.one(&["2026-W21", "2026-05", "2026-Q2", "2026-H1", "2026"])?),
        FieldKind::Json => json!({"VISITS": {"this": 5, "ids": ["a", "b"]}}),
    })
}

/// A record with some of its fields filled, the required ones always.
pub fn record(kind: &'static dyn Kind, number: usize, chance: &mut Chance, ids: &Ids) -> Json {
    let mut record = Map::new();
    record.insert(
        "id".into(),
        json!(format!(
            "0189{:04x}-0000-7000-8000-{:012x}",
            chance.below(65_536),
            number
        )),
    );
    for field in kind.fields() {
        let wanted = field.is_required() || chance.below(3) == 0;
        if wanted && let Some(value) = value(field, number, chance, ids) {
            record.insert(field.key.to_string(), value);
        }
    }
    Json::Object(record)
}

/// All kinds, those that others must refer to first.
pub fn kinds_in_order() -> Vec<&'static dyn Kind> {
    let mut waiting: Vec<&'static dyn Kind> = KINDS.to_vec();
    let mut done: Vec<&'static dyn Kind> = Vec::new();
    while !waiting.is_empty() {
        let ready = waiting.iter().position(|kind| {
            let needs = |field: &Field| field.is_required() && field.kind.target().is_some_and(|of| of != kind.key());
            let there = |target: &str| done.iter().any(|kind| kind.key() == target);
            kind.fields()
                .iter()
                .filter(|field| needs(field))
                .all(|field| field.kind.target().is_some_and(there))
        });
        done.push(waiting.remove(ready.expect("required references make no circle")));
    }
    done
}
