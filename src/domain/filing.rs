//! Reports as they are written, frozen and handed in: the officer's own texts, the figures as they were sent, and the
//! deadlines kept.

use super::known::{Known, unit_name};
use super::record::Rules;
use super::title;
use crate::record;

record! {
    /// What only the officer can write in a report.
    pub struct ReportText: "report_text" = ("Phần viết của báo cáo", "Report text") {
        report: Plain = ("Báo cáo", "Report") [required],
        period: Period = ("Kỳ", "Period") [required, indexed],
        unit: Unit = ("Đơn vị", "Unit") [required],
        part: Plain = ("Phần", "Part") [required],
        text: Lines = ("Nội dung", "Text"),
    }
}

impl Rules for ReportText {
    const COVER: &'static [&'static str] = &["report", "period", "part"];

    fn title(&self, known: &dyn Known) -> String {
        let part = |text: &Option<String>| text.clone().unwrap_or_default();
        title::join(&[
            &part(&self.report),
            &part(&self.period),
            &unit_name(known, self.unit.as_deref()),
            &part(&self.part),
        ])
    }
}

record! {
    /// A report as it was sent: its figures, each with the ids behind it.
    pub struct ClosedReport: "closed_report" = ("Báo cáo đã chốt", "Closed report") {
        report: Plain = ("Báo cáo", "Report") [required],
        period: Period = ("Kỳ", "Period") [required, indexed],
        unit: Unit = ("Đơn vị", "Unit") [required],
        closed_on: Date = ("Ngày chốt", "Closed on") [required, indexed],
        lines: Json = ("Số liệu đã chốt", "Frozen figures") [hidden],
    }
}

impl Rules for ClosedReport {
    const WHEN: Option<&'static str> = Some("closed_on");
    const COVER: &'static [&'static str] = &["report", "period"];

    fn title(&self, known: &dyn Known) -> String {
        let part = |text: &Option<String>| text.clone().unwrap_or_default();
        title::join(&[
            &part(&self.report),
            &part(&self.period),
            &unit_name(known, self.unit.as_deref()),
        ])
    }
}

record! {
    /// A report that is due or was handed in.
    pub struct Filing: "filing" = ("Nộp báo cáo", "Filing") {
        unit: Unit = ("Đơn vị", "Unit") [required],
        report: Choice["report_kind"] = ("Loại báo cáo", "Report") [required, sticky],
        period: Period = ("Kỳ", "Period") [required, sticky, indexed],
        due: Date = ("Hạn cuối", "Due") [required, coming, indexed, sticky],
        received_on: Date = ("Ngày nhận", "Received on"),
        number: Plain = ("Số văn bản", "Number") [beside],
        plan: Ref["plan"] = ("Kế hoạch", "Plan") [indexed, sticky],
    }
}

impl Rules for Filing {
    const WHEN: Option<&'static str> = Some("due");
    const COVER: &'static [&'static str] = &["report", "period", "received_on", "plan"];

    fn title(&self, known: &dyn Known) -> String {
        title::join(&[
            title::label("report_kind", self.report.as_deref()),
            self.period.as_deref().unwrap_or_default(),
            &unit_name(known, self.unit.as_deref()),
        ])
    }
}
