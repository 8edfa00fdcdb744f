//! Asking where the records of a split commune go: one of the units that it went to, the proposed one first. The answer
//! is a record of the kind `unit`, so it can be looked at, changed and taken back like any other.

use crate::domain::catalog::units::units;
use crate::domain::entry::Entry;
use crate::domain::text::{Message, Text};
use crate::domain::value::Value;
use crate::ui::data::{Warnings, Work};
use crate::ui::screen::{Command, Cx, Screen};
use crate::ui::widget::picker::{Choice, Item, PickList, PickerScreen};

const WHERE: Text = Text::new("số liệu về đâu?", "where do its records go?");
const PROPOSED: Text = Text::new("đề xuất", "proposed");
/// Between the old uid and the new one in the key of an answer.
const TO: char = '>';

/// The question.
pub fn ask(old: &str, cx: &Cx<'_>) -> Option<Box<dyn Screen>> {
    let (lang, all) = (cx.prefs.lang, units());
    let name = all.get(old)?.name;
    let item = |(uid, proposed): (&str, bool)| {
        let note = if proposed { PROPOSED.get(lang) } else { "" };
        Some(Item::new(format!("{old}{TO}{uid}"), all.get(uid)?.name, note))
    };
    let items = all.successors(old).into_iter().filter_map(item).collect();
    let title = format!("{name}: {}", WHERE.get(lang));
    Some(Box::new(PickerScreen::new(title, PickList::new(items, Choice::One))))
}

/// Keeps an answer.
pub fn keep(answer: &[String]) -> Vec<Command> {
    let Some((old, new)) = answer.first().and_then(|key| key.split_once(TO)) else {
        return Vec::new();
    };
    let text = |uid: &str| Value::Text(uid.to_string());
    let mut entry = Entry::new("unit");
    entry.set("uid", Some(text(old)));
    entry.set("successors", Some(Value::List(vec![text(new)])));
    let name = |uid| units().get(uid).map_or("", |unit| unit.name);
    let (old, new) = (name(old), name(new));
    let said = Message::new(
        format!("Số liệu của {old} cũ nay tính cho {new}."),
        format!("The records of the old {old} now count for {new}."),
    );
    vec![Command::Save(Work::transaction(move |txn| {
        txn.save(entry, Warnings::Accept)?;
        Ok(said)
    }))]
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use crate::indicator::fixture::World;
    use crate::ui::harness::Harness;
    use crate::ui::screen::home::Home;
    use crate::ui::screen::openers;

    #[test]
    fn a_split_commune_with_cooperatives_asks_until_the_officer_has_said_where_its_records_go() {
        let world = World::new("C11983-B");
        let mut settings = (*world.store().settings()).clone();
        settings.office.unit = Some("C11983-B".into());
        world.store().set_settings(settings).unwrap();
        let home = |store: &Arc<crate::store::Store>| {
            let setup = Harness::setup(Box::new(Home::new()), Arc::clone(store), openers::table());
            let mut harness = Harness::over(setup, (90, 24));
            harness.settle();
            harness
        };
        world.add(
            "cooperative",
            json!({"name": "HTX Ngọc Thanh", "kind": "HTX", "unit": "C12322-A"}),
        );
        let store = Arc::new(world.into_store());
        let mut harness = home(&store);
        assert!(harness.text().contains("Xã Ngọc Thanh (cũ)"), "{}", harness.text());
        harness.keys("end");
        while !harness.text().contains("▶! Chia tách") {
            harness.keys("up");
        }
        harness.keys("enter");
        let asked = harness.text();
        assert!(
            asked.contains("Xã Hiệp Cường") && asked.contains("Phường Sơn Nam"),
            "{asked}"
        );
        harness.typed("son nam").keys("enter");
        harness.settle();
        assert!(!harness.text().contains("Chia tách"), "{}", harness.text());
        let tree = crate::report::weekly::tree(&store.reader()).unwrap();
        assert!(tree.scope("C11983-B", store.today()).contains("C12322-A"));
    }
}
