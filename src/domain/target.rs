//! Targets of a plan, and what of them is allotted to each unit a year.

use super::finding::Findings;
use super::known::{Known, name_of, unit_name};
use super::record::{Record, Rules};
use super::text::Message;
use super::title;
use crate::record;

record! {
    /// One target.
    pub struct Target: "target" = ("Chỉ tiêu", "Target") {
        plan: Ref["plan"] = ("Kế hoạch", "Plan") [required, indexed, sticky],
        indicator: Plain = ("Mã chỉ tiêu", "Indicator") [required],
        period: Plain = ("Kỳ", "Period") [required, sticky,
            hint("2026, đến 2030 (to-2030), 2026-2030", "2026, to-2030, 2026-2030")],
        operator: Choice["target_operator"] = ("Phép so", "Comparison") [required, sticky],
        low: Decimal = ("Mức", "Low") [required],
        high: Decimal = ("Mức trên", "Upper bound") [inline("đến", "to")],
        scope: Choice["target_scope"] = ("Phạm vi", "Scope") [sticky],
        cumulative_from: Date = ("Lũy kế từ", "Counted from") [either, sticky],
        due: Date = ("Hạn", "Due") [coming, not_before("cumulative_from"), beside, sticky],
        topics: Choices["training_topic"] = ("Nội dung tập huấn được tính", "Topics that count") [block("Khác", "More")],
        baseline: Decimal = ("Số gốc", "Baseline") [block("Khác", "More")],
        baseline_on: Date = ("Ngày số gốc", "Baseline's day") [beside, block("Khác", "More")],
        literal: Lines = ("Nguyên văn", "In the plan's words") [block("Khác", "More")],
        clause: Text = ("Điều, mục", "Clause") [block("Khác", "More")],
    }
}

impl Rules for Target {
    const COVER: &'static [&'static str] = &["plan", "indicator"];

    fn title(&self, known: &dyn Known) -> String {
        let part = |text: &Option<String>| text.clone().unwrap_or_default();
        title::join(&[
            &part(&self.indicator),
            &part(&self.period),
            &name_of(known, "plan", self.plan),
        ])
    }

    fn check(&self, _: Option<&Self>, _: &dyn Known, findings: &mut Findings) {
        if let (Some(low), Some(high)) = (self.low, self.high)
            && high < low
        {
            let vi = "Mức trên nhỏ hơn mức dưới. Xem lại hai số.";
            findings.warn(
                "high-under-low",
                "high",
                Message::new(vi, "The upper bound is under the lower one. Look at both."),
            );
        }
    }
}

record! {
    /// A unit's share of a target in a year.
    pub struct Allocation: "allocation" = ("Phân bổ chỉ tiêu", "Allocation") {
        target: Ref["target"] = ("Chỉ tiêu", "Target") [required, indexed, sticky],
        unit: Unit = ("Đơn vị được giao", "Unit") [required],
        year: Year = ("Năm", "Year") [required, sticky],
        low: Decimal = ("Mức giao", "Low") [required],
    }
}

impl Allocation {
    /// What all units are given of the target in the year, this one included, against what is wanted of them together:
    /// none where the target is a share, or for each unit by itself.
    fn against_the_whole(&self, known: &dyn Known) -> Option<(f64, f64)> {
        let target = Target::read(&known.record("target", self.target?)?);
        let is_share = target.indicator.as_deref().is_some_and(|code| code.ends_with("_PCT"));
        if is_share || target.scope.as_deref() == Some("EACH_UNIT") {
            return None;
        }
        let others = known.referring("allocation", "target", self.target?);
        let others = others.iter().map(Allocation::read);
        let others = others.filter(|other| other.common.id != self.common.id && other.year == self.year);
        let given: f64 = others.filter_map(|other| other.low).sum();
        Some((given + self.low?, target.high.or(target.low)?))
    }
}

