//! The columns of the sheet: their fields, how a value is typed and how it is shown.

use super::sheet::Row;
use crate::domain::catalog;
use crate::domain::known::Known;
use crate::domain::reading;
use crate::domain::record::kind;
use crate::domain::schema::Field;
use crate::domain::text::{Lang, Message, Text};
use crate::domain::value::Value;
use crate::vietnamese::fold::fold;
use crate::vietnamese::number::{format_count, format_money_short};

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The booth's number.
    Number,
    /// Who shows: a cooperative, a person, or a name.
    Exhibitor,
    /// Product groups.
    Categories,
    /// Products.
    Products,
    /// OCOP stars.
    Star,
    /// The state.
    State,
    /// Takings.
    Revenue,
    /// Contracts.
    Contracts,
    /// Their value.
    ContractValue,
    /// Visitors.
    Visitors,
}

impl Column {
    /// All of them, from left to right.
    pub const ALL: [Column; 10] = [
        Column::Number,
        Column::Exhibitor,
        Column::Categories,
        Column::Products,
        Column::Star,
        Column::State,
        Column::Revenue,
        Column::Contracts,
        Column::ContractValue,
        Column::Visitors,
    ];

    /// The field of the record.
    pub fn key(self) -> &'static str {
        match self {
            Column::Number => "number",
            Column::Exhibitor => "exhibitor",
            Column::Categories => "categories",
            Column::Products => "products",
            Column::Star => "ocop_star",
            Column::State => "state",
            Column::Revenue => "revenue",
            Column::Contracts => "contracts",
            Column::ContractValue => "contract_value",
            Column::Visitors => "visitors",
        }
    }

    /// The field's definition.
    pub fn field(self) -> Field {
        let field = kind("booth").and_then(|kind| kind.field(self.key()));
        *field.expect("every column is a field of a booth; a test looks")
    }

    /// The code list, where it has one.
    pub fn list(self) -> Option<&'static str> {
        match self {
            Column::Categories => Some("booth_category"),
            Column::Star => Some("ocop_star"),
            Column::State => Some("booth_state"),
            _ => None,
        }
    }

    /// Whether Vietnamese text is typed here.
    pub fn is_text(self) -> bool {
        matches!(self, Column::Exhibitor | Column::Products)
    }

    /// Whether Enter stops here while booths are registered, before the fair.
    pub fn is_for_registering(self) -> bool {
        matches!(
            self,
            Column::Exhibitor | Column::Categories | Column::Products | Column::Star | Column::State
        )
    }

    /// Reads what was typed; exhibitors are found elsewhere.
    ///
    /// # Errors
    /// What is wrong, for the officer.
    pub fn read(self, typed: &str, known: &dyn Known) -> Result<Option<Value>, Message> {
        match self {
            Column::Categories => {
                let words = typed.split([' ', ',', ';']).filter(|word| !word.is_empty());
                // Numbers are places, each its own group; words together are one name.
                let codes: Vec<&str> = if typed.contains(|c: char| c.is_alphabetic()) {
                    vec![typed]
                } else {
                    words.collect()
                };
                let mut values: Vec<Value> = Vec::new();
                for code in codes {
                    let value = self.code(code)?;
                    if !values.contains(&value) {
                        values.push(value);
                    }
                }
                Ok((!values.is_empty()).then_some(Value::List(values)))
            }
            Column::Star | Column::State if typed.trim().is_empty() => Ok(None),
            Column::Star | Column::State => self.code(typed).map(Some),
            _ => reading::from_text(&self.field(), typed, known).map_err(|wrong| wrong.text),
        }
    }

    /// A code by its place (stars by their number), its name, or the beginnings of its words without tones.
    fn code(self, typed: &str) -> Result<Value, Message> {
        let list = self.list().and_then(catalog::list);
        let (typed, folded) = (typed.trim(), fold(typed));
        let found = list.and_then(|list| {
            let place = typed.parse::<usize>().ok().filter(|_| self != Column::Star);
            if let Some(place) = place {
                return list.at(place);
            }
            let begins = |label: &str| {
                let label = fold(label);
                folded
                    .split(' ')
                    .all(|wanted| label.split(' ').any(|word| word.starts_with(wanted)))
            };
            let exact = |code: &&catalog::Code| code.code.eq_ignore_ascii_case(typed);
            let named = |code: &&catalog::Code| {
                !folded.is_empty() && (begins(code.label.vi) || begins(code.short().vi) || begins(code.label.en))
            };
            let is_number = typed.bytes().all(|b| b.is_ascii_digit());
            let by_name = || list.codes.iter().find(|code| !is_number && named(code));
            list.codes.iter().find(exact).or_else(by_name)
        });
        found.map(|code| Value::Text(code.code.to_owned())).ok_or_else(|| {
            let places = self.choices(Lang::Vi).join(" · ");
            Message::new(
                format!("\"{typed}\" không có trong danh mục. Chọn: {places}"),
                format!(
                    "\"{typed}\" is not in the list. Choose: {}",
                    self.choices(Lang::En).join(" · ")
                ),
            )
        })
    }

    /// What can be typed here, for the line below: `1 Đăng ký`.
    pub fn choices(self, lang: Lang) -> Vec<String> {
        let codes = self.list().and_then(catalog::list).map_or(&[][..], |list| &list.codes);
        let choice = |(at, code): (usize, &catalog::Code)| match self {
            Column::Star => format!("{} {}", code.code, code.short().get(lang)),
            _ => format!("{} {}", at + 1, code.short().get(lang)),
        };
        codes.iter().enumerate().map(choice).collect()
    }

    /// The value of a row as the sheet shows it.
    pub fn show(self, row: &Row, lang: Lang) -> String {
        if self == Column::Exhibitor {
            return row.exhibitor.clone();
        }
        let Some(value) = row.entry.get(self.key()) else {
            return String::new();
        };
        match (self, value) {
            (Column::Revenue | Column::ContractValue, Value::Number(amount)) => format_money_short(*amount),
            (Column::Star, Value::Text(code)) if code == "0" => Text::new("chưa", "none").get(lang).to_owned(),
            (_, Value::Number(count)) => format_count(*count),
            (Column::Categories, value) => {
                // Labels are long and begin alike: the place tells them apart, the words stand where there is one.
                let places = self.typed(row);
                let label = value.items().first().filter(|_| value.items().len() == 1);
                format!("{places} {}", label.map_or("", |code| self.label(code, lang)))
                    .trim_end()
                    .to_owned()
            }
            (_, value) => value
                .items()
                .iter()
                .map(|code| self.label(code, lang))
                .collect::<Vec<_>>()
                .join(", "),
        }
    }

    /// The short label of a code, or the text itself.
    fn label(self, value: &Value, lang: Lang) -> &str {
        let text = value.as_text().unwrap_or_default();
        let code = self.list().and_then(catalog::list).and_then(|list| list.get(text));
        code.map_or(text, |code| code.short().get(lang))
    }

    /// The value of a row as it would be typed, to go on from.
    pub fn typed(self, row: &Row) -> String {
        if self == Column::Exhibitor {
            return row.exhibitor.clone();
        }
        let list = self.list().and_then(catalog::list);
        let one = |value: &Value| match value {
            Value::Number(number) => number.to_string(),
            value => {
                let text = value.as_text().unwrap_or_default();
                let place = list.filter(|_| self != Column::Star).and_then(|list| list.index(text));
                place.map_or(text.to_owned(), |place| place.to_string())
            }
        };
        let value = row.entry.get(self.key());
        value.map_or(String::new(), |value| {
            value.items().iter().map(one).collect::<Vec<_>>().join(" ")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::World;

    #[test]
    fn every_column_is_a_field() {
        for column in Column::ALL {
            assert_eq!(column.field().key, column.key());
        }
    }

    #[test]
    fn codes_are_typed_by_place_by_stars_or_by_words_without_tones() {
        let world = World::new();
        let read = |column: Column, typed: &str| {
            column
                .read(typed, &world)
                .map(|value| value.map(|value| value.to_json().to_string()))
        };
        for (column, typed, value) in [
            (Column::Categories, "2", "[\"HTX_NU\"]"),
            (Column::Categories, "2 3,2", "[\"HTX_NU\",\"OCOP\"]"),
            (Column::Categories, "khoi nghiep", "[\"KHOI_NGHIEP\"]"),
            (Column::Star, "4", "\"4\""),
            (Column::Star, "0", "\"0\""),
            (Column::State, "2", "\"XAC_NHAN\""),
            (Column::State, "huy", "\"HUY\""),
            (Column::State, "trung bay", "\"DA_TRUNG_BAY\""),
            (Column::Revenue, "1,5 tr", "1500000"),
            (Column::Contracts, "3", "3"),
        ] {
            assert_eq!(read(column, typed), Ok(Some(value.to_owned())), "{typed}");
        }
        for (column, typed) in [
            (Column::Categories, "9"),
            (Column::Star, "2"),
            (Column::State, "5"),
            (Column::State, "xyz"),
            (Column::Revenue, "nhiều"),
            (Column::Revenue, "-5"),
        ] {
            assert!(read(column, typed).is_err(), "{typed}");
        }
        assert_eq!(read(Column::State, " "), Ok(None));
    }
}
