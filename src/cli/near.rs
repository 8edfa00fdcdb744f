//! Names near a mistyped one, to offer instead of it.

use crate::arrange::Arrange;

/// Most names offered.
const OFFERED: usize = 4;

/// The names nearest to `typed`, best first: those it begins, then those a few letters away. Empty where none is near.
pub fn near<'a>(typed: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let typed = typed.to_lowercase();
    let allowed = 1 + typed.chars().count() / 4;
    let mut found: Vec<(usize, &str)> = Vec::new();
    for name in names {
        let away = distance(&typed, name);
        let part = typed.len() >= 3 && (name.starts_with(&typed) || typed.starts_with(name) || name.contains(&typed));
        if away <= allowed || part {
            found.push((away, name));
        }
    }
    found.arrange();
    found.into_iter().take(OFFERED).map(|(_, name)| name).collect()
}

/// Letters to insert, delete, change or swap with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = change.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: [&str; 5] = ["date", "members", "members_women", "purposes", "cooperative"];

    #[test]
    fn a_slip_of_the_finger_finds_the_name_meant() {
        assert_eq!(near("menbers", FIELDS), ["members"]);
        assert_eq!(near("cooperatve", FIELDS), ["cooperative"]);
        assert_eq!(near("daet", FIELDS), ["date"]);
    }

    #[test]
    fn a_part_of_a_name_finds_it_and_nonsense_finds_nothing() {
        assert_eq!(near("member", FIELDS), ["members", "members_women"]);
        assert!(near("xyzzy", FIELDS).is_empty());
        assert!(near("", FIELDS).is_empty());
    }
}
