//! Training sessions: planned, held, with or without a list of those who came (`attendance`).

use super::catalog;
use super::event::{self, Event};
use super::finding::Findings;
use super::known::Known;
use super::programme::{self, Line};
use super::record::Rules;
use crate::record;

record! {
    /// A training session.
    pub struct Training: "training" = ("Lớp tập huấn", "Training session") {
        title: Text = ("Tên lớp", "Title") [required],
        from: Date = ("Từ ngày", "From") [required, either, indexed],
        to: Date = ("Đến ngày", "To") [either, not_before("from"), beside],
        venue: Text = ("Địa điểm", "Venue"),
        topics: Choices["training_topic"] = ("Nội dung", "Topics") [required],
        audience: Choices["attendee_kind"] = ("Đối tượng", "Audience"),
        organiser: Text = ("Đơn vị tổ chức", "Organiser") [sticky],
        union_part: Choice["union_part"] = ("Vai trò của Hội", "The Union's part"),
        funding: Choices["funding_source"] = ("Nguồn kinh phí", "Sources of funds"),
        code: Code = ("Mã", "Code") [block("Khác", "More"), hint("Để trống thì tự đặt", "Left empty, it is made")],
        mode: Choice["training_mode"] = ("Hình thức", "Mode") [block("Khác", "More")],
        days: Count = ("Số ngày", "Days") [block("Khác", "More")],
        area: Unit = ("Địa bàn", "Area") [block("Khác", "More")],
        partners: Refs["partner"] = ("Đơn vị phối hợp", "Partners") [block("Khác", "More")],
        cost: Money = ("Kinh phí (đ)", "Cost (đ)") [block("Khác", "More")],
        planned_count: Count = ("Số người dự kiến", "Planned attendance") [block("Khác", "More")],
        state: Choice["event_state"] = ("Tình trạng", "State") [block("Khác", "More")],
        count_total: Count = ("Số người dự (báo cáo lớp)", "Attended (as declared)") [block("Khác", "More"),
            hint("Chỉ khi không có danh sách", "Only where there is no list")],
        count_women: Count = ("Nữ dự (báo cáo lớp)", "Women (as declared)") [part_of("count_total"), inline("trong đó nữ", "women"), block("Khác", "More")],
        priority_counts: Counts["priority_group"] = ("Nhóm ưu tiên (số người)", "Priority groups (counts)")
            [block("Khác", "More")],
    }
}

/// Topics that train managers of cooperatives: a woman manager's first such session counts as her first training.
pub const MANAGERS_TRAINED: [&str; 11] = [
    "NHAN_THUC",
    "LUAT_HTX",
    "QUAN_TRI",
    "KY_NANG_SO",
    "CNTT_QUAN_TRI",
    "TAI_CHINH_KE_TOAN",
    "TMDT",
    "BAN_HANG_SO",
    "THUONG_HIEU",
    "TIEP_CAN_VON",
    "THAM_QUAN",
];

/// Topics that train the Union's officers in work with cooperatives.
pub const OFFICERS_KTTT: [&str; 5] = [
    "KTTT_CAN_BO",
    "NHAN_THUC",
    "LUAT_HTX",
    "QUAN_TRI",
    "KY_NANG_TUYEN_TRUYEN_VAN_DONG",
];

impl Rules for Training {
    const ACTIVITY: bool = true;
    const WHEN: Option<&'static str> = Some("from");
    const NAME: Option<&'static str> = Some("title");
    const COVER: &'static [&'static str] = &[
        "state",
        "topics",
        "count_total",
        "count_women",
        "union_part",
        "audience",
        "from",
        "partners",
    ];
    const COVER_BY_ID: bool = true;

    fn title(&self, _: &dyn Known) -> String {
        self.title.clone().unwrap_or_default()
    }

    fn complete(&mut self, before: Option<&Self>, known: &dyn Known) {
        self.state = event::state(self.event(), before.map(Training::event), known.today());
        self.union_part.get_or_insert_with(|| "TO_CHUC".to_string());
        if self.code.is_none() {
            self.code = Some(known.next_code("training", "L"));
        }
        programme::follow(self, before, Training::programmes_by_topic);
    }

    fn check(&self, before: Option<&Self>, known: &dyn Known, findings: &mut Findings) {
        event::check(self.event(), before.map(Training::event), known.today(), findings);
    }
}

