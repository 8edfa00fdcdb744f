//! What formulas read of the store, each part once: registers when first asked for, sessions by window, roles and figures
//! by cooperative.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use chrono::NaiveDate;

use super::lines::Lines;
use super::recent::{Recent, is_covered};
use crate::arrange::Arrange;
use crate::domain::catalog;
use crate::domain::declared::{UnitFigures, UnitYear};
use crate::domain::figures::{self, Figure};
use crate::domain::id::Id;
use crate::domain::post::Post;
use crate::domain::record::Record;
use crate::domain::role::Role;
use crate::domain::unit_tree::UnitTree;
use crate::store::{Cover, Order, Read, StoreError};

/// A cooperative, or whatever else is supported like one, as formulas see it.
#[derive(Clone, Debug)]
pub struct Coop {
    /// Its id.
    pub id: Id,
    /// A code of `entity_type`.
    pub kind: String,
    /// The unit that keeps it.
    pub unit: Option<String>,
    /// The day of its certificate or contract.
    pub registered_on: Option<NaiveDate>,
    /// Whether it was founded with the Union's support.
    pub union_founded: bool,
    /// What it grew out of.
    pub predecessor: Option<Id>,
}

/// A session of a window.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its id.
    pub id: Id,
    /// Its first day.
    pub from: NaiveDate,
    /// Its unit.
    pub unit: Option<String>,
    /// Whether it was held.
    pub held: bool,
    /// Its topics.
    pub topics: Vec<String>,
    /// The Union's part in it.
    pub union_part: Option<String>,
    /// For whom it was.
    pub audience: Vec<String>,
    /// Women who attended, as the class declared.
    pub declared_women: Option<i64>,
}

impl Session {
    /// Whether it was held with a part of the Union in it, and taught one of these topics.
    pub fn teaches(&self, topics: &[String]) -> bool {
        self.held
            && self.union_part.as_deref() != Some("KHONG")
            && self.topics.iter().any(|topic| topics.contains(topic))
    }
}

/// A row of a session's list.
#[derive(Clone, Debug)]
pub struct Attended {
    /// The row.
    pub id: Id,
    /// The person, if on record.
    pub person: Option<Id>,
    /// The sex noted in the row.
    pub gender: Option<String>,
    /// The kind of attendee.
    pub kind: Option<String>,
    /// A code of `attendance_state`.
    pub state: Option<String>,
    /// A code of `certificate`.
    pub certificate: Option<String>,
}

impl Attended {
    /// Whether the person was there.
    pub fn is_present(&self) -> bool {
        matches!(self.state.as_deref(), Some("CO_MAT" | "HOAN_THANH"))
    }

    /// Whom the row stands for: a person on record, or the row itself where there is but a name.
    pub fn who(&self) -> Id {
        self.person.unwrap_or(self.id)
    }
}

/// What is known of a person's sex.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// A woman.
    Woman,
    /// A man.
    Man,
    /// Not noted.
    Unknown,
    /// The person's record is gone.
    Gone,
}

impl Sex {
    fn of(code: Option<&str>) -> Sex {
        match code {
            Some("NU") => Sex::Woman,
            Some(_) => Sex::Man,
            None => Sex::Unknown,
        }
    }
}

type Cache<K, V> = RefCell<HashMap<K, V>>;

/// What was read so far.
pub struct Books<'r> {
    /// The store.
    pub read: &'r dyn Read,
    /// The units, built in and own.
    pub tree: UnitTree,
    /// Whoever counts the lines of the weekly summary; none where no plan of the office's own is asked about.
    pub lines: Option<&'r dyn Lines>,
    /// Days on which a report cuts its figures off, each with the last day of the period that it tells of.
    closings: Vec<(NaiveDate, NaiveDate)>,
    cooperatives: RefCell<Option<Rc<Vec<Coop>>>>,
    posts: RefCell<Option<Rc<Vec<Post>>>>,
    unit_years: RefCell<Option<Rc<Vec<UnitYear>>>>,
    unit_figures: RefCell<Option<Rc<Vec<UnitFigures>>>>,
    sexes: Cache<Id, Sex>,
    sessions: Cache<(NaiveDate, NaiveDate), Rc<Vec<Session>>>,
    lists: Cache<Id, Rc<Vec<Attended>>>,
    roles: RefCell<Option<Rc<Roles>>>,
    figures: Cache<(Id, &'static str, NaiveDate), Option<Figure>>,
    touched: Cache<(NaiveDate, NaiveDate), Rc<Touched>>,
    recent: Cache<NaiveDate, Rc<Recent<'r>>>,
}

