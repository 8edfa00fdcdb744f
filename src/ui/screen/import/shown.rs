//! How rows of a list and what becomes of them are shown.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::domain::known::name_of;
use crate::domain::record::Kind;
use crate::domain::schema::FieldKind;
use crate::domain::text::{Lang, Text};
use crate::domain::value::Value;
use crate::import::file::Raw;
use crate::import::mapping::Target;
use crate::import::plan::Plan;
use crate::import::table::Table;
use crate::import::verdict::{Judged, Reason, State};
use crate::report::export;
use crate::store::Read;
use crate::ui::theme::Role;
use crate::ui::widget::table::{Column, RowId, Rows};
use crate::vietnamese::date::format_date;

/// The states in the order of the filter, after "all".
pub(super) const STATES: [State; 6] = [
    State::New,
    State::Update,
    State::Same,
    State::Doubtful,
    State::Refused,
    State::LeftOut,
];
/// Fields that name what a row is about.
const NAMES: [&str; 3] = ["name", "title", "exhibitor_name"];
/// Columns before those of the file: the line, what becomes of it.
pub(super) const BEFORE: usize = 2;

/// A state as the filter names it.
pub(super) fn state_name(state: State) -> Text {
    match state {
        State::New => Text::new("mới", "new"),
        State::Update => Text::new("sửa", "update"),
        State::Same => Text::new("giống", "same"),
        State::Doubtful => Text::new("nghi ngờ", "doubtful"),
        State::Refused => Text::new("từ chối", "refused"),
        State::LeftOut => Text::new("bỏ", "left out"),
    }
}

fn sign(state: State) -> &'static str {
    match state {
        State::New => "+",
        State::Update => "~",
        State::Same => "=",
        State::Doubtful => "?",
        State::Refused => "!",
        State::LeftOut => "-",
    }
}

pub(super) fn state_role(state: State) -> Role {
    match state {
        State::New => Role::Good,
        State::Update => Role::Changed,
        State::Same | State::LeftOut => Role::Dim,
        State::Doubtful => Role::Warning,
        State::Refused => Role::Error,
    }
}

/// A cell of the file in words.
pub(super) fn raw_text(raw: &Raw) -> String {
    match raw {
        Raw::Empty => String::new(),
        Raw::Text(text) | Raw::Error(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Raw::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Raw::Number(number) => number.to_string().replace('.', ","),
        Raw::Day(day) => format_date(*day),
        Raw::Flag(flag) => if *flag { "có" } else { "không" }.to_owned(),
    }
}

/// A change in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Changed {
    pub(super) key: String,
    pub(super) label: String,
    pub(super) before: String,
    pub(super) after: String,
    pub(super) taken: bool,
}

/// The changes of every row that changes a record, by its line; read once, for drawing asks no store.
pub(super) fn changes(plan: &Plan, kind: &'static dyn Kind, read: &dyn Read, lang: Lang) -> HashMap<u32, Vec<Changed>> {
    let words = |key: &str, value: &Option<Value>| match (value, read.schema().field(kind, key)) {
        (None, _) => "–".to_owned(),
        (Some(Value::Id(id)), Some(field)) => {
            let to = field.kind.target().unwrap_or_default();
            name_of(read.known(), to, Some(*id))
        }
        (Some(value), Some(field)) => match export::cell(read, field, value) {
            Ok(cell) => cell.to_string(),
            Err(_) => value.to_json().to_string(),
        },
        (Some(value), None) => value.to_json().to_string(),
    };
    let changed = |row: &Judged| {
        let shown = row
            .verdict
            .changes()
            .iter()
            .filter(|change| !change.key.starts_with('_'));
        let shown = shown.map(|change| Changed {
            label: read
                .schema()
                .field(kind, &change.key)
                .map_or_else(|| change.key.clone(), |field| field.label.get(lang).to_owned()),
            before: words(&change.key, &change.before),
            after: words(&change.key, &change.after),
            taken: change.taken,
            key: change.key.clone(),
        });
        (row.line, shown.collect())
    };
    plan.rows
        .iter()
        .filter(|row| row.verdict.state() == State::Update)
        .map(changed)
        .collect()
}

/// All reasons about a row, those that were waved through too.
pub(super) fn reasons(row: &Judged) -> impl Iterator<Item = &Reason> {
    row.verdict.reasons().iter().chain(&row.waved)
}

