//! Which columns a table has: the officer's own choice, else the fields of the form's main path that say something in a
//! few cells, in its order, and for cooperatives what is measured elsewhere.

use crate::arrange::Arrange;
use crate::domain::entry::Entry;
use crate::domain::figures;
use crate::domain::record::Kind;
use crate::domain::schema::{Field, FieldKind, Privacy};
use crate::domain::text::{Lang, Text};
use crate::store::{Order, Read};
use crate::ui::form::show;
use crate::ui::widget::table::Column;
use crate::vietnamese::date::format_date;
use chrono::NaiveDate;

/// Most columns; the table shows as many of them as have room, and scrolls to the others.
const MOST: usize = 9;
const STATUS: Text = Text::new("Tình trạng", "Status");
const LAST_VISIT: Text = Text::new("Thăm lúc", "Last visit");

/// Where a column's text comes from.
#[derive(Clone, Debug)]
pub(super) enum Shown {
    /// A field.
    Field(Box<Field>),
    /// The latest status of a cooperative.
    Status,
    /// The day of the last visit to a cooperative.
    LastVisit,
}

/// The columns of a kind that the officer chose, in her order; where she chose none, those that tell most.
pub(super) fn of(kind: &'static dyn Kind, read: &dyn Read, chosen: &[String]) -> Vec<Shown> {
    let all = all(kind, read);
    let chosen = chosen
        .iter()
        .filter_map(|id| all.iter().find(|shown| shown.id() == id).cloned());
    let chosen: Vec<Shown> = chosen.collect();
    if chosen.is_empty() { usual(kind, read) } else { chosen }
}

/// The columns of a kind before anybody chose.
pub(super) fn usual(kind: &'static dyn Kind, read: &dyn Read) -> Vec<Shown> {
    let mut columns: Vec<Shown> = Vec::new();
    let fields: Vec<Field> = read.schema().fields(kind).copied().collect();
    let code = fields.iter().find(|field| field.kind == FieldKind::Code);
    columns.extend(code.map(|field| Shown::Field(Box::new(*field))));
    let name = kind.name_field();
    let mut main: Vec<Field> = fields.iter().copied().filter(says_enough).collect();
    // A register leads with its names, a journal with its days.
    main.arrange_by_key(|field| usize::from(Some(field.key) != name));
    if let Some(when) = kind.when() {
        main.arrange_by_key(|field| usize::from(field.key != when));
    }
    columns.extend(main.into_iter().map(|field| Shown::Field(Box::new(field))));
    if kind.key() == "cooperative" {
        let at = 2.min(columns.len());
        columns.splice(at..at, [Shown::Status, Shown::LastVisit]);
    }
    // The office added its own fields to see them.
    let own = read.schema().own(kind);
    let is_own = |shown: &Shown| shown.key().is_some_and(|key| own.iter().any(|field| field.key == key));
    let (own, mut built_in): (Vec<Shown>, Vec<Shown>) = columns.into_iter().partition(is_own);
    built_in.truncate(MOST.saturating_sub(own.len()));
    built_in.extend(own);
    built_in
}

/// Every column that can be chosen: the usual ones first, then the other fields as the form has them.
pub(super) fn all(kind: &'static dyn Kind, read: &dyn Read) -> Vec<Shown> {
    let mut columns = usual(kind, read);
    let fields = read.schema().fields(kind);
    let others = fields.filter(|field| !field.hidden && field.kind != FieldKind::Json);
    for field in others {
        if columns.iter().all(|shown| shown.key() != Some(field.key)) {
            columns.push(Shown::Field(Box::new(*field)));
        }
    }
    columns
}

/// The day of the last visit to a cooperative.
pub(super) fn last_visit(cooperative: &Entry, read: &dyn Read) -> Option<NaiveDate> {
    let visits = read.refers(cooperative.id, "visit", "cooperative", Order::Backward);
    visits.filter_map(Result::ok).next().and_then(|visit| visit.on)
}

fn says_enough(field: &Field) -> bool {
    let short = !matches!(
        field.kind,
        FieldKind::Lines
            | FieldKind::Texts
            | FieldKind::Json
            | FieldKind::Counts(_)
            | FieldKind::Days
            | FieldKind::Code
    );
    short && field.block.is_none() && !field.hidden && !field.beside && field.privacy == Privacy::Open
}

impl Shown {
    /// What it is called in the settings: the field's key.
    pub(super) fn id(&self) -> &'static str {
        match self {
            Shown::Field(field) => field.key,
            Shown::Status => "status",
            Shown::LastVisit => "last_visit",
        }
    }

    /// The heading.
    pub(super) fn label(&self) -> Text {
        match self {
            Shown::Field(field) => field.label,
            Shown::Status => STATUS,
            Shown::LastVisit => LAST_VISIT,
        }
    }

    /// The heading and the widths.
    pub(super) fn column(&self, lang: Lang) -> Column {
        let title = self.label().get(lang);
        let field = match self {
            Shown::Field(field) => field,
            Shown::Status => return Column::text(title, 14, 18),
            Shown::LastVisit => return Column::fixed(title, 10),
        };
        match field.kind {
            FieldKind::Date | FieldKind::Partial => Column::fixed(title, 10),
            FieldKind::Code => Column::fixed(title, 7),
            FieldKind::Count | FieldKind::Year => Column::number(title, 8),
            FieldKind::Money | FieldKind::Balance => Column::number(title, 14),
            FieldKind::Decimal => Column::number(title, 9),
            FieldKind::Phone => Column::fixed(title, 12),
            FieldKind::Flag => Column::fixed(title, 6),
            // What a record is called: cut short, several look alike.
            FieldKind::Text if field.is_required() => Column::text(title, 32, 44),
            FieldKind::Name | FieldKind::Text | FieldKind::Lines | FieldKind::Texts => Column::text(title, 24, 40),
            FieldKind::Ref(_) => Column::text(title, 20, 34),
            _ => Column::text(title, 12, 20),
        }
    }

    /// The text of a cell.
    pub(super) fn text(&self, entry: &Entry, read: &dyn Read, lang: Lang) -> String {
        match self {
            Shown::Field(field) => {
                let value = entry.get(field.key);
                value
                    .map(|value| show::value(field, value, read.known(), lang))
                    .unwrap_or_default()
            }
            Shown::Status => {
                let latest = figures::latest(read.known(), entry.id, "status", read.today());
                let code = latest.and_then(|figure| figure.value.as_text().map(str::to_owned));
                code.map(|code| show::code_label("htx_status", &code, lang))
                    .unwrap_or_default()
            }
            Shown::LastVisit => last_visit(entry, read).map(format_date).unwrap_or_default(),
        }
    }

    /// The key of the field, where it is one.
    pub(super) fn key(&self) -> Option<&'static str> {
        self.field().map(|field| field.key)
    }

    /// The field, where it is one.
    pub(super) fn field(&self) -> Option<&Field> {
        match self {
            Shown::Field(field) => Some(field),
            Shown::Status | Shown::LastVisit => None,
        }
    }

    /// Whether it holds a person's data.
    pub(super) fn is_personal(&self) -> bool {
        self.field().is_some_and(|field| field.privacy == Privacy::Personal)
    }
}
