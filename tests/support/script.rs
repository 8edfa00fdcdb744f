//! Scripts of keys as a person presses them: a line is one key by its name, or `type ` and the keys that are letters;
//! empty lines and those that begin with `#` are no keys.

#![allow(dead_code)] // Each test file uses its own part.

/// One keystroke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke<'a> {
    /// A key by its name, as keymap files write it.
    Key(&'a str),
    /// A letter, digit, sign or blank that is typed.
    Letter(char),
}

/// The keystrokes of a script.
pub fn strokes(script: &str) -> Vec<Stroke<'_>> {
    let lines = script
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    lines
        .flat_map(|line| match line.strip_prefix("type ") {
            Some(text) => text.chars().map(Stroke::Letter).collect(),
            None => vec![Stroke::Key(line.trim())],
        })
        .collect()
}
