//! Which records of a kind a command is asked for, and in which order: `--where`, `--from`, `--to` and `--sort`. An index
//! narrows the question where it can; without `--sort` nothing is held in memory.

use std::cmp::Ordering;

use chrono::{Datelike, NaiveDate};
use clap::Args;

use super::failure::Failure;
use super::given::Pair;
use super::lookup::unknown_field;
use super::shown::in_words;
use crate::arrange::Arrange;
use crate::domain::catalog;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::reading;
use crate::domain::record::Kind;
use crate::domain::schema::{Field, FieldKind, Near};
use crate::domain::text::{Lang, Message};
use crate::domain::value::Value;
use crate::store::{Order, Read, StoreError, index};
use crate::vietnamese::{collate, date};

/// Which records of a kind, and in which order.
#[derive(Args, Clone, Debug, Default)]
pub struct QueryArgs {
    /// Chỉ bản ghi có giá trị này; lặp lại để thêm điều kiện; KEY= là còn trống
    /// ¦ only records with this value; give it again for more conditions; KEY= means empty
    #[arg(long = "where", value_name = "KEY=VALUE")]
    pub conditions: Vec<Pair>,
    /// Từ ngày, kể cả ngày ấy ¦ from this day on
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Đến hết ngày ¦ up to this day, inclusive
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// Xếp theo trường; -KEY là ngược lại; nếu không thì theo thứ tự nhập
    /// ¦ sort by a field; -KEY backwards; else in the order of entry
    #[arg(long, value_name = "KEY", allow_hyphen_values = true)]
    pub sort: Option<String>,
}

/// Records, each read when its turn comes.
pub type Found<'a> = Box<dyn Iterator<Item = Result<Entry, StoreError>> + 'a>;

/// What is asked for, read and checked.
pub struct Question {
    kind: &'static dyn Kind,
    conditions: Vec<Condition>,
    span: Option<Span>,
    sort: Option<Sort>,
}

/// One `--where`.
struct Condition {
    key: String,
    field: Option<Field>,
    /// None: the field is empty.
    value: Option<Value>,
}

/// The days asked for, in the field that dates the kind.
struct Span {
    field: &'static str,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

impl Question {
    /// Reads and checks what is asked for of a kind.
    ///
    /// # Errors
    /// An unknown field, code, id or unit, an impossible date.
    pub fn read(kind: &'static dyn Kind, args: &QueryArgs, read: &dyn Read) -> Result<Question, Failure> {
        let conditions = args.conditions.iter().map(|pair| Condition::read(kind, pair, read));
        Ok(Question {
            kind,
            conditions: conditions.collect::<Result<Vec<_>, _>>()?,
            span: Span::read(kind, args, read)?,
            sort: args
                .sort
                .as_deref()
                .map(|key| Sort::read(kind, key, read))
                .transpose()?,
        })
    }

    /// The records asked for, in the order asked for. In the order of entry they are read as they are wanted.
    ///
    /// # Errors
    /// The store's.
    pub fn entries<'a>(&'a self, read: &'a dyn Read) -> Result<Found<'a>, StoreError> {
        let found = self.unsorted(read)?;
        Ok(match &self.sort {
            None => found,
            Some(sort) => Box::new(sort.sorted(found, read)?.map(Ok)),
        })
    }

    fn unsorted<'a>(&'a self, read: &'a dyn Read) -> Result<Found<'a>, StoreError> {
        let found: Found<'a> = match self.indexed(read)? {
            Some(ids) => {
                let key = self.kind.key();
                Box::new(ids.into_iter().filter_map(move |id| read.get(key, id).transpose()))
            }
            None => read.scan(self.kind.key()),
        };
        let wanted = |entry: &Entry| {
            self.conditions.iter().all(|condition| condition.holds(entry))
                && self.span.as_ref().is_none_or(|span| span.holds(entry))
        };
        Ok(Box::new(found.filter(move |entry| entry.as_ref().map_or(true, wanted))))
    }

