//! Keymap files: a table per context, `"keys" = "action"` a line; later files say only what differs.
//!
//! ```toml
//! base = "vi"            # what it differs from; `default` when left out
//! [form]
//! ctrl-e = "save"        # one key more for saving
//! "g v" = "none"         # this chord is given free
//! ```
//!
//! All faults are found at once, each with file, line and reason. A file with a fault is left aside whole: half of
//! somebody's keys would be worse than none of them.

use super::key::KeyFault;
use super::{Binding, Context, Key, Keymap, check};
use crate::arrange::Arrange;
use crate::domain::text::{Lang, Message};
use crate::ui::action::Action;
use std::collections::HashMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The keymaps that come with the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Shipped {
    /// What the screens' hints were made for.
    #[default]
    Default,
    /// hjkl on tables, as in the editor.
    Vi,
    /// For hands from the DOS age.
    Foxpro,
}

impl Shipped {
    /// All of them.
    pub const ALL: [Shipped; 3] = [Shipped::Default, Shipped::Vi, Shipped::Foxpro];

    /// The name used in settings and in `base`.
    pub const fn id(self) -> &'static str {
        match self {
            Shipped::Default => "default",
            Shipped::Vi => "vi",
            Shipped::Foxpro => "foxpro",
        }
    }

    /// The keymap of this name.
    pub fn by_name(id: &str) -> Option<Shipped> {
        Shipped::ALL.into_iter().find(|shipped| shipped.id() == id)
    }

    /// The file itself.
    pub const fn source(self) -> &'static str {
        match self {
            Shipped::Default => include_str!("../../../keymaps/default.toml"),
            Shipped::Vi => include_str!("../../../keymaps/vi.toml"),
            Shipped::Foxpro => include_str!("../../../keymaps/foxpro.toml"),
        }
    }
}

/// What is wrong with a keymap file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// Why it cannot stand.
    pub reason: Message,
}

impl Fault {
    /// `keys.toml:12: reason`, in one language.
    pub fn describe(&self, lang: Lang) -> String {
        format!("{}:{}: {}", self.file, self.line, self.reason.get(lang))
    }
}

/// A keymap file: its name, for faults, and its text.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The file's name.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
}

impl Keymap {
    /// A shipped keymap.
    pub fn shipped(shipped: Shipped) -> Keymap {
        build(&shipped_layers(shipped)).expect("shipped keymaps pass the check, which a test makes sure of")
    }

    /// The chosen shipped keymap with the officer's own file over it, or, if that has faults, the shipped one alone
    /// and the list of them.
    ///
    /// `base` in the file goes before `chosen`.
    pub fn load(chosen: Shipped, own: Option<Source<'_>>) -> (Keymap, Vec<Fault>) {
        match own.map(|source| with_own(chosen, source)) {
            None => (Keymap::shipped(chosen), Vec::new()),
            Some(Ok(keymap)) => (keymap, Vec::new()),
            Some(Err(faults)) => (Keymap::shipped(chosen), faults),
        }
    }

    /// Checks a file as the program's start does, over the base it names.
    ///
    /// # Errors
    /// Every fault of the file, by line.
    pub fn check(source: Source<'_>) -> Result<Keymap, Vec<Fault>> {
        with_own(Shipped::Default, source)
    }
}

fn shipped_layers(shipped: Shipped) -> Vec<Source<'static>> {
    let layer = |shipped: Shipped| Source {
        name: shipped.id(),
        text: shipped.source(),
    };
    match shipped {
        Shipped::Default => vec![layer(Shipped::Default)],
        other => vec![layer(Shipped::Default), layer(other)],
    }
}

fn with_own(chosen: Shipped, own: Source<'_>) -> Result<Keymap, Vec<Fault>> {
    // The default keymap itself, checked as a file, stands alone: nothing of it may be supposed.
    let (table, _) = DeTable::parse_recoverable(own.text);
    let base = table
        .get_ref()
        .get("base")
        .and_then(|v| v.get_ref().as_str())
        .map(str::to_owned);
    let mut layers = match base.as_deref() {
        Some("nothing") => Vec::new(),
        Some(name) => shipped_layers(Shipped::by_name(name).unwrap_or(chosen)),
        None => shipped_layers(chosen),
    };
    layers.push(own);
    build(&layers)
}

