//! What the keymap says of itself: hints for the bottom line, rows for help and palette, the continuation of a chord,
//! and the table of all keys as Markdown.

use super::key::{Key, shown};
use super::{Binding, Context, Follows, Keymap, check};
use crate::arrange::Arrange;
use crate::domain::text::{Lang, Text};
use crate::ui::action::Action;
use unicode_width::UnicodeWidthStr;

/// Something that a screen lets the officer do now, for the bottom line; the most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What it is.
    pub action: Action,
    /// How it is called here.
    pub label: Text,
}

impl Offer {
    /// An action under a name that fits the place ("ô sau" for `Accept`, say).
    pub const fn named(action: Action, label: Text) -> Offer {
        Offer { action, label }
    }
}

impl From<Action> for Offer {
    fn from(action: Action) -> Offer {
        Offer {
            action,
            label: action.label(),
        }
    }
}

/// A key and what it does, as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// What it does.
    pub action: Action,
    /// The key as shown: `^S`, `g v`.
    pub keys: String,
    /// A word or two.
    pub label: &'static str,
}

impl Hint {
    /// Its width in cells: key, space, label.
    pub fn width(&self) -> usize {
        self.keys.width() + 1 + self.label.width()
    }
}

/// A row of help: every key of an action, and its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpRow {
    /// Where it holds.
    pub context: Context,
    /// What it does.
    pub action: Action,
    /// Its keys, the first the one that hints show.
    pub keys: Vec<String>,
}

/// Cells between two hints.
pub const GAP: usize = 2;

impl Keymap {
    /// The key to show for an action here: reachable, not one that the system may take if another is there, the
    /// officer's own file before the shipped ones, else the first of the file.
    pub fn key_for(&self, contexts: &[Context], action: Action) -> Option<String> {
        self.keys_for(contexts, action).into_iter().next()
    }

    /// Every key that does `action` here, the one to show first.
    pub fn keys_for(&self, contexts: &[Context], action: Action) -> Vec<String> {
        let mut found: Vec<&Binding> = contexts
            .iter()
            .flat_map(|context| self.bindings(*context))
            .filter(|b| b.action == action && self.find(contexts, &b.keys) == super::Resolved::Action(action))
            .collect();
        found.arrange_by_key(|b| (b.keys.iter().any(|k| check::is_weak(*k)), std::cmp::Reverse(b.layer)));
        let mut out: Vec<String> = Vec::new();
        for keys in found.iter().map(|b| shown(&b.keys)) {
            if !out.contains(&keys) {
                out.push(keys);
            }
        }
        out
    }

    /// The hints that fit into `width` cells: of what is offered only what has a key here, in its order, and the help
    /// key last, which goes only when it alone has no room.
    pub fn hints(&self, contexts: &[Context], offers: &[Offer], width: usize, lang: Lang) -> Vec<Hint> {
        let hint = |offer: &Offer| {
            let keys = self.key_for(contexts, offer.action)?;
            Some(Hint {
                action: offer.action,
                keys,
                label: offer.label.get(lang),
            })
        };
        let help = hint(&Offer::from(Action::Help)).filter(|help| help.width() <= width);
        let mut room = width.saturating_sub(help.as_ref().map_or(0, |help| help.width() + GAP));
        let mut out = Vec::new();
        for hint in offers
            .iter()
            .filter(|offer| offer.action != Action::Help)
            .filter_map(hint)
        {
            let needs = hint.width() + if out.is_empty() { 0 } else { GAP };
            if needs > room {
                break;
            }
            room -= needs;
            out.push(hint);
        }
        out.extend(help);
        out
    }

    /// What may follow after the first keys of a chord, as hints.
    pub fn continuation(&self, follows: &[(Key, Follows)], lang: Lang) -> Vec<(String, &'static str)> {
        follows
            .iter()
            .map(|(key, next)| match next {
                Follows::Action(action) => (key.to_string(), action.label().get(lang)),
                Follows::More => (key.to_string(), "…"),
            })
            .collect()
    }

    /// The rows of help for a place: its own keys first, then those of the contexts below.
    pub fn help(&self, contexts: &[Context]) -> Vec<HelpRow> {
        let mut rows: Vec<HelpRow> = Vec::new();
        for context in contexts {
            for action in Action::ALL {
                let here = self.bindings(*context).iter().any(|b| b.action == *action);
                if !here || rows.iter().any(|row| row.action == *action) {
                    continue;
                }
                let keys = self.keys_for(contexts, *action);
                if !keys.is_empty() {
                    rows.push(HelpRow {
                        context: *context,
                        action: *action,
                        keys,
                    });
                }
            }
        }
        rows
    }

