//! Lists in text: csv and tsv, in whatever encoding and with whatever stands between the columns.

use super::fault::{Fault, Unit};
use super::file::{COLUMNS, Grid, ROWS, Raw};
use crate::report::csv::unguarded;
use crate::vietnamese::legacy::read_as_cp1252;

/// Reads the lines as rows of words.
///
/// # Errors
/// No text, or more rows or columns than are read.
pub fn read(bytes: &[u8]) -> Result<Grid, Fault> {
    let text = decode(bytes).ok_or(Fault::Unknown)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut places = Places::new(text.as_bytes());
    for record in reader.records() {
        let record = record.map_err(|error| Fault::Broken(error.to_string()))?;
        if record.len() > COLUMNS {
            return Err(Fault::TooMany(Unit::Columns, COLUMNS));
        }
        let cells: Vec<Raw> = record.iter().map(cell).collect();
        if cells.iter().all(|cell| *cell == Raw::Empty) {
            continue;
        }
        if rows.len() == ROWS {
            return Err(Fault::TooMany(Unit::Rows, ROWS));
        }
        let start = record.position().map_or(0, |position| position.byte());
        rows.push((places.line_of(start), cells));
    }
    Ok(Grid {
        name: String::new(),
        rows,
    })
}

fn cell(word: &str) -> Raw {
    let word = unguarded(word);
    match word.contains('\r') {
        true => Raw::text(&word.replace("\r\n", "\n")),
        false => Raw::text(word),
    }
}

/// Lines counted as an editor counts them: the reader counts a record from the end of the one before, empty lines in it.
struct Places<'t> {
    text: &'t [u8],
    at: usize,
    line: u32,
}

impl<'t> Places<'t> {
    fn new(text: &'t [u8]) -> Places<'t> {
        Places { text, at: 0, line: 1 }
    }

    /// The line of the record that begins at a byte or behind the empty lines there; records are asked for in order.
    fn line_of(&mut self, start: u64) -> u32 {
        let start = usize::try_from(start).unwrap_or(usize::MAX).min(self.text.len());
        let ends = self.text[start..]
            .iter()
            .take_while(|byte| matches!(byte, b'\n' | b'\r'));
        let start = start + ends.count();
        let passed = self.text.get(self.at..start).unwrap_or_default();
        let lines = passed.iter().filter(|byte| **byte == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.at = start.max(self.at);
        self.line
    }
}

/// The text of the bytes: UTF-8, UTF-16 with its mark, else as Western Windows shows it, which the old encodings are
/// read from cell by cell. `None` for what is no text.
fn decode(bytes: &[u8]) -> Option<String> {
    let wide = |read: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..]
            .chunks_exact(2)
            .map(|pair| read([pair[0], pair[1]]))
            .collect();
        String::from_utf16_lossy(&units)
    };
    let text = match bytes {
        [0xFF, 0xFE, ..] => wide(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => wide(u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_string(),
            Err(_) => read_as_cp1252(bytes),
        },
    };
    let text = text.trim_start_matches('\u{feff}').to_string();
    let odd = |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{80}'..='\u{9f}');
    let start = text.trim_start();
    (text.chars().filter(odd).count() == 0 && !start.starts_with('<') && !start.starts_with('{')).then_some(text)
}

/// What parts the columns: that of `;`, tab and `,` which stands most often, outside quotes, in the first lines.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b'\t', 0), (b';', 0), (b',', 0)];
    let mut quoted = false;
    for byte in text.bytes().take(20_000) {
        quoted ^= byte == b'"';
        for (sign, count) in &mut counts {
            *count += usize::from(!quoted && *sign == byte);
        }
    }
    counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map_or(b',', |(sign, _)| sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(bytes: &[u8]) -> Vec<Vec<Raw>> {
        read(bytes).unwrap().rows.into_iter().map(|(_, cells)| cells).collect()
    }

    #[test]
    fn text_is_read_whatever_parts_its_columns_and_however_it_is_encoded() {
        let wanted = [
            [Raw::text("Họ và tên"), Raw::text("SĐT")],
            [Raw::text("Hoa; Lan"), Raw::text("09")],
        ];
        assert_eq!(words("Họ và tên;SĐT\n\"Hoa; Lan\";09\n".as_bytes()), wanted);
        assert_eq!(words("\u{feff}Họ và tên,SĐT\r\nHoa; Lan,09\r\n".as_bytes()), wanted);
        let mut wide = vec![0xFF, 0xFE];
        wide.extend("Họ và tên\tSĐT\nHoa; Lan\t09".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(words(&wide), wanted);
    }

    #[test]
    fn lines_are_counted_as_an_editor_does_whatever_ends_them() {
        for end in ["\n", "\r\n"] {
            let text = ["a,b", "\"1", "2\",c", "", "d,e"].join(end);
            let lines: Vec<u32> = read(text.as_bytes())
                .unwrap()
                .rows
                .iter()
                .map(|(line, _)| *line)
                .collect();
            assert_eq!(lines, [1, 2, 5], "{end:?}");
        }
    }

    #[test]
    fn what_is_no_text_is_no_list() {
        assert_eq!(read(b"\x89PNG\r\n\x1a\n\0\0").unwrap_err(), Fault::Unknown);
        assert_eq!(read(b"<html><table>").unwrap_err(), Fault::Unknown);
    }

    #[test]
    fn more_columns_than_are_read_are_told() {
        let line = vec!["a"; COLUMNS + 1].join(",");
        assert_eq!(
            read(line.as_bytes()).unwrap_err(),
            Fault::TooMany(Unit::Columns, COLUMNS)
        );
    }
}
