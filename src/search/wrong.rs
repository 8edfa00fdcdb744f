//! One letter wrong: a letter too many, one missing, one in another's place, or two that changed places.

/// How much of a word must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// Its beginning: it is still being typed.
    Beginning,
}

/// Whether `typed` is `word` (or, where that is enough, its beginning) with one letter wrong. Not true of what is right.
pub fn is_one_letter_wrong(typed: &[u8], word: &[u8], extent: Extent) -> bool {
    let same = typed.iter().zip(word).take_while(|(a, b)| a == b).count();
    if same == typed.len() && (extent == Extent::Beginning || word.len() == same) {
        return false;
    }
    let fits = |rest: &[u8], of: &[u8]| match extent {
        Extent::Whole => rest == of,
        Extent::Beginning => of.starts_with(rest),
    };
    let (rest, of) = (&typed[same..], &word[same..]);
    let too_many = rest.split_first().is_some_and(|(_, rest)| fits(rest, of));
    let missing = of.split_first().is_some_and(|(_, of)| fits(rest, of));
    let another = matches!((rest.split_first(), of.split_first()), (Some((_, rest)), Some((_, of))) if fits(rest, of));
    let changed_places =
        matches!((rest, of), ([a, b, rest @ ..], [c, d, of @ ..]) if a == d && b == c && fits(rest, of));
    too_many || missing || another || changed_places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wrong(typed: &str, word: &str) -> bool {
        is_one_letter_wrong(typed.as_bytes(), word.as_bytes(), Extent::Whole)
    }

    fn begun_wrong(typed: &str, word: &str) -> bool {
        is_one_letter_wrong(typed.as_bytes(), word.as_bytes(), Extent::Beginning)
    }

    #[test]
    fn the_four_slips_are_forgiven_and_two_of_them_are_not() {
        for typed in ["khaang", "kang", "khamg", "khagn", "hkang", "khangg", "khan", "xkhang"] {
            assert!(wrong(typed, "khang"), "{typed}");
        }
        for typed in ["khang", "kahgn", "kha", "xhamg", ""] {
            assert!(!wrong(typed, "khang"), "{typed}");
        }
    }

    #[test]
    fn a_word_still_being_typed_may_be_wrong_too() {
        assert!(begun_wrong("dupc", "duoclieu") && begun_wrong("douc", "duoclieu") && begun_wrong("dooc", "duoc"));
        assert!(!begun_wrong("duoc", "duoclieu"), "what is right is not wrong");
        assert!(!begun_wrong("dabc", "duoclieu"));
    }

    proptest! {
        #[test]
        fn it_is_the_distance_of_one(typed in "[abc]{0,5}", word in "[abc]{0,5}") {
            prop_assert_eq!(wrong(&typed, &word), distance(typed.as_bytes(), word.as_bytes()) == 1);
            let begun = (0..=word.len()).map(|end| distance(typed.as_bytes(), &word.as_bytes()[..end])).min();
            prop_assert_eq!(begun_wrong(&typed, &word), begun == Some(1));
        }
    }

    /// Optimal string alignment, by the book.
    fn distance(a: &[u8], b: &[u8]) -> usize {
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let cost = usize::from(a[i - 1] != b[j - 1]);
                    let mut best = (table[i - 1][j] + 1)
                        .min(table[i][j - 1] + 1)
                        .min(table[i - 1][j - 1] + cost);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        best = best.min(table[i - 2][j - 2] + 1);
                    }
                    best
                };
            }
        }
        table[a.len()][b.len()]
    }
}
