//! The whole way of a file into the logbook, by keys.

use std::path::Path;
use std::sync::Arc;

use tempfile::TempDir;

use crate::domain::entry::Entry;
use crate::domain::settings::Settings;
use crate::domain::value::Value;
use crate::store::{Read, Store, Warnings};
use crate::ui::action::Action;
use crate::ui::harness::Harness;
use crate::ui::screen::Input;
use crate::ui::screen::{Command, Cx, Screen, openers};

/// The interface over an empty store of an office, and a folder for files.
struct Desk {
    folder: TempDir,
    ui: Harness,
}

/// Where the import is begun from: a screen below it that has no use for anything; a session's own where there is one.
struct Ground(Option<Entry>);

impl Screen for Ground {
    fn contexts(&self) -> &'static [crate::ui::keymap::Context] {
        crate::ui::keymap::Context::Home.chain()
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        let event = self.0.clone().filter(|_| input.action() == Some(Action::Import));
        match event.and_then(|event| super::open_into(event, cx)) {
            Some(screen) => vec![Command::Push(screen)],
            None => vec![Command::Pass],
        }
    }

    fn draw(&self, _: &mut crate::ui::canvas::Canvas<'_>) {}

    fn heading(&self, _: crate::domain::text::Lang) -> crate::ui::screen::Heading {
        crate::ui::screen::Heading::new("Nền")
    }
}

impl Desk {
    fn new() -> Desk {
        Desk::over(|_| None)
    }

    /// Over what was saved before; the import is begun at the event given back.
    fn over(prepare: impl FnOnce(&Store) -> Option<Entry>) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::memory();
        let mut settings = Settings::default();
        settings.office.unit = Some("C12472-B".to_owned());
        crate::import::kept::keep_folder(&mut settings, &folder.path().to_string_lossy());
        store.set_settings(settings.clone()).unwrap();
        let event = prepare(&store);
        let store = Arc::new(store);
        let mut setup = Harness::setup(Box::new(Ground(event)), Arc::clone(&store), openers::table());
        setup.settings = settings;
        Desk {
            ui: Harness::over(setup, (80, 24)),
            folder,
        }
    }

    fn file(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).unwrap();
    }

    fn store(&mut self) -> Arc<Store> {
        Arc::clone(self.ui.app().store())
    }

    /// Opens a file: by its whole path, as somebody who pastes it.
    fn open(&mut self, name: &str) {
        let path = self.folder.path().join(name);
        self.ui.keys("i").paste(&path.to_string_lossy()).keys("enter");
        self.ui.settle();
    }

    fn people(&mut self) -> Vec<Entry> {
        let store = self.store();
        let reader = store.reader();
        reader.scan("person").map(Result::unwrap).collect()
    }

    /// The screen without the folder's name, which is another each time.
    fn text(&self) -> String {
        self.ui.text().replace(&*self.folder.path().to_string_lossy(), "FOLDER")
    }
}

const LIST: &str = "DANH SÁCH HỘI VIÊN\n\nTT,Họ và tên,Năm sinh,SĐT,Cột riêng\n1,Nguyễn Thị Hoa,1985,0912345678,a\n\
                    2,Trần Thị Lan,nghìn chín,0987654321,b\n3,Phạm Thị Mai 3,1979,0905123456,c\n";

#[test]
fn the_browser_shows_what_can_be_read_and_how_much_cannot() {
    let mut desk = Desk::new();
    desk.file("hội viên.csv", LIST);
    desk.file("ảnh.jpg", "");
    std::fs::create_dir(desk.folder.path().join("Năm 2025")).unwrap();
    desk.ui.keys("i");
    let text = desk.text();
    assert!(text.contains("hội viên.csv") && text.contains("Năm 2025"), "{text}");
    assert!(!text.contains("ảnh.jpg") && text.contains("1 tệp đọc được"), "{text}");
    assert!(text.contains("1 tệp khác không hiện"), "{text}");
    desk.ui.typed("2025").keys("enter");
    assert!(desk.text().contains("không có tệp"), "{}", desk.text());
    // Backspace with nothing typed goes up.
    desk.ui.keys("backspace");
    assert!(desk.text().contains("hội viên.csv"));
}

