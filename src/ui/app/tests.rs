//! The loop over screens that write down what reaches them.

use super::*;
use crate::domain::text::Text;
use crate::ui::canvas::Canvas;
use crate::ui::data::{Receipt, Refusal, Work};
use crate::ui::harness::Harness;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::{Answer, Command, Extent, Heading, Task, Tone, TypingState};
use crate::ui::theme::Role;

/// A screen that writes down what reaches it.
#[derive(Default)]
struct Diary {
    lines: Vec<String>,
    typing: bool,
    popup: bool,
    /// Has no use for anything.
    passes: bool,
}

impl Screen for Diary {
    fn contexts(&self) -> &'static [Context] {
        if self.typing {
            Context::Form.chain()
        } else {
            Context::Home.chain()
        }
    }

    fn update(&mut self, input: &Input, _: &Cx<'_>) -> Vec<Command> {
        self.lines.push(match input {
            Input::Key { key, action: None } => format!("key {key}"),
            Input::Key {
                action: Some(action), ..
            } => action.id().to_owned(),
            Input::Answer(answer) => format!("answer {:?}", answer.get::<u8>()),
            Input::Saved(outcome) => format!("saved {}", outcome.is_ok()),
            Input::Finished(outcome) => format!("finished {}", outcome.is_ok()),
            Input::Paste(text) => format!("paste {text}"),
            _ => "other".to_owned(),
        });
        match input.action() {
            _ if self.passes => vec![Command::Pass],
            Some(Action::Open) => vec![Command::Push(Box::new(Diary {
                popup: true,
                ..Diary::default()
            }))],
            Some(Action::GoTargets) if self.popup => vec![Command::Close(Answer::new(7u8))],
            Some(Action::New | Action::Save) => {
                let said = Message::new("Đã lưu 1 lượt thăm.", "Saved 1 visit.");
                let touched = Vec::new();
                let work = Work::on_store(|_| Ok(Receipt { said, touched }));
                vec![Command::Save(work)]
            }
            Some(Action::Delete) => {
                let work =
                    Work::on_store(|_| Err(Refusal::ChangedSince(Message::new("Không xóa được.", "Not deleted."))));
                vec![Command::Save(work)]
            }
            Some(Action::GoVisits) => vec![Command::Spawn(Task {
                title: Text::new("Đang làm", "Working"),
                work: Box::new(|_| panic!("the work fails")),
            })],
            Some(Action::Copy) => vec![Command::Copy("chép".into())],
            Some(Action::Back | Action::Language | Action::Quit) => vec![Command::Pass],
            _ => Vec::new(),
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        for (row, line) in (0..canvas.height()).zip(&self.lines) {
            canvas.text(1, row, line, Role::Text);
        }
    }

    fn heading(&self, lang: Lang) -> Heading {
        Heading::new(Text::new("Nhật ký", "Diary").get(lang))
            .fact("chưa lưu")
            .typing(TypingState::On)
    }

    fn offers(&self) -> Vec<Offer> {
        vec![Action::NewVisit.into(), Action::ReportWeek.into()]
    }

    fn extent(&self) -> Extent {
        if self.popup {
            Extent::Popup { width: 30, height: 4 }
        } else {
            Extent::Full
        }
    }
}

fn lines(harness: &mut Harness) -> Vec<String> {
    let text = harness.text();
    text.lines()
        .skip(2)
        .map(|line| line.trim().to_owned())
        .take_while(|line| !line.is_empty())
        .collect()
}

#[test]
fn the_window_has_a_top_line_a_rule_and_the_keys_of_the_keymap_below() {
    let harness = Harness::new(Diary::default());
    let text = harness.text();
    let rows: Vec<&str> = text.lines().collect();
    assert!(
        rows[0].starts_with(" Nhật ký") && rows[0].ends_with("chưa lưu · TELEX"),
        "{}",
        rows[0]
    );
    assert_eq!(rows[1], "─".repeat(80));
    assert_eq!(rows[23], " v thăm  b báo cáo tuần  ? giúp");
}

