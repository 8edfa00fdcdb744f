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
    ];

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
