//! What officers write: difficulties, advice, findings, titles. Every text is made up.

/// What is written about a difficulty (a code of `difficulty`) and what is advised.
pub struct Trouble {
    /// The code.
    pub code: &'static str,
    /// What the officer noted.
    pub text: &'static str,
    /// What she advised.
    pub advice: &'static str,
}

/// Troubles of any trade.
pub const TROUBLES: &[Trouble] = &[
    Trouble {
        code: "VON",
        text: "thiếu vốn lưu động để thu mua nguyên liệu đầu vụ",
        advice: "hướng dẫn hồ sơ vay Quỹ hỗ trợ phát triển HTX",
    },
    Trouble {
        code: "VON",
        text: "chưa có tài sản thế chấp để vay ngân hàng",
        advice: "giới thiệu vay tín chấp qua tổ tiết kiệm và vay vốn của Hội",
    },
    Trouble {
        code: "THI_TRUONG",
        text: "hàng tồn nhiều, thương lái ép giá",
        advice: "kết nối cửa hàng nông sản sạch trên địa bàn tỉnh, đăng ký gian hàng tại hội chợ",
    },
    Trouble {
        code: "THI_TRUONG",
        text: "chưa có hợp đồng bao tiêu ổn định",
        advice: "hướng dẫn soạn hợp đồng liên kết với doanh nghiệp tiêu thụ",
    },
    Trouble {
        code: "QUAN_TRI",
        text: "sổ sách ghi chép tay, khó theo dõi công nợ",
        advice: "cử kế toán dự lớp quản trị, dùng mẫu sổ thu chi của Hội",
    },
    Trouble {
        code: "PHAP_LY",
        text: "điều lệ cũ chưa sửa theo Luật Hợp tác xã 2023",
        advice: "gửi mẫu điều lệ, hẹn ngày cùng rà soát từng điều",
    },
    Trouble {
        code: "THUE_KE_TOAN",
        text: "chưa quen hóa đơn điện tử, chậm nộp tờ khai",
        advice: "mời cán bộ thuế hướng dẫn trực tiếp tại buổi sinh hoạt",
    },
    Trouble {
        code: "THUONG_HIEU",
        text: "sản phẩm chưa có nhãn, bao bì đơn giản",
        advice: "hỗ trợ thiết kế nhãn và hồ sơ đăng ký nhãn hiệu",
    },
    Trouble {
        code: "NHAN_LUC",
        text: "thợ lành nghề chuyển sang làm công ty",
        advice: "phối hợp mở lớp nghề ngắn hạn cho lao động nữ trong thôn",
    },
    Trouble {
        code: "CHUYEN_DOI_SO",
        text: "chưa biết bán hàng trên mạng",
        advice: "đăng ký lớp bán hàng trên nền tảng số, lập trang Zalo của HTX",
    },
    Trouble {
        code: "DAT_DAI_MAT_BANG",
        text: "nhà xưởng đi thuê sắp hết hạn",
        advice: "làm đơn đề nghị UBND xã bố trí mặt bằng",
    },
    Trouble {
        code: "HA_TANG",
        text: "điện yếu vào giờ cao điểm, kho lạnh không đủ tải",
        advice: "tổng hợp kiến nghị gửi UBND xã và điện lực",
    },
    Trouble {
        code: "DAU_VAO",
        text: "giá vật tư tăng, lãi giảm",
        advice: "hướng dẫn mua chung vật tư với các HTX cùng ngành",
    },
    Trouble {
        code: "CHAT_LUONG_ATTP",
        text: "chưa có giấy chứng nhận an toàn thực phẩm",
        advice: "hướng dẫn hồ sơ, hẹn lấy mẫu kiểm nghiệm",
    },
];

/// What went well at a visit without a difficulty.
pub const ADVICE: &[&str] = &[
    "tiếp tục ghi chép sổ thu chi hằng ngày",
    "nhắc gửi số liệu quý trước ngày 25",
    "hướng dẫn cập nhật danh sách thành viên",
    "trao đổi kinh nghiệm chăm sóc, bảo quản sản phẩm",
    "giới thiệu chính sách hỗ trợ tem truy xuất nguồn gốc",
    "động viên chị em tham gia Ngày phụ nữ sáng tạo khởi nghiệp",
    "hướng dẫn chuẩn bị hồ sơ đánh giá OCOP",
    "thống nhất lịch họp đại hội thành viên thường niên",
];

/// What was found, for the block of a visit that not every officer fills in.
pub const FINDINGS: &[&str] = &[
    "sản xuất ổn định, thành viên đoàn kết",
    "đơn hàng tăng so với cùng kỳ",
    "đã lắp máy sấy mới, công suất 300 kg mỗi mẻ",
    "đang mở rộng vùng nguyên liệu thêm 2 ha",
    "thu nhập của lao động nữ đều, không nợ lương",
];

