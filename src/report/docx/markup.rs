//! WordprocessingML in the small: paragraphs, rules, tables and sections as text, with every element in the order
//! that the schema (ISO/IEC 29500-1) asks for, because strict readers refuse a file that mixes it.

use super::styles::Style;
use crate::report::doc::{Face, Orientation, Run};
use crate::report::printable::printable;

/// The long and the short side of A4, in twips.
const A4: (u32, u32) = (16838, 11906);
/// Margins of 20 mm above and below, 30 mm on the left, 15 mm on the right.
const MARGINS: &str =
    r#"<w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>"#;
const SIDE_MARGINS: u32 = 1701 + 851;

/// The width between the margins, in twips.
pub fn text_width(orientation: Orientation) -> u32 {
    match orientation {
        Orientation::Portrait => A4.1 - SIDE_MARGINS,
        Orientation::Landscape => A4.0 - SIDE_MARGINS,
    }
}

/// `text` with the five characters escaped that mean something in XML.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            c => out.push(c),
        }
    }
    out
}

/// A paragraph of one style and one face.
pub fn paragraph(style: Style, text: &str) -> String {
    paragraph_of(style, &run(text, Face::Plain))
}

/// Whether a page may end after a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    Free,
    WithNext,
}

/// A paragraph of runs in their own faces.
pub fn paragraph_of_runs(style: Style, keep: Keep, runs: &[Run]) -> String {
    let keep = match keep {
        Keep::Free => "",
        Keep::WithNext => "<w:keepNext/>",
    };
    let runs: String = runs.iter().map(|r| run(&r.text, r.face)).collect();
    format!(
        r#"<w:p><w:pPr><w:pStyle w:val="{}"/>{keep}</w:pPr>{runs}</w:p>"#,
        style.id()
    )
}

/// A paragraph around runs that are markup already.
pub fn paragraph_of(style: Style, runs: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr>{runs}</w:p>"#, style.id())
}

/// Words of one face, on top of what the paragraph's style says; line breaks and tabs are kept.
pub fn run(text: &str, face: Face) -> String {
    let text = printable(text);
    if text.is_empty() {
        return String::new();
    }
    let mut xml = String::from("<w:r>");
    xml.push_str(match face {
        Face::Plain => "",
        Face::Bold => "<w:rPr><w:b/><w:bCs/></w:rPr>",
        Face::Italic => "<w:rPr><w:i/><w:iCs/></w:rPr>",
        Face::BoldItalic => "<w:rPr><w:b/><w:bCs/><w:i/><w:iCs/></w:rPr>",
    });
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            xml.push_str("<w:br/>");
        }
        for (j, part) in line.split('\t').enumerate() {
            if j > 0 {
                xml.push_str("<w:tab/>");
            }
            for (k, piece) in pieces(part).into_iter().enumerate() {
                let may_end = if k > 0 { "\u{200b}" } else { "" };
                xml.push_str(&format!(
                    r#"<w:t xml:space="preserve">{may_end}{}</w:t>"#,
                    escape(piece)
                ));
            }
        }
    }
    xml.push_str("</w:r>");
    xml
}

/// Where a line may end inside a text, without a hyphen: behind the low lines of a code too long for a narrow column.
pub fn pieces(text: &str) -> Vec<&str> {
    match text.len() > 9 && text.contains('_') && !text.contains(' ') {
        true => text.split_inclusive('_').collect(),
        false => Some(text).filter(|text| !text.is_empty()).into_iter().collect(),
    }
}

/// A drawn line of `width` twips in the middle of a column of `column` twips: the top border of a paragraph that is
/// too low to show anything else.
pub fn rule(width: u32, column: u32) -> String {
    let side = column.saturating_sub(width) / 2;
    format!(
        concat!(
            r#"<w:p><w:pPr><w:pStyle w:val="{}"/><w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>"#,
            r#"<w:spacing w:before="40" w:after="0" w:line="60" w:lineRule="exact"/><w:ind w:left="{side}" w:right="{side}"/></w:pPr></w:p>"#
        ),
        Style::Gap.id(),
        side = side
    )
}

/// A low empty paragraph: what must stand between two tables.
pub fn gap() -> String {
    paragraph_of(Style::Gap, "")
}

