//! Filling the list from the store, and keeping it up with what was saved since.
//!
//! A cooperative's row holds words of other records (its managers' names and numbers, its products), so that touching
//! one of those makes its row anew. Which roles and products belong to which cooperative is kept, for a deleted one
//! cannot be asked.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, NaiveDate};

use super::list::{Draft, KINDS, List, Part};
use crate::arrange::Arrange;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::known::unit_name;
use crate::domain::record::Record;
use crate::domain::role::{MANAGING, Role};
use crate::store::{Order, Read, StoreError, Touched};

/// Roles beside the managing ones whose holders speak for the organisation.
const SPEAKING: [&str; 4] = ["NHOM_TRUONG", "CHU_DN", "CHU_HKD", "THU_QUY"];
/// Managers and products whose words a row holds.
const MANAGERS_A_ROW: usize = 12;
const PRODUCTS_A_ROW: usize = 8;

const COOPERATIVE: usize = 0;
const PERSON: usize = 1;
const TRAINING: usize = 2;
const FAIR: usize = 3;

/// The kinds of organisation, short and in full, as names begin with them.
const FORMS: [(&str, &str, &str); 7] = [
    ("LH_HTX", "LHHTX", "Liên hiệp hợp tác xã"),
    ("HTX", "HTX", "Hợp tác xã"),
    ("THT", "THT", "Tổ hợp tác"),
    ("NHOM_SO_THICH", "NST", "Nhóm sở thích"),
    ("TO_LIEN_KET", "TLK", "Tổ liên kết"),
    ("HKD", "HKD", "Hộ kinh doanh"),
    ("DN", "DN", "Doanh nghiệp"),
];

/// A manager as a row needs her.
struct Manager {
    name: String,
    phone: Option<String>,
}

/// Fills a list and keeps it up.
#[derive(Clone, Debug, Default)]
pub struct Loader {
    /// The cooperative of a role or a product.
    owners: HashMap<Id, Id>,
    draft: Draft,
}

impl Clone for Draft {
    fn clone(&self) -> Draft {
        Draft::default()
    }
}

