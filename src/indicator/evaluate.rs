//! Every target of a plan as a row: the figure, the records behind it, how it stands.
//!
//! A target for the whole unit is one row. One for each unit below is a row of how many of the units met it, and after
//! that a row a unit. Asked for one unit, all is computed for that unit alone.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::area::Area;
use super::books::Books;
use super::declared;
use super::plan::{Plan, Reach, Target};
use super::predicates::Asked;
use super::registry::{Indicator, Nature, indicator};
use super::state::{State, judge, tenths, tenths_of_target};
use super::tally::{About, Remark, Tally, Value, count};
use super::window::{Span, Window, due, of_line, span};
use crate::domain::catalog::units;
use crate::domain::id::Id;
use crate::domain::text::Message;
use crate::store::{Order, StoreError};
use crate::vietnamese::date::format_date;

/// What is asked of a plan.
#[derive(Clone, Debug)]
pub struct Question {
    /// The day as of which everything holds.
    pub as_of: NaiveDate,
    /// The unit, where not the plan's own.
    pub unit: Option<String>,
}

/// A target as it stands.
#[derive(Clone, Debug)]
pub struct Row {
    /// The plan's code.
    pub plan: String,
    /// The target; its figures are the unit's allocation where it has one.
    pub target: Target,
    /// The unit that the row is about.
    pub unit: String,
    /// The days it looked at; none where the plan leaves them open.
    pub window: Option<Window>,
    /// The figure; none where it cannot be told.
    pub value: Option<Value>,
    /// The records behind it and beside it.
    pub tally: Tally,
    /// How it stands.
    pub state: State,
    /// Whether the day by which it is wanted is reached.
    pub due_passed: bool,
}

impl Row {
    /// The figure in tenths: of a share its percentage.
    pub fn actual_tenths(&self) -> Option<i128> {
        self.value.and_then(tenths)
    }

    /// How much of the target is reached, in tenths of a percent.
    pub fn tenths_of_target(&self) -> Option<i128> {
        let is_judged = !self.target.is_baseline();
        self.value
            .filter(|_| is_judged)
            .and_then(|value| tenths_of_target(value, self.target.low))
    }

    /// Whether its figure is a percentage.
    pub fn is_share(&self) -> bool {
        matches!(self.value, Some(Value::Share { .. })) || self.target.measure == "%"
    }
}

/// All rows of a plan, in its order.
///
/// # Errors
/// The store's.
pub fn evaluate(books: &Books, plan: &Plan, question: &Question) -> Result<Vec<Row>, StoreError> {
    let mut rows = Vec::new();
    for target in &plan.targets {
        rows.extend(rows_of(books, plan, target, question)?);
    }
    Ok(rows)
}

/// The rows of one target.
///
/// # Errors
/// The store's.
pub fn rows_of(books: &Books, plan: &Plan, target: &Target, question: &Question) -> Result<Vec<Row>, StoreError> {
    let case = Case {
        books,
        plan,
        as_of: question.as_of,
        due_passed: due(plan, target, question.as_of) <= question.as_of,
    };
    let unit = question.unit.as_deref().unwrap_or(&plan.unit);
    if target.reach == Reach::Whole || unit != plan.unit {
        let target = case.allotted(target, unit)?;
        return Ok(vec![case.row(&target, unit)?]);
    }
    let mut parts = Vec::new();
    for unit in case.units_below(target) {
        let target = case.allotted(target, &unit)?;
        parts.push(case.row(&target, &unit)?);
    }
    let whole = case.whole(target, &parts)?;
    Ok(std::iter::once(whole).chain(parts).collect())
}

/// The rows of the units that a target of the whole was allotted to for the year, each against its own part.
///
/// # Errors
/// The store's.
pub fn allotted_rows(books: &Books, plan: &Plan, target: &Target, as_of: NaiveDate) -> Result<Vec<Row>, StoreError> {
    let Some(id) = target.id.filter(|_| target.reach == Reach::Whole) else {
        return Ok(Vec::new());
    };
    let mut units = BTreeSet::new();
    for item in books.read.refers(id, "allocation", "target", Order::Forward) {
        units.extend(item?.cover.unit().map(str::to_string));
    }
    let mut found = Vec::new();
    for unit in units {
        let question = Question {
            as_of,
            unit: Some(unit),
        };
        let rows = rows_of(books, plan, target, &question)?;
        found.extend(rows.into_iter().filter(|row| row.target.allotted));
    }
    Ok(found)
}

