//! The boundary `Record` (a typed struct made by `record!` from one list of fields), the boundary `Kind` (the same,
//! erased) and the registry of kinds.
//!
//! A field stands in one place: the list given to `record!`. The struct, its reading and writing and its `Field`s come
//! from it; forms, tables, import, export, indexes, the audit trail and merging come from the `Field`s.

mod macros;

use std::marker::PhantomData;
use std::sync::OnceLock;

use super::entry::Entry;
use super::finding::Findings;
use super::id::Id;
use super::known::Known;
use super::schema::{Field, FieldKind};
use super::text::Text;
use super::value::Slot;

/// What every record has beside its kind's own fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Common {
    /// The record's id; none before it is written to an entry.
    pub id: Option<Id>,
    /// The unit that it belongs to.
    pub unit: Option<String>,
    /// A free note.
    pub note: Option<String>,
    /// The programmes that an activity belongs to.
    pub programmes: Vec<String>,
}

/// A typed record, as `record!` makes it.
pub trait Record: Sized + Default + Clone + Send + Sync + 'static {
    /// The kind's key.
    const KEY: &'static str;
    /// What one such record is called.
    const LABEL: Text;
    /// The kind's own fields, in the order of the form.
    fn own_fields() -> Vec<Field>;
    /// Reads an erased record; values of another shape read as empty.
    fn read(entry: &Entry) -> Self;
    /// Writes the typed fields into an erased record; all else in it stays.
    fn write(&self, entry: &mut Entry);
    /// What every record has.
    fn common(&self) -> &Common;
    /// See [`Record::common`].
    fn common_mut(&mut self) -> &mut Common;
}

/// A change that a record causes in another: a visit's difficulties open issues.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Create or replace a record.
    Save(Entry),
    /// Delete a record.
    Delete(&'static str, Id),
}

/// What is particular to a kind. Each method has a default, so that a kind says only what is its own.
pub trait Rules: Record {
    /// Whether records of the kind belong to programmes.
    const ACTIVITY: bool = false;
    /// The date field that orders the kind's table, newest first; none for registers ordered by name.
    const WHEN: Option<&'static str> = None;
    /// The field that names a record.
    const NAME: Option<&'static str> = None;
    /// Fields that index entries carry beside the unit, so that counting reads no records.
    const COVER: &'static [&'static str] = &[];
    /// Whether the index also tells these fields by the record's id: for kinds that counting asks about one by one.
    const COVER_BY_ID: bool = false;

    /// The record's name for lists and messages.
    fn title(&self, known: &dyn Known) -> String;

    /// Fills in defaults and stamps that depend on other fields (a state's date, a session's state, the programmes).
    /// `before` is the record as it stands in the store.
    fn complete(&mut self, _before: Option<&Self>, _known: &dyn Known) {}

    /// The kind's own rules; what every kind obeys (required fields, codes, references, counts) is checked for all.
    fn check(&self, _before: Option<&Self>, _known: &dyn Known, _findings: &mut Findings) {}

    /// What saving or deleting the record changes in others.
    fn effects(_before: Option<&Self>, _after: Option<&Self>, _known: &dyn Known) -> Vec<Change> {
        Vec::new()
    }
}

/// A kind of record, erased: what store, forms and files work with.
pub trait Kind: Send + Sync {
    /// The stable key: `visit`.
    fn key(&self) -> &'static str;
    /// What one record is called: "Lượt thăm".
    fn label(&self) -> Text;
    /// All built-in fields, common ones included, in the order of the form.
    fn fields(&'static self) -> &'static [Field];
    /// See [`Rules::ACTIVITY`].
    fn is_activity(&self) -> bool;
    /// See [`Rules::WHEN`].
    fn when(&self) -> Option<&'static str>;
    /// See [`Rules::NAME`].
    fn name_field(&self) -> Option<&'static str>;
    /// See [`Rules::COVER`].
    fn cover(&self) -> &'static [&'static str];
    /// See [`Rules::COVER_BY_ID`].
    fn is_covered_by_id(&self) -> bool;
    /// See [`Rules::title`].
    fn title(&self, entry: &Entry, known: &dyn Known) -> String;
    /// See [`Rules::complete`].
    fn complete(&self, entry: &mut Entry, before: Option<&Entry>, known: &dyn Known);
    /// See [`Rules::check`].
    fn check(&self, entry: &Entry, before: Option<&Entry>, known: &dyn Known, findings: &mut Findings);
    /// See [`Rules::effects`].
    fn effects(&self, before: Option<&Entry>, after: Option<&Entry>, known: &dyn Known) -> Vec<Change>;

    /// A built-in field.
    fn field(&'static self, key: &str) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.key == key)
    }

    /// The field whose values are unique codes, by which records are found.
    fn code_field(&'static self) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.kind == FieldKind::Code)
    }
}

/// The one implementation of [`Kind`], for every record.
pub struct Erased<R> {
    fields: OnceLock<Vec<Field>>,
    owns_unit: OnceLock<bool>,
    record: PhantomData<fn() -> R>,
}

impl<R: Rules> Erased<R> {
    /// For the registry.
    pub const fn new() -> Erased<R> {
        Erased {
            fields: OnceLock::new(),
            owns_unit: OnceLock::new(),
            record: PhantomData,
        }
    }