impl Loader {
    /// Reads the whole list.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn load(&mut self, read: &dyn Read) -> Result<List, StoreError> {
        self.owners.clear();
        let mut list = List::default();
        let mut managers_of = self.load_roles(read)?;
        let wanted: HashSet<Id> = managers_of.values().flatten().copied().collect();
        let managers = self.load_people(read, &mut list, &wanted)?;
        let mut products_of = self.load_products(read)?;
        for entry in read.scan("cooperative") {
            let entry = entry?;
            let people = managers_of.remove(&entry.id).unwrap_or_default();
            let people: Vec<&Manager> = people.iter().filter_map(|id| managers.get(id)).collect();
            let products = products_of.remove(&entry.id).unwrap_or_default();
            self.draft_cooperative(read, &entry, &people, &products, &mut list)?;
            list.load(COOPERATIVE, entry.id, &self.draft);
        }
        for (place, kind) in [(TRAINING, "training"), (FAIR, "fair")] {
            for entry in read.scan(kind) {
                let entry = entry?;
                self.draft_event(&entry, &mut list);
                list.load(place, entry.id, &self.draft);
            }
        }
        Ok(list)
    }

    /// The people in charge now, by cooperative.
    fn load_roles(&mut self, read: &dyn Read) -> Result<HashMap<Id, Vec<Id>>, StoreError> {
        let mut found: HashMap<Id, Vec<Id>> = HashMap::new();
        for entry in read.scan("role") {
            let entry = entry?;
            if let Some(cooperative) = entry.reference("cooperative") {
                self.owners.insert(entry.id, cooperative);
                let people = found.entry(cooperative).or_default();
                people.extend(manager_of(&entry, read.today()).filter(|person| !people.contains(person)));
                people.truncate(MANAGERS_A_ROW);
            }
        }
        Ok(found)
    }

    fn load_people(
        &mut self,
        read: &dyn Read,
        list: &mut List,
        wanted: &HashSet<Id>,
    ) -> Result<HashMap<Id, Manager>, StoreError> {
        let mut managers = HashMap::new();
        for entry in read.scan("person") {
            let entry = entry?;
            self.draft_person(&entry, list);
            list.load(PERSON, entry.id, &self.draft);
            if wanted.contains(&entry.id) {
                managers.extend(manager(&entry).map(|manager| (entry.id, manager)));
            }
        }
        Ok(managers)
    }

    fn load_products(&mut self, read: &dyn Read) -> Result<HashMap<Id, Vec<String>>, StoreError> {
        let mut found: HashMap<Id, Vec<String>> = HashMap::new();
        for entry in read.scan("product") {
            let entry = entry?;
            if let (Some(cooperative), Some(name)) = (entry.reference("cooperative"), entry.text("name")) {
                self.owners.insert(entry.id, cooperative);
                found.entry(cooperative).or_default().push(name.to_string());
            }
        }
        Ok(found)
    }

    /// Brings the list up to what was touched. `false` where it must be loaded anew.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn keep_up(&mut self, list: &mut List, touched: &[Touched], read: &dyn Read) -> Result<bool, StoreError> {
        let mut cooperatives = Vec::new();
        for Touched { kind, id } in touched {
            match *kind {
                "unit" => return Ok(false),
                "cooperative" => cooperatives.push(*id),
                "person" => {
                    self.refresh(list, PERSON, *id, read)?;
                    for role in read.refers(*id, "role", "person", Order::Forward) {
                        cooperatives.extend(self.owners.get(&role?.id));
                    }
                }
                "training" => self.refresh(list, TRAINING, *id, read)?,
                "fair" => self.refresh(list, FAIR, *id, read)?,
                "role" | "product" => {
                    cooperatives.extend(self.owners.remove(id));
                    let owner = read.get(kind, *id)?.and_then(|entry| entry.reference("cooperative"));
                    if let Some(owner) = owner {
                        self.owners.insert(*id, owner);
                        cooperatives.push(owner);
                    }
                }
                "visit" => {
                    if let Some(visit) = read.get("visit", *id)?
                        && let (Some(on), Some(cooperative)) = (visit.date("date"), visit.reference("cooperative"))
                    {
                        list.use_on(COOPERATIVE, cooperative, day_number(on));
                    }
                }
                _ => {}
            }
        }
        cooperatives.arrange();
        cooperatives.dedup();
        for id in cooperatives {
            self.refresh_cooperative(list, id, read)?;
        }
        Ok(!list.is_worn())
    }

    fn refresh(&mut self, list: &mut List, kind: usize, id: Id, read: &dyn Read) -> Result<(), StoreError> {
        match read.get(KINDS[kind], id)? {
            Some(entry) if kind == PERSON => self.draft_person(&entry, list),
            Some(entry) => self.draft_event(&entry, list),
            None => {
                list.remove(kind, id);
                return Ok(());
            }
        }
        list.put(kind, id, &self.draft);
        Ok(())
    }

    fn refresh_cooperative(&mut self, list: &mut List, id: Id, read: &dyn Read) -> Result<(), StoreError> {
        let Some(entry) = read.get("cooperative", id)? else {
            list.remove(COOPERATIVE, id);
            return Ok(());
        };
        let mut people: Vec<Id> = Vec::new();
        for role in read.refers(id, "role", "cooperative", Order::Forward) {
            let role = read.get("role", role?.id)?;
            people.extend(
                role.and_then(|role| manager_of(&role, read.today()))
                    .filter(|id| !people.contains(id)),
            );
        }
        let mut managers = Vec::new();
        for person in people.into_iter().take(MANAGERS_A_ROW) {
            managers.extend(read.get("person", person)?.as_ref().and_then(manager));
        }
        let mut products = Vec::new();
        for product in read.refers(id, "product", "cooperative", Order::Forward) {
            let product = read.get("product", product?.id)?;
            products.extend(product.and_then(|product| product.text("name").map(str::to_string)));
        }
        let managers: Vec<&Manager> = managers.iter().collect();
        self.draft_cooperative(read, &entry, &managers, &products, list)?;
        list.put(COOPERATIVE, id, &self.draft);
        Ok(())
    }

    fn draft_cooperative(
        &mut self,
        read: &dyn Read,
        entry: &Entry,
        managers: &[&Manager],
        products: &[String],
        list: &mut List,
    ) -> Result<(), StoreError> {
        let (draft, words) = (&mut self.draft, list.words_mut());
        draft.clear();
        draft.code(entry.text("code").unwrap_or_default());
        draft.label(
            entry.text("code").unwrap_or_default(),
            entry.text("name").unwrap_or_default(),
        );
        let (form, name) = split_form(
            entry.text("name").unwrap_or_default(),
            entry.text("kind").unwrap_or_default(),
        );
        if let Some((_, short, long)) = form {
            draft.text(short, Part::Kind, words);
            draft.text(long, Part::Kind, words);
        }
        draft.text(name, Part::Name, words);
        for manager in managers {
            draft.text(&manager.name, Part::Manager, words);
            draft.number(manager.phone.as_deref().unwrap_or_default());
        }
        for product in products.iter().take(PRODUCTS_A_ROW) {
            draft.text(product, Part::Product, words);
        }
        for unit in places(read, entry.text("area").or(entry.unit())) {
            draft.text(&unit, Part::Place, words);
        }
        for field in ["phone", "tax_code"] {
            draft.number(entry.text(field).unwrap_or_default());
        }
        let last = read
            .refers(entry.id, "visit", "cooperative", Order::Backward)
            .next()
            .transpose()?;
        draft.used(last.and_then(|visit| visit.on).map_or(0, day_number));
        Ok(())
    }

    fn draft_person(&mut self, entry: &Entry, list: &mut List) {
        self.draft.clear();
        self.draft.code(entry.text("code").unwrap_or_default());
        self.draft.label(
            entry.text("code").unwrap_or_default(),
            entry.text("name").unwrap_or_default(),
        );
        self.draft
            .text(entry.text("name").unwrap_or_default(), Part::Name, list.words_mut());
        self.draft.number(entry.text("phone").unwrap_or_default());
    }

    fn draft_event(&mut self, entry: &Entry, list: &mut List) {
        self.draft.clear();
        self.draft.code(entry.text("code").unwrap_or_default());
        self.draft.label(
            entry.text("code").unwrap_or_default(),
            entry.text("title").unwrap_or_default(),
        );
        self.draft
            .text(entry.text("title").unwrap_or_default(), Part::Name, list.words_mut());
        self.draft
            .text(entry.text("venue").unwrap_or_default(), Part::Place, list.words_mut());
        self.draft.used(entry.date("from").map_or(0, day_number));
    }
}