/// The register of roles, by whose they are.
struct Roles {
    at: HashMap<Id, Rc<Vec<Role>>>,
    of: HashMap<Id, Rc<Vec<Role>>>,
}

/// Each one's roles by the day they began, those of which it is not known first.
fn in_order(roles: HashMap<Id, Vec<Role>>) -> HashMap<Id, Rc<Vec<Role>>> {
    let order = |(whose, mut roles): (Id, Vec<Role>)| {
        roles.arrange_by_key(|role| (role.from.map(|from| from.first_day()), role.common.id));
        (whose, Rc::new(roles))
    };
    roles.into_iter().map(order).collect()
}

/// Cooperatives that were helped in a window.
#[derive(Debug, Default)]
pub struct Touched {
    /// With a completed support, or a visit on site or one that named a support.
    pub consolidated: HashSet<Id>,
    /// With a completed support or visit that named a kind, by kind.
    pub by_kind: HashMap<String, HashSet<Id>>,
}

fn cached<K, V, F>(cache: &Cache<K, Rc<V>>, key: K, make: F) -> Result<Rc<V>, StoreError>
where
    K: Eq + std::hash::Hash,
    F: FnOnce() -> Result<V, StoreError>,
{
    if let Some(found) = cache.borrow().get(&key) {
        return Ok(found.clone());
    }
    let made = Rc::new(make()?);
    cache.borrow_mut().insert(key, made.clone());
    Ok(made)
}

fn once<V>(cell: &RefCell<Option<Rc<V>>>, make: impl FnOnce() -> Result<V, StoreError>) -> Result<Rc<V>, StoreError> {
    if let Some(found) = cell.borrow().as_ref() {
        return Ok(found.clone());
    }
    let made = Rc::new(make()?);
    *cell.borrow_mut() = Some(made.clone());
    Ok(made)
}

fn owned(codes: Vec<&str>) -> Vec<String> {
    codes.into_iter().map(str::to_string).collect()
}

