//! The form engine by examples: what stood there, the keys pressed, what stands there then.

mod checking;
mod keeping;
mod offering;
mod walking;

use super::chooser::Source;
use super::engine::{Asked, Carried, Form, FormCx};
use crate::domain::entry::{ACCEPTED, Entry, FIELD_NOTES, MISSING};
use crate::domain::reading;
use crate::domain::record::kind;
use crate::domain::settings::Settings;
use crate::domain::text::Lang;
use crate::domain::value::Value;
use crate::store::{Read, Store, Warnings};
use crate::ui::keymap::{Context, Key, Keymap, Resolved, Shipped};
use crate::ui::names::{self, Names};
use crate::ui::screen::{Input, Tone, TypingPrefs};
use crate::vietnamese::typing;
use serde_json::{Value as Json, json};
use std::sync::Arc;

const CHOOSING: &[Context] = &[Context::Picker, Context::Form, Context::Text, Context::Global];

/// A store of 22/05/2026 with an officer, three cooperatives and a visit.
struct Desk {
    store: Store,
    keymap: Keymap,
    typing: TypingPrefs,
    names: Names,
}

impl Desk {
    fn new() -> Desk {
        let store = Store::memory();
        store.pin_clock("2026-05-22".parse().unwrap(), 1_779_400_000_000);
        let mut settings = Settings::default();
        settings.office.unit = Some("C12472-B".into());
        store.set_settings(settings).unwrap();
        let desk = Desk {
            store,
            keymap: Keymap::shipped(Shipped::Default),
            typing: TypingPrefs {
                settings: Arc::new(typing::Settings {
                    abbreviations: typing::Abbreviations::starter(),
                    ..typing::Settings::default()
                }),
                ..TypingPrefs::default()
            },
            names: names::shared(),
        };
        desk.add(
            "person",
            json!({"name": "Nguyễn Thị Hằng", "gender": "NU", "phone": "0912000111"}),
        );
        desk.add("person", json!({"name": "Đỗ Thu Hà", "gender": "NU"}));
        for (code, name) in [
            ("HTX007", "HTX Dược liệu An Khang"),
            ("HTX031", "HTX Rau an toàn Khánh Linh"),
            ("HTX012", "HTX May Trà Lý"),
        ] {
            desk.add(
                "cooperative",
                json!({"code": code, "kind": "HTX", "name": name, "registered_on": "2020-03-01"}),
            );
        }
        desk.add(
            "visit",
            json!({"date": "2026-04-14", "cooperative": "HTX007", "purposes": ["DANH_GIA"], "status": "DANG_HOAT_DONG",
                "members": 44, "members_women": 30, "workers": 42, "difficulties": ["VON"],
                "difficulty_text": ["thiếu vốn mua giống"], "advice": "hướng dẫn lập phương án vay"}),
        );
        desk
    }

    fn add(&self, key: &'static str, json: Json) -> Entry {
        let mut entry = Entry::new(key);
        let reader = self.store.reader();
        for (name, value) in json.as_object().unwrap() {
            let field = kind(key).unwrap().field(name).unwrap();
            entry.set(name, reading::from_json(field, value, reader.known()).unwrap());
        }
        let mut txn = self.store.txn();
        txn.save(entry.clone(), Warnings::Accept).unwrap();
        txn.commit().unwrap();
        entry
    }

    fn on<T>(&self, work: impl FnOnce(&FormCx<'_>) -> T) -> T {
        let reader = self.store.reader();
        work(&FormCx {
            read: &reader,
            names: &self.names,
            typing: &self.typing,
            lang: Lang::Vi,
            officer: "Nguyễn Thị Hằng",
        })
    }

    fn form(&self, kind: &str) -> Form {
        self.on(|cx| Form::new(kind, Vec::new(), Carried::default(), cx).unwrap())
    }

    /// Presses keys: words that name keys, others typed letter by letter; `'a b` types a blank too. Gives what is asked
    /// for at the end.
    fn press(&self, form: &mut Form, keys: &str) -> Asked {
        let mut asked = Asked::Nothing;
        for word in keys.split(' ').filter(|word| !word.is_empty()) {
            let pressed = match Key::parse(word) {
                Ok(key) if word.chars().count() > 1 => vec![key],
                _ => word
                    .chars()
                    .map(|c| Key::char(if c == '_' { ' ' } else { c }))
                    .collect(),
            };
            for key in pressed {
                asked = self.press_one(form, key);
            }
        }
        asked
    }

    fn press_one(&self, form: &mut Form, key: Key) -> Asked {
        let contexts = if form.is_choosing() {
            CHOOSING
        } else {
            Context::Form.chain()
        };
        let action = match self.keymap.resolve(contexts, &mut Vec::new(), key) {
            Resolved::Action(action) => Some(action),
            _ => None,
        };
        self.on(|cx| form.update(&Input::Key { key, action }, cx))
    }

    /// Saves what is asked for, as the screen does.
    fn save(&self, asked: Asked) -> Vec<Entry> {
        let Asked::Save(entries) = asked else {
            panic!("{asked:?}")
        };
        let mut txn = self.store.txn();
        for entry in entries.clone() {
            txn.save(entry, Warnings::Refuse)
                .unwrap_or_else(|refusal| panic!("{:?}", refusal.messages()));
        }
        txn.commit().unwrap();
        entries
    }
}

/// The field with the cursor.
fn here(form: &Form) -> &'static str {
    form.cells()[form.at()].key()
}

