//! The plans that come with the program: five real ones of provinces and districts, and the two national programmes.
//!
//! An office that works under one of them chooses it at set-up and gets its targets as records; from then on the records
//! are what counts. They stand in `data/plans.toml`, whose head tells what each key means, and are read when first asked
//! for. What a plan leaves open (its number, from when it counts) is left open here too. Coded values are codes of the
//! lists named beside them; a test holds all of them to be known.

use std::sync::OnceLock;

use chrono::NaiveDate;
use serde::Deserialize;

use super::packed;

/// The file as it stands in the repository, inflated at the first call.
fn source() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| packed::text(include_bytes!(concat!(env!("OUT_DIR"), "/plans.toml.bin"))))
}

/// A plan as issued, with how it wants its figures counted.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BuiltinPlan {
    /// Our name for it: `DA01-QUANGNGAI-126`.
    pub code: String,
    /// What it is called, in Vietnamese.
    pub title: String,
    /// Its number, `126/KH-UBND`, if the document has one.
    pub number: Option<String>,
    /// The day it was issued, if known.
    pub date: Option<NaiveDate>,
    /// The body that issued it.
    pub issuer: String,
    /// The uid of the unit it is for.
    pub unit: String,
    /// A code of `programme`.
    pub programme: String,
    /// The first day it covers.
    pub from: NaiveDate,
    /// The last day it covers.
    pub to: NaiveDate,
    /// The plans it is grounded on, as it cites them.
    pub parents: Vec<String>,
    /// Codes of `role`: who counts as managing.
    pub role_set: Vec<String>,
    /// A code of `eligible_rule`.
    pub eligible_rule: String,
    /// Codes of `entity_type`: whose managers count.
    pub manager_scope: Vec<String>,
    /// "Maintained" looks at what was founded on this day or later.
    pub founded_from: Option<NaiveDate>,
    /// "Maintained" looks at what was founded before this day.
    pub founded_before: Option<NaiveDate>,
    /// Whether "maintained" also asks that the organisation was consolidated in the window.
    #[serde(default)]
    pub maintained_needs_consolidated: bool,
    /// A code of `jobs_new_method`.
    pub jobs_new_method: String,
    /// Its targets, in the plan's order.
    #[serde(rename = "target")]
    pub targets: Vec<BuiltinTarget>,
}

/// One target of a plan.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BuiltinTarget {
    /// The indicator that measures it: `HTX_NEW`.
    pub indicator: String,
    /// Which of the plan's periods: `2024`, `to-2025`, `to-2030`, `yearly`; one indicator may stand in several.
    pub period: String,
    /// What is wanted, in Vietnamese.
    pub description: String,
    /// A code of `target_operator`.
    pub operator: String,
    /// The value wanted, or the lower end of a range; percent where `measure` is `%`.
    pub low: i64,
    /// The upper end of a range; of a coverage, the number of units there are.
    pub high: Option<i64>,
    /// What is counted: "HTX", "người", "%".
    pub measure: String,
    /// Where the plan says so.
    pub clause: String,
    /// A code of `target_scope`: for the whole unit, or for each unit below.
    pub scope: String,
    /// From when a flow counts. None: the plan does not say, and an officer has to choose.
    pub cumulative_from: Option<NaiveDate>,
    /// The day by which it is wanted; of a baseline, the day of the figure.
    pub due: Option<NaiveDate>,
    /// The plan's own words.
    pub literal: String,
    /// What was read into them, or is unclear.
    pub note: Option<String>,
}

impl BuiltinTarget {
    /// Whether the row states what there was (`low`, on the day `due`) and wants nothing.
    pub fn is_baseline(&self) -> bool {
        self.indicator.ends_with("_BASELINE")
    }
}

/// All built-in plans: those of provinces and districts, then the national ones.
pub fn plans() -> &'static [BuiltinPlan] {
    static PLANS: OnceLock<Vec<BuiltinPlan>> = OnceLock::new();
    PLANS.get_or_init(|| read(source()).expect("the plans are compiled in, and a test reads them"))
}

/// The built-in plan with this code.
pub fn plan(code: &str) -> Option<&'static BuiltinPlan> {
    plans().iter().find(|plan| plan.code == code)
}