#[test]
fn a_popup_answers_the_screen_below_and_esc_closes_it() {
    let mut harness = Harness::new(Diary::default());
    harness.keys("enter");
    assert!(harness.text().contains("┌─ Nhật ký ─"));
    harness.keys("g k");
    assert_eq!(lines(&mut harness), ["open", "answer Some(7)"]);
    harness.keys("enter esc");
    assert_eq!(harness.app().depth(), 1);
    harness.keys("esc");
    assert_eq!(harness.app().depth(), 1);
}

#[test]
fn a_chord_shows_what_may_follow() {
    let mut harness = Harness::new(Diary::default());
    harness.keys("g");
    assert!(
        harness
            .text()
            .lines()
            .last()
            .unwrap()
            .starts_with(" g …  m trang chính  c HTX, THT  v lượt thăm")
    );
}

#[test]
fn a_save_is_answered_told_and_listed() {
    let mut harness = Harness::new(Diary {
        typing: true,
        ..Diary::default()
    });
    harness.keys("ctrl-s");
    assert_eq!(lines(&mut harness), ["save", "saved true"]);
    assert!(harness.text().contains("✓ Đã lưu 1 lượt thăm."));
    assert_eq!(harness.app().notices().len(), 1);
}

#[test]
fn what_did_not_go_is_told_and_the_program_goes_on() {
    let mut harness = Harness::new(Diary::default());
    harness.keys("delete");
    assert!(harness.text().contains("! Không xóa được."));
    assert_eq!(harness.app().ended(), None);
}

#[test]
fn work_that_panics_ends_in_a_message() {
    let mut harness = Harness::new(Diary::default());
    harness.keys("g v");
    assert!(
        harness.text().contains("Đang làm … Esc dừng") || harness.text().contains("Đang làm …  Esc dừng"),
        "{}",
        harness.text()
    );
    let event = harness.app().events.recv_timeout(Duration::from_secs(20)).unwrap();
    harness.events([event]);
    assert!(harness.text().contains("gặp lỗi và đã dừng"));
    assert_eq!(lines(&mut harness).last().map(String::as_str), Some("finished false"));
}

#[test]
fn force_quit_works_everywhere_and_language_is_everywhere_the_same_key() {
    let mut harness = Harness::new(Diary {
        typing: true,
        ..Diary::default()
    });
    harness.keys("ctrl-g l");
    assert!(harness.text().starts_with(" Diary"));
    harness.keys("f12");
    assert_eq!(harness.app().ended(), None);
    harness.keys("f12");
    assert_eq!(harness.app().ended(), Some(Ending::Left));
}

#[test]
fn on_a_screen_without_text_composed_letters_are_taken_apart() {
    let mut harness = Harness::new(Diary::default());
    harness.burst("o");
    harness.burst("⌫ò");
    assert_eq!(lines(&mut harness), ["key o", "key f"]);
    let mut harness = Harness::new(Diary {
        typing: true,
        ..Diary::default()
    });
    harness.burst("o");
    harness.burst("⌫ò");
    assert_eq!(lines(&mut harness), ["key o", "delete-back", "key ò"]);
}

#[test]
fn what_was_copied_can_be_pasted_in_another_field() {
    let mut harness = Harness::new(Diary {
        typing: true,
        ..Diary::default()
    });
    harness.keys("alt-c alt-v");
    assert_eq!(lines(&mut harness), ["copy", "paste chép"]);
}

#[test]
fn a_window_too_small_says_so_and_comes_back() {
    let mut harness = Harness::new(Diary::default());
    harness.resize(40, 10);
    assert!(harness.text().starts_with("Cửa sổ nhỏ quá (40×10)."));
    harness.resize(60, 20);
    assert!(harness.text().starts_with(" Nhật ký"));
    for (width, height) in [(1, 1), (0, 0), (200, 60)] {
        harness.resize(width, height).keys("v enter esc");
    }
}