/// The records counted in any of these rows, each once: what a total over several plans counts, for one activity may
/// belong to two programmes.
pub fn once_each<'r>(rows: impl IntoIterator<Item = &'r Row>) -> Vec<Id> {
    let ids: BTreeSet<Id> = rows
        .into_iter()
        .flat_map(|row| row.tally.counted.iter().copied())
        .collect();
    ids.into_iter().collect()
}

/// A plan looked at on a day.
struct Case<'a, 'b> {
    books: &'a Books<'b>,
    plan: &'a Plan,
    as_of: NaiveDate,
    due_passed: bool,
}

impl Case<'_, '_> {
    /// One row for one unit.
    fn row(&self, target: &Target, unit: &str) -> Result<Row, StoreError> {
        let Some(known) = indicator(&target.indicator) else {
            return self.line(target, unit);
        };
        if known.nature == Nature::Baseline {
            let on = target.due.unwrap_or(self.as_of);
            let tally = self.compute(known, target, unit, Window { from: on, to: on })?;
            let reason = baseline_reason(target);
            let value = Some(tally.value);
            return Ok(Row {
                value,
                ..self.unknown(target, unit, tally, reason)
            });
        }
        match span(self.plan, target, self.as_of) {
            Span::Known(window) => {
                let tally = self.compute(known, target, unit, window)?;
                let value = Some(tally.value).filter(|value| tenths(*value).is_some());
                let state = judge(tally.value, target, self.due_passed);
                Ok(self.made(target, unit, Some(window), value, tally, state))
            }
            Span::Open(readings) => {
                let mut read = Vec::new();
                for window in readings {
                    read.push((window, self.compute(known, target, unit, window)?.value));
                }
                Ok(self.unknown(target, unit, Tally::new(), open_reason(&read)))
            }
        }
    }

    /// The row of a line of the weekly summary.
    fn line(&self, target: &Target, unit: &str) -> Result<Row, StoreError> {
        let Some((lines, label)) = self
            .books
            .lines
            .and_then(|lines| Some((lines, lines.label(&target.indicator)?)))
        else {
            return Ok(self.unknown(target, unit, Tally::new(), no_formula(&target.indicator)));
        };
        let mut target = target.clone();
        target.description = label.vi;
        let Some(window) = of_line(self.plan, &target, self.as_of) else {
            return Ok(self.unknown(&target, unit, Tally::new(), open_reason(&[])));
        };
        let of_unit = |unit: &str| -> Result<Tally, StoreError> {
            let found = lines.figure(self.books.read, &target.indicator, unit, window)?;
            let found = found.unwrap_or_default();
            let mut tally = Tally::new();
            tally.value = Value::Count(found.value);
            tally.counted = found.ids;
            Ok(tally)
        };
        let mut tally = of_unit(unit)?;
        if !lines.is_stock(&target.indicator) {
            let area = Area::new(&self.books.tree, self.books.read.known(), unit, window.to);
            let asked = Asked {
                books: self.books,
                plan: self.plan,
                target: &target,
                area: &area,
                window,
                as_of: self.as_of,
            };
            declared::add_declared(&asked, &mut tally, false, of_unit)?;
        }
        let state = judge(tally.value, &target, self.due_passed);
        Ok(self.made(&target, unit, Some(window), Some(tally.value), tally.tidy(), state))
    }

    fn compute(&self, known: &Indicator, target: &Target, unit: &str, window: Window) -> Result<Tally, StoreError> {
        let area = Area::new(&self.books.tree, self.books.read.known(), unit, window.to);
        let asked = Asked {
            books: self.books,
            plan: self.plan,
            target,
            area: &area,
            window,
            as_of: self.as_of,
        };
        let mut tally = (known.formula)(&asked)?;
        if matches!(known.nature, Nature::Flow | Nature::Stock) {
            let own = |unit: &str| {
                let area = area.of(unit);
                (known.formula)(&Asked { area: &area, ..asked })
            };
            let stock = known.nature == Nature::Stock;
            declared::add_declared(&asked, &mut tally, stock, own)?;
        }
        Ok(tally.tidy())
    }

    /// How many of the units below met a target that is for each of them.
    fn whole(&self, target: &Target, parts: &[Row]) -> Result<Row, StoreError> {
        let met = |row: &&Row| matches!(row.state, State::Met | State::Exceeded);
        let mut tally = Tally::new();
        tally.value = Value::Units {
            counted: count(parts.iter().filter(met).count()),
            of: count(parts.len()),
        };
        for row in parts {
            tally.counted.extend(&row.tally.counted);
            tally.undecided.extend(row.tally.undecided.iter().cloned());
            if !met(&row) {
                let name = self.books.tree.name(&row.unit);
                tally.nearly.push(Remark {
                    about: About::Unit(row.unit.clone()),
                    reason: Message::new(format!("{name} chưa đạt"), format!("{name} has not met it")),
                });
            }
        }
        let Value::Units { counted, of } = tally.value else {
            return self.row(target, &self.plan.unit);
        };
        if target.measure == "%" {
            tally.value = Value::Share {
                part: counted,
                whole: of,
            };
        }
        let state = judge(Value::Units { counted, of }, target, self.due_passed);
        let window = parts.first().and_then(|row| row.window);
        let value = Some(tally.value).filter(|_| of > 0);
        Ok(self.made(target, &self.plan.unit, window, value, tally.tidy(), state))
    }