#[test]
fn the_columns_are_shown_and_a_change_of_the_map_is_kept_for_the_next_file_of_that_shape() {
    let mut desk = Desk::new();
    desk.file("a.csv", LIST);
    desk.open("a.csv");
    let text = desk.text();
    assert!(text.contains("Nhập thành       Cá nhân"), "{text}");
    assert!(text.contains("dòng 3; bên dưới có 3 dòng"), "{text}");
    assert!(text.contains("→ Họ và tên") && text.contains("→ Điện thoại"), "{text}");
    // The last column goes nowhere; it is sent into the address.
    desk.ui.keys("end enter").typed("địa chỉ").keys("enter");
    assert!(desk.text().contains("→ Địa chỉ"), "{}", desk.text());
    desk.ui.keys("ctrl-s");
    desk.ui.settle();
    desk.ui.keys("esc esc esc");
    assert!(desk.text().contains("Nền"), "{}", desk.text());
    desk.file("b.csv", LIST);
    desk.open("b.csv");
    let text = desk.text();
    assert!(text.contains("theo lần trước") && text.contains("→ Địa chỉ"), "{text}");
}

#[test]
fn every_row_is_judged_mended_left_out_or_accepted_and_then_written_as_one() {
    let mut desk = Desk::new();
    desk.file("a.csv", LIST);
    desk.open("a.csv");
    desk.ui.keys("ctrl-s");
    desk.ui.settle();
    insta::assert_snapshot!("preview", desk.text());
    assert!(desk.people().is_empty(), "nothing is written yet");
    // Only the refused row, and its cell mended.
    desk.ui.keys("tab tab tab");
    let text = desk.text();
    assert!(
        text.contains("[từ chối 1]") && text.contains("Trần Thị Lan") && !text.contains("Nguyễn Thị Hoa"),
        "{text}"
    );
    desk.ui.keys("right");
    assert!(
        desk.text().contains("\"nghìn chín\" không đọc được thành ngày"),
        "{}",
        desk.text()
    );
    desk.ui.keys("e ctrl-u").typed("1990").keys("enter");
    assert!(!desk.text().contains("từ chối 1"), "{}", desk.text());
    // The doubtful name is accepted; the first row is left out.
    desk.ui.keys("shift-tab tab tab");
    for _ in 0..6 {
        if desk.text().contains("[nghi ngờ 1]") {
            break;
        }
        desk.ui.keys("tab");
    }
    desk.ui.keys("k");
    for _ in 0..6 {
        if desk.text().contains("[tất cả 3]") {
            break;
        }
        desk.ui.keys("tab");
    }
    desk.ui.keys("home space");
    assert!(desk.text().contains("- bỏ"), "{}", desk.text());
    desk.ui.keys("ctrl-s");
    desk.ui.settle();
    let text = desk.text();
    assert!(text.contains("Đã nhập 2 bản ghi từ a.csv"), "{text}");
    assert_eq!(desk.people().len(), 2);
    assert_eq!(desk.people()[0].text("phone"), Some("0987654321"));
    desk.ui.keys("u");
    assert!(desk.people().is_empty(), "one undo takes it back");
}

