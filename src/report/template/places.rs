//! The names in a text of XML, and what is put in their place.

use std::borrow::Cow;
use std::ops::Range;

use super::Filled;

/// How paragraphs and texts are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    /// `w:p` and `w:t`.
    Word,
    /// `si` or `is`, and `t`.
    Sheet,
}

impl Markup {
    fn text(self) -> &'static str {
        match self {
            Markup::Word => "w:t",
            Markup::Sheet => "t",
        }
    }

    fn bounds(self) -> &'static [&'static str] {
        match self {
            Markup::Word => &["w:p", "w:tab", "w:br"],
            Markup::Sheet => &["si", "is"],
        }
    }

    /// A text as it is written, with the element around it.
    fn written(self, text: &str) -> String {
        let escaped = escape(text);
        let tag = self.text();
        match self {
            Markup::Word => {
                let lines = escaped.replace('\n', "</w:t><w:br/><w:t xml:space=\"preserve\">");
                format!("<{tag} xml:space=\"preserve\">{lines}</{tag}>")
            }
            Markup::Sheet => format!("<{tag} xml:space=\"preserve\">{escaped}</{tag}>"),
        }
    }
}

/// A text element: where it stands, what it says, and in which paragraph.
struct Piece {
    at: Range<usize>,
    text: String,
    paragraph: usize,
}

/// A name in a paragraph's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    at: Range<usize>,
    /// The name.
    pub name: String,
}

/// The names in a text.
pub fn places(text: &str) -> Vec<Place> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find("{{").map(|at| from + at) {
        let Some(close) = text[open..].find("}}").map(|at| open + at) else {
            break;
        };
        // Of "{{ {{A}}" the inner one is meant.
        let open = text[open..close].rfind("{{").map_or(open, |at| open + at);
        found.push(Place {
            at: open..close + 2,
            name: text[open + 2..close].trim().to_string(),
        });
        from = close + 2;
    }
    found
}

/// The markup with every name filled in; what is not known stays.
pub fn fill(xml: &str, markup: Markup, value: &mut dyn FnMut(&str) -> Option<Filled>) -> String {
    let pieces = pieces(xml, markup);
    let mut out = String::with_capacity(xml.len());
    let mut written = 0;
    for group in pieces.chunk_by(|a, b| a.paragraph == b.paragraph) {
        let whole: String = group.iter().map(|piece| piece.text.as_str()).collect();
        let places = places(&whole);
        if places.is_empty() {
            continue;
        }
        let filled: Vec<(Range<usize>, String)> = places
            .into_iter()
            .filter_map(|place| Some((place.at, value(&place.name)?.text())))
            .collect();
        let mut start = 0;
        for piece in group {
            let end = start + piece.text.len();
            out.push_str(&xml[written..piece.at.start]);
            out.push_str(&markup.written(&rewritten(&piece.text, start, &filled)));
            written = piece.at.end;
            start = end;
        }
    }
    out.push_str(&xml[written..]);
    out
}

/// A piece that begins at `start` of its paragraph: what begins in it stands in it whole, what only ends in it is gone.
fn rewritten(text: &str, start: usize, filled: &[(Range<usize>, String)]) -> String {
    let end = start + text.len();
    let mut out = String::new();
    let mut at = start;
    for (place, value) in filled
        .iter()
        .filter(|(place, _)| place.start < end && start < place.end)
    {
        if at < place.start {
            out.push_str(&text[at - start..place.start - start]);
        }
        if start <= place.start {
            out.push_str(value);
        }
        at = place.end.min(end);
    }
    out.push_str(&text[at - start..]);
    out
}

/// The text elements in their order. Empty ones say nothing and are left alone.
fn pieces(xml: &str, markup: Markup) -> Vec<Piece> {
    let (mut found, mut paragraph, mut at) = (Vec::new(), 0, 0);
    while let Some(open) = xml[at..].find('<').map(|next| at + next) {
        let Some(end) = xml[open..].find('>').map(|next| open + next + 1) else {
            break;
        };
        let tag = &xml[open + 1..end - 1];
        let name = tag
            .trim_start_matches('/')
            .split([' ', '/', '\t', '\n', '\r'])
            .next()
            .unwrap_or_default();
        at = end;
        if markup.bounds().contains(&name) {
            paragraph += 1;
        } else if name == markup.text() && !tag.starts_with('/') && !tag.ends_with('/') {
            let close = format!("</{name}>");
            let Some(stop) = xml[end..].find(&close).map(|next| end + next) else {
                break;
            };
            at = stop + close.len();
            found.push(Piece {
                at: open..at,
                text: unescape(&xml[end..stop]).into_owned(),
                paragraph,
            });
        }
    }
    found
}

/// XML text as characters.
pub fn unescape(xml: &str) -> Cow<'_, str> {
    if !xml.contains('&') {
        return Cow::Borrowed(xml);
    }
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest.find(';').map(|end| &rest[1..end]);
        let letter = entity.and_then(|entity| match entity {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => {
                let number = entity.strip_prefix('#')?;
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => number.parse().ok()?,
                };
                char::from_u32(code)
            }
        });
        match (letter, entity) {
            (Some(letter), Some(entity)) => {
                out.push(letter);
                rest = &rest[entity.len() + 2..];
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Characters as XML text; what XML cannot hold is left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' | '\t' => out.push(letter),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}