    /// The units right below the plan's on the day that the target looks at.
    fn units_below(&self, target: &Target) -> Vec<String> {
        let by_deadline = matches!(target.indicator.as_str(), "REPORT_6M_ON_TIME" | "REPORT_12M_ON_TIME");
        let due = due(self.plan, target, self.as_of);
        let on = if by_deadline { due } else { self.as_of.min(due) };
        self.books.tree.children(&self.plan.unit, on)
    }

    /// The target with what of it was allotted to a unit for the year, if anything was.
    fn allotted(&self, target: &Target, unit: &str) -> Result<Target, StoreError> {
        let mut target = target.clone();
        let (Some(id), true) = (target.id, unit != self.plan.unit) else {
            return Ok(target);
        };
        let year = i64::from(chrono::Datelike::year(
            &self.as_of.min(due(self.plan, &target, self.as_of)),
        ));
        for item in self.books.read.refers(id, "allocation", "target", Order::Forward) {
            let item = item?;
            if item.cover.unit() == Some(unit)
                && item.cover.number("year") == Some(year)
                && let Some(entry) = self.books.read.get("allocation", item.id)?
                && let Some(low) = entry.field::<Option<f64>>("low")
            {
                target.low = low;
                target.allotted = true;
                target.high = target.high.filter(|high| *high >= low);
            }
        }
        Ok(target)
    }

    fn unknown(&self, target: &Target, unit: &str, mut tally: Tally, reason: Message) -> Row {
        let about = About::Plan(target.id.map_or_else(|| self.plan.code.clone(), |id| id.to_string()));
        tally.undecided.push(Remark { about, reason });
        self.made(target, unit, None, None, tally, State::Unknown)
    }

    fn made(
        &self,
        target: &Target,
        unit: &str,
        window: Option<Window>,
        value: Option<Value>,
        tally: Tally,
        state: State,
    ) -> Row {
        Row {
            plan: self.plan.code.clone(),
            target: target.clone(),
            unit: unit.to_string(),
            window,
            value,
            tally,
            state,
            due_passed: self.due_passed,
        }
    }
}

fn no_formula(code: &str) -> Message {
    Message::new(
        format!("không có chỉ tiêu nào mang mã {code}; xem lại mã trong kế hoạch"),
        format!("no indicator has the code {code}; look at the code in the plan"),
    )
}

fn baseline_reason(target: &Target) -> Message {
    let on = target.baseline.and_then(|(_, on)| on).or(target.due);
    let (day, from) = (
        on.map(format_date).unwrap_or_default(),
        target.literal.clone().unwrap_or_default(),
    );
    Message::new(
        format!("số gốc ngày {day}, không phải chỉ tiêu ({from})"),
        format!("baseline of {day}, not a target ({from})"),
    )
}

/// That the plan does not say from when it counts, with each reading.
fn open_reason(read: &[(Window, Value)]) -> Message {
    let number = |value: &Value| match value {
        Value::Count(number) => number.to_string(),
        Value::Share { part, whole }
        | Value::Units {
            counted: part,
            of: whole,
        } => format!("{part}/{whole}"),
        Value::Entered(number) => number.to_string(),
    };
    let readings = |word: &str| {
        let read = read
            .iter()
            .map(|(window, value)| format!("{word} {}: {}", format_date(window.from), number(value)));
        read.collect::<Vec<_>>().join("; ")
    };
    let (vi, en) = match read.is_empty() {
        true => (String::new(), String::new()),
        false => (format!(" ({})", readings("từ")), format!(" ({})", readings("from"))),
    };
    Message::new(
        format!("kế hoạch không nói tính từ ngày nào{vi}; hãy đặt \"Lũy kế từ\""),
        format!("the plan does not say from when it counts{en}; set \"Counted from\""),
    )
}

/// Whether a unit is known to have ended, so that a target of its own is closed.
pub fn ended(unit: &str, on: NaiveDate) -> Option<NaiveDate> {
    units().get(unit)?.valid_to.filter(|last| *last < on)
}
