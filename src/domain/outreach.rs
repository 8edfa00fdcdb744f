//! Outreach: meetings with people reached, and items of the media.

use super::known::Known;
use super::programme::{self, Line};
use super::record::Rules;
use crate::record;

record! {
    /// One activity of outreach.
    pub struct Outreach: "outreach" = ("Tuyên truyền", "Outreach") {
        date: Date = ("Ngày", "Date") [required, indexed],
        form: Choice["comm_form"] = ("Hình thức", "Form") [required],
        title: Text = ("Tên, chủ đề", "Title") [required],
        area: Unit = ("Địa bàn", "Area") [sticky],
        sessions: Count = ("Số buổi", "Sessions"),
        reach: Count = ("Lượt người", "People reached"),
        reach_women: Count = ("Lượt nữ", "Women reached") [part_of("reach"), inline("trong đó nữ", "women")],
        reach_members_new: Count = ("Hội viên được tuyên truyền lần đầu", "Members reached for the first time"),
        items: Count = ("Số tin, bài, tờ", "Posts, broadcasts, leaflets"),
        channel: Text = ("Kênh", "Channel"),
        link: Plain = ("Đường dẫn", "Link"),
        audience: Choices["attendee_kind"] = ("Đối tượng", "Audience") [block("Khác", "More")],
        cooperative: Ref["cooperative"] = ("HTX, THT được nêu", "Cooperative shown") [indexed, block("Khác", "More")],
        partners: Refs["partner"] = ("Đơn vị phối hợp", "Partners") [block("Khác", "More")],
        priority_counts: Counts["priority_group"] = ("Nhóm ưu tiên (số người)", "Priority groups (counts)")
            [block("Khác", "More")],
    }
}

impl Rules for Outreach {
    const ACTIVITY: bool = true;
    const WHEN: Option<&'static str> = Some("date");
    const NAME: Option<&'static str> = Some("title");
    const COVER: &'static [&'static str] = &["form", "sessions", "items", "reach", "partners"];

    fn title(&self, _: &dyn Known) -> String {
        self.title.clone().unwrap_or_default()
    }

    fn complete(&mut self, before: Option<&Self>, _: &dyn Known) {
        self.sessions.get_or_insert(1);
        programme::follow(self, before, |outreach| {
            let date = outreach.date.map(|date| programme::in_force(Line::Cooperatives, date));
            date.unwrap_or_default()
        });
    }
}
