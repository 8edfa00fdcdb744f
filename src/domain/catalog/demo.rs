//! Names to make up people and cooperatives of, so that a new officer can try the program on data worth looking at.
//!
//! Everything here is invented or so common that it names nobody. The names stand in `data/demo_names.txt`, whose head
//! tells its form. Nothing here chooses: who makes the data brings the chance.

use std::sync::OnceLock;

use super::packed;

/// The file as it stands in the repository, inflated at the first call.
fn source() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| packed::text(include_bytes!(concat!(env!("OUT_DIR"), "/demo_names.txt.bin"))))
}

/// All name parts, read when first asked for.
pub fn demo_names() -> &'static DemoNames {
    static NAMES: OnceLock<DemoNames> = OnceLock::new();
    NAMES.get_or_init(|| read(source()).expect("the names are compiled in, and a test reads them"))
}

/// What people and cooperatives are called.
#[derive(Debug, Default)]
pub struct DemoNames {
    /// Surnames, common ones with a high weight.
    pub surnames: Vec<Surname>,
    /// Middle names of women: "Thị", "Thị Thu", "Ngọc".
    pub middle_women: Vec<&'static str>,
    /// Given names of women.
    pub given_women: Vec<&'static str>,
    /// Middle names of men.
    pub middle_men: Vec<&'static str>,
    /// Given names of men.
    pub given_men: Vec<&'static str>,
    /// Whole names of cooperatives and groups.
    pub cooperatives: Vec<CooperativeName>,
    /// What cooperatives of a trade may call themselves, to be joined with a motto: "HTX Rau hữu cơ Hoa Sen".
    pub trades: Vec<Trade>,
    /// What may follow.
    pub mottoes: Vec<&'static str>,
}

/// A surname.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Surname {
    /// As written.
    pub name: &'static str,
    /// How common it is beside the others; no unit.
    pub weight: u32,
    /// Where it is at home: "Bắc", "Nam" or an old province; none when it is everywhere.
    pub home: Option<&'static str>,
}

/// A cooperative that there is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CooperativeName {
    /// With its kind: "HTX Rau hữu cơ Phụ nữ Hưng Hà".
    pub name: &'static str,
    /// A code of `entity_type`: HTX or THT.
    pub kind: &'static str,
    /// A code of `sector`.
    pub sector: &'static str,
    /// The province (of before July 2025) whose places it names.
    pub province: &'static str,
}

/// Words for a trade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trade {
    /// A code of `sector`.
    pub sector: &'static str,
    /// "Rau an toàn", "Rau hữu cơ".
    pub words: Vec<&'static str>,
}

fn read(source: &'static str) -> Result<DemoNames, String> {
    let mut names = DemoNames::default();
    let mut part = "";
    for (number, line) in source.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix('[') {
            part = name.trim_end_matches(']');
        } else {
            names
                .take(part, line)
                .ok_or_else(|| format!("line {}: not in the form of [{part}]", number + 1))?;
        }
    }
    Ok(names)
}

impl DemoNames {
    fn take(&mut self, part: &str, line: &'static str) -> Option<()> {
        match part {
            "surname" => self.surnames.push(surname(line)?),
            "middle_women" => self.middle_women.extend(words(line)),
            "given_women" => self.given_women.extend(words(line)),
            "middle_men" => self.middle_men.extend(words(line)),
            "given_men" => self.given_men.extend(words(line)),
            "cooperative" => self.cooperatives.push(cooperative(line)?),
            "trade" => self.trades.push(trade(line)?),
            "motto" => self.mottoes.extend(words(line)),
            _ => return None,
        }
        Some(())
    }
}

fn words(line: &'static str) -> impl Iterator<Item = &'static str> {
    line.split(',').map(str::trim).filter(|word| !word.is_empty())
}

fn cells<const N: usize>(line: &'static str) -> Option<[&'static str; N]> {
    line.split('|').map(str::trim).collect::<Vec<_>>().try_into().ok()
}

fn surname(line: &'static str) -> Option<Surname> {
    let (name, rest) = line.split_once('|')?;
    let (weight, home) = rest.split_once('|').unwrap_or((rest, ""));
    let home = Some(home.trim()).filter(|home| !home.is_empty());
    Some(Surname {
        name: name.trim(),
        weight: weight.trim().parse().ok()?,
        home,
    })
}

fn cooperative(line: &'static str) -> Option<CooperativeName> {
    let [name, kind, sector, province] = cells(line)?;
    Some(CooperativeName {
        name,
        kind,
        sector,
        province,
    })
}

fn trade(line: &'static str) -> Option<Trade> {
    let [sector, list] = cells(line)?;
    Some(Trade {
        sector,
        words: words(list).collect(),
    })
}

#[cfg(test)]
mod tests {
    use unicode_normalization::is_nfc;

    use super::*;
    use crate::domain::catalog::list;

    #[test]
    fn all_parts_are_there() {
        let names = read(source()).unwrap();
        assert_eq!((names.surnames.len(), names.cooperatives.len()), (49, 60));
        assert_eq!((names.middle_women.len(), names.given_women.len()), (30, 97));
        assert!(names.middle_men.len() >= 10 && names.given_men.len() >= 40 && names.mottoes.len() >= 20);
        assert!(is_nfc(source()));
    }

    #[test]
    fn kinds_and_trades_are_known_codes_and_every_sector_has_words() {
        let (kinds, sectors) = (list("entity_type").unwrap(), list("sector").unwrap());
        for cooperative in &demo_names().cooperatives {
            assert!(
                kinds.contains(cooperative.kind) && sectors.contains(cooperative.sector),
                "{cooperative:?}"
            );
            assert!(cooperative.name.starts_with(cooperative.kind), "{cooperative:?}");
        }
        for sector in &sectors.codes {
            let trade = demo_names()
                .trades
                .iter()
                .find(|trade| trade.sector == sector.code)
                .unwrap();
            assert!(!trade.words.is_empty(), "{}", sector.code);
        }
    }

    #[test]
    fn a_surname_has_a_weight_and_maybe_a_home() {
        let find = |name| {
            *demo_names()
                .surnames
                .iter()
                .find(|surname| surname.name == name)
                .unwrap()
        };
        assert_eq!(
            find("Nguyễn"),
            Surname {
                name: "Nguyễn",
                weight: 310,
                home: None
            }
        );
        assert_eq!(find("Huỳnh").home, Some("Nam"));
    }

    #[test]
    fn a_line_out_of_form_is_named_by_its_number() {
        assert_eq!(
            read("[surname]\nTrần | nhiều").unwrap_err(),
            "line 2: not in the form of [surname]"
        );
        assert!(read("Trần | 1").is_err());
    }
}
