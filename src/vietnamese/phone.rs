//! Telephone numbers: what offices type, with +84, dots, a nought that a spreadsheet ate, or eleven digits from before
//! 2018, read into the ten digits dialled today.
//!
//! A number that does not fit is doubtful, never refused: somebody may answer it. So [`read_phone`] gives a reason, and
//! the caller keeps what was typed.

/// A number in its national form, digits only, that fits the numbering plan.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Phone {
    digits: String,
    kind: PhoneKind,
}

/// What a number belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PhoneKind {
    /// Ten digits, 03 05 07 08 09.
    Mobile,
    /// 02, area code and subscriber: ten or eleven digits.
    Landline,
    /// 1800 and 1900 numbers.
    Service,
}

/// Why a text may be no telephone number. A reason for a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneDoubt {
    /// Nothing was typed.
    Empty,
    /// Letters or signs that no number has.
    NotDigits,
    /// Two numbers in one field.
    Two,
    /// Too few digits.
    TooShort,
    /// Too many digits.
    TooLong,
    /// No network or area begins so.
    UnknownPrefix,
}

impl PhoneDoubt {
    /// The reason in Vietnamese.
    pub fn vi(self) -> &'static str {
        match self {
            Self::Empty => "Chưa nhập số điện thoại.",
            Self::NotDigits => "Số điện thoại có ký tự lạ.",
            Self::Two => "Có vẻ là hai số điện thoại. Ô này giữ một số; số kia để ở ghi chú.",
            Self::TooShort => "Số điện thoại thiếu chữ số: di động có 10 số.",
            Self::TooLong => "Số điện thoại thừa chữ số: di động có 10 số.",
            Self::UnknownPrefix => "Không có đầu số này. Xin kiểm tra lại.",
        }
    }

    /// The reason in English.
    pub fn en(self) -> &'static str {
        match self {
            Self::Empty => "No telephone number was entered.",
            Self::NotDigits => "There are unusual signs in the telephone number.",
            Self::Two => "These seem to be two telephone numbers. One stands here; put the other into the note.",
            Self::TooShort => "The telephone number lacks digits: a mobile number has 10.",
            Self::TooLong => "The telephone number has too many digits: a mobile number has 10.",
            Self::UnknownPrefix => "No telephone number begins like this. Please check it.",
        }
    }
}

impl Phone {
    /// The national digits, as they are stored: `0912345678`.
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// What the number belongs to.
    pub fn kind(&self) -> PhoneKind {
        self.kind
    }

    /// As it is read aloud: `0912 345 678`, `024 3826 1234`, `0227 3831 234`, `1900 1234`.
    pub fn format(&self) -> String {
        let cuts: &[usize] = match self.kind {
            PhoneKind::Mobile => &[4, 7],
            PhoneKind::Landline if self.digits.starts_with("024") || self.digits.starts_with("028") => &[3, 7],
            PhoneKind::Landline => &[4, 8],
            PhoneKind::Service => &[4],
        };
        let mut text = String::with_capacity(self.digits.len() + cuts.len());
        for (i, digit) in self.digits.chars().enumerate() {
            if cuts.contains(&i) {
                text.push(' ');
            }
            text.push(digit);
        }
        text
    }
}

/// Mobile prefixes in use since 2018, without the nought.
const MOBILE: [&str; 10] = ["32-39", "52", "55", "56", "58", "59", "70", "76-79", "81-89", "90-99"];

/// Eleven-digit prefixes of before 15/09/2018 and what each became.
const OLD: [(&str, &str); 21] = [
    ("0120", "070"),
    ("0121", "079"),
    ("0122", "077"),
    ("0126", "076"),
    ("0128", "078"),
    ("0123", "083"),
    ("0124", "084"),
    ("0125", "085"),
    ("0127", "081"),
    ("0129", "082"),
    ("0162", "032"),
    ("0163", "033"),
    ("0164", "034"),
    ("0165", "035"),
    ("0166", "036"),
    ("0167", "037"),
    ("0168", "038"),
    ("0169", "039"),
    ("0186", "056"),
    ("0188", "058"),
    ("0199", "059"),
];

/// Reads a telephone number in any of its usual shapes.
pub fn read_phone(text: &str) -> Result<Phone, PhoneDoubt> {
    let digits = national_digits(text)?;
    let digits = renewed(restore_nought(digits));
    let kind = kind_of(&digits)?;
    Ok(Phone { digits, kind })
}

/// What to store: the national digits if the text can be read as a number, else the text as typed, trimmed.
pub fn normalise(text: &str) -> String {
    read_phone(text).map_or_else(|_| text.trim().to_owned(), |phone| phone.digits)
}

/// The digits to search in or to search for: national form, nothing else. A fragment (`345 678`, `+8491`) keeps what
/// it has, so that it is looked for as a plain substring.
pub fn fold_phone(text: &str) -> String {
    if let Ok(phone) = read_phone(text) {
        return phone.digits;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let abroad = text.trim_start().starts_with('+');
    match digits.strip_prefix("84") {
        Some(rest) if abroad => format!("0{rest}"),
        _ => digits,
    }
}

/// The digits without separators and without the country's prefix.
fn national_digits(text: &str) -> Result<String, PhoneDoubt> {
    let text = text.trim();
    if text.is_empty() {
        return Err(PhoneDoubt::Empty);
    }
    let (abroad, rest) = match text.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let known = |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | '-' | '(' | ')' | '–' | '\'');
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    if !rest.chars().all(known) {
        let parted = rest
            .chars()
            .all(|c| known(c) || matches!(c, '/' | ',' | ';' | '+' | '&'));
        return Err(if parted && digits.len() >= 18 {
            PhoneDoubt::Two
        } else {
            PhoneDoubt::NotDigits
        });
    }
    let inland = digits
        .strip_prefix("0084")
        .or_else(|| digits.strip_prefix("84").filter(|_| abroad || digits.len() >= 11));
    match inland {
        Some(rest) => Ok(format!("0{}", rest.trim_start_matches('0'))),
        None if abroad => Err(PhoneDoubt::UnknownPrefix),
        None => Ok(digits),
    }
}