/// Lays the files over each other and checks the whole.
fn build(layers: &[Source<'_>]) -> Result<Keymap, Vec<Fault>> {
    let mut merged = Merged::default();
    let mut faults = Vec::new();
    for (layer, source) in layers.iter().enumerate() {
        let (entries, found) = entries(*source);
        faults.extend(found);
        merged.lay(layer, source.name, entries, &mut faults);
    }
    let names: Vec<&str> = layers.iter().map(|source| source.name).collect();
    let last_line = layers.last().map_or(1, |source| source.text.lines().count().max(1));
    faults.extend(check::check(&merged, &names, last_line));
    faults.arrange_by_key(|fault| fault.line);
    faults.dedup();
    if faults.is_empty() {
        Ok(Keymap::new(merged.bindings))
    } else {
        Err(faults)
    }
}

/// The files laid over each other, before the check.
#[derive(Debug)]
pub struct Merged {
    /// Bindings per context, in the order of `Context::ALL`.
    pub bindings: Vec<Vec<Binding>>,
    /// Where an action lost a key last: layer and line.
    pub lost: HashMap<Action, (usize, usize)>,
}

impl Default for Merged {
    fn default() -> Self {
        Merged {
            bindings: Context::ALL.iter().map(|_| Vec::new()).collect(),
            lost: HashMap::new(),
        }
    }
}

impl Merged {
    fn lay(&mut self, layer: usize, file: &str, entries: Vec<Entry>, faults: &mut Vec<Fault>) {
        for Entry {
            context,
            keys,
            action,
            line,
        } in entries
        {
            let list = &mut self.bindings[context as usize];
            let at = list.iter().position(|b| b.keys == keys);
            let mut refuse = |reason| {
                let file = file.to_owned();
                faults.push(Fault { file, line, reason });
            };
            let shown = || super::key::shown(&keys);
            match (at, action) {
                (Some(at), _) if list[at].layer == layer => {
                    let (keys, other) = (shown(), list[at].line);
                    refuse(Message::new(
                        format!("phím {keys} đã có ở dòng {other} của cùng bảng; hãy bỏ một dòng"),
                        format!("{keys} already stands in line {other} of this table; drop one of them"),
                    ));
                }
                (Some(at), action) => {
                    let old = list.remove(at);
                    if action != Some(old.action) {
                        self.lost.insert(old.action, (layer, line));
                    }
                    list.extend(action.map(|action| Binding {
                        keys,
                        action,
                        layer,
                        line,
                    }));
                }
                (None, Some(action)) => list.push(Binding {
                    keys,
                    action,
                    layer,
                    line,
                }),
                (None, None) => {
                    let keys = shown();
                    refuse(Message::new(
                        format!("phím {keys} vốn không có việc gì trong bảng này; hãy bỏ dòng này"),
                        format!("{keys} does nothing in this table anyway; drop this line"),
                    ));
                }
            }
        }
    }
}

/// A line that could be read; `action` is `None` for `"none"`.
struct Entry {
    context: Context,
    keys: Vec<Key>,
    action: Option<Action>,
    line: usize,
}

/// Reads one file; what cannot be read is a fault, the rest goes on.
fn entries(source: Source<'_>) -> (Vec<Entry>, Vec<Fault>) {
    let mut reading = Reading {
        source,
        broken: false,
        found: Vec::new(),
        faults: Vec::new(),
    };
    let (table, errors) = DeTable::parse_recoverable(source.text);
    reading.broken = !errors.is_empty();
    for error in &errors {
        let line = reading.line_of(error.span().map_or(0, |span| span.start));
        let said = error.message();
        reading.fault(
            line,
            format!("không đọc được dòng này ({said}); hãy sửa dòng này"),
            format!("this line cannot be read ({said}); mend this line"),
        );
    }
    for (name, value) in table.get_ref() {
        let line = reading.line_of(name.span().start);
        reading.top(line, name.get_ref(), value.get_ref());
    }
    reading.found.arrange_by_key(|entry| entry.line);
    (reading.found, reading.faults)
}

/// One file being read.
struct Reading<'a> {
    source: Source<'a>,
    /// Whether its TOML has errors.
    broken: bool,
    found: Vec<Entry>,
    faults: Vec<Fault>,
}

impl Reading<'_> {
    fn line_of(&self, offset: usize) -> usize {
        self.source.text.bytes().take(offset).filter(|b| *b == b'\n').count() + 1
    }

    fn fault(&mut self, line: usize, vi: String, en: String) {
        self.faults.push(Fault {
            file: self.source.name.to_owned(),
            line,
            reason: Message::new(vi, en),
        });
    }

    /// A table, or a word outside of all tables.
    fn top(&mut self, line: usize, name: &str, value: &DeValue<'_>) {
        match (name, value) {
            ("base", DeValue::String(base)) if base == "nothing" || Shipped::by_name(base).is_some() => {}
            ("base", _) => self.fault(
                line,
                "base phải là \"default\", \"vi\", \"foxpro\" hoặc \"nothing\"".into(),
                "base must be \"default\", \"vi\", \"foxpro\" or \"nothing\"".into(),
            ),
            (_, DeValue::Table(rows)) => match Context::by_name(name) {
                Some(context) => self.table(context, rows),
                // Once a bracket is missing, what follows only seems to be a table.
                None if self.broken && !self.is_heading(line) => {}
                None => self.fault(
                    line,
                    format!("không có nơi nào tên [{name}]; các nơi: {}", all_contexts()),
                    format!("there is no context [{name}]; contexts: {}", all_contexts()),
                ),
            },
            _ => self.fault(
                line,
                format!("{name} đứng ngoài mọi bảng; hãy đặt dưới một dòng như [form]"),
                format!("{name} stands outside every table; put it below a line such as [form]"),
            ),
        }
    }

    fn table(&mut self, context: Context, rows: &DeTable<'_>) {
        for (keys, action) in rows {
            let line = self.line_of(keys.span().start);
            match entry(context, keys.get_ref(), action, line) {
                Ok(entry) => self.found.push(entry),
                Err((vi, en)) => self.fault(line, vi, en),
            }
        }
    }

    fn is_heading(&self, line: usize) -> bool {
        self.source
            .text
            .lines()
            .nth(line - 1)
            .is_some_and(|line| line.trim_start().starts_with('['))
    }
}

