//! A plan as it is computed: the built-in ones and the office's own records (kinds `plan`, `target`) as one struct.
//!
//! Where a record and a built-in plan have the same code, the record is the plan: what it leaves blank (role set, rule,
//! targets) is the built-in one's. Roll-outs and filings refer to the record.

use chrono::NaiveDate;

use super::lines;
use super::registry::indicator;
use crate::arrange::Arrange;
use crate::domain::catalog::plans::{BuiltinPlan, BuiltinTarget, plan as builtin, plans as builtins};
use crate::domain::catalog::units;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::known::Known;
use crate::domain::plan::Plan as PlanRecord;
use crate::domain::record::Record;
use crate::domain::role::MANAGING;
use crate::domain::target::Target as TargetRecord;
use crate::store::{Order, Read, StoreError};

/// Which cooperatives a plan helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eligible {
    /// Woman-managed, or more than half of the workers women.
    Either,
    /// Both.
    Both,
    /// All.
    NotAsked,
}

/// How new jobs are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewJobs {
    /// Women who work at what was founded in the window.
    Founded,
    /// What the numbers of women rose by.
    Difference,
}

/// How an actual figure is held against a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `=`: as many as that; more is more than asked.
    Equal,
    /// `>=`
    AtLeast,
    /// `>`: strictly more.
    MoreThan,
    /// `range`: from one number to another.
    Range,
}

impl Operator {
    /// From its code.
    pub fn from_code(code: &str) -> Operator {
        match code {
            ">=" => Operator::AtLeast,
            ">" => Operator::MoreThan,
            "range" => Operator::Range,
            _ => Operator::Equal,
        }
    }

    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            Operator::Equal => "=",
            Operator::AtLeast => ">=",
            Operator::MoreThan => ">",
            Operator::Range => "range",
        }
    }
}

/// Whether a target is for the unit as a whole or for each unit below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The unit as a whole.
    Whole,
    /// Each unit right below.
    EachUnit,
}

/// A plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Its record; none for a built-in plan that the office has not made its own.
    pub id: Option<Id>,
    /// Its code: `DA01-QUANGNGAI-126`.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// Its number, if it has one.
    pub number: Option<String>,
    /// When it was issued, as far as known.
    pub date: Option<String>,
    /// Who issued it.
    pub issuer: String,
    /// The uid of the unit that it is for.
    pub unit: String,
    /// A code of `programme`.
    pub programme: String,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// What it is grounded on.
    pub parents: Vec<String>,
    /// Roles that count as managing.
    pub role_set: Vec<String>,
    /// Which cooperatives it helps.
    pub eligible: Eligible,
    /// Kinds of organisation whose managers count.
    pub manager_scope: Vec<String>,
    /// "Maintained" looks at what was founded from this day.
    pub founded_from: Option<NaiveDate>,
    /// "Maintained" looks at what was founded before this day.
    pub founded_before: Option<NaiveDate>,
    /// Whether "maintained" also asks for consolidation in the window.
    pub needs_consolidated: bool,
    /// How new jobs are counted.
    pub new_jobs: NewJobs,
    /// The last day of figures in a half-year report, `05-31`.
    pub cutoff_half: Option<String>,
    /// The last day of figures in a year's report.
    pub cutoff_year: Option<String>,
    /// Its targets, in its order.
    pub targets: Vec<Target>,
}

/// A target of a plan.
#[derive(Clone, Debug)]
pub struct Target {
    /// Its record, if it has one.
    pub id: Option<Id>,
    /// The indicator's code.
    pub indicator: String,
    /// The plan's period: `2024`, `to-2030`.
    pub period: String,
    /// What is wanted, in words.
    pub description: String,
    /// How it is compared.
    pub operator: Operator,
    /// The figure wanted, or the lower end.
    pub low: f64,
    /// The upper end.
    pub high: Option<f64>,
    /// What is counted: "HTX", "%".
    pub measure: String,
    /// For whom.
    pub reach: Reach,
    /// From when a flow counts; none: the plan does not say.
    pub cumulative_from: Option<NaiveDate>,
    /// By when.
    pub due: Option<NaiveDate>,
    /// Topics that count in place of the indicator's own.
    pub topics: Vec<String>,
    /// A baseline: the figure and its day.
    pub baseline: Option<(f64, Option<NaiveDate>)>,
    /// The plan's own words.
    pub literal: Option<String>,
    /// Where the plan says so.
    pub clause: Option<String>,
    /// What is unclear in it.
    pub note: Option<String>,
    /// Whether `low` is what was allotted to the unit looked at.
    pub allotted: bool,
}

