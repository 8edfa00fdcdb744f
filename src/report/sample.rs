//! Documents to test the writers with: a week as an officer would send it, a half year with annexes, a blank sheet.
//! All names are made up.

use std::io::Read;

use chrono::{NaiveDate, NaiveDateTime};

use super::doc::*;

/// A day of 2026.
pub fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

pub fn made() -> NaiveDateTime {
    day(5, 22).and_hms_opt(16, 0, 0).unwrap()
}

pub fn letterhead() -> Letterhead {
    Letterhead {
        superior: vec!["HỘI LHPN TỈNH HƯNG YÊN".into()],
        issuer: "HỘI LIÊN HIỆP PHỤ NỮ XÃ TRÀ LÝ".into(),
        symbol: "BC-HPN".into(),
        number: None,
        place: "Trà Lý".into(),
        date: day(5, 22),
    }
}

pub fn signature() -> Signature {
    Signature {
        authority: vec!["TM. BAN THƯỜNG VỤ".into()],
        post: "CHỦ TỊCH".into(),
        name: "Nguyễn Thị Hằng".into(),
        recipients: vec![
            "Hội LHPN tỉnh (b/c)".into(),
            "Đảng ủy, UB MTTQ xã (b/c)".into(),
            "Lưu: VT".into(),
        ],
    }
}

/// The table of a week: this week, last week, the year so far, the year's target.
pub fn week_table() -> Table {
    let mut table = Table::new(vec![
        Column::index(),
        Column::text("Nội dung").weight(40),
        Column::figures("Tuần này"),
        Column::figures("Tuần trước"),
        Column::figures("Lũy kế năm"),
        Column::figures("Chỉ tiêu năm").weight(12),
    ]);
    let count = |n| Cell::Count(n);
    let mut row = |style, no: &str, text: &str, values: [Cell; 4]| {
        let mut cells = vec![Cell::text(no), Cell::text(text)];
        cells.extend(values);
        table.push_styled(style, cells);
    };
    use RowStyle::{Normal, Sub};
    row(
        Normal,
        "1",
        "Lượt thăm, khảo sát HTX, THT",
        [count(5), count(3), count(47), Cell::Nothing],
    );
    row(
        Sub,
        "",
        "Số HTX, THT được thăm (không trùng)",
        [count(4), count(3), count(19), Cell::Wanted { wanted: 24, done: 19 }],
    );
    row(
        Sub,
        "",
        "Mục đích: đánh giá 2; tư vấn 2; giám sát 1",
        [Cell::Blank, Cell::Blank, Cell::Blank, Cell::Blank],
    );
    row(
        Normal,
        "2",
        "Khó khăn mới ghi nhận / đã giải quyết",
        [Cell::Pair(3, 1), Cell::Pair(2, 2), Cell::Pair(31, 22), Cell::Nothing],
    );
    row(
        Normal,
        "3",
        "Lớp tập huấn",
        [count(1), count(0), count(6), Cell::Nothing],
    );
    row(
        Sub,
        "",
        "Lượt người dự (trong đó nữ)",
        [
            Cell::Including { total: 32, part: 32 },
            Cell::Nothing,
            Cell::Including { total: 214, part: 205 },
            Cell::Nothing,
        ],
    );
    row(
        Sub,
        "",
        "Nữ quản lý được bồi dưỡng lần đầu",
        [
            count(4),
            Cell::Nothing,
            count(28),
            Cell::Wanted { wanted: 30, done: 28 },
        ],
    );
    row(
        Normal,
        "4",
        "Hỗ trợ: vốn 1 HTX, 120,0 triệu đồng; truy xuất nguồn gốc 1 HTX",
        [count(2), count(1), count(14), Cell::Nothing],
    );
    row(
        Normal,
        "5",
        "Thành lập mới (đã cấp GCN, ký hợp đồng): HTX / THT",
        [
            Cell::Pair(0, 1),
            Cell::Pair(0, 0),
            Cell::Pair(1, 2),
            "1 HTX / 3 THT".into(),
        ],
    );
    row(
        Normal,
        "6",
        "Gian hàng đã xác nhận (Ngày phụ nữ sáng tạo khởi nghiệp, 10/10/2026)",
        [count(2), count(3), count(9), Cell::Range(12, 15)],
    );
    row(
        Normal,
        "7",
        "Truyền thông: buổi / lượt người",
        [
            Cell::Pair(2, 86),
            Cell::Pair(1, 40),
            Cell::Pair(23, 1105),
            Cell::Nothing,
        ],
    );
    row(
        Normal,
        "8",
        "Ý tưởng dự thi: đăng ký / gửi Trung ương",
        [Cell::Pair(1, 0), Cell::Pair(0, 0), Cell::Pair(4, 1), "3 gửi".into()],
    );
    table
}

