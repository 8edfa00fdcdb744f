//! Packs the program's data: 14,160 administrative units and their successors stand in the repository as plain tables, so
//! that a correction shows in a diff; inside the program they are columns, compressed to a quarter. So are the texts of
//! code lists, plans and made-up names.
//!
//! What it writes is read by `src/domain/catalog/units/pack.rs`, where the layout is described. A table out of form
//! stops the build with the line that is wrong.

use std::collections::HashMap;
use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use flate2::Compression;
use flate2::write::DeflateEncoder;

const DATA: &str = "src/domain/catalog/data";
/// Texts that the program reads as they stand, compressed to a third.
const TEXTS: [&str; 3] = ["lists.txt", "plans.toml", "demo_names.txt"];
/// No unit, no day: the mark of an empty cell in a column of two bytes.
const NONE: u16 = u16::MAX;
/// The kinds in the order of `UnitKind`.
const KINDS: [&str; 11] = [
    "trung_uong",
    "tinh",
    "thanh_pho_tw",
    "huyen",
    "quan",
    "thi_xa",
    "thanh_pho_huyen",
    "xa",
    "phuong",
    "thi_tran",
    "dac_khu",
];

fn main() -> Result<(), Box<dyn Error>> {
    link_at_fixed_addresses()?;
    let units = read("units.tsv")?;
    let successors = read("successors.tsv")?;
    write("units.bin", &pack(&units, &successors)?)?;
    for text in TEXTS {
        write(&format!("{text}.bin"), read(text)?.as_bytes())?;
    }
    Ok(())
}

/// Compresses bytes into a file that the program includes.
fn write(name: &str, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join(name), compress(bytes)?)?;
    Ok(())
}

/// A program that can lie anywhere in memory carries a quarter of a megabyte of addresses to be put right at each start.
/// The system's C library and compiler on Linux link it at fixed ones as well.
fn link_at_fixed_addresses() -> Result<(), Box<dyn Error>> {
    let target = |what: &str| env::var(format!("CARGO_CFG_TARGET_{what}"));
    if target("OS")? == "linux" && target("ENV")? == "gnu" {
        println!("cargo:rustc-link-arg-bin=sohoi=-no-pie");
    }
    Ok(())
}

fn read(name: &str) -> Result<String, Box<dyn Error>> {
    let path = Path::new(DATA).join(name);
    println!("cargo:rerun-if-changed={}", path.display());
    fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// The lines that are no comment, each with its number for messages.
fn rows(table: &str) -> impl Iterator<Item = (usize, &str)> {
    let numbered = table.lines().enumerate().map(|(index, line)| (index + 1, line));
    numbered.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

fn pack(units: &str, successors: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let table = table(units)?;
    let places = places(&table)?;
    let links = links(successors, &places)?;
    let mut known_notes = vec![""];
    let columns = columns(&table, &places, &mut known_notes)?;

    let mut out = Vec::new();
    put_text(&mut out, table.iter().map(|line| line.cells[0]))?;
    put_text(&mut out, table.iter().map(|line| line.cells[2]))?;
    put_text(&mut out, known_notes.iter().copied())?;
    put_length(&mut out, table.len())?;
    out.extend(columns.kinds);
    [columns.parents, columns.firsts, columns.lasts]
        .iter()
        .for_each(|column| put_column(&mut out, column));
    out.extend(columns.notes);
    put_length(&mut out, links.len())?;
    put_column(&mut out, &links.iter().map(|link| link.old).collect::<Vec<_>>());
    put_column(&mut out, &links.iter().map(|link| link.new).collect::<Vec<_>>());
    out.extend(links.iter().map(|link| u8::from(link.proposed)));
    Ok(out)
}

/// A line of the units: uid, kind, name, parent, first day, last day, note.
struct Line<'a> {
    number: usize,
    cells: [&'a str; 7],
}

/// The units in the order of their uids.
fn table(units: &str) -> Result<Vec<Line<'_>>, Box<dyn Error>> {
    let mut table = Vec::new();
    for (number, line) in rows(units) {
        let cells: Vec<&str> = line.split('\t').collect();
        let cells = cells
            .try_into()
            .map_err(|_| format!("units.tsv, line {number}: not seven cells"))?;
        table.push(Line { number, cells });
    }
    table.sort_by_key(|line| line.cells[0]);
    Ok(table)
}

/// The place of each uid in the sorted table.
type Places<'a> = HashMap<&'a str, u16>;

fn places<'a>(table: &[Line<'a>]) -> Result<Places<'a>, Box<dyn Error>> {
    let mut places = Places::new();
    for (place, line) in table.iter().enumerate() {
        let place = u16::try_from(place)
            .ok()
            .filter(|place| *place != NONE)
            .ok_or("units.tsv: too many units")?;
        if places.insert(line.cells[0], place).is_some() {
            return Err(format!("units.tsv, line {}: the uid stands there twice", line.number).into());
        }
    }
    Ok(places)
}