/// Puts back the nought that a spreadsheet drops from what it takes for a number.
fn restore_nought(digits: String) -> String {
    let mobile = digits.len() == 9 && is_mobile(&digits);
    let landline = matches!(digits.len(), 9 | 10) && digits.starts_with('2');
    let old = digits.len() == 10 && OLD.iter().any(|(old, _)| digits.starts_with(&old[1..]));
    if mobile || landline || old {
        format!("0{digits}")
    } else {
        digits
    }
}

/// Eleven digits of before 2018 as today's ten.
fn renewed(digits: String) -> String {
    let change = OLD
        .iter()
        .find(|(old, _)| digits.len() == 11 && digits.starts_with(old));
    match change {
        Some((old, new)) => format!("{new}{}", &digits[old.len()..]),
        None => digits,
    }
}

fn kind_of(digits: &str) -> Result<PhoneKind, PhoneDoubt> {
    if digits.starts_with("1800") || digits.starts_with("1900") {
        return in_length(digits, 8, 10).map(|()| PhoneKind::Service);
    }
    if digits.starts_with("02") {
        return in_length(digits, 10, 11).map(|()| PhoneKind::Landline);
    }
    in_length(digits, 10, 10)?;
    match digits.strip_prefix('0') {
        Some(rest) if is_mobile(rest) => Ok(PhoneKind::Mobile),
        _ => Err(PhoneDoubt::UnknownPrefix),
    }
}

fn in_length(digits: &str, least: usize, most: usize) -> Result<(), PhoneDoubt> {
    match digits.len() {
        length if length < least => Err(PhoneDoubt::TooShort),
        length if length > most && length >= 18 => Err(PhoneDoubt::Two),
        length if length > most => Err(PhoneDoubt::TooLong),
        _ => Ok(()),
    }
}

/// Whether digits without their nought begin as a mobile number does.
fn is_mobile(digits: &str) -> bool {
    MOBILE.iter().any(|range| {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        digits.get(..2).is_some_and(|prefix| (first..=last).contains(&prefix))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn digits(text: &str) -> Result<String, PhoneDoubt> {
        read_phone(text).map(|phone| phone.digits)
    }

    #[test]
    fn every_usual_way_of_writing_gives_the_same_number() {
        for text in [
            "0912345678",
            "0912 345 678",
            "0912.345.678",
            "091-234-5678",
            "(091) 234 5678",
            "+84912345678",
            "+84 912 345 678",
            "+84 (0)912 345 678",
            "0084912345678",
            "84912345678",
            "912345678",
            "'0912345678",
        ] {
            assert_eq!(digits(text).as_deref(), Ok("0912345678"), "{text}");
        }
    }

    #[test]
    fn eleven_digits_of_before_2018_become_ten() {
        for (old, new) in [
            ("01201234567", "0701234567"),
            ("0168 2345 678", "0382345678"),
            ("1682345678", "0382345678"),
            ("+84 168 234 5678", "0382345678"),
            ("01991234567", "0591234567"),
        ] {
            assert_eq!(digits(old).as_deref(), Ok(new), "{old}");
        }
    }

    #[test]
    fn numbers_are_written_in_groups() {
        for (text, written) in [
            ("0912345678", "0912 345 678"),
            ("02438261234", "024 3826 1234"),
            ("2273831234", "0227 3831 234"),
            ("19001234", "1900 1234"),
        ] {
            assert_eq!(read_phone(text).map(|p| p.format()).as_deref(), Ok(written));
        }
        assert_eq!(read_phone("02273831234").map(|p| p.kind()), Ok(PhoneKind::Landline));
    }

    #[test]
    fn what_does_not_fit_is_doubted_with_its_reason_and_kept_as_typed() {
        for (text, doubt) in [
            ("", PhoneDoubt::Empty),
            ("chưa có", PhoneDoubt::NotDigits),
            ("091234567", PhoneDoubt::TooShort),
            ("09123456789", PhoneDoubt::TooLong),
            ("0112345678", PhoneDoubt::UnknownPrefix),
            ("0712345678", PhoneDoubt::UnknownPrefix),
            ("+15551234567", PhoneDoubt::UnknownPrefix),
            ("0912345678 / 0987654321", PhoneDoubt::Two),
            ("0912345678 0987654321", PhoneDoubt::Two),
        ] {
            assert_eq!(digits(text), Err(doubt), "{text:?}");
        }
        assert_eq!(normalise(" 0912 345 67 "), "0912 345 67");
        assert_eq!(normalise("+84 912.345.678"), "0912345678");
    }

    proptest! {
        #[test]
        fn no_text_panics_and_a_read_number_reads_the_same_again(text in "\\PC{0,16}|[+0-9 .()-]{0,16}|0[35789][0-9]{8}") {
            let _ = fold_phone(&text);
            if let Ok(phone) = read_phone(&text) {
                prop_assert_eq!(read_phone(phone.digits()), Ok(phone.clone()));
                prop_assert_eq!(read_phone(&phone.format()), Ok(phone));
            }
        }
    }
}