/// The rows of a plan as the table widget asks for them.
pub(super) struct Lines<'a> {
    pub(super) table: &'a Table,
    pub(super) plan: &'a Plan,
    pub(super) changes: &'a HashMap<u32, Vec<Changed>>,
    /// Places in the plan of the rows that are shown.
    pub(super) shown: &'a [usize],
    /// Columns of the file that go somewhere.
    pub(super) columns: &'a [usize],
    pub(super) lang: Lang,
}

/// The columns of the table: the line, what becomes of it, then those that go somewhere.
pub(super) fn columns(table: &Table, which: &[usize], lang: Lang) -> Vec<Column> {
    let mut columns = vec![
        Column::number(Text::new("Dòng", "Line").get(lang), 5),
        Column::fixed(Text::new("Kết quả", "Result").get(lang), 10),
    ];
    columns.extend(which.iter().map(|column| {
        let label = match table.targets.get(*column).copied().flatten() {
            Some(Target::Field(field) | Target::Person(field)) => field.label.get(lang).to_owned(),
            _ => table.headings.get(*column).cloned().unwrap_or_default(),
        };
        // Whom a row is about must be read whole; the rest is read where the cursor is.
        match table.targets.get(*column).copied().flatten() {
            Some(Target::Field(field)) if field.kind == FieldKind::Name || NAMES.contains(&field.key) => {
                Column::text(label, 18, 20)
            }
            _ => Column::text(label, 8, 20),
        }
    }));
    columns
}

impl Lines<'_> {
    /// The row judged that stands in a row of the table.
    pub(super) fn judged(&self, row: usize) -> Option<&Judged> {
        self.plan.rows.get(*self.shown.get(row)?)
    }

    fn raw(&self, row: usize, column: usize) -> Option<&Raw> {
        let (_, cells) = self.table.rows.get(*self.shown.get(row)?)?;
        cells.get(*self.columns.get(column.checked_sub(BEFORE)?)?)
    }

    /// The key of the field in a column of the table.
    pub(super) fn key(&self, column: usize) -> Option<&'static str> {
        let column = *self.columns.get(column.checked_sub(BEFORE)?)?;
        self.table
            .targets
            .get(column)
            .copied()
            .flatten()
            .map(|target| target.key())
    }

    fn change(&self, row: usize, column: usize) -> Option<&Changed> {
        let (judged, key) = (self.judged(row)?, self.key(column)?);
        self.changes.get(&judged.line)?.iter().find(|change| change.key == key)
    }

    fn has_reason(&self, row: usize, column: usize) -> bool {
        let (Some(judged), Some(key)) = (self.judged(row), self.key(column)) else {
            return false;
        };
        reasons(judged).any(|reason| reason.field.as_deref() == Some(key))
    }
}

impl Rows for Lines<'_> {
    fn len(&self) -> usize {
        self.shown.len()
    }

    fn id(&self, row: usize) -> RowId {
        self.judged(row).map_or(0, |judged| RowId::from(judged.line))
    }

    fn cell(&self, row: usize, column: usize) -> Cow<'_, str> {
        let Some(judged) = self.judged(row) else {
            return "".into();
        };
        match column {
            0 => judged.line.to_string().into(),
            1 => {
                let state = judged.verdict.state();
                let more = if judged.makes_person() { "+" } else { "" };
                format!("{}{more} {}", sign(state), state_name(state).get(self.lang)).into()
            }
            _ => {
                let text = self.raw(row, column).map(raw_text).unwrap_or_default();
                match self.change(row, column) {
                    Some(change) if change.taken => format!("{} → {}", change.before, change.after).into(),
                    Some(change) => format!("{} (giữ)", change.before).into(),
                    None if self.has_reason(row, column) => format!("!{text}").into(),
                    None => text.into(),
                }
            }
        }
    }

    fn role(&self, row: usize, column: usize) -> Role {
        let Some(judged) = self.judged(row) else {
            return Role::Text;
        };
        let state = judged.verdict.state();
        match column {
            0 => Role::Dim,
            1 => state_role(state),
            _ if self.has_reason(row, column) => state_role(state),
            _ if self.change(row, column).is_some() => Role::Changed,
            _ if matches!(state, State::Same | State::LeftOut) => Role::Dim,
            _ => Role::Text,
        }
    }
}
