//! The boundary `Record` (a typed struct made by `record!` from one list of fields), the boundary `Kind` (the same,
//! erased) and the registry of kinds.
//!
//! A field stands in one place: the list given to `record!`. The struct, its reading and writing and its `Field`s come
//! from it; forms, tables, import, export, indexes, the audit trail and merging come from the `Field`s.

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

/// The Rust type of a field, by its kind.
#[macro_export]
macro_rules! field_type {
    (Choices) => { Vec<String> };
    (Units) => { Vec<String> };
    (Texts) => { Vec<String> };
    (Ref) => { Option<$crate::domain::id::Id> };
    (Refs) => { Vec<$crate::domain::id::Id> };
    (Date) => { Option<chrono::NaiveDate> };
    (Partial) => { Option<$crate::vietnamese::date::Partial> };
    (Year) => { Option<i64> };
    (Count) => { Option<i64> };
    (Money) => { Option<i64> };
    (Balance) => { Option<i64> };
    (Decimal) => { Option<f64> };
    (Flag) => { Option<bool> };
    (Days) => { Vec<bool> };
    (Counts) => { std::collections::BTreeMap<String, i64> };
    (Json) => { Option<serde_json::Value> };
    ($text:ident) => { Option<String> };
}

/// The key of a field: its name, or the one given for a name that Rust keeps for itself (`own as "self"`).
#[macro_export]
macro_rules! field_key {
    ($name:ident) => {
        stringify!($name)
    };
    ($name:ident $key:literal) => {
        $key
    };
}

/// Fields that several kinds share: a struct with its list of fields, flattened into the records that hold it.
#[macro_export]
macro_rules! fields {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $( $key:ident $(as $alias:literal)? : $fk:ident $([$arg:expr])? = ($vi:literal, $en:literal)
                $([ $($attr:ident $(($($val:expr),*))?),* $(,)? ])? ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            $( #[doc = $en] pub $key: $crate::field_type!($fk), )*
        }

        impl $name {
            /// The fields, in the order of the form.
            pub fn own_fields() -> Vec<$crate::domain::schema::Field> {
                vec![ $( $crate::domain::schema::Field::new(
                    $crate::field_key!($key $($alias)?),
                    $crate::domain::schema::FieldKind::$fk $(($arg))?,
                    $crate::domain::text::Text::new($vi, $en),
                ) $( $( .$attr($($($val),*)?) )* )? ),* ]
            }

            /// Reads them from an erased record.
            pub fn read(entry: &$crate::domain::entry::Entry) -> $name {
                $name { $( $key: entry.field($crate::field_key!($key $($alias)?)), )* }
            }

            /// Writes them into an erased record.
            pub fn write(&self, entry: &mut $crate::domain::entry::Entry) {
                $( entry.set($crate::field_key!($key $($alias)?), $crate::domain::value::Slot::put(&self.$key)); )*
            }
        }
    };
}

