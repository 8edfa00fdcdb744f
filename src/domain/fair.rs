//! Fairs and start-up days, planned and held; their booths stand in `booth`.

use super::event::{self, Event};
use super::finding::Findings;
use super::known::Known;
use super::programme::{self, Line};
use super::record::Rules;
use crate::record;

record! {
    /// A fair.
    pub struct Fair: "fair" = ("Hội chợ, sự kiện", "Fair") {
        title: Text = ("Tên sự kiện", "Title") [required],
        kind: Choice["fair_kind"] = ("Loại", "Kind") [required],
        from: Date = ("Từ ngày", "From") [required, either, indexed],
        to: Date = ("Đến ngày", "To") [either, not_before("from"), beside],
        venue: Text = ("Địa điểm", "Venue"),
        organiser: Text = ("Đơn vị tổ chức", "Organiser") [sticky],
        union_part: Choice["union_part"] = ("Vai trò của Hội", "The Union's part"),
        planned_booths: Count = ("Số gian dự kiến", "Planned booths"),
        area: Unit = ("Địa bàn", "Area") [block("Khác", "More")],
        partners: Refs["partner"] = ("Đơn vị phối hợp", "Partners") [block("Khác", "More")],
        state: Choice["event_state"] = ("Tình trạng", "State") [block("Khác", "More")],
    }
}

impl Rules for Fair {
    const ACTIVITY: bool = true;
    const WHEN: Option<&'static str> = Some("from");
    const NAME: Option<&'static str> = Some("title");
    const COVER: &'static [&'static str] = &["state", "kind", "union_part", "programmes", "partners"];

    fn title(&self, _: &dyn Known) -> String {
        self.title.clone().unwrap_or_default()
    }

    fn complete(&mut self, before: Option<&Self>, known: &dyn Known) {
        self.state = event::state(self.event(), before.map(Fair::event), known.today());
        programme::follow(self, before, |fair| {
            let from = fair.from.map(|from| programme::in_force(Line::StartUps, from));
            from.unwrap_or_default()
        });
    }

    fn check(&self, before: Option<&Self>, known: &dyn Known, findings: &mut Findings) {
        event::check(self.event(), before.map(Fair::event), known.today(), findings);
    }
}

impl Fair {
    fn event(&self) -> Event<'_> {
        Event {
            state: &self.state,
            from: self.from,
        }
    }
}
