//! The form engine by examples: what stood there, the keys pressed, what stands there then.

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
fn a_wrong_value_holds_the_field_and_says_why_until_it_is_right() {
    let desk = Desk::new();
    for (field, wrong, rule) in [
        ("date", "31/02 enter", "ngày"),
        ("members", "bốn enter", "số"),
        ("cooperative", "xyz enter", "Không có \"xyz\""),
    ] {
        let mut form = visit_at(&desk, field);
        desk.press(&mut form, wrong);
        assert_eq!(here(&form), field, "{wrong}");
        let said: String = form.remarks().iter().map(|remark| remark.said.vi.clone()).collect();
        assert!(said.to_lowercase().contains(&rule.to_lowercase()), "{wrong}: {said}");
    }
    let mut form = visit_at(&desk, "members");
    desk.press(&mut form, "20 enter 30 enter");
    assert_eq!((here(&form), form.state(form.at())), ("members_women", Some(Tone::Bad)));
    // The whole may be what was wrong: going back is free.
    desk.press(&mut form, "up 40 enter enter");
    assert_eq!((here(&form), form.remarks().len()), ("workers", 0));
}

#[test]
fn a_doubt_is_shown_once_let_through_and_asked_for_when_saving() {
    let desk = Desk::new();
    let mut form = visit_at(&desk, "purposes");
    desk.press(&mut form, "2 enter 3 enter");
    assert_eq!(here(&form), "workers");
    desk.press(&mut form, "10 enter");
    assert_eq!((here(&form), form.state(form.at())), ("workers", Some(Tone::Warning)));
    desk.press(&mut form, "enter");
    assert_eq!(here(&form), "workers_women");
    assert!(matches!(desk.press(&mut form, "ctrl-s"), Asked::Left));
    assert_eq!(here(&form), "workers");
    assert!(form.has_doubt_here());
    let saved = desk.save(desk.press(&mut form, "f8"));
    assert!(saved[0].names(ACCEPTED, "big-change:workers"), "{saved:?}");
}

#[test]
fn what_is_accepted_is_asked_again_only_for_another_value() {
    let desk = Desk::new();
    let mut form = visit_at(&desk, "workers");
    desk.press(&mut form, "10 enter f8");
    assert_eq!(here(&form), "workers_women");
    desk.press(&mut form, "up enter");
    assert_eq!(here(&form), "workers_women");
}

#[test]
fn a_missing_field_is_told_when_saving_not_before() {
    let desk = Desk::new();
    let mut form = visit_at(&desk, "purposes");
    desk.press(&mut form, "enter");
    assert_eq!(here(&form), "status");
    desk.press(&mut form, "ctrl-s");
    assert_eq!(here(&form), "purposes");
    assert!(form.remarks()[0].said.vi.contains("Chưa nhập"));
}

#[test]
fn a_code_or_a_full_date_goes_on_by_itself_and_backspace_comes_back() {
    let desk = Desk::new();
    let mut form = desk.form("visit");
    assert_eq!(here(&form), "cooperative");
    desk.press(&mut form, "htx007");
    assert_eq!(here(&form), "purposes");
    desk.press(&mut form, "backspace");
    assert_eq!(here(&form), "cooperative");
    let mut dated = visit_at(&desk, "date");
    desk.press(&mut dated, "01052026 backspace");
    assert_eq!(here(&dated), "date");
}

#[test]
fn enter_out_of_habit_behind_a_code_does_not_pass_over_a_field_that_must_be_filled() {
    let desk = Desk::new();
    let mut form = desk.form("visit");
    desk.press(&mut form, "htx007 enter");
    assert_eq!(here(&form), "purposes");
    desk.press(&mut form, "enter");
    assert_eq!(here(&form), "status", "a second Enter is meant");
}

#[test]
fn what_a_target_counts_is_chosen_by_its_name() {
    let desk = Desk::new();
    let chosen = |keys: &str| {
        let mut form = desk.form("target");
        desk.press(&mut form, "alt-g chi_tieu enter");
        assert_eq!(here(&form), "indicator");
        desk.press(&mut form, keys);
        json_of(&form, "indicator")
    };
    assert_eq!(chosen("luot_tham enter"), json!("VISITS"));
    assert_eq!(chosen("nu_quan_ly_duoc_dao enter"), json!("MANAGERS_TRAINED_PCT"));
    assert_eq!(chosen("HTX_NEW enter"), json!("HTX_NEW"));
    assert_eq!(chosen("visits.tu_van enter"), json!("VISITS.TU_VAN"));
    assert_eq!(chosen("khong_co_gi_nhu_vay enter"), Json::Null);
    let mut form = desk.form("target");
    desk.press(&mut form, "alt-g chi_tieu enter luot_tham enter");
    let cell = form.cells().iter().find(|cell| cell.key() == "indicator").unwrap();
    assert!(
        cell.shown(Lang::Vi).starts_with("VISITS Lượt thăm"),
        "{}",
        cell.shown(Lang::Vi)
    );
}

