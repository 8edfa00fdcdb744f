//! The code tables of the old encodings, and the bytes behind a text that was read as CP1252.
//!
//! Old bytes reach this program in two ways: as bytes (a CSV file), or as text that a spreadsheet decoded as CP1252,
//! Western Windows, because their encoding lived in the font's name alone. Both become the same text here.

/// CP1252, the bytes 80–9F; where it has nothing, the control character of that number, as Windows decodes them.
pub(super) const CP1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// TCVN3 (TCVN 5712:1993, VN1), the bytes 80–FF.
pub(super) const TCVN3: [char; 128] = [
    'À', 'Ả', 'Ã', 'Á', 'Ạ', 'Ặ', 'Ậ', 'È', 'Ẻ', 'Ẽ', 'É', 'Ẹ', 'Ệ', 'Ì', 'Ỉ', 'Ĩ', 'Í', 'Ị', 'Ò', 'Ỏ', 'Õ', 'Ó', 'Ọ',
    'Ộ', 'Ờ', 'Ở', 'Ỡ', 'Ớ', 'Ợ', 'Ù', 'Ủ', 'Ũ', '\u{A0}', 'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ', 'ă', 'â', 'ê', 'ô', 'ơ',
    'ư', 'đ', 'Ằ', '\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}', 'à', 'ả', 'ã', 'á', 'ạ', 'Ẳ', 'ằ', 'ẳ', 'ẵ',
    'ắ', 'Ẵ', 'Ắ', 'Ầ', 'Ẩ', 'Ẫ', 'Ấ', 'Ề', 'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è', 'Ể', 'ẻ', 'ẽ', 'é', 'ẹ', 'ề', 'ể', 'ễ',
    'ế', 'ệ', 'ì', 'ỉ', 'Ễ', 'Ế', 'Ồ', 'ĩ', 'í', 'ị', 'ò', 'Ổ', 'ỏ', 'õ', 'ó', 'ọ', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'ờ', 'ở',
    'ỡ', 'ớ', 'ợ', 'ù', 'Ỗ', 'ủ', 'ũ', 'ú', 'ụ', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ', 'Ố',
];

/// VISCII 1.1 (RFC 1456), the bytes 80–FF.
pub(super) const VISCII: [char; 128] = [
    'Ạ', 'Ắ', 'Ằ', 'Ặ', 'Ấ', 'Ầ', 'Ẩ', 'Ậ', 'Ẽ', 'Ẹ', 'Ế', 'Ề', 'Ể', 'Ễ', 'Ệ', 'Ố', 'Ồ', 'Ổ', 'Ỗ', 'Ộ', 'Ợ', 'Ớ', 'Ờ',
    'Ở', 'Ị', 'Ỏ', 'Ọ', 'Ỉ', 'Ủ', 'Ũ', 'Ụ', 'Ỳ', 'Õ', 'ắ', 'ằ', 'ặ', 'ấ', 'ầ', 'ẩ', 'ậ', 'ẽ', 'ẹ', 'ế', 'ề', 'ể', 'ễ',
    'ệ', 'ố', 'ồ', 'ổ', 'ỗ', 'Ỡ', 'Ơ', 'ộ', 'ờ', 'ở', 'ị', 'Ự', 'Ứ', 'Ừ', 'Ử', 'ơ', 'ớ', 'Ư', 'À', 'Á', 'Â', 'Ã', 'Ả',
    'Ă', 'ẳ', 'ẵ', 'È', 'É', 'Ê', 'Ẻ', 'Ì', 'Í', 'Ĩ', 'ỳ', 'Đ', 'ứ', 'Ò', 'Ó', 'Ô', 'ạ', 'ỷ', 'ừ', 'ử', 'Ù', 'Ú', 'ỹ',
    'ỵ', 'Ý', 'ỡ', 'ư', 'à', 'á', 'â', 'ã', 'ả', 'ă', 'ữ', 'ẫ', 'è', 'é', 'ê', 'ẻ', 'ì', 'í', 'ĩ', 'ỉ', 'đ', 'ự', 'ò',
    'ó', 'ô', 'õ', 'ỏ', 'ọ', 'ụ', 'ù', 'ú', 'ũ', 'ủ', 'ý', 'ợ', 'Ữ',
];

/// VISCII puts six capitals among the control characters.
pub(super) const VISCII_LOW: [(char, char); 6] = [
    ('\u{2}', 'Ẳ'),
    ('\u{5}', 'Ẵ'),
    ('\u{6}', 'Ẫ'),
    ('\u{14}', 'Ỷ'),
    ('\u{19}', 'Ỹ'),
    ('\u{1E}', 'Ỵ'),
];

/// Where CP1258, Vietnamese Windows, differs from CP1252: its tones are combining marks.
pub(super) const CP1258: [(char, char); 14] = [
    ('Ã', 'Ă'),
    ('Ì', '\u{300}'),
    ('Ð', 'Đ'),
    ('Ò', '\u{309}'),
    ('Õ', 'Ơ'),
    ('Ý', 'Ư'),
    ('Þ', '\u{303}'),
    ('ã', 'ă'),
    ('ì', '\u{301}'),
    ('ð', 'đ'),
    ('ò', '\u{323}'),
    ('õ', 'ơ'),
    ('ý', 'ư'),
    ('þ', '₫'),
];

/// The text that bytes become when they are taken for CP1252.
pub fn read_as_cp1252(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| cp1252_char(*byte)).collect()
}

/// The character of a byte in CP1252.
pub(super) fn cp1252_char(byte: u8) -> char {
    match byte {
        0x80..=0x9F => CP1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The byte behind a character that came from CP1252 or Latin-1; `None` if no byte can have been there.
pub(super) fn byte_behind(c: char) -> Option<u8> {
    u8::try_from(u32::from(c))
        .ok()
        .or_else(|| CP1252.iter().position(|other| *other == c).map(|i| i as u8 + 0x80))
}

/// What `table`, of the bytes 80–FF, has for a character that came from CP1252.
pub(super) fn look_up(table: &[char; 128], c: char) -> Option<char> {
    byte_behind(c)
        .and_then(|byte| byte.checked_sub(0x80))
        .map(|i| table[usize::from(i)])
}

/// The character that stands for `c` in CP1252 when its byte in `table` is read so.
pub(super) fn look_up_back(table: &[char; 128], c: char) -> Option<char> {
    table
        .iter()
        .position(|other| *other == c)
        .map(|i| cp1252_char(i as u8 + 0x80))
}