#[test]
fn an_update_is_taken_field_by_field() {
    let mut desk = Desk::new();
    let mut person = Entry::new("person");
    for (key, value) in [
        ("name", "Nguyễn Thị Hoa"),
        ("phone", "0912345678"),
        ("address", "Thôn 1"),
    ] {
        person.set(key, Some(Value::Text(value.to_owned())));
    }
    let store = desk.store();
    let mut txn = store.txn();
    txn.save(person, Warnings::Accept).unwrap();
    txn.commit().unwrap();
    desk.file(
        "a.csv",
        "Họ tên,SĐT,Địa chỉ,Email\nNguyễn Thị Hoa,0912345678,Thôn 2,hoa@example.com\n",
    );
    desk.open("a.csv");
    desk.ui.keys("ctrl-s");
    desk.ui.settle();
    assert!(desk.text().contains("Thôn 1 →"), "{}", desk.text());
    desk.ui.keys("enter space esc");
    assert!(desk.text().contains("Thôn 1 (giữ)"), "{}", desk.text());
    desk.ui.keys("ctrl-s");
    desk.ui.settle();
    let people = desk.people();
    assert_eq!(people.len(), 1);
    assert_eq!(
        (people[0].text("address"), people[0].text("email")),
        (Some("Thôn 1"), Some("hoa@example.com"))
    );
}

#[test]
fn what_cannot_be_read_is_told_in_words_and_long_work_can_be_stopped_without_trace() {
    let mut desk = Desk::new();
    desk.file("a.xls", "<html>");
    desk.open("a.xls");
    assert!(desk.text().contains("không phải là bảng tính"), "{}", desk.text());
    let mut many = "Họ tên,Năm sinh\n".to_owned();
    (0..3_000).for_each(|number| many.push_str(&format!("Nguyễn Thị Hoa,{}\n", 1950 + number % 50)));
    desk.file("b.csv", &many);
    desk.ui.keys("ctrl-u");
    let path = desk.folder.path().join("b.csv");
    desk.ui.paste(&path.to_string_lossy()).keys("enter");
    desk.ui.settle();
    desk.ui.keys("ctrl-s");
    assert!(desk.text().contains("Đang xem từng dòng"), "{}", desk.text());
    desk.ui.keys("esc");
    desk.ui.settle();
    assert!(desk.text().contains("Đã dừng"), "{}", desk.text());
    assert!(desk.people().is_empty());
    assert!(Path::new(&path).exists());
}

#[test]
fn the_way_in_speaks_english_too() {
    let mut desk = Desk::new();
    desk.file("a.csv", LIST);
    desk.ui.keys("ctrl-g l");
    desk.open("a.csv");
    assert!(
        desk.text().contains("Import as") && desk.text().contains("Goes into"),
        "{}",
        desk.text()
    );
    desk.ui.keys("ctrl-s");
    desk.ui.settle();
    let text = desk.text();
    assert!(
        text.contains("refused 1") && text.contains("nothing written yet"),
        "{text}"
    );
}

/// The common shape of a member list: years in a column for each sex, groups, dittos, signatures.
const SEXES: &str = "DANH SÁCH HỘI VIÊN\nTT,Họ và tên,Năm sinh,,Chỗ ở\n,,Nam,Nữ,\nI,CHI HỘI TRÀ LÝ,,,\n\
                     1,Vũ Thị Thu,,1985,Trà Lý\n2,Phạm Văn Nam,1979,,nt\n,NGƯỜI LẬP,,,CHỦ TỊCH\n";

#[test]
fn columns_of_the_sexes_are_read_and_what_is_no_record_is_shown_as_left_out() {
    let mut desk = Desk::new();
    desk.file("a.csv", SEXES);
    desk.open("a.csv");
    assert!(desk.text().contains("→ Nữ: năm sinh, dấu x"), "{}", desk.text());
    desk.ui.keys("ctrl-s");
    desk.ui.settle();
    let text = desk.text();
    assert!(text.contains("[tất cả 4]  mới 2   bỏ 2"), "{text}");
    desk.ui.keys("ctrl-s");
    desk.ui.settle();
    let people = desk.people();
    let said: Vec<_> = people
        .iter()
        .map(|person| (person.text("gender"), person.text("address")))
        .collect();
    assert_eq!(said, [(Some("NU"), Some("Trà Lý")), (Some("NAM"), Some("Trà Lý"))]);
    assert!(people.iter().all(|person| person.get("birth").is_some()));
}