/// A kind of record from one list of fields:
///
/// ```ignore
/// record! {
///     /// One visit.
///     pub struct Visit: "visit" = ("Lượt thăm", "Visit") {
///         date: Date = ("Ngày thăm", "Date of visit") [required, indexed],
///         cooperative: Ref["cooperative"] = ("HTX, THT", "Cooperative") [required, indexed],
///     }
///     flat measurement: Measured,
///     { advice: Lines = ("Hướng dẫn, tư vấn", "Advice given") }
/// }
/// ```
#[macro_export]
macro_rules! record {
    (
        $(#[$meta:meta])*
        pub struct $name:ident : $kindkey:literal = ($kindvi:literal, $kinden:literal) {
            $( $key:ident $(as $alias:literal)? : $fk:ident $([$arg:expr])? = ($vi:literal, $en:literal)
                $([ $($attr:ident $(($($val:expr),*))?),* $(,)? ])? ),* $(,)?
        }
        $( flat $flat:ident : $flatty:ty,
        {
            $( $key2:ident $(as $alias2:literal)? : $fk2:ident $([$arg2:expr])? = ($vi2:literal, $en2:literal)
                $([ $($attr2:ident $(($($val2:expr),*))?),* $(,)? ])? ),* $(,)?
        } )?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            /// Id, unit, note and programmes.
            pub common: $crate::domain::record::Common,
            $( #[doc = $en] pub $key: $crate::field_type!($fk), )*
            $( #[doc = "Shared fields."] pub $flat: $flatty,
               $( #[doc = $en2] pub $key2: $crate::field_type!($fk2), )* )?
        }

        impl $crate::domain::record::Record for $name {
            const KEY: &'static str = $kindkey;
            const LABEL: $crate::domain::text::Text = $crate::domain::text::Text::new($kindvi, $kinden);

            fn own_fields() -> Vec<$crate::domain::schema::Field> {
                #[allow(unused_mut)]
                let mut list = vec![ $( $crate::domain::schema::Field::new(
                    $crate::field_key!($key $($alias)?),
                    $crate::domain::schema::FieldKind::$fk $(($arg))?,
                    $crate::domain::text::Text::new($vi, $en),
                ) $( $( .$attr($($($val),*)?) )* )? ),* ];
                $(
                    list.extend(<$flatty>::own_fields());
                    list.extend([ $( $crate::domain::schema::Field::new(
                        $crate::field_key!($key2 $($alias2)?),
                        $crate::domain::schema::FieldKind::$fk2 $(($arg2))?,
                        $crate::domain::text::Text::new($vi2, $en2),
                    ) $( $( .$attr2($($($val2),*)?) )* )? ),* ]);
                )?
                list
            }

            fn read(entry: &$crate::domain::entry::Entry) -> $name {
                $name {
                    common: $crate::domain::record::Common::read(entry),
                    $( $key: entry.field($crate::field_key!($key $($alias)?)), )*
                    $( $flat: <$flatty>::read(entry), $( $key2: entry.field($crate::field_key!($key2 $($alias2)?)), )* )?
                }
            }

            fn common(&self) -> &$crate::domain::record::Common {
                &self.common
            }

            fn common_mut(&mut self) -> &mut $crate::domain::record::Common {
                &mut self.common
            }

            fn write(&self, entry: &mut $crate::domain::entry::Entry) {
                self.common.write(entry);
                $( entry.set($crate::field_key!($key $($alias)?), $crate::domain::value::Slot::put(&self.$key)); )*
                $(
                    self.$flat.write(entry);
                    $( entry.set($crate::field_key!($key2 $($alias2)?), $crate::domain::value::Slot::put(&self.$key2)); )*
                )?
            }
        }
    };
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
mod tests {
    use super::*;
    use crate::domain::catalog;

    /// The kinds and their field keys, which scripts rely on; `*` after a field that must be filled.
    const PROMISED: &str = "
        unit: uid* code name* level* parent valid_from valid_to successors
        unit_year: unit* year* members chapters officers_full_time officers_committee officers_chapter officers_economic
        unit_figures: unit* period* code* value* women received_on
        person: code name* gender birth phone email address network_since priority_groups consent_on consent_form \
            consent_purposes consent_withdrawn_on
        post: person* unit* officer_kind* title economic from to
        cooperative: code kind* name* area address phone tax_code registration_no registered_on origin origin_unit sectors \
            features size predecessor
        cooperative_mark: cooperative* feature* from* to score
        role: person* cooperative* role* from to
        measurement: cooperative* date* status status_since members members_women workers workers_women \
            workers_women_stable members_working_women finance_year capital revenue profit income rating rating_year source
        visit: date* cooperative* officers purposes* mode area status status_since members members_women workers \
            workers_women workers_women_stable members_working_women finance_year capital revenue profit income rating \
            rating_year difficulties difficulty_text advice supports next_visit met findings proposal needs partners \
            programmes
        issue: cooperative* opened_on* difficulty* text state* escalated_to escalated_on reply due closed_on visit programmes
        training: code title* topics* mode from* to days venue area organiser union_part audience partners funding cost \
            planned_count state count_total count_women priority_counts programmes
        attendance: training* person name gender kind cooperative state* days certificate certificate_no
        fair: title* kind* from* to venue area organiser union_part partners planned_booths state programmes
        booth: fair* number* exhibitor person exhibitor_name categories products ocop_star revenue contracts \
            contract_value visitors state* registered_on confirmed_on
        product: cooperative* name* ocop_group ocop_star decided_on expires_on trademark_no trademark_on trace_on \
            planting_code standard channels
        support: date* cooperative person kind* partner asked granted granted_on in_kind_value contracts contract_value \
            funding state outcome priority_counts programmes
        funds: unit* year* plan side* source* amount* in_kind partner date
        outreach: date* form* title* area sessions items channel link cooperative audience reach reach_women \
            reach_members_new partners priority_counts programmes
        formation: name* kind* step* step_on* founders from_group cooperative reason programmes
        contest_entry: contest year* title* person cooperative field stage* registered_on sent_on region_final_on result \
            award_level award programmes
        inspection: date* level subjects findings proposals programmes
        commendation: date* round* title* subjects collective programmes
        partner: name* kind* area phone
        plan: code* number date issuer unit* title* programme* from* to* parents role_set eligible_rule manager_scope \
            founded_from founded_before maintained_needs_consolidated jobs_new_method cutoff_half cutoff_year
        target: plan* indicator* period* operator* low* high scope cumulative_from due topics baseline baseline_on literal \
            clause
        allocation: target* unit* year* low*
        plan_task: plan* task* lead partners due state
        emulation_score: unit* year* criterion* max self score
        report_text: report* period* unit* part* text
        closed_report: report* period* unit* closed_on* lines
        filing: plan unit* report* period* due* received_on number
        rollout: plan* unit* sent_on acknowledged_on own_plan_no own_plan_on steering_on";

    #[test]
    fn every_kind_has_the_fields_that_scripts_rely_on_and_no_others() {
        let mut kinds = 0;
        for line in PROMISED.trim().lines() {
            let (key, fields) = line.trim().split_once(": ").unwrap();
            let kind = kind(key).unwrap_or_else(|| panic!("no kind {key}"));
            let mut promised: Vec<String> = fields.split_whitespace().map(str::to_string).collect();
            promised.push("note".to_string());
            if !promised.contains(&"unit*".to_string()) {
                promised.push("unit*".to_string());
            }
            let starred = |field: &Field| format!("{}{}", field.key, if field.is_required() { "*" } else { "" });
            let mut present: Vec<String> = kind.fields().iter().map(starred).collect();
            promised.sort();
            present.sort();
            assert_eq!(present, promised, "{key}");
            kinds += 1;
        }
        assert_eq!(kinds, KINDS.len());
    }

    #[test]
    fn every_field_names_things_that_exist() {
        for kind in KINDS {
            for field in kind.fields() {
                let at = format!("{}.{}", kind.key(), field.key);
                if let Some(list) = field.kind.list() {
                    assert!(catalog::list(list).is_some(), "{at}: no list {list}");
                }
                if let Some(target) = field.kind.target() {
                    assert!(super::kind(target).is_some(), "{at}: no kind {target}");
                }
                for other in field.part_of.iter().chain(&field.not_before) {
                    assert!(kind.field(other).is_some(), "{at}: no field {other}");
                }
                assert!(!field.label.vi.is_empty() && !field.label.en.is_empty(), "{at}");
            }
            for key in kind.cover().iter().chain(&kind.when()).chain(&kind.name_field()) {
                assert!(kind.field(key).is_some(), "{}: no field {key}", kind.key());
            }
        }
    }

    #[test]
    fn a_date_that_orders_a_kind_of_activity_can_be_searched_by_period() {
        for kind in KINDS.iter().filter(|kind| kind.is_activity()) {
            let when = kind.when().and_then(|key| kind.field(key)).unwrap();
            assert!(when.indexed, "{}.{}", kind.key(), when.key);
        }
    }

    #[test]
    fn a_field_whose_name_rust_keeps_for_itself_has_its_own_key() {
        let mut entry = Entry::new("emulation_score");
        entry.set("self", Some(crate::domain::value::Value::Decimal(9.5)));
        let score = crate::domain::emulation::EmulationScore::read(&entry);
        assert_eq!(score.own, Some(9.5));
        let mut written = Entry::new("emulation_score");
        score.write(&mut written);
        assert_eq!(written.get("self"), entry.get("self"));
    }
}