/// The weekly summary.
pub fn week() -> Doc {
    let mut doc = Doc::new(
        Title {
            kind: "BÁO CÁO TUẦN 21".into(),
            subject: vec!["Kết quả thực hiện Đề án 01 và Đề án 2415".into()],
            period: vec!["(từ 18/5/2026 đến 24/5/2026; chốt số 16 giờ 00 ngày 22/5/2026)".into()],
        },
        made(),
    );
    doc.letterhead = Some(letterhead());
    doc.blocks = vec![
        Block::heading(Level::Part, "I. KẾT QUẢ TRONG TUẦN"),
        Block::Table(week_table()),
        Block::heading(Level::Part, "II. ĐIỂM CẦN CHÚ Ý"),
        Block::bullet("HTX Dược liệu An Khang Quỳnh Phụ: tạm ngừng từ 18/5 (thiếu vốn lưu động); đã kiến nghị."),
        Block::bullet("2 HTX chưa được thăm quá 90 ngày:"),
        Block::sub_bullet("HTX Môi trường xanh Thái Thụy (104 ngày);"),
        Block::sub_bullet("HTX May Phụ nữ Trà Lý (96 ngày)."),
        Block::bullet("Số lao động nữ của 3 HTX đã quá 12 tháng chưa cập nhật: kỳ báo cáo 6 tháng sẽ ghi “số cũ”."),
        Block::bullet("Báo cáo 6 tháng: còn 23 ngày (trước 15/6); 2/12 chi hội đã gửi số liệu."),
        Block::heading(Level::Part, "III. VIỆC TUẦN TỚI (25/5 - 31/5/2026)"),
        Block::bullet("Thứ Ba 26/5: thăm HTX May Phụ nữ Trà Lý (đánh giá, cập nhật lao động) - đ/c Hằng."),
        Block::bullet("Thứ Năm 28/5: lớp kỹ năng số cho nữ quản lý HTX, 25 người - phối hợp Liên minh HTX."),
        Block::bullet("Thứ Sáu 29/5: gửi bản nháp báo cáo 6 tháng."),
        Block::heading(Level::Part, "IV. KIẾN NGHỊ"),
        Block::bullet("Đề nghị Hội LHPN tỉnh kết nối Quỹ hỗ trợ phát triển HTX cho HTX Dược liệu An Khang Quỳnh Phụ."),
    ];
    doc.closing = Closing::Official;
    doc.signature = Some(signature());
    doc
}

/// The list of cooperatives, wide enough for paper laid on its side.
pub fn cooperatives() -> Table {
    let mut table = Table::new(vec![
        Column::index(),
        Column::text("Tên HTX, THT").weight(26),
        Column::text("Địa bàn").weight(16),
        Column::text("Ngành").weight(14),
        Column::marks("Ngày thành lập"),
        Column::figures("Tổng").under("Thành viên").weight(7),
        Column::figures("Nữ").under("Thành viên").weight(7),
        Column::figures("Tổng").under("Lao động").weight(7),
        Column::figures("Nữ").under("Lao động").weight(7),
        Column::figures("Vốn điều lệ (đồng)").weight(14),
        Column::figures("Tỷ lệ nữ").weight(8),
    ]);
    let names = [
        "Dược liệu An Khang Quỳnh Phụ",
        "Môi trường xanh Thái Thụy",
        "May Phụ nữ Trà Lý",
        "Nông sản sạch Ỷ La",
    ];
    for i in 0..46_i64 {
        let members = 7 + i * 3;
        table.push(vec![
            Cell::Count(i + 1),
            format!("HTX {}", names[i as usize % 4]).into(),
            "Thôn Đông Thọ, xã Trà Lý".into(),
            "Nông nghiệp".into(),
            Cell::Date(NaiveDate::from_ymd_opt(2019, 3, 1 + (i % 28) as u32).unwrap()),
            Cell::Count(members),
            Cell::Count(members - 3),
            Cell::Count(10 + i),
            if i % 9 == 4 { Cell::Few } else { Cell::Count(5 + i) },
            Cell::Money(250_000_000 + i * 1_500_000),
            Cell::Percent {
                part: members - 3,
                whole: members,
            },
        ]);
    }
    let mut total = vec![Cell::Blank, "Cộng".into(), Cell::Blank, Cell::Blank, Cell::Blank];
    total.extend([3427, 3289, 1495, 1265].map(Cell::Count));
    total.extend([
        Cell::Money(13_052_500_000),
        Cell::Percent {
            part: 3289,
            whole: 3427,
        },
    ]);
    table.push_styled(RowStyle::Total, total);
    table
}

