//! What screens ask for is done here, and what an action means where no screen has a use for it.

use super::App;
use crate::domain::settings::Settings;
use crate::domain::text::{Lang, Message};
use crate::ui::action::Action;
use crate::ui::data::{Refusal, Work};
use crate::ui::keymap::{Code, Key, Resolved};
use crate::ui::screen::{Command, Input, MouseAct, Notice};
use crate::ui::term::MouseUse;
use crate::ui::term::event::Ending;
use crate::ui::term::out::Surface;
use crate::vietnamese::typing::METHODS;

impl<B: Surface> App<B> {
    /// Gives an input to the top screen and does what it asks for.
    pub(super) fn give(&mut self, input: &Input) {
        let reader = self.around.store.reader();
        let cx = self.around.cx(&reader, self.stack.top().contexts());
        let commands = self.stack.top_mut().update(input, &cx);
        for command in commands {
            self.execute(command, input);
        }
    }

    /// Does what a screen asked for when it got an input.
    pub(super) fn execute(&mut self, command: Command, input: &Input) {
        let store = &self.around.store;
        match command {
            Command::Pass => match (input, input.action()) {
                (Input::Mouse(mouse), _) => self.turn_wheel(mouse.what),
                (_, Some(action)) => self.everywhere(action),
                _ => {}
            },
            Command::Push(screen) => self.stack.push(screen, &store.reader()),
            Command::Replace(screen) => self.stack.replace(screen, &store.reader(), store),
            Command::Pop => _ = self.stack.pop(store),
            Command::Close(answer) => {
                if self.stack.pop(store) {
                    self.give(&Input::Answer(answer));
                }
            }
            Command::Home => self.stack.home(store),
            Command::Save(work) => self.save(work),
            Command::Spawn(task) => self.spawn(task),
            Command::Tell(notice) => self.tell(notice),
            Command::Copy(text) => {
                // A terminal without a clipboard drops it; within the program it can be pasted all the same.
                let _ = self.terminal.backend_mut().copy(&text);
                self.clipboard = text;
            }
            Command::Run(action) => self.run_action(action),
            Command::Set(settings) => self.set(*settings),
            Command::Quit => self.ended = Some(Ending::Left),
        }
    }

    /// As if the action's key had been pressed here.
    fn run_action(&mut self, action: Action) {
        match action {
            Action::ForceQuit => self.ended = Some(Ending::Left),
            action => self.give(&Input::Key {
                key: Key::plain(Code::Enter),
                action: Some(action),
            }),
        }
    }

    /// Where a screen has no use of its own for the wheel, it is the arrow keys.
    fn turn_wheel(&mut self, what: MouseAct) {
        let code = match what {
            MouseAct::WheelUp => Code::Up,
            MouseAct::WheelDown => Code::Down,
            MouseAct::Click => return,
        };
        let key = Key::plain(code);
        let found = self.around.chosen.keymap.find(self.stack.top().contexts(), &[key]);
        if let Resolved::Action(action) = found {
            let action = Some(action);
            self.give(&Input::Key { key, action });
        }
    }

    /// What an action means where the screen has no use for it.
    fn everywhere(&mut self, action: Action) {
        match action {
            Action::Back => _ = self.stack.pop(&self.around.store),
            Action::GoHome => self.stack.home(&self.around.store),
            Action::Quit => self.leave(),
            Action::Undo => self.save(Work::undo()),
            Action::Redo => self.save(Work::redo()),
            Action::Language => self.turn_language(),
            Action::TypingToggle => {
                let mut settings = self.around.chosen.settings.clone();
                settings.typing.on = !settings.typing.on;
                self.set(settings);
            }
            Action::TypingMethod => {
                let mut settings = self.around.chosen.settings.clone();
                let at = METHODS.iter().position(|name| *name == settings.typing.method);
                let next = at.map_or(0, |at| (at + 1) % METHODS.len());
                settings.typing.method = METHODS[next].to_owned();
                self.set(settings);
            }
            action => self.open(action),
        }
    }

    fn turn_language(&mut self) {
        let lang = match self.around.chosen.prefs.lang {
            Lang::Vi => Lang::En,
            Lang::En => Lang::Vi,
        };
        self.around.chosen.forget_lang();
        self.set(Settings {
            lang: Some(lang),
            ..self.around.chosen.settings.clone()
        });
    }

    fn open(&mut self, action: Action) {
        let reader = self.around.store.reader();
        let cx = self.around.cx(&reader, self.stack.top().contexts());
        if let Some(screen) = (self.opener)(action, &cx) {
            // Going to another part of the program leaves the way back to the first screen short.
            if action.id().starts_with("go-") {
                self.stack.home(&self.around.store);
            }
            self.stack.push(screen, &self.around.store.reader());
        } else if !action.is_quiet() {
            self.tell(Notice::warning(Message::new(
                format!("Ở màn hình này chưa có việc “{}”.", action.label().vi),
                format!("“{}” does nothing on this screen.", action.label().en),
            )));
        }
    }

    fn save(&mut self, work: Work) {
        let outcome = work.carry_out(&self.around.store);
        match &outcome {
            Ok(receipt) => {
                self.unsynced = true;
                if !receipt.said.vi.is_empty() {
                    self.tell(Notice::good(receipt.said.clone()));
                }
                self.reload();
            }
            // Findings belong beside their fields; the screen that saved shows them there.
            Err(Refusal::Findings(_)) => {}
            Err(refusal) => {
                for said in refusal.messages() {
                    self.tell(Notice::bad(said));
                }
            }
        }
        self.give(&Input::Saved(outcome));
    }

    /// Keeps settings and follows them.
    fn set(&mut self, settings: Settings) {
        if settings.lang != self.around.chosen.settings.lang {
            self.around.chosen.forget_lang();
        }
        match self.around.store.set_settings(settings.clone()) {
            Ok(()) => self.follow(settings),
            Err(error) => self.tell(Notice::bad(error.message())),
        }
        self.reload();
    }

    /// Follows settings that are kept already.
    pub(super) fn follow(&mut self, settings: Settings) {
        self.chord.pressed.clear();
        if settings.mouse != self.around.chosen.settings.mouse {
            // A terminal without a mouse stays so.
            let _ = self.terminal.backend_mut().listen_to_mouse(MouseUse::of(&settings));
        }
        for notice in self.around.chosen.follow(settings) {
            self.tell(notice);
        }
    }
}
