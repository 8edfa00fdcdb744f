//! Counting a period: the date index for what happened in it, the reference index for who came to a session and which
//! booths stood at a fair. Index entries carry what is counted, so few records are read; nothing is scanned whole.
//!
//! The lines are those of `lines`; each is counted here to the letter of its description there.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::firsts;
use super::lines::code_of;
use super::sessions::{List, People};
use super::spans::Spans;
use super::tally::Tally;
use crate::domain::id::Id;
use crate::domain::period::Period;
use crate::domain::unit_tree::Scope;
use crate::store::{Cover, Dated, Order, Read, StoreError};

/// Kinds of cooperative that count as visited ones.
const COOPERATIVES: [&str; 3] = ["HTX", "THT", "LH_HTX"];
/// Forms of outreach at which people come together; the others are items of the media.
const MEETINGS: [&str; 3] = ["HOI_NGHI", "SINH_HOAT", "CUOC_THI"];

/// Counts all lines of a period for the units in scope.
pub fn count(read: &dyn Read, period: Period, scope: &Scope<'_>) -> Result<Tally, StoreError> {
    let spans = Spans::of(period);
    let mut counting = Counting {
        read,
        scope,
        last: period.to,
        first: spans.first_day(),
        tally: Tally::new(spans),
        cooperatives: HashMap::new(),
    };
    counting.visits()?;
    counting.issues()?;
    counting.training()?;
    counting.supports()?;
    counting.foundings()?;
    counting.fairs()?;
    counting.booths()?;
    counting.outreach()?;
    counting.ideas()?;
    Ok(counting.tally)
}

struct Counting<'a> {
    read: &'a dyn Read,
    scope: &'a Scope<'a>,
    first: Option<NaiveDate>,
    last: NaiveDate,
    tally: Tally,
    /// The kind of each cooperative asked about; none for one that was deleted.
    cooperatives: HashMap<Id, Option<String>>,
}

