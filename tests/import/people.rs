//! A long list of people of whom one in fifty is not in order: what is accepted, doubted and refused, and every reason.

use crate::desk::{Desk, Outcome};

const SURNAMES: [&str; 16] = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương",
    "Lý",
];
const MIDDLES: [&str; 26] = [
    "Thị", "Ngọc", "Thu", "Thanh", "Minh", "Kim", "Hồng", "Bích", "Mỹ", "Phương", "Thùy", "Diệu", "Tuyết", "Ánh",
    "Xuân", "Hải", "Lan", "Như", "Khánh", "Bảo", "Quỳnh", "Mai", "Vân", "Hoài", "Cẩm", "Tú",
];
const GIVEN: [&str; 26] = [
    "Hoa",
    "Lan",
    "Mai",
    "Cúc",
    "Hằng",
    "Hạnh",
    "Hương",
    "Huệ",
    "Liên",
    "Loan",
    "Nga",
    "Nhung",
    "Oanh",
    "Phượng",
    "Thảo",
    "Thủy",
    "Trang",
    "Tuyết",
    "Vân",
    "Yến",
    "Dung",
    "Duyên",
    "Giang",
    "Hiền",
    "Hòa",
    "Thơm",
];

/// What is wrong with a row, the words of the reason, and what becomes of it.
const DIRT: [(&str, Fate); 7] = [
    ("không đọc được thành ngày", Fate::Refused),
    ("không có trong danh sách", Fate::Refused),
    ("Chưa nhập họ và tên", Fate::Refused),
    ("có chữ số", Fate::Doubtful),
    ("Có thể đã có người này", Fate::Doubtful),
    ("Ngày, năm sinh", Fate::Refused),
    ("", Fate::Same),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Refused,
    Doubtful,
    /// The row says what one above it said.
    Same,
}

/// One row in fifty has a fault.
const EACH: usize = 50;

pub fn name(number: usize) -> String {
    let (surname, rest) = (SURNAMES[number % 16], number / 16);
    format!("{surname} {} {}", MIDDLES[rest % 26], GIVEN[rest / 26 % 26])
}

fn good(number: usize) -> [String; 4] {
    [
        name(number),
        (1950 + number % 55).to_string(),
        if number.is_multiple_of(20) { "Nam" } else { "Nữ" }.to_owned(),
        format!("09{number:08}"),
    ]
}

/// The row of a number, and which fault it has, if any.
fn row(number: usize) -> ([String; 4], Option<usize>) {
    let mut row = good(number);
    if number % EACH != EACH - 1 {
        return (row, None);
    }
    let fault = number / EACH % DIRT.len();
    match fault {
        0 => row[1] = "tuổi Tý".to_owned(),
        1 => row[2] = "khác lạ".to_owned(),
        2 => row[0] = String::new(),
        3 => row[0] = format!("{} 2", row[0]),
        // Somebody of the same name and year as the row above, and yet not the same.
        4 => {
            row = good(number - 1);
            row[3] = String::new();
            row[2] = if row[2] == "Nam" { "Nữ" } else { "Nam" }.to_owned();
        }
        5 => row[1] = "31/02/1980".to_owned(),
        _ => row = good(number - 1),
    }
    (row, Some(fault))
}

fn list(count: usize) -> String {
    let mut text = "Họ và tên;Năm sinh;Giới tính;SĐT\r\n".to_owned();
    for number in 0..count {
        text.push_str(&row(number).0.join(";"));
        text.push_str("\r\n");
    }
    text
}

/// Takes a list of so many in, and holds every row's fate against what it must be.
fn check(count: usize) {
    let desk = Desk::new();
    let path = desk.file("hoi-vien.csv");
    std::fs::write(&path, list(count)).unwrap();
    let faults: Vec<(usize, usize)> = (0..count).filter_map(|number| Some((number, row(number).1?))).collect();
    let of = |fate: Fate| faults.iter().filter(|(_, fault)| DIRT[*fault].1 == fate).count();
    let (refused, doubtful, same) = (of(Fate::Refused), of(Fate::Doubtful), of(Fate::Same));
    let new = count - refused - doubtful - same;
    let done: Outcome = desk.import(&path.display().to_string(), "person", &[]);
    let all = format!("Mới {new} · sửa 0 · không đổi {same} · nghi ngờ {doubtful} · từ chối {refused}");
    assert_eq!(
        done.out.trim(),
        all,
        "{}",
        done.err.lines().take(20).collect::<Vec<_>>().join("\n")
    );
    let mut said = done.err.lines().filter(|line| line.starts_with("dòng "));
    for (number, fault) in faults.iter().filter(|(_, fault)| DIRT[*fault].1 != Fate::Same) {
        let line = said.next().unwrap_or_default();
        let here = format!("dòng {}:", number + 2);
        assert!(
            line.starts_with(&here) && line.contains(DIRT[*fault].0),
            "{here} {} but: {line}",
            DIRT[*fault].0
        );
    }
    assert_eq!(said.next(), None, "no other row has a reason");
    assert_eq!(desk.list("person").len(), new);
    assert!(desk.file("hoi-vien-tu-choi.xlsx").exists());
}

#[test]
fn of_ten_thousand_people_two_in_a_hundred_are_wrong_and_each_is_told_with_its_reason() {
    check(10_000);
}
