//! The screens that lie on each other: the top one has the keys, popups show what is below.

use super::{Extent, Screen};
use crate::domain::text::Lang;
use crate::store::Store;
use crate::ui::canvas::Canvas;
use crate::ui::data::Read;
use crate::ui::theme::Theme;
use crate::ui::widget::popup;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Names a screen for as long as it stands on the stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScreenId(u64);

struct Entry {
    id: ScreenId,
    screen: Box<dyn Screen>,
}

/// The screens, the first at the bottom; never empty.
pub struct Stack {
    entries: Vec<Entry>,
    next: u64,
}

impl Stack {
    /// A stack of one screen, which has read nothing yet.
    pub fn new(first: Box<dyn Screen>) -> Stack {
        Stack {
            entries: vec![Entry {
                id: ScreenId(0),
                screen: first,
            }],
            next: 1,
        }
    }

    /// Puts a screen on top, read from the store.
    pub fn push(&mut self, mut screen: Box<dyn Screen>, read: &dyn Read) {
        screen.reload(read);
        self.entries.push(Entry {
            id: ScreenId(self.next),
            screen,
        });
        self.next += 1;
    }

    /// Takes the top screen away, its draft kept; the first one stays. Says whether one went.
    pub fn pop(&mut self, store: &Store) -> bool {
        if self.entries.len() < 2 {
            return false;
        }
        if let Some(mut entry) = self.entries.pop() {
            entry.screen.keep_draft(store);
        }
        true
    }

    /// Puts a screen in the place of the top one.
    pub fn replace(&mut self, mut screen: Box<dyn Screen>, read: &dyn Read, store: &Store) {
        screen.reload(read);
        let entry = Entry {
            id: ScreenId(self.next),
            screen,
        };
        self.next += 1;
        if let Some(mut old) = self.entries.pop() {
            old.screen.keep_draft(store);
        }
        self.entries.push(entry);
    }

    /// Takes away all but the first.
    pub fn home(&mut self, store: &Store) {
        while self.pop(store) {}
    }

    /// How many there are.
    pub fn depth(&self) -> usize {
        self.entries.len()
    }

    /// The top screen.
    pub fn top(&self) -> &dyn Screen {
        self.entries
            .last()
            .expect("pop and replace leave one screen")
            .screen
            .as_ref()
    }

    /// The top screen, to change.
    pub fn top_mut(&mut self) -> &mut dyn Screen {
        self.entries
            .last_mut()
            .expect("pop and replace leave one screen")
            .screen
            .as_mut()
    }

    /// The name of the top screen.
    pub fn top_id(&self) -> ScreenId {
        self.entries.last().expect("pop and replace leave one screen").id
    }

    /// A screen by name, if it is still there.
    pub fn get_mut(&mut self, id: ScreenId) -> Option<&mut dyn Screen> {
        self.entries
            .iter_mut()
            .find(|entry| entry.id == id)
            .map(|entry| &mut *entry.screen as &mut dyn Screen)
    }

    /// Lets every screen read anew.
    pub fn reload(&mut self, read: &dyn Read) {
        for entry in &mut self.entries {
            entry.screen.reload(read);
        }
    }

    /// Lets every screen keep its draft.
    pub fn keep_drafts(&mut self, store: &Store) {
        for entry in &mut self.entries {
            entry.screen.keep_draft(store);
        }
    }

    /// The full screen that is seen: the top one or the one below the popups.
    pub fn seen(&self) -> &dyn Screen {
        self.entries[self.first_seen()].screen.as_ref()
    }

    fn first_seen(&self) -> usize {
        self.entries
            .iter()
            .rposition(|entry| entry.screen.extent() == Extent::Full)
            .unwrap_or(0)
    }

    /// Lays out and draws what is seen; gives the place of the cursor.
    pub fn draw(&mut self, buffer: &mut Buffer, area: Rect, theme: &Theme, lang: Lang) -> Option<Position> {
        let first = self.first_seen();
        let mut cursor = None;
        for entry in &mut self.entries[first..] {
            let inside = match entry.screen.extent() {
                Extent::Full => area,
                Extent::Popup { width, height } => {
                    let title = entry.screen.heading(lang).title;
                    popup::frame(buffer, area, (width, height), &title, theme)
                }
            };
            entry.screen.layout(inside);
            let mut canvas = Canvas::new(buffer, inside, theme, lang);
            entry.screen.draw(&mut canvas);
            cursor = canvas.cursor();
        }
        cursor
    }
}