#[derive(Default)]
struct Columns {
    kinds: Vec<u8>,
    parents: Vec<u16>,
    firsts: Vec<u16>,
    lasts: Vec<u16>,
    notes: Vec<u8>,
}

fn columns<'a>(
    table: &[Line<'a>],
    places: &Places<'_>,
    known_notes: &mut Vec<&'a str>,
) -> Result<Columns, Box<dyn Error>> {
    let mut columns = Columns::default();
    for Line {
        number,
        cells: [_, kind, _, parent, first, last, note],
    } in table
    {
        let wrong = |what: &str| format!("units.tsv, line {number}: {what}");
        let kind = KINDS
            .iter()
            .position(|known| known == kind)
            .ok_or_else(|| wrong("unknown kind"))?;
        columns.kinds.push(u8::try_from(kind)?);
        columns.parents.push(match *parent {
            "" => NONE,
            uid => *places.get(uid).ok_or_else(|| wrong("unknown parent"))?,
        });
        columns
            .firsts
            .push(day(first).ok_or_else(|| wrong("the first day is no date"))?);
        columns
            .lasts
            .push(day(last).ok_or_else(|| wrong("the last day is no date"))?);
        let place = known_notes.iter().position(|known| known == note).unwrap_or_else(|| {
            known_notes.push(note);
            known_notes.len() - 1
        });
        columns
            .notes
            .push(u8::try_from(place).map_err(|_| wrong("too many different notes"))?);
    }
    Ok(columns)
}

/// An old unit's place, a successor's place, and whether that one is proposed.
struct Link {
    old: u16,
    new: u16,
    proposed: bool,
}

/// By the old unit's place; the file's order within a unit is kept.
fn links(table: &str, places: &Places<'_>) -> Result<Vec<Link>, Box<dyn Error>> {
    let mut links = Vec::new();
    for (number, line) in rows(table) {
        let place = |uid: &str| {
            places
                .get(uid)
                .copied()
                .ok_or_else(|| format!("successors.tsv, line {number}: unknown uid {uid}"))
        };
        let mut cells = line.split('\t');
        let old = place(cells.next().unwrap_or_default())?;
        for cell in cells {
            let new = cell.strip_prefix('*');
            links.push(Link {
                old,
                new: place(new.unwrap_or(cell))?,
                proposed: new.is_some(),
            });
        }
    }
    links.sort_by_key(|link| link.old);
    Ok(links)
}

/// Days since 1 January 2000 of an ISO date; an empty cell is [`NONE`].
fn day(cell: &str) -> Option<u16> {
    if cell.is_empty() {
        return Some(NONE);
    }
    let mut parts = cell.splitn(3, '-').map(|part| part.parse::<u16>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let leap = |year: u16| year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    let february = if leap(year) { 29 } else { 28 };
    let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let length = lengths.get(usize::from(month).checked_sub(1)?)?;
    if !(2000..2100).contains(&year) || !(1..=*length).contains(&day) {
        return None;
    }
    let years: u16 = (2000..year).map(|year| if leap(year) { 366 } else { 365 }).sum();
    let months: u16 = lengths.iter().take(usize::from(month) - 1).sum();
    Some(years + months + day - 1)
}

/// Strings parted by line feeds, behind the length of them all.
fn put_text<'a>(out: &mut Vec<u8>, strings: impl Iterator<Item = &'a str>) -> Result<(), Box<dyn Error>> {
    let text = strings.collect::<Vec<_>>().join("\n");
    put_length(out, text.len())?;
    out.extend(text.as_bytes());
    Ok(())
}

fn put_length(out: &mut Vec<u8>, length: usize) -> Result<(), Box<dyn Error>> {
    out.extend(u32::try_from(length)?.to_le_bytes());
    Ok(())
}

/// All low bytes, then all high bytes: it compresses better than pairs.
fn put_column(out: &mut Vec<u8>, column: &[u16]) {
    out.extend(column.iter().map(|value| value.to_le_bytes()[0]));
    out.extend(column.iter().map(|value| value.to_le_bytes()[1]));
}

/// The length when inflated (four bytes), then raw deflate.
fn compress(bytes: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut out = Vec::new();
    put_length(&mut out, bytes.len())?;
    let mut encoder = DeflateEncoder::new(out, Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
