//! The whole main job by keyboard alone, in the real program, 80 columns by 24 lines, Vietnamese typed in Telex: from an
//! empty folder to the exported week; then the numbers are read from what was exported. It is gone with each shipped
//! keymap: what is pressed is the keymap's first key of each action.
#![cfg(unix)]

#[path = "support/binary.rs"]
mod binary;
#[path = "support/pty.rs"]
mod pty;
#[path = "support/week.rs"]
mod week;

use chrono::{Datelike, Local};
use pty::Terminal;
use sohoi::ui::action::Action;
use sohoi::ui::keymap::{Code, Context, Key, Keymap, Resolved, Shipped};

/// Hands that know a keymap.
struct Hands(Keymap);

impl Hands {
    /// Presses the first key of an action in a context, as the keymap has it.
    fn press(&self, terminal: &mut Terminal, context: Context, action: Action) {
        let chain = context.chain();
        let bindings = chain.iter().flat_map(|context| self.0.bindings(*context));
        let mut meant = bindings.filter(|binding| self.0.find(chain, &binding.keys) == Resolved::Action(action));
        let keys = meant
            .next()
            .unwrap_or_else(|| panic!("{} has no key", action.id()))
            .keys
            .clone();
        for key in keys {
            terminal.burst(&bytes(key));
        }
    }
}

/// What a terminal sends for a key.
fn bytes(key: Key) -> String {
    let plain = match key.code {
        Code::Char(c) if key.ctrl => char::from(c as u8 & 0x1f).to_string(),
        Code::Char(c) => c.to_string(),
        Code::Enter => "\r".to_owned(),
        Code::Tab => "\t".to_owned(),
        Code::Esc => "\u{1b}".to_owned(),
        Code::F(n @ 1..=4) => format!("\u{1b}O{}", char::from(b'P' + n - 1)),
        Code::F(5) => "\u{1b}[15~".to_owned(),
        Code::F(n @ 6..=10) => format!("\u{1b}[{}~", n + 11),
        Code::F(n) => format!("\u{1b}[{}~", n + 12),
        code => panic!("{code:?} is not pressed here"),
    };
    if key.alt { format!("\u{1b}{plain}") } else { plain }
}

fn first_start(terminal: &mut Terminal) {
    terminal.wait_for("Tỉnh, thành phố");
    terminal.type_in("hung yen");
    terminal.keys("Enter");
    terminal.type_in("quynh phu");
    terminal.keys("Enter");
    terminal.wait_for("Kế hoạch");
    terminal.keys("Enter");
    terminal.wait_for("Họ tên cán bộ");
    terminal.type_in("Phamj Thu Hawngf");
    terminal.wait_for("Phạm Thu Hằng");
    terminal.keys("Enter");
    terminal.wait_for("Kiểu gõ");
    terminal.keys("Enter Enter");
    terminal.wait_for("BẮT ĐẦU");
}

fn cooperative(terminal: &mut Terminal, hands: &Hands) {
    hands.press(terminal, Context::Home, Action::NewCooperative);
    terminal.wait_for("Loại hình");
    terminal.type_in("2");
    terminal.type_in("HTX Duwowcj lieeuj An Khang");
    terminal.keys("Enter");
    hands.press(terminal, Context::Form, Action::Save);
    terminal.wait_for("Đã lưu HTX, THT: HTX Dược liệu An Khang");
    hands.press(terminal, Context::Form, Action::Back);
}

fn visit(terminal: &mut Terminal, hands: &Hands) {
    hands.press(terminal, Context::Home, Action::NewVisit);
    terminal.wait_for("Ngày thăm");
    terminal.type_in("an khang");
    terminal.keys("Enter");
    terminal.wait_for("HTX001 HTX Dược liệu An Khang");
    terminal.down_to("Mục đích");
    terminal.type_in("2");
    terminal.down_to("Khó khăn");
    terminal.type_in("von");
    terminal.keys("Enter");
    terminal.down_to("Nội dung");
    terminal.type_in("thieeus voons luwu ddoongj");
    terminal.wait_for("thiếu vốn lưu động");
    hands.press(terminal, Context::Form, Action::Save);
    terminal.wait_for("Đã lưu lượt thăm");
    hands.press(terminal, Context::Form, Action::Back);
}

