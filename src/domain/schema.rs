//! Fields: what a kind of record is made of, in one list from which form, table, headings, import, search, audit trail
//! and merge are derived; and the schema, which adds the office's own fields at run time.

use std::collections::BTreeMap;

use super::record::{Kind, kind};
use super::text::Text;
pub use crate::vietnamese::date::Near;

/// What a field holds, and so how it is typed, checked, shown and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// One line of Vietnamese text.
    Text,
    /// Several lines of Vietnamese text.
    Lines,
    /// A person's name: sorted by given name.
    Name,
    /// Letters and digits typed as they are, unique in the kind.
    Code,
    /// A number of a certificate, a tax code, a link: typed as it is.
    Plain,
    /// A telephone number.
    Phone,
    /// A tax code (MST).
    TaxCode,
    /// One code of the list named.
    Choice(&'static str),
    /// Several codes of the list named.
    Choices(&'static str),
    /// A record of the kind named.
    Ref(&'static str),
    /// Several records of the kind named.
    Refs(&'static str),
    /// An administrative or own unit, by uid.
    Unit,
    /// Several units.
    Units,
    /// A day.
    Date,
    /// A day, a month or a year alone.
    Partial,
    /// A year, four digits.
    Year,
    /// A count, never negative.
    Count,
    /// An amount in đồng, never negative.
    Money,
    /// A whole amount in đồng that may be negative (a profit).
    Balance,
    /// A score or a bound.
    Decimal,
    /// Yes or no.
    Flag,
    /// Yes or no a day.
    Days,
    /// Several free texts.
    Texts,
    /// Counts by code of the list named.
    Counts(&'static str),
    /// A reporting period: 2026-W21, 2026-05, 2026-Q2, 2026-H1, 2026.
    Period,
    /// Structured data that no officer types.
    Json,
}

impl FieldKind {
    /// Whether Vietnamese is typed into the field (the input method is off elsewhere).
    pub fn is_prose(self) -> bool {
        matches!(
            self,
            FieldKind::Text | FieldKind::Lines | FieldKind::Name | FieldKind::Texts
        )
    }

    /// Whether the field holds a number that is right-aligned.
    pub fn is_number(self) -> bool {
        matches!(
            self,
            FieldKind::Count | FieldKind::Money | FieldKind::Balance | FieldKind::Decimal | FieldKind::Year
        )
    }

    /// The code list behind the field.
    pub fn list(self) -> Option<&'static str> {
        match self {
            FieldKind::Choice(list) | FieldKind::Choices(list) | FieldKind::Counts(list) => Some(list),
            _ => None,
        }
    }

    /// The kind of record that the field refers to.
    pub fn target(self) -> Option<&'static str> {
        match self {
            FieldKind::Ref(kind) | FieldKind::Refs(kind) => Some(kind),
            _ => None,
        }
    }

    /// Whether the field may hold several values.
    pub fn is_multiple(self) -> bool {
        use FieldKind::*;
        matches!(self, Choices(_) | Refs(_) | Units | Days | Texts | Counts(_))
    }
}

/// Who may see a field, outside its own form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privacy {
    /// May stand in reports and exports.
    Open,
    /// A person's data: never in a report, left out of exports unless asked for.
    Personal,
}

/// Whether a record of the kind can be without the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// May be empty.
    Optional,
    /// Must be filled.
    Required,
}

/// One field of a kind: everything that is derived from it stands here.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The stable name, as in JSON, exports and the journal.
    pub key: &'static str,
    /// What it holds.
    pub kind: FieldKind,
    /// The heading in forms, tables and exports.
    pub label: Text,
    /// Whether it must be filled.
    pub need: Need,
    /// Who may see it.
    pub privacy: Privacy,
    /// Whether a short date means the nearest past or the nearest coming one.
    pub near: Near,
    /// The form keeps its last value for the next record.
    pub sticky: bool,
    /// Stands on the same line as the field before it, where there is room.
    pub beside: bool,
    /// The heading in the form, where the field before it says the rest ("trong đó nữ"); empty for the label itself.
    pub inline: Text,
    /// The block of the form that it stands in; none for the main path.
    pub block: Option<Text>,
    /// Has entries in the date index (dates) or in the reference index (references).
    pub indexed: bool,
    /// A count that is part of the count in the field named (women of members): more is an error.
    pub part_of: Option<&'static str>,
    /// A date that must not come before the one in the field named.
    pub not_before: Option<&'static str>,
    /// Most graphemes that fit; 0 for no limit but the record's.
    pub max: u16,
    /// A number below it is doubtful.
    pub at_least: Option<i64>,
    /// A number above it is doubtful.
    pub at_most: Option<i64>,
    /// What to know while filling it; empty for nothing.
    pub hint: Text,
    /// Never typed by an officer: set by the program.
    pub hidden: bool,
}

