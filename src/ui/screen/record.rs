//! The page of a cooperative or a person: what it is above or beside, and all that belongs to it on one time line. Each
//! line opens its record, and Esc comes back to the same line.

pub mod belongings;
pub mod paper;
mod words;

use crate::domain::id::Id;
use crate::domain::record::{Kind, kind};
use crate::domain::text::{Lang, Message, Text};
use crate::domain::value::Value;
use crate::search::status::card::{self, Line, Sign};
use crate::search::status::{Status, plain};
use crate::store::{Read, StoreError};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::data::Work;
use crate::ui::form::show;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::later::Later;
use crate::ui::screen::{Command, Cx, Heading, Input, Mouse, MouseAct, Notice, Screen, openers};
use crate::ui::theme::Role;
use crate::ui::widget::picker::{Choice, Item, PickList, Picked, PickerScreen};
use crate::ui::widget::status_card::StatusCard;
use crate::ui::widget::table::{Column, Outcome, RowId, Rows, Table};
use belongings::{Belonging, Side};
use ratatui::layout::Rect;
use std::borrow::Cow;
use std::time::Duration;

/// From this width on the card stands beside the time line, above it otherwise.
const BESIDE: u16 = 120;
/// The widest card: further apart, a figure is no longer seen with its day.
const WIDEST_CARD: u16 = 64;
/// Rows of the card where it stands above, at most.
const ABOVE: u16 = 9;

/// What is added most often, in that order.
const OFTEN: [&str; 7] = ["visit", "role", "measurement", "support", "product", "issue", "booth"];

const READING: Text = Text::new("Đang đọc…", "Reading…");
const NOTHING: Text = Text::new("Chưa có gì trong sổ.", "Nothing on record yet.");
const GONE: Text = Text::new("Bản ghi này đã bị xóa.", "This record was deleted.");
const MORE: Text = Text::new("xem tiếp", "read on");
const ADD: Text = Text::new("Thêm gì cho bản ghi này?", "What is to be added?");

/// What stands on the page beside the time line.
struct Front {
    title: String,
    card: Vec<Line>,
    status: Option<Status>,
}

/// The page of a record.
pub struct RecordPage {
    kind: &'static dyn Kind,
    id: Id,
    /// None once the record is gone.
    front: Option<Front>,
    card: StatusCard,
    lines: Later<Vec<Belonging>>,
    table: Table,
    /// What the table stands on, to be found again when the lines were read anew.
    here: Option<RowId>,
    /// Kinds that can be added, while they are chosen from.
    offered: Vec<(&'static dyn Kind, &'static str)>,
    places: Places,
    lang: Lang,
}

/// Where the parts stand on the page, in its own cells, and where the page stands in the window.
#[derive(Clone, Copy, Debug, Default)]
struct Places {
    origin: (u16, u16),
    card: Rect,
    rule: Rect,
    lines: Rect,
}

impl RecordPage {
    /// The page of a record; none for a kind that is not there.
    pub fn new(key: &str, id: Id, cx: &Cx<'_>) -> Option<RecordPage> {
        let lang = cx.prefs.lang;
        let mut page = RecordPage {
            kind: kind(key)?,
            id,
            front: None,
            card: StatusCard::default(),
            lines: Later::Unasked,
            table: Table::list(columns(lang)),
            here: None,
            offered: Vec::new(),
            places: Places::default(),
            lang,
        };
        page.reload(cx.read);
        Some(page)
    }

    /// Whether a kind has a page: what others belong to, not only refer to.
    pub fn has_page(key: &str) -> bool {
        matches!(key, "cooperative" | "person")
    }

