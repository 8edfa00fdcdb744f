//! Finding over a store: what is found, in which order, and that the list follows what is saved.

use serde_json::{Value as Json, json};

use super::{Asked, Finder, Hit};
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::reading;
use crate::domain::record::kind;
use crate::store::{Read, Store, Warnings};

/// A store of one office, with the means to save records and to find them.
pub struct Office {
    pub store: Store,
    pub finder: Finder,
}

impl Office {
    pub fn new() -> Office {
        let store = Store::memory();
        let mut settings = (*store.settings()).clone();
        settings.office.unit = Some("C12472-B".to_string());
        store.set_settings(settings).unwrap();
        store.pin_clock("2026-05-22".parse().unwrap(), 1_779_400_000_000);
        Office {
            store,
            finder: Finder::new(),
        }
    }

    pub fn add(&self, key: &'static str, fields: Json) -> Id {
        self.save(Entry::new(key), fields)
    }

    pub fn edit(&self, key: &str, id: Id, fields: Json) {
        let entry = self.store.reader().get(key, id).unwrap().unwrap();
        self.save(entry, fields);
    }

    pub fn save(&self, mut entry: Entry, fields: Json) -> Id {
        let reader = self.store.reader();
        for (field, value) in fields.as_object().unwrap() {
            let field = kind(entry.kind).unwrap().field(field).unwrap();
            entry.set(field.key, reading::from_json(field, value, &reader).unwrap());
        }
        let mut txn = self.store.txn();
        let id = txn.save(entry, Warnings::Accept).unwrap();
        txn.commit().unwrap();
        id
    }

    pub fn delete(&self, key: &str, id: Id) {
        let mut txn = self.store.txn();
        txn.delete(key, id).unwrap();
        txn.commit().unwrap();
    }

    pub fn cooperative(&self, name: &str) -> Id {
        let kind = if name.starts_with("THT") { "THT" } else { "HTX" };
        self.add(
            "cooperative",
            json!({"kind": kind, "name": name, "registered_on": "2020-03-01"}),
        )
    }

    pub fn manager(&self, name: &str, phone: &str, cooperative: Id) -> Id {
        let person = self.add("person", json!({"name": name, "gender": "NU", "phone": phone}));
        self.add(
            "role",
            json!({"person": person.to_string(), "cooperative": cooperative.to_string(), "role": "GD", "from": "2021"}),
        )
    }

    pub fn answer(&mut self, text: &str) -> Vec<Hit> {
        let asked = Asked {
            text,
            kind: None,
            limit: 20,
        };
        self.finder.answer(&asked, &self.store.reader()).unwrap()
    }

    pub fn titles(&mut self, text: &str) -> Vec<String> {
        self.answer(text).into_iter().map(|hit| hit.title).collect()
    }
}

#[test]
fn a_name_is_found_by_words_begun_in_any_order_without_tones() {
    let mut office = Office::new();
    office.cooperative("HTX Dược liệu An Khang");
    office.cooperative("HTX Rau an toàn Khánh Linh");
    for text in [
        "duoc lieu an khang",
        "khang an",
        "d li an kh",
        "HTX DƯỢC LIỆU",
        "hợp tác xã dược",
        "dươc liêu",
    ] {
        assert_eq!(
            office.titles(text).first().map(String::as_str),
            Some("HTX Dược liệu An Khang"),
            "{text}"
        );
    }
    assert_eq!(
        office.titles("an kh"),
        ["HTX Dược liệu An Khang", "HTX Rau an toàn Khánh Linh"]
    );
    assert!(office.titles("khong co gi").is_empty());
    assert!(office.titles("").is_empty());
}

#[test]
fn whole_words_stand_before_begun_ones_then_initials_then_a_letter_wrong() {
    let mut office = Office::new();
    office.cooperative("HTX Anh Nguyên");
    office.cooperative("HTX Tân An");
    office.cooperative("HTX Ao Ngọc");
    office.cooperative("HTX Am Thịnh");
    assert_eq!(
        office.titles("htx an"),
        ["HTX Tân An", "HTX Anh Nguyên", "HTX Ao Ngọc", "HTX Am Thịnh"]
    );
}

