//! Two records found to be one: what stays, what goes, what is carried over, seen before it is done; one undo takes all of
//! it back.
//!
//! What refers to the record that goes is looked for on a thread, for some of it no index knows.

use crate::domain::id::Id;
use crate::domain::merge::Fate;
use crate::domain::record::{Kind, kind};
use crate::domain::text::{Lang, Message, Text};
use crate::store::merge::Merging;
use crate::store::{Read, Refusal};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::chrome::wrap;
use crate::ui::data::Work;
use crate::ui::form::show;
use crate::ui::form::show::lower_first;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::{Answer, Command, Cx, Heading, Input, Notice, Screen, Task};
use crate::ui::theme::Role;
use ratatui::layout::Rect;
use std::sync::Arc;
use std::time::Duration;

const TITLE: Text = Text::new("Gộp hai bản ghi", "Merge two records");
const LOOKING: Text = Text::new("Đang tìm các bản ghi liên quan", "Looking for what refers to it");
const STAYS: Text = Text::new("Giữ lại", "Stays");
const GOES: Text = Text::new("Gộp vào", "Goes");
const DIFFERS: Text = Text::new("Ô khác nhau", "Fields that differ");
const ALIKE: Text = Text::new("Mọi ô đều như nhau.", "All fields are alike.");
const CHOOSE_TWO: Text = Text::new(
    "Đánh dấu đúng hai dòng là một, rồi gộp.",
    "Mark exactly the two rows that are one, then merge.",
);
const HAPPENED: Text = Text::new(
    "Chỉ gộp được hồ sơ (HTX, người, đối tác); việc đã ghi trùng thì xóa bớt.",
    "Only registers can be merged (cooperatives, people, partners); of work entered twice delete one.",
);

/// The merge of the rows marked in a kind's table, or why it cannot be.
pub fn begin(kind: &'static dyn Kind, marked: &[Id], cx: &Cx<'_>) -> Vec<Command> {
    if kind.when().is_some() {
        return vec![Command::Tell(Notice::warning(HAPPENED))];
    }
    let &[one, other] = marked else {
        return vec![Command::Tell(Notice::warning(CHOOSE_TWO))];
    };
    // The record entered first is the one that papers and codes know.
    let (stays, goes) = (one.min(other), one.max(other));
    vec![Command::Push(Box::new(MergeScreen::new(
        kind,
        stays,
        goes,
        cx.prefs.lang,
    )))]
}

/// A field that differs: its label, both values, what becomes of them.
struct Row {
    label: &'static str,
    stays: String,
    goes: String,
    fate: Fate,
}

/// How far the looking for references is.
enum Plan {
    /// To be begun.
    Due,
    /// On its way.
    Looking,
    /// Found.
    Ready(Box<Merging>),
}

struct MergeScreen {
    kind: &'static dyn Kind,
    stays: Id,
    goes: Id,
    names: [String; 2],
    plan: Plan,
    rows: Vec<Row>,
    scroll: usize,
    height: usize,
    lang: Lang,
}

/// What the thread found; none where it was stopped or a record is gone.
struct Planned(Option<Merging>);

impl MergeScreen {
    fn new(kind: &'static dyn Kind, stays: Id, goes: Id, lang: Lang) -> MergeScreen {
        MergeScreen {
            kind,
            stays,
            goes,
            names: Default::default(),
            plan: Plan::Due,
            rows: Vec::new(),
            scroll: 0,
            height: 0,
            lang,
        }
    }

    /// Looks for what refers to the record that goes.
    fn look(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        self.plan = Plan::Looking;
        let (kind, ids, store) = (self.kind, (self.stays, self.goes), Arc::clone(cx.store));
        let work = move |progress: &crate::ui::screen::Progress| {
            let mut go_on = |seen| {
                progress.report(seen, 0);
                !progress.stopped()
            };
            let merging = Merging::plan(kind, ids, &store.reader(), &mut go_on).map_err(|error| error.message())?;
            Ok(Answer::new(Planned(merging)))
        };
        vec![Command::Spawn(Task {
            title: LOOKING,
            work: Box::new(work),
        })]
    }