    fn rows(&self) -> Shown<'_> {
        Shown {
            lines: self.lines.get().map_or(&[], Vec::as_slice),
            lang: self.lang,
        }
    }

    fn follow(&mut self, lang: Lang, read: &dyn Read) {
        if self.lang != lang {
            self.lang = lang;
            self.table.set_columns(columns(lang));
            self.reload(read);
        }
    }

    /// The cursor stands where it stood before the lines were read anew.
    fn find_place(&mut self) {
        if self.lines.is_here()
            && let Some(here) = self.here.take()
        {
            let mut table = std::mem::take(&mut self.table);
            table.go_to(here, &self.rows());
            self.table = table;
        }
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Option<Vec<Command>> {
        let key = self.kind.key();
        Some(match action {
            Action::Edit => Command::push(openers::form(key, self.id, cx)),
            Action::New => self.choose_kind(),
            Action::VisitNow | Action::NewVisit if key == "cooperative" => Command::push(openers::new_with(
                "visit",
                vec![("cooperative", Value::Id(self.id))],
                cx,
            )),
            Action::History => Command::push(openers::history(key, self.id, cx)),
            Action::Delete => self.delete(cx),
            Action::CopyOut => self.copy(),
            Action::Export => paper::export(self.front.as_ref()?.status.as_ref()?, self.lang),
            Action::NextPane => {
                if !self.card.scroll(self.card.page()) {
                    self.card.scroll(isize::MIN);
                }
                Vec::new()
            }
            Action::PreviousPane => {
                self.card.scroll(-self.card.page());
                Vec::new()
            }
            _ => return None,
        })
    }

    /// The kinds that belong to this record, to choose from.
    fn choose_kind(&mut self) -> Vec<Command> {
        let mut offered = belongings::referring(self.kind.key());
        let elsewhere = |kind: &str, field: &str| {
            // Who came to a session is written in the session's grid.
            matches!(
                (kind, field),
                ("cooperative", _) | ("formation", "from_group") | ("attendance", "cooperative")
            )
        };
        offered.retain(|(kind, field)| !elsewhere(kind.key(), field));
        offered.sort_by_key(|(kind, _)| {
            OFTEN
                .iter()
                .position(|often| *often == kind.key())
                .unwrap_or(OFTEN.len())
        });
        self.offered = offered;
        let lang = self.lang;
        let items = self.offered.iter().enumerate();
        let items = items.map(|(place, (kind, _))| Item::new(place.to_string(), kind.label().get(lang), ""));
        let list = PickList::new(items.collect(), Choice::One);
        vec![Command::Push(Box::new(PickerScreen::new(ADD.get(lang), list)))]
    }

    fn add(&self, picked: &Picked, cx: &Cx<'_>) -> Vec<Command> {
        let Picked::Chosen(keys) = picked else {
            return Vec::new();
        };
        let place = keys.first().and_then(|key| key.parse::<usize>().ok());
        let Some((kind, field)) = place.and_then(|place| self.offered.get(place)) else {
            return Vec::new();
        };
        Command::push(openers::new_with(kind.key(), vec![(*field, Value::Id(self.id))], cx))
    }

    /// Deletes the record. It can be undone, so it is not asked about.
    fn delete(&self, cx: &Cx<'_>) -> Vec<Command> {
        let Some(front) = &self.front else { return Vec::new() };
        let undo = cx.keymap.key_for(self.contexts(), Action::Undo).unwrap_or_default();
        let (title, label) = (front.title.clone(), self.kind.label());
        let said = Message::new(
            format!("Đã xóa {} {title}. Bấm {undo} để lấy lại.", show::lower_first(label.vi)),
            format!(
                "Deleted {} {title}. Press {undo} to bring it back.",
                show::lower_first(label.en)
            ),
        );
        let (kind, id) = (self.kind.key(), self.id);
        vec![Command::Save(Work::transaction(move |txn| {
            txn.delete(kind, id)?;
            Ok(said)
        }))]
    }

    fn copy(&self) -> Vec<Command> {
        let Some(front) = &self.front else { return Vec::new() };
        let text = match &front.status {
            Some(status) => plain::write(status, self.lang).trim_start().to_owned(),
            None => front.card.iter().filter_map(plain_line).collect::<Vec<_>>().join("\n"),
        };
        let said = Message::new("Đã sao chép.", "Copied.");
        vec![Command::Copy(text), Command::Tell(Notice::good(said))]
    }

    fn open(&self, row: usize, cx: &Cx<'_>) -> Vec<Command> {
        let line = self.lines.get().and_then(|lines| lines.get(row));
        Command::push(line.and_then(|line| openers::record(line.kind, line.id, cx)))
    }

    fn is_over_card(&self, mouse: Mouse) -> bool {
        let (x, y) = self.places.origin;
        let position = (mouse.x.saturating_sub(x), mouse.y.saturating_sub(y));
        self.places.card.contains(position.into())
    }
}

