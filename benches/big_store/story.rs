//! What happened in ten years, told month by month: each month its share of every kind, in an order in which everything
//! refers to what is there already.

use chrono::{Datelike, Months, NaiveDate, NaiveTime};
use sohoi::domain::catalog::demo::demo_names;
use sohoi::domain::catalog::units::units;
use sohoi::domain::entry::Entry;
use sohoi::domain::id::Id;
use sohoi::domain::settings::Settings;
use sohoi::domain::value::Value;
use sohoi::store::bulk::Bulk;
use sohoi::store::{Store, Warnings};

use super::dice::Dice;
use super::{OFFICE, SHARES, YEARS, until};

/// Records of one batch: an import of a file, not of a province.
const A_BATCH: usize = 50_000;
/// Difficulties are named at one visit in so many: the issues that they open are records too.
const TROUBLED: usize = 15;
const ADVICE: [&str; 6] = [
    "hướng dẫn hồ sơ vay Quỹ hỗ trợ phát triển HTX",
    "nhắc gửi số liệu quý trước ngày 25",
    "cử kế toán dự lớp quản trị, dùng mẫu sổ thu chi của Hội",
    "giới thiệu chính sách hỗ trợ tem truy xuất nguồn gốc",
    "hướng dẫn chuẩn bị hồ sơ đánh giá OCOP",
    "thống nhất lịch họp đại hội thành viên thường niên",
];
const TROUBLES: [(&str, &str); 5] = [
    ("VON", "thiếu vốn lưu động để thu mua nguyên liệu đầu vụ"),
    ("THI_TRUONG", "hàng tồn nhiều, thương lái ép giá"),
    ("QUAN_TRI", "sổ sách ghi chép tay, khó theo dõi công nợ"),
    ("DAU_VAO", "giá vật tư tăng, lãi giảm"),
    ("HA_TANG", "điện yếu vào giờ cao điểm, kho lạnh không đủ tải"),
];
const SESSIONS: [(&str, &str); 5] = [
    ("Quản trị HTX cho nữ quản lý", "QUAN_TRI"),
    ("Kỹ năng số cho nữ quản lý HTX, THT", "KY_NANG_SO"),
    ("Luật Hợp tác xã 2023 và văn bản hướng dẫn", "LUAT_HTX"),
    ("Bán hàng trên nền tảng số", "BAN_HANG_SO"),
    ("Chăm sóc và bảo quản rau an toàn", "KHKT"),
];
const PRODUCTS: [&str; 6] = [
    "Trà gừng",
    "Bún khô",
    "Gạo nếp cái hoa vàng",
    "Nấm sò",
    "Chiếu cói",
    "Mật ong",
];
const SUPPORTS: [&str; 4] = ["VON_TIN_DUNG", "XTTM", "DIEU_LE", "TRUY_XUAT"];
const OUTREACH: [(&str, &str); 3] = [
    (
        "SINH_HOAT",
        "Sinh hoạt chi hội: vai trò của phụ nữ trong kinh tế tập thể",
    ),
    ("HOI_NGHI", "Tọa đàm gương phụ nữ làm kinh tế giỏi"),
    ("MANG_XH", "Bài viết giới thiệu sản phẩm trên trang của Hội"),
];

/// A cooperative as the story goes on with it.
struct Cooperative {
    id: Id,
    members: i64,
}

struct Story<'s> {
    store: &'s Store,
    bulk: Option<Bulk<'s>>,
    saved: usize,
    dice: Dice,
    communes: Vec<String>,
    day: NaiveDate,
    last_day: NaiveDate,
    millis: u64,
    cooperatives: Vec<Cooperative>,
    people: Vec<Id>,
    trainings: Vec<Id>,
    fairs: Vec<Id>,
    /// Of the attendances and booths, how many were made: every session and fair gets about as many.
    seats: usize,
    booths: usize,
    roles: usize,
    measurements: usize,
}