/// A half year, with annexes upright and on their side.
pub fn half_year() -> Doc {
    let title = Title {
        kind: "BÁO CÁO".into(),
        subject: vec![
            "Kết quả thực hiện Đề án “Hỗ trợ hợp tác xã do phụ nữ tham gia quản lý, tạo việc làm cho lao động nữ đến năm 2030” 6 tháng đầu năm 2026; phương hướng, nhiệm vụ 6 tháng cuối năm 2026".into(),
        ],
        period: vec![],
    };
    let mut doc = Doc::new(title, made());
    doc.letterhead = Some(Letterhead {
        superior: vec!["ỦY BAN MTTQ VIỆT NAM".into(), "XÃ TRÀ LÝ".into()],
        issuer: "BAN THƯỜNG VỤ HỘI LHPN".into(),
        symbol: "BC-BTV".into(),
        number: Some("27".into()),
        ..letterhead()
    });
    let mut targets = Table::new(vec![
        Column::index(),
        Column::text("Chỉ tiêu").weight(26),
        Column::marks("ĐVT").weight(7),
        Column::figures("Kế hoạch").weight(9),
        Column::figures("Kỳ này").under("Thực hiện").weight(8),
        Column::figures("Lũy kế").under("Thực hiện").weight(8),
        Column::figures("Tỷ lệ").weight(8),
        Column::marks("Đánh giá").weight(8),
    ]);
    targets.caption = Some("Bảng 2. Đối chiếu chỉ tiêu".into());
    targets.unit = Some("Đơn vị tính: như cột 3".into());
    targets.push_styled(RowStyle::Section, vec!["A. Đề án 01".into()]);
    for i in 1..=9_i64 {
        targets.push(vec![
            Cell::Count(i),
            "Nữ quản lý HTX được bồi dưỡng kiến thức, kỹ năng quản trị".into(),
            "người".into(),
            Cell::Count(30 * i),
            Cell::Count(4 * i),
            Cell::Count(28 * i),
            Cell::Percent {
                part: 28 * i,
                whole: 30 * i,
            },
            if i % 3 == 0 { "đạt" } else { "chưa đạt" }.into(),
        ]);
    }
    doc.blocks = vec![
        Block::paragraph(
            "Thực hiện Kế hoạch số 05/KH-HPN ngày 10 tháng 01 năm 2026 của Ban Thường vụ Hội Liên hiệp Phụ nữ tỉnh, Hội Liên hiệp Phụ nữ xã báo cáo kết quả như sau:",
        ),
        Block::heading(Level::Part, "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI"),
        Block::heading(Level::Section, "1. Kế hoạch, văn bản đã ban hành"),
        Block::Paragraph(vec![
            Run::plain("Toàn xã có 06 chi hội với "),
            Run::bold("435 hội viên"),
            Run::plain(
                "; trong kỳ kết nạp mới 17 hội viên, đạt 106,3% chỉ tiêu. Ký tự thử: ắ ằ ẳ ẵ ặ ấ ầ ẩ ẫ ậ ế ề ể ễ ệ ố ồ ổ ỗ ộ ớ ờ ở ỡ ợ ứ ừ ử ữ ự ỳ ý ỷ ỹ ỵ đ Đ.",
            ),
        ]),
        Block::heading(Level::Part, "II. KẾT QUẢ THỰC HIỆN"),
        Block::Table(targets),
        Block::Note("Ghi chú: số liệu chốt ngày 31/5/2026; “số cũ” là số đã quá 12 tháng.".into()),
        Block::heading(Level::Section, "2. Việc làm"),
        Block::heading(Level::Item, "a) Lao động nữ ổn định trong HTX, THT"),
        Block::paragraph(
            "Tiếp tục đẩy mạnh công tác tuyên truyền, vận động hội viên tham gia tổ tiết kiệm và vay vốn; phối hợp Ngân hàng Chính sách xã hội rà soát đối tượng thụ hưởng, bảo đảm giải ngân đúng quy định.",
        ),
        Block::paragraph("Trên đây là báo cáo kết quả 6 tháng đầu năm 2026 của Hội Liên hiệp Phụ nữ xã."),
    ];
    doc.closing = Closing::Official;
    doc.signature = Some(Signature {
        authority: vec!["TM. BAN THƯỜNG VỤ".into(), "KT. CHỦ TỊCH".into()],
        post: "PHÓ CHỦ TỊCH".into(),
        ..signature()
    });
    doc.annexes = vec![
        Annex {
            label: "Phụ lục 1".into(),
            title: "DANH SÁCH HTX, THT DO PHỤ NỮ QUẢN LÝ".into(),
            orientation: Orientation::Landscape,
            blocks: vec![Block::Table(cooperatives())],
        },
        Annex {
            label: "Phụ lục 2".into(),
            title: "DANH SÁCH HTX, THT THÀNH LẬP MỚI".into(),
            orientation: Orientation::Portrait,
            blocks: vec![Block::Table(Table::new(vec![
                Column::index(),
                Column::text("Tên"),
                Column::marks("Ngày cấp GCN"),
            ]))],
        },
    ];
    doc
}