fn plain_line(line: &Line) -> Option<String> {
    match line {
        Line::Title { name, code } => Some(format!("{code} {name}").trim().to_owned()),
        Line::Words { text, .. } => Some(text.clone()),
        _ => None,
    }
}

fn columns(lang: Lang) -> Vec<Column> {
    let (day, sort, words) = (
        Text::new("Ngày", "Day"),
        Text::new("Việc", "What"),
        Text::new("Nội dung", "Details"),
    );
    vec![
        Column::fixed(day.get(lang), 10),
        Column::text(sort.get(lang), 14, 20),
        Column {
            grows: 8,
            ..Column::text(words.get(lang), 24, 60)
        },
    ]
}

struct Shown<'a> {
    lines: &'a [Belonging],
    lang: Lang,
}

impl Rows for Shown<'_> {
    fn len(&self) -> usize {
        self.lines.len()
    }

    fn id(&self, row: usize) -> RowId {
        // The end of a role is a line of its own beside its beginning.
        self.lines.get(row).map_or(0, |line| {
            RowId::from_be_bytes(line.id.bytes()) ^ RowId::from(line.side == Side::End)
        })
    }

    fn cell(&self, row: usize, column: usize) -> Cow<'_, str> {
        let Some(line) = self.lines.get(row) else {
            return "".into();
        };
        match column {
            0 => line.on.map(|on| on.to_string()).unwrap_or_default().into(),
            1 => line.sort.get(self.lang).into(),
            _ => line.words.as_str().into(),
        }
    }

    fn role(&self, _: usize, column: usize) -> Role {
        if column == 1 { Role::Dim } else { Role::Text }
    }
}

/// What is known of the record itself.
fn front(read: &dyn Read, kind: &'static dyn Kind, id: Id, lang: Lang) -> Result<Option<Front>, StoreError> {
    let Some(entry) = read.get(kind.key(), id)? else {
        return Ok(None);
    };
    let title = kind.title(&entry, read.known());
    if kind.key() == "cooperative"
        && let Some(status) = Status::of(read, id)?
    {
        return Ok(Some(Front {
            title,
            card: card::lines(&status, lang),
            status: Some(status),
        }));
    }
    let mut card = vec![Line::Title {
        name: title.clone(),
        code: entry.text("code").unwrap_or_default().to_owned(),
    }];
    for field in read.schema().fields(kind) {
        let told = field.key != "code" && Some(field.key) != kind.name_field();
        if let (true, Some(value)) = (told, entry.get(field.key)) {
            let value = show::value(field, value, read.known(), lang);
            card.push(Line::Words {
                sign: Sign::None,
                text: format!("{}: {value}", field.label.get(lang)),
            });
        }
    }
    Ok(Some(Front {
        title,
        card,
        status: None,
    }))
}

