//! A list of ten thousand people: how long it takes to read, to judge and to write.

use criterion::{Criterion, criterion_group, criterion_main};
use sohoi::domain::record::kind;
use sohoi::domain::settings::Settings;
use sohoi::import::decisions::Decisions;
use sohoi::import::file;
use sohoi::import::headings::Names;
use sohoi::import::mapping::OwnMap;
use sohoi::import::plan::{self, Job};
use sohoi::import::table::{self, Choice, Table};
use sohoi::import::watch::unwatched;
use sohoi::store::Store;

const PEOPLE: usize = 10_000;

/// Ten thousand people, one in fifty of whom has no year that can be read.
fn list() -> String {
    let (surnames, given) = (["Nguyễn", "Trần", "Lê", "Phạm"], ["Hoa", "Lan", "Mai", "Cúc", "Hằng"]);
    let middles = [
        "Thị", "Ngọc", "Thu", "Thanh", "Minh", "Kim", "Hồng", "Bích", "Mỹ", "Phương",
    ];
    let mut text = "TT;Họ và tên;Năm sinh;Giới tính;SĐT;Địa chỉ\n".to_owned();
    for number in 0..PEOPLE {
        let name = format!(
            "{} {} {} {}",
            surnames[number % 4],
            middles[number / 4 % 10],
            middles[number / 40 % 10],
            given[number / 400 % 5]
        );
        let year = match number % 50 {
            49 => "tuổi Tý".to_owned(),
            _ => (1950 + number / 2000 * 10 + number % 7).to_string(),
        };
        text.push_str(&format!(
            "{number};{name};{year};Nữ;09{number:08};Thôn {}\n",
            number % 12
        ));
    }
    text
}

fn office() -> Store {
    let store = Store::memory();
    let mut settings = Settings::default();
    settings.office.unit = Some("C12472-B".to_owned());
    store.set_settings(settings).expect("a store in memory keeps settings");
    store
}

fn read(bytes: &[u8], store: &Store) -> Table {
    let person = kind("person").expect("a kind of record");
    let map = OwnMap::default();
    let grids = file::read(bytes, &unwatched).expect("a list");
    let names = Names::new(person, store.schema(), &map, None);
    table::find(&grids, &names, &map, Choice::Auto).expect("headings")
}

fn import(c: &mut Criterion) {
    let text = list();
    let store = office();
    let mut group = c.benchmark_group("import of 10,000 people");
    group.sample_size(10);
    group.bench_function("read", |b| b.iter(|| read(text.as_bytes(), &store)));
    let table = read(text.as_bytes(), &store);
    let decisions = Decisions::default();
    let job = Job {
        kind: kind("person").expect("a kind of record"),
        table: &table,
        event: None,
        decisions: &decisions,
    };
    group.bench_function("judge", |b| {
        b.iter(|| plan::judge(&store, job, &unwatched).expect("a plan"));
    });
    let plan = plan::judge(&store, job, &unwatched).expect("a plan");
    group.bench_function("write", |b| {
        b.iter_with_setup(office, |store| plan.write(&store, "nhập", &unwatched).expect("written"));
    });
    group.finish();
}

criterion_group!(benches, import);
criterion_main!(benches);
