//! Days as bytes, in the keys of the index and in covers.

use chrono::{Datelike, NaiveDate};

/// A day as four bytes that sort.
pub fn day_bytes(day: NaiveDate) -> [u8; 4] {
    ((day.num_days_from_ce() as u32) ^ 0x8000_0000).to_be_bytes()
}

/// Back from [`day_bytes`].
pub fn day_of(bytes: [u8; 4]) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt((u32::from_be_bytes(bytes) ^ 0x8000_0000) as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_sort_as_bytes_before_and_after_the_common_era() {
        let day = |year| NaiveDate::from_ymd_opt(year, 5, 22).unwrap();
        assert!(day_bytes(day(-5)) < day_bytes(day(1)));
        assert!(day_bytes(day(1999)) < day_bytes(day(2026)));
        assert_eq!(day_of(day_bytes(day(2026))), Some(day(2026)));
    }
}