#[test]
fn keys_typed_before_the_store_is_open_wait_for_it_and_leaving_does_not() {
    let waiting = || {
        let first = Box::new(Diary {
            passes: true,
            ..Diary::default()
        });
        let setup = Setup {
            opening: Some(Progress::default()),
            ..Harness::setup(first, Arc::new(Store::memory()), Box::new(|_, _| None))
        };
        Harness::over(setup, (80, 24))
    };
    let mut harness = waiting();
    harness.keys("v up");
    assert!(lines(&mut harness).is_empty());
    let note = Message::new("Đã dựng lại sổ.", "The logbook was built anew.");
    harness.events([Event::Opened(Arc::new(Store::memory()), vec![note.clone()])]);
    assert_eq!(lines(&mut harness), ["new-visit", "up"]);
    assert!(harness.app().notices().iter().any(|notice| notice.said == note));
    let mut harness = waiting();
    harness.keys("v q");
    assert_eq!(harness.app().ended(), Some(Ending::Left));
}

#[test]
fn a_store_that_cannot_be_opened_ends_the_program_with_the_reason() {
    let mut harness = Harness::new(Diary::default());
    let why = Message::new("Sổ đang mở ở cửa sổ khác.", "Open elsewhere.");
    harness.events([Event::Refused(why.clone())]);
    assert_eq!(harness.app().ended(), Some(Ending::Refused));
    assert_eq!(harness.app().refusal(), Some(&why));
}

#[test]
fn a_language_asked_for_at_the_start_stands_until_another_is_chosen() {
    let setup = Setup {
        lang: Some(Lang::En),
        ..Harness::setup(
            Box::new(Diary {
                passes: true,
                ..Diary::default()
            }),
            Arc::new(Store::memory()),
            Box::new(|_, _| None),
        )
    };
    let mut harness = Harness::over(setup, (80, 24));
    assert!(harness.text().contains("? help"), "{}", harness.text());
    harness.events([Event::Opened(Arc::new(Store::memory()), Vec::new())]);
    assert!(harness.text().contains("? help"));
    harness.keys("ctrl-g l");
    assert!(harness.text().contains("? giúp"), "{}", harness.text());
}

#[test]
fn what_does_nothing_here_is_told_and_moving_is_not() {
    let mut harness = Harness::new(Diary {
        passes: true,
        ..Diary::default()
    });
    harness.keys("up");
    assert!(harness.app().notices().is_empty());
    harness.keys("i");
    assert!(harness.app().notices()[0].said.vi.contains("nhập tệp"));
}

#[test]
fn a_hangup_ends_the_program() {
    let mut harness = Harness::new(Diary::default());
    harness.events([Event::End(Ending::HungUp)]);
    assert_eq!(harness.app().ended(), Some(Ending::HungUp));
}

#[test]
fn choices_are_kept_in_the_settings_and_followed_at_once() {
    let mut harness = Harness::new(Diary {
        typing: true,
        passes: true,
        ..Diary::default()
    });
    harness.keys("f4");
    assert!(
        harness.text().lines().next().unwrap().ends_with("TELEX tắt"),
        "{}",
        harness.text()
    );
    assert!(!harness.app().store().settings().typing.on);
    harness.keys("f4 ctrl-g u");
    assert!(
        harness.text().lines().next().unwrap().contains("TELEX ĐƠN GIẢN"),
        "{}",
        harness.text()
    );
}

#[test]
fn undo_with_nothing_saved_is_told_in_plain_words() {
    let mut harness = Harness::new(Diary {
        typing: true,
        passes: true,
        ..Diary::default()
    });
    harness.keys("ctrl-z");
    assert_eq!(harness.app().notices().len(), 1);
    assert_eq!(harness.app().notices()[0].tone, Tone::Bad);
}
