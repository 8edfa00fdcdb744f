//! Support given or arranged for a cooperative or a person: credit, legal help, trademarks, machines.

use super::cooperative::Cooperative;
use super::entry::Entry;
use super::finding::Findings;
use super::known::{Known, name_of};
use super::programme::{self, Line};
use super::record::{Record, Rules};
use super::{registration, title};
use crate::record;

record! {
    /// One support.
    pub struct Support: "support" = ("Hỗ trợ", "Support") {
        date: Date = ("Ngày", "Date") [required, indexed],
        cooperative: Ref["cooperative"] = ("HTX, THT", "Cooperative") [indexed],
        person: Ref["person"] = ("Cá nhân", "Person") [indexed, hint("Khi hỗ trợ một người", "Where a person is supported")],
        kind: Choice["support_kind"] = ("Loại hỗ trợ", "Kind") [required],
        partner: Ref["partner"] = ("Đơn vị phối hợp", "Partner"),
        asked: Money = ("Số tiền đề nghị (đ)", "Amount asked (đ)"),
        granted: Money = ("Số tiền được duyệt (đ)", "Amount granted (đ)"),
        granted_on: Date = ("Ngày duyệt, giải ngân", "Granted on") [indexed, beside],
        state: Choice["support_state"] = ("Tình trạng", "State"),
        outcome: Lines = ("Kết quả", "Outcome"),
        in_kind_value: Money = ("Giá trị hiện vật (đ)", "Value in kind (đ)") [block("Khác", "More")],
        contracts: Count = ("Số hợp đồng", "Contracts") [block("Khác", "More")],
        contract_value: Money = ("Giá trị hợp đồng (đ)", "Value of contracts (đ)") [beside, block("Khác", "More")],
        funding: Choices["funding_source"] = ("Nguồn kinh phí", "Sources of funds") [block("Khác", "More")],
        priority_counts: Counts["priority_group"] = ("Nhóm ưu tiên (số người)", "Priority groups (counts)")
            [block("Khác", "More")],
    }
}

impl Rules for Support {
    const ACTIVITY: bool = true;
    const WHEN: Option<&'static str> = Some("date");
    const COVER: &'static [&'static str] = &[
        "kind",
        "state",
        "granted",
        "granted_on",
        "cooperative",
        "person",
        "partner",
    ];

    fn title(&self, known: &dyn Known) -> String {
        let whom = match self.cooperative {
            Some(_) => name_of(known, "cooperative", self.cooperative),
            None => name_of(known, "person", self.person),
        };
        title::dated(self.date, &[title::label("support_kind", self.kind.as_deref()), &whom])
    }

    fn complete(&mut self, before: Option<&Self>, known: &dyn Known) {
        let state = self.state.get_or_insert_with(|| "DA_HOAN_THANH".to_string()).clone();
        let was = before.and_then(|before| before.state.clone());
        // A new support is "completed" unless said otherwise, and then its own date counts; only a decision that comes
        // later has a day of its own.
        let decided = match state.as_str() {
            "DA_DUYET" => was.as_deref() != Some("DA_DUYET"),
            "DA_HOAN_THANH" => was.is_some_and(|was| was != state && was != "DA_DUYET") && self.granted.is_some(),
            _ => false,
        };
        if decided && self.granted_on.is_none() {
            self.granted_on = Some(known.today());
        }
        programme::follow(self, before, |support| support.programmes(known));
    }

    fn check(&self, before: Option<&Self>, known: &dyn Known, findings: &mut Findings) {
        let facts = |support: &Support| (support.date, support.cooperative);
        if before.is_none_or(|before| facts(before) != facts(self)) && self.kind.as_deref() != Some("TU_VAN_THANH_LAP")
        {
            registration::check(known, self.cooperative, self.date, "date", findings);
        }
    }
}

impl Support {
    /// Cooperative work, but for support of single women and of businesses: that is start-up work.
    fn programmes(&self, known: &dyn Known) -> Vec<String> {
        let entry: Option<Entry> = self.cooperative.and_then(|id| known.record("cooperative", id));
        let kind = entry.and_then(|entry| Cooperative::read(&entry).kind);
        let line = match kind.as_deref() {
            Some("DN" | "HKD" | "CA_NHAN") => Line::StartUps,
            None if self.person.is_some() => Line::StartUps,
            _ => Line::Cooperatives,
        };
        self.date
            .map(|date| programme::in_force(line, date))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::domain::testing::{World, day};

    fn support(world: &mut World, more: Json) -> Json {
        let htx = world.cooperative("HTX An Khang");
        let mut support =
            json!({"date": "2026-04-14", "cooperative": htx.to_string(), "kind": "QUY_HTX", "granted": 120_000_000});
        support
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        support
    }

    #[test]
    fn a_support_is_completed_on_its_own_day_unless_said_otherwise() {
        let mut world = World::new();
        let plain = support(&mut world, json!({}));
        let id = world.add("support", plain);
        assert_eq!(world.entry(id).text("state"), Some("DA_HOAN_THANH"));
        assert_eq!(world.entry(id).date("granted_on"), None);
        assert!(world.entry(id).names("programmes", "DA01"));
    }

    #[test]
    fn a_decision_that_comes_later_stamps_its_day() {
        let mut world = World::new();
        let asked = support(&mut world, json!({"state": "DE_NGHI"}));
        let id = world.add("support", asked.clone());
        world.edit(id, json!({"state": "DA_DUYET"}));
        assert_eq!(world.entry(id).date("granted_on"), Some(world.today));
        let other = world.add("support", asked);
        world.edit(other, json!({"state": "DA_HOAN_THANH", "granted_on": "2026-05-01"}));
        assert_eq!(world.entry(other).date("granted_on"), Some(day("2026-05-01")));
    }

    #[test]
    fn an_amount_of_nothing_is_doubtful_and_a_negative_one_is_an_error() {
        let mut world = World::new();
        let nothing = support(&mut world, json!({"granted": 0}));
        assert_eq!(world.rules("support", nothing), ["warning amount-zero:granted"]);
        let negative = support(&mut World::new(), json!({"granted": -5, "cooperative": null}));
        assert_eq!(world.read("support", negative).unwrap_err(), "negative: granted");
    }

    #[test]
    fn support_of_a_business_or_of_a_woman_alone_is_start_up_work() {
        let mut world = World::new();
        let business = world
            .add("cooperative", json!({"kind": "HKD", "name": "Hộ Lan"}))
            .to_string();
        let person = world.person("Phạm Thị Hạnh").to_string();
        for whom in [json!({"cooperative": business}), json!({"person": person})] {
            let mut support = json!({"date": "2026-04-14", "kind": "PHAP_LY"});
            support
                .as_object_mut()
                .unwrap()
                .extend(whom.as_object().unwrap().clone());
            let id = world.add("support", support);
            assert_eq!(world.entry(id).field::<Vec<String>>("programmes"), ["DA2415"]);
        }
    }
}