const PEOPLE: [(&str, &str); 10] = [
    ("Phamj Thij Hanhj", "Phạm Thị Hạnh"),
    ("Ddoox Thu Haf", "Đỗ Thu Hà"),
    ("Buif Thij Meens", "Bùi Thị Mến"),
    ("Nguyeenx Thij DDaof", "Nguyễn Thị Đào"),
    ("Traanf Thij Bichs Ngocj", "Trần Thị Bích Ngọc"),
    ("Vux Thij Luaj", "Vũ Thị Lụa"),
    ("Leef Thij Thur", "Lề Thị Thủ"),
    ("Hoangf Thij Yeens", "Hoàng Thị Yến"),
    ("DDawngj Thij Huowngf", "Đặng Thị Hường"),
    ("Ngoo Thij Quyf", "Ngô Thị Quỳ"),
];

fn session(terminal: &mut Terminal, hands: &Hands) {
    hands.press(terminal, Context::Home, Action::NewTraining);
    terminal.wait_for("Tên lớp");
    terminal.type_in("Quanr trij HTX");
    terminal.keys("Enter");
    terminal.type_in("h");
    terminal.down_to("Nội dung");
    terminal.type_in("3");
    hands.press(terminal, Context::Form, Action::Save);
    terminal.wait_for("Điểm danh: Quản trị HTX");
    for (typed, name) in PEOPLE {
        terminal.type_in(typed);
        terminal.keys("Enter");
        terminal.wait_for(name);
    }
    terminal.wait_for("Có mặt 10/10");
    // Two of them did not come: their numbers are enough.
    terminal.type_in("4 9");
    terminal.keys("Enter");
    terminal.wait_for("Có mặt 8/10");
    hands.press(terminal, Context::Attendance, Action::Save);
    terminal.wait_for("Đã lưu 10 dòng điểm danh");
    hands.press(terminal, Context::Attendance, Action::Back);
    terminal.home();
}

fn fair(terminal: &mut Terminal, hands: &Hands) {
    hands.press(terminal, Context::Home, Action::NewFair);
    terminal.wait_for("Tên sự kiện");
    terminal.type_in("Hooij chowj khowri nghieepj");
    terminal.keys("Enter");
    terminal.type_in("2");
    terminal.type_in("h");
    terminal.keys("Enter");
    hands.press(terminal, Context::Form, Action::Save);
    terminal.wait_for("Gian hàng: Hội chợ khởi nghiệp");
    terminal.type_in("an khang");
    terminal.keys("Enter");
    terminal.wait_for("HTX Dược liệu An");
    terminal.row_after(1);
    for (place, (typed, name)) in [
        ("Cow sowr Hoa Sen", "Cơ sở Hoa Sen"),
        ("Cow sowr Sao Mai", "Cơ sở Sao Mai"),
    ]
    .iter()
    .enumerate()
    {
        terminal.type_in(typed);
        terminal.keys("Enter");
        terminal.wait_for(name);
        terminal.row_after(place + 2);
    }
    hands.press(terminal, Context::Booths, Action::Save);
    terminal.wait_for("Đã lưu");
    hands.press(terminal, Context::Booths, Action::Back);
    terminal.home();
}

fn look_up(terminal: &mut Terminal, hands: &Hands) {
    hands.press(terminal, Context::Home, Action::Lookup);
    terminal.type_in("duoc lieu");
    terminal.wait_for("HTX DƯỢC LIỆU AN KHANG");
    terminal.wait_for("Thiếu vốn");
    hands.press(terminal, Context::Lookup, Action::Back);
    terminal.home();
}

