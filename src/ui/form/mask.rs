//! What may be typed into fields of a fixed shape, and when such a field is full, so that the form goes on by itself.

/// The shape of a field's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mask {
    /// Anything.
    #[default]
    Free,
    /// A date as officers type it: `5`, `5/6`, `05062026`, `h`, `h-1`, `+14`. Eight digits are full, and get strokes.
    Date,
    /// A number or an amount: `1.500.000`, `1,5 tr`, `=` for unchanged.
    Number,
    /// A telephone number. It is never full: landlines have a digit more than mobiles, and one digit too many would
    /// land in the next field unseen.
    Phone,
    /// A code in capitals, any length.
    Code,
    /// A code of so many characters in capitals; full when it has them.
    FixedCode(u8),
    /// So many digits; full when it has them.
    Digits(u8),
}

impl Mask {
    /// The character as the field takes it, if it does.
    pub fn take(self, c: char) -> Option<char> {
        let fits = match self {
            Mask::Free => true,
            Mask::Date => c.is_ascii_digit() || "/.-+ hHtT".contains(c),
            Mask::Number => c.is_ascii_digit() || ".,+-=%/ ".contains(c) || c.is_alphabetic(),
            Mask::Phone => c.is_ascii_digit() || "+ .-()".contains(c),
            Mask::Code | Mask::FixedCode(_) => !c.is_whitespace(),
            Mask::Digits(_) => c.is_ascii_digit(),
        };
        let upper = matches!(self, Mask::Code | Mask::FixedCode(_));
        fits.then(|| if upper { c.to_uppercase().next().unwrap_or(c) } else { c })
    }

    /// Whether the text is complete, and if so how it is written.
    pub fn full(self, text: &str) -> Option<String> {
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        let count = text.chars().count();
        let whole = match self {
            Mask::Date if digits && count == 8 => {
                return Some(format!("{}/{}/{}", &text[..2], &text[2..4], &text[4..]));
            }
            Mask::Date => {
                let parts: Vec<&str> = text.split('/').collect();
                parts.len() == 3
                    && parts
                        .iter()
                        .zip([2, 2, 4])
                        .all(|(part, len)| part.len() == len && part.bytes().all(|b| b.is_ascii_digit()))
            }
            Mask::FixedCode(length) => count == usize::from(length),
            Mask::Digits(length) => digits && count == usize::from(length),
            Mask::Free | Mask::Number | Mask::Phone | Mask::Code => false,
        };
        whole.then(|| text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_date_gets_its_strokes_and_a_short_one_is_never_full() {
        assert_eq!(Mask::Date.full("05062026").as_deref(), Some("05/06/2026"));
        assert_eq!(Mask::Date.full("05/06/2026").as_deref(), Some("05/06/2026"));
        for text in ["", "5", "5/6", "2026", "5/6/26", "h-1", "+14", "0506202"] {
            assert_eq!(Mask::Date.full(text), None, "{text}");
        }
    }

    #[test]
    fn a_field_takes_only_what_its_shape_has() {
        assert_eq!(Mask::Code.take('h'), Some('H'));
        assert_eq!(Mask::Digits(4).take('h'), None);
        assert_eq!(Mask::Date.take('h'), Some('h'));
        assert_eq!(Mask::Number.take('t'), Some('t'));
        assert_eq!(Mask::Phone.full("0912345678"), None);
        assert_eq!(Mask::FixedCode(3).full("A1"), None);
    }
}