fn all_contexts() -> String {
    Context::ALL
        .iter()
        .map(|context| context.id())
        .collect::<Vec<_>>()
        .join(", ")
}

fn entry(context: Context, keys: &str, action: &Spanned<DeValue<'_>>, line: usize) -> Result<Entry, (String, String)> {
    let keys = keys.split_whitespace().map(parse_key).collect::<Result<Vec<_>, _>>()?;
    if keys.is_empty() {
        return Err(("thiếu tên phím".into(), "the key is missing".into()));
    }
    let Some(id) = action.get_ref().as_str() else {
        return Err((
            "sau dấu = phải là tên một việc trong ngoặc kép".into(),
            "after = there must be an action's name in quotes".into(),
        ));
    };
    let action = if id == "none" {
        None
    } else {
        Some(Action::by_name(id).ok_or_else(|| unknown_action(id))?)
    };
    Ok(Entry {
        context,
        keys,
        action,
        line,
    })
}

fn unknown_action(id: &str) -> (String, String) {
    let near = Action::ALL
        .iter()
        .map(|a| a.id())
        .filter(|known| known.contains(id) || id.contains(known))
        .collect::<Vec<_>>();
    let (vi, en) = match near.as_slice() {
        [] => (String::new(), String::new()),
        near => (
            format!("; có phải {}?", near.join(", ")),
            format!("; did you mean {}?", near.join(", ")),
        ),
    };
    (
        format!("không có việc nào tên \"{id}\"{vi}"),
        format!("there is no action \"{id}\"{en}"),
    )
}

fn parse_key(text: &str) -> Result<Key, (String, String)> {
    Key::parse(text).map_err(|fault| match fault {
        KeyFault::Unknown => (
            format!("không có phím nào tên \"{text}\""),
            format!("there is no key \"{text}\""),
        ),
        KeyFault::Indistinct(other) => (
            format!("máy không phân biệt được {text} với phím khác ({other})"),
            format!("no terminal can tell {text} from {other}"),
        ),
        KeyFault::Taken(by) => (
            format!("{text} bị chương trình khác giữ ({by}), không đến được đây"),
            format!("{text} is kept by {by} and does not arrive here"),
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_keymap_passes_the_check() {
        for shipped in Shipped::ALL {
            if let Err(faults) = build(&shipped_layers(shipped)) {
                panic!(
                    "{}",
                    faults
                        .iter()
                        .map(|f| f.describe(Lang::En))
                        .collect::<Vec<_>>()
                        .join("\n")
                );
            }
        }
    }

    #[test]
    fn an_own_file_says_only_what_differs() {
        let own = Source {
            name: "keys.toml",
            text: "[form]\nctrl-e = \"save\"\n",
        };
        let (map, faults) = Keymap::load(Shipped::Default, Some(own));
        assert_eq!(faults, []);
        let save = |text: &str| map.find(Context::Form.chain(), &[Key::parse(text).unwrap()]);
        assert_eq!(save("ctrl-e"), super::super::Resolved::Action(Action::Save));
        assert_eq!(save("ctrl-s"), super::super::Resolved::Action(Action::Save));
    }

    #[test]
    fn a_bad_own_file_leaves_the_keys_as_they_were_and_names_all_faults() {
        let own = Source {
            name: "keys.toml",
            text: "[form]\nctrl-e = \"sav\"\nctrl-i = \"save\"\n[frm]\nf5 = \"save\"\n",
        };
        let (map, faults) = Keymap::load(Shipped::Default, Some(own));
        assert_eq!(faults.iter().map(|f| f.line).collect::<Vec<_>>(), [2, 3, 4]);
        assert_eq!(
            map.find(Context::Form.chain(), &[Key::parse("ctrl-e").unwrap()]),
            Keymap::shipped(Shipped::Default).find(Context::Form.chain(), &[Key::parse("ctrl-e").unwrap()])
        );
    }
}
