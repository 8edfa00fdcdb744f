//! The screens as an officer sees and uses them, over demo data: pictures of each in three sizes and both languages,
//! every hinted key pressed, and long walks by random keys.

use std::sync::{Arc, Once, OnceLock};

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use sohoi::cli::demo::{Size, fill};
use sohoi::domain::settings::Settings;
use sohoi::domain::text::Lang;
use sohoi::store::{Order, Read, Store};
use sohoi::ui::action::Action;
use sohoi::ui::app::Setup;
use sohoi::ui::harness::Harness;
use sohoi::ui::keymap::{Code, Context, Hint, Key, Keymap};
use sohoi::ui::screen::home::Home;
use sohoi::ui::screen::openers;
use sohoi::ui::term::event::Ending;

const SIZES: [(u16, u16); 3] = [(80, 24), (60, 20), (160, 50)];

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, 21).expect("a day of the calendar")
}

/// A commune office with some weeks behind it, on a Thursday.
fn demo() -> Arc<Store> {
    let store = Store::memory();
    let size = Size {
        cooperatives: 24,
        weeks: 8,
        until: today(),
        seed: 1,
    };
    fill(&store, size).unwrap_or_else(|error| panic!("{:?}", error.messages()));
    store.pin_clock(today(), 1_779_350_400_000);
    Arc::new(store)
}

/// The same for all who only look.
fn looked_at() -> Arc<Store> {
    static STORE: OnceLock<Arc<Store>> = OnceLock::new();
    Arc::clone(STORE.get_or_init(demo))
}

/// Exports go to the folder that the program runs in: a folder of its own for these tests.
fn elsewhere() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let folder = tempfile::tempdir().expect("a folder for exports").keep();
        std::env::set_current_dir(folder).expect("the folder is there");
    });
}

fn over(store: Arc<Store>, lang: Lang, size: (u16, u16)) -> Harness {
    elsewhere();
    let settings = Settings::clone(&store.settings());
    let setup = Setup {
        settings,
        lang: Some(lang),
        ..Harness::setup(Box::new(Home::new()), store, openers::table())
    };
    let mut harness = Harness::over(setup, size);
    harness.settle();
    harness
}

/// Presses keys, each after what the one before asked for has come.
fn press(harness: &mut Harness, keys: &str) {
    for key in keys.split_whitespace() {
        harness.keys(key);
        harness.settle();
    }
}

/// Every screen of this branch of the program: its name, and the keys that lead to it from home.
const SCREENS: [(&str, &str); 10] = [
    ("home", ""),
    ("help", "?"),
    ("help-in-a-form", "v f2"),
    ("palette", ":"),
    ("other-work", "g o"),
    ("messages", "y y !"),
    ("report", "b"),
    ("report-weeks", "b p"),
    ("report-records", "b right right enter"),
    ("report-writing", "b end enter"),
];

#[test]
fn every_screen_in_three_sizes_and_both_languages() {
    for (name, keys) in SCREENS {
        for (lang, code) in [(Lang::Vi, "vi"), (Lang::En, "en")] {
            let mut pictures = String::new();
            for size in SIZES {
                let mut harness = over(looked_at(), lang, size);
                press(&mut harness, keys);
                pictures.push_str(&format!("── {}×{} ──\n{}\n", size.0, size.1, harness.text()));
            }
            insta::assert_snapshot!(format!("{name}-{code}"), pictures);
        }
    }
}

#[test]
fn an_empty_logbook_says_what_to_begin_with() {
    for (lang, code) in [(Lang::Vi, "vi"), (Lang::En, "en")] {
        let mut pictures = String::new();
        for size in SIZES {
            let store = Store::memory();
            let mut settings = Settings::default();
            settings.office.unit = Some("C12472-B".into());
            store.set_settings(settings).expect("settings in memory");
            store.pin_clock(today(), 1_779_350_400_000);
            let harness = over(Arc::new(store), lang, size);
            pictures.push_str(&format!("── {}×{} ──\n{}\n", size.0, size.1, harness.text()));
        }
        insta::assert_snapshot!(format!("empty-{code}"), pictures);
    }
}