impl Target {
    /// Whether it states what there was, and wants nothing.
    pub fn is_baseline(&self) -> bool {
        self.indicator.ends_with("_BASELINE")
    }
}

impl Plan {
    fn of_builtin(plan: &BuiltinPlan) -> Plan {
        Plan {
            id: None,
            code: plan.code.clone(),
            title: plan.title.clone(),
            number: plan.number.clone(),
            date: plan.date.map(|date| date.to_string()),
            issuer: plan.issuer.clone(),
            unit: plan.unit.clone(),
            programme: plan.programme.clone(),
            from: plan.from,
            to: plan.to,
            parents: plan.parents.clone(),
            role_set: plan.role_set.clone(),
            eligible: eligible(&plan.eligible_rule),
            manager_scope: plan.manager_scope.clone(),
            founded_from: plan.founded_from,
            founded_before: plan.founded_before,
            needs_consolidated: plan.maintained_needs_consolidated,
            new_jobs: new_jobs(&plan.jobs_new_method),
            cutoff_half: None,
            cutoff_year: None,
            targets: plan.targets.iter().map(Target::of_builtin).collect(),
        }
    }

    /// How a unit counts where no plan says otherwise: all managing roles, cooperatives and groups alike.
    pub fn plain(unit: &str, programme: &str, from: NaiveDate, to: NaiveDate) -> Plan {
        Plan {
            id: None,
            code: programme.to_string(),
            title: String::new(),
            number: None,
            date: None,
            issuer: String::new(),
            unit: unit.to_string(),
            programme: programme.to_string(),
            from,
            to,
            parents: Vec::new(),
            role_set: MANAGING.iter().map(|code| (*code).to_string()).collect(),
            eligible: Eligible::NotAsked,
            manager_scope: ["HTX", "THT"].map(str::to_string).to_vec(),
            founded_from: None,
            founded_before: None,
            needs_consolidated: false,
            new_jobs: NewJobs::Founded,
            cutoff_half: None,
            cutoff_year: None,
            targets: Vec::new(),
        }
    }

    /// A plan of the office's own, without its targets; `None` where a required field is missing.
    fn of_record(entry: &Entry) -> Option<Plan> {
        let record = PlanRecord::read(entry);
        let code = record.code?;
        let twin = builtin(&code).map(Plan::of_builtin);
        let codes = |own: Vec<String>, twin: Option<&Vec<String>>, else_: &[&str]| match (own.is_empty(), twin) {
            (false, _) => own,
            (true, Some(twin)) => twin.clone(),
            (true, None) => else_.iter().map(|code| (*code).to_string()).collect(),
        };
        let twin = twin.as_ref();
        Some(Plan {
            id: Some(entry.id),
            title: record.title.unwrap_or_default(),
            number: record.number.or_else(|| twin.and_then(|twin| twin.number.clone())),
            date: record
                .date
                .map(|date| date.iso())
                .or_else(|| twin.and_then(|twin| twin.date.clone())),
            issuer: record
                .issuer
                .or_else(|| twin.map(|twin| twin.issuer.clone()))
                .unwrap_or_default(),
            unit: record.unit?,
            programme: record.programme?,
            from: record.from?,
            to: record.to?,
            parents: codes(record.parents, twin.map(|twin| &twin.parents), &[]),
            role_set: codes(record.role_set, twin.map(|twin| &twin.role_set), &MANAGING),
            eligible: match (record.eligible_rule, twin) {
                (Some(rule), _) => eligible(&rule),
                (None, Some(twin)) => twin.eligible,
                (None, None) => Eligible::NotAsked,
            },
            manager_scope: codes(
                record.manager_scope,
                twin.map(|twin| &twin.manager_scope),
                &["HTX", "THT"],
            ),
            founded_from: record.founded_from.or_else(|| twin?.founded_from),
            founded_before: record.founded_before.or_else(|| twin?.founded_before),
            needs_consolidated: record
                .maintained_needs_consolidated
                .or_else(|| twin.map(|twin| twin.needs_consolidated))
                .unwrap_or(false),
            new_jobs: match (record.jobs_new_method, twin) {
                (Some(method), _) => new_jobs(&method),
                (None, Some(twin)) => twin.new_jobs,
                (None, None) => NewJobs::Founded,
            },
            cutoff_half: record.cutoff_half,
            cutoff_year: record.cutoff_year,
            targets: twin.map(|twin| twin.targets.clone()).unwrap_or_default(),
            code,
        })
    }
}

