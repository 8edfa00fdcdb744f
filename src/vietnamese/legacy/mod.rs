//! Text from before Unicode: TCVN3 (fonts .VnTime …), VNI-Windows (VNI-Times …), VISCII and CP1258, to Unicode.
//!
//! Lists from offices still hold such text, shown as "Héi Liªn hiÖp Phô n÷" or "Hoäi Lieân hieäp Phuï nöõ". Everything
//! here works on text as a spreadsheet shows it, that is decoded as CP1252; bytes are first read so
//! ([`read_as_cp1252`]). The encoding is decided cell by cell ([`detect`]), for one sheet mixes them.
//!
//! Traps that the parts know about: under .VnTimeH small codes are shown as capitals, and are read as the small
//! letters that they are, for a list does not tell its fonts; TCVN3's ư is the soft hyphen, which tools drop or turn into "-" ([`tcvn3`]); VNI's ĩ ị ỉ are ó ò æ.

mod detect;
mod plausible;
mod tables;
mod tcvn3;
mod vni;

use super::fold::nfc;

pub use detect::{Guess, detect, detect_with_hint};
pub use tables::read_as_cp1252;

/// How a text is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Nothing to convert, composed or decomposed.
    Unicode,
    /// TCVN 5712, the "ABC" fonts .VnTime, .VnArial.
    Tcvn3,
    /// VNI-Windows, the fonts VNI-Times, VNI-Helve.
    Vni,
    /// VISCII, from DOS, Unix and old mail.
    Viscii,
    /// Vietnamese Windows, read as Western Windows.
    Cp1258,
}

impl Encoding {
    /// All of them, the likelier first.
    pub const ALL: [Self; 5] = [Self::Unicode, Self::Tcvn3, Self::Vni, Self::Viscii, Self::Cp1258];

    /// The name officers know.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unicode => "Unicode",
            Self::Tcvn3 => "TCVN3 (ABC)",
            Self::Vni => "VNI-Windows",
            Self::Viscii => "VISCII",
            Self::Cp1258 => "Windows-1258",
        }
    }
}

/// Converts a text, as CP1252 shows it, to Unicode in NFC. Characters that the encoding does not know stay.
///
/// ```
/// # use sohoi::vietnamese::legacy::{convert, Encoding};
/// assert_eq!(convert("Héi Liªn hiÖp Phô n÷", Encoding::Tcvn3), "Hội Liên hiệp Phụ nữ");
/// assert_eq!(convert("Hoäi Lieân hieäp Phuï nöõ", Encoding::Vni), "Hội Liên hiệp Phụ nữ");
/// ```
pub fn convert(text: &str, encoding: Encoding) -> String {
    let converted = match encoding {
        Encoding::Unicode => text.to_owned(),
        Encoding::Tcvn3 => tcvn3::decode(text),
        Encoding::Vni => vni::decode(text),
        Encoding::Viscii => text.chars().map(viscii).collect(),
        Encoding::Cp1258 => text.chars().map(cp1258).collect(),
    };
    nfc(&converted).into_owned()
}

/// The way back: Unicode text as CP1252 shows it in an old encoding. What the encoding lacks stays, and TCVN3, whose
/// fonts have no toned capitals, gets the small letter for one.
pub fn encode(text: &str, encoding: Encoding) -> String {
    let text = nfc(text);
    match encoding {
        Encoding::Unicode => text.into_owned(),
        Encoding::Tcvn3 => tcvn3::encode(&text),
        Encoding::Vni => vni::encode(&text),
        Encoding::Viscii => text.chars().map(viscii_back).collect(),
        Encoding::Cp1258 => text.chars().flat_map(cp1258_parts).map(cp1258_back).collect(),
    }
}

fn viscii(c: char) -> char {
    let low = tables::VISCII_LOW
        .iter()
        .find(|(code, _)| *code == c)
        .map(|(_, letter)| *letter);
    low.or_else(|| tables::look_up(&tables::VISCII, c)).unwrap_or(c)
}

