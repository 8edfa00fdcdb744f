//! A workbook's names: texts are filled in where all sheets share them, and a cell that is a name alone becomes a number.

use std::collections::HashMap;

use super::places::{self, Markup};
use super::{Filled, FormError};
use crate::report::package::Part;

const SHARED: &str = "xl/sharedStrings.xml";

/// Fills in all sheets.
pub fn fill(parts: &mut [Part], value: &mut dyn FnMut(&str) -> Option<Filled>) -> Result<(), FormError> {
    let mut numbers = HashMap::new();
    for part in parts.iter_mut().filter(|part| part.name == SHARED) {
        numbers = alone(part.text().ok_or(FormError::NotAForm)?, value);
        part.rewrite(|xml| places::fill(xml, Markup::Sheet, value))
            .ok_or(FormError::NotAForm)?;
    }
    for part in parts.iter_mut() {
        if part.name.starts_with("xl/worksheets/") && part.name.ends_with(".xml") {
            part.rewrite(|xml| cells(xml, &numbers, value))
                .ok_or(FormError::NotAForm)?;
        }
        if part.name == "xl/workbook.xml" {
            part.rewrite(counted_anew).ok_or(FormError::NotAForm)?;
        }
    }
    Ok(())
}

/// The shared texts that are one name that stands for a number, by their place in the list.
fn alone(xml: &str, value: &mut dyn FnMut(&str) -> Option<Filled>) -> HashMap<usize, i64> {
    let mut found = HashMap::new();
    for (place, item) in elements(xml, "si").into_iter().enumerate() {
        if let Some(number) = number_alone(&xml[item], value) {
            found.insert(place, number);
        }
    }
    found
}

/// The number that a text of markup stands for, where it is one name and nothing else.
fn number_alone(xml: &str, value: &mut dyn FnMut(&str) -> Option<Filled>) -> Option<i64> {
    let texts = elements(xml, "t");
    let text: String = texts
        .into_iter()
        .filter_map(|at| {
            let element = &xml[at];
            let inner = &element[element.find('>')? + 1..element.rfind("</")?];
            Some(places::unescape(inner).into_owned())
        })
        .collect();
    let text = text.trim();
    let places = places::places(text);
    let [place] = places.as_slice() else { return None };
    let is_alone = text.starts_with("{{") && text.ends_with("}}");
    match value(&place.name).filter(|_| is_alone) {
        Some(Filled::Number(number)) => Some(number),
        _ => None,
    }
}

/// The cells of a sheet: numbers in place of names alone, other names filled in.
fn cells(xml: &str, numbers: &HashMap<usize, i64>, value: &mut dyn FnMut(&str) -> Option<Filled>) -> String {
    let mut out = String::with_capacity(xml.len());
    let mut written = 0;
    for at in elements(xml, "c") {
        let cell = &xml[at.clone()];
        let Some(end) = cell.find('>') else { continue };
        let open = &cell[..end];
        let number = if open.contains(" t=\"s\"") {
            let shared = elements(cell, "v").into_iter().next();
            let place = shared.and_then(|at| {
                let element = &cell[at];
                element[element.find('>')? + 1..element.rfind("</")?]
                    .trim()
                    .parse()
                    .ok()
            });
            place.and_then(|place: usize| numbers.get(&place).copied())
        } else if open.contains(" t=\"inlineStr\"") {
            number_alone(cell, value)
        } else {
            None
        };
        if let Some(number) = number {
            let open = open.replace(" t=\"s\"", "").replace(" t=\"inlineStr\"", "");
            out.push_str(&xml[written..at.start]);
            out.push_str(&format!("{open}><v>{number}</v></c>"));
            written = at.end;
        }
    }
    out.push_str(&xml[written..]);
    places::fill(&out, Markup::Sheet, value)
}

/// Formulas are counted anew when the workbook is opened: they held what the empty form gave.
fn counted_anew(xml: &str) -> String {
    if xml.contains("fullCalcOnLoad") {
        return xml.to_string();
    }
    if xml.contains("<calcPr") {
        return xml.replacen("<calcPr", "<calcPr fullCalcOnLoad=\"1\"", 1);
    }
    let after = ["</definedNames>", "</sheets>"]
        .into_iter()
        .find(|end| xml.contains(end));
    match after {
        Some(end) => xml.replacen(end, &format!("{end}<calcPr fullCalcOnLoad=\"1\"/>"), 1),
        None => xml.to_string(),
    }
}

/// Where the elements of a name stand that have anything in them.
fn elements(xml: &str, name: &str) -> Vec<std::ops::Range<usize>> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(start) = xml[at..].find(&open).map(|next| at + next) {
        let after = start + open.len();
        let is_it = xml[after..].starts_with([' ', '>', '\t', '\n', '\r', '/']);
        let Some(end) = xml[after..].find('>').map(|next| after + next) else {
            break;
        };
        at = end + 1;
        if !is_it {
            continue;
        }
        if xml[after..end].ends_with('/') {
            // An empty element is one of the list, too.
            if name == "si" {
                found.push(start..at);
            }
            continue;
        }
        let Some(stop) = xml[at..].find(&close).map(|next| at + next + close.len()) else {
            break;
        };
        found.push(start..stop);
        at = stop;
    }
    found
}