#[test]
fn targets_of_a_plan_are_entered_one_after_another() {
    let desk = Desk::new();
    let mut form = desk.form("target");
    for keys in [
        "chi_tieu enter luot_tham enter",
        "phep enter 2",
        "pham_vi enter 1",
        "luy_ke enter 1/1/2026",
        "han enter 31/12/2026",
    ] {
        desk.press(&mut form, &format!("alt-g {keys}"));
    }
    let entry = form.cells().iter().fold(Entry::new("target"), |mut entry, cell| {
        entry.set(cell.key(), form.value(cell.key()).cloned());
        entry
    });
    let next = desk.on(|cx| Form::new("target", Vec::new(), form.carry(std::slice::from_ref(&entry)), cx).unwrap());
    for key in ["operator", "scope", "cumulative_from", "due"] {
        assert!(next.value(key).is_some() && next.value(key) == entry.get(key), "{key}");
    }
    assert_eq!(next.value("indicator"), None);
}

#[test]
fn what_is_created_in_place_has_the_kind_that_its_name_says() {
    let desk = Desk::new();
    for (name, kind) in [
        ("THT Nấm Đông Hải", json!("THT")),
        ("Hợp tác xã May", json!("HTX")),
        ("HTXY", Json::Null),
        ("Nấm", Json::Null),
    ] {
        let given = vec![("name", Value::Text(name.into()))];
        let form = desk.on(|cx| Form::new("cooperative", given.clone(), Carried::default(), cx).unwrap());
        assert_eq!(json_of(&form, "kind"), kind, "{name}");
        assert_eq!(here(&form), if kind.is_null() { "kind" } else { "area" }, "{name}");
    }
}

#[test]
fn the_next_record_keeps_the_officer_and_the_day_of_a_stack_of_papers() {
    let desk = Desk::new();
    let mut form = visit_at(&desk, "date");
    desk.press(&mut form, "20/5 enter enter 2 enter");
    let saved = desk.save(desk.press(&mut form, "ctrl-s"));
    let carried = form.carry(&saved);
    let next = desk.on(|cx| Form::new("visit", Vec::new(), carried, cx).unwrap());
    assert_eq!(json_of(&next, "date"), json!("2026-05-20"));
    assert_eq!(next.value("officers"), saved[0].get("officers"));
    assert_eq!(here(&next), "date", "a day changed by hand is asked again");
    assert_eq!(here(&desk.form("visit")), "cooperative", "today is not");
}

#[test]
fn one_key_copies_a_field_and_another_the_whole_record() {
    let desk = Desk::new();
    let mut form = visit_at(&desk, "advice");
    desk.press(&mut form, "ctrl-d");
    assert_eq!(json_of(&form, "advice"), json!("hướng dẫn lập phương án vay"));
    assert_eq!(here(&form), "next_visit");
    let mut form = visit_at(&desk, "purposes");
    desk.press(&mut form, "5 alt-d");
    assert_eq!(json_of(&form, "purposes"), json!(["CUNG_CO"]), "what was typed stays");
    assert_eq!(json_of(&form, "members"), json!(44));
    assert_eq!(
        json_of(&form, "date"),
        json!("2026-05-22"),
        "the day is this record's own"
    );
    desk.press(&mut form, "ctrl-z");
    assert_eq!(json_of(&form, "members"), Json::Null, "and it is one step back");
}

#[test]
fn undo_goes_through_the_fields_after_the_field_itself() {
    let desk = Desk::new();
    let mut form = visit_at(&desk, "members");
    desk.press(&mut form, "45 enter 30 enter");
    desk.press(&mut form, "ctrl-z");
    assert_eq!(
        (json_of(&form, "members_women"), here(&form)),
        (Json::Null, "members_women")
    );
    desk.press(&mut form, "ctrl-z");
    assert_eq!((json_of(&form, "members"), here(&form)), (Json::Null, "members"));
    desk.press(&mut form, "ctrl-y");
    assert_eq!(json_of(&form, "members"), json!(45));
    let mut untouched = desk.form("visit");
    assert!(
        matches!(desk.press(&mut untouched, "ctrl-z"), Asked::Pass),
        "the last save is taken back"
    );
}