fn viscii_back(c: char) -> char {
    let low = tables::VISCII_LOW
        .iter()
        .find(|(_, letter)| *letter == c)
        .map(|(code, _)| *code);
    low.or_else(|| tables::look_up_back(&tables::VISCII, c)).unwrap_or(c)
}

fn cp1258(c: char) -> char {
    tables::CP1258
        .iter()
        .find(|(code, _)| *code == c)
        .map_or(c, |(_, letter)| *letter)
}

fn cp1258_back(c: char) -> char {
    tables::CP1258
        .iter()
        .find(|(_, letter)| *letter == c)
        .map_or(c, |(code, _)| *code)
}

/// A letter as CP1258 has it: the marked letter whole where there is one, the tone behind it.
fn cp1258_parts(c: char) -> impl Iterator<Item = char> {
    let (letter, tone) = plausible::split_tone(c);
    std::iter::once(letter).chain(tone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::is_nfc;

    const LETTERS: &str =
        "[a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵA-ZĂÂÊÔƠƯĐ .,;:0-9()/%]{0,24}";
    const CAPITALS: &str = "[A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ a-z]{0,24}";

    #[test]
    fn bytes_are_read_as_a_spreadsheet_would_show_them() {
        let text = read_as_cp1252(b"H\xE9i Li\xAAn hi\xD6p Ph\xF4 n\xF7");
        assert_eq!(text, "Héi Liªn hiÖp Phô n÷");
        assert_eq!(convert(&text, Encoding::Tcvn3), "Hội Liên hiệp Phụ nữ");
        let text = read_as_cp1252(b"Ho\xE4i Lie\xE2n hie\xE4p Phu\xEF n\xF6\xF5");
        assert_eq!(convert(&text, Encoding::Vni), "Hội Liên hiệp Phụ nữ");
        assert_eq!(convert("H\u{F5}p t\u{E1}c x\u{E3}", Encoding::Viscii), "Hõp tác xã");
        assert_eq!(convert("H\u{FE}p", Encoding::Viscii), "Hợp");
        assert_eq!(convert("Viêòt Nam, ðôÌng", Encoding::Cp1258), "Việt Nam, đồng");
    }

    #[test]
    fn every_letter_survives_there_and_back() {
        let small = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ";
        for c in small.chars().chain(small.to_uppercase().chars()) {
            for encoding in [Encoding::Vni, Encoding::Viscii, Encoding::Cp1258] {
                let there = encode(&c.to_string(), encoding);
                assert!(there.chars().all(|c| tables::byte_behind(c).is_some()), "{c} {there:?}");
                assert_eq!(convert(&there, encoding), c.to_string(), "{encoding:?} {there:?}");
            }
        }
        for c in small.chars() {
            let there = encode(&c.to_string(), Encoding::Tcvn3);
            assert!(there.chars().all(|c| tables::byte_behind(c).is_some()), "{c} {there:?}");
            assert_eq!(convert(&there, Encoding::Tcvn3), c.to_string());
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_converted_and_is_composed(text in any::<String>()) {
            for encoding in Encoding::ALL {
                prop_assert!(is_nfc(&convert(&text, encoding)));
                let _ = encode(&text, encoding);
            }
        }

        #[test]
        fn vietnamese_survives_there_and_back(text in LETTERS) {
            for encoding in [Encoding::Viscii, Encoding::Cp1258, Encoding::Vni] {
                prop_assert_eq!(convert(&encode(&text, encoding), encoding), text.clone());
            }
        }

        #[test]
        fn capitals_survive_where_the_encoding_has_them(text in CAPITALS) {
            for encoding in [Encoding::Vni, Encoding::Viscii, Encoding::Cp1258] {
                prop_assert_eq!(convert(&encode(&text, encoding), encoding), text.clone());
            }
        }
    }
}
