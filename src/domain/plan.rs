//! Plans, the tasks they set and how they were passed on to the units below. Targets stand in `target`.

use super::known::{Known, name_of, unit_name};
use super::record::Rules;
use super::title;
use crate::record;

record! {
    /// A plan; the office's own plan of the year is one too.
    pub struct Plan: "plan" = ("Kế hoạch", "Plan") {
        code: Code = ("Mã", "Code") [required],
        title: Text = ("Tên kế hoạch", "Title") [required],
        unit: Unit = ("Đơn vị", "Unit") [required],
        programme: Choice["programme"] = ("Đề án", "Programme") [required],
        from: Date = ("Từ ngày", "From") [required, either],
        to: Date = ("Đến ngày", "To") [required, either, not_before("from"), beside],
        number: Plain = ("Số văn bản", "Number"),
        date: Partial = ("Ngày ban hành", "Issued on") [beside],
        issuer: Text = ("Cơ quan ban hành", "Issuer"),
        parents: Texts = ("Căn cứ", "Based on") [hint("Cách nhau bằng dấu ;", "Parted by ;")],
        role_set: Choices["role"] = ("Chức vụ tính là quản lý", "Managing roles") [block("Cách tính", "How it counts")],
        eligible_rule: Choice["eligible_rule"] = ("Điều kiện HTX", "Eligible cooperatives") [block("Cách tính", "How it counts")],
        manager_scope: Choices["entity_type"] = ("Tính quản lý ở", "Managers counted at") [block("Cách tính", "How it counts")],
        founded_from: Date = ("Thành lập từ", "Founded from") [block("Cách tính", "How it counts")],
        founded_before: Date = ("Thành lập trước", "Founded before") [either, block("Cách tính", "How it counts")],
        maintained_needs_consolidated: Flag = ("Duy trì phải được củng cố", "Maintained means consolidated")
            [block("Cách tính", "How it counts")],
        jobs_new_method: Choice["jobs_new_method"] = ("Cách tính việc làm mới", "How new jobs are counted")
            [block("Cách tính", "How it counts")],
        cutoff_half: Plain = ("Ngày chốt 6 tháng", "Half-year cut-off")
            [block("Cách tính", "How it counts"), hint("Tháng-ngày: 05-31", "Month-day: 05-31")],
        cutoff_year: Plain = ("Ngày chốt năm", "Year cut-off")
            [beside, block("Cách tính", "How it counts"), hint("Tháng-ngày: 11-30", "Month-day: 11-30")],
    }
}

impl Rules for Plan {
    const NAME: Option<&'static str> = Some("title");
    const COVER: &'static [&'static str] = &["code"];

    fn title(&self, _: &dyn Known) -> String {
        self.title.clone().unwrap_or_default()
    }
}

record! {
    /// A task that a plan sets.
    pub struct PlanTask: "plan_task" = ("Nhiệm vụ", "Plan task") {
        plan: Ref["plan"] = ("Kế hoạch", "Plan") [required, indexed, sticky],
        task: Lines = ("Nhiệm vụ", "Task") [required],
        lead: Text = ("Chủ trì", "Lead"),
        partners: Texts = ("Phối hợp", "Partners") [hint("Cách nhau bằng dấu ;", "Parted by ;")],
        due: Date = ("Hạn", "Due") [coming, indexed],
        state: Choice["task_state"] = ("Tình trạng", "State"),
    }
}

impl Rules for PlanTask {
    const WHEN: Option<&'static str> = Some("due");
    const COVER: &'static [&'static str] = &["plan", "state"];

    fn title(&self, _: &dyn Known) -> String {
        let first = self.task.as_deref().and_then(|task| task.lines().next());
        first.unwrap_or_default().to_string()
    }
}

record! {
    /// How a plan was passed on to a unit below.
    pub struct Rollout: "rollout" = ("Triển khai kế hoạch", "Roll-out") {
        plan: Ref["plan"] = ("Kế hoạch", "Plan") [required, indexed, sticky],
        unit: Unit = ("Đơn vị triển khai", "Unit") [required],
        sent_on: Date = ("Ngày gửi", "Sent on") [indexed],
        acknowledged_on: Date = ("Ngày xác nhận", "Acknowledged on") [indexed, beside],
        own_plan_no: Plain = ("Số kế hoạch của đơn vị", "Own plan's number"),
        own_plan_on: Date = ("Ngày ban hành", "Own plan issued on") [beside],
        steering_on: Date = ("Ngày lập Ban Chỉ đạo", "Steering board set up on"),
    }
}

impl Rules for Rollout {
    const WHEN: Option<&'static str> = Some("sent_on");
    const COVER: &'static [&'static str] = &["plan", "sent_on", "acknowledged_on"];

    fn title(&self, known: &dyn Known) -> String {
        title::join(&[
            &name_of(known, "plan", self.plan),
            &unit_name(known, self.unit.as_deref()),
        ])
    }
}
