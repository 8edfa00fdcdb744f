//! Tax codes (mã số thuế, MST): the code of a cooperative, of its branch, or of a person, and its check digit.
//!
//! Ten digits for an organisation, the last a check digit; thirteen for a branch (ten, then 001–999); twelve for a
//! person, whose citizen number is the tax code since 01/07/2025 and has no check digit. A code that does not fit is a
//! warning: old certificates carry numbers of other shapes, and those are kept as typed.

/// What a tax code that fits belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaxCodeKind {
    /// Ten digits: an enterprise or a cooperative.
    Organisation,
    /// Thirteen digits: its branch.
    Branch,
    /// Twelve digits: a person or a household business, by citizen number.
    Person,
}

/// Why a text may be no tax code. A reason for a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaxCodeDoubt {
    /// Nothing was typed.
    Empty,
    /// Letters or signs in it.
    NotDigits,
    /// Neither 10, 12 nor 13 digits.
    Length,
    /// The tenth digit does not follow from the nine before it: probably a digit mistyped.
    CheckDigit,
    /// Branch number 000.
    Branch,
}

impl TaxCodeDoubt {
    /// The reason in Vietnamese.
    pub fn vi(self) -> &'static str {
        match self {
            Self::Empty => "Chưa nhập mã số thuế.",
            Self::NotDigits => "Mã số thuế có ký tự lạ.",
            Self::Length => "Mã số thuế có 10 số, chi nhánh 13 số, cá nhân 12 số.",
            Self::CheckDigit => "Mã số thuế có thể gõ nhầm: số kiểm tra không khớp.",
            Self::Branch => "Số thứ tự chi nhánh từ 001 đến 999.",
        }
    }

    /// The reason in English.
    pub fn en(self) -> &'static str {
        match self {
            Self::Empty => "No tax code was entered.",
            Self::NotDigits => "There are unusual signs in the tax code.",
            Self::Length => "A tax code has 10 digits, a branch's 13, a person's 12.",
            Self::CheckDigit => "The tax code may be mistyped: its check digit does not fit.",
            Self::Branch => "Branches are numbered 001 to 999.",
        }
    }
}

/// Checks a tax code, with or without blanks, dots and the branch's hyphen.
pub fn check_tax_code(text: &str) -> Result<TaxCodeKind, TaxCodeDoubt> {
    let digits = digits(text)?;
    match digits.len() {
        10 if check_digit_fits(&digits) => Ok(TaxCodeKind::Organisation),
        13 if !check_digit_fits(&digits) => Err(TaxCodeDoubt::CheckDigit),
        13 if digits.ends_with("000") => Err(TaxCodeDoubt::Branch),
        13 => Ok(TaxCodeKind::Branch),
        12 => Ok(TaxCodeKind::Person),
        10 => Err(TaxCodeDoubt::CheckDigit),
        _ => Err(TaxCodeDoubt::Length),
    }
}

/// What to store: digits only, the branch behind a hyphen (`0100233488-001`), a nought that a spreadsheet dropped put
/// back where the check digit proves it; any other text as typed, trimmed.
pub fn normalise(text: &str) -> String {
    let Ok(mut digits) = digits(text) else {
        return text.trim().to_owned();
    };
    if matches!(digits.len(), 9 | 12) {
        let padded = format!("0{digits}");
        // Twelve digits may be a citizen number; those begin with a province 001–096, hence with a nought of their own.
        if !digits.starts_with('0') && check_digit_fits(&padded) {
            digits = padded;
        }
    }
    match digits.len() {
        10 | 12 => digits,
        13 => format!("{}-{}", &digits[..10], &digits[10..]),
        _ => text.trim().to_owned(),
    }
}

fn digits(text: &str) -> Result<String, TaxCodeDoubt> {
    let digits: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '–' | '\''))
        .collect();
    if digits.is_empty() {
        Err(TaxCodeDoubt::Empty)
    } else if digits.bytes().all(|b| b.is_ascii_digit()) {
        Ok(digits)
    } else {
        Err(TaxCodeDoubt::NotDigits)
    }
}

/// N10 = 10 − (31·N1 + 29·N2 + 23·N3 + 19·N4 + 17·N5 + 13·N6 + 7·N7 + 5·N8 + 3·N9) mod 11; where that gives 10, no code
/// is issued. Nor is one whose serial number (N3–N9) is nought.
fn check_digit_fits(digits: &str) -> bool {
    const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];
    let values: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
    let sum: u32 = values.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let serial_is_given = values.iter().take(9).skip(2).any(|digit| *digit != 0);
    serial_is_given && values.get(9) == Some(&(10 - sum % 11))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_check_digit_that_fits_passes_and_one_mistyped_digit_does_not() {
        assert_eq!(check_tax_code("0100233488"), Ok(TaxCodeKind::Organisation));
        assert_eq!(check_tax_code("0100233480"), Err(TaxCodeDoubt::CheckDigit));
        for place in 0..10 {
            for other in '0'..='9' {
                let mut code: Vec<char> = "0100233488".chars().collect();
                if code[place] != other {
                    code[place] = other;
                    let code: String = code.into_iter().collect();
                    assert_eq!(check_tax_code(&code), Err(TaxCodeDoubt::CheckDigit), "{code}");
                }
            }
        }
    }

    #[test]
    fn branches_and_persons_have_their_own_lengths() {
        assert_eq!(check_tax_code("0314409058-002"), Ok(TaxCodeKind::Branch));
        assert_eq!(check_tax_code("0314409058 000"), Err(TaxCodeDoubt::Branch));
        assert_eq!(check_tax_code("034185001234"), Ok(TaxCodeKind::Person));
        assert_eq!(check_tax_code("01002334"), Err(TaxCodeDoubt::Length));
        assert_eq!(check_tax_code("19B/HTX"), Err(TaxCodeDoubt::NotDigits));
        assert_eq!(check_tax_code(" "), Err(TaxCodeDoubt::Empty));
        assert_eq!(check_tax_code("0000000000"), Err(TaxCodeDoubt::CheckDigit));
    }

    #[test]
    fn a_code_is_stored_in_one_shape_and_other_texts_as_typed() {
        assert_eq!(normalise("0100 233 488"), "0100233488");
        assert_eq!(normalise("0314409058002"), "0314409058-002");
        assert_eq!(normalise("100233488"), "0100233488");
        assert_eq!(normalise("123456789"), "123456789");
        assert_eq!(normalise(" 19B/HTX "), "19B/HTX");
    }

    proptest! {
        #[test]
        fn no_text_panics_and_a_stored_code_stays(text in "\\PC{0,16}|[0-9 -]{0,16}") {
            let _ = check_tax_code(&text);
            let once = normalise(&text);
            prop_assert_eq!(normalise(&once), once.clone());
        }
    }
}
