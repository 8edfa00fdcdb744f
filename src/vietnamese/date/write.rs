//! From a day to what is printed.

use chrono::{Datelike, NaiveDate, Weekday};

/// `22/05/2026`
pub fn format_date(date: NaiveDate) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// `ngày 05 tháng 6 năm 2026`: days below 10 and the months 1 and 2 take a leading nought (Nghị định 30/2020/NĐ-CP,
/// Phụ lục I), so that nothing can be written before them.
pub fn format_date_long(date: NaiveDate) -> String {
    let month = date.month();
    let nought = if month <= 2 { "0" } else { "" };
    format!("ngày {:02} tháng {nought}{month} năm {}", date.day(), date.year())
}

/// `2026-05-22`
pub fn iso(date: NaiveDate) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

/// "thứ Sáu", "Chủ nhật"
pub fn weekday_vi(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "thứ Hai",
        Weekday::Tue => "thứ Ba",
        Weekday::Wed => "thứ Tư",
        Weekday::Thu => "thứ Năm",
        Weekday::Fri => "thứ Sáu",
        Weekday::Sat => "thứ Bảy",
        Weekday::Sun => "Chủ nhật",
    }
}

/// "T6", "CN", for narrow columns.
pub fn weekday_short_vi(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "T2",
        Weekday::Tue => "T3",
        Weekday::Wed => "T4",
        Weekday::Thu => "T5",
        Weekday::Fri => "T6",
        Weekday::Sat => "T7",
        Weekday::Sun => "CN",
    }
}

/// "Friday"
pub fn weekday_en(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}
