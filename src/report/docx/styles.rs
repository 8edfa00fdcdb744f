//! The named styles of a document, after the table of sizes in Phụ lục I of Nghị định 30/2020/NĐ-CP.
//!
//! Looks live in styles, not in paragraphs, so that an officer who opens the file changes them once, and so that
//! long lists stay small files.

use super::markup::escape;

/// A named paragraph style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Body,
    Part,
    Section,
    Item,
    Bullet,
    SubBullet,
    Note,
    Superior,
    Issuer,
    Number,
    Nation,
    Motto,
    PlaceDate,
    Kind,
    Subject,
    Period,
    Addressee,
    Caption,
    Unit,
    CellText,
    CellDetail,
    CellCenter,
    CellRight,
    CellHead,
    Authority,
    Name,
    RecipientsHead,
    Recipients,
    PageNumber,
    Gap,
}

/// How a paragraph keeps to its column.
#[derive(Clone, Copy)]
enum Side {
    Left,
    Center,
    Right,
    Both,
}

/// What a style says: sizes in points, spaces and indents in twips.
struct Look {
    name: &'static str,
    points: u32,
    bold: bool,
    italic: bool,
    side: Side,
    before: u32,
    after: u32,
    first_line: i32,
    left: u32,
    /// Kept on one page with what follows.
    joined: bool,
    outline: Option<u8>,
}

const PLAIN: Look = Look {
    name: "",
    points: 14,
    bold: false,
    italic: false,
    side: Side::Left,
    before: 0,
    after: 0,
    first_line: 0,
    left: 0,
    joined: false,
    outline: None,
};
/// A first line of 1,27 cm.
const INDENT: i32 = 720;
/// At least 6 pt between paragraphs.
const BETWEEN: u32 = 120;

impl Style {
    /// All styles, in the order they are written.
    const ALL: [Style; 30] = [
        Style::Body,
        Style::Part,
        Style::Section,
        Style::Item,
        Style::Bullet,
        Style::SubBullet,
        Style::Note,
        Style::Superior,
        Style::Issuer,
        Style::Number,
        Style::Nation,
        Style::Motto,
        Style::PlaceDate,
        Style::Kind,
        Style::Subject,
        Style::Period,
        Style::Addressee,
        Style::Caption,
        Style::Unit,
        Style::CellText,
        Style::CellDetail,
        Style::CellCenter,
        Style::CellRight,
        Style::CellHead,
        Style::Authority,
        Style::Name,
        Style::RecipientsHead,
        Style::Recipients,
        Style::PageNumber,
        Style::Gap,
    ];

    /// The style's id in the file; the three headings keep the ids that word processors know.
    pub fn id(self) -> String {
        match self {
            Style::Part => "Heading1".to_owned(),
            Style::Section => "Heading2".to_owned(),
            Style::Item => "Heading3".to_owned(),
            style => format!("Hoi{style:?}"),
        }
    }

    /// The size of the style's letters, in points.
    pub fn points(self) -> u32 {
        self.look().points
    }