/// The built-in plan of a code.
pub fn built_in(code: &str) -> Option<Plan> {
    builtin(code).map(Plan::of_builtin)
}

fn eligible(rule: &str) -> Eligible {
    match rule {
        "MOT_TRONG_HAI" => Eligible::Either,
        "CA_HAI" => Eligible::Both,
        _ => Eligible::NotAsked,
    }
}

fn new_jobs(method: &str) -> NewJobs {
    match method {
        "CHENH_LECH" => NewJobs::Difference,
        _ => NewJobs::Founded,
    }
}

fn reach(scope: Option<&str>) -> Reach {
    match scope {
        Some("EACH_UNIT") => Reach::EachUnit,
        _ => Reach::Whole,
    }
}

impl Target {
    fn of_builtin(target: &BuiltinTarget) -> Target {
        Target {
            id: None,
            indicator: target.indicator.clone(),
            period: target.period.clone(),
            description: target.description.clone(),
            operator: Operator::from_code(&target.operator),
            low: target.low as f64,
            high: target.high.map(|high| high as f64),
            measure: target.measure.clone(),
            reach: reach(Some(&target.scope)),
            cumulative_from: target.cumulative_from,
            due: target.due,
            topics: Vec::new(),
            baseline: target.is_baseline().then_some((target.low as f64, target.due)),
            literal: Some(target.literal.clone()),
            clause: Some(target.clause.clone()),
            note: target.note.clone(),
            allotted: false,
        }
    }

    /// An indicator over some days, of which nothing is wanted.
    pub fn plain(code: &str, from: NaiveDate, to: NaiveDate) -> Target {
        let known = indicator(code);
        Target {
            id: None,
            indicator: code.to_string(),
            period: String::new(),
            description: known.map_or(code, |known| known.label.vi).to_string(),
            operator: Operator::AtLeast,
            low: 0.0,
            high: None,
            measure: known.map_or("", |known| known.measure).to_string(),
            reach: Reach::Whole,
            cumulative_from: Some(from),
            due: Some(to),
            topics: Vec::new(),
            baseline: None,
            literal: None,
            clause: None,
            note: None,
            allotted: false,
        }
    }

    /// With the words of the built-in target that it stands for, if it does.
    fn named_as_in(mut self, twins: &[Target]) -> Target {
        let twin = twins
            .iter()
            .find(|twin| twin.indicator == self.indicator && twin.period == self.period);
        if let Some(twin) = twin {
            self.description.clone_from(&twin.description);
            self.measure.clone_from(&twin.measure);
        }
        self
    }