/// The keys of a hint as they are pressed: the binding that is shown so.
fn keys_of(keymap: &Keymap, contexts: &[Context], hint: &Hint) -> Vec<Key> {
    let bindings = contexts.iter().flat_map(|context| keymap.bindings(*context));
    let mut shown = bindings.filter(|binding| binding.action == hint.action);
    let binding = shown.find(|binding| {
        let keys: Vec<String> = binding.keys.iter().map(ToString::to_string).collect();
        keys.join(" ") == hint.keys
    });
    binding
        .unwrap_or_else(|| panic!("no key is shown as {}", hint.keys))
        .keys
        .clone()
}

#[test]
fn every_hinted_key_does_something_on_its_screen() {
    let mut seen = 0;
    for (name, keys) in SCREENS {
        // Writes on a store of its own, so that pictures elsewhere stay.
        let store = demo();
        let mut harness = over(Arc::clone(&store), Lang::Vi, (160, 50));
        press(&mut harness, keys);
        let contexts = harness.app().top().contexts();
        let keymap = harness.app().keymap().clone();
        let offers = harness.app().top().offers();
        for hint in keymap.hints(contexts, &offers, 2000, Lang::Vi) {
            let mut harness = over(Arc::clone(&store), Lang::Vi, (160, 50));
            press(&mut harness, keys);
            let before = state(&mut harness);
            for key in keys_of(&keymap, contexts, &hint) {
                harness.press(&[key]);
            }
            harness.settle();
            let after = state(&mut harness);
            assert!(before != after, "{} {} does nothing on {name}", hint.keys, hint.label);
            let told = harness.app().notices().last().map(|notice| notice.said.vi.clone());
            let refused = after.notices > before.notices
                && told.is_some_and(|told| told.starts_with("Ở màn hình này chưa có việc"));
            assert!(!refused, "{} is hinted on {name} and does nothing", hint.label);
            match hint.action {
                Action::Quit => assert_eq!(harness.app().ended(), Some(Ending::Left)),
                Action::Back => assert!(after.depth < before.depth, "{name}"),
                Action::Help if !name.starts_with("help") => assert!(harness.text().contains("Trợ giúp"), "{name}"),
                _ => {}
            }
            seen += 1;
        }
    }
    assert!(seen > 50, "{seen}");
}

#[derive(PartialEq)]
struct State {
    picture: Buffer,
    cursor: Option<(u16, u16)>,
    depth: usize,
    notices: usize,
    ended: Option<Ending>,
}

fn state(harness: &mut Harness) -> State {
    State {
        picture: harness.app().backend().buffer().clone(),
        cursor: harness.cursor(),
        depth: harness.app().depth(),
        notices: harness.app().notices().len(),
        ended: harness.app().ended(),
    }
}

/// Numbers that are the same in every run of one seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

/// A key that means something here, or a letter.
fn random_key(harness: &mut Harness, dice: &mut Dice) -> Vec<Key> {
    let contexts = harness.app().top().contexts();
    let letters = "aăâbcdđeêghiklmnoôơpqstuưvxyáàảãạ0123456789 .,-/+=";
    if dice.below(4) == 0 {
        let letters: Vec<char> = letters.chars().collect();
        return vec![Key::char(letters[dice.below(letters.len())])];
    }
    let keymap = harness.app().keymap();
    let bindings: Vec<Vec<Key>> = contexts
        .iter()
        .flat_map(|context| keymap.bindings(*context))
        .map(|binding| binding.keys.clone())
        .collect();
    bindings[dice.below(bindings.len())].clone()
}

fn walk(seed: u64, keys: usize) {
    let mut dice = Dice(seed);
    let mut harness = over(demo(), Lang::Vi, (80, 24));
    let mut trail: Vec<String> = Vec::new();
    for step in 0..keys {
        for key in random_key(&mut harness, &mut dice) {
            trail.push(key.to_string());
            harness.press(&[key]);
        }
        if dice.below(40) == 0 {
            let (width, height) = SIZES[dice.below(SIZES.len())];
            harness.resize(width, height);
        }
        if step % 7 == 0 {
            harness.settle();
        }
        if step % 50 == 49 {
            harness.settle();
            let mut presses = 0;
            while harness.app().depth() > 1 {
                harness.press(&[Key::plain(Code::Esc)]);
                harness.settle();
                presses += 1;
                let last = &trail[trail.len().saturating_sub(60)..];
                assert!(
                    presses < 40,
                    "Esc does not lead back after {last:?}\n{}",
                    harness.text()
                );
            }
            trail.clear();
        }
    }
}

