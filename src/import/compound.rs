//! What is inside an old workbook (xls), measured before it is opened: whether it is locked, and how much room its sheets
//! would take. The reader spreads every sheet out from its first cell to its last, so that two cells far apart, or a size
//! that is declared and not there, would take all memory.
//!
//! The container is that of [MS-CFB]: sectors chained by a table, streams named in a directory. In the stream `Workbook`
//! (`Book` in older ones) stand the records of [MS-XLS].

use std::ops::Range;

use super::fault::{Fault, Unit};
use super::file::{SHEETS, SPREAD};

/// Sectors of the smallest size in the largest file; a chain that is longer goes round in a ring.
const LONGEST_CHAIN: usize = 1 << 17;
/// The end of a chain, and what lies above every real sector.
const NO_SECTOR: u32 = 0xFFFF_FFFA;

/// Looks into an old workbook.
///
/// # Errors
/// It is locked, broken, or would take more room than is given.
pub fn measure(bytes: &[u8]) -> Result<(), Fault> {
    let file = Container::read(bytes).ok_or_else(broken)?;
    if file.stream("EncryptedPackage").is_some() {
        // A workbook of today that is locked is wrapped in the old container.
        return Err(Fault::Password);
    }
    let book = file
        .stream("Workbook")
        .or_else(|| file.stream("Book"))
        .ok_or(Fault::Unknown)?;
    let sheets = sheets_of(&book)?;
    if sheets.len() > SHEETS {
        return Err(Fault::TooMany(Unit::Sheets, SHEETS));
    }
    let mut room = 0usize;
    for start in sheets {
        room = room.saturating_add(room_of(&book, start)?);
        if room > SPREAD {
            return Err(Fault::TooMany(Unit::Cells, SPREAD));
        }
    }
    Ok(())
}

fn broken() -> Fault {
    Fault::Broken("xls".to_string())
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(usize::from(u16::from_le_bytes([pair[0], pair[1]])))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

/// A record: its type, and what it holds.
type Record<'a> = (usize, &'a [u8]);

/// The records of a stream from a place on.
fn records(book: &[u8], start: usize) -> impl Iterator<Item = Record<'_>> {
    let mut at = start;
    std::iter::from_fn(move || {
        let (kind, length) = (short(book, at)?, short(book, at + 2)?);
        let body = book.get(at + 4..at + 4 + length)?;
        at += 4 + length;
        Some((kind, body))
    })
}

/// Where the sheets begin.
fn sheets_of(book: &[u8]) -> Result<Vec<usize>, Fault> {
    let mut sheets = Vec::new();
    for (kind, body) in records(book, 0) {
        match kind {
            FILE_PASS if short(body, 0) != Some(0) => return Err(Fault::Password),
            BOUND_SHEET => sheets.push(long(body, 0).ok_or_else(broken)? as usize),
            END => break,
            _ => {}
        }
    }
    Ok(sheets)
}

const BEGIN: usize = 0x0809;
const END: usize = 0x000A;
const FILE_PASS: usize = 0x002F;
const BOUND_SHEET: usize = 0x0085;
const DIMENSIONS: usize = 0x0200;
const SEVERAL_NUMBERS: usize = 0x00BD;
/// Records of one cell: formula, number, words in three shapes, truth or error, short number.
const CELLS: [usize; 7] = [0x0006, 0x0203, 0x0204, 0x0205, 0x00D6, 0x00FD, 0x027E];

/// The cells from the first to the last of a sheet, or as many as it says that it has.
fn room_of(book: &[u8], start: usize) -> Result<usize, Fault> {
    let (mut rows, mut columns): (Span, Span) = Default::default();
    let (mut depth, mut declared) = (0usize, 0usize);
    for (kind, body) in records(book, start) {
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            DIMENSIONS => declared = declared.max(declared_room(body).ok_or_else(broken)?),
            _ if CELLS.contains(&kind) || kind == SEVERAL_NUMBERS => {
                let (row, first) = short(body, 0).zip(short(body, 2)).ok_or_else(broken)?;
                let last = match kind {
                    SEVERAL_NUMBERS => short(body, body.len().saturating_sub(2)).ok_or_else(broken)?,
                    _ => first,
                };
                rows.take(row);
                columns.take(first);
                columns.take(last);
            }
            _ => {}
        }
    }
    Ok(rows.width().saturating_mul(columns.width()).max(declared))
}