fn export(terminal: &mut Terminal, hands: &Hands) {
    hands.press(terminal, Context::Home, Action::ReportWeek);
    terminal.wait_for("Báo cáo tuần · Tuần");
    // Before Friday noon it offers the last whole week; everything here happened in this one.
    let this_week = format!("Báo cáo tuần · Tuần {} ", Local::now().date_naive().iso_week().week());
    if !terminal.text().contains(&this_week) {
        hands.press(terminal, Context::Report, Action::PeriodForward);
    }
    terminal.wait_for(&this_week);
    hands.press(terminal, Context::Report, Action::ExportDocx);
    terminal.wait_for(".docx");
    hands.press(terminal, Context::Report, Action::ExportXlsx);
    terminal.wait_for(".xlsx");
    hands.press(terminal, Context::Report, Action::Back);
    terminal.home();
}

/// The whole way on a terminal of this environment, with a shipped keymap.
fn walk_with(keymap: Shipped, environment: &[(&str, &str)]) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("so");
    std::fs::create_dir(&data).unwrap();
    if keymap != Shipped::Default {
        std::fs::write(data.join("settings.toml"), format!("keymap = \"{}\"\n", keymap.id())).unwrap();
    }
    let hands = Hands(Keymap::shipped(keymap));
    let mut terminal = Terminal::start(&data, &[], environment);
    first_start(&mut terminal);
    cooperative(&mut terminal, &hands);
    visit(&mut terminal, &hands);
    session(&mut terminal, &hands);
    fair(&mut terminal, &hands);
    look_up(&mut terminal, &hands);
    export(&mut terminal, &hands);
    hands.press(&mut terminal, Context::Home, Action::Quit);
    assert_eq!(terminal.ended(), 0);
    week::check(folder.path(), &data);
}

/// The whole way on a terminal of this environment.
fn walk(environment: &[(&str, &str)]) {
    walk_with(Shipped::Default, environment);
}

#[test]
fn the_way_is_gone_with_the_keys_of_vi() {
    walk_with(Shipped::Vi, &[]);
}

#[test]
fn the_way_is_gone_with_the_keys_of_foxpro() {
    walk_with(Shipped::Foxpro, &[]);
}

#[test]
fn from_an_empty_folder_to_the_exported_week_by_keyboard_alone() {
    walk(&[]);
}

#[test]
fn the_way_is_the_same_on_the_bare_console() {
    walk(&[("TERM", "linux")]);
}

#[test]
fn the_way_is_the_same_inside_screen() {
    walk(&[("TERM", "screen-256color")]);
}

#[test]
fn the_way_is_the_same_on_a_terminal_of_one_colour_over_a_line() {
    walk(&[("TERM", "vt100")]);
}

#[test]
fn the_way_is_the_same_without_colours() {
    walk(&[("NO_COLOR", "1")]);
}