impl Rules for Allocation {
    const COVER: &'static [&'static str] = &["target", "year", "low"];

    fn title(&self, known: &dyn Known) -> String {
        let year = self.year.map(|year| year.to_string()).unwrap_or_default();
        title::join(&[
            &name_of(known, "target", self.target),
            &unit_name(known, self.unit.as_deref()),
            &year,
        ])
    }

    fn check(&self, before: Option<&Self>, known: &dyn Known, findings: &mut Findings) {
        if before.is_some_and(|before| before.low == self.low && before.year == self.year) {
            return;
        }
        if let Some((given, whole)) = self.against_the_whole(known)
            && given > whole
        {
            let vi = format!("Các đơn vị được giao tổng cộng {given}, nhiều hơn chỉ tiêu {whole}. Xem lại mức giao.");
            let en = format!("The units are given {given} in all, more than the target of {whole}. Look at the parts.");
            findings.warn("parts-over-whole", "low", Message::new(vi, en));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::domain::testing::World;

    #[test]
    fn a_target_takes_the_scopes_and_periods_of_plans_as_they_are_written() {
        let mut world = World::new();
        let plan = world.add(
            "plan",
            json!({"code": "KH-2026", "title": "Kế hoạch năm 2026", "unit": "C12472-B", "programme": "DA01",
            "from": "2026-01-01", "to": "2026-12-31", "date": "2026"}),
        );
        let scope = |text: &str| {
            let target = json!({"plan": "kh-2026", "indicator": "HTX_NEW", "period": "to-2030", "operator": ">=", "low": 1.5, "scope": text});
            let entry = world.read("target", target).unwrap();
            assert_eq!(entry.reference("plan"), Some(plan), "a plan is found by its code");
            entry.text("scope").unwrap().to_string()
        };
        for whole in ["whole", "province", "WHOLE", "Toàn đơn vị"] {
            assert_eq!(scope(whole), "WHOLE", "{whole}");
        }
        for each in ["each_district", "each unit", "each_unit", "từng đơn vị trực thuộc"] {
            assert_eq!(scope(each), "EACH_UNIT", "{each}");
        }
    }

    #[test]
    fn an_upper_bound_under_the_lower_is_doubtful() {
        let mut world = World::new();
        world.add("plan", json!({"code": "KH", "title": "Kế hoạch", "unit": "C12472-B", "programme": "DA01", "from": "2026-01-01", "to": "2026-12-31"}));
        let target = json!({"plan": "KH", "indicator": "FAIR_BOOTHS", "period": "2026", "operator": "range", "low": 15, "high": 12});
        assert_eq!(world.rules("target", target), ["warning high-under-low:high"]);
    }

    #[test]
    fn parts_that_are_more_than_the_whole_are_doubtful_and_those_of_other_years_are_not_added() {
        let mut world = World::new();
        world.add("plan", json!({"code": "KH", "title": "Kế hoạch", "unit": "P34-A", "programme": "DA01", "from": "2024-01-01", "to": "2025-12-31"}));
        let mut target = |code: &str, low: i64| {
            world
                .add(
                    "target",
                    json!({"plan": "KH", "indicator": code, "period": "to-2025", "operator": ">=", "low": low}),
                )
                .to_string()
        };
        let (groups, share) = (target("THT_NEW", 8), target("OFFICERS_SKILL_PCT", 80));
        let part = |target: &str, unit: &str, year: i64, low: i64| json!({"target": target, "unit": unit, "year": year, "low": low});
        world.add("allocation", part(&groups, "D336-A", 2024, 5));
        world.add("allocation", part(&groups, "D338-A", 2025, 3));
        assert!(
            world.rules("allocation", part(&groups, "D338-A", 2024, 3)).is_empty(),
            "5 + 3 are the whole"
        );
        assert_eq!(
            world.rules("allocation", part(&groups, "D338-A", 2024, 4)),
            ["warning parts-over-whole:low"]
        );
        world.add("allocation", part(&share, "D336-A", 2024, 80));
        assert!(
            world.rules("allocation", part(&share, "D338-A", 2024, 90)).is_empty(),
            "shares do not add up"
        );
    }
}
