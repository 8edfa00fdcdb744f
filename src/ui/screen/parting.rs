//! The daily backup on the way out: it is made before the program ends, with its gauge in the bottom line. Esc skips it;
//! where it did not go, the officer hears why before she leaves.

use crate::domain::text::{Lang, Message, Text};
use crate::store::Store;
use crate::store::fault::StoreError;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::chrome::wrap;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::{Answer, Command, Cx, Extent, Heading, Input, Progress, Screen, Task};
use crate::ui::theme::Role;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

const TITLE: Text = Text::new("Sao lưu trước khi rời", "Backup before leaving");
const WORKING: Text = Text::new("Đang sao lưu", "Backing up");
const LEAVE: Text = Text::new("rời", "leave");
const STAY: Text = Text::new("ở lại", "stay");
/// Cells across.
const WIDTH: u16 = 60;

/// What became of the backup.
enum Ended {
    /// It was made, or skipped.
    Well,
    /// It did not go, and why.
    Badly(Message),
}

/// The popup that stands while the backup is made.
pub struct Parting {
    said: Message,
    /// The backup did not go.
    failed: bool,
}

impl Parting {
    /// The popup, and the work that it waits for.
    pub fn begin(store: &Arc<Store>, folder: &Path) -> (Parting, Task) {
        let store = Arc::clone(store);
        let work = move |progress: &Progress| {
            let made = store.backup_daily(&mut |at| {
                progress.report(at.done, at.total);
                if progress.stopped() {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            });
            match made {
                Ok(_) | Err(StoreError::Stopped) => Ok(Answer::new(Ended::Well)),
                Err(error) => Ok(Answer::new(Ended::Badly(error.message()))),
            }
        };
        let folder = folder.display();
        let said = Message::new(
            format!(
                "Bản sao hằng ngày đang được ghi vào {folder}. Xong thì chương trình tự đóng; Esc để bỏ qua lần này."
            ),
            format!(
                "The daily backup is being written to {folder}. The program closes when it is done; Esc skips it this time."
            ),
        );
        let task = Task {
            title: WORKING,
            work: Box::new(work),
        };
        (Parting { said, failed: false }, task)
    }

    fn fail(&mut self, why: &Message) -> Vec<Command> {
        self.failed = true;
        self.said = Message::new(
            format!("Chưa sao lưu được. Dữ liệu trên máy vẫn còn nguyên. {}", why.vi),
            format!("The backup was not made. Your data here are whole. {}", why.en),
        );
        Vec::new()
    }
}

impl Screen for Parting {
    fn contexts(&self) -> &'static [Context] {
        Context::Dialog.chain()
    }

    fn update(&mut self, input: &Input, _: &Cx<'_>) -> Vec<Command> {
        if let Input::Finished(outcome) = input {
            return match outcome.as_ref().map(Answer::get::<Ended>) {
                Ok(Some(Ended::Badly(why))) | Err(why) => self.fail(why),
                Ok(_) => vec![Command::Quit],
            };
        }
        match (input, input.action()) {
            (_, Some(Action::Accept | Action::Yes)) if self.failed => vec![Command::Quit],
            (_, Some(Action::Back | Action::No)) if self.failed => vec![Command::Pop],
            (_, Some(Action::Quit)) => vec![Command::Quit],
            _ => Vec::new(),
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let lines = wrap(self.said.get(canvas.lang), usize::from(canvas.width()));
        for (row, line) in (0..canvas.height()).zip(&lines) {
            canvas.text(0, row, line, Role::Text);
        }
    }

    fn heading(&self, lang: Lang) -> Heading {
        Heading::new(TITLE.get(lang))
    }

    fn offers(&self) -> Vec<Offer> {
        let offer = |action, label| Offer { action, label };
        if self.failed {
            vec![offer(Action::Accept, LEAVE), offer(Action::Back, STAY)]
        } else {
            Vec::new()
        }
    }

    fn extent(&self) -> Extent {
        Extent::of_words(&self.said, WIDTH)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::settings::Settings;
    use crate::store::probe::Probe;
    use crate::ui::harness::Harness;
    use crate::ui::screen::home::Home;
    use crate::ui::term::event::Ending;

    /// An interface on a store with something saved, whose settings name a folder for the backup.
    fn office(root: &Path, backup: &Path) -> Harness {
        let (store, _) = Store::open_with(&root.join("data"), &Probe::this_program(), &mut |_| {}).unwrap();
        store.leave_note("something saved").unwrap();
        let settings = Settings {
            backup: Some(backup.display().to_string()),
            ..Settings::default()
        };
        store.set_settings(settings).unwrap();
        let setup = Harness::setup(Box::new(Home::new()), Arc::new(store), Box::new(|_, _| None));
        Harness::over(setup, (80, 24))
    }

    #[test]
    fn leaving_makes_the_daily_backup_into_the_folder_that_is_set() {
        let dir = tempfile::tempdir().unwrap();
        let stick = dir.path().join("usb");
        std::fs::create_dir(&stick).unwrap();
        let mut harness = office(dir.path(), &stick);
        harness.keys("q");
        assert_eq!(harness.app().ended(), None, "the backup comes first");
        assert!(harness.text().contains("Sao lưu trước khi rời"), "{}", harness.text());
        assert!(harness.text().contains("Esc"), "{}", harness.text());
        harness.finish_task();
        assert_eq!(harness.app().ended(), Some(Ending::Left));
        assert!(stick.join("journal/00000001.log").is_file());
    }

    #[test]
    fn leaving_goes_at_once_where_nothing_was_saved_since_or_the_folder_is_not_there() {
        let dir = tempfile::tempdir().unwrap();
        let stick = dir.path().join("usb");
        std::fs::create_dir(&stick).unwrap();
        let mut harness = office(dir.path(), &stick);
        harness
            .app()
            .store()
            .backup_daily(&mut |_| ControlFlow::Continue(()))
            .unwrap();
        harness.keys("q");
        assert_eq!(harness.app().ended(), Some(Ending::Left));
        let other = tempfile::tempdir().unwrap();
        let mut harness = office(other.path(), &other.path().join("pulled-out"));
        harness.keys("q");
        assert_eq!(harness.app().ended(), Some(Ending::Left));
        assert!(!other.path().join("pulled-out").exists());
    }

    #[test]
    fn a_backup_that_fails_is_told_before_the_officer_leaves() {
        let dir = tempfile::tempdir().unwrap();
        let stick = dir.path().join("usb");
        std::fs::create_dir(&stick).unwrap();
        // The folder of another office's backup, which is never overwritten.
        let (other, _) = Store::open(&dir.path().join("other")).unwrap();
        other.leave_note("theirs").unwrap();
        other.backup_to(&stick, &mut |_| ControlFlow::Continue(())).unwrap();
        let mut harness = office(dir.path(), &stick);
        harness.keys("q").finish_task();
        assert_eq!(harness.app().ended(), None);
        assert!(harness.text().contains("Chưa sao lưu được"), "{}", harness.text());
        harness.keys("esc");
        assert_eq!((harness.app().depth(), harness.app().ended()), (1, None));
        harness.keys("q").finish_task().keys("enter");
        assert_eq!(harness.app().ended(), Some(Ending::Left));
    }
}