    /// The ids that an index narrows the question to, in the order of entry; none where all must be read.
    fn indexed(&self, read: &dyn Read) -> Result<Option<Vec<Id>>, StoreError> {
        let key = self.kind.key();
        let mut ids: Option<Vec<Id>> = None;
        for condition in &self.conditions {
            if let (Some(field), Some(Value::Id(id))) = (condition.field, condition.value.as_ref().map(first))
                && field.indexed
            {
                let found = read
                    .refers(*id, key, field.key, Order::Forward)
                    .map(|item| item.map(|item| item.id));
                ids = Some(found.collect::<Result<_, _>>()?);
            }
        }
        if let (None, Some(span)) = (&ids, &self.span)
            && self.kind.field(span.field).is_some_and(|field| field.indexed)
        {
            let found = read.dated(key, span.field, span.from, span.to, Order::Forward);
            ids = Some(found.map(|item| item.map(|item| item.id)).collect::<Result<_, _>>()?);
        }
        Ok(ids.map(|mut ids| {
            ids.arrange();
            ids
        }))
    }
}

/// The text as a sentence, ended once.
fn sentence(text: &str) -> String {
    match text.ends_with(['.', '?', '…']) {
        true => text.to_string(),
        false => format!("{text}."),
    }
}

fn first(value: &Value) -> &Value {
    value.items().first().unwrap_or(value)
}

impl Condition {
    fn read(kind: &'static dyn Kind, pair: &Pair, read: &dyn Read) -> Result<Condition, Failure> {
        let field = read.schema().field(kind, &pair.key).copied();
        let refused = |text: Message| {
            Failure::refused(
                format!("--where {}: {} Chưa làm gì.", pair.key, sentence(&text.vi)),
                format!("--where {}: {} Nothing was done.", pair.key, sentence(&text.en)),
            )
        };
        let value = match field {
            _ if pair.value.trim().is_empty() => None,
            Some(Field {
                kind: FieldKind::Ref(target) | FieldKind::Refs(target),
                ..
            }) => Some(reference(target, &pair.value, read)?.map_err(refused)?),
            Some(field) => {
                reading::from_text(&field, &pair.value, read.known()).map_err(|wrong| refused(wrong.text))?
            }
            None if pair.key == "id" => {
                let id = pair.value.trim().parse::<Id>();
                let wrong = |_| refused(Message::new("id phải là một UUID", "an id is a UUID"));
                Some(Value::Id(id.map_err(wrong)?))
            }
            None => return Err(refused(unknown_field(kind, &pair.key, read.schema()))),
        };
        Ok(Condition {
            key: pair.key.clone(),
            field,
            value,
        })
    }

    fn holds(&self, entry: &Entry) -> bool {
        let Some(wanted) = &self.value else {
            return entry.get(&self.key).is_none();
        };
        if self.field.is_none() {
            return wanted.as_id() == Some(entry.id);
        }
        let Some(value) = entry.get(&self.key) else {
            return false;
        };
        wanted
            .items()
            .iter()
            .all(|wanted| value.items().iter().any(|item| self.same(item, wanted)))
            || value == wanted
    }

    fn same(&self, item: &Value, wanted: &Value) -> bool {
        match (self.field.map(|field| field.kind), item, wanted) {
            (Some(FieldKind::Code), Value::Text(item), Value::Text(wanted)) => {
                index::fold_code(item) == index::fold_code(wanted)
            }
            _ => item == wanted,
        }
    }
}

/// A reference to look for: also one to a deleted record, which others may still bear.
fn reference(kind: &str, text: &str, read: &dyn Read) -> Result<Result<Value, Message>, Failure> {
    if let Ok(id) = text.parse::<Id>()
        && read.grave(id)?.is_some()
    {
        return Ok(Ok(Value::Id(id)));
    }
    Ok(reading::read_reference(kind, text.trim(), read.known()).map_err(|wrong| wrong.text))
}