impl Field {
    /// An optional field; the methods below change it.
    pub const fn new(key: &'static str, kind: FieldKind, label: Text) -> Field {
        Field {
            key,
            kind,
            label,
            need: Need::Optional,
            privacy: Privacy::Open,
            near: Near::Past,
            sticky: false,
            beside: false,
            inline: Text::new("", ""),
            block: None,
            indexed: false,
            part_of: None,
            not_before: None,
            max: 0,
            at_least: None,
            at_most: None,
            hint: Text::new("", ""),
            hidden: false,
        }
    }

    /// Must be filled.
    pub const fn required(mut self) -> Field {
        self.need = Need::Required;
        self
    }

    /// A person's data.
    pub const fn personal(mut self) -> Field {
        self.privacy = Privacy::Personal;
        self
    }

    /// A date that lies ahead.
    pub const fn coming(mut self) -> Field {
        self.near = Near::Coming;
        self
    }

    /// A date that may lie ahead or behind: a session is entered before it is held or after.
    pub const fn either(mut self) -> Field {
        self.near = Near::Either;
        self
    }

    /// Keeps its value for the next record.
    pub const fn sticky(mut self) -> Field {
        self.sticky = true;
        self
    }

    /// On the line of the field before it.
    pub const fn beside(mut self) -> Field {
        self.beside = true;
        self
    }

    /// On the line of the field before it, with a heading that goes on from that one's.
    pub const fn inline(mut self, vi: &'static str, en: &'static str) -> Field {
        self.beside = true;
        self.inline = Text::new(vi, en);
        self
    }

    /// In a block that one key opens, off the Enter path.
    pub const fn block(mut self, vi: &'static str, en: &'static str) -> Field {
        self.block = Some(Text::new(vi, en));
        self
    }

    /// With entries in the date or the reference index.
    pub const fn indexed(mut self) -> Field {
        self.indexed = true;
        self
    }

    /// Part of the count in another field.
    pub const fn part_of(mut self, whole: &'static str) -> Field {
        self.part_of = Some(whole);
        self
    }

    /// Not before the date in another field.
    pub const fn not_before(mut self, start: &'static str) -> Field {
        self.not_before = Some(start);
        self
    }

    /// At most so many graphemes.
    pub const fn max(mut self, graphemes: u16) -> Field {
        self.max = graphemes;
        self
    }

    /// With a hint shown while it is filled.
    pub const fn hint(mut self, vi: &'static str, en: &'static str) -> Field {
        self.hint = Text::new(vi, en);
        self
    }

    /// Set by the program alone.
    pub const fn hidden(mut self) -> Field {
        self.hidden = true;
        self
    }

    /// The heading in a form.
    pub fn form_label(&self) -> Text {
        if self.inline.vi.is_empty() {
            self.label
        } else {
            self.inline
        }
    }

    /// Whether it must be filled.
    pub fn is_required(&self) -> bool {
        self.need == Need::Required
    }
}

/// All fields of all kinds: the built-in ones and the office's own, read at run time.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    own: BTreeMap<&'static str, Vec<Field>>,
}

impl Schema {
    /// The built-in fields alone.
    pub fn builtin() -> Schema {
        Schema::default()
    }

    /// Adds an own field to a kind; false, and nothing added, where the kind has that key already.
    pub fn add_own(&mut self, kind: &'static dyn Kind, field: Field) -> bool {
        let is_new = self.field(kind, field.key).is_none();
        if is_new {
            self.own.entry(kind.key()).or_default().push(field);
        }
        is_new
    }

    /// The fields of a kind, in the order of the form: the office's own stand at the end of the main path, before what
    /// stands in blocks.
    pub fn fields(&self, kind: &'static dyn Kind) -> impl Iterator<Item = &Field> {
        let built_in = kind.fields();
        let blocks = built_in.iter().position(|field| field.block.is_some());
        let (main, blocks) = built_in.split_at(blocks.unwrap_or(built_in.len()));
        main.iter().chain(self.own(kind)).chain(blocks)
    }

    /// The office's own fields of a kind.
    pub fn own(&self, kind: &'static dyn Kind) -> &[Field] {
        self.own.get(kind.key()).map_or(&[], Vec::as_slice)
    }

    /// The fields of a kind named by its key; none for an unknown kind.
    pub fn fields_of(&self, key: &str) -> impl Iterator<Item = &Field> {
        kind(key).into_iter().flat_map(|kind| self.fields(kind))
    }

    /// One field.
    pub fn field(&self, kind: &'static dyn Kind, key: &str) -> Option<&Field> {
        let own = || self.own(kind).iter().find(|field| field.key == key);
        kind.field(key).or_else(own)
    }
}