impl Counting<'_> {
    /// Every record in scope with a day in the field inside the columns.
    fn each(
        &mut self,
        kind: &str,
        field: &str,
        mut count: impl FnMut(&mut Self, &Dated) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let read = self.read;
        for item in read.dated(kind, field, self.first, Some(self.last), Order::Forward) {
            let item = item?;
            if self.scope.holds(item.cover.unit()) {
                count(self, &item)?;
            }
        }
        Ok(())
    }

    /// The kind of a living cooperative.
    fn kind_of(&mut self, cooperative: Id) -> Result<Option<&str>, StoreError> {
        if !self.cooperatives.contains_key(&cooperative) {
            let cover = self.read.cover("cooperative", cooperative)?;
            let kind = cover.and_then(|cover| cover.text("kind").map(str::to_string));
            self.cooperatives.insert(cooperative, kind);
        }
        Ok(self.cooperatives.get(&cooperative).and_then(|kind| kind.as_deref()))
    }

    fn visits(&mut self) -> Result<(), StoreError> {
        self.each("visit", "date", |this, visit| {
            let (on, id) = (visit.on, visit.id);
            if visit.cover.text("mode") == Some("DIEN_THOAI") {
                this.tally.count("VISITS_REMOTE", on, id);
                return Ok(());
            }
            this.tally.count("VISITS", on, id);
            let purposes: BTreeSet<&str> = visit.cover.codes("purposes").into_iter().collect();
            for purpose in purposes {
                this.tally.count(&code_of("VISITS", purpose), on, id);
            }
            if let Some(cooperative) = visit.cover.id("cooperative")
                && this
                    .kind_of(cooperative)?
                    .is_some_and(|kind| COOPERATIVES.contains(&kind))
            {
                this.tally.count_once("COOPS_VISITED", on, cooperative);
            }
            Ok(())
        })
    }

    fn issues(&mut self) -> Result<(), StoreError> {
        self.each("issue", "opened_on", |this, issue| {
            this.tally.count("ISSUES_OPENED", issue.on, issue.id);
            Ok(())
        })?;
        self.each("issue", "closed_on", |this, issue| {
            if issue.cover.text("state") == Some("DA_GIAI_QUYET") {
                this.tally.count("ISSUES_CLOSED", issue.on, issue.id);
            }
            Ok(())
        })?;
        self.each("issue", "escalated_on", |this, issue| {
            this.tally.count("ISSUES_ESCALATED", issue.on, issue.id);
            Ok(())
        })?;
        self.open_issues()
    }

    /// What was opened by the last day and not closed by then, whenever it was opened.
    fn open_issues(&mut self) -> Result<(), StoreError> {
        let (read, last) = (self.read, self.last);
        for issue in read.dated("issue", "opened_on", None, Some(last), Order::Forward) {
            let issue = issue?;
            let closed = issue.cover.date("closed_on").is_some_and(|closed| closed <= last);
            if closed || !self.scope.holds(issue.cover.unit()) {
                continue;
            }
            self.tally.stands("ISSUES_OPEN", issue.id);
            if issue.cover.date("due").is_some_and(|due| due < last) {
                self.tally.stands("ISSUES_OVERDUE", issue.id);
            }
        }
        Ok(())
    }

    fn training(&mut self) -> Result<(), StoreError> {
        let mut held = Vec::new();
        self.each("training", "from", |this, session| {
            if session.cover.text("state") == Some("DA_TO_CHUC") {
                held.push((session.clone(), List::read(this.read, session.id)?));
            }
            Ok(())
        })?;
        let mut people = People::new(self.read);
        let present = held.iter().flat_map(|(_, list)| &list.present);
        people.meet(present.filter_map(|row| row.person))?;
        let mut trained = firsts::Candidates::default();
        for (session, list) in &held {
            self.session(session, list, &mut people, &mut trained)?;
        }
        firsts::count(self.read, self.scope, &trained, &mut people, &mut self.tally)
    }

    fn session(
        &mut self,
        session: &Dated,
        list: &List,
        people: &mut People<'_>,
        trained: &mut firsts::Candidates,
    ) -> Result<(), StoreError> {
        let (on, id) = (session.on, session.id);
        let topics = session.cover.codes("topics");
        self.tally.count("TRAIN_SESSIONS", on, id);
        for present in &list.present {
            self.tally.count("TRAIN_ATTEND", on, present.row);
            if people.is_woman(present.person, present.is_noted_woman)? {
                self.tally.count("TRAIN_ATTEND_WOMEN", on, present.row);
            }
            self.tally
                .count_once("TRAIN_PERSONS", on, present.person.unwrap_or(present.row));
            trained.note(present.person, &topics);
        }
        if !list.is_there {
            let declared = |key| session.cover.number(key).unwrap_or(0);
            self.tally.add("TRAIN_ATTEND", on, declared("count_total"), id);
            self.tally.add("TRAIN_ATTEND_WOMEN", on, declared("count_women"), id);
            self.tally.add("TRAIN_PERSONS", on, declared("count_total"), id);
        }
        Ok(())
    }

    fn supports(&mut self) -> Result<(), StoreError> {
        let granted = |tally: &mut Tally, support: &Dated| {
            if let Some(amount) = support.cover.number("granted") {
                tally.add("SUPPORT_GRANTED", support.on, amount, support.id);
            }
        };
        self.each("support", "date", |this, support| {
            this.tally.count("SUPPORTS", support.on, support.id);
            if let Some(kind) = support.cover.text("kind") {
                this.tally.count(&code_of("SUPPORTS", kind), support.on, support.id);
            }
            if support.cover.date("granted_on").is_none() {
                granted(&mut this.tally, support);
            }
            Ok(())
        })?;
        self.each("support", "granted_on", |this, support| {
            granted(&mut this.tally, support);
            Ok(())
        })
    }

    fn foundings(&mut self) -> Result<(), StoreError> {
        self.each("cooperative", "registered_on", |this, founded| {
            if founded.cover.text("origin") != Some("HOI_THANH_LAP") {
                return Ok(());
            }
            match founded.cover.text("kind") {
                Some("HTX") => this.tally.count("HTX_NEW", founded.on, founded.id),
                Some("THT") => this.tally.count("THT_NEW", founded.on, founded.id),
                _ => {}
            }
            if founded.cover.text("kind") == Some("HTX")
                && let Some(before) = founded.cover.id("predecessor")
                && this.kind_of(before)? == Some("THT")
            {
                this.tally.count("THT_TO_HTX", founded.on, founded.id);
            }
            Ok(())
        })?;
        self.each("formation", "step_on", |this, formation| {
            if let Some(step) = formation.cover.text("step") {
                this.tally
                    .count(&code_of("FORMATIONS", step), formation.on, formation.id);
            }
            Ok(())
        })
    }

    fn fairs(&mut self) -> Result<(), StoreError> {
        self.each("fair", "from", |this, fair| {
            if fair.cover.text("state") != Some("DA_TO_CHUC") {
                return Ok(());
            }
            this.tally.count("FAIRS_HELD", fair.on, fair.id);
            let read = this.read;
            for booth in read.refers(fair.id, "booth", "fair", Order::Forward) {
                let booth = booth?;
                if booth.cover.text("state") == Some("DA_TRUNG_BAY") {
                    this.tally.count("BOOTHS_SHOWN", fair.on, booth.id);
                    let takings = booth.cover.number("revenue").unwrap_or(0);
                    this.tally.add("BOOTH_REVENUE", fair.on, takings, booth.id);
                }
            }
            Ok(())
        })
    }

    fn booths(&mut self) -> Result<(), StoreError> {
        let mut living = HashMap::new();
        for (field, code) in [
            ("registered_on", "BOOTHS_REGISTERED"),
            ("confirmed_on", "BOOTHS_CONFIRMED"),
        ] {
            self.each("booth", field, |this, booth| {
                if booth.cover.text("state") != Some("HUY") && has_fair(this.read, &booth.cover, &mut living)? {
                    this.tally.count(code, booth.on, booth.id);
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    fn outreach(&mut self) -> Result<(), StoreError> {
        self.each("outreach", "date", |this, activity| {
            let (on, id, cover) = (activity.on, activity.id, &activity.cover);
            if cover.text("form").is_some_and(|form| MEETINGS.contains(&form)) {
                this.tally
                    .add("OUTREACH", on, cover.number("sessions").unwrap_or(1), id);
                this.tally
                    .add("OUTREACH_REACH", on, cover.number("reach").unwrap_or(0), id);
            } else {
                this.tally
                    .add("MEDIA_ITEMS", on, cover.number("items").unwrap_or(1), id);
            }
            Ok(())
        })
    }

    fn ideas(&mut self) -> Result<(), StoreError> {
        for (field, code) in [("registered_on", "IDEAS_REGISTERED"), ("sent_on", "IDEAS_SENT")] {
            self.each("contest_entry", field, |this, idea| {
                this.tally.count(code, idea.on, idea.id);
                Ok(())
            })?;
        }
        Ok(())
    }
}

/// Whether the booth's fair is still there.
fn has_fair(read: &dyn Read, booth: &Cover, living: &mut HashMap<Id, bool>) -> Result<bool, StoreError> {
    let Some(fair) = booth.id("fair") else { return Ok(false) };
    if let Some(known) = living.get(&fair) {
        return Ok(*known);
    }
    let there = read.get("fair", fair)?.is_some();
    living.insert(fair, there);
    Ok(there)
}