impl<'r> Books<'r> {
    /// Opens the books over a store; reads the office's own units.
    ///
    /// # Errors
    /// The store's.
    pub fn open(read: &'r dyn Read) -> Result<Books<'r>, StoreError> {
        let units = read.scan("unit").collect::<Result<Vec<_>, _>>()?;
        Ok(Books {
            read,
            tree: UnitTree::new(units),
            lines: None,
            closings: Vec::new(),
            cooperatives: RefCell::default(),
            posts: RefCell::default(),
            unit_years: RefCell::default(),
            unit_figures: RefCell::default(),
            sexes: RefCell::default(),
            sessions: RefCell::default(),
            lists: RefCell::default(),
            roles: RefCell::default(),
            figures: RefCell::default(),
            touched: RefCell::default(),
            recent: RefCell::default(),
        })
    }

    /// The same, with the lines of the weekly summary.
    pub fn with_lines(mut self, lines: &'r dyn Lines) -> Books<'r> {
        self.lines = Some(lines);
        self
    }

    /// The same for a report that cuts its figures off before its period ends: what units declared for the whole period
    /// counts on that day, for they cut theirs off as early.
    pub fn closing(mut self, closings: Vec<(NaiveDate, NaiveDate)>) -> Books<'r> {
        self.closings = closings;
        self
    }

    /// The day by which a period must have ended for what was declared of it to count on a day.
    pub fn declared_until(&self, on: NaiveDate) -> NaiveDate {
        let closing = self.closings.iter().find(|(cut_off, _)| *cut_off == on);
        closing.map_or(on, |(_, until)| on.max(*until))
    }

    /// The register of cooperatives, groups and businesses.
    pub fn cooperatives(&self) -> Result<Rc<Vec<Coop>>, StoreError> {
        once(&self.cooperatives, || {
            let coops = self.read.covers("cooperative").map(|item| {
                let (id, cover) = item?;
                Ok(Coop {
                    id,
                    kind: cover.text("kind").unwrap_or_default().to_string(),
                    unit: cover.unit().map(str::to_string),
                    registered_on: cover.date("registered_on"),
                    union_founded: cover.text("origin") == Some("HOI_THANH_LAP"),
                    predecessor: cover.id("predecessor"),
                })
            });
            coops.collect()
        })
    }

    /// The register of the Union's posts.
    pub fn posts(&self) -> Result<Rc<Vec<Post>>, StoreError> {
        once(&self.posts, || {
            let posts = self.read.scan("post").map(|entry| Ok(Post::read(&entry?)));
            posts.collect()
        })
    }

    /// What units declared a year, in the order of entry.
    pub fn unit_years(&self) -> Result<Rc<Vec<UnitYear>>, StoreError> {
        once(&self.unit_years, || {
            let years = self.read.scan("unit_year").map(|entry| Ok(UnitYear::read(&entry?)));
            years.collect()
        })
    }

    /// The single figures that units declared, in the order of entry.
    pub fn unit_figures(&self) -> Result<Rc<Vec<UnitFigures>>, StoreError> {
        once(&self.unit_figures, || {
            let figures = self
                .read
                .scan("unit_figures")
                .map(|entry| Ok(UnitFigures::read(&entry?)));
            figures.collect()
        })
    }

    /// The sessions that began in a window, whatever became of them.
    pub fn sessions(&self, from: NaiveDate, to: NaiveDate) -> Result<Rc<Vec<Session>>, StoreError> {
        cached(&self.sessions, (from, to), || {
            let dated = self
                .read
                .dated("training", "from", Some(from), Some(to), Order::Forward);
            let sessions = dated.map(|item| item.map(|item| session(item.id, item.on, &item.cover)));
            sessions.collect()
        })
    }

    /// The list of a session.
    pub fn list(&self, session: Id) -> Result<Rc<Vec<Attended>>, StoreError> {
        cached(&self.lists, session, || {
            let rows = self.read.refers(session, "attendance", "training", Order::Forward);
            let rows = rows.map(|item| {
                let item = item?;
                let text = |key: &str| item.cover.text(key).map(str::to_string);
                Ok(Attended {
                    id: item.id,
                    person: item.cover.id("person"),
                    gender: text("gender"),
                    kind: text("kind"),
                    state: text("state"),
                    certificate: text("certificate"),
                })
            });
            rows.collect()
        })
    }

    /// A person's sex.
    pub fn sex(&self, person: Id) -> Result<Sex, StoreError> {
        if let Some(sex) = self.sexes.borrow().get(&person) {
            return Ok(*sex);
        }
        let cover = self.read.cover("person", person)?;
        let sex = cover.map_or(Sex::Gone, |cover| Sex::of(cover.text("gender")));
        self.sexes.borrow_mut().insert(person, sex);
        Ok(sex)
    }

    /// The sex of whom a row stands for: the person's, else the row's.
    pub fn sex_of_row(&self, row: &Attended) -> Result<Sex, StoreError> {
        let noted = Sex::of(row.gender.as_deref());
        match row.person {
            Some(person) => Ok(match self.sex(person)? {
                Sex::Unknown | Sex::Gone => noted,
                sex => sex,
            }),
            None => Ok(noted),
        }
    }

    /// All roles at a cooperative, past ones too.
    pub fn roles_at(&self, cooperative: Id) -> Result<Rc<Vec<Role>>, StoreError> {
        Ok(self.roles()?.at.get(&cooperative).cloned().unwrap_or_default())
    }

    /// All roles of a person, past ones too.
    pub fn roles_of(&self, person: Id) -> Result<Rc<Vec<Role>>, StoreError> {
        Ok(self.roles()?.of.get(&person).cloned().unwrap_or_default())
    }

    /// The register of roles: cheaper read whole than looked up for each cooperative.
    fn roles(&self) -> Result<Rc<Roles>, StoreError> {
        once(&self.roles, || {
            let (mut at, mut of): (HashMap<Id, Vec<Role>>, HashMap<Id, Vec<Role>>) = Default::default();
            for item in self.read.covers("role") {
                let (id, cover) = item?;
                let mut role = Role {
                    person: cover.id("person"),
                    cooperative: cover.id("cooperative"),
                    role: cover.text("role").map(str::to_string),
                    from: cover.partial("from"),
                    to: cover.partial("to"),
                    ..Role::default()
                };
                role.common.id = Some(id);
                if let Some(person) = role.person {
                    of.entry(person).or_default().push(role.clone());
                }
                if let Some(cooperative) = role.cooperative {
                    at.entry(cooperative).or_default().push(role);
                }
            }
            Ok(Roles {
                at: in_order(at),
                of: in_order(of),
            })
        })
    }

    /// The latest figure of a cooperative up to a day.
    pub fn figure(&self, cooperative: Id, key: &'static str, on: NaiveDate) -> Option<Figure> {
        if let Some(found) = self.figures.borrow().get(&(cooperative, key, on)) {
            return found.clone();
        }
        let found = if is_covered(key) {
            let news = self.recent(on).ok()?.latest(cooperative, key, on).ok()?;
            news.and_then(|news| {
                Some(Figure {
                    value: news.value(key)?,
                    on: news.on,
                    kind: news.kind,
                    record: news.id,
                })
            })
        } else {
            figures::latest(self.read.known(), cooperative, key, on)
        };
        self.figures.borrow_mut().insert((cooperative, key, on), found.clone());
        found
    }

    /// The news of all cooperatives up to a day.
    pub fn recent(&self, on: NaiveDate) -> Result<Rc<Recent<'r>>, StoreError> {
        cached(&self.recent, on, || Recent::read(self.read, on))
    }

