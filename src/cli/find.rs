//! `sohoi find`: what the look-up of the interface finds, best first.

use std::io::Write;

use clap::Args;
use serde_json::{Value as Json, json};

use super::failure::Failure;
use super::lookup::kind_named;
use super::table::{Side, Table};
use super::{Answer, Desk};
use crate::domain::record::kind;
use crate::domain::text::{Lang, Text};
use crate::search::{Asked, Finder, Hit};

/// The words after `sohoi find`.
#[derive(Args, Clone, Debug)]
pub struct FindArgs {
    /// Mã, tên không cần dấu, chữ cái đầu, người quản lý, điện thoại, mã số thuế, xã, sản phẩm; =CHỮ tìm trong ghi chú
    /// ¦ code, name without tones, initials, manager, telephone, tax code, commune, product; =WORDS looks in notes
    #[arg(value_name = "TEXT", required = true, num_args = 1..)]
    pub text: Vec<String>,
    /// Chỉ một loại bản ghi: cooperative, person, training, fair … ¦ one kind only: cooperative, person, training, fair …
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// Nhiều nhất bấy nhiêu kết quả ¦ this many hits at most
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub limit: usize,
    /// In JSON cho chương trình khác đọc ¦ print JSON for other programs
    #[arg(long)]
    pub json: bool,
}

/// Prints the hits; none is no failure.
///
/// # Errors
/// An unknown kind, or a store that cannot be read.
pub fn run(args: &FindArgs, desk: &Desk, out: &mut Answer) -> Result<(), Failure> {
    let kind = args.kind.as_deref().map(kind_named).transpose()?;
    let asked = Asked {
        text: &args.text.join(" "),
        kind: kind.map(|kind| kind.key()),
        limit: args.limit,
    };
    let hits = Finder::new().answer(&asked, &desk.store.reader())?;
    if args.json {
        let list: Vec<Json> = hits.iter().map(to_json).collect();
        return Ok(writeln!(out, "{}", Json::Array(list))?);
    }
    Ok(table(&hits, desk.lang).write(out)?)
}

fn to_json(hit: &Hit) -> Json {
    json!({
        "kind": hit.kind,
        "id": hit.id.to_string(),
        "code": hit.code,
        "title": hit.title,
        "detail": hit.detail,
    })
}

fn table(hits: &[Hit], lang: Lang) -> Table {
    let headings = [
        Text::new("Mã", "Code"),
        Text::new("Loại", "Kind"),
        Text::new("Tên", "Name"),
        Text::new("Thông tin", "Detail"),
    ];
    let columns = headings.map(|heading| (heading.get(lang).to_string(), Side::Left));
    let mut table = Table::new(columns.to_vec());
    for hit in hits {
        let label = kind(hit.kind).map_or(hit.kind, |kind| kind.label().get(lang));
        table.push(vec![
            hit.code.clone().unwrap_or_default(),
            label.to_string(),
            hit.title.clone(),
            hit.detail.clone(),
        ]);
    }
    table
}
