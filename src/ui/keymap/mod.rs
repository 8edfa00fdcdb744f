//! Keys to actions: a map per context, read from data, asked once per key press.
//!
//! A screen names the contexts it stands in, the most particular first (`Form`, `Text`, `Global`); the first that knows
//! the key decides. The same map writes the bottom line, the help, the palette and the printed table, so what is shown
//! is what works. `load` reads the files, `check` refuses what cannot work, `trie` holds chords.

pub mod apart;
pub mod check;
pub mod key;
pub mod load;
pub mod show;
pub mod trie;

pub use key::{Code, Key};
pub use load::{Fault, Shipped};
pub use show::{Hint, Offer};

use crate::domain::text::Text;
use crate::ui::action::Action;
use trie::{Found, Trie};

macro_rules! contexts {
    ($($variant:ident $id:literal [$($chain:ident)*] ($vi:literal, $en:literal);)*) => {
        /// Where a key is pressed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Context {
            $(#[doc = $en] $variant,)*
        }

        impl Context {
            /// Every context, in the order of the printed table.
            pub const ALL: &'static [Context] = &[$(Context::$variant),*];

            /// The name of the table in keymap files.
            pub const fn id(self) -> &'static str {
                match self { $(Context::$variant => $id,)* }
            }

            /// The heading in help.
            pub const fn title(self) -> Text {
                match self { $(Context::$variant => Text::new($vi, $en),)* }
            }

            /// This context and those below it, as `Screen::contexts` gives them.
            pub const fn chain(self) -> &'static [Context] {
                match self { $(Context::$variant => &[$(Context::$chain),*],)* }
            }

            /// The context of this id.
            pub fn by_name(id: &str) -> Option<Context> {
                match id { $($id => Some(Context::$variant),)* _ => None }
            }
        }
    };
}

contexts! {
    Global "global" [Global] ("Ở mọi nơi", "Everywhere");
    Browse "browse" [Browse Global] ("Nơi không gõ chữ", "Where no text is typed");
    Home "home" [Home Browse Global] ("Trang chính", "Home");
    Table "table" [Table Browse Global] ("Bảng", "Tables");
    Record "record" [Record Browse Global] ("Trang của một bản ghi", "A record's page");
    Targets "targets" [Targets Browse Global] ("Chỉ tiêu", "Targets");
    Report "report" [Report Browse Global] ("Báo cáo", "Reports");
    Import "import" [Import Browse Global] ("Nhập tệp", "Importing a file");
    Settings "settings" [Settings Browse Global] ("Cài đặt", "Settings");
    Help "help" [Help Browse Global] ("Danh sách, trợ giúp, thông báo", "Lists, help and messages");
    Dialog "dialog" [Dialog Global] ("Câu hỏi", "Questions");
    Text "text" [Text Global] ("Nơi gõ chữ", "Where text is typed");
    Form "form" [Form Text Global] ("Phiếu nhập", "Forms");
    Attendance "attendance" [Attendance Text Global] ("Bảng điểm danh", "Attendance grid");
    Booths "booths" [Booths Text Global] ("Bảng gian hàng", "Booth grid");
    Picker "picker" [Picker Text Global] ("Danh sách chọn", "Pick lists");
    Filter "filter" [Filter Text Global] ("Dòng lọc của bảng", "A table's filter line");
    Lookup "lookup" [Lookup Text Global] ("Tra cứu", "Look-up");
    Palette "palette" [Palette Text Global] ("Bảng lệnh", "Command palette");
}

impl Context {
    /// Whether printable keys are text here (or may be: `Global` stands below every context).
    pub fn types_text(self) -> bool {
        self == Context::Global || self.chain().contains(&Context::Text)
    }
}

/// One line of a keymap: keys pressed one after the other, and what they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The keys, in order.
    pub keys: Vec<Key>,
    /// What they do.
    pub action: Action,
    /// Which of the layered files it stands in: 0 is the default.
    pub layer: usize,
    /// Its line there, from 1.
    pub line: usize,
}

/// What a key means where it was pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// An action.
    Action(Action),
    /// The first keys of a chord; these may follow.
    Pending(Vec<(Key, Follows)>),
    /// Nothing: a letter to type, or a key that does nothing here.
    None,
}

/// What follows on a chord's next key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follows {
    /// This action.
    Action(Action),
    /// Further keys.
    More,
}