/// Fills an empty store.
pub fn tell(store: &Store, records: usize) {
    let mut settings = Settings::clone(&store.settings());
    settings.office.unit = Some(OFFICE.to_string());
    settings.office.officer = Some("Hằng".to_string());
    settings.office.device = Some("bench".to_string());
    store.set_settings(settings).expect("room for settings");
    let begin = until() + chrono::Days::new(1) - Months::new(12 * YEARS);
    let mut story = Story::new(store, begin);
    let months = 12 * YEARS;
    for month in 0..months {
        story.begin_month(begin + Months::new(month));
        for share in SHARES {
            let all = (records * share.share / 100_000).max(1);
            // Rounded up, so that the first month has one of each for the others to refer to.
            let by = |month: u32| (all * month as usize).div_ceil(months as usize);
            for _ in by(month)..by(month + 1) {
                story.make(share.kind);
            }
        }
    }
    story.end();
}

impl<'s> Story<'s> {
    fn new(store: &'s Store, begin: NaiveDate) -> Story<'s> {
        let communes = units().children(OFFICE, until()).map(|unit| unit.uid.to_string());
        Story {
            store,
            bulk: None,
            saved: 0,
            dice: Dice::new(939),
            communes: communes.collect(),
            day: begin,
            last_day: begin,
            millis: 0,
            cooperatives: Vec::new(),
            people: Vec::new(),
            trainings: Vec::new(),
            fairs: Vec::new(),
            seats: 0,
            booths: 0,
            roles: 0,
            measurements: 0,
        }
    }

    fn begin_month(&mut self, first: NaiveDate) {
        self.day = first;
        self.last_day = first + Months::new(1) - chrono::Days::new(1);
        self.millis = morning(first);
        let noon = morning(self.last_day);
        match &mut self.bulk {
            Some(bulk) => bulk.pin_clock(self.last_day, noon).expect("room"),
            None => self.store.pin_clock(self.last_day, noon),
        }
    }

    fn end(&mut self) {
        if let Some(bulk) = self.bulk.take() {
            bulk.finish().expect("room");
        }
    }

    fn make(&mut self, kind: &'static str) {
        match kind {
            "cooperative" => self.cooperative(),
            "person" => self.person(),
            "role" => self.role(),
            "visit" => self.visit(),
            "attendance" => self.attendance(),
            "training" => self.training(),
            "measurement" => self.measurement(),
            "support" => self.support(),
            "product" => self.product(),
            "fair" => self.fair(),
            "booth" => self.booth(),
            _ => self.outreach(),
        }
    }

    /// A day of the month that is told.
    fn some_day(&mut self) -> NaiveDate {
        self.dice.day(self.day, self.last_day)
    }

    fn commune(&mut self) -> String {
        self.dice.pick(&self.communes).clone()
    }

    fn phone(&mut self) -> String {
        format!("09{:08}", self.dice.below(100_000_000))
    }

    fn save<const N: usize>(&mut self, kind: &'static str, values: [(&str, Option<Value>); N]) -> Id {
        self.millis += 1;
        let mut entry = Entry::new(kind);
        entry.id = Id::at(self.millis, self.dice.bytes());
        for (key, value) in values {
            entry.set(key, value);
        }
        let store = self.store;
        let bulk = self
            .bulk
            .get_or_insert_with(|| store.bulk("big logbook").expect("a batch"));
        let id = bulk.save(entry, Warnings::Accept).unwrap_or_else(|refusal| {
            panic!("a {kind} that is not taken: {:?}", refusal.messages());
        });
        self.saved += 1;
        if self.saved.is_multiple_of(A_BATCH) {
            self.end();
        }
        id
    }

    fn cooperative(&mut self) {
        let names = demo_names();
        let kind = if self.dice.one_in(3) { "THT" } else { "HTX" };
        let trade = &names.trades[self.dice.below(names.trades.len())];
        let (trade_words, motto) = (self.dice.pick(&trade.words), self.dice.pick(&names.mottoes));
        let (area, phone, registered) = (self.commune(), self.phone(), self.some_day());
        // There are fewer names than cooperatives: those of one name differ by their number, as they do in the registers.
        let name = format!("{kind} {trade_words} {motto} {}", self.cooperatives.len() % 97 + 1);
        let id = self.save(
            "cooperative",
            [
                ("kind", text(kind)),
                ("name", text(&name)),
                ("area", text(&area)),
                ("phone", text(&phone)),
                ("registered_on", date(registered)),
                ("origin", text("TU_THANH_LAP")),
                ("sectors", texts(&[trade.sector])),
            ],
        );
        let members = self.dice.between(7, 90);
        self.cooperatives.push(Cooperative { id, members });
    }

    fn person(&mut self) {
        let names = demo_names();
        let surname = self.dice.weighted(&names.surnames, |surname| surname.weight).name;
        let woman = !self.dice.one_in(8);
        let (middle, given) = if woman {
            (&names.middle_women, &names.given_women)
        } else {
            (&names.middle_men, &names.given_men)
        };
        let name = format!("{surname} {} {}", self.dice.pick(middle), self.dice.pick(given));
        let (phone, birth) = (self.phone(), format!("{}", self.dice.between(1960, 2004)));
        let id = self.save(
            "person",
            [
                ("name", text(&name)),
                ("gender", text(if woman { "NU" } else { "NAM" })),
                ("phone", text(&phone)),
                ("birth", birth.parse().ok().map(Value::Partial)),
            ],
        );
        self.people.push(id);
    }

    /// Each cooperative in turn gets a director, then half of them a bookkeeper.
    fn role(&mut self) {
        let at = self.roles % self.cooperatives.len();
        let role = if self.roles < self.cooperatives.len() {
            "GD"
        } else {
            "KE_TOAN"
        };
        self.roles += 1;
        let person = *self.dice.pick(&self.people);
        let (cooperative, from) = (self.cooperatives[at].id, self.day);
        self.save(
            "role",
            [
                ("person", Some(Value::Id(person))),
                ("cooperative", Some(Value::Id(cooperative))),
                ("role", text(role)),
                ("from", from.to_string().parse().ok().map(Value::Partial)),
            ],
        );
    }

    fn visit(&mut self) {
        let at = self.dice.below(self.cooperatives.len());
        let Cooperative { id, members } = self.cooperatives[at];
        let trouble = self.dice.one_in(TROUBLED).then(|| *self.dice.pick(&TROUBLES));
        let measured = self.dice.one_in(2);
        let number = |count: i64| measured.then_some(Value::Number(count));
        let (on, advice) = (self.some_day(), *self.dice.pick(&ADVICE));
        let purpose = *self.dice.pick(&["KHAO_SAT", "DANH_GIA", "TU_VAN", "THEO_DOI"]);
        let next = self.dice.one_in(2).then(|| on + chrono::Days::new(30));
        self.save(
            "visit",
            [
                ("date", date(on)),
                ("cooperative", Some(Value::Id(id))),
                ("purposes", texts(&[purpose])),
                ("status", text("DANG_HOAT_DONG").filter(|_| measured)),
                ("members", number(members)),
                ("members_women", number(members * 2 / 3)),
                ("workers", number(members)),
                ("workers_women", number(members / 2)),
                ("workers_women_stable", number(members / 3)),
                ("difficulties", trouble.and_then(|(code, _)| texts(&[code]))),
                ("difficulty_text", trouble.and_then(|(_, words)| texts(&[words]))),
                ("advice", text(advice)),
                ("next_visit", next.and_then(date)),
            ],
        );
    }

    /// About as many in every session.
    fn attendance(&mut self) {
        let first = self.trainings.len().saturating_sub(20);
        let at = first + self.seats % (self.trainings.len() - first);
        self.seats += 1;
        let (training, person) = (self.trainings[at], *self.dice.pick(&self.people));
        let state = if self.dice.one_in(10) { "VANG" } else { "CO_MAT" };
        self.save(
            "attendance",
            [
                ("training", Some(Value::Id(training))),
                ("person", Some(Value::Id(person))),
                ("kind", text("HOI_VIEN")),
                ("state", text(state)),
            ],
        );
    }

    fn training(&mut self) {
        let (title, topic) = *self.dice.pick(&SESSIONS);
        let on = self.some_day();
        let venue = units()
            .get(&self.commune())
            .map(|unit| format!("Hội trường UBND {}", unit.name_in_sentence()));
        let id = self.save(
            "training",
            [
                ("title", text(title)),
                ("topics", texts(&[topic])),
                ("from", date(on)),
                ("to", date(on)),
                ("venue", venue.as_deref().and_then(text)),
                ("audience", texts(&["QL_HTX", "HOI_VIEN"])),
            ],
        );
        self.trainings.push(id);
    }

    fn measurement(&mut self) {
        let at = self.measurements % self.cooperatives.len();
        self.measurements += 1;
        let Cooperative { id, members } = self.cooperatives[at];
        let (on, year) = (self.some_day(), i64::from(self.day.year() - 1));
        let capital = self.dice.between(2, 40) * 50_000_000;
        self.save(
            "measurement",
            [
                ("cooperative", Some(Value::Id(id))),
                ("date", date(on)),
                ("status", text("DANG_HOAT_DONG")),
                ("members", Some(Value::Number(members))),
                ("members_women", Some(Value::Number(members / 2))),
                ("finance_year", Some(Value::Number(year))),
                ("capital", Some(Value::Number(capital))),
                ("revenue", Some(Value::Number(capital * 4 / 3))),
                ("source", text("Báo cáo năm của đơn vị")),
            ],
        );
    }

    fn support(&mut self) {
        let at = self.dice.below(self.cooperatives.len());
        let (id, on, kind) = (self.cooperatives[at].id, self.some_day(), *self.dice.pick(&SUPPORTS));
        let granted = (kind == "VON_TIN_DUNG").then(|| self.dice.between(5, 30) * 10_000_000);
        self.save(
            "support",
            [
                ("date", date(on)),
                ("cooperative", Some(Value::Id(id))),
                ("kind", text(kind)),
                ("asked", granted.map(Value::Number)),
                ("granted", granted.map(Value::Number)),
            ],
        );
    }

    fn product(&mut self) {
        let at = self.dice.below(self.cooperatives.len());
        let (id, name) = (self.cooperatives[at].id, *self.dice.pick(&PRODUCTS));
        let decided = self.some_day();
        self.save(
            "product",
            [
                ("cooperative", Some(Value::Id(id))),
                ("name", text(name)),
                ("ocop_group", text("THUC_PHAM")),
                ("ocop_star", text("3")),
                ("decided_on", date(decided)),
                ("expires_on", date(decided + Months::new(36))),
            ],
        );
    }

    fn fair(&mut self) {
        let on = self.some_day();
        let title = format!("Ngày phụ nữ sáng tạo khởi nghiệp {}", on.format("%m/%Y"));
        let id = self.save(
            "fair",
            [
                ("title", text(&title)),
                ("kind", text("HOI_CHO")),
                ("from", date(on)),
                ("to", date(on)),
                ("planned_booths", Some(Value::Number(12))),
            ],
        );
        self.fairs.push(id);
    }

    fn booth(&mut self) {
        let fair = *self.fairs.last().expect("the first month has a fair");
        self.booths += 1;
        let at = self.dice.below(self.cooperatives.len());
        let exhibitor = self.cooperatives[at].id;
        let takings = self.dice.between(2, 60) * 500_000;
        self.save(
            "booth",
            [
                ("fair", Some(Value::Id(fair))),
                ("number", text(&self.booths.to_string())),
                ("exhibitor", Some(Value::Id(exhibitor))),
                ("state", text("DA_TRUNG_BAY")),
                ("revenue", Some(Value::Number(takings))),
            ],
        );
    }

    fn outreach(&mut self) {
        let ((form, title), on) = (*self.dice.pick(&OUTREACH), self.some_day());
        let reach = self.dice.between(20, 90);
        self.save(
            "outreach",
            [
                ("date", date(on)),
                ("form", text(form)),
                ("title", text(title)),
                ("reach", Some(Value::Number(reach))),
                ("reach_women", Some(Value::Number(reach * 9 / 10))),
            ],
        );
    }
}

fn text(text: &str) -> Option<Value> {
    Some(Value::Text(text.to_string()))
}

fn texts(texts: &[&str]) -> Option<Value> {
    Some(Value::List(
        texts.iter().map(|text| Value::Text((*text).to_string())).collect(),
    ))
}

fn date(day: NaiveDate) -> Option<Value> {
    Some(Value::Date(day))
}

/// Eight in the morning, in milliseconds since 1970, the same on every machine.
fn morning(day: NaiveDate) -> u64 {
    let at = day.and_time(NaiveTime::from_hms_opt(1, 0, 0).expect("an hour of the day"));
    u64::try_from(at.and_utc().timestamp_millis()).expect("after 1970")
}