/// The text of a dotted line that fills what is left of its column, to be written on.
pub fn dotted_line(style: Style, column: u32) -> String {
    format!(
        r#"<w:p><w:pPr><w:pStyle w:val="{}"/><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{column}"/></w:tabs></w:pPr><w:r><w:tab/></w:r></w:p>"#,
        style.id()
    )
}

/// Whether a table's lines are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    Thin,
    None,
}

/// The opening of a table whose columns are `widths` twips wide.
pub fn table_open(widths: &[u32], lines: Lines) -> String {
    let total: u32 = widths.iter().sum();
    let (border, inside) = match lines {
        Lines::Thin => (r#"w:val="single" w:sz="4" w:space="0" w:color="000000""#, 70),
        Lines::None => (r#"w:val="nil""#, 0),
    };
    let mut xml = format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="{total}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>"#
    );
    for edge in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        xml.push_str(&format!("<w:{edge} {border}/>"));
    }
    xml.push_str(&format!(
        r#"</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{inside}" w:type="dxa"/><w:right w:w="{inside}" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>"#
    ));
    for width in widths {
        xml.push_str(&format!(r#"<w:gridCol w:w="{width}"/>"#));
    }
    xml.push_str("</w:tblGrid>");
    xml
}

/// What a row is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// Stands again at the top of every page that its table runs over.
    Heading,
    Body,
    /// At least 8 mm high, for a pen.
    ToFill,
}

/// The cells of a row, kept on one page with the row after it.
pub fn kept(cells: &str) -> String {
    cells.replace(r#""/></w:pPr>"#, r#""/><w:keepNext/></w:pPr>"#)
}

/// A row, never split over two pages.
pub fn row(kind: RowKind, cells: &str) -> String {
    let kind = match kind {
        RowKind::Heading => "<w:tblHeader/>",
        RowKind::Body => "",
        RowKind::ToFill => r#"<w:trHeight w:val="454" w:hRule="atLeast"/>"#,
    };
    format!("<w:tr><w:trPr><w:cantSplit/>{kind}</w:trPr>{cells}</w:tr>")
}

/// How a cell joins its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    Alone,
    /// Over this many columns.
    Across(usize),
    /// The upper of cells that are one.
    DownFirst,
    /// The lower of cells that are one.
    DownNext,
}

/// Where a cell's paragraphs stand between its top and its bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    Top,
    Middle,
}

/// A cell around paragraphs (at least one).
pub fn cell(width: u32, join: Join, stand: Stand, paragraphs: &str) -> String {
    let join = match join {
        Join::Alone => String::new(),
        Join::Across(span) => format!(r#"<w:gridSpan w:val="{span}"/>"#),
        Join::DownFirst => r#"<w:vMerge w:val="restart"/>"#.to_owned(),
        Join::DownNext => "<w:vMerge/>".to_owned(),
    };
    let stand = match stand {
        Stand::Top => "",
        Stand::Middle => r#"<w:vAlign w:val="center"/>"#,
    };
    format!(r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{join}{stand}</w:tcPr>{paragraphs}</w:tc>"#)
}

/// Which pages of a section show their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    /// All but the first, as the first page of a document.
    FromSecondPage,
    EveryPage,
}

/// The properties of a section: the paper, its margins, and the number at the top of its pages.
pub fn section(orientation: Orientation, numbering: Numbering) -> String {
    let paper = match orientation {
        Orientation::Portrait => format!(r#"<w:pgSz w:w="{}" w:h="{}"/>"#, A4.1, A4.0),
        Orientation::Landscape => format!(r#"<w:pgSz w:w="{}" w:h="{}" w:orient="landscape"/>"#, A4.0, A4.1),
    };
    let title_page = match numbering {
        Numbering::FromSecondPage => "<w:titlePg/>",
        Numbering::EveryPage => "",
    };
    format!(
        r#"<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader1"/><w:type w:val="nextPage"/>{paper}{MARGINS}<w:cols w:space="708"/>{title_page}</w:sectPr>"#
    )
}

/// The paragraph that ends a section: next to no height, or behind a table that fills its page it would stand on an empty
/// one. Of the last section, whose properties stand behind all paragraphs, only the paragraph.
pub fn section_break(section: &str) -> String {
    const FLAT: &str =
        r#"<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr>"#;
    format!(
        r#"<w:p><w:pPr><w:pStyle w:val="{}"/>{FLAT}{section}</w:pPr></w:p>"#,
        Style::Gap.id()
    )
}