impl Training {
    fn event(&self) -> Event<'_> {
        Event {
            state: &self.state,
            from: self.from,
        }
    }

    /// Topics of starting up belong to the start-up programme, all others to that of cooperatives; a session may be both.
    fn programmes_by_topic(&self) -> Vec<String> {
        let Some(from) = self.from else { return Vec::new() };
        let list = catalog::list("training_topic");
        let is_start_up = |code: &str| {
            let group = list.and_then(|list| list.get(code)).and_then(|code| code.group);
            group == Some("KHOI_NGHIEP") || code == "KHOI_NGHIEP_PP"
        };
        let lines = [Line::Cooperatives, Line::StartUps];
        let taught = |line: &Line| {
            self.topics
                .iter()
                .any(|code| is_start_up(code) == (*line == Line::StartUps))
        };
        lines
            .into_iter()
            .filter(taught)
            .flat_map(|line| programme::in_force(line, from))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::domain::testing::World;

    fn session(from: &str, more: Json) -> Json {
        let mut session = json!({"title": "Quản trị HTX", "topics": ["QUAN_TRI"], "from": from});
        session
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        session
    }

    #[test]
    fn a_session_is_held_from_its_day_on_and_planned_before() {
        let mut world = World::new();
        let mut saved = |from: &str, more| {
            let id = world.add("training", session(from, more));
            world.entry(id)
        };
        let today = saved("2026-05-22", json!({}));
        assert_eq!(
            (today.text("state"), today.text("union_part")),
            (Some("DA_TO_CHUC"), Some("TO_CHUC"))
        );
        assert_eq!(today.text("code"), Some("L001"));
        assert_eq!(saved("2026-05-28", json!({})).text("state"), Some("DU_KIEN"));
        assert_eq!(saved("2026-05-01", json!({"state": "HUY"})).text("state"), Some("HUY"));
    }

    #[test]
    fn a_session_moved_to_another_day_is_planned_or_held_accordingly_unless_it_was_called_off() {
        let mut world = World::new();
        let id = world.add("training", session("2026-05-28", json!({})));
        world.edit(id, json!({"from": "2026-05-21"}));
        assert_eq!(world.entry(id).text("state"), Some("DA_TO_CHUC"));
        world.edit(id, json!({"state": "HOAN"}));
        world.edit(id, json!({"from": "2026-07-01"}));
        assert_eq!(world.entry(id).text("state"), Some("HOAN"));
    }

    #[test]
    fn a_planned_session_raises_no_doubt_and_one_held_in_the_future_does() {
        let world = World::new();
        assert!(
            world
                .rules("training", session("2026-06-28", json!({"to": "2026-06-29"})))
                .is_empty()
        );
        let held = session("2026-06-28", json!({"state": "DA_TO_CHUC"}));
        assert_eq!(world.rules("training", held), ["warning future-date:from"]);
    }

    #[test]
    fn a_session_cannot_end_before_it_begins_nor_have_more_women_than_people() {
        let world = World::new();
        let wrong = session(
            "2026-05-20",
            json!({"to": "2026-05-19", "count_total": 30, "count_women": 31}),
        );
        let broken = world.rules("training", wrong);
        assert_eq!(
            broken,
            ["error end-before-start:to", "error part-over-whole:count_women"]
        );
    }

    #[test]
    fn the_programmes_follow_from_the_topics_and_the_day() {
        let mut world = World::new();
        let mut programmes = |from: &str, topics: Json| {
            let id = world.add("training", session(from, json!({"topics": topics})));
            world.entry(id).field::<Vec<String>>("programmes")
        };
        assert_eq!(programmes("2026-05-20", json!(["QUAN_TRI"])), ["DA01"]);
        assert_eq!(programmes("2026-05-20", json!(["KHOI_SU"])), ["DA2415"]);
        assert_eq!(
            programmes("2025-05-20", json!(["KHOI_SU", "LUAT_HTX"])),
            ["DA01", "DA939"]
        );
        let id = world.add("training", session("2025-12-30", json!({"topics": ["KHOI_SU"]})));
        world.edit(id, json!({"from": "2026-01-05"}));
        assert_eq!(
            world.entry(id).field::<Vec<String>>("programmes"),
            ["DA2415"],
            "they follow the day"
        );
    }
}
