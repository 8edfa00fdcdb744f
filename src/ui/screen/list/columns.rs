//! Which columns a table has: the fields of the form's main path that say something in a few cells, in its order, and for
//! cooperatives what is measured elsewhere.

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

/// Most columns; the table shows as many of them as have room, and scrolls to the others.
const MOST: usize = 9;

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

/// The columns of a kind.
pub(super) fn of(kind: &'static dyn Kind, read: &dyn Read) -> Vec<Shown> {
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
    /// The heading and the widths.
    pub(super) fn column(&self, lang: Lang) -> Column {
        const STATUS: Text = Text::new("Tình trạng", "Status");
        const LAST_VISIT: Text = Text::new("Thăm lúc", "Last visit");
        let field = match self {
            Shown::Field(field) => field,
            Shown::Status => return Column::text(STATUS.get(lang), 14, 18),
            Shown::LastVisit => return Column::fixed(LAST_VISIT.get(lang), 10),
        };
        let title = field.label.get(lang);
        match field.kind {
            FieldKind::Date | FieldKind::Partial => Column::fixed(title, 10),
            FieldKind::Code => Column::fixed(title, 7),
            FieldKind::Count | FieldKind::Year => Column::number(title, 8),
            FieldKind::Money | FieldKind::Balance => Column::number(title, 14),
            FieldKind::Decimal => Column::number(title, 9),
            FieldKind::Phone => Column::fixed(title, 12),
            FieldKind::Flag => Column::fixed(title, 6),
            FieldKind::Name | FieldKind::Text => Column::text(title, 24, 40),
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
            Shown::LastVisit => {
                let mut visits = read
                    .refers(entry.id, "visit", "cooperative", Order::Backward)
                    .filter_map(Result::ok);
                visits
                    .next()
                    .and_then(|visit| visit.on)
                    .map(format_date)
                    .unwrap_or_default()
            }
        }
    }

    /// The key of the field, where it is one.
    pub(super) fn key(&self) -> Option<&'static str> {
        match self {
            Shown::Field(field) => Some(field.key),
            _ => None,
        }
    }
}