/// Training sessions: title, topics, kinds of people invited.
pub const SESSIONS: &[(&str, &[&str], &[&str])] = &[
    ("Quản trị HTX cho nữ quản lý", &["QUAN_TRI"], &["QL_HTX", "QL_THT"]),
    (
        "Kỹ năng số cho nữ quản lý HTX, THT",
        &["KY_NANG_SO"],
        &["QL_HTX", "QL_THT"],
    ),
    (
        "Luật Hợp tác xã 2023 và văn bản hướng dẫn",
        &["LUAT_HTX"],
        &["QL_HTX", "QL_THT", "HOI_VIEN"],
    ),
    ("Bán hàng trên nền tảng số", &["BAN_HANG_SO"], &["TV_HTX", "HOI_VIEN"]),
    ("Sổ sách, kế toán và thuế cho HTX", &["TAI_CHINH_KE_TOAN"], &["QL_HTX"]),
    ("Chăm sóc và bảo quản rau an toàn", &["KHKT"], &["TV_HTX", "LD_HTX"]),
    (
        "Nâng cao nhận thức về kinh tế tập thể cho cán bộ Hội",
        &["KTTT_CAN_BO"],
        &["CB_CHI_HOI", "CB_BCH_CO_SO"],
    ),
    (
        "Xây dựng thương hiệu và sản phẩm OCOP",
        &["THUONG_HIEU", "OCOP_ATTP"],
        &["QL_HTX", "CHU_HKD"],
    ),
    ("Khởi sự kinh doanh cho phụ nữ", &["KHOI_SU"], &["HOI_VIEN", "CHU_HKD"]),
    (
        "Nghề may công nghiệp cho lao động nữ",
        &["NGHE"],
        &["LD_HTX", "HOI_VIEN"],
    ),
];

/// Outreach: form, title.
pub const OUTREACH: &[(&str, &str)] = &[
    (
        "SINH_HOAT",
        "Sinh hoạt chi hội: vai trò của phụ nữ trong kinh tế tập thể",
    ),
    ("HOI_NGHI", "Tọa đàm gương phụ nữ làm kinh tế giỏi"),
    ("TRUYEN_THANH", "Tin bài giới thiệu HTX do phụ nữ quản lý"),
    ("MANG_XH", "Bài viết giới thiệu sản phẩm trên trang của Hội"),
    ("SINH_HOAT", "Tuyên truyền Đề án hỗ trợ phụ nữ khởi nghiệp"),
    ("TAI_LIEU", "Phát tờ gấp hướng dẫn thành lập tổ hợp tác"),
];

/// Ideas for the start-up contest.
pub const IDEAS: &[&str] = &[
    "Túi giấy từ bẹ chuối khô",
    "Trà gừng túi lọc từ vùng dược liệu của xã",
    "Cửa hàng nông sản sạch đặt hàng qua điện thoại",
    "Than sinh học từ trấu và lõi ngô",
    "Du lịch trải nghiệm làng nghề chiếu cói",
];

/// Products of a trade (a code of `sector`).
pub fn products(sector: &str) -> &'static [&'static str] {
    match sector {
        "CHE_DUOC_LIEU" => &["Trà gừng", "Tinh bột nghệ", "Cao đinh lăng"],
        "CHE_BIEN" => &["Bún khô", "Bánh đa nem", "Bánh cáy", "Giò lụa"],
        "LUA_GAO" => &["Gạo nếp cái hoa vàng", "Gạo sạch"],
        "RAU_QUA_AN_TOAN" => &["Rau cải hữu cơ", "Dưa lưới", "Khoai tây"],
        "TRONG_TROT" => &["Nấm sò", "Nấm rơm", "Ớt tươi"],
        "DET_MAY" => &["Khăn mặt sợi bông", "Đồ thêu tay", "Áo bảo hộ"],
        "MAY_TRE_DAN" => &["Chiếu cói", "Giỏ lục bình"],
        "LANG_NGHE" => &["Hương đen", "Nón lá"],
        "CHAN_NUOI" => &["Gà thả vườn", "Mật ong", "Trứng vịt"],
        "THUY_SAN" => &["Cá rô phi lê", "Ếch thịt"],
        _ => &["Sản phẩm của HTX"],
    }
}

/// A code of `ocop_group` for the products of a trade.
pub fn ocop_group(sector: &str) -> &'static str {
    match sector {
        "CHE_DUOC_LIEU" => "DUOC_LIEU",
        "DET_MAY" | "MAY_TRE_DAN" | "LANG_NGHE" => "THU_CONG",
        "DU_LICH" => "DU_LICH",
        _ => "THUC_PHAM",
    }
}