#[test]
fn initials_run_through_a_name_and_may_begin_with_its_kind() {
    let mut office = Office::new();
    office.cooperative("HTX Rau an toàn Thúy Hạnh");
    office.cooperative("HTX Khánh Linh");
    office.cooperative("Hợp tác xã Rau an toàn Khánh Linh");
    assert_eq!(office.titles("rat thuy hanh"), ["HTX Rau an toàn Thúy Hạnh"]);
    assert_eq!(
        office.titles("hkl"),
        ["HTX Khánh Linh", "Hợp tác xã Rau an toàn Khánh Linh"]
    );
    assert_eq!(
        office.titles("htxkl").first().map(String::as_str),
        Some("HTX Khánh Linh")
    );
    assert!(office.titles("hlk").is_empty());
}

#[test]
fn one_letter_wrong_still_finds_and_two_do_not() {
    let mut office = Office::new();
    office.cooperative("HTX Dược liệu An Khang");
    for text in [
        "duoc lieu an khamg",
        "duocc lieu",
        "duo lieu",
        "dcuo lieu",
        "htc an khang",
        "am khang",
    ] {
        assert_eq!(office.titles(text), ["HTX Dược liệu An Khang"], "{text}");
    }
    assert!(office.titles("dxxc lieu").is_empty());
    assert!(
        office.titles("xn").is_empty(),
        "two letters alone are like too many words"
    );
}

#[test]
fn tones_that_were_typed_narrow_unless_nothing_has_them() {
    let mut office = Office::new();
    office.cooperative("HTX Thúy Hạnh");
    office.cooperative("HTX Thủy Hành");
    assert_eq!(office.titles("thuy hanh").len(), 2);
    assert_eq!(office.titles("thuỷ"), ["HTX Thủy Hành"]);
    assert_eq!(office.titles("hạnh"), ["HTX Thúy Hạnh"]);
    assert_eq!(office.titles("thu\u{309}y ha\u{300}nh"), ["HTX Thủy Hành"]);
    assert_eq!(office.titles("thùy").len(), 2);
}

#[test]
fn a_code_stands_first_in_all_its_forms() {
    let mut office = Office::new();
    let seven = (0..7)
        .map(|number| office.cooperative(&format!("HTX Số {}", number + 101)))
        .last()
        .unwrap();
    for text in ["HTX007", "htx7", "htx 7", "HTX-007", "7", "007"] {
        assert_eq!(office.answer(text)[0].id, seven, "{text}");
    }
    assert_eq!(office.answer("htx00").len(), 7);
}

#[test]
fn managers_telephone_tax_code_commune_and_product_find_the_cooperative_before_the_person() {
    let mut office = Office::new();
    let khang = office.cooperative("HTX Dược liệu An Khang");
    office.cooperative("HTX Rau an toàn Khánh Linh");
    office.edit(
        "cooperative",
        khang,
        json!({"tax_code": "1001234563", "area": "C12511-B"}),
    );
    office.manager("Phạm Thị Hạnh", "0912345678", khang);
    office.add(
        "product",
        json!({"cooperative": khang.to_string(), "name": "Trà gừng mật ong"}),
    );
    let place = office.store.reader().known().unit("C12511-B").unwrap().name;
    for text in [
        "pham thi hanh",
        "hanh",
        "pth",
        "0912 345 678",
        "345678",
        "+84912345678",
        "1001234563",
        "gung mat",
        &place,
    ] {
        assert_eq!(office.answer(text)[0].id, khang, "{text}");
    }
    let kinds: Vec<&str> = office.answer("hạnh").iter().map(|hit| hit.kind).collect();
    assert_eq!(kinds[..2], ["cooperative", "person"]);
    assert_eq!(office.answer("hạnh")[1].detail, "Giám đốc HTX Dược liệu An Khang");
}

#[test]
fn sessions_and_fairs_stand_behind_cooperatives_and_people() {
    let mut office = Office::new();
    office.add(
        "fair",
        json!({"title": "Hội chợ An Khang", "kind": "HOI_CHO", "from": "2026-05-01"}),
    );
    office.add(
        "training",
        json!({"title": "An Khang học quản trị", "topics": ["QUAN_TRI"], "from": "2026-05-02"}),
    );
    office.add("person", json!({"name": "Trần An Khang", "gender": "NU"}));
    office.cooperative("HTX Xanh An Khang");
    let kinds: Vec<&str> = office.answer("an khang").iter().map(|hit| hit.kind).collect();
    assert_eq!(kinds, ["cooperative", "person", "training", "fair"]);
    let asked = Asked {
        text: "an khang",
        kind: Some("fair"),
        limit: 20,
    };
    let hits = office.finder.answer(&asked, &office.store.reader()).unwrap();
    assert_eq!(hits.len(), 1);
    assert_eq!(hits[0].title, "Hội chợ An Khang");
}