/// What a sheet says that it holds; `None` where its end lies before its beginning.
fn declared_room(body: &[u8]) -> Option<usize> {
    let (rows, columns) = match body.len() {
        10 => (short(body, 0)?..short(body, 2)?, short(body, 4)?..short(body, 6)?),
        _ => (
            long(body, 0)? as usize..long(body, 4)? as usize,
            short(body, 8)?..short(body, 10)?,
        ),
    };
    let width = |range: Range<usize>| match range.end {
        // Nothing is in it.
        0 => Some(1),
        end => end.checked_sub(range.start).map(|width| width.max(1)),
    };
    let columns = if columns.start > 0xFF { 0..columns.end } else { columns };
    // An empty sheet of some writers ends where it begins.
    let rows = if rows.start == rows.end {
        rows.start..rows.end + 1
    } else {
        rows
    };
    let columns = if columns.start >= columns.end {
        0..columns.end.max(1)
    } else {
        columns
    };
    Some(width(rows)?.saturating_mul(width(columns)?))
}

/// From the smallest to the largest of what was met.
#[derive(Default)]
struct Span(Option<(usize, usize)>);

impl Span {
    fn take(&mut self, at: usize) {
        let (first, last) = self.0.unwrap_or((at, at));
        self.0 = Some((first.min(at), last.max(at)));
    }

    fn width(&self) -> usize {
        self.0.map_or(0, |(first, last)| last - first + 1)
    }
}

/// The container: its bytes, its tables, its directory.
struct Container<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    small_table: Vec<u32>,
    directory: Vec<u8>,
}

const SMALL_SECTOR: usize = 64;
/// Streams below this size stand in the small sectors of the root's stream. The header says so too; the reader does not
/// ask it, and what it says otherwise would hide the stream from this measure alone.
const SMALL_STREAM: u32 = 4096;
const DIRECTORY_ENTRY: usize = 128;
const ROOT: u8 = 5;

impl<'a> Container<'a> {
    fn read(bytes: &'a [u8]) -> Option<Container<'a>> {
        let sector = match short(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Container {
            bytes,
            sector,
            table: Vec::new(),
            small_table: Vec::new(),
            directory: Vec::new(),
        };
        for at in file.table_sectors()? {
            let numbers = words(file.sector(at)?);
            file.table.extend(numbers);
            if file.table.len() > LONGEST_CHAIN * 2 {
                return None;
            }
        }
        file.directory = file.chain(long(bytes, 48)?)?;
        file.small_table = match long(bytes, 60)? {
            none if none >= NO_SECTOR => Vec::new(),
            start => words(&file.chain(start)?).collect(),
        };
        Some(file)
    }

    /// The sectors that hold the table: 109 in the header, further ones in a chain of their own.
    fn table_sectors(&self) -> Option<Vec<u32>> {
        let mut sectors: Vec<u32> = words(self.bytes.get(76..512)?).collect();
        let mut next = long(self.bytes, 68)?;
        let mut steps = 0;
        while next < NO_SECTOR {
            let mut numbers: Vec<u32> = words(self.sector(next)?).collect();
            next = numbers.pop()?;
            sectors.append(&mut numbers);
            steps += 1;
            if steps > LONGEST_CHAIN / 128 {
                return None;
            }
        }
        sectors.retain(|sector| *sector < NO_SECTOR);
        Some(sectors)
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        let rest = self.bytes.get(start..)?;
        // The last sector of a file may be cut short.
        (!rest.is_empty()).then(|| &rest[..rest.len().min(self.sector)])
    }

    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut next = start;
        for _ in 0..LONGEST_CHAIN {
            if next >= NO_SECTOR || bytes.len() > self.bytes.len() {
                break;
            }
            bytes.extend_from_slice(self.sector(next)?);
            next = *self.table.get(next as usize)?;
        }
        (next >= NO_SECTOR).then_some(bytes)
    }

    fn entries(&self) -> impl Iterator<Item = &[u8]> {
        self.directory.chunks_exact(DIRECTORY_ENTRY)
    }

    /// The bytes of a stream; none of that name, or one that cannot be followed.
    fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let wide: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        let entry = self.entries().find(|entry| entry.starts_with(&wide))?;
        let (start, size) = (long(entry, 116)?, long(entry, 120)?);
        let mut bytes = match size < SMALL_STREAM {
            true => self.small_chain(start)?,
            false => self.chain(start)?,
        };
        bytes.truncate(size as usize);
        Some(bytes)
    }

