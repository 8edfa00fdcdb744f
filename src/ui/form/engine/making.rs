//! Where a form comes from: empty for a new record, over one that is there, and what goes on from one to the next.

use super::{Blocks, Carried, Form, FormCx, Mode, Part};
use crate::domain::entry::Entry;
use crate::domain::record::{Kind, kind};
use crate::domain::schema::{Field, FieldKind};
use crate::domain::value::Value;
use crate::ui::form::field::{Cell, Content, Filled};
use crate::ui::form::flow::Walk;
use crate::ui::form::opening;
use crate::ui::form::steps::Steps;
use crate::vietnamese::fold::fold;
use std::collections::{BTreeMap, BTreeSet};

impl Form {
    /// An empty form for a new record; `given` are values that are already known. `None` for an unknown kind.
    pub fn new(key: &str, mut given: Vec<(&'static str, Value)>, carried: Carried, cx: &FormCx<'_>) -> Option<Form> {
        let kind = kind(key)?;
        let part = Part {
            entry: Entry::new(kind.key()),
            before: None,
        };
        let mut form = Form::over(kind, part, carried, cx);
        opening::add(&mut form, cx);
        form.fill_defaults(cx);
        given.extend(kind_by_name(kind.key(), &given));
        for (key, value) in given {
            if let Some(cell) = form.cells.iter_mut().find(|cell| cell.part == 0 && cell.key() == key) {
                cell.set(Some(value), cx.read, cx.lang);
                // What was known before is not asked again.
                cell.filled = Filled::ByDefault;
            }
        }
        form.look_beside(cx);
        form.recheck(cx);
        form.at = form.first_stop(Walk::Enter);
        form.come_in(cx);
        Some(form)
    }

    /// A form over a record that is there.
    pub fn edit(entry: Entry, cx: &FormCx<'_>) -> Option<Form> {
        let kind = kind(entry.kind)?;
        let part = Part {
            before: Some(entry.clone()),
            entry,
        };
        let mut form = Form::over(kind, part, Carried::default(), cx);
        for cell in &mut form.cells {
            let value = form.parts[0].entry.get(cell.key()).cloned();
            cell.set(value, cx.read, cx.lang);
        }
        form.read_marks();
        form.look_beside(cx);
        form.recheck(cx);
        form.come_in(cx);
        Some(form)
    }

    fn over(kind: &'static dyn Kind, part: Part, carried: Carried, cx: &FormCx<'_>) -> Form {
        let typed = |field: &&Field| !field.hidden && field.kind != FieldKind::Json;
        let fields = cx.read.schema().fields(kind).filter(typed);
        Form {
            kind,
            parts: vec![part],
            cells: fields.map(|field| Cell::new(0, *field)).collect(),
            at: 0,
            entered: Content::default(),
            blocks: Blocks::default(),
            mode: Mode::default(),
            beside: None,
            carried,
            defaults: BTreeSet::new(),
            findings: Vec::new(),
            completed: None,
            causes: BTreeMap::new(),
            accepted: BTreeSet::new(),
            warned: None,
            saving: false,
            refused: false,
            alike: Vec::new(),
            steps: Steps::default(),
            dirty: false,
            advanced: None,
            spelled: None,
        }
    }

    /// What goes on to the next record, after these were saved.
    pub fn carry(mut self, saved: &[Entry]) -> Carried {
        for entry in saved {
            for cell in &self.cells {
                if cell.field.kind.is_prose()
                    && let Some(value) = entry.get(cell.key())
                {
                    self.carried.suggestions.learn(entry.kind, cell.key(), value);
                }
            }
        }
        let by_hand = |cell: &&Cell| self.defaults.contains(cell.key()) && cell.filled == Filled::ByHand;
        Carried {
            by_hand: self.cells.iter().filter(by_hand).map(Cell::key).collect(),
            last: saved.first().cloned().or(self.carried.last),
            ..self.carried
        }
    }
}

/// The kind of a cooperative whose name says it: "THT Trồng nấm" is one of the THT.
fn kind_by_name(kind: &str, given: &[(&'static str, Value)]) -> Option<(&'static str, Value)> {
    if kind != "cooperative" || given.iter().any(|(key, _)| *key == "kind") {
        return None;
    }
    let name = given.iter().find(|(key, _)| *key == "name")?.1.as_text()?;
    let name = fold(name);
    let begins = [
        ("htx ", "HTX"),
        ("hop tac xa ", "HTX"),
        ("tht ", "THT"),
        ("to hop tac ", "THT"),
    ];
    let (_, code) = begins.iter().find(|(begin, _)| name.starts_with(begin))?;
    Some(("kind", Value::Text((*code).to_owned())))
}