impl Span {
    fn read(kind: &'static dyn Kind, args: &QueryArgs, read: &dyn Read) -> Result<Option<Span>, Failure> {
        if args.from.is_none() && args.to.is_none() {
            return Ok(None);
        }
        let Some(field) = kind.when() else {
            let label = kind.label();
            return Err(Failure::refused(
                format!(
                    "{} không xếp theo ngày, nên không dùng được --from và --to. Chưa làm gì.",
                    label.vi
                ),
                format!(
                    "{}: records of this kind have no date for --from and --to. Nothing was done.",
                    label.en
                ),
            ));
        };
        let today = read.known().today();
        let day = |text: &Option<String>| match text {
            None => Ok(None),
            Some(text) => date::read_date(text, today, Near::Past).map(Some).map_err(|fault| {
                Failure::refused(
                    format!("Ngày \"{text}\": {} Chưa làm gì.", sentence(fault.vi())),
                    format!("Date \"{text}\": {} Nothing was done.", sentence(fault.en())),
                )
            }),
        };
        Ok(Some(Span {
            field,
            from: day(&args.from)?,
            to: day(&args.to)?,
        }))
    }

    fn holds(&self, entry: &Entry) -> bool {
        entry
            .date(self.field)
            .is_some_and(|day| self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to))
    }
}

/// How the records are put in order.
struct Sort {
    /// None: by id.
    by: Option<Field>,
    backwards: bool,
}

/// What is compared; empty fields come last, whichever the direction.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum SortKey {
    Number(i64),
    Text(Vec<u8>),
}

impl Sort {
    fn read(kind: &'static dyn Kind, text: &str, read: &dyn Read) -> Result<Sort, Failure> {
        let (key, backwards) = text.strip_prefix('-').map_or((text, false), |key| (key, true));
        let by = match read.schema().field(kind, key) {
            Some(field) => Some(*field),
            None if key == "id" => None,
            None => {
                let text = unknown_field(kind, key, read.schema());
                return Err(Failure::refused(
                    format!("--sort: {} Chưa làm gì.", text.vi),
                    format!("--sort: {} Nothing was done.", text.en),
                ));
            }
        };
        Ok(Sort { by, backwards })
    }

    fn sorted(&self, found: Found<'_>, read: &dyn Read) -> Result<impl Iterator<Item = Entry> + use<>, StoreError> {
        let mut keyed = Vec::new();
        for entry in found {
            let entry = entry?;
            keyed.push((self.key(&entry, read)?, entry));
        }
        keyed.arrange_by(|(a, _), (b, _)| match (a, b) {
            (Some(a), Some(b)) if self.backwards => b.cmp(a),
            (Some(a), Some(b)) => a.cmp(b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        });
        Ok(keyed.into_iter().map(|(_, entry)| entry))
    }

    fn key(&self, entry: &Entry, read: &dyn Read) -> Result<Option<SortKey>, StoreError> {
        let Some(field) = &self.by else {
            return Ok(Some(SortKey::Text(entry.id.bytes().to_vec())));
        };
        let Some(value) = entry.get(field.key) else {
            return Ok(None);
        };
        let value = first(value);
        Ok(Some(match (field.kind, value) {
            (_, Value::Number(number)) => SortKey::Number(*number),
            (_, Value::Bool(flag)) => SortKey::Number(i64::from(*flag)),
            // Thousandths are finer than any score or bound.
            (_, Value::Decimal(decimal)) => SortKey::Number((decimal * 1000.0) as i64),
            (_, value) if value.as_date().is_some() => {
                SortKey::Number(value.as_date().map_or(0, |day| i64::from(day.num_days_from_ce())))
            }
            (FieldKind::Name, Value::Text(name)) => SortKey::Text(collate::name_key(name)),
            (FieldKind::Choice(list) | FieldKind::Choices(list), Value::Text(code)) => {
                let place = catalog::list(list).and_then(|list| list.index(code));
                SortKey::Number(place.map_or(i64::MAX, |place| place as i64))
            }
            (FieldKind::Code, Value::Text(code)) => SortKey::Text(code.to_lowercase().into_bytes()),
            (_, value) => SortKey::Text(collate::sort_key(&in_words(Some(field), value, read, Lang::Vi)?)),
        }))
    }
}