    /// Takes what was found and makes words of it.
    fn show(&mut self, merging: Merging, read: &dyn Read) {
        let name = |id| {
            let entry = read.get(self.kind.key(), id).ok().flatten();
            let code = entry
                .as_ref()
                .and_then(|entry| entry.text(self.kind.code_field()?.key))
                .unwrap_or_default();
            let title = entry
                .as_ref()
                .map(|entry| self.kind.title(entry, read.known()))
                .unwrap_or_default();
            format!("{code} {title}").trim().to_owned()
        };
        self.names = [name(self.stays), name(self.goes)];
        let here = read.get(self.kind.key(), self.stays).ok().flatten();
        let row = |(key, fate): &(&'static str, Fate)| {
            let field = read.schema().field(self.kind, key)?;
            let text = |entry: &crate::domain::entry::Entry| {
                let value = entry.get(key);
                value
                    .map(|value| show::value(field, value, read.known(), self.lang))
                    .unwrap_or_default()
            };
            Some(Row {
                label: field.label.get(self.lang),
                stays: here.as_ref().map(text).unwrap_or_default(),
                goes: text(&merging.goes),
                fate: *fate,
            })
        };
        self.rows = merging.merged.fates.iter().filter_map(row).collect();
        self.plan = Plan::Ready(Box::new(merging));
    }

    fn merge(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        let Plan::Ready(merging) = std::mem::replace(&mut self.plan, Plan::Looking) else {
            return Vec::new();
        };
        let undo = cx
            .keymap
            .key_for(Context::Table.chain(), Action::Undo)
            .unwrap_or_default();
        let [stays, goes] = &self.names;
        let said = Message::new(
            format!("Đã gộp {goes} vào {stays}. Bấm {undo} để tách lại."),
            format!("Merged {goes} into {stays}. Press {undo} to take it back."),
        );
        vec![Command::Save(Work::transaction(move |txn| {
            merging.carry_out(txn)?;
            Ok(said)
        }))]
    }

    fn draw_rows(&self, canvas: &mut Canvas<'_>, top: u16, bottom: u16) {
        let width = canvas.width();
        let label = (width / 4).clamp(14, 26);
        let each = (width.saturating_sub(label + 16) / 2).max(8);
        let [first, second, fate] = [label + 2, label + 3 + each, label + 4 + 2 * each];
        canvas.text_in(1, top, label, DIFFERS.get(canvas.lang), Role::Heading);
        canvas.text_in(first, top, each, STAYS.get(canvas.lang), Role::Heading);
        canvas.text_in(second, top, each, GOES.get(canvas.lang), Role::Heading);
        if self.rows.is_empty() {
            canvas.text(1, top + 1, ALIKE.get(canvas.lang), Role::Dim);
        }
        let none = canvas.theme.signs.none;
        for (y, row) in (top + 1..bottom).zip(self.rows.iter().skip(self.scroll)) {
            let (mine, other, said) = match row.fate {
                Fate::Lost => (Role::Text, Role::Dim, Text::new("giữ bên trái", "left stays")),
                Fate::Taken => (Role::Dim, Role::Text, Text::new("lấy sang", "taken over")),
                Fate::United => (Role::Text, Role::Text, Text::new("lấy cả hai", "both")),
            };
            canvas.text_in(1, y, label, row.label, Role::Text);
            let or_none = |text: &'_ str| {
                if text.is_empty() {
                    none.to_owned()
                } else {
                    text.to_owned()
                }
            };
            canvas.text_in(first, y, each, &or_none(&row.stays), mine);
            canvas.text_in(second, y, each, &or_none(&row.goes), other);
            canvas.text_in(fate, y, width.saturating_sub(fate), said.get(canvas.lang), Role::Dim);
        }
    }
}