/// Who speaks for the cooperative by a role that is held on a day.
fn manager_of(role: &Entry, on: NaiveDate) -> Option<Id> {
    let role = Role::read(role);
    role.person.filter(|_| speaks(&role) && role.is_held(on))
}

/// Whether who holds the role speaks for the organisation.
pub(super) fn speaks(role: &Role) -> bool {
    role.is_of(&MANAGING) || role.is_of(&SPEAKING)
}

fn manager(entry: &Entry) -> Option<Manager> {
    Some(Manager {
        name: entry.text("name")?.to_string(),
        phone: entry.text("phone").map(str::to_string),
    })
}

/// The names of a unit and, for one of the office's own, of the commune around it.
fn places(read: &dyn Read, uid: Option<&str>) -> Vec<String> {
    let unit = uid.and_then(|uid| read.known().unit(uid));
    let above = unit
        .as_ref()
        .filter(|unit| unit.level == "CHI_HOI")
        .and_then(|unit| unit.parent.clone());
    let mut names: Vec<String> = unit.map(|unit| unit.name).into_iter().collect();
    names.extend(above.map(|above| unit_name(read.known(), Some(&above))));
    names
}

fn day_number(day: NaiveDate) -> u32 {
    u32::try_from(day.num_days_from_ce()).unwrap_or(0)
}

type Form = (&'static str, &'static str, &'static str);

/// The kind of organisation and the name without it: "HTX Dược liệu An Khang" and "Hợp tác xã Dược liệu An Khang" are
/// both "Dược liệu An Khang", a HTX. The kind on record where the name does not say it.
fn split_form<'n>(name: &'n str, kind: &str) -> (Option<Form>, &'n str) {
    for form in FORMS {
        for words in [form.1, form.2] {
            if let Some(rest) = strip_words(name, words) {
                return (Some(form), rest);
            }
        }
    }
    (FORMS.into_iter().find(|form| form.0 == kind), name)
}

/// What follows these words, where a text begins with them and something follows.
fn strip_words<'n>(name: &'n str, words: &str) -> Option<&'n str> {
    use crate::vietnamese::fold::{fold, marked_words};
    let mut own = marked_words(name);
    for word in marked_words(words) {
        if fold(own.next()?) != fold(word) {
            return None;
        }
    }
    let next = own.next()?;
    // `next` is a part of `name`, so its place there is the distance of their addresses.
    name.get(next.as_ptr() as usize - name.as_ptr() as usize..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_is_parted_from_the_name_however_it_is_written() {
        let parts = |name, kind| {
            let (form, rest) = split_form(name, kind);
            (form.map(|form| form.1), rest)
        };
        assert_eq!(parts("HTX Rau an toàn", "HTX"), (Some("HTX"), "Rau an toàn"));
        assert_eq!(parts("Hợp tác xã  Rau an toàn", "HTX"), (Some("HTX"), "Rau an toàn"));
        assert_eq!(parts("Liên hiệp HTX Hà", "LH_HTX"), (Some("LHHTX"), "Liên hiệp HTX Hà"));
        assert_eq!(parts("tổ hợp tác Nấm", "HTX"), (Some("THT"), "Nấm"));
        assert_eq!(parts("Rau an toàn", "THT"), (Some("THT"), "Rau an toàn"));
        assert_eq!(parts("HTX", "HTX"), (Some("HTX"), "HTX"));
        assert_eq!(parts("", "CA_NHAN"), (None, ""));
    }
}