#[test]
fn a_suggestion_shows_behind_the_cursor_and_one_key_takes_it() {
    let desk = Desk::new();
    let mut form = visit_at(&desk, "advice");
    desk.press(&mut form, "hu");
    assert_eq!(form.suggestion(), Some("hướng dẫn lập phương án vay"));
    desk.press(&mut form, "right enter");
    assert_eq!(json_of(&form, "advice"), json!("hướng dẫn lập phương án vay"));
    let mut several = visit_at(&desk, "difficulty_text");
    desk.press(&mut several, "giasw;_thi");
    assert_eq!(several.suggestion(), Some("thiếu vốn mua giống"));
    desk.press(&mut several, "ctrl-e up");
    assert_eq!(json_of(&several, "difficulty_text")[1], json!("thiếu vốn mua giống"));
}

#[test]
fn a_person_who_is_there_already_is_shown_while_typing() {
    let desk = Desk::new();
    let mut form = desk.form("person");
    desk.press(&mut form, "nguyeenx_thij");
    assert_eq!(form.alike().len(), 1);
    assert!(matches!(desk.press(&mut form, "alt-e"), Asked::Open("person", _)));
    desk.press(&mut form, "_lan");
    assert!(form.alike().is_empty());
    let to = form.cells().iter().position(|cell| cell.key() == "phone").unwrap();
    desk.on(|cx| form.go_to(to, cx));
    desk.press(&mut form, "091200011");
    assert!(form.alike().is_empty());
}

#[test]
fn what_is_not_found_is_created_and_comes_back_to_its_field() {
    let desk = Desk::new();
    let mut form = visit_at(&desk, "officers");
    let asked = desk.press(&mut form, "phamj_thij_lan ctrl-n");
    let Asked::Create { kind, name } = asked else {
        panic!("{asked:?}")
    };
    assert_eq!((kind, name.as_str()), ("person", "phamj thij lan"));
    let created = desk.add("person", json!({"name": "Phạm Thị Lan"}));
    desk.on(|cx| form.answer(created.id, cx));
    assert_eq!(form.value("officers").unwrap().items().len(), 2);
    assert_eq!(here(&form), "purposes");
}

#[test]
fn a_draft_brings_back_everything_even_what_cannot_be_read() {
    let desk = Desk::new();
    let mut form = visit_at(&desk, "purposes");
    desk.press(&mut form, "2 5 enter 4");
    let to = form.cells().iter().position(|cell| cell.key() == "members").unwrap();
    desk.on(|cx| form.go_to(to, cx));
    desk.press(&mut form, "bốn enter");
    let draft = form.draft();
    let again = desk.on(|cx| Form::resume(&draft, cx).unwrap());
    assert_eq!((again.id(), here(&again)), (form.id(), "members"));
    for (cell, was) in again.cells().iter().zip(form.cells()) {
        assert_eq!(cell.content(), was.content(), "{}", cell.key());
    }
    assert_eq!(again.draft().body, draft.body);
}

#[test]
fn why_a_field_is_empty_and_notes_on_it_are_kept() {
    let desk = Desk::new();
    let mut form = visit_at(&desk, "purposes");
    desk.press(&mut form, "2 enter 3 alt-u");
    assert_eq!(here(&form), "workers");
    desk.press(&mut form, "alt-n up up f7 hoir_laij enter");
    let saved = desk.save(desk.press(&mut form, "ctrl-s"));
    let marks = saved[0].get(MISSING).map(Value::to_json).unwrap();
    assert_eq!(marks, json!({"members": "KHONG_BIET", "workers": "KHONG_AP_DUNG"}));
    let notes = saved[0].get(FIELD_NOTES).map(Value::to_json).unwrap();
    assert_eq!(notes.as_object().unwrap().values().next(), Some(&json!("hỏi lại")));
}

#[test]
fn a_field_is_gone_to_by_its_name() {
    let desk = Desk::new();
    let mut form = visit_at(&desk, "purposes");
    desk.press(&mut form, "alt-g hen enter");
    assert_eq!(here(&form), "next_visit");
    desk.press(&mut form, "alt-g doanh enter");
    assert_eq!(here(&form), "revenue", "further fields open by themselves");
    assert_eq!(form.source(), None::<Source>);
}

#[test]
fn an_edit_saves_what_was_changed_and_keeps_the_rest() {
    let desk = Desk::new();
    let stored = desk.store.reader().scan("visit").next().unwrap().unwrap();
    let mut form = desk.on(|cx| Form::edit(stored.clone(), cx).unwrap());
    desk.press(&mut form, "alt-g thanh enter 46");
    let saved = desk.save(desk.press(&mut form, "ctrl-s"));
    assert_eq!(saved[0].number("members"), Some(46));
    let rest = |entry: &Entry| {
        entry
            .filled()
            .filter(|(key, _)| *key != "members")
            .map(|(key, value)| (key.to_owned(), value.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(rest(&saved[0]), rest(&stored));
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
