//! What stands around the screens: the records, the officer's choices as they are followed, the messages. It lies apart
//! from the stack, so that a screen can be changed while it looks round.

use super::told::Told;
use crate::domain::settings::Settings;
use crate::domain::text::Lang;
use crate::store::Store;
use crate::ui::data::Read;
use crate::ui::keymap::{Context, Keymap};
use crate::ui::look::{Look, OwnFiles, Prefs};
use crate::ui::names::Names;
use crate::ui::screen::{Cx, Notice};
use crate::ui::term::capability::Capability;
use crate::ui::theme::Theme;
use std::sync::Arc;

/// The surroundings of the screens.
pub(super) struct Around {
    /// The records.
    pub(super) store: Arc<Store>,
    /// The list of names.
    pub(super) names: Names,
    /// The officer's choices.
    pub(super) chosen: Chosen,
    /// The messages.
    pub(super) told: Told,
}

impl Around {
    /// What a screen with these contexts may know now.
    pub(super) fn cx<'a>(&'a self, read: &'a dyn Read, contexts: &'a [Context]) -> Cx<'a> {
        Cx {
            read,
            store: &self.store,
            names: &self.names,
            prefs: &self.chosen.prefs,
            settings: &self.chosen.settings,
            keymap: &self.chosen.keymap,
            contexts,
            notices: self.told.all(),
        }
    }
}

/// The officer's choices, and what they come to on this terminal.
pub(super) struct Chosen {
    pub(super) settings: Settings,
    pub(super) keymap: Keymap,
    pub(super) prefs: Prefs,
    pub(super) theme: Theme,
    /// The language asked for at the start; it stands above the one in the settings until another is chosen.
    lang: Option<Lang>,
    terminal: Capability,
    own_files: OwnFiles,
}

impl Chosen {
    /// Follows settings on a terminal; what cannot be followed is told.
    pub(super) fn new(
        settings: Settings,
        lang: Option<Lang>,
        terminal: Capability,
        own_files: OwnFiles,
    ) -> (Chosen, Vec<Notice>) {
        let look = Look::new(&settings, terminal, &own_files);
        let mut chosen = Chosen {
            settings,
            keymap: look.keymap,
            prefs: look.prefs,
            theme: look.theme,
            lang,
            terminal,
            own_files,
        };
        chosen.put_lang();
        (chosen, look.notices)
    }

    /// Follows other settings; what cannot be followed is told.
    pub(super) fn follow(&mut self, settings: Settings) -> Vec<Notice> {
        let look = Look::new(&settings, self.terminal, &self.own_files);
        (self.keymap, self.prefs, self.theme) = (look.keymap, look.prefs, look.theme);
        self.settings = settings;
        self.put_lang();
        look.notices
    }

    /// The language of the settings is followed from now on.
    pub(super) fn forget_lang(&mut self) {
        self.lang = None;
    }

    fn put_lang(&mut self) {
        if let Some(lang) = self.lang {
            self.prefs.lang = lang;
        }
    }
}
