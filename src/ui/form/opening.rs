//! What a new cooperative brings along in the same form and the same transaction: its first figures and status, its
//! director with sex and telephone. They are records of their own (a measurement, a person, a role); what is left empty
//! makes none.

use super::engine::{Form, FormCx, Part};
use super::field::Cell;
use crate::domain::entry::Entry;
use crate::domain::finding::Finding;
use crate::domain::id::Id;
use crate::domain::record::kind;
use crate::domain::text::Text;
use crate::domain::value::Value;
use crate::vietnamese::name::tidy_name;

/// The first figures.
const FIGURES: usize = 1;
/// The director's role.
const ROLE: usize = 2;
/// The director, where it is a new person.
const PERSON: usize = 3;

const DIRECTOR: Text = Text::new("Giám đốc, tổ trưởng", "Director, leader");
const SEX: Text = Text::new("Giới tính", "Sex");
const TELEPHONE: Text = Text::new("Điện thoại riêng", "Own telephone");

/// Adds the cells to the form of a new cooperative.
pub(super) fn add(form: &mut Form, cx: &FormCx<'_>) {
    if form.kind.key() != "cooperative" {
        return;
    }
    let mut cells = Vec::new();
    let mut take = |part: usize, key: &str, field: &str, label: Option<Text>, beside: Option<bool>| {
        let found = kind(key).and_then(|kind| cx.read.schema().field(kind, field));
        if let Some(field) = found {
            let mut field = *field;
            field.label = label.unwrap_or(field.label);
            field.beside = beside.unwrap_or(field.beside);
            cells.push(Cell::new(part, field));
        }
    };
    take(FIGURES, "measurement", "status", None, None);
    take(FIGURES, "measurement", "members", None, None);
    take(FIGURES, "measurement", "members_women", None, None);
    take(FIGURES, "measurement", "workers", None, None);
    take(FIGURES, "measurement", "workers_women", None, None);
    take(ROLE, "role", "person", Some(DIRECTOR), None);
    take(PERSON, "person", "gender", Some(SEX), None);
    take(PERSON, "person", "phone", Some(TELEPHONE), Some(true));
    for cell in &mut cells {
        // Whether a person is needed is for the form to know, not for the field.
        if cell.part == ROLE {
            cell.field.need = crate::domain::schema::Need::Optional;
            cell.take_new_names();
        }
    }
    let end = form
        .cells
        .iter()
        .position(|cell| cell.field.block.is_some())
        .unwrap_or(form.cells.len());
    form.cells.splice(end..end, cells);
    form.parts.extend(["measurement", "role", "person"].map(|kind| Part {
        entry: Entry::new(kind),
        before: None,
    }));
}

/// Whether a finding is only about a tie between records of the form, which does not stand in the store yet.
pub(super) fn links(part: usize, finding: &Finding) -> bool {
    let field = finding.field.as_deref();
    match part {
        FIGURES => matches!(field, Some("cooperative" | "date")),
        ROLE => matches!(field, Some("cooperative" | "person" | "role")),
        _ => false,
    }
}

impl Form {
    fn director(&self) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.part == ROLE)
    }

    /// The name of a director who is no known person.
    fn new_director(&self) -> Option<&str> {
        let cell = self.director().filter(|cell| cell.value().is_none())?;
        Some(cell.text()).filter(|name| !name.trim().is_empty())
    }

    /// Whether an empty cell that comes along has anything to ask for.
    pub(super) fn asks_along(&self, at: usize) -> bool {
        self.cells[at].part != PERSON || self.new_director().is_some()
    }

    /// Whether anything was entered for a part.
    pub(super) fn is_filled(&self, part: usize) -> bool {
        match part {
            PERSON => self.new_director().is_some(),
            ROLE => self.director().is_some_and(|cell| !cell.is_empty()),
            _ => self
                .cells
                .iter()
                .any(|cell| cell.part == part && cell.value().is_some()),
        }
    }

    /// Gives a new director's record the name that was typed.
    pub(super) fn name_director(&self, part: usize, entry: &mut Entry) {
        if let (PERSON, Some(name)) = (part, self.new_director()) {
            entry.set("name", Some(Value::Text(tidy_name(name))));
        }
    }

    /// All records to save, in the order in which they refer to each other.
    pub(super) fn entries(&self, cx: &FormCx<'_>) -> Vec<Entry> {
        let mut entries = vec![self.marked(0)];
        if self.parts.len() == 1 {
            return entries;
        }
        let cooperative = entries[0].id;
        if self.is_filled(FIGURES) {
            let mut figures = self.marked(FIGURES);
            figures.set("cooperative", Some(Value::Id(cooperative)));
            figures.set("date", Some(Value::Date(cx.read.today())));
            entries.push(figures);
        }
        let person = self.person(&mut entries);
        if let (Some(person), Some(role)) = (person, role_of(entries[0].text("kind"))) {
            let mut entry = self.marked(ROLE);
            entry.set("person", Some(Value::Id(person)));
            entry.set("cooperative", Some(Value::Id(cooperative)));
            entry.set("role", Some(Value::Text(role.to_owned())));
            entries.push(entry);
        }
        entries
    }

    /// The director: a known person, or a new one that is to be saved too.
    fn person(&self, entries: &mut Vec<Entry>) -> Option<Id> {
        if let Some(known) = self.director()?.value().and_then(Value::as_id) {
            return Some(known);
        }
        self.new_director()?;
        let person = self.marked(PERSON);
        let id = person.id;
        entries.push(person);
        Some(id)
    }
}

/// Who leads an organisation of a kind (Luật HTX 17/2023/QH15; Nghị định 92/2024/NĐ-CP for groups).
fn role_of(kind: Option<&str>) -> Option<&'static str> {
    Some(match kind? {
        "THT" => "TO_TRUONG",
        "NHOM_SO_THICH" | "TO_LIEN_KET" => "NHOM_TRUONG",
        "HKD" => "CHU_HKD",
        "DN" => "CHU_DN",
        "CA_NHAN" => return None,
        _ => "GD",
    })
}
