//! The two grids on demo data, from the home screen: the keys of `tests/keys/*.txt` are pressed one by one and counted,
//! and what they saved is read from the store.

use chrono::NaiveDate;
use serde_json::{Value as Json, json};
use sohoi::cli::demo::{Size, fill};
use sohoi::domain::entry::Entry;
use sohoi::domain::id::Id;
use sohoi::domain::reading;
use sohoi::domain::record::kind;
use sohoi::domain::settings::Settings;
use sohoi::domain::text::Lang;
use sohoi::store::{Order, Read, Store, Warnings};
use sohoi::ui::canvas::Canvas;
use sohoi::ui::harness::Harness;
use sohoi::ui::keymap::Context;
use sohoi::ui::screen::home::Home;
use sohoi::ui::screen::{Command, Cx, Heading, Input, Screen, openers};
use std::sync::Arc;

fn demo() -> Arc<Store> {
    let store = Store::memory();
    let size = Size {
        cooperatives: 24,
        weeks: 3,
        until: NaiveDate::from_ymd_opt(2026, 5, 22).expect("a real day"),
        seed: 1,
    };
    fill(&store, size).expect("an empty store takes demo data");
    Arc::new(store)
}

fn add(store: &Store, key: &'static str, fields: &Json) -> Id {
    let mut entry = Entry::new(key);
    let mut txn = store.txn();
    for (name, value) in fields.as_object().expect("an object") {
        let field = *kind(key)
            .and_then(|kind| kind.field(name))
            .expect("a field of the kind");
        let value = txn
            .with(|read| reading::from_json(&field, value, read.known()))
            .expect("a value of the field");
        entry.set(name, value);
    }
    let id = txn.save(entry, Warnings::Accept).expect("a good record");
    txn.commit().expect("a store in memory commits");
    id
}