    fn all_fields() -> Vec<Field> {
        let mut fields = R::own_fields();
        let mut add = |field: Field| {
            if !fields.iter().any(|own| own.key == field.key) {
                fields.push(field);
            }
        };
        if R::ACTIVITY {
            let programmes = FieldKind::Choices("programme");
            add(Field::new("programmes", programmes, Text::new("Đề án", "Programmes")).block("Khác", "More"));
        }
        add(Field::new("note", FieldKind::Lines, Text::new("Ghi chú", "Note")).block("Khác", "More"));
        add(Field::new("unit", FieldKind::Unit, Text::new("Đơn vị", "Unit"))
            .block("Khác", "More")
            .required());
        fields
    }
}

impl<R: Rules> Default for Erased<R> {
    fn default() -> Erased<R> {
        Erased::new()
    }
}

impl<R: Rules> Kind for Erased<R> {
    fn key(&self) -> &'static str {
        R::KEY
    }

    fn label(&self) -> Text {
        R::LABEL
    }

    fn fields(&'static self) -> &'static [Field] {
        self.fields.get_or_init(Self::all_fields)
    }

    fn is_activity(&self) -> bool {
        R::ACTIVITY
    }

    fn when(&self) -> Option<&'static str> {
        R::WHEN
    }

    fn name_field(&self) -> Option<&'static str> {
        R::NAME
    }

    fn cover(&self) -> &'static [&'static str] {
        R::COVER
    }

    fn is_covered_by_id(&self) -> bool {
        R::COVER_BY_ID
    }

    fn title(&self, entry: &Entry, known: &dyn Known) -> String {
        R::read(entry).title(known)
    }

    fn complete(&self, entry: &mut Entry, before: Option<&Entry>, known: &dyn Known) {
        let mut record = R::read(entry);
        // A kind with a unit of its own (the unit that a figure is about) asks for it: the office is no guess there.
        let owns_unit = self
            .owns_unit
            .get_or_init(|| R::own_fields().iter().any(|field| field.key == "unit"));
        if !owns_unit && record.common_mut().unit.is_none() {
            record.common_mut().unit = known.office();
        }
        record.complete(before.map(R::read).as_ref(), known);
        record.write(entry);
    }

    fn check(&self, entry: &Entry, before: Option<&Entry>, known: &dyn Known, findings: &mut Findings) {
        R::read(entry).check(before.map(R::read).as_ref(), known, findings);
    }

    fn effects(&self, before: Option<&Entry>, after: Option<&Entry>, known: &dyn Known) -> Vec<Change> {
        R::effects(before.map(R::read).as_ref(), after.map(R::read).as_ref(), known)
    }
}

impl Common {
    /// Reads them from an erased record.
    pub fn read(entry: &Entry) -> Common {
        Common {
            id: Some(entry.id),
            unit: entry.field("unit"),
            note: entry.field("note"),
            programmes: entry.field("programmes"),
        }
    }

    /// Writes them into an erased record; a kind with a `unit` of its own writes that after.
    pub fn write(&self, entry: &mut Entry) {
        entry.set("unit", self.unit.put());
        entry.set("note", self.note.put());
        entry.set("programmes", self.programmes.put());
    }
}

macro_rules! registry {
    ($($static:ident : $record:ty;)*) => {
        $( static $static: Erased<$record> = Erased::new(); )*
        /// Every kind of record. A new kind is one file in `domain/` and one line here.
        pub static KINDS: &[&dyn Kind] = &[$(&$static),*];
    };
}

registry! {
    UNIT: super::unit::OwnUnit;
    UNIT_YEAR: super::declared::UnitYear;
    UNIT_FIGURES: super::declared::UnitFigures;
    PERSON: super::person::Person;
    POST: super::post::Post;
    COOPERATIVE: super::cooperative::Cooperative;
    COOPERATIVE_MARK: super::cooperative_mark::CooperativeMark;
    ROLE: super::role::Role;
    MEASUREMENT: super::measurement::Measurement;
    VISIT: super::visit::Visit;
    ISSUE: super::issue::Issue;
    TRAINING: super::training::Training;
    ATTENDANCE: super::attendance::Attendance;
    FAIR: super::fair::Fair;
    BOOTH: super::booth::Booth;
    PRODUCT: super::product::Product;
    SUPPORT: super::support::Support;
    FUNDS: super::funds::Funds;
    OUTREACH: super::outreach::Outreach;
    FORMATION: super::formation::Formation;
    CONTEST_ENTRY: super::contest::ContestEntry;
    INSPECTION: super::inspection::Inspection;
    COMMENDATION: super::inspection::Commendation;
    PARTNER: super::partner::Partner;
    PLAN: super::plan::Plan;
    TARGET: super::target::Target;
    ALLOCATION: super::target::Allocation;
    PLAN_TASK: super::plan::PlanTask;
    EMULATION_SCORE: super::emulation::EmulationScore;
    REPORT_TEXT: super::filing::ReportText;
    CLOSED_REPORT: super::filing::ClosedReport;
    FILING: super::filing::Filing;
    ROLLOUT: super::plan::Rollout;
}

/// The kind of a key.
pub fn kind(key: &str) -> Option<&'static dyn Kind> {
    KINDS.iter().copied().find(|kind| kind.key() == key)
}

#[cfg(test)]
mod tests;
