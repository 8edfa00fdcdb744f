//! The file browser: folders and those files that can be read as lists, narrowed by typing. A path that is typed or pasted
//! is gone to.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Local};
use ratatui::layout::Rect;

use super::mapping::MappingScreen;
use super::{Loaded, Wanted, load};
use crate::arrange::Arrange;
use crate::domain::text::{Lang, Message, Text};
use crate::import::kept;
use crate::import::watch::READING;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::{Answer, Command, Cx, Heading, Input, Notice, Screen, Task};
use crate::ui::theme::Role;
use crate::ui::widget::picker::{Choice, Item, Outcome, PickList};

/// The endings of files that can be read as lists.
const READABLE: [&str; 8] = ["xlsx", "xlsm", "xls", "ods", "csv", "tsv", "txt", "xltx"];
/// Entries of a folder that are looked at.
const MOST: usize = 5_000;
const TITLE: Text = Text::new("Nhập tệp", "Import a file");
const INTO: Text = Text::new("Nhập vào", "Import into");
const UP: Text = Text::new("thư mục trên", "the folder above");
const FOLDER: Text = Text::new("thư mục", "folder");
const NOTHING: Text = Text::new(
    "Thư mục này không có tệp xlsx, xls, ods, csv nào.",
    "No xlsx, xls, ods or csv file in this folder.",
);

/// See the module.
struct Browse {
    wanted: Wanted,
    title: Option<String>,
    folder: PathBuf,
    list: PickList,
    files: usize,
    others: usize,
    fault: Option<String>,
    busy: bool,
    lang: Lang,
}

/// The browser, in the folder of the last file or the officer's own.
pub(super) fn open(wanted: Wanted, cx: &Cx<'_>) -> Box<dyn Screen> {
    let kept = kept::folder(cx.settings)
        .map(PathBuf::from)
        .filter(|folder| folder.is_dir());
    let home = || etcetera::home_dir().ok().filter(|folder| folder.is_dir());
    let folder = kept.or_else(home).or_else(|| std::env::current_dir().ok());
    let title = match &wanted {
        Wanted::Anything => None,
        Wanted::Kind(kind) => Some(kind.label().get(cx.prefs.lang).to_owned()),
        Wanted::Event(event) => Some(event.title(cx.read)),
    };
    let mut browse = Browse {
        wanted,
        title,
        folder: PathBuf::new(),
        list: PickList::new(Vec::new(), Choice::One),
        files: 0,
        others: 0,
        fault: None,
        busy: false,
        lang: cx.prefs.lang,
    };
    browse.go(folder.unwrap_or_default(), None);
    Box::new(browse)
}

/// Whether a file may be a list, by its name; what it is, its bytes say when it is read.
fn is_readable(path: &Path) -> bool {
    let extension = path
        .extension()
        .map(|extension| extension.to_string_lossy().to_lowercase());
    extension.is_some_and(|extension| READABLE.contains(&extension.as_str()))
}

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy());
    name.is_some_and(|name| name.starts_with(['.', '~', '$']))
}

/// `12 KB`, `3,4 MB`.
fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{:.1} MB", bytes as f64 / 1_048_576.0).replace('.', ","),
    }
}

impl Browse {
    /// Shows a folder, the cursor on the entry that was come from.
    fn go(&mut self, folder: PathBuf, from: Option<&Path>) {
        let folder = fs::canonicalize(&folder).map_or(folder, plain);
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                let said = Message::new(
                    format!("Không mở được {}: {error}", folder.display()),
                    format!("{} cannot be opened: {error}", folder.display()),
                );
                self.fault = Some(said.get(self.lang).to_owned());
                return;
            }
        };
        (self.fault, self.others) = (None, 0);
        let (mut folders, mut files) = (Vec::new(), Vec::new());
        for path in entries.flatten().take(MOST).map(|entry| entry.path()) {
            match fs::metadata(&path) {
                _ if is_hidden(&path) => {}
                Ok(about) if about.is_dir() => folders.push(path),
                Ok(about) if is_readable(&path) => files.push((about.modified().ok(), about.len(), path)),
                _ => self.others += 1,
            }
        }
        folders.arrange_by_key(|path| path.to_string_lossy().to_lowercase());
        // What was put there last stands first: that is the file somebody is looking for.
        files.arrange_by(|a, b| b.0.cmp(&a.0).then_with(|| a.2.cmp(&b.2)));
        self.files = files.len();
        let items = files.into_iter().map(|(modified, bytes, path)| {
            let day = modified.map(|at| DateTime::<Local>::from(at).format("%d/%m/%Y").to_string());
            let note = format!("{}  {}", size(bytes), day.unwrap_or_default());
            Item::new(path.to_string_lossy(), name(&path), note)
        });
        let mut items: Vec<Item> = items.collect();
        items.extend(above(&folder).iter().map(|path| self.above_item(path, &folder)));
        items.extend(folders.iter().map(|path| self.folder_item(path)));
        let list = PickList::new(items, Choice::One).typed_plain();
        self.list = match from {
            Some(from) => list.with_chosen(&[from.to_string_lossy().into_owned()]),
            None => list,
        };
        self.folder = folder;
    }

    /// A way up: "..", or the drives, where a folder has nothing above it.
    fn above_item(&self, path: &Path, folder: &Path) -> Item {
        let label = if path.parent().is_some() || folder.parent().is_some() {
            "..".to_owned()
        } else {
            path.display().to_string()
        };
        Item::new(path.to_string_lossy(), label, UP.get(self.lang))
    }

    fn folder_item(&self, path: &Path) -> Item {
        let label = format!("{}{}", name(path), std::path::MAIN_SEPARATOR);
        Item::new(path.to_string_lossy(), label, FOLDER.get(self.lang))
    }

    /// Opens what was chosen: a folder is shown, a file is read.
    fn choose(&mut self, path: PathBuf, cx: &Cx<'_>) -> Vec<Command> {
        if path.is_dir() {
            let from = self.folder.clone();
            self.go(path, Some(&from));
            return Vec::new();
        }
        let (wanted, store) = (self.wanted.clone(), Arc::clone(cx.store));
        self.busy = true;
        let work = move |progress: &_| load(path, wanted, store.schema(), progress).map(Answer::new);
        vec![Command::Spawn(Task {
            title: READING,
            work: Box::new(work),
        })]
    }

    /// A path that was typed or pasted whole.
    fn typed_path(&self) -> Option<PathBuf> {
        let text = self.list.query().trim().trim_matches(['"', '\'']);
        let path = PathBuf::from(text);
        (path.is_absolute() && path.exists()).then_some(path)
    }
}

