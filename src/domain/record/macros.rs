//! `record!`, which writes a typed record and its `Field`s from one list, and `fields!`, which does the same for fields
//! that several kinds share.

/// The Rust type of a field, by its kind.
#[macro_export]
macro_rules! field_type {
    (Choices) => { Vec<String> };
    (Units) => { Vec<String> };
    (Texts) => { Vec<String> };
    (Ref) => { Option<$crate::domain::id::Id> };
    (Refs) => { Vec<$crate::domain::id::Id> };
    (Date) => { Option<chrono::NaiveDate> };
    (Partial) => { Option<$crate::vietnamese::date::Partial> };
    (Year) => { Option<i64> };
    (Count) => { Option<i64> };
    (Money) => { Option<i64> };
    (Balance) => { Option<i64> };
    (Decimal) => { Option<f64> };
    (Flag) => { Option<bool> };
    (Days) => { Vec<bool> };
    (Counts) => { std::collections::BTreeMap<String, i64> };
    (Json) => { Option<serde_json::Value> };
    ($text:ident) => { Option<String> };
}

/// The key of a field: its name, or the one given for a name that Rust keeps for itself (`own as "self"`).
#[macro_export]
macro_rules! field_key {
    ($name:ident) => {
        stringify!($name)
    };
    ($name:ident $key:literal) => {
        $key
    };
}

/// Fields that several kinds share: a struct with its list of fields, flattened into the records that hold it.
#[macro_export]
macro_rules! fields {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $( $key:ident $(as $alias:literal)? : $fk:ident $([$arg:expr])? = ($vi:literal, $en:literal)
                $([ $($attr:ident $(($($val:expr),*))?),* $(,)? ])? ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            $( #[doc = $en] pub $key: $crate::field_type!($fk), )*
        }

        impl $name {
            /// The fields, in the order of the form.
            pub fn own_fields() -> Vec<$crate::domain::schema::Field> {
                vec![ $( $crate::domain::schema::Field::new(
                    $crate::field_key!($key $($alias)?),
                    $crate::domain::schema::FieldKind::$fk $(($arg))?,
                    $crate::domain::text::Text::new($vi, $en),
                ) $( $( .$attr($($($val),*)?) )* )? ),* ]
            }

            /// Reads them from an erased record.
            pub fn read(entry: &$crate::domain::entry::Entry) -> $name {
                $name { $( $key: entry.field($crate::field_key!($key $($alias)?)), )* }
            }

            /// Writes them into an erased record.
            pub fn write(&self, entry: &mut $crate::domain::entry::Entry) {
                $( entry.set($crate::field_key!($key $($alias)?), $crate::domain::value::Slot::put(&self.$key)); )*
            }
        }
    };
}

/// A kind of record from one list of fields:
///
/// ```ignore
/// record! {
///     /// One visit.
///     pub struct Visit: "visit" = ("Lượt thăm", "Visit") {
///         date: Date = ("Ngày thăm", "Date of visit") [required, indexed],
///         cooperative: Ref["cooperative"] = ("HTX, THT", "Cooperative") [required, indexed],
///     }
///     flat measurement: Measured,
///     { advice: Lines = ("Hướng dẫn, tư vấn", "Advice given") }
/// }
/// ```
#[macro_export]
macro_rules! record {
    (
        $(#[$meta:meta])*
        pub struct $name:ident : $kindkey:literal = ($kindvi:literal, $kinden:literal) {
            $( $key:ident $(as $alias:literal)? : $fk:ident $([$arg:expr])? = ($vi:literal, $en:literal)
                $([ $($attr:ident $(($($val:expr),*))?),* $(,)? ])? ),* $(,)?
        }
        $( flat $flat:ident : $flatty:ty,
        {
            $( $key2:ident $(as $alias2:literal)? : $fk2:ident $([$arg2:expr])? = ($vi2:literal, $en2:literal)
                $([ $($attr2:ident $(($($val2:expr),*))?),* $(,)? ])? ),* $(,)?
        } )?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            /// Id, unit, note and programmes.
            pub common: $crate::domain::record::Common,
            $( #[doc = $en] pub $key: $crate::field_type!($fk), )*
            $( #[doc = "Shared fields."] pub $flat: $flatty,
               $( #[doc = $en2] pub $key2: $crate::field_type!($fk2), )* )?
        }

        impl $crate::domain::record::Record for $name {
            const KEY: &'static str = $kindkey;
            const LABEL: $crate::domain::text::Text = $crate::domain::text::Text::new($kindvi, $kinden);

            fn own_fields() -> Vec<$crate::domain::schema::Field> {
                #[allow(unused_mut)]
                let mut list = vec![ $( $crate::domain::schema::Field::new(
                    $crate::field_key!($key $($alias)?),
                    $crate::domain::schema::FieldKind::$fk $(($arg))?,
                    $crate::domain::text::Text::new($vi, $en),
                ) $( $( .$attr($($($val),*)?) )* )? ),* ];
                $(
                    list.extend(<$flatty>::own_fields());
                    list.extend([ $( $crate::domain::schema::Field::new(
                        $crate::field_key!($key2 $($alias2)?),
                        $crate::domain::schema::FieldKind::$fk2 $(($arg2))?,
                        $crate::domain::text::Text::new($vi2, $en2),
                    ) $( $( .$attr2($($($val2),*)?) )* )? ),* ]);
                )?
                list
            }

            fn read(entry: &$crate::domain::entry::Entry) -> $name {
                $name {
                    common: $crate::domain::record::Common::read(entry),
                    $( $key: entry.field($crate::field_key!($key $($alias)?)), )*
                    $( $flat: <$flatty>::read(entry), $( $key2: entry.field($crate::field_key!($key2 $($alias2)?)), )* )?
                }
            }

            fn common(&self) -> &$crate::domain::record::Common {
                &self.common
            }

            fn common_mut(&mut self) -> &mut $crate::domain::record::Common {
                &mut self.common
            }

            fn write(&self, entry: &mut $crate::domain::entry::Entry) {
                self.common.write(entry);
                $( entry.set($crate::field_key!($key $($alias)?), $crate::domain::value::Slot::put(&self.$key)); )*
                $(
                    self.$flat.write(entry);
                    $( entry.set($crate::field_key!($key2 $($alias2)?), $crate::domain::value::Slot::put(&self.$key2)); )*
                )?
            }
        }
    };
}
