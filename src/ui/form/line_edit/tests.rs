//! What becomes of keys and pasted text in a line.

use super::*;
use crate::ui::keymap::{Code, Key};

fn letter(c: char) -> Input {
    match c {
        '⌫' => Input::Key {
            key: Key::plain(Code::Backspace),
            action: Some(Action::DeleteBack),
        },
        c => Input::Key {
            key: Key::char(c),
            action: None,
        },
    }
}

fn act(edit: &mut LineEdit, action: Action) -> Outcome {
    edit.update(
        &Input::Key {
            key: Key::plain(Code::F(5)),
            action: Some(action),
        },
        &TypingPrefs::default(),
    )
}

fn typed(edit: &mut LineEdit, prefs: &TypingPrefs, keys: &str) {
    for c in keys.chars() {
        edit.update(&letter(c), prefs);
    }
}

fn text_of(keys: &str) -> String {
    let mut edit = LineEdit::new();
    typed(&mut edit, &TypingPrefs::default(), keys);
    edit.text().to_owned()
}

#[test]
fn telex_composes_in_the_field() {
    assert_eq!(text_of("thieeus voons luwu ddoongj"), "thiếu vốn lưu động");
    assert_eq!(text_of("hoaf⌫"), "hò");
}

#[test]
fn the_systems_input_method_is_let_through_and_the_top_line_knows() {
    let prefs = TypingPrefs::default();
    let mut edit = LineEdit::new();
    typed(&mut edit, &prefs, "tie");
    assert_eq!(edit.typing(&prefs), TypingState::On);
    typed(&mut edit, &prefs, "⌫êng⌫⌫⌫ếng");
    assert_eq!(edit.text(), "tiếng");
    assert_eq!(edit.typing(&prefs), TypingState::SteppedAside);
    // UniKey's own undo: tés + s is rubbed out and sent plain.
    typed(&mut edit, &prefs, " te⌫és⌫⌫es");
    assert_eq!(edit.text(), "tiếng tes");
    act(&mut edit, Action::TypingToggle);
    assert_eq!(edit.typing(&prefs), TypingState::On);
    typed(&mut edit, &prefs, " vieetj");
    assert_eq!(edit.text(), "tiếng tes việt");
}

#[test]
fn decomposed_letters_arriving_mark_by_mark_are_composed() {
    assert_eq!(text_of("tie\u{302}\u{301}ng Vie\u{323}\u{302}t"), "tiếng Việt");
    assert_eq!(text_of("tie\u{301}\u{302}ng"), "tiếng");
}

#[test]
fn going_back_into_a_word_goes_on_with_it() {
    let prefs = TypingPrefs::default();
    let mut edit = LineEdit::new().with_text("hoa no");
    typed(&mut edit, &prefs, "wr");
    assert_eq!(edit.text(), "hoa nở");
    for _ in 0..3 {
        act(&mut edit, Action::Left);
    }
    typed(&mut edit, &prefs, "f");
    assert_eq!(edit.text(), "hòa nở");
    typed(&mut edit, &prefs, "s");
    assert_eq!(edit.text(), "hóa nở");
}

#[test]
fn leaving_the_field_ends_the_word() {
    let prefs = TypingPrefs::default();
    let mut edit = LineEdit::new();
    typed(&mut edit, &prefs, "windows");
    assert!(edit.leave(&prefs));
    assert_eq!(edit.text(), "windows");
    assert!(!edit.leave(&prefs));
    let mut kept = LineEdit::new().with_text("HTX Kpắ");
    assert!(!kept.leave(&prefs));
}

#[test]
fn codes_numbers_and_dates_are_never_composed() {
    let prefs = TypingPrefs::default();
    let mut edit = LineEdit::new().with_mask(Mask::Code);
    typed(&mut edit, &prefs, "htxdd007");
    assert_eq!((edit.text(), edit.typing(&prefs)), ("HTXDD007", TypingState::NotHere));
    let mut date = LineEdit::new().with_mask(Mask::Date);
    typed(&mut date, &prefs, "0506202");
    assert_eq!(date.update(&letter('6'), &prefs), Outcome::Full);
    assert_eq!(date.text(), "05/06/2026");
}

#[test]
fn backspace_at_the_start_goes_back() {
    let mut edit = LineEdit::new();
    assert_eq!(act(&mut edit, Action::DeleteBack), Outcome::AtStart);
}

#[test]
fn a_selection_is_replaced_cut_and_copied() {
    let prefs = TypingPrefs::default();
    let mut edit = LineEdit::new().with_text("Quỳnh Phụ");
    act(&mut edit, Action::WordLeft);
    act(&mut edit, Action::SelectEnd);
    assert_eq!(act(&mut edit, Action::Copy), Outcome::Copied("Phụ".into()));
    assert_eq!(act(&mut edit, Action::Cut), Outcome::Cut("Phụ".into()));
    assert_eq!(edit.text(), "Quỳnh ");
    act(&mut edit, Action::SelectAll);
    typed(&mut edit, &prefs, "a");
    assert_eq!(edit.text(), "a");
    act(&mut edit, Action::Undo);
    act(&mut edit, Action::Undo);
    assert_eq!(edit.text(), "Quỳnh ");
}

#[test]
fn undo_goes_by_words_and_redo_comes_back() {
    let prefs = TypingPrefs::default();
    let mut edit = LineEdit::new();
    typed(&mut edit, &prefs, "xa chowj");
    assert_eq!(edit.text(), "xa chợ");
    act(&mut edit, Action::Undo);
    assert_eq!(edit.text(), "xa ");
    act(&mut edit, Action::Undo);
    assert_eq!(edit.text(), "");
    assert_eq!(act(&mut edit, Action::Undo), Outcome::Pass);
    act(&mut edit, Action::Redo);
    act(&mut edit, Action::Redo);
    assert_eq!(edit.text(), "xa chợ");
}

#[test]
fn pasted_text_is_normalised_and_brought_into_one_line() {
    let mut edit = LineEdit::new();
    edit.update(
        &Input::Paste("Hô\u{323}i\r\nLHPN\u{7}\n".into()),
        &TypingPrefs::default(),
    );
    assert_eq!(edit.text(), "Hội LHPN");
    let mut many = LineEdit::new().with_lines(Lines::Many);
    many.update(&Input::Paste("a\r\nb".into()), &TypingPrefs::default());
    assert_eq!(many.text(), "a\nb");
}
