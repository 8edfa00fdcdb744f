//! Booths of a fair, in three passes: registered, on the day, takings.

use super::fair::Fair;
use super::finding::Findings;
use super::known::{Known, name_of};
use super::record::{Record, Rules};
use super::text::Message;
use super::title;
use crate::record;
use crate::vietnamese::date::format_date;

record! {
    /// One booth.
    pub struct Booth: "booth" = ("Gian hàng", "Booth") {
        fair: Ref["fair"] = ("Hội chợ", "Fair") [required, indexed, sticky],
        number: Plain = ("Số gian", "Booth") [required],
        exhibitor: Ref["cooperative"] = ("HTX, THT trưng bày", "Exhibitor") [indexed],
        person: Ref["person"] = ("Cá nhân trưng bày", "Person exhibiting") [indexed],
        exhibitor_name: Text = ("Tên đơn vị trưng bày", "Exhibitor by name") [hint("Khi chưa có trong danh sách", "Where not on record")],
        categories: Choices["booth_category"] = ("Nhóm sản phẩm", "Product groups"),
        products: Text = ("Sản phẩm", "Products"),
        ocop_star: Choice["ocop_star"] = ("Sao OCOP", "OCOP stars"),
        revenue: Money = ("Doanh thu (đ)", "Takings (đ)"),
        contracts: Count = ("Số hợp đồng", "Contracts"),
        contract_value: Money = ("Giá trị hợp đồng (đ)", "Value of contracts (đ)") [beside],
        visitors: Count = ("Lượt khách", "Visitors"),
        state: Choice["booth_state"] = ("Tình trạng", "State") [required],
        registered_on: Date = ("Ngày đăng ký", "Registered on") [indexed, block("Khác", "More")],
        confirmed_on: Date = ("Ngày xác nhận", "Confirmed on") [indexed, beside, block("Khác", "More")],
    }
}

impl Rules for Booth {
    const COVER: &'static [&'static str] = &["fair", "state", "revenue", "exhibitor", "person"];

    fn title(&self, known: &dyn Known) -> String {
        let number = self.number.as_deref().unwrap_or_default();
        let exhibitor = match (self.exhibitor, self.person) {
            (Some(_), _) => name_of(known, "cooperative", self.exhibitor),
            (None, Some(_)) => name_of(known, "person", self.person),
            (None, None) => self.exhibitor_name.clone().unwrap_or_default(),
        };
        title::join(&[
            &format!("Gian {number}"),
            &exhibitor,
            &name_of(known, "fair", self.fair),
        ])
    }

    fn complete(&mut self, before: Option<&Self>, known: &dyn Known) {
        let set = before.is_none_or(|before| before.state != self.state);
        if set && self.state.as_deref() == Some("XAC_NHAN") && self.confirmed_on.is_none() {
            self.confirmed_on = Some(known.today());
        }
        if self.common.unit.is_none() {
            let fair = self.fair.and_then(|id| known.record("fair", id));
            self.common.unit = fair.and_then(|fair| fair.unit().map(str::to_string));
        }
    }

    fn check(&self, before: Option<&Self>, known: &dyn Known, findings: &mut Findings) {
        if self.exhibitor.is_none() && self.person.is_none() && self.exhibitor_name.is_none() {
            let vi = "Chưa có đơn vị trưng bày: chọn HTX, THT, một người hoặc gõ tên.";
            let en = "The exhibitor is missing: choose a cooperative or a person, or type a name.";
            findings.error("who", "exhibitor", Message::new(vi, en));
        }
        let facts = |booth: &Booth| (booth.fair, booth.state.clone(), booth.registered_on, booth.confirmed_on);
        if before.is_none_or(|before| facts(before) != facts(self))
            && let Some(fair) = self.fair.and_then(|id| known.record("fair", id))
        {
            let fair = Fair::read(&fair);
            self.check_state(&fair, findings);
            self.check_dates(&fair, findings);
        }
        let place = |booth: &Booth| (booth.fair, booth.number.clone());
        if before.is_none_or(|before| place(before) != place(self)) {
            self.check_number(known, findings);
        }
    }
}

impl Booth {
    /// Shown at a fair that was not held, or still expected at one that was called off.
    fn check_state(&self, fair: &Fair, findings: &mut Findings) {
        let (state, of_fair) = (self.state.as_deref(), fair.state.as_deref());
        let fits = match (state, of_fair) {
            (Some("DA_TRUNG_BAY"), Some(of_fair)) => of_fair == "DA_TO_CHUC",
            (Some("DANG_KY" | "XAC_NHAN"), Some(of_fair)) => of_fair != "HUY",
            _ => true,
        };
        if !fits {
            let (booth, fair) = (title::label("booth_state", state), title::label("event_state", of_fair));
            let vi = format!(
                "Gian hàng \"{booth}\" mà hội chợ \"{fair}\". Xem lại tình trạng của gian hàng hoặc của hội chợ."
            );
            let en = format!("The booth is \"{booth}\" but the fair is \"{fair}\". Look at the state of either.");
            findings.warn("booth-against-fair", "state", Message::new(vi, en));
        }
    }

