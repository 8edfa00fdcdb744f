//! The parts of the package that are the same in every document: what lies where, settings and typeface.

/// The sort of a part of the folder `word`.
macro_rules! word_type {
    ($part:literal, $sort:literal) => {
        concat!(
            r#"<Override PartName="/word/"#,
            $part,
            r#".xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml."#,
            $sort,
            r#"+xml"/>"#
        )
    };
}

/// Under which name the document knows a part beside it.
macro_rules! word_relation {
    ($id:literal, $sort:literal, $part:literal) => {
        concat!(
            r#"<Relationship Id=""#,
            $id,
            r#"" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/"#,
            $sort,
            r#"" Target=""#,
            $part,
            r#".xml"/>"#
        )
    };
}

/// What sort of part each is.
pub const CONTENT_TYPES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
    r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#,
    r#"<Default Extension="xml" ContentType="application/xml"/>"#,
    r#"<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>"#,
    word_type!("document", "document.main"),
    word_type!("styles", "styles"),
    word_type!("settings", "settings"),
    word_type!("fontTable", "fontTable"),
    word_type!("header1", "header"),
    "</Types>",
);
/// Where the document and what is told of it lie in the package.
pub const PACKAGE_RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Target="word/document.xml" "#,
    r#"Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>"#,
    r#"<Relationship Id="rId2" Target="docProps/core.xml" "#,
    r#"Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"/></Relationships>"#,
);
/// Where the parts that the document needs lie beside it.
pub const DOCUMENT_RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    word_relation!("rId1", "styles", "styles"),
    word_relation!("rId2", "settings", "settings"),
    word_relation!("rId3", "fontTable", "fontTable"),
    word_relation!("rIdHeader1", "header", "header1"),
    "</Relationships>",
);
/// The one typeface of administrative documents.
pub const FONTS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#,
    r#"<w:font w:name="Times New Roman"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/>"#,
    r#"</w:font></w:fonts>"#,
);
/// Laid out as by Word 2013 and later, without the compatibility settings of other scripts.
pub const SETTINGS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:zoom w:percent="100"/>"#,
    r#"<w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>"#,
    r#"<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>"#,
    r#"</w:compat></w:settings>"#,
);