    /// The latest number of a cooperative up to a day.
    pub fn number(&self, cooperative: Id, key: &'static str, on: NaiveDate) -> Option<i64> {
        self.figure(cooperative, key, on)?.value.as_number()
    }

    /// Which cooperatives were supported or visited in a window.
    pub fn touched(&self, from: NaiveDate, to: NaiveDate) -> Result<Rc<Touched>, StoreError> {
        cached(&self.touched, (from, to), || {
            let mut touched = Touched::default();
            for item in self.read.dated("support", "date", Some(from), Some(to), Order::Forward) {
                let cover = item?.cover;
                if let (Some("DA_HOAN_THANH"), Some(coop)) = (cover.text("state"), cover.id("cooperative")) {
                    touched.consolidated.insert(coop);
                    touched.name(cover.text("kind"), coop);
                }
            }
            for item in self.read.dated("visit", "date", Some(from), Some(to), Order::Forward) {
                let cover = item?.cover;
                let Some(coop) = cover.id("cooperative") else { continue };
                let named = cover.codes("supports");
                if is_on_site(cover.text("mode")) || !named.is_empty() {
                    touched.consolidated.insert(coop);
                }
                named.into_iter().for_each(|kind| touched.name(Some(kind), coop));
            }
            Ok(touched)
        })
    }
}

impl Touched {
    fn name(&mut self, kind: Option<&str>, cooperative: Id) {
        if let Some(kind) = kind {
            self.by_kind.entry(kind.to_string()).or_default().insert(cooperative);
        }
    }

    /// Whether a completed support or a visit named one of these kinds.
    pub fn named(&self, cooperative: Id, kinds: &[&str]) -> bool {
        let named = |kind: &&str| {
            self.by_kind
                .get(*kind)
                .is_some_and(|coops| coops.contains(&cooperative))
        };
        kinds.iter().any(named)
    }
}

fn is_on_site(mode: Option<&str>) -> bool {
    let list = catalog::list("visit_mode");
    let code = list.zip(mode).and_then(|(list, mode)| list.get(mode));
    code.is_some_and(|code| code.flag("onsite"))
}

fn session(id: Id, from: NaiveDate, cover: &Cover) -> Session {
    Session {
        id,
        from,
        unit: cover.unit().map(str::to_string),
        held: cover.text("state") == Some("DA_TO_CHUC"),
        topics: owned(cover.codes("topics")),
        union_part: cover.text("union_part").map(str::to_string),
        audience: owned(cover.codes("audience")),
        declared_women: cover.number("count_women"),
    }
}