    /// The table of all keys, one part a context, for `keys --markdown` and the README.
    pub fn markdown(&self, lang: Lang) -> String {
        let (key, does) = match lang {
            Lang::Vi => ("Phím", "Việc"),
            Lang::En => ("Key", "Does"),
        };
        let mut out = String::new();
        for context in Context::ALL {
            let rows = self.rows_of(*context);
            if rows.is_empty() {
                continue;
            }
            out.push_str(&format!(
                "\n### {} (`{}`)\n\n| {key} | {does} | |\n| --- | --- | --- |\n",
                context.title().get(lang),
                context.id()
            ));
            for (keys, action) in rows {
                let keys = keys.iter().map(|k| code(k)).collect::<Vec<_>>().join(" · ");
                out.push_str(&format!(
                    "| {keys} | {} | `{}` |\n",
                    action.doc().get(lang),
                    action.id()
                ));
            }
        }
        out.trim_start().to_owned()
    }

    /// The table of all keys as plain text.
    pub fn plain_table(&self, lang: Lang) -> String {
        let mut out = String::new();
        for context in Context::ALL {
            let rows = self.rows_of(*context);
            if rows.is_empty() {
                continue;
            }
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&format!("{} [{}]\n", context.title().get(lang), context.id()));
            for (keys, action) in rows {
                let keys = keys.join(", ");
                let pad = " ".repeat(24usize.saturating_sub(keys.width()));
                out.push_str(&format!("  {keys}{pad} {} ({})\n", action.doc().get(lang), action.id()));
            }
        }
        out
    }

    /// The actions bound in one context itself, each with its keys there, in the order of the file.
    fn rows_of(&self, context: Context) -> Vec<(Vec<String>, Action)> {
        let mut rows: Vec<(Vec<String>, Action)> = Vec::new();
        for binding in self.bindings(context) {
            let keys = shown(&binding.keys);
            match rows.iter_mut().find(|(_, action)| *action == binding.action) {
                Some((known, _)) => known.push(keys),
                None => rows.push((vec![keys], binding.action)),
            }
        }
        rows
    }
}

/// Keys as code in a Markdown table: a bar would end the cell, a backtick the code.
fn code(keys: &str) -> String {
    let keys = keys.replace('|', "\\|");
    if keys.contains('`') {
        format!("`` {keys} ``")
    } else {
        format!("`{keys}`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::keymap::{Shipped, load::Source};

    fn offers() -> Vec<Offer> {
        [
            Action::NextField,
            Action::PreviousField,
            Action::DittoField,
            Action::Save,
            Action::Undo,
        ]
        .map(Offer::from)
        .to_vec()
    }

    #[test]
    fn hints_fit_the_width_and_help_is_the_last_to_go() {
        let map = Keymap::shipped(Shipped::Default);
        let line = |width| {
            let hints = map.hints(Context::Form.chain(), &offers(), width, Lang::Vi);
            hints
                .iter()
                .map(|h| format!("{} {}", h.keys, h.label))
                .collect::<Vec<_>>()
                .join("  ")
        };
        assert_eq!(
            line(80),
            "Enter ô sau  ↑ ô trước  ^D như trên  ^S lưu  ^Z hoàn tác  F2 giúp"
        );
        assert_eq!(line(30), "Enter ô sau  F2 giúp");
        assert_eq!(line(8), "F2 giúp");
        assert_eq!(line(3), "");
        for width in 0..90 {
            assert!(line(width).width() <= width, "{width}");
        }
    }

    #[test]
    fn only_what_has_a_key_here_is_hinted() {
        let map = Keymap::shipped(Shipped::Default);
        let hints = map.hints(
            Context::Home.chain(),
            &[Action::AllPresent.into(), Action::NewVisit.into()],
            80,
            Lang::En,
        );
        assert_eq!(hints.iter().map(|h| h.keys.as_str()).collect::<Vec<_>>(), ["v", "?"]);
    }

    #[test]
    fn the_officers_own_key_is_the_one_shown() {
        let own = Source {
            name: "keys.toml",
            text: "[form]\nctrl-e = \"save\"\n",
        };
        let (map, _) = Keymap::load(Shipped::Default, Some(own));
        assert_eq!(map.keys_for(Context::Form.chain(), Action::Save), ["^E", "^S", "Alt-S"]);
    }

    #[test]
    fn help_has_this_screens_keys_first_and_each_action_once() {
        let map = Keymap::shipped(Shipped::Default);
        let rows = map.help(Context::Table.chain());
        assert_eq!(rows[0].context, Context::Table);
        let mut actions: Vec<Action> = rows.iter().map(|row| row.action).collect();
        actions.sort();
        let all = actions.len();
        actions.dedup();
        assert_eq!(actions.len(), all);
    }

    #[test]
    fn the_markdown_table_names_every_binding() {
        let map = Keymap::shipped(Shipped::Default);
        let table = map.markdown(Lang::Vi);
        for context in Context::ALL {
            for binding in map.bindings(*context) {
                assert!(
                    table.contains(&format!("`{}`", binding.action.id())),
                    "{}",
                    binding.action.id()
                );
            }
        }
    }
}
