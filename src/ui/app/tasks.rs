//! Long work of a screen on a thread of its own, one at a time: begun, asked to stop, and answered to the screen that
//! asked for it, if that still stands.

use super::App;
use crate::domain::text::{Message, Text};
use crate::ui::screen::parting::Parting;
use crate::ui::screen::stack::ScreenId;
use crate::ui::screen::{Answer, Input, Notice, Progress, Task};
use crate::ui::term::event::{Ending, Event};
use crate::ui::term::out::Surface;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The work that goes on.
pub(super) struct Running {
    owner: ScreenId,
    pub(super) title: Text,
    pub(super) progress: Progress,
}

impl<B: Surface> App<B> {
    /// Begins work for the top screen.
    pub(super) fn spawn(&mut self, task: Task) {
        let Task { title, work } = task;
        if self.running.is_some() {
            self.tell(Notice::warning(Message::new(
                "Một việc khác đang chạy; hãy đợi xong hoặc bấm Esc để dừng.",
                "Other work is going on; wait for it or press Esc to stop it.",
            )));
            return;
        }
        let progress = Progress::default();
        let (owner, events, shared) = (self.stack.top_id(), self.sender.clone(), progress.clone());
        let started = std::thread::Builder::new().name("task".into()).spawn(move || {
            let outcome = catch_unwind(AssertUnwindSafe(|| work(&shared))).unwrap_or_else(|_| {
                Err(Message::new(
                    "Việc này gặp lỗi và đã dừng; không có gì bị thay đổi. Hãy thử lại.",
                    "This work met an error and was stopped; nothing was changed. Try again.",
                ))
            });
            // Nobody listens once the program ends.
            let _ = events.send(Event::Finished(owner, outcome));
        });
        match started {
            Ok(_) => self.running = Some(Running { owner, title, progress }),
            Err(_) => self.tell(Notice::bad(Message::new(
                "Máy không đủ bộ nhớ để bắt đầu việc này; hãy đóng bớt chương trình rồi thử lại.",
                "The machine has too little memory to begin this; close some programs and try again.",
            ))),
        }
    }

    /// The officer leaves: where the daily backup is due it is made first. A second press leaves all the same.
    pub(super) fn leave(&mut self) {
        let store = &self.around.store;
        let due = store.backup_due().filter(|_| self.running.is_none());
        let Some(folder) = due else {
            self.ended = Some(Ending::Left);
            return;
        };
        let (screen, task) = Parting::begin(store, &folder);
        self.stack.push(Box::new(screen), &store.reader());
        self.spawn(task);
    }

    /// Asks the work to stop.
    pub(super) fn stop_task(&self) {
        if let Some(running) = &self.running {
            running.progress.stop();
        }
    }

    /// The work has ended.
    pub(super) fn finished(&mut self, owner: ScreenId, outcome: Result<Answer, Message>) {
        self.running = self.running.take().filter(|running| running.owner != owner);
        self.reload();
        if let Err(said) = &outcome {
            self.tell(Notice::bad(said.clone()));
        }
        let reader = self.around.store.reader();
        let cx = self.around.cx(&reader, self.stack.top().contexts());
        let input = Input::Finished(outcome);
        let commands = self
            .stack
            .get_mut(owner)
            .map(|screen| screen.update(&input, &cx))
            .unwrap_or_default();
        for command in commands {
            self.execute(command, &input);
        }
    }
}
