//! What this terminal can show, found out from the environment alone: asking the terminal would cost a round trip, and
//! some answer never.

use crate::ui::theme::{Charset, Depth};

/// What the terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capability {
    /// Its colours.
    pub depth: Depth,
    /// Its signs.
    pub charset: Charset,
}

impl Capability {
    /// From the environment of this process.
    pub fn detect() -> Capability {
        Capability::from(|name| std::env::var(name).ok(), cfg!(windows))
    }

    /// From an environment given as a function; Windows sets none of these, yet shows all.
    fn from(var: impl Fn(&str) -> Option<String>, windows: bool) -> Capability {
        let var = |name: &str| var(name).filter(|value| !value.is_empty());
        let term = var("TERM").unwrap_or_default();
        Capability {
            depth: depth(&var, &term, windows),
            charset: charset(&var, &term, windows),
        }
    }
}

fn depth(var: &impl Fn(&str) -> Option<String>, term: &str, windows: bool) -> Depth {
    let is = |names: &[&str]| {
        names
            .iter()
            .any(|name| term == *name || term.starts_with(&format!("{name}-")))
    };
    if var("NO_COLOR").is_some()
        || is(&[
            "dumb",
            "vt52",
            "vt100",
            "vt102",
            "vt220",
            "vt320",
            "ansi-m",
            "xterm-mono",
        ])
    {
        return Depth::Mono;
    }
    if var("COLORTERM").is_some_and(|value| value == "truecolor" || value == "24bit") || var("WT_SESSION").is_some() {
        return Depth::True;
    }
    if term.contains("256color") {
        return Depth::Indexed;
    }
    if term.is_empty() && !windows {
        Depth::Mono
    } else {
        Depth::Sixteen
    }
}

fn charset(var: &impl Fn(&str) -> Option<String>, term: &str, windows: bool) -> Charset {
    let locale = var("LC_ALL")
        .or_else(|| var("LC_CTYPE"))
        .or_else(|| var("LANG"))
        .map(|locale| locale.to_ascii_lowercase());
    let utf8 = match &locale {
        Some(locale) => locale.contains("utf-8") || locale.contains("utf8"),
        None => windows,
    };
    match (utf8, term) {
        (false, _) => Charset::Ascii,
        (true, "linux") => Charset::Console,
        (true, term) if term.starts_with("vt") => Charset::Console,
        (true, _) => Charset::Unicode,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detect(vars: &[(&str, &str)], windows: bool) -> (Depth, Charset) {
        let found = Capability::from(
            |name| vars.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()),
            windows,
        );
        (found.depth, found.charset)
    }

    #[test]
    fn the_environment_says_what_the_terminal_can_show() {
        let utf8 = ("LANG", "vi_VN.UTF-8");
        assert_eq!(
            detect(&[("TERM", "linux"), utf8], false),
            (Depth::Sixteen, Charset::Console)
        );
        assert_eq!(
            detect(&[("TERM", "xterm-256color"), utf8], false),
            (Depth::Indexed, Charset::Unicode)
        );
        assert_eq!(
            detect(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), utf8], false),
            (Depth::True, Charset::Unicode)
        );
        assert_eq!(
            detect(&[("TERM", "xterm"), ("NO_COLOR", "1"), utf8], false),
            (Depth::Mono, Charset::Unicode)
        );
        assert_eq!(
            detect(&[("TERM", "xterm"), ("NO_COLOR", ""), utf8], false),
            (Depth::Sixteen, Charset::Unicode)
        );
        assert_eq!(
            detect(&[("TERM", "xterm"), ("LANG", "C")], false),
            (Depth::Sixteen, Charset::Ascii)
        );
        assert_eq!(
            detect(&[("TERM", "xterm"), ("LC_ALL", "C"), utf8], false),
            (Depth::Sixteen, Charset::Ascii)
        );
        assert_eq!(
            detect(&[("TERM", "vt100"), utf8], false),
            (Depth::Mono, Charset::Console)
        );
        assert_eq!(detect(&[], false), (Depth::Mono, Charset::Ascii));
        assert_eq!(detect(&[], true), (Depth::Sixteen, Charset::Unicode));
        assert_eq!(detect(&[("WT_SESSION", "1")], true), (Depth::True, Charset::Unicode));
    }
}
