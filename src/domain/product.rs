//! Products of a cooperative: OCOP recognition, trademark, traceability, sales channels.

use super::known::Known;
use super::record::Rules;
use crate::record;

record! {
    /// A product.
    pub struct Product: "product" = ("Sản phẩm", "Product") {
        cooperative: Ref["cooperative"] = ("HTX, THT", "Cooperative") [required, indexed, sticky],
        name: Text = ("Tên sản phẩm", "Product") [required],
        ocop_group: Choice["ocop_group"] = ("Nhóm OCOP", "OCOP group"),
        ocop_star: Choice["ocop_star"] = ("Số sao OCOP", "OCOP stars") [beside],
        decided_on: Date = ("Ngày công nhận", "Recognised on"),
        expires_on: Date = ("Có giá trị đến", "Valid until") [coming, not_before("decided_on"), beside],
        trademark_no: Plain = ("Số nhãn hiệu", "Trademark number"),
        trademark_on: Date = ("Ngày cấp", "Granted on") [beside],
        trace_on: Date = ("Truy xuất nguồn gốc từ", "Traceable since"),
        planting_code: Plain = ("Mã số vùng trồng", "Planting-area code"),
        standard: Text = ("Tiêu chuẩn", "Standard"),
        channels: Texts = ("Kênh tiêu thụ", "Sales channels") [hint("Cách nhau bằng dấu ;", "Parted by ;")],
    }
}

impl Rules for Product {
    const NAME: Option<&'static str> = Some("name");
    const COVER: &'static [&'static str] = &["ocop_star", "decided_on", "expires_on"];

    fn title(&self, _: &dyn Known) -> String {
        self.name.clone().unwrap_or_default()
    }
}
