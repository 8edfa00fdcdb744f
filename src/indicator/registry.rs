//! Every indicator: its code, what it is called, what it counts and the one function that computes it.

use super::predicates::{Asked, Found};
use super::tally::{Tally, Value};
use super::{business, contest, cooperatives, coverage, fairs, filings, jobs, managers, officers, outreach, partners};
use super::{rounds, training};
use crate::domain::text::Text;

/// How an indicator's figure comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// Counted over the window.
    Flow,
    /// The state on P1.
    Stock,
    /// A share.
    Share,
    /// Units reached, of all.
    Coverage,
    /// Entered, not counted.
    Baseline,
}

/// An indicator.
pub struct Indicator {
    /// Its code.
    pub code: &'static str,
    /// What it is called.
    pub label: Text,
    /// What is counted: "HTX", "%".
    pub measure: &'static str,
    /// How its figure comes about.
    pub nature: Nature,
    pub(super) formula: fn(&Asked) -> Found,
}

/// The indicator of a code.
pub fn indicator(code: &str) -> Option<&'static Indicator> {
    INDICATORS.iter().find(|indicator| indicator.code == code)
}

/// All indicators.
pub fn indicators() -> &'static [Indicator] {
    &INDICATORS
}

fn baseline(asked: &Asked) -> Found {
    let mut tally = Tally::new();
    let (figure, _) = asked.target.baseline.unwrap_or((asked.target.low, None));
    tally.value = Value::Entered(figure);
    Ok(tally)
}

macro_rules! indicators {
    ($($code:literal, $nature:ident, $measure:literal, $vi:literal, $en:literal, $formula:expr;)*) => {
        const COUNT: usize = [$($code),*].len();
        static INDICATORS: [Indicator; COUNT] = [$(Indicator {
            code: $code,
            label: Text::new($vi, $en),
            measure: $measure,
            nature: Nature::$nature,
            formula: $formula,
        }),*];
    };
}