/// The keys of every context. Made by [`load`], so always one that passed the check.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: Vec<Vec<Binding>>,
    tries: Vec<Trie>,
}

impl Keymap {
    /// A keymap of bindings per context, in the order of [`Context::ALL`], that passed the check.
    fn new(bindings: Vec<Vec<Binding>>) -> Keymap {
        let tries = bindings
            .iter()
            .map(|list| list.iter().map(|b| (b.keys.as_slice(), b.action)).collect())
            .collect();
        Keymap { bindings, tries }
    }

    /// The bindings that stand in this context itself.
    pub fn bindings(&self, context: Context) -> &[Binding] {
        self.bindings.get(context as usize).map_or(&[], Vec::as_slice)
    }

    /// What `key` means, `pending` being the chord's keys pressed before it (changed accordingly).
    ///
    /// A key that does not go on with the chord drops the chord and counts for itself, so that no typed letter is
    /// lost; Esc drops the chord and does nothing else.
    pub fn resolve(&self, contexts: &[Context], pending: &mut Vec<Key>, key: Key) -> Resolved {
        let inside = !pending.is_empty();
        pending.push(key);
        match self.find(contexts, pending) {
            Resolved::None if inside => {
                pending.clear();
                if key == Key::plain(Code::Esc) {
                    Resolved::None
                } else {
                    self.resolve(contexts, pending, key)
                }
            }
            Resolved::Pending(next) => Resolved::Pending(next),
            done => {
                pending.clear();
                done
            }
        }
    }

    /// What these keys together mean; nothing is remembered.
    pub fn find(&self, contexts: &[Context], keys: &[Key]) -> Resolved {
        let mut following: Vec<(Key, Follows)> = Vec::new();
        for context in contexts {
            match self
                .tries
                .get(*context as usize)
                .map_or(Found::Nothing, |trie| trie.find(keys))
            {
                Found::Leaf(action) if following.is_empty() => return Resolved::Action(action),
                Found::Leaf(_) => break,
                Found::Branch(next) => {
                    for (key, follows) in next {
                        if !following.iter().any(|(known, _)| *known == key) {
                            following.push((key, follows));
                        }
                    }
                }
                Found::Nothing => {}
            }
        }
        if following.is_empty() {
            Resolved::None
        } else {
            Resolved::Pending(following)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        Key::parse(text).unwrap()
    }

    #[test]
    fn the_most_particular_context_decides() {
        let map = Keymap::shipped(Shipped::Default);
        let mut pending = Vec::new();
        let down = key("down");
        assert_eq!(
            map.resolve(Context::Form.chain(), &mut pending, down),
            Resolved::Action(Action::NextField)
        );
        assert_eq!(
            map.resolve(Context::Table.chain(), &mut pending, down),
            Resolved::Action(Action::Down)
        );
        assert_eq!(
            map.resolve(Context::Form.chain(), &mut pending, key("v")),
            Resolved::None
        );
        assert_eq!(
            map.resolve(Context::Home.chain(), &mut pending, key("v")),
            Resolved::Action(Action::NewVisit)
        );
    }

    #[test]
    fn a_chord_says_what_may_follow_and_then_acts() {
        let map = Keymap::shipped(Shipped::Default);
        let mut pending = Vec::new();
        let Resolved::Pending(next) = map.resolve(Context::Home.chain(), &mut pending, key("g")) else {
            panic!()
        };
        assert!(next.contains(&(key("v"), Follows::Action(Action::GoVisits))));
        assert_eq!(pending, [key("g")]);
        assert_eq!(
            map.resolve(Context::Home.chain(), &mut pending, key("v")),
            Resolved::Action(Action::GoVisits)
        );
        assert!(pending.is_empty());
    }

    #[test]
    fn a_broken_chord_loses_no_letter_and_esc_only_drops_it() {
        let map = Keymap::shipped(Shipped::Default);
        let mut pending = vec![key("f12")];
        assert_eq!(
            map.resolve(Context::Form.chain(), &mut pending, key("ctrl-s")),
            Resolved::Action(Action::Save)
        );
        pending = vec![key("f12")];
        assert_eq!(
            map.resolve(Context::Form.chain(), &mut pending, key("esc")),
            Resolved::None
        );
        assert!(pending.is_empty());
    }
}