fn person(name: &str, birth: &str) -> Entry {
    let mut person = Entry::new("person");
    person.set("name", Some(Value::Text(name.to_owned())));
    person.set("birth", Some(Value::Partial(birth.parse().unwrap())));
    person
}

fn save(store: &Store, entry: Entry) -> Entry {
    let mut txn = store.txn();
    let saved = txn.save(entry.clone(), Warnings::Accept);
    saved.unwrap_or_else(|refusal| panic!("{:?}", refusal.messages()));
    txn.commit().unwrap();
    entry
}

fn text(entry: &mut Entry, key: &'static str, said: &str) {
    entry.set(key, Some(Value::Text(said.to_owned())));
}

#[test]
fn the_officer_says_which_of_two_people_of_one_name_a_row_is_or_that_it_is_neither() {
    let mut second = None;
    let mut desk = Desk::over(|store| {
        save(store, person("Lê Thị Hoa", "1980"));
        second = Some(save(store, person("Lê Thị Hoa", "1987")));
        let mut session = Entry::new("training");
        text(&mut session, "title", "Lớp");
        session.set("from", Some(Value::Date("2026-05-20".parse().unwrap())));
        session.set("topics", Some(Value::List(vec![Value::Text("LUAT_HTX".into())])));
        Some(save(store, session))
    });
    desk.file(
        "a.csv",
        "TT,Họ và tên,SĐT\n1,Lê Thị Hoa,\n2,Vũ Thị Thu,\n3,LÊ THỊ HOA,0912345678\n",
    );
    desk.open("a.csv");
    desk.ui.keys("ctrl-s");
    desk.ui.settle();
    let text = desk.text();
    assert!(text.contains("mới 1   nghi ngờ 2"), "{text}");
    assert!(text.contains("Trong sổ có 2 bản ghi tên này (N0001, N0002)"), "{text}");
    desk.ui.keys("c");
    let text = desk.text();
    assert!(text.contains("N0001 · 1980") && text.contains("N0002 · 1987"), "{text}");
    assert!(!text.contains("Vũ Thị Thu,"), "{text}");
    desk.ui.keys("down enter");
    assert!(desk.text().contains("mới 2   nghi ngờ 1"), "{}", desk.text());
    // The third row is neither of them: a person of her own.
    desk.ui.keys("end c down down enter");
    assert!(desk.text().contains("[tất cả 3]  mới 3"), "{}", desk.text());
    desk.ui.keys("ctrl-s");
    desk.ui.settle();
    assert_eq!(desk.people().len(), 4, "{}", desk.text());
    let store = desk.store();
    let attended: Vec<Entry> = store.reader().scan("attendance").map(Result::unwrap).collect();
    assert_eq!(attended.len(), 3);
    assert_eq!(attended[0].reference("person"), second.map(|person| person.id));
    let third = attended[2]
        .reference("person")
        .and_then(|id| store.reader().get("person", id).unwrap());
    assert_eq!(third.unwrap().text("phone"), Some("0912345678"));
}

#[test]
fn a_cooperative_of_the_same_name_is_the_one_on_record_once_the_officer_says_so() {
    let mut desk = Desk::over(|store| {
        let mut cooperative = Entry::new("cooperative");
        text(&mut cooperative, "name", "HTX May Trà Lý");
        text(&mut cooperative, "kind", "HTX");
        save(store, cooperative);
        None
    });
    desk.file("a.csv", "Tên HTX,Địa chỉ\nHTX May Trà Lý,Thôn Đông\n");
    desk.open("a.csv");
    desk.ui.keys("ctrl-s");
    desk.ui.settle();
    assert!(desk.text().contains("nghi ngờ 1"), "{}", desk.text());
    desk.ui.keys("f9 enter");
    assert!(desk.text().contains("sửa 1"), "{}", desk.text());
    desk.ui.keys("ctrl-s");
    desk.ui.settle();
    let store = desk.store();
    let all: Vec<Entry> = store.reader().scan("cooperative").map(Result::unwrap).collect();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].text("address"), Some("Thôn Đông"));
}