fn json_of(form: &Form, key: &str) -> Json {
    form.value(key).map_or(Json::Null, Value::to_json)
}

/// A visit to HTX007 with the cursor in the field named.
fn visit_at(desk: &Desk, key: &str) -> Form {
    let mut form = desk.form("visit");
    desk.press(&mut form, "7 enter");
    let keys = form.cells().iter().map(|cell| cell.key()).collect::<Vec<_>>();
    let to = keys.iter().position(|known| *known == key).unwrap();
    desk.on(|cx| form.go_to(to, cx));
    assert_eq!(here(&form), key);
    form
}

#[test]
fn what_is_typed_is_read_when_the_field_is_left() {
    let desk = Desk::new();
    let mut wrong = Vec::new();
    for (field, keys, expected, then) in [
        ("date", "5/5 enter", json!("2026-05-05"), "cooperative"),
        ("date", "h-1 enter", json!("2026-05-21"), "cooperative"),
        ("date", "01052026", json!("2026-05-01"), "cooperative"),
        ("purposes", "2 enter", json!(["DANH_GIA"]), "status"),
        ("purposes", "2 5 enter", json!(["DANH_GIA", "CUNG_CO"]), "status"),
        ("purposes", "1 enter", json!(["KHAO_SAT"]), "status"),
        ("purposes", "12 3 enter", json!(["NHU_CAU", "TU_VAN"]), "status"),
        ("purposes", "18 enter", json!(["KHAO_SAT", "TIN_DUNG"]), "status"),
        ("purposes", "tham_h enter", json!(["THAM_HOI"]), "status"),
        ("purposes", "2 2 3 enter", json!(["TU_VAN"]), "status"),
        ("status", "3", json!("DANG_HOAT_DONG"), "members"),
        ("status", "4", json!("TAM_NGUNG"), "status_since"),
        ("status", "tam enter", json!("TAM_NGUNG"), "status_since"),
        ("status", "tamx_nguwngf enter", json!("TAM_NGUNG"), "status_since"),
        ("status", "khongcomucnay enter", Json::Null, "status"),
        ("members", "1.250 enter", json!(1250), "members_women"),
        ("members", "= enter", json!(44), "members_women"),
        ("members", "enter", Json::Null, "workers"),
        ("workers", "enter", Json::Null, "difficulties"),
        ("difficulties", "enter", Json::Null, "advice"),
        ("difficulties", "voons enter", json!(["VON"]), "difficulty_text"),
        ("next_visit", "+14 up", json!("2026-06-05"), "advice"),
        ("next_visit", "5/6 up", json!("2026-06-05"), "advice"),
        ("capital", "1,5_tr enter", json!(1_500_000), "revenue"),
    ] {
        let mut form = visit_at(&desk, field);
        desk.press(&mut form, keys);
        let (got, at) = (json_of(&form, field), here(&form));
        if (&got, at) != (&expected, then) {
            wrong.push(format!(
                "{field}, {keys}: {got} and on to {at}, not {expected} and {then}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn htx_stays_htx_in_a_name_and_is_spelled_out_in_other_texts() {
    let desk = Desk::new();
    let mut form = desk.form("cooperative");
    desk.press(&mut form, "2 HTX_Buns_khoo enter");
    assert_eq!(json_of(&form, "name"), json!("HTX Bún khô"));
    let mut visit = visit_at(&desk, "advice");
    desk.press(&mut visit, "htx_manhj enter");
    assert_eq!(json_of(&visit, "advice"), json!("hợp tác xã mạnh"));
}
