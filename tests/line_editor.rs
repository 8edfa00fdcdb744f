//! The line editor under anything that can be typed: the cursor never stands inside a letter, what was undone comes
//! back, and the longest length holds.

use proptest::prelude::*;
use sohoi::domain::text::Lang;
use sohoi::ui::action::Action;
use sohoi::ui::canvas::Canvas;
use sohoi::ui::form::buffer::is_edge;
use sohoi::ui::form::line_edit::{Focus, LineEdit, Lines};
use sohoi::ui::keymap::{Code, Key};
use sohoi::ui::screen::{Input, TypingPrefs};
use sohoi::ui::theme::{Role, Theme};
use unicode_normalization::is_nfc;
use unicode_segmentation::UnicodeSegmentation;

const ACTIONS: &[Action] = &[
    Action::Left,
    Action::Right,
    Action::WordLeft,
    Action::WordRight,
    Action::LineStart,
    Action::LineEnd,
    Action::Up,
    Action::Down,
    Action::SelectLeft,
    Action::SelectRight,
    Action::SelectStart,
    Action::SelectEnd,
    Action::SelectAll,
    Action::DeleteBack,
    Action::DeleteBack,
    Action::DeleteForward,
    Action::DeleteWord,
    Action::DeleteToStart,
    Action::DeleteToEnd,
    Action::Cut,
    Action::NewLine,
    Action::RestoreWord,
    Action::TypingToggle,
    Action::Undo,
    Action::Redo,
];

#[derive(Clone, Debug)]
enum Do {
    Type(char),
    Act(Action),
    Paste(String),
}

fn letter() -> impl Strategy<Value = char> {
    prop_oneof![
        6 => prop::char::range('a', 'z'),
        1 => prop::char::range('A', 'Z'),
        2 => Just(' '),
        1 => prop::sample::select(vec!['ế', 'ợ', 'đ', 'Ự', 'ñ', '1', '9', '-', '.', '[']),
        2 => prop::sample::select(vec!['\u{300}', '\u{301}', '\u{302}', '\u{306}', '\u{31b}', '\u{323}', '\u{309}', '\u{303}']),
        1 => prop::sample::select(vec!['日', '👩', '\u{200d}', '\u{1f3fd}', '\u{fe0f}', '🇻', '🇳', '\u{e33}', '한', '\u{1100}', '\u{1161}']),
    ]
}

fn anything() -> impl Strategy<Value = Do> {
    prop_oneof![
        5 => letter().prop_map(Do::Type),
        3 => prop::sample::select(ACTIONS.to_vec()).prop_map(Do::Act),
        1 => prop::collection::vec(letter(), 0..12).prop_map(|letters| Do::Paste(letters.into_iter().collect())),
    ]
}

fn carry_out(edit: &mut LineEdit, what: &Do, prefs: &TypingPrefs) {
    let input = match what {
        Do::Type(c) => Input::Key {
            key: Key::char(*c),
            action: None,
        },
        Do::Act(action) => Input::Key {
            key: Key::plain(Code::F(5)),
            action: Some(*action),
        },
        Do::Paste(text) => Input::Paste(text.clone()),
    };
    edit.update(&input, prefs);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_cursor_never_stands_inside_a_letter_and_text_is_nfc(
        doings in prop::collection::vec(anything(), 0..80),
        lines in prop::sample::select(vec![Lines::One, Lines::Many]),
        method in prop::sample::select(vec!["telex", "vni", "viqr"]),
    ) {
        let prefs = TypingPrefs::of(method).unwrap();
        let mut edit = LineEdit::new().with_lines(lines).with_max(30);
        for what in &doings {
            carry_out(&mut edit, what, &prefs);
            let buffer = edit.buffer();
            prop_assert!(is_edge(buffer.text(), buffer.cursor()), "{:?} in {:?}", buffer.cursor(), buffer.text());
            if let Some(range) = buffer.selection() {
                prop_assert!(is_edge(buffer.text(), range.start) && is_edge(buffer.text(), range.end));
            }
            prop_assert!(is_nfc(buffer.text()), "{:?}", buffer.text());
            prop_assert!(buffer.text().graphemes(true).count() <= 30);
            prop_assert!(lines == Lines::Many || !buffer.text().contains('\n'));
        }
    }

    #[test]
    fn what_was_undone_comes_back(doings in prop::collection::vec(anything(), 0..60)) {
        let prefs = TypingPrefs::default();
        let mut edit = LineEdit::new().with_lines(Lines::Many);
        for what in doings.iter().filter(|what| !matches!(what, Do::Act(Action::Undo | Action::Redo))) {
            carry_out(&mut edit, what, &prefs);
        }
        let last = edit.text().to_owned();
        for _ in 0..200 {
            carry_out(&mut edit, &Do::Act(Action::Undo), &prefs);
        }
        prop_assert_eq!(edit.text(), "");
        for _ in 0..200 {
            carry_out(&mut edit, &Do::Act(Action::Redo), &prefs);
        }
        prop_assert_eq!(edit.text(), last);
    }

    #[test]
    fn backspace_as_often_as_letters_empties_the_field(letters in prop::collection::vec(letter(), 0..40)) {
        let prefs = TypingPrefs::default();
        let mut edit = LineEdit::new();
        for c in letters {
            carry_out(&mut edit, &Do::Type(c), &prefs);
        }
        for _ in 0..edit.buffer().len() {
            carry_out(&mut edit, &Do::Act(Action::DeleteBack), &prefs);
        }
        prop_assert_eq!(edit.text(), "");
    }

    #[test]
    fn the_cursor_is_seen_in_any_width(doings in prop::collection::vec(anything(), 0..60), width in 1u16..30, height in 1u16..5) {
        let prefs = TypingPrefs::default();
        let theme = Theme::plain();
        for lines in [Lines::One, Lines::Many] {
            let mut edit = LineEdit::new().with_lines(lines);
            for what in &doings {
                carry_out(&mut edit, what, &prefs);
                edit.layout(width, height);
                let area = ratatui::layout::Rect::new(0, 0, width, height);
                let mut buffer = ratatui::buffer::Buffer::empty(area);
                let mut canvas = Canvas::new(&mut buffer, area, &theme, Lang::Vi);
                edit.draw(&mut canvas, 0, 0, Role::Text, Focus::Here);
                prop_assert!(canvas.cursor().is_some());
            }
        }
    }
}