    fn check_dates(&self, fair: &Fair, findings: &mut Findings) {
        let Some(end) = fair.to.or(fair.from) else { return };
        let dates = [
            ("registered_on", self.registered_on),
            ("confirmed_on", self.confirmed_on),
        ];
        for (field, day) in dates
            .into_iter()
            .filter_map(|(field, day)| Some((field, day.filter(|day| *day > end)?)))
        {
            let (day, end) = (format_date(day), format_date(end));
            let vi = format!("Ngày {day} sau khi hội chợ đã kết thúc ({end}). Xem lại ngày.");
            let en = format!("{day} is after the fair was over ({end}). Look at the date.");
            findings.warn("after-fair", field, Message::new(vi, en));
        }
        if let (Some(registered), Some(confirmed)) = (self.registered_on, self.confirmed_on)
            && confirmed < registered
        {
            let vi = "Ngày xác nhận trước ngày đăng ký. Xem lại ngày.";
            let en = "It was confirmed before it was registered. Look at the dates.";
            findings.warn("confirmed-before-registered", "confirmed_on", Message::new(vi, en));
        }
    }

    fn check_number(&self, known: &dyn Known, findings: &mut Findings) {
        let (Some(fair), Some(number)) = (self.fair, self.number.as_deref()) else {
            return;
        };
        let taken = known.referring("booth", "fair", fair).into_iter().find(|other| {
            Some(other.id) != self.common.id
                && other.text("state") != Some("HUY")
                && other
                    .text("number")
                    .is_some_and(|taken| taken.eq_ignore_ascii_case(number))
        });
        if taken.is_some() && self.state.as_deref() != Some("HUY") {
            let vi = format!("Hội chợ này đã có gian số {number}. Xem lại số gian.");
            let en = format!("This fair already has booth {number}. Look at the number.");
            findings.warn("duplicate", "number", Message::new(vi, en));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::domain::id::Id;
    use crate::domain::testing::World;

    fn fair(world: &mut World, from: &str, more: Json) -> Id {
        let mut fair = json!({"title": "Ngày phụ nữ khởi nghiệp", "kind": "NGAY_PN_KN", "from": from});
        fair.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        world.add("fair", fair)
    }

    fn booth(fair: Id, more: Json) -> Json {
        let mut booth =
            json!({"fair": fair.to_string(), "number": "7", "exhibitor_name": "Tổ May", "state": "DANG_KY"});
        booth.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        booth
    }

    #[test]
    fn a_fair_to_come_is_planned_and_belongs_to_the_start_up_programme_of_its_day() {
        let mut world = World::new();
        let id = fair(&mut world, "2026-10-10", json!({}));
        assert_eq!(world.entry(id).text("state"), Some("DU_KIEN"));
        assert!(world.entry(id).names("programmes", "DA2415"));
        let past = fair(&mut world, "2025-10-10", json!({}));
        assert_eq!(world.entry(past).text("state"), Some("DA_TO_CHUC"));
        assert!(world.entry(past).names("programmes", "DA939"));
    }

    #[test]
    fn a_booth_needs_an_exhibitor_of_some_sort() {
        let mut world = World::new();
        let id = fair(&mut world, "2026-10-10", json!({}));
        assert_eq!(
            world.rules("booth", booth(id, json!({"exhibitor_name": ""}))),
            ["error who:exhibitor"]
        );
        assert!(world.rules("booth", booth(id, json!({}))).is_empty());
        let person = world.person("Phạm Thị Hạnh").to_string();
        assert!(
            world
                .rules("booth", booth(id, json!({"exhibitor_name": "", "person": person})))
                .is_empty()
        );
    }

    #[test]
    fn confirming_a_booth_stamps_the_day_once() {
        let mut world = World::new();
        let id = fair(&mut world, "2026-10-10", json!({}));
        let booth_id = world.add("booth", booth(id, json!({"registered_on": "2026-05-01"})));
        assert_eq!(world.entry(booth_id).date("confirmed_on"), None);
        world.edit(booth_id, json!({"state": "XAC_NHAN"}));
        let today = world.today;
        assert_eq!(world.entry(booth_id).date("confirmed_on"), Some(today));
        world.today = crate::domain::testing::day("2026-06-01");
        world.edit(booth_id, json!({"products": "trà gừng"}));
        assert_eq!(world.entry(booth_id).date("confirmed_on"), Some(today));
    }

    #[test]
    fn a_booths_state_against_its_fairs_is_doubtful() {
        let mut world = World::new();
        let planned = fair(&mut world, "2026-10-10", json!({}));
        let held = fair(&mut world, "2026-05-10", json!({}));
        let called_off = fair(&mut world, "2026-05-11", json!({"state": "HUY"}));
        let rules = |fair, state: &str| world.rules("booth", booth(fair, json!({"state": state})));
        let against = ["warning booth-against-fair:state"];
        assert_eq!(rules(planned, "DA_TRUNG_BAY"), against);
        assert_eq!(rules(called_off, "DANG_KY"), against);
        for (fair, state) in [
            (planned, "XAC_NHAN"),
            (held, "DA_TRUNG_BAY"),
            (held, "DANG_KY"),
            (called_off, "HUY"),
        ] {
            assert!(rules(fair, state).is_empty(), "{state}");
        }
    }

    #[test]
    fn registering_after_the_fair_or_twice_the_same_number_is_doubtful() {
        let mut world = World::new();
        let held = fair(&mut world, "2026-05-10", json!({"to": "2026-05-11"}));
        let late = booth(
            held,
            json!({"registered_on": "2026-05-12", "confirmed_on": "2026-05-11"}),
        );
        assert_eq!(
            world.rules("booth", late),
            [
                "warning after-fair:registered_on",
                "warning confirmed-before-registered:confirmed_on"
            ]
        );
        world.add("booth", booth(held, json!({"number": "A12"})));
        assert_eq!(
            world.rules("booth", booth(held, json!({"number": "a12"}))),
            ["warning duplicate:number"]
        );
    }
}