/// Goes on with a file that was read; its folder is where the next one is looked for.
fn loaded(loaded: &Arc<Loaded>, cx: &Cx<'_>) -> Vec<Command> {
    let mut settings = cx.settings.clone();
    let folder = loaded.path.parent().map(|folder| folder.to_string_lossy().into_owned());
    let mut commands = Vec::new();
    if let Some(folder) = folder.filter(|folder| kept::folder(cx.settings) != Some(folder)) {
        kept::keep_folder(&mut settings, &folder);
        commands.push(Command::Set(Box::new(settings)));
    }
    match MappingScreen::new(Arc::clone(loaded), cx) {
        Ok(screen) => commands.push(Command::Push(Box::new(screen))),
        Err(said) => commands.push(Command::Tell(Notice::bad(said))),
    }
    commands
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Where one goes up to: the folder above; from the top of a drive of Windows, the drives.
fn above(folder: &Path) -> Vec<PathBuf> {
    match folder.parent() {
        Some(parent) => vec![parent.to_path_buf()],
        None if cfg!(windows) => {
            let drives = ('A'..='Z').map(|letter| PathBuf::from(format!("{letter}:\\")));
            drives.filter(|drive| drive != folder && drive.exists()).collect()
        }
        None => Vec::new(),
    }
}

/// A path without the mark `\\?\` that Windows gives canonical ones.
fn plain(path: PathBuf) -> PathBuf {
    let text = path.to_string_lossy();
    match text.strip_prefix(r"\\?\").filter(|rest| !rest.starts_with("UNC")) {
        Some(rest) => PathBuf::from(rest),
        None => path,
    }
}

impl Screen for Browse {
    fn contexts(&self) -> &'static [Context] {
        Context::Picker.chain()
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        self.lang = cx.prefs.lang;
        match input {
            Input::Finished(outcome) => {
                self.busy = false;
                let loaded = outcome.as_ref().ok().and_then(|answer| answer.get::<Arc<Loaded>>());
                return loaded.map(|loaded| self::loaded(loaded, cx)).unwrap_or_default();
            }
            // The way out is open even where the work was not begun, as other work was going on.
            _ if self.busy && input.action() != Some(Action::Back) => return Vec::new(),
            _ => {}
        }
        let up = input.action() == Some(Action::DeleteBack) && self.list.query().is_empty();
        if let (true, Some(parent)) = (up, self.folder.parent().map(Path::to_path_buf)) {
            let from = self.folder.clone();
            self.go(parent, Some(&from));
            return Vec::new();
        }
        if let (Some(Action::Accept), Some(path)) = (input.action(), self.typed_path()) {
            return self.choose(path, cx);
        }
        match self.list.update(input, &cx.prefs.typing) {
            Outcome::Pass => vec![Command::Pass],
            Outcome::Chosen(keys) => match keys.into_iter().next() {
                Some(key) => self.choose(PathBuf::from(key), cx),
                None => Vec::new(),
            },
            Outcome::Moved | Outcome::Create(_) => Vec::new(),
        }
    }

    fn layout(&mut self, area: Rect) {
        self.list
            .layout(area.width.saturating_sub(2), area.height.saturating_sub(3));
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let (width, height) = (canvas.width(), canvas.height());
        canvas.text(1, 0, &self.folder.display().to_string(), Role::Strong);
        let (about, role) = match &self.fault {
            Some(fault) => (fault.clone(), Role::Error),
            None if self.files == 0 => (NOTHING.get(canvas.lang).to_owned(), Role::Dim),
            None => {
                let (files, others) = (self.files, self.others);
                let said = Message::new(
                    format!("{files} tệp đọc được, mới nhất trước; {others} tệp khác không hiện."),
                    format!("{files} files that can be read, the newest first; {others} others are not shown."),
                );
                (said.get(canvas.lang).to_owned(), Role::Dim)
            }
        };
        canvas.text(1, 1, &about, role);
        let part = Rect::new(1, 2, width.saturating_sub(2), height.saturating_sub(3));
        canvas.within(part, |canvas| self.list.draw(canvas));
    }

    fn heading(&self, lang: Lang) -> Heading {
        let title = match &self.title {
            Some(title) => format!("{}: {title}", INTO.get(lang)),
            None => TITLE.get(lang).to_owned(),
        };
        Heading::new(title).typing(self.list.editor().typing_here())
    }

    fn offers(&self) -> Vec<Offer> {
        vec![
            Offer::named(Action::Accept, Text::new("mở", "open")),
            Action::Down.into(),
            Offer::named(Action::DeleteBack, UP),
            Action::Back.into(),
        ]
    }
}
