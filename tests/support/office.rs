//! A small office of 22/05/2026 in memory: an officer, cooperatives with a history, texts typed before.

use chrono::NaiveDate;
use serde_json::{Value as Json, json};
use sohoi::domain::entry::Entry;
use sohoi::domain::id::Id;
use sohoi::domain::reading;
use sohoi::domain::record::kind;
use sohoi::domain::settings::Settings;
use sohoi::domain::text::Lang;
use sohoi::store::{Read, Store, Warnings};
use sohoi::ui::app::Opener;
use sohoi::ui::canvas::Canvas;
use sohoi::ui::harness::Harness;
use sohoi::ui::keymap::Context;
use sohoi::ui::screen::{Command, Cx, Heading, Input, Screen, openers};
use std::sync::Arc;

/// A screen that stands for home: it has its keys, and shows nothing.
pub struct Home;

impl Screen for Home {
    fn contexts(&self) -> &'static [Context] {
        Context::Home.chain()
    }

    fn update(&mut self, _: &Input, _: &Cx<'_>) -> Vec<Command> {
        vec![Command::Pass]
    }

    fn draw(&self, _: &mut Canvas<'_>) {}

    fn heading(&self, _: Lang) -> Heading {
        Heading::new("Sổ Hội")
    }
}

/// The office.
pub struct Office {
    /// Its store.
    pub store: Arc<Store>,
}

impl Office {
    /// With an officer, four cooperatives, a visit and a director.
    pub fn new() -> Office {
        Office::over(Store::memory())
    }

    /// The same in a store of one's own.
    pub fn over(store: Store) -> Office {
        let today = NaiveDate::from_ymd_opt(2026, 5, 22).expect("a day");
        store.pin_clock(today, 1_779_400_000_000);
        let mut settings = Settings::default();
        settings.office.unit = Some("C12472-B".into());
        settings.office.officer = Some("Nguyễn Thị Hằng".into());
        store.set_settings(settings).expect("a store in memory keeps settings");
        let office = Office { store: Arc::new(store) };
        office.add(
            "person",
            json!({"name": "Nguyễn Thị Hằng", "gender": "NU", "phone": "0912000111"}),
        );
        for (code, name) in [
            ("HTX007", "HTX Dược liệu An Khang"),
            ("HTX031", "HTX Rau an toàn Khánh Linh"),
            ("HTX012", "HTX May Trà Lý"),
        ] {
            office.add(
                "cooperative",
                json!({"code": code, "kind": "HTX", "name": name, "area": "C12472-B", "registered_on": "2020-03-01"}),
            );
        }
        office.add(
            "cooperative",
            json!({"code": "THT004", "kind": "THT", "name": "THT Trồng nấm Đông Hải"}),
        );
        office.add(
            "visit",
            json!({"date": "2026-04-14", "cooperative": "HTX007", "purposes": ["DANH_GIA"], "status": "DANG_HOAT_DONG",
                "members": 44, "members_women": 30, "workers": 42, "workers_women": 30, "workers_women_stable": 28,
                "difficulties": ["VON"], "difficulty_text": ["thiếu vốn mua giống"], "advice": "hướng dẫn lập phương án vay"}),
        );
        office
    }

    /// Adds a record, warnings accepted.
    pub fn add(&self, key: &'static str, json: Json) -> Id {
        let mut entry = Entry::new(key);
        let kind = kind(key).expect("a kind");
        let reader = self.store.reader();
        for (name, value) in json.as_object().expect("an object") {
            let field = kind.field(name).unwrap_or_else(|| panic!("no field {name}"));
            entry.set(
                name,
                reading::from_json(field, value, reader.known()).unwrap_or_else(|wrong| panic!("{wrong:?}")),
            );
        }
        let mut txn = self.store.txn();
        let id = txn
            .save(entry, Warnings::Accept)
            .unwrap_or_else(|refusal| panic!("{:?}", refusal.messages()));
        txn.commit().expect("a store in memory commits");
        id
    }

    /// All living records of a kind, in the order of entry.
    pub fn all(&self, kind: &str) -> Vec<Entry> {
        self.store
            .reader()
            .scan(kind)
            .map(|entry| entry.expect("a record"))
            .collect()
    }

    /// The interface at 80×24, on a home screen that opens forms.
    pub fn harness(&self) -> Harness {
        self.harness_at((80, 24), None)
    }

    /// The same with other screens behind the actions.
    pub fn harness_with(&self, size: (u16, u16), opener: Opener) -> Harness {
        let mut setup = Harness::setup(Box::new(Home), Arc::clone(&self.store), opener);
        setup.settings = self.store.settings().as_ref().clone();
        Harness::over(setup, size)
    }

    /// The same in a window of another size, in a language.
    pub fn harness_at(&self, size: (u16, u16), lang: Option<Lang>) -> Harness {
        let mut setup = Harness::setup(Box::new(Home), Arc::clone(&self.store), openers::table());
        setup.settings = self.store.settings().as_ref().clone();
        setup.settings.lang = lang;
        Harness::over(setup, size)
    }
}