impl Screen for RecordPage {
    fn contexts(&self) -> &'static [Context] {
        Context::Record.chain()
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        self.follow(cx.prefs.lang, cx.read);
        match input {
            Input::Tick => {
                self.lines.look();
                self.find_place();
                return Vec::new();
            }
            Input::Answer(answer) => {
                return answer
                    .get::<Picked>()
                    .map_or_else(Vec::new, |picked| self.add(picked, cx));
            }
            Input::Mouse(mouse) if self.is_over_card(*mouse) => {
                match mouse.what {
                    MouseAct::WheelUp => _ = self.card.scroll(-1),
                    MouseAct::WheelDown => _ = self.card.scroll(1),
                    MouseAct::Click => {}
                }
                return Vec::new();
            }
            _ => {}
        }
        let mut table = std::mem::take(&mut self.table);
        let outcome = table.update(input, &self.rows());
        self.table = table;
        match (outcome, input.action()) {
            (Outcome::Open(row), _) => self.open(row, cx),
            (Outcome::Moved | Outcome::Marked, _) => Vec::new(),
            (Outcome::Pass, Some(action)) => self.act(action, cx).unwrap_or_else(|| vec![Command::Pass]),
            (Outcome::Pass, None) => vec![Command::Pass],
        }
    }

    fn reload(&mut self, read: &dyn Read) {
        // A fault of the store leaves the card empty; what opens the record tells of it.
        self.front = front(read, self.kind, self.id, self.lang).ok().flatten();
        let card = self.front.as_ref().map(|front| front.card.clone());
        self.card.set_lines(card.unwrap_or_default());
    }

    fn come_up(&mut self, cx: &Cx<'_>) {
        self.follow(cx.prefs.lang, cx.read);
        if self.lines.get().is_some() {
            self.here = self.here.or(self.table.current(&self.rows()));
        }
        let (owner, lang) = ((self.kind.key(), self.id), self.lang);
        self.lines
            .read(cx.store, move |read| belongings::read(read, owner, lang));
        self.find_place();
    }

    fn layout(&mut self, area: Rect) {
        let (width, height) = (area.width, area.height);
        self.places = if width >= BESIDE {
            let card = (width * 2 / 5).min(WIDEST_CARD);
            let left = width - card - 3;
            Places {
                origin: (area.x, area.y),
                card: Rect::new(left + 2, 0, card, height),
                rule: Rect::new(left, 0, 1, height),
                lines: Rect::new(0, 0, left, height),
            }
        } else {
            let card = Rect::new(1, 0, width.saturating_sub(2), ABOVE.min(height / 2));
            self.card.layout(card);
            let above = card
                .height
                .min(u16::try_from(self.card.rows()).unwrap_or(u16::MAX))
                .max(1);
            Places {
                origin: (area.x, area.y),
                card: Rect { height: above, ..card },
                rule: Rect::new(0, above, width, 1),
                lines: Rect::new(0, above + 1, width, height.saturating_sub(above + 1)),
            }
        };
        self.card.layout(self.places.card);
        let lines = Rect {
            x: area.x + self.places.lines.x,
            y: area.y + self.places.lines.y,
            ..self.places.lines
        };
        let mut table = std::mem::take(&mut self.table);
        table.layout(lines, &self.rows());
        self.table = table;
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let lang = canvas.lang;
        if self.front.is_none() {
            canvas.text(1, 0, GONE.get(lang), Role::Dim);
        }
        self.card.draw(canvas);
        let rule = self.places.rule;
        if rule.height > 1 {
            canvas.rule_down(rule.x, rule.y, rule.height);
        } else {
            canvas.rule(rule.x, rule.y, rule.width);
        }
        canvas.within(self.places.lines, |canvas| {
            self.table.draw(canvas, &self.rows());
            let said = match (self.lines.failure(), self.lines.get()) {
                (Some(why), _) => why.get(lang),
                (None, None) => READING.get(lang),
                (None, Some(lines)) if lines.is_empty() => NOTHING.get(lang),
                _ => return,
            };
            canvas.text(2, 1, said, Role::Dim);
        });
    }

    fn heading(&self, lang: Lang) -> Heading {
        let title = self.front.as_ref().map_or("", |front| front.title.as_str());
        let heading = Heading::new(format!("{} · {title}", self.kind.label().get(lang)));
        match self.lines.get() {
            Some(lines) if !lines.is_empty() => heading.fact(self.table.place(&self.rows())),
            _ => heading,
        }
    }

    fn offers(&self) -> Vec<Offer> {
        let mut offers: Vec<Offer> = Vec::new();
        if self.front.is_some() {
            if self.lines.get().is_some_and(|lines| !lines.is_empty()) {
                offers.push(Action::Open.into());
            }
            offers.push(Action::Edit.into());
            if self.kind.key() == "cooperative" {
                offers.push(Action::VisitNow.into());
            }
            offers.extend([Offer::from(Action::New), Action::CopyOut.into(), Action::History.into()]);
            if self.card.has_more() {
                offers.push(Offer::named(Action::NextPane, MORE));
            }
        }
        offers.push(Action::Back.into());
        offers
    }

    fn wakes_after(&self) -> Option<Duration> {
        self.lines.wakes_after()
    }
}
