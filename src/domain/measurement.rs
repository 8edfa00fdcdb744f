//! The figures of a cooperative that change: status, members, workers, and the year's results. A visit carries them and
//! so does a measurement of its own; `figures` reads both as one history.

use super::figures;
use super::finding::Findings;
use super::known::{Known, name_of};
use super::record::Rules;
use super::{registration, title};
use crate::{fields, record};

fields! {
    /// The measurement fields, shared by visits and measurements. Counts are of people; money is đồng; `workers` includes
    /// the members who work there; `income` is đồng a month a worker.
    pub struct Measured {
        status: Choice["htx_status"] = ("Tình trạng", "Status"),
        status_since: Partial = ("Tình trạng này từ", "In this status since") [inline("từ", "since")],
        members: Count = ("Thành viên", "Members"),
        members_women: Count = ("Thành viên nữ", "Women members") [part_of("members"), inline("trong đó nữ", "women")],
        workers: Count = ("Lao động", "Workers") [hint("Kể cả thành viên làm việc tại đó", "With the members who work there")],
        workers_women: Count = ("Lao động nữ", "Women workers") [part_of("workers"), inline("nữ", "women")],
        workers_women_stable: Count = ("Lao động nữ ổn định", "Women with stable work") [part_of("workers_women"), inline("ổn định", "stable")],
        members_working_women: Count = ("Nữ thành viên có làm việc", "Women members who work")
            [part_of("members_women"), block("Số liệu năm", "The year's figures")],
        finance_year: Year = ("Năm tài chính", "Financial year") [block("Số liệu năm", "The year's figures")],
        capital: Money = ("Vốn điều lệ (đ)", "Charter capital (đ)") [block("Số liệu năm", "The year's figures")],
        revenue: Money = ("Doanh thu (đ)", "Revenue (đ)") [block("Số liệu năm", "The year's figures")],
        profit: Balance = ("Lợi nhuận (đ)", "Profit (đ)") [block("Số liệu năm", "The year's figures")],
        income: Money = ("Thu nhập (đ/người/tháng)", "Income (đ a month)") [block("Số liệu năm", "The year's figures")],
        rating: Choice["htx_rating"] = ("Xếp loại", "Rating") [block("Số liệu năm", "The year's figures")],
        rating_year: Year = ("Năm xếp loại", "Rating year") [beside, block("Số liệu năm", "The year's figures")],
    }
}

record! {
    /// Figures of a cooperative on a day, entered without a visit.
    pub struct Measurement: "measurement" = ("Số liệu HTX, THT", "Measurement") {
        date: Date = ("Ngày số liệu", "Date") [required, indexed],
        cooperative: Ref["cooperative"] = ("HTX, THT", "Cooperative") [required, indexed],
    }
    flat measured: Measured,
    {
        source: Text = ("Nguồn số liệu", "Source") [sticky],
    }
}

impl Rules for Measurement {
    const WHEN: Option<&'static str> = Some("date");
    const COVER: &'static [&'static str] = &[
        "cooperative",
        "status",
        "workers_women",
        "workers",
        "workers_women_stable",
        "members_women",
        "members_working_women",
        "members",
        "rating",
        "income",
        "capital",
        "revenue",
    ];

    fn title(&self, known: &dyn Known) -> String {
        title::dated(self.date, &[&name_of(known, "cooperative", self.cooperative)])
    }

    fn check(&self, before: Option<&Self>, known: &dyn Known, findings: &mut Findings) {
        let place = |record: &Measurement| (record.date, record.cooperative);
        if before.is_none_or(|before| place(before) != place(self)) {
            registration::check(known, self.cooperative, self.date, "date", findings);
        }
        figures::check(
            &self.measured,
            before
                .filter(|before| place(before) == place(self))
                .map(|before| &before.measured),
            figures::At::of(self.common.id, self.cooperative, self.date),
            known,
            findings,
        );
    }
}