indicators! {
    "HTX_BASELINE", Baseline, "HTX", "Số HTX gốc", "Baseline of cooperatives", baseline;
    "THT_BASELINE", Baseline, "THT", "Số THT gốc", "Baseline of groups", baseline;
    "HTX_NEW", Flow, "HTX", "HTX thành lập mới do Hội hỗ trợ", "Cooperatives newly founded with the Union's support", cooperatives::htx_new;
    "THT_NEW", Flow, "THT", "THT thành lập mới do Hội hỗ trợ", "Groups newly founded with the Union's support", cooperatives::tht_new;
    "HTX_THT_NEW", Flow, "đơn vị", "HTX, THT thành lập mới do Hội hỗ trợ", "Cooperatives and groups newly founded with the Union's support", cooperatives::htx_tht_new;
    "HTX_MAINTAINED", Stock, "HTX", "HTX do Hội hỗ trợ thành lập được duy trì, củng cố", "Cooperatives founded with the Union's support and kept going", cooperatives::htx_maintained;
    "THT_MAINTAINED", Stock, "THT", "THT do Hội hỗ trợ thành lập được duy trì, củng cố", "Groups founded with the Union's support and kept going", cooperatives::tht_maintained;
    "HTX_THT_CONSOLIDATED_PCT", Share, "%", "HTX, THT do Hội hỗ trợ thành lập được củng cố", "Cooperatives and groups consolidated", cooperatives::consolidated_share;
    "HTX_REORG_GUIDED_PCT", Share, "%", "HTX do nữ quản lý được hướng dẫn sắp xếp, củng cố tổ chức", "Cooperatives guided in putting their organisation in order", cooperatives::reorganised_share;
    "JOBS_HTX_WOMEN", Stock, "người", "Lao động nữ ổn định trong HTX", "Women with stable work in cooperatives", jobs::in_htx;
    "JOBS_THT_WOMEN", Stock, "người", "Lao động nữ ổn định trong THT", "Women with stable work in groups", jobs::in_tht;
    "JOBS_HTX_THT_WOMEN", Stock, "người", "Lao động nữ ổn định trong HTX, THT", "Women with stable work in cooperatives and groups", jobs::in_both;
    "JOBS_NEW_WOMEN", Flow, "người", "Việc làm mới cho lao động nữ", "New jobs for women", jobs::new_for_women;
    "MANAGERS_TRAINED_PCT", Share, "%", "Nữ quản lý được đào tạo, bồi dưỡng", "Women managers trained", managers::trained;
    "MANAGERS_IT_PCT", Share, "%", "Nữ quản lý HTX do Hội hỗ trợ thành lập được đào tạo CNTT", "Women managers trained in IT", managers::trained_in_it;
    "MANAGERS_CERT_PCT", Share, "%", "Nữ quản lý được cấp chứng chỉ", "Women managers with a qualification", managers::certified;
    "WORKERS_TRAINED_PCT", Share, "%", "Thành viên, lao động nữ tại HTX được đào tạo, chuyển giao", "Women members and workers trained", training::workers_share;
    "OFFICERS_KTTT_TRAINED_PCT", Share, "%", "Cán bộ Hội phụ trách KTTT, HTX được tập huấn", "Officers for cooperatives trained", officers::economic;
    "OFFICERS_SKILL_PCT", Share, "%", "Cán bộ Hội được nâng cao kỹ năng tuyên truyền, vận động", "Officers trained in outreach", officers::skilled;
    "OFFICERS_FT_AWARE_PCT", Share, "%", "Cán bộ Hội chuyên trách được nâng cao nhận thức về khởi nghiệp", "Full-time officers trained about start-ups", officers::full_time;
    "MEMBERS_AWARE_PCT", Share, "%", "Hội viên, phụ nữ được tuyên truyền, nâng cao nhận thức", "Members reached by outreach", outreach::members_aware;
    "WOMEN_LEADERS_CAPACITY", Flow, "người", "Phụ nữ là chủ DN, quản lý HTX, THT, chủ hộ KD được nâng cao năng lực", "Women who lead businesses trained", training::women_leaders;
    "VOCATIONAL_WOMEN", Flow, "người", "Lao động nữ được đào tạo, dạy nghề, giới thiệu học nghề", "Women in vocational training", training::vocational;
    "FAIRS_HELD", Flow, "sự kiện", "Ngày phụ nữ sáng tạo khởi nghiệp được tổ chức", "Women's start-up days held", fairs::held;
    "FAIR_BOOTHS", Flow, "gian hàng", "Gian hàng tại Ngày phụ nữ sáng tạo khởi nghiệp", "Booths at women's start-up days", fairs::booths;
    "CONTEST_IDEAS_SENT", Flow, "đề án", "Ý tưởng, đề án gửi Ban Tổ chức cấp Trung ương", "Ideas sent to the Centre", contest::sent;
    "CONTEST_REGION_FINAL", Flow, "đề án", "Ý tưởng, đề án vào chung kết cấp vùng", "Ideas in a regional final", contest::in_region_final;
    "COVERAGE_DISTRICTS", Coverage, "huyện, thành phố", "Huyện, thành phố triển khai", "Districts reached", coverage::districts;
    "COVERAGE_COMMUNES", Coverage, "xã, phường", "Xã, phường triển khai", "Communes reached", coverage::communes;
    "PLAN_ROLLOUT_DISTRICTS", Coverage, "đơn vị", "Đơn vị được triển khai kế hoạch", "Units that the plan was passed on to", coverage::passed_on;
    "OFFICER_CLASS_DISTRICTS", Flow, "đơn vị", "Huyện, thành phố tập huấn cho Ủy viên BCH Hội cơ sở", "Districts with classes for committees of communes", training::officer_classes;
    "CLUBS_PARTNERED", Flow, "câu lạc bộ", "Câu lạc bộ nữ chủ doanh nghiệp được phối hợp", "Clubs of women owners worked with", partners::clubs;
    "DISABLED_GROUP_MAINTAINED", Flow, "nhóm", "Nhóm phụ nữ khuyết tật tự lực được duy trì", "Groups of disabled women worked with", partners::disabled_groups;
    "INSPECTIONS_HELD", Flow, "đợt/năm", "Đợt kiểm tra, giám sát", "Inspections held", rounds::inspections;
    "COMMENDATION_ROUNDS", Flow, "đợt", "Đợt tôn vinh, khen thưởng", "Rounds of commendation", rounds::commendations;
    "REPORT_6M_ON_TIME", Share, "%", "Đơn vị gửi báo cáo 6 tháng đúng hạn", "Units whose half-year report came in time", filings::half_year;
    "REPORT_12M_ON_TIME", Share, "%", "Đơn vị gửi báo cáo năm đúng hạn", "Units whose yearly report came in time", filings::year;
    "BIZ_LEGAL_ADVISED", Flow, "đơn vị", "Cơ sở do phụ nữ làm chủ được tư vấn, hỗ trợ pháp lý", "Businesses advised on law", business::advised_on_law;
    "BIZ_CREDIT_ADVISED", Flow, "đơn vị", "Cơ sở do phụ nữ làm chủ được tư vấn tiếp cận vốn", "Businesses advised on credit", business::advised_on_credit;
    "BIZ_RESTRUCTURED", Flow, "đơn vị", "Doanh nghiệp, HTX được hỗ trợ tái cấu trúc", "Businesses helped to restructure", business::restructured;
    "NEW_BIZ_ADVISED", Flow, "đơn vị", "Đơn vị mới thành lập được tư vấn, hỗ trợ", "New businesses advised", business::newly_advised;
    "HKD_TO_DN", Flow, "hộ", "Hộ kinh doanh chuyển thành doanh nghiệp", "Household businesses that became enterprises", business::became_enterprises;
    "WOMEN_STARTUP_SUPPORTED", Flow, "người", "Phụ nữ được hỗ trợ khởi sự kinh doanh, khởi nghiệp", "Women helped to start a business", business::women_supported;
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::domain::catalog::plans::plans;

    #[test]
    fn every_target_of_the_built_in_plans_has_a_formula_and_no_code_two() {
        for target in plans().iter().flat_map(|plan| &plan.targets) {
            assert!(indicator(&target.indicator).is_some(), "{}", target.indicator);
        }
        let codes: HashSet<_> = indicators().iter().map(|indicator| indicator.code).collect();
        assert_eq!(codes.len(), 43);
        assert_eq!(indicators().len(), 43);
    }
}
