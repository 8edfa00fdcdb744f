//! Reads the units that the build script packed.
//!
//! Layout, inflated: three texts (uids, names, notes), each a length in bytes (u32)
//! and strings parted by line feeds; the number of units (u32) and their columns, by uid: kind (u8), parent's place
//! (u16), first day, last day (u16, days since 01/01/2000), note's place (u8); the number of links (u32) and their
//! columns, by old unit: old, new (u16 places), proposed (u8). Numbers are little-endian; a column of u16 is all low
//! bytes, then all high bytes; 0xFFFF is none.

use chrono::{Days, NaiveDate};

use super::{Link, Row, Span, UnitKind, Units};
use crate::arrange::Arrange;
use crate::domain::catalog::packed;

/// Inflates and takes apart; none when the bytes are not in the form above.
pub(super) fn unpack(packed: &[u8]) -> Option<Units> {
    let bytes = packed::inflate(packed)?;
    let mut rest = Cursor { bytes: &bytes };

    let mut text = String::new();
    let uids = rest.strings(&mut text)?;
    let names = rest.strings(&mut text)?;
    let notes = rest.strings(&mut text)?;
    text.shrink_to_fit();
    let rows = rest.rows(&uids, &names, &notes)?;
    let links = rest.links(rows.len())?;
    if !rest.bytes.is_empty() {
        return None;
    }

    let mut by_parent: Vec<u16> = (0..u16::try_from(rows.len()).ok()?).collect();
    by_parent.arrange_by_key(|place| rows[usize::from(*place)].parent);
    let mut links_by_new: Vec<u16> = (0..u16::try_from(links.len()).ok()?).collect();
    links_by_new.arrange_by_key(|link| links[usize::from(*link)].new);
    Some(Units {
        text,
        rows,
        by_parent,
        links,
        links_by_new,
    })
}

struct Cursor<'a> {
    bytes: &'a [u8],
}

impl<'a> Cursor<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(taken)
    }

    fn length(&mut self) -> Option<usize> {
        let (number, rest) = self.bytes.split_first_chunk::<4>()?;
        self.bytes = rest;
        usize::try_from(u32::from_le_bytes(*number)).ok()
    }

    fn column(&mut self, length: usize) -> Option<Vec<Option<u16>>> {
        let (low, high) = (self.take(length)?, self.take(length)?);
        let values = low
            .iter()
            .zip(high)
            .map(|(low, high)| u16::from_le_bytes([*low, *high]));
        Some(values.map(|value| (value != u16::MAX).then_some(value)).collect())
    }

    /// Appends a text to `text` and gives where its strings stand there.
    fn strings(&mut self, text: &mut String) -> Option<Vec<Span>> {
        let length = self.length()?;
        let strings = std::str::from_utf8(self.take(length)?).ok()?;
        let mut start = u32::try_from(text.len()).ok()?;
        let mut spans = Vec::new();
        for string in strings.split('\n') {
            let length = u8::try_from(string.len()).ok()?;
            spans.push(Span { start, length });
            start += u32::from(length) + 1;
        }
        text.push_str(strings);
        Some(spans)
    }

    fn rows(&mut self, uids: &[Span], names: &[Span], notes: &[Span]) -> Option<Vec<Row>> {
        let count = self.length()?;
        let kinds = self.take(count)?;
        let (parents, firsts, lasts) = (self.column(count)?, self.column(count)?, self.column(count)?);
        let note_places = self.take(count)?;
        if uids.len() != count || names.len() != count || parents.iter().flatten().any(|p| usize::from(*p) >= count) {
            return None;
        }
        let row = |place: usize| {
            Some(Row {
                uid: uids[place],
                name: names[place],
                note: *notes.get(usize::from(note_places[place]))?,
                kind: UnitKind::from_packed(kinds[place])?,
                parent: parents[place],
                first: date(firsts[place])?,
                last: date(lasts[place])?,
            })
        };
        (0..count).map(row).collect()
    }

    fn links(&mut self, units: usize) -> Option<Vec<Link>> {
        let count = self.length()?;
        let (olds, news) = (self.column(count)?, self.column(count)?);
        let proposed = self.take(count)?;
        let known = |place: Option<u16>| place.filter(|place| usize::from(*place) < units);
        let link = |place: usize| {
            Some(Link {
                old: known(olds[place])?,
                new: known(news[place])?,
                proposed: proposed[place] == 1,
            })
        };
        (0..count).map(link).collect()
    }
}

/// The date of a day since 01/01/2000; outer none for one that no calendar has.
fn date(day: Option<u16>) -> Option<Option<NaiveDate>> {
    let Some(day) = day else { return Some(None) };
    let date = NaiveDate::from_ymd_opt(2000, 1, 1)?.checked_add_days(Days::new(u64::from(day)))?;
    Some(Some(date))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/units.bin"));

    #[test]
    fn the_packed_units_take_at_most_160_kilobytes() {
        assert!(PACKED.len() <= 160 * 1024, "{} bytes", PACKED.len());
        assert!(unpack(PACKED).is_some());
    }

    #[test]
    fn bytes_out_of_form_give_nothing_and_no_panic() {
        assert!(unpack(&[]).is_none());
        assert!(unpack(&PACKED[..PACKED.len() / 2]).is_none());
        let mut longer = PACKED.to_vec();
        longer[0] ^= 1;
        assert!(unpack(&longer).is_none());
    }
}
