//! The status card as plain text: for the terminal's standard output and for the clipboard, from where it goes into a
//! message.

use unicode_width::UnicodeWidthStr;

use super::Status;
use super::card::{self, FigureLine, Line, Sign};
use crate::domain::text::Lang;

/// The widths of the columns: labels, values, parts.
const LABEL: usize = 15;
const VALUE: usize = 12;
const PART: usize = 20;
const WHEN: usize = 8;
const SPARKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The whole card, lines ended by a line feed.
pub fn write(status: &Status, lang: Lang) -> String {
    let mut text = String::new();
    for line in card::lines(status, lang) {
        text.push_str(write_line(&line, lang).trim_end());
        text.push('\n');
    }
    text
}

fn write_line(line: &Line, lang: Lang) -> String {
    match line {
        Line::Title { name, code } => format!("{} ({code})", name.to_uppercase()),
        Line::Words { sign, text } => match sign {
            Sign::None | Sign::Good => text.clone(),
            Sign::Paused => format!("‖ {text}"),
            Sign::Alert => format!("! {text}"),
        },
        Line::Person { role, name, phone } => format!("{} {}  {phone}", left(role, LABEL), left(name, 24)),
        Line::Figure(figure) => write_figure(figure, lang),
        Line::Gap => String::new(),
    }
}

fn write_figure(figure: &FigureLine, lang: Lang) -> String {
    let old = match (figure.is_old, lang) {
        (false, _) => "",
        (true, Lang::Vi) => "  ! đã cũ",
        (true, Lang::En) => "  ! out of date",
    };
    let spark: String = spark(&figure.trend, 8).into_iter().map(|level| SPARKS[level]).collect();
    format!(
        "{} {}  {} {} {spark}{old}",
        left(&figure.label, LABEL),
        right(&figure.value, VALUE),
        left(&figure.part, PART),
        left(&figure.when, WHEN),
    )
}

/// The heights of a trend, 0 to 7, of its latest numbers; a level trend lies in the middle.
pub fn spark(trend: &[i64], room: usize) -> Vec<usize> {
    let trend = &trend[trend.len().saturating_sub(room)..];
    let (Some(low), Some(high)) = (trend.iter().min(), trend.iter().max()) else {
        return Vec::new();
    };
    let span = i128::from(*high) - i128::from(*low);
    let height = |value: &i64| match span {
        0 => 3,
        _ => ((i128::from(*value) - i128::from(*low)) * 7 / span) as usize,
    };
    trend.iter().map(height).collect()
}

fn left(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trend_goes_from_lowest_to_highest() {
        assert_eq!(spark(&[10, 20, 80], 8), [0, 1, 7]);
        assert_eq!(spark(&[5, 5, 5], 8), [3, 3, 3]);
        assert_eq!(spark(&[1, 2, 3, 4], 2), [0, 7]);
        assert_eq!(spark(&[i64::MIN, 0, i64::MAX], 8), [0, 3, 7]);
        assert!(spark(&[], 8).is_empty());
    }
}