    fn of_record(entry: &Entry) -> Option<Target> {
        let record = TargetRecord::read(entry);
        let code = record.indicator?;
        let known = indicator(&code);
        Some(Target {
            id: Some(entry.id),
            period: record.period.unwrap_or_default(),
            description: known.map_or_else(|| code.clone(), |known| known.label.vi.to_string()),
            operator: Operator::from_code(record.operator.as_deref().unwrap_or_default()),
            low: record.low?,
            high: record.high,
            measure: known
                .map_or_else(|| lines::measure(&code), |known| known.measure)
                .to_string(),
            reach: reach(record.scope.as_deref()),
            cumulative_from: record.cumulative_from,
            due: record.due,
            topics: record.topics,
            baseline: record.baseline.map(|figure| (figure, record.baseline_on)),
            literal: record.literal,
            clause: record.clause,
            note: entry.text("note").map(str::to_string),
            allotted: false,
            indicator: code,
        })
    }
}

/// All plans: the office's own records in the order of entry, then the built-in ones that no record stands for.
pub fn all(read: &dyn Read) -> Result<Vec<Plan>, StoreError> {
    let mut plans = Vec::new();
    for entry in read.scan("plan") {
        if let Some(mut plan) = Plan::of_record(&entry?) {
            let own = own_targets(read, &plan)?;
            if !own.is_empty() {
                plan.targets = own.into_iter().map(|own| own.named_as_in(&plan.targets)).collect();
            }
            plans.push(plan);
        }
    }
    let fold = |code: &str| code.to_lowercase();
    let built_in = builtins()
        .iter()
        .filter(|plan| !plans.iter().any(|own| fold(&own.code) == fold(&plan.code)));
    let built_in: Vec<Plan> = built_in.map(Plan::of_builtin).collect();
    plans.extend(built_in);
    Ok(plans)
}

/// The plan of a code or a record's id.
pub fn find(read: &dyn Read, name: &str) -> Result<Option<Plan>, StoreError> {
    let is_it = |plan: &Plan| {
        plan.code.eq_ignore_ascii_case(name.trim()) || plan.id.is_some_and(|id| id.to_string() == name.trim())
    };
    Ok(all(read)?.into_iter().find(is_it))
}

/// The plans that concern an office where none is named: its own records, and of the built-in plans those that were
/// chosen at set-up, else those that are proposed for it. Without an office, all. Those that run on that day come first.
pub fn of_office(read: &dyn Read, office: Option<&str>, as_of: NaiveDate) -> Result<Vec<Plan>, StoreError> {
    let mut plans = all(read)?;
    if let Some(office) = office {
        let set = &read.settings().office;
        let chosen = set.plans.as_ref().filter(|_| set.unit.as_deref() == Some(office));
        let proposed = proposed(read.known(), office, as_of);
        let chosen = chosen.unwrap_or(&proposed);
        plans.retain(|plan| plan.id.is_some() || chosen.contains(&plan.code));
    }
    plans.arrange_by_key(|plan| !(plan.from <= as_of && as_of <= plan.to));
    Ok(plans)
}

/// The codes of the built-in plans that are proposed for an office: those of its unit and of the units that it is below
/// or that came before it, on any day up to the one asked about.
pub fn proposed(known: &dyn Known, office: &str, as_of: NaiveDate) -> Vec<String> {
    let mut unit = office.to_string();
    while units().get(&unit).is_none() {
        match known.unit(&unit).and_then(|unit| unit.parent) {
            Some(parent) if parent != unit => unit = parent,
            _ => break,
        }
    }
    let concerns = |plan: &&BuiltinPlan| {
        let days = [plan.to.min(as_of), as_of];
        days.into_iter().any(|on| units().is_below(&unit, &plan.unit, on))
    };
    let plans = builtins().iter().filter(concerns);
    plans.map(|plan| plan.code.clone()).collect()
}

fn own_targets(read: &dyn Read, plan: &Plan) -> Result<Vec<Target>, StoreError> {
    let mut targets = Vec::new();
    let Some(id) = plan.id else { return Ok(targets) };
    for item in read.refers(id, "target", "plan", Order::Forward) {
        let entry = read.get("target", item?.id)?;
        targets.extend(entry.as_ref().and_then(Target::of_record));
    }
    Ok(targets)
}
