//! What a keymap may not do, because a terminal, an input method or the officer's hands would suffer for it.
//!
//! The rules, all applied at once: no printable key where text is typed (digits least of all: VNI types tones with
//! them); no prefix that swallows a chord, in one context or between those that lie over each other; no tone letter as
//! an action where no text is typed, for UniKey composes them (only moving the cursor is harmless); nothing that hangs
//! on a key which terminals, Windows, screen or tmux may take; force-quit, help and back within reach everywhere; every
//! action with a key.

use super::key::{Code, shown};
use super::load::{Fault, Merged};
use super::{Binding, Context, Key};
use crate::domain::text::Message;
use crate::ui::action::Action;

/// Letters that Telex takes for tones and marks.
const TONE_LETTERS: &str = "sfrxjzw";
/// Actions that must be in reach in every context.
const ALWAYS: [Action; 3] = [Action::ForceQuit, Action::Help, Action::Back];

/// All faults of the merged files `names`; what belongs to no line is reported at `last_line` of the last of them.
pub fn check(merged: &Merged, names: &[&str], last_line: usize) -> Vec<Fault> {
    let mut checker = Checker {
        merged,
        names,
        faults: Vec::new(),
    };
    for context in Context::ALL {
        for binding in &merged.bindings[*context as usize] {
            checker.keys_fit(*context, binding);
            checker.swallows(*context, binding);
            checker.shadows_the_way_out(*context, binding);
            checker.hangs_on_a_weak_key(*context, binding);
        }
    }
    checker.everything_has_a_key(last_line);
    checker.faults
}

/// Keys that somebody else may take: fine as one more, never as the only one.
pub fn is_weak(key: Key) -> bool {
    matches!(
        key,
        Key {
            code: Code::F(1 | 10 | 11),
            alt: false,
            ..
        }
    ) || matches!(
        key,
        Key {
            code: Code::Char('a' | 'b' | 'c' | 'v'),
            ctrl: true,
            ..
        }
    )
}

fn printable(key: Key) -> Option<char> {
    key.text()
}

struct Checker<'a> {
    merged: &'a Merged,
    names: &'a [&'a str],
    faults: Vec<Fault>,
}