/// A blank sign-in sheet.
pub fn sign_in_sheet() -> Doc {
    let mut doc = Doc::new(
        Title::new(
            "DANH SÁCH ĐẠI BIỂU, HỌC VIÊN KÝ NHẬN",
            "Lớp kỹ năng số cho nữ quản lý hợp tác xã",
        ),
        made(),
    );
    let mut table = Table::new(vec![
        Column::index(),
        Column::text("Họ và tên").weight(30),
        Column::marks("Năm sinh").weight(8),
        Column::text("Đơn vị, HTX").weight(24),
        Column::marks("Điện thoại").weight(14),
        Column::marks("Ký tên").weight(16),
    ]);
    for i in 1..=30 {
        table.push_styled(RowStyle::ToFill, vec![Cell::Count(i)]);
    }
    doc.blocks = vec![
        Block::Facts(vec![
            Fact::new("Thời gian", Cell::Date(day(5, 28))),
            Fact::new("Địa điểm", "Nhà văn hóa xã Trà Lý"),
            Fact::new("Người phụ trách", Cell::Blank),
        ]),
        Block::Table(table),
        Block::Note("Thông tin trên danh sách này chỉ dùng để điểm danh và thống kê kết quả tập huấn của Hội; người ký tên đồng ý cho Hội xử lý thông tin vào mục đích đó.".into()),
    ];
    doc
}

/// The parts of a zip archive, by name, read from its central directory.
pub fn parts(archive: &[u8]) -> Vec<(String, String)> {
    let short = |at: usize| usize::from(u16::from_le_bytes([archive[at], archive[at + 1]]));
    let long = |at: usize| u32::from_le_bytes(archive[at..at + 4].try_into().unwrap()) as usize;
    let end = archive
        .windows(4)
        .rposition(|w| w == b"PK\x05\x06")
        .expect("an end record");
    let (count, mut at) = (short(end + 10), long(end + 16));
    let mut parts = Vec::new();
    for _ in 0..count {
        let (method, packed, name_len) = (short(at + 10), long(at + 20), short(at + 28));
        let name = String::from_utf8(archive[at + 46..at + 46 + name_len].to_vec()).unwrap();
        let local = long(at + 42);
        let start = local + 30 + short(local + 26) + short(local + 28);
        let mut bytes = archive[start..start + packed].to_vec();
        if method == 8 {
            let mut plain = Vec::new();
            flate2::read::DeflateDecoder::new(&bytes[..])
                .read_to_end(&mut plain)
                .unwrap();
            bytes = plain;
        }
        parts.push((name, String::from_utf8(bytes).unwrap()));
        at += 46 + name_len + short(at + 30) + short(at + 32);
    }
    parts
}