fn read(source: &str) -> Result<Vec<BuiltinPlan>, toml::de::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        plan: Vec<BuiltinPlan>,
    }
    Ok(toml::from_str::<File>(source)?.plan)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use unicode_normalization::is_nfc;

    use super::*;
    use crate::domain::catalog::{list, units};

    /// Every indicator there is a formula for.
    const INDICATORS: [&str; 43] = [
        "HTX_BASELINE",
        "THT_BASELINE",
        "HTX_NEW",
        "THT_NEW",
        "HTX_THT_NEW",
        "HTX_MAINTAINED",
        "THT_MAINTAINED",
        "HTX_THT_CONSOLIDATED_PCT",
        "HTX_REORG_GUIDED_PCT",
        "JOBS_HTX_WOMEN",
        "JOBS_THT_WOMEN",
        "JOBS_HTX_THT_WOMEN",
        "JOBS_NEW_WOMEN",
        "MANAGERS_TRAINED_PCT",
        "MANAGERS_IT_PCT",
        "MANAGERS_CERT_PCT",
        "WORKERS_TRAINED_PCT",
        "OFFICERS_KTTT_TRAINED_PCT",
        "OFFICERS_SKILL_PCT",
        "OFFICERS_FT_AWARE_PCT",
        "MEMBERS_AWARE_PCT",
        "WOMEN_LEADERS_CAPACITY",
        "VOCATIONAL_WOMEN",
        "FAIRS_HELD",
        "FAIR_BOOTHS",
        "CONTEST_IDEAS_SENT",
        "CONTEST_REGION_FINAL",
        "COVERAGE_DISTRICTS",
        "COVERAGE_COMMUNES",
        "PLAN_ROLLOUT_DISTRICTS",
        "OFFICER_CLASS_DISTRICTS",
        "CLUBS_PARTNERED",
        "DISABLED_GROUP_MAINTAINED",
        "INSPECTIONS_HELD",
        "COMMENDATION_ROUNDS",
        "REPORT_6M_ON_TIME",
        "REPORT_12M_ON_TIME",
        "BIZ_LEGAL_ADVISED",
        "BIZ_CREDIT_ADVISED",
        "BIZ_RESTRUCTURED",
        "NEW_BIZ_ADVISED",
        "HKD_TO_DN",
        "WOMEN_STARTUP_SUPPORTED",
    ];

    fn targets() -> impl Iterator<Item = &'static BuiltinTarget> {
        plans().iter().flat_map(|plan| &plan.targets)
    }

    #[test]
    fn seven_plans_come_with_65_and_10_targets() {
        let sizes: Vec<_> = plans()
            .iter()
            .map(|plan| (plan.code.as_str(), plan.targets.len()))
            .collect();
        assert_eq!(
            sizes,
            [
                ("DA01-THAIBINH-2024", 5),
                ("DA01-QUANGNGAI-126", 21),
                ("DA01-CHOMOI-1369", 6),
                ("DA939-THAIBINH-2024", 17),
                ("DA01-TRANGDINH-2023", 16),
                ("DA939-TW", 3),
                ("DA2415-TW", 7),
            ]
        );
        assert!(plan("DA01-QUANGNGAI-126").is_some() && plan("DA01").is_none());
    }

    #[test]
    fn every_code_in_a_plan_is_known() {
        let known = |key, code: &str| assert!(list(key).unwrap().contains(code), "{key}: {code}");
        for plan in plans() {
            assert!(units().get(&plan.unit).is_some(), "{}", plan.unit);
            known("programme", &plan.programme);
            known("eligible_rule", &plan.eligible_rule);
            known("jobs_new_method", &plan.jobs_new_method);
            plan.role_set.iter().for_each(|code| known("role", code));
            plan.manager_scope.iter().for_each(|code| known("entity_type", code));
        }
        for target in targets() {
            assert!(INDICATORS.contains(&target.indicator.as_str()), "{}", target.indicator);
            known("target_operator", &target.operator);
            known("target_scope", &target.scope);
        }
    }

    #[test]
    fn an_indicator_stands_once_in_each_period_of_a_plan() {
        for plan in plans() {
            let rows: HashSet<_> = plan
                .targets
                .iter()
                .map(|target| (&target.indicator, &target.period))
                .collect();
            assert_eq!(rows.len(), plan.targets.len(), "{}", plan.code);
        }
    }

    #[test]
    fn a_range_has_both_ends_in_order_and_a_percentage_at_most_a_hundred() {
        for target in targets() {
            assert!(target.high.is_none_or(|high| target.low <= high), "{target:?}");
            assert_eq!(
                target.operator == "range",
                target.high.is_some_and(|high| high > target.low),
                "{target:?}"
            );
            assert!(target.measure != "%" || (1..=100).contains(&target.low), "{target:?}");
        }
    }

    #[test]
    fn dates_stand_in_order_and_words_in_nfc() {
        for plan in plans() {
            assert!(
                plan.from < plan.to && is_nfc(&plan.title) && is_nfc(&plan.issuer),
                "{}",
                plan.code
            );
            for target in &plan.targets {
                let window = target.cumulative_from.zip(target.due);
                assert!(
                    window.is_none_or(|(from, due)| plan.from <= from && from <= due),
                    "{target:?}"
                );
                assert!(target.due.is_none_or(|due| due <= plan.to), "{target:?}");
                assert!(is_nfc(&target.description) && is_nfc(&target.literal), "{target:?}");
            }
        }
    }

    #[test]
    fn what_a_plan_does_not_say_is_left_open() {
        let new_to_2030 = |code: &str| {
            let targets = &plan(code).unwrap().targets;
            targets
                .iter()
                .find(|target| target.indicator == "HTX_NEW" && target.period == "to-2030")
                .unwrap()
        };
        for code in ["DA01-QUANGNGAI-126", "DA01-TRANGDINH-2023"] {
            assert_eq!(new_to_2030(code).cumulative_from, None);
            assert!(new_to_2030(code).note.as_ref().unwrap().starts_with("KHÔNG RÕ"));
        }
        assert_eq!(plan("DA01-TRANGDINH-2023").unwrap().number, None);
        assert_eq!(targets().filter(|target| target.is_baseline()).count(), 2);
    }

    #[test]
    fn a_misspelt_key_is_refused() {
        assert!(read("[[plan]]\ncode = 'x'").is_err());
        assert!(read(&source().replacen("programme =", "program =", 1)).is_err());
    }
}