/// What is carried over and what goes, as sentences.
fn sentences(merging: &Merging, lang: Lang) -> Vec<String> {
    let counts = merging.counts();
    let each = counts.iter().filter_map(|(key, count)| {
        let label = lower_first(kind(key)?.label().get(lang));
        Some(format!("{count} {label}"))
    });
    let carried: Vec<String> = each.collect();
    let mut said = vec![match (carried.is_empty(), lang) {
        (true, Lang::Vi) => "Không bản ghi nào nhắc tới bản gộp vào.".to_owned(),
        (true, Lang::En) => "Nothing refers to the one that goes.".to_owned(),
        (false, Lang::Vi) => format!("Chuyển sang bản giữ lại: {}.", carried.join(", ")),
        (false, Lang::En) => format!("Carried over: {}.", carried.join(", ")),
    }];
    let doubled = merging.doubled.len();
    if doubled > 0 {
        said.push(match lang {
            Lang::Vi => format!("Bỏ {doubled} bản ghi ghi trùng cùng một việc."),
            Lang::En => format!("{doubled} that say the same twice go."),
        });
    }
    said
}

impl Screen for MergeScreen {
    fn contexts(&self) -> &'static [Context] {
        Context::Dialog.chain()
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        self.lang = cx.prefs.lang;
        match (input, input.action()) {
            (Input::Tick, _) if matches!(self.plan, Plan::Due) => self.look(cx),
            (Input::Finished(Ok(answer)), _) => match answer.get::<Planned>() {
                Some(Planned(Some(merging))) => {
                    self.show(merging.clone(), cx.read);
                    Vec::new()
                }
                _ => vec![Command::Pop],
            },
            (Input::Finished(Err(said)), _) => vec![Command::Tell(Notice::bad(said.clone())), Command::Pop],
            (Input::Saved(Ok(_)), _) => vec![Command::Pop],
            (Input::Saved(Err(Refusal::ChangedSince(_))), _) => {
                self.plan = Plan::Due;
                Vec::new()
            }
            (Input::Saved(Err(_)), _) => vec![Command::Pop],
            (_, Some(Action::Accept)) => self.merge(cx),
            (_, Some(Action::NextPane | Action::PreviousPane)) if matches!(self.plan, Plan::Ready(_)) => {
                std::mem::swap(&mut self.stays, &mut self.goes);
                self.look(cx)
            }
            (_, Some(Action::Up)) => {
                self.scroll = self.scroll.saturating_sub(1);
                Vec::new()
            }
            (_, Some(Action::Down)) => {
                self.scroll = (self.scroll + 1).min(self.rows.len().saturating_sub(self.height));
                Vec::new()
            }
            _ => vec![Command::Pass],
        }
    }

    fn layout(&mut self, area: Rect) {
        self.height = usize::from(area.height.saturating_sub(9)).max(1);
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let Plan::Ready(merging) = &self.plan else {
            canvas.text(1, 1, LOOKING.get(canvas.lang), Role::Dim);
            return;
        };
        for (y, (heading, name)) in (0u16..).zip([(STAYS, &self.names[0]), (GOES, &self.names[1])]) {
            canvas.text(1, y, heading.get(canvas.lang), Role::Dim);
            canvas.text_in(12, y, canvas.width().saturating_sub(13), name, Role::Strong);
        }
        let said: Vec<String> = sentences(merging, canvas.lang);
        let room = usize::from(canvas.width().saturating_sub(2));
        let said: Vec<String> = said.iter().flat_map(|said| wrap(said, room)).collect();
        let bottom = canvas
            .height()
            .saturating_sub(u16::try_from(said.len()).unwrap_or(0) + 1);
        self.draw_rows(canvas, 3, bottom);
        for (y, line) in (bottom + 1..canvas.height()).zip(&said) {
            canvas.text(1, y, line, Role::Text);
        }
    }

    fn heading(&self, lang: Lang) -> Heading {
        Heading::new(TITLE.get(lang))
    }

    fn offers(&self) -> Vec<Offer> {
        if !matches!(self.plan, Plan::Ready(_)) {
            return vec![Action::Back.into()];
        }
        vec![
            Offer::named(Action::Accept, Text::new("gộp", "merge")),
            Offer::named(Action::NextPane, Text::new("đổi bản giữ lại", "keep the other")),
            Action::Back.into(),
        ]
    }

    fn wakes_after(&self) -> Option<Duration> {
        matches!(self.plan, Plan::Due).then_some(Duration::ZERO)
    }
}
