//! The kinds of administrative unit, as the state names them.

use crate::domain::catalog::lists::list;
use crate::domain::text::Text;

/// A kind of unit. The order is the packed one (see `build.rs`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum UnitKind {
    /// Trung ương, the root above the provinces.
    Centre,
    /// Tỉnh.
    Province,
    /// Thành phố trực thuộc Trung ương, a city that is a province.
    CentralCity,
    /// Huyện, to 30/06/2025.
    District,
    /// Quận, to 30/06/2025.
    UrbanDistrict,
    /// Thị xã, to 30/06/2025.
    Town,
    /// Thành phố thuộc tỉnh, to 30/06/2025.
    ProvincialCity,
    /// Xã.
    Commune,
    /// Phường.
    Ward,
    /// Thị trấn, to 30/06/2025.
    Township,
    /// Đặc khu, since 01/07/2025.
    SpecialZone,
}

impl UnitKind {
    const ALL: [UnitKind; 11] = [
        UnitKind::Centre,
        UnitKind::Province,
        UnitKind::CentralCity,
        UnitKind::District,
        UnitKind::UrbanDistrict,
        UnitKind::Town,
        UnitKind::ProvincialCity,
        UnitKind::Commune,
        UnitKind::Ward,
        UnitKind::Township,
        UnitKind::SpecialZone,
    ];

    pub(super) fn from_packed(byte: u8) -> Option<UnitKind> {
        UnitKind::ALL.get(usize::from(byte)).copied()
    }

    /// Its code in the list `unit_kind`; the Centre's stands in no list.
    pub const fn code(self) -> &'static str {
        match self {
            UnitKind::Centre => "trung_uong",
            UnitKind::Province => "tinh",
            UnitKind::CentralCity => "thanh_pho_tw",
            UnitKind::District => "huyen",
            UnitKind::UrbanDistrict => "quan",
            UnitKind::Town => "thi_xa",
            UnitKind::ProvincialCity => "thanh_pho_huyen",
            UnitKind::Commune => "xa",
            UnitKind::Ward => "phuong",
            UnitKind::Township => "thi_tran",
            UnitKind::SpecialZone => "dac_khu",
        }
    }

    /// 0 the Centre, 1 province, 2 district, 3 commune.
    pub const fn level(self) -> u8 {
        match self {
            UnitKind::Centre => 0,
            UnitKind::Province | UnitKind::CentralCity => 1,
            UnitKind::District | UnitKind::UrbanDistrict | UnitKind::Town | UnitKind::ProvincialCity => 2,
            UnitKind::Commune | UnitKind::Ward | UnitKind::Township | UnitKind::SpecialZone => 3,
        }
    }

    /// The words before a name: "Xã", "Thành phố"; none for the Centre.
    pub const fn prefix(self) -> &'static str {
        match self {
            UnitKind::Centre => "",
            UnitKind::Province => "Tỉnh",
            UnitKind::CentralCity | UnitKind::ProvincialCity => "Thành phố",
            UnitKind::District => "Huyện",
            UnitKind::UrbanDistrict => "Quận",
            UnitKind::Town => "Thị xã",
            UnitKind::Commune => "Xã",
            UnitKind::Ward => "Phường",
            UnitKind::Township => "Thị trấn",
            UnitKind::SpecialZone => "Đặc khu",
        }
    }

    /// What it is called in both languages.
    pub fn label(self) -> Text {
        let known = list("unit_kind").and_then(|kinds| kinds.get(self.code()));
        known.map_or(Text::new("Trung ương", "The Centre"), |code| code.label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_agree_with_their_code_list() {
        let kinds = list("unit_kind").unwrap();
        assert_eq!(kinds.codes.len() + 1, UnitKind::ALL.len());
        for (byte, kind) in UnitKind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, byte);
            if kind != UnitKind::Centre {
                let code = kinds.get(kind.code()).unwrap();
                assert_eq!(code.number("level"), Some(i64::from(kind.level())));
                assert_eq!(kind.label(), code.label);
            }
        }
    }
}