#[test]
fn of_equals_the_one_visited_last_stands_first() {
    let mut office = Office::new();
    let names = ["HTX An Bình", "HTX An Phú", "HTX An Thái"];
    let ids = names.map(|name| office.cooperative(name));
    assert_eq!(office.titles("an"), names);
    for (id, day) in [(ids[1], "2026-05-01"), (ids[2], "2026-05-20")] {
        office.add(
            "visit",
            json!({"cooperative": id.to_string(), "date": day, "purposes": ["DANH_GIA"]}),
        );
    }
    assert_eq!(office.titles("an"), ["HTX An Thái", "HTX An Phú", "HTX An Bình"]);
}

#[test]
fn the_list_follows_every_save_deletion_and_undo() {
    let mut office = Office::new();
    let khang = office.cooperative("HTX Dược liệu An Khang");
    assert_eq!(office.titles("an khang").len(), 1);
    office.edit("cooperative", khang, json!({"name": "HTX Chè Tân Cương"}));
    assert_eq!(office.titles("tan cuong"), ["HTX Chè Tân Cương"]);
    assert!(office.titles("an khang").is_empty());
    let role = office.manager("Phạm Thị Hạnh", "0912345678", khang);
    assert_eq!(office.answer("hanh")[0].id, khang);
    let person = office.answer("hanh")[1].id;
    office.edit("person", person, json!({"name": "Phạm Thị Mộng"}));
    assert_eq!(office.titles("mong"), ["HTX Chè Tân Cương", "Phạm Thị Mộng"]);
    office.delete("role", role);
    assert_eq!(office.titles("mong"), ["Phạm Thị Mộng"]);
    office.delete("cooperative", khang);
    assert!(office.titles("tan cuong").is_empty());
    office.store.undo().unwrap();
    assert_eq!(office.titles("tan cuong"), ["HTX Chè Tân Cương"]);
}

#[test]
fn key_by_key_the_answer_is_that_of_the_whole_text_at_once() {
    let mut office = Office::new();
    let khang = office.cooperative("HTX Dược liệu An Khang");
    office.cooperative("HTX Rau an toàn Khánh Linh");
    office.cooperative("HTX Hạnh Phúc");
    office.manager("Phạm Thị Hạnh", "0912345678", khang);
    for text in ["htx hanh", "an khang", "0912", "rat kl", "hạnh phúc", "htx001", "khnah"] {
        let whole = |text: &str| {
            let mut fresh = Finder::new();
            let asked = Asked {
                text,
                kind: None,
                limit: 20,
            };
            fresh.find(&asked, &office.store.reader()).unwrap()
        };
        for (end, letter) in text.char_indices() {
            let begun = &text[..end + letter.len_utf8()];
            let asked = Asked {
                text: begun,
                kind: None,
                limit: 20,
            };
            let step = office.finder.find(&asked, &office.store.reader()).unwrap();
            assert_eq!(step, whole(begun), "{begun}");
        }
    }
}

#[test]
fn texts_are_found_with_the_words_around_them_and_never_those_on_a_person() {
    let mut office = Office::new();
    let khang = office.cooperative("HTX Dược liệu An Khang");
    let visit = office.add(
        "visit",
        json!({"cooperative": khang.to_string(), "date": "2026-05-20", "purposes": ["DANH_GIA"],
            "advice": "Nên thuê kho lạnh ở chợ đầu mối"}),
    );
    office.add(
        "person",
        json!({"name": "Phạm Thị Hạnh", "gender": "NU", "note": "có kho lạnh riêng"}),
    );
    let hits = office.answer("kho lanh");
    assert_eq!(hits.len(), 1);
    assert_eq!(
        (hits[0].id, hits[0].detail.as_str()),
        (visit, "Nên thuê kho lạnh ở chợ đầu mối")
    );
    assert_eq!(office.answer("=kho lạnh").len(), 1);
    assert!(office.answer("=kho lành").is_empty(), "a tone that was typed narrows");
    assert!(office.answer("=rieng").is_empty());
    assert!(office.answer("=").is_empty());
}