    fn look(self) -> Look {
        let body = Look {
            side: Side::Both,
            after: BETWEEN,
            first_line: INDENT,
            ..PLAIN
        };
        let heading = Look {
            bold: true,
            joined: true,
            before: 60,
            ..body
        };
        let head = Look {
            points: 13,
            side: Side::Center,
            ..PLAIN
        };
        let cell = Look {
            points: 12,
            before: 20,
            after: 20,
            ..PLAIN
        };
        let sign = Look {
            side: Side::Center,
            bold: true,
            joined: true,
            ..PLAIN
        };
        match self {
            Style::Body => Look {
                name: "Nội dung",
                ..body
            },
            Style::Part => Look {
                name: "heading 1",
                outline: Some(0),
                ..heading
            },
            Style::Section => Look {
                name: "heading 2",
                outline: Some(1),
                ..heading
            },
            Style::Item => Look {
                name: "heading 3",
                outline: Some(2),
                italic: true,
                ..heading
            },
            Style::Bullet => Look {
                name: "Gạch đầu dòng",
                ..body
            },
            Style::SubBullet => Look {
                name: "Gạch đầu dòng 2",
                left: 360,
                ..body
            },
            Style::Note => Look {
                name: "Ghi chú",
                points: 12,
                italic: true,
                first_line: 0,
                ..body
            },
            Style::Superior => Look {
                name: "Cơ quan chủ quản",
                ..head
            },
            Style::Issuer => Look {
                name: "Cơ quan ban hành",
                bold: true,
                ..head
            },
            Style::Number => Look {
                name: "Số ký hiệu",
                before: 60,
                ..head
            },
            Style::Nation => Look {
                name: "Quốc hiệu",
                bold: true,
                ..head
            },
            Style::Motto => Look {
                name: "Tiêu ngữ",
                bold: true,
                points: 14,
                ..head
            },
            Style::PlaceDate => Look {
                name: "Địa danh, ngày tháng",
                italic: true,
                points: 14,
                before: 60,
                ..head
            },
            Style::Kind => Look {
                name: "Tên loại",
                bold: true,
                side: Side::Center,
                joined: true,
                before: 240,
                ..PLAIN
            },
            Style::Subject => Look {
                name: "Trích yếu",
                bold: true,
                side: Side::Center,
                joined: true,
                ..PLAIN
            },
            Style::Period => Look {
                name: "Kỳ báo cáo",
                italic: true,
                side: Side::Center,
                joined: true,
                ..PLAIN
            },
            Style::Addressee => Look {
                name: "Kính gửi",
                side: Side::Center,
                after: BETWEEN,
                ..PLAIN
            },
            Style::Caption => Look {
                name: "Tên bảng",
                bold: true,
                side: Side::Center,
                points: 13,
                before: 60,
                after: 60,
                joined: true,
                ..PLAIN
            },
            Style::Unit => Look {
                name: "Đơn vị tính",
                italic: true,
                side: Side::Right,
                points: 12,
                after: 40,
                joined: true,
                ..PLAIN
            },
            Style::CellText => Look {
                name: "Ô chữ", ..cell
            },
            Style::CellDetail => Look {
                name: "Ô chi tiết",
                left: 200,
                ..cell
            },
            Style::CellCenter => Look {
                name: "Ô giữa",
                side: Side::Center,
                ..cell
            },
            Style::CellRight => Look {
                name: "Ô số",
                side: Side::Right,
                ..cell
            },
            Style::CellHead => Look {
                name: "Ô tiêu đề",
                side: Side::Center,
                bold: true,
                joined: true,
                before: 40,
                after: 40,
                ..cell
            },
            Style::Authority => Look {
                name: "Chức vụ ký",
                ..sign
            },
            Style::Name => Look {
                name: "Họ tên người ký",
                joined: false,
                ..sign
            },
            Style::RecipientsHead => Look {
                name: "Nơi nhận",
                bold: true,
                italic: true,
                points: 12,
                joined: true,
                ..PLAIN
            },
            Style::Recipients => Look {
                name: "Danh sách nơi nhận",
                points: 11,
                joined: true,
                ..PLAIN
            },
            Style::PageNumber => Look {
                name: "header",
                side: Side::Center,
                ..PLAIN
            },
            Style::Gap => Look {
                name: "Khoảng cách",
                points: 6,
                ..PLAIN
            },
        }
    }
}

/// The whole `styles.xml`.
pub fn styles_xml() -> String {
    let mut xml = String::from(concat!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
        r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr>"#,
        r#"<w:rFonts w:ascii="Times New Roman" w:eastAsia="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>"#,
        r#"<w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/>"#,
        r#"</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"#,
        r#"<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>"#,
    ));
    for style in Style::ALL {
        xml.push_str(&style_xml(style));
    }
    xml.push_str("</w:styles>");
    xml
}

fn style_xml(style: Style) -> String {
    let look = style.look();
    let mut xml = format!(
        r#"<w:style w:type="paragraph" w:customStyle="{}" w:styleId="{}"><w:name w:val="{}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>"#,
        u8::from(look.name.starts_with(char::is_uppercase)),
        style.id(),
        escape(look.name),
    );
    if look.joined {
        xml.push_str("<w:keepNext/>");
    }
    xml.push_str(&format!(
        r#"<w:spacing w:before="{}" w:after="{}" w:line="252" w:lineRule="auto"/>"#,
        look.before, look.after
    ));
    xml.push_str(&format!(
        r#"<w:ind w:left="{}" w:firstLine="{}"/>"#,
        look.left, look.first_line
    ));
    let side = match look.side {
        Side::Left => "left",
        Side::Center => "center",
        Side::Right => "right",
        Side::Both => "both",
    };
    xml.push_str(&format!(r#"<w:jc w:val="{side}"/>"#));
    if let Some(level) = look.outline {
        xml.push_str(&format!(r#"<w:outlineLvl w:val="{level}"/>"#));
    }
    xml.push_str("</w:pPr><w:rPr>");
    if look.bold {
        xml.push_str("<w:b/><w:bCs/>");
    }
    if look.italic {
        xml.push_str("<w:i/><w:iCs/>");
    }
    xml.push_str(&format!(
        r#"<w:sz w:val="{0}"/><w:szCs w:val="{0}"/></w:rPr></w:style>"#,
        look.points * 2
    ));
    xml
}
