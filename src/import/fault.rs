//! Why a file cannot be read as a list. Nothing was written when one of these is told.

use crate::domain::text::Message;

/// A file that was not taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The system refused: no such file, no right to read it.
    Unreadable(String),
    /// Larger than this many megabytes.
    TooLarge(u64),
    /// Unpacked, it would be larger than this many megabytes.
    Bomb(u64),
    /// Neither a workbook nor a list in text.
    Unknown,
    /// It begins like a workbook and is none, or is cut short.
    Broken(String),
    /// Locked with a password.
    Password,
    /// More sheets, rows, columns or filled cells than are read.
    TooMany(Unit, usize),
    /// No sheet, no row, or no heading that says what a column holds.
    NoHeadings,
    /// The officer stopped it.
    Stopped,
    /// The map of columns is wrong.
    Map(Message),
}

/// What there are too many of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Sheets,
    Rows,
    Columns,
    Cells,
}

impl Fault {
    /// What happened, what is kept, what to do.
    pub fn message(&self) -> Message {
        let (vi, en) = match self {
            Fault::Unreadable(why) => (
                format!("Không đọc được tệp ({why}). Chưa ghi gì. Hãy xem lại tên tệp và nơi để tệp."),
                format!("The file cannot be read ({why}). Nothing was written. Look at its name and place."),
            ),
            Fault::TooLarge(limit) => (
                format!("Tệp lớn hơn {limit} MB. Chưa ghi gì. Hãy tách thành nhiều tệp nhỏ."),
                format!("The file is larger than {limit} MB. Nothing was written. Split it."),
            ),
            Fault::Bomb(limit) => (
                format!("Tệp nén này bung ra lớn hơn {limit} MB nên không mở. Chưa ghi gì. Hãy lưu lại riêng trang cần nhập."),
                format!("Unpacked, the file is larger than {limit} MB: it was not opened. Nothing was written. Save the sheet needed by itself."),
            ),
            Fault::Unknown => (
                "Đây không phải là bảng tính (xlsx, xls, ods) hay danh sách csv. Chưa ghi gì. Hãy mở bằng Excel và lưu thành xlsx.".into(),
                "This is no workbook (xlsx, xls, ods) and no csv. Nothing was written. Open it in Excel and save it as xlsx.".into(),
            ),
            Fault::Broken(why) => (
                format!("Tệp bị hỏng hoặc chép chưa đủ ({why}). Chưa ghi gì. Hãy chép lại, hoặc mở bằng Excel rồi lưu lại."),
                format!("The file is damaged or cut short ({why}). Nothing was written. Copy it again, or open and save it in Excel."),
            ),
            Fault::Password => (
                "Tệp có đặt mật khẩu. Chưa ghi gì. Hãy mở bằng Excel, bỏ mật khẩu, lưu lại rồi nhập.".into(),
                "The file is locked with a password. Nothing was written. Remove the password in Excel and save it.".into(),
            ),
            Fault::TooMany(unit, limit) => {
                let (vi, en) = match unit {
                    Unit::Sheets => ("trang", "sheets"),
                    Unit::Rows => ("dòng", "rows"),
                    Unit::Columns => ("cột", "columns"),
                    Unit::Cells => ("ô có chữ", "filled cells"),
                };
                (
                    format!("Tệp có hơn {limit} {vi}. Chưa ghi gì. Hãy tách hoặc bỏ bớt rồi nhập lại."),
                    format!("The file has more than {limit} {en}. Nothing was written. Split it or take some out."),
                )
            }
            Fault::NoHeadings => (
                "Không tìm thấy dòng tiêu đề có cột nào của loại bản ghi này. Chưa ghi gì. Lệnh export KIND --template cho tệp mẫu.".into(),
                "No row of headings names a field of this kind. Nothing was written. See export KIND --template.".into(),
            ),
            Fault::Stopped => ("Đã dừng. Chưa ghi gì vào sổ.".into(), "Stopped. Nothing was written.".into()),
            Fault::Map(message) => (message.vi.clone(), message.en.clone()),
        };
        Message { vi, en }
    }
}