    fn small_chain(&self, start: u32) -> Option<Vec<u8>> {
        let root = self.entries().find(|entry| entry[66] == ROOT)?;
        let whole = self.chain(long(root, 116)?)?;
        let mut bytes = Vec::new();
        let mut next = start;
        while next < NO_SECTOR {
            let at = (next as usize).checked_mul(SMALL_SECTOR)?;
            bytes.extend_from_slice(whole.get(at..at + SMALL_SECTOR)?);
            next = *self.small_table.get(next as usize)?;
            if bytes.len() > whole.len() {
                return None;
            }
        }
        Some(bytes)
    }
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes
        .chunks_exact(4)
        .map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, body: &[u8]) -> Vec<u8> {
        let mut bytes = kind.to_le_bytes().to_vec();
        bytes.extend((body.len() as u16).to_le_bytes());
        bytes.extend(body);
        bytes
    }

    fn number(row: u16, column: u16) -> Vec<u8> {
        let mut body = row.to_le_bytes().to_vec();
        body.extend(column.to_le_bytes());
        body.extend([0; 10]);
        record(0x0203, &body)
    }

    fn sheet(parts: &[Vec<u8>]) -> Vec<u8> {
        let mut book = record(BEGIN as u16, &[0; 4]);
        parts.iter().for_each(|part| book.extend(part));
        book.extend(record(END as u16, &[]));
        book
    }

    #[test]
    fn a_sheet_takes_the_room_from_its_first_cell_to_its_last() {
        assert_eq!(room_of(&sheet(&[]), 0), Ok(0));
        assert_eq!(room_of(&sheet(&[number(3, 2), number(5, 4)]), 0), Ok(9));
        assert_eq!(
            room_of(&sheet(&[number(0, 0), number(65_535, 255)]), 0),
            Ok(65_536 * 256)
        );
    }

    #[test]
    fn a_size_that_is_declared_counts_and_one_that_ends_before_it_begins_is_broken() {
        let declared = |first: u32, last: u32| {
            let mut body = first.to_le_bytes().to_vec();
            body.extend(last.to_le_bytes());
            body.extend([0, 0, 100, 0, 0, 0]);
            sheet(&[record(DIMENSIONS as u16, &body)])
        };
        assert_eq!(room_of(&declared(0, 10), 0), Ok(1_000));
        assert_eq!(room_of(&declared(0, u32::MAX), 0), Ok(u32::MAX as usize * 100));
        assert_eq!(room_of(&declared(10, 5), 0), Err(broken()));
        assert_eq!(room_of(&declared(7, 7), 0), Ok(100));
    }

    #[test]
    fn bytes_that_are_no_container_are_broken_and_never_more() {
        for length in [0, 8, 76, 512, 4096] {
            assert_eq!(measure(&vec![0xFF; length]), Err(broken()));
            assert_eq!(measure(&vec![0; length]), Err(broken()));
        }
    }
}