#[test]
fn random_keys_never_panic_and_esc_always_leads_back() {
    walk(0x5eed, 2_000);
}

#[test]
#[ignore = "the long run"]
fn random_keys_for_long() {
    for seed in 1..=25 {
        walk(seed, 2_000);
    }
}

#[test]
fn the_weeks_summary_is_exported_in_two_keys_from_home_and_closed() {
    let store = demo();
    let mut harness = over(Arc::clone(&store), Lang::Vi, (80, 24));
    press(&mut harness, "b 1");
    let told = harness
        .app()
        .notices()
        .last()
        .map(|notice| notice.said.vi.clone())
        .unwrap_or_default();
    let path = told.strip_prefix("Đã xuất ra ").unwrap_or_else(|| panic!("{told}"));
    let bytes = std::fs::read(path).expect("the file is where it is told");
    assert!(bytes.starts_with(b"PK"), "{path}");
    assert!(
        path.ends_with(".docx") && path.contains("bao-cao-tuan-2026-W20"),
        "{path}"
    );
    assert!(harness.text().contains("đã chốt 21/05/2026"), "{}", harness.text());
    let reader = store.reader();
    let closed = reader
        .dated("closed_report", "closed_on", None, None, Order::Backward)
        .next();
    let closed = closed.and_then(Result::ok).expect("the week is closed");
    assert_eq!(closed.cover.text("period"), Some("2026-W20"));
}

#[test]
fn what_the_officer_writes_in_the_report_is_kept_and_shown() {
    let store = demo();
    let mut harness = over(Arc::clone(&store), Lang::Vi, (160, 50));
    press(&mut harness, "b end enter");
    harness.typed("ddeef nghij Quyx hoox trowj");
    press(&mut harness, "enter");
    harness.typed("mowr theem lowps");
    press(&mut harness, "esc");
    assert!(harness.text().contains("- đề nghị Quỹ hỗ trợ"), "{}", harness.text());
    assert!(harness.text().contains("- mở thêm lớp"), "{}", harness.text());
    let reader = store.reader();
    let kept = reader
        .scan("report_text")
        .filter_map(Result::ok)
        .next()
        .expect("it is kept");
    assert_eq!(kept.text("part"), Some("proposals"));
    assert_eq!(kept.text("text"), Some("đề nghị Quỹ hỗ trợ\nmở thêm lớp"));
}

#[test]
fn a_number_leads_to_its_records_a_record_opens_and_esc_leads_back_to_the_number() {
    let mut harness = over(looked_at(), Lang::Vi, (80, 24));
    press(&mut harness, "b right");
    let report = harness.text();
    press(&mut harness, "enter down");
    let list = harness.text();
    assert!(list.contains("· tuần trước"), "{list}");
    press(&mut harness, "enter");
    assert_eq!(harness.app().depth(), 4);
    press(&mut harness, "esc");
    assert_eq!(harness.text(), list);
    press(&mut harness, "esc");
    assert_eq!(harness.text(), report);
}

#[test]
fn what_is_chosen_in_the_palette_is_done_on_the_screen_below() {
    let mut harness = over(looked_at(), Lang::Vi, (80, 24));
    press(&mut harness, ":");
    harness.typed("bao cao tuan nay");
    press(&mut harness, "enter");
    assert!(harness.text().starts_with(" Báo cáo tuần"), "{}", harness.text());
    press(&mut harness, ":");
    harness.typed("luot tham moi");
    press(&mut harness, "enter");
    assert!(harness.text().starts_with(" Lượt thăm"), "{}", harness.text());
}

#[test]
fn enter_in_help_does_what_the_line_says() {
    let mut harness = over(looked_at(), Lang::Vi, (80, 24));
    press(&mut harness, "? enter");
    assert_eq!(
        harness.app().ended(),
        Some(Ending::Left),
        "the first line of home's keys is leaving"
    );
}
