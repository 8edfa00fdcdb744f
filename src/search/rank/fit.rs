//! How one word of the query fits a row: as a word, a code, a number or a run of first letters.

use super::{NOT, Pass, TONED, Table, WAY, WHOLE, WRONG};
use crate::search::list::{Part, Row, Token};
use crate::search::query::Word;
use crate::search::words::Words;

/// How one word of the query fits a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fit {
    pub(super) group: Group,
    pub(super) toned: bool,
    pub(super) whole: bool,
    pub(super) place: Place,
    /// The words of the name that it fits, from and to.
    pub(super) span: Option<(u8, u8)>,
    /// By its number alone, a code that is not a cooperative's: `7` is HTX007 before THT007.
    pub(super) by_number: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    Right,
    Initials,
    Wrong,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Code,
    Name,
    Kind,
    Rest,
}

impl Fit {
    fn elsewhere(group: Group, whole: bool, place: Place) -> Fit {
        Fit {
            group,
            toned: true,
            whole,
            place,
            span: None,
            by_number: false,
        }
    }

    fn order(&self) -> (Group, bool, Place, bool) {
        (self.group, !self.toned, self.place, !self.whole)
    }
}

/// The best way in which a word of the query fits a row; none where it does not.
pub(super) fn fit(word: &Word, table: &Table, row: &Row<'_>, words: &Words, pass: Pass) -> Option<Fit> {
    let mut best = if table.digits { fit_code(word, row.code) } else { None };
    let better = |fit: Fit, best: Option<Fit>| best.is_none_or(|best| fit.order() < best.order());
    let mut name_word = 0;
    for token in row.tokens {
        let here = name_word;
        if token.part() == Part::Name {
            name_word += 1;
        }
        let class = table.classes[token.word() as usize];
        let group = match class & WAY {
            NOT => continue,
            WRONG if pass == Pass::Right => continue,
            WRONG => Group::Wrong,
            _ => Group::Right,
        };
        let fit = Fit {
            group,
            toned: class & TONED != 0,
            whole: class & WAY == WHOLE,
            place: place_of(*token),
            span: (token.part() == Part::Name).then_some((here, here)),
            by_number: false,
        };
        if better(fit, best) {
            best = Some(fit);
        }
    }
    if let Some(fit) = fit_numbers(word, row.numbers).filter(|fit| better(*fit, best)) {
        best = Some(fit);
    }
    if best.is_none_or(|best| best.group > Group::Initials) {
        best = fit_initials(word, row.tokens, words).or(best);
    }
    best
}

fn place_of(token: Token) -> Place {
    match token.part() {
        Part::Name => Place::Name,
        Part::Kind => Place::Kind,
        Part::Manager | Part::Product | Part::Place => Place::Rest,
    }
}

/// `htx007`, `htx7` and `7` are HTX007; `htx0` and `00` begin it.
pub(super) fn fit_code(word: &Word, code: &[u8]) -> Option<Fit> {
    let letters = word.code_letters.as_deref()?.as_bytes();
    let start = code
        .iter()
        .rposition(|byte| !byte.is_ascii_digit())
        .map_or(0, |place| place + 1);
    let (own_letters, digits) = code.split_at(start);
    let typed = &word.folded.as_bytes()[letters.len()..];
    if digits.is_empty() || (!letters.is_empty() && own_letters != letters) {
        let begins = code.starts_with(word.folded.as_bytes());
        return begins.then(|| Fit::elsewhere(Group::Right, false, Place::Code));
    }
    let bare = without_noughts(digits);
    if bare == without_noughts(typed) {
        return Some(Fit {
            by_number: letters.is_empty() && own_letters != b"htx",
            ..Fit::elsewhere(Group::Right, true, Place::Code)
        });
    }
    let begins = digits.starts_with(typed) || bare.starts_with(typed);
    begins.then(|| Fit::elsewhere(Group::Right, false, Place::Code))
}

/// Digits without the noughts before them.
pub(super) fn without_noughts(digits: &[u8]) -> &[u8] {
    let nought = digits.iter().take_while(|digit| **digit == b'0').count();
    &digits[nought..]
}

/// A number or a part of it: of a telephone, a tax code.
pub(super) fn fit_numbers(word: &Word, numbers: &[u64]) -> Option<Fit> {
    let mut best = None;
    for fragment in &word.fragments {
        let length = 16 - fragment.leading_zeros() / 4;
        let mask = if length >= 16 {
            u64::MAX
        } else {
            (1 << (4 * length)) - 1
        };
        for number in numbers {
            if number == fragment {
                return Some(Fit::elsewhere(Group::Right, true, Place::Rest));
            }
            let mut rest = *number;
            while rest >= *fragment {
                if rest & mask == *fragment {
                    best = Some(Fit::elsewhere(Group::Right, false, Place::Rest));
                    break;
                }
                rest >>= 4;
            }
        }
    }
    best
}

/// A run of first letters: `rat` in "Rau An toàn", `pth` in a manager's name. The kind's letter may stand before a run
/// that begins later, for officers say "HTX Khánh Linh" of "HTX Rau an toàn Khánh Linh".
fn fit_initials(word: &Word, tokens: &[Token], words: &Words) -> Option<Fit> {
    let letters = word.folded.as_bytes();
    if letters.len() < 2 || !letters.iter().all(u8::is_ascii_lowercase) {
        return None;
    }
    let first = |token: &Token| words.folded(token.word()).as_bytes()[0];
    let kind = tokens.first().filter(|token| token.part() == Part::Kind).map(first);
    let behind_kind = (kind == Some(letters[0])).then(|| &letters[1..]);
    let names = tokens
        .iter()
        .take_while(|token| matches!(token.part(), Part::Name | Part::Kind));
    let before_name = names.filter(|token| token.part() == Part::Kind).count();
    for (start, token) in tokens.iter().enumerate() {
        for run in [Some(letters), behind_kind].into_iter().flatten() {
            let long = run.len() == letters.len();
            // "tác xã" is in every cooperative's kind: a run goes through the kind from its beginning or not at all.
            let inside_kind = token.part() == Part::Kind && !token.begins();
            if first(token) != run[0] || inside_kind || (!long && token.part() != Part::Name) {
                continue;
            }
            if is_run(run, &tokens[start..], first) {
                let at = |place: usize| u8::try_from(place.saturating_sub(before_name)).unwrap_or(u8::MAX);
                let in_name = matches!(token.part(), Part::Name | Part::Kind);
                return Some(Fit {
                    span: in_name.then(|| (at(start), at(start + run.len() - 1))),
                    place: if in_name { Place::Name } else { Place::Rest },
                    whole: long,
                    ..Fit::elsewhere(Group::Initials, true, Place::Name)
                });
            }
        }
    }
    None
}

/// Whether the words begin with these letters, one after the other and all of one name; a name's kind belongs to it.
fn is_run(run: &[u8], tokens: &[Token], first: impl Fn(&Token) -> u8) -> bool {
    if tokens.len() < run.len() {
        return false;
    }
    run.iter().zip(tokens).enumerate().all(|(place, (letter, token))| {
        let goes_on = place == 0 || !token.begins() || token.part() == Part::Name;
        goes_on && first(token) == *letter
    })
}