/// The same way with `--plain`: each question waited for, each answer a line.
fn walk_line_by_line(terminal: &mut Terminal) {
    const MENU: &str = "Việc gì? Gõ số rồi Enter";
    for (wanted, line) in [
        ("Tỉnh, thành phố?", "hung yen"),
        ("Xã, phường", "quynh phu"),
        ("Kế hoạch có sẵn", ""),
        ("Kiểu gõ tiếng Việt", "1"),
        ("Họ tên cán bộ", "Phamj Thu Hawngf"),
        ("Phạm Thu Hằng.", ""),
        (MENU, "4"),
        ("Loại hình", "2"),
        ("Tên", "HTX Duwowcj lieeuj An Khang"),
        ("Ghi là: HTX Dược liệu An Khang", "."),
        ("Đã lưu HTX, THT: HTX Dược liệu An Khang", ""),
        (MENU, "1"),
        ("HTX, THT. Phải điền", "an khang"),
        ("Mục đích", "2"),
        ("Tình trạng", ""),
        ("Thành viên", ""),
        ("Lao động", ""),
        ("Khó khăn", "von"),
        ("Nội dung", "thieeus voons luwu ddoongj"),
        ("Ghi là: thiếu vốn lưu động", "."),
        ("Đã lưu lượt thăm", ""),
        (MENU, "2"),
        ("Tên lớp", "Quanr trij HTX"),
        ("Từ ngày", "h"),
        ("Đến ngày", ""),
        ("Địa điểm", ""),
        ("Nội dung. Phải điền", "3"),
        ("Đối tượng", "."),
    ] {
        terminal.answer(wanted, line);
    }
    terminal.wait_for("Điểm danh: Quản trị HTX");
    for (typed, name) in PEOPLE {
        terminal.answer("> ", typed);
        terminal.wait_for(name);
    }
    for (wanted, line) in [
        ("10 Ngô Thị Quỳ", "4 9"),
        ("Có mặt 8/10", "."),
        ("Đã lưu 10 dòng điểm danh: có mặt 8/10", "3"),
        ("Tên sự kiện", "Hooij chowj khowri nghieepj"),
        ("Loại. Phải điền", "2"),
        ("Từ ngày", "h"),
        ("Đến ngày", "."),
        ("Gian 1. Đơn vị trưng bày?", "an khang"),
        ("Đơn vị nào?", "1"),
        ("Nhóm", "."),
        ("Gian 2. Đơn vị trưng bày?", "Cow sowr Hoa Sen"),
        ("Cơ sở Hoa Sen", "."),
        ("Gian 3. Đơn vị trưng bày?", "Cow sowr Sao Mai; 2"),
        ("Gian 4. Đơn vị trưng bày?", "."),
        ("Đã lưu 3 gian hàng", "6"),
        ("Tra cứu:", "duoc lieu"),
        ("HTX DƯỢC LIỆU AN KHANG", "0"),
        ("Tra cứu:", ""),
        (MENU, "9"),
        ("Báo cáo tuần nào?", "1"),
        ("Làm gì với báo cáo này?", "2"),
        (".docx", "3"),
        (".xlsx", "0"),
        (MENU, "0"),
    ] {
        terminal.answer(wanted, line);
    }
}

#[test]
fn line_by_line_it_is_the_same_way() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("so");
    let mut terminal = Terminal::start(&data, &["--plain"], &[("TERM", "dumb")]);
    walk_line_by_line(&mut terminal);
    assert_eq!(terminal.ended(), 0);
    week::check(folder.path(), &data);
}

#[test]
fn a_form_killed_line_by_line_is_a_draft_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("so");
    let mut terminal = Terminal::start(&data, &["--plain"], &[]);
    for (wanted, line) in [
        ("Tỉnh, thành phố?", "hung yen"),
        ("Xã, phường", "quynh phu"),
        ("Kế hoạch có sẵn", ""),
        ("Kiểu gõ tiếng Việt", "1"),
        ("Họ tên cán bộ", ""),
        ("0 Thoát", "4"),
        ("Loại hình", "2"),
        ("Tên", "HTX May Traf Lys"),
    ] {
        terminal.answer(wanted, line);
    }
    terminal.wait_for("Ghi là: HTX May Trà Lý");
    terminal.wait_for("> ");
    // Dropping the terminal kills the program.
    drop(terminal);
    let mut terminal = Terminal::start(&data, &["--plain"], &[]);
    for (wanted, line) in [
        ("10 Bản nháp (1)", "10"),
        ("HTX May Trà Lý", "1"),
        ("Làm tiếp", "1"),
        ("Câu", "."),
        ("Đã lưu HTX, THT: HTX May Trà Lý", "0"),
    ] {
        terminal.answer(wanted, line);
    }
    assert_eq!(terminal.ended(), 0);
}