impl Checker<'_> {
    fn fault(&mut self, layer: usize, line: usize, vi: String, en: String) {
        let file = self.names.get(layer).copied().unwrap_or_default().to_owned();
        self.faults.push(Fault {
            file,
            line,
            reason: Message::new(vi, en),
        });
    }

    fn keys_fit(&mut self, context: Context, binding: &Binding) {
        let Binding {
            ref keys,
            action,
            layer,
            line,
        } = *binding;
        let first = keys[0];
        let shown = shown(keys);
        if context.types_text()
            && let Some(c) = printable(first)
        {
            let (vi, en) = if c.is_ascii_digit() {
                ("kiểu gõ VNI gõ dấu bằng chữ số", "VNI types tones with digits")
            } else {
                ("phím ấy là chữ phải gõ được", "that key must type its letter")
            };
            self.fault(
                layer,
                line,
                format!("{shown} không dùng được nơi gõ chữ: {vi}"),
                format!("{shown} cannot be an action where text is typed: {en}"),
            );
        }
        if !context.types_text() {
            let tone = printable(first).is_some_and(|c| TONE_LETTERS.contains(c.to_ascii_lowercase()));
            if tone && !(keys.len() == 1 && action.is_movement()) {
                self.fault(
                    layer,
                    line,
                    format!("{shown} là phím bỏ dấu của bộ gõ (s f r x j z w), không nên là việc ở đây"),
                    format!("{shown} is a tone key of input methods (s f r x j z w) and can be no action here"),
                );
            }
            if first == Key::plain(Code::Backspace) {
                self.fault(
                    layer,
                    line,
                    "bộ gõ gửi Backspace trước mỗi chữ có dấu, nên nó không được là việc ở đây".into(),
                    "input methods send Backspace before each composed letter, so it can be no action here".into(),
                );
            }
        }
        if keys.len() > 1 && first == Key::plain(Code::Esc) {
            self.fault(
                layer,
                line,
                "Esc rồi một phím chính là Alt với phím ấy".into(),
                "Esc and then a key is what terminals send for Alt with that key".into(),
            );
        }
    }

    /// A whole binding that is the beginning of another one, in this context or one that lies over or under it.
    fn swallows(&mut self, context: Context, binding: &Binding) {
        let mut found = Vec::new();
        for other_context in Context::ALL {
            let together = Context::ALL
                .iter()
                .any(|c| c.chain().contains(&context) && c.chain().contains(other_context));
            if !together {
                continue;
            }
            for other in &self.merged.bindings[*other_context as usize] {
                if other.keys.len() > binding.keys.len() && other.keys.starts_with(&binding.keys) {
                    found.push((other_context, other));
                }
            }
        }
        for (other_context, other) in found {
            // The later of the two is the newcomer, and the one to be changed.
            let (layer, line) = (binding.layer, binding.line).max((other.layer, other.line));
            let (short, long) = (shown(&binding.keys), shown(&other.keys));
            let (here, there) = (context.id(), other_context.id());
            self.fault(
                layer,
                line,
                format!("{short} [{here}] làm {long} [{there}] không bấm được nữa"),
                format!("{short} [{here}] swallows {long} [{there}]"),
            );
        }
    }

    fn shadows_the_way_out(&mut self, context: Context, binding: &Binding) {
        if binding.action == Action::ForceQuit {
            return;
        }
        let global = &self.merged.bindings[Context::Global as usize];
        let shadowed = global
            .iter()
            .find(|b| b.action == Action::ForceQuit && b.keys == binding.keys && context != Context::Global);
        if let Some(way_out) = shadowed {
            let keys = shown(&way_out.keys);
            self.fault(
                binding.layer,
                binding.line,
                format!("{keys} là phím thoát ngay, không được giao việc khác"),
                format!("{keys} is force-quit and may not be given to anything else"),
            );
        }
    }

    fn hangs_on_a_weak_key(&mut self, context: Context, binding: &Binding) {
        if !binding.keys.iter().any(|key| is_weak(*key)) {
            return;
        }
        let solid = context.chain().iter().any(|below| {
            self.merged.bindings[*below as usize]
                .iter()
                .any(|other| other.action == binding.action && !other.keys.iter().any(|key| is_weak(*key)))
        });
        if !solid {
            let (layer, line) = self
                .merged
                .lost
                .get(&binding.action)
                .copied()
                .map_or((binding.layer, binding.line), |lost| {
                    lost.max((binding.layer, binding.line))
                });
            let (keys, id) = (shown(&binding.keys), binding.action.id());
            self.fault(
                layer,
                line,
                format!("{id} chỉ còn phím {keys}, phím mà máy hoặc hệ thống có thể giữ mất; hãy thêm một phím khác"),
                format!("{id} has only {keys}, which terminals or the system may take; give it another key too"),
            );
        }
    }

    fn everything_has_a_key(&mut self, last_line: usize) {
        let last = self.names.len().saturating_sub(1);
        for action in Action::ALL {
            if self.merged.bindings.iter().flatten().any(|b| b.action == *action) {
                continue;
            }
            let (layer, line) = self.merged.lost.get(action).copied().unwrap_or((last, last_line));
            let id = action.id();
            self.fault(
                layer,
                line,
                format!("{id} không còn phím nào"),
                format!("{id} is left without a key"),
            );
        }
        for action in ALWAYS {
            for context in Context::ALL {
                let bound = self.merged.bindings.iter().flatten().any(|b| b.action == action);
                if bound && !self.reaches(*context, action) {
                    let (layer, line) = self.hider(*context, action).unwrap_or((last, last_line));
                    let (id, place) = (action.id(), context.id());
                    self.fault(
                        layer,
                        line,
                        format!("ở [{place}] không còn phím nào cho {id}"),
                        format!("in [{place}] no key is left for {id}"),
                    );
                }
            }
        }
    }

    /// Whether some key does `action` in `context`, not hidden by a more particular binding.
    fn reaches(&self, context: Context, action: Action) -> bool {
        let chain = context.chain();
        chain.iter().enumerate().any(|(depth, at)| {
            self.merged.bindings[*at as usize]
                .iter()
                .filter(|b| b.action == action)
                .any(|b| {
                    !chain[..depth]
                        .iter()
                        .flat_map(|over| &self.merged.bindings[*over as usize])
                        .any(|over| over.keys == b.keys)
                })
        })
    }

    /// The line that hides the last key of `action` in `context`, or took it away.
    fn hider(&self, context: Context, action: Action) -> Option<(usize, usize)> {
        let keys: Vec<&[Key]> = context
            .chain()
            .iter()
            .flat_map(|at| &self.merged.bindings[*at as usize])
            .filter(|b| b.action == action)
            .map(|b| b.keys.as_slice())
            .collect();
        let over = context
            .chain()
            .iter()
            .flat_map(|at| &self.merged.bindings[*at as usize])
            .filter(|b| b.action != action && keys.contains(&b.keys.as_slice()))
            .map(|b| (b.layer, b.line));
        over.chain(self.merged.lost.get(&action).copied()).max()
    }
}