/// Opens a grid with the first key that reaches it, as a record's page does.
struct Door(fn(Id, &Cx<'_>) -> Box<dyn Screen>, Id);

impl Screen for Door {
    fn contexts(&self) -> &'static [Context] {
        Context::Record.chain()
    }

    fn update(&mut self, _: &Input, cx: &Cx<'_>) -> Vec<Command> {
        vec![Command::Push((self.0)(self.1, cx))]
    }

    fn draw(&self, _: &mut Canvas<'_>) {}

    fn heading(&self, _: Lang) -> Heading {
        Heading::new("")
    }
}

fn at_the_grid(store: &Arc<Store>, door: Door) -> Harness {
    let mut setup = Harness::setup(Box::new(door), Arc::clone(store), Box::new(|_, _| None));
    setup.settings = Settings::clone(&store.settings());
    let mut harness = Harness::over(setup, (80, 24));
    harness.keys("enter");
    harness
}

fn at_home(store: &Arc<Store>) -> Harness {
    let mut setup = Harness::setup(Box::new(Home::new()), Arc::clone(store), openers::table());
    setup.settings = Settings::clone(&store.settings());
    Harness::over(setup, (80, 24))
}

/// Presses the keys of a script; gives how many there were.
fn play(harness: &mut Harness, script: &str) -> usize {
    let mut count = 0;
    for line in script
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        match line.strip_prefix('"').and_then(|line| line.strip_suffix('"')) {
            Some(text) => {
                harness.typed(text);
                count += text.chars().count();
            }
            None => {
                harness.keys(line);
                count += 1;
            }
        }
    }
    count
}

#[test]
fn attendance_of_thirty_invited_with_three_absent_takes_at_most_fifteen_keys() {
    let store = demo();
    let people: Vec<Id> = store
        .reader()
        .ids("person")
        .take(30)
        .map(|id| id.expect("readable"))
        .collect();
    assert_eq!(people.len(), 30);
    let session = json!({"title": "Quản trị HTX", "topics": ["QUAN_TRI"], "from": "2026-05-21"});
    let training = add(&store, "training", &session);
    for person in &people {
        let row = json!({"training": training.to_string(), "person": person.to_string(), "state": "DANG_KY"});
        add(&store, "attendance", &row);
    }
    let mut harness = at_home(&store);
    let keys = play(&mut harness, include_str!("keys/attendance.txt"));
    assert!(keys <= 15, "{keys} keys");

    let reader = store.reader();
    let state = |person: &Id| {
        let rows = reader.refers(*person, "attendance", "person", Order::Forward);
        rows.filter_map(Result::ok)
            .find(|row| row.cover.id("training") == Some(training))
            .and_then(|row| row.cover.text("state").map(str::to_owned))
            .expect("every one invited has a row")
    };
    for (at, person) in people.iter().enumerate() {
        let expected = if [4, 11, 25].contains(&(at + 1)) {
            "VANG"
        } else {
            "CO_MAT"
        };
        assert_eq!(state(person), expected, "number {}", at + 1);
    }
}

#[test]
fn twelve_booths_of_four_columns_take_at_most_a_hundred_and_sixty_keys() {
    let store = demo();
    let fair = json!({"title": "Hội chợ xuân", "kind": "HOI_CHO", "from": "2026-06-20", "planned_booths": 12});
    let fair = add(&store, "fair", &fair);
    let mut harness = at_home(&store);
    let keys = play(&mut harness, include_str!("keys/booths.txt"));
    assert!(keys <= 160, "{keys} keys");

    let reader = store.reader();
    let mut rows: Vec<Entry> = reader
        .refers(fair, "booth", "fair", Order::Forward)
        .map(|row| {
            reader
                .get("booth", row.expect("readable").id)
                .expect("readable")
                .expect("there")
        })
        .collect();
    rows.sort_by_key(|row| {
        row.number("number")
            .or(row.text("number").and_then(|text| text.parse().ok()))
    });
    let line = |row: &Entry| {
        let exhibitor = row.reference("exhibitor").expect("a cooperative was chosen");
        let exhibitor = reader.get("cooperative", exhibitor).expect("readable").expect("there");
        let number: usize = exhibitor.text("code").unwrap_or_default()[3..]
            .parse()
            .expect("a number");
        let groups: Vec<String> = row.field("categories");
        let star = row.text("ocop_star").unwrap_or("-").to_owned();
        (
            number,
            groups.concat(),
            star,
            row.text("state").unwrap_or_default().to_owned(),
        )
    };
    let found: Vec<(usize, String, String, String)> = rows.iter().map(line).collect();
    let (nu, lap, ocop, manh, kn) = ("HTX_NU", "HTX_THT_HOI", "OCOP", "THE_MANH", "KHOI_NGHIEP");
    let (registered, confirmed) = ("DANG_KY", "XAC_NHAN");
    let expected = [
        (1, nu, "4", registered),
        (2, nu, "3", confirmed),
        (3, ocop, "5", registered),
        (4, nu, "-", registered),
        (5, lap, "0", confirmed),
        (6, nu, "3", registered),
        (7, nu, "4", confirmed),
        (8, kn, "0", registered),
        (9, nu, "3", confirmed),
        (10, manh, "-", registered),
        (11, nu, "4", confirmed),
        (12, ocop, "3", confirmed),
    ];
    let expected: Vec<(usize, String, String, String)> = expected
        .iter()
        .map(|(n, group, star, state)| (*n, (*group).into(), (*star).into(), (*state).into()))
        .collect();
    // `2` in the state column confirms; where Enter passed it by, the new row is registered.
    assert_eq!(found.len(), 12, "{}", harness.text());
    assert_eq!(found, expected, "{}", harness.text());
}

#[test]
fn after_a_new_session_or_fair_comes_its_grid() {
    let store = demo();
    let mut harness = at_the_grid(
        &store,
        Door(|_, cx| openers::new("training", cx).expect("a kind"), Id::now()),
    );
    harness
        .typed("Kyx nawng soos")
        .keys("enter h enter enter enter 3 enter ctrl-s");
    assert!(
        harness.text().starts_with(" Điểm danh: Kỹ năng số"),
        "{}",
        harness.text()
    );
    harness.keys("esc");
    assert_eq!(harness.app().depth(), 1, "the form gave its place to the grid");

    let mut harness = at_the_grid(
        &store,
        Door(|_, cx| openers::new("fair", cx).expect("a kind"), Id::now()),
    );
    harness.typed("Hooij chowj").keys("enter 2 h enter alt-t");
    assert!(harness.text().starts_with(" Gian hàng: Hội chợ"), "{}", harness.text());
}

#[test]
fn one_key_on_a_sessions_page_opens_its_list_and_esc_comes_back() {
    let store = demo();
    let training = store
        .reader()
        .ids("training")
        .next()
        .expect("demo has sessions")
        .expect("readable");
    let page = |id, cx: &Cx<'_>| openers::record("training", id, cx).expect("it is there");
    let mut harness = at_the_grid(&store, Door(page, training));
    harness.keys("alt-t");
    assert!(harness.text().starts_with(" Điểm danh: "), "{}", harness.text());
    harness.keys("esc");
    assert!(harness.text().starts_with(" Lớp tập huấn · "), "{}", harness.text());
}
