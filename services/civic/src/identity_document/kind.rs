//! Kinds of identity documents.

use serde::{Deserialize, Serialize};

use crate::country::Country;

/// Which document it is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// 居民身份证, 港澳台居民居住证: whatever carries a citizen ID number
    #[default]
    CitizenId,
    /// 护照
    Passport,
    /// 外国人永久居留身份证
    PermanentResidence,
    /// 港澳居民来往内地通行证
    HkMacaoPermit,
    /// 台湾居民来往大陆通行证
    TaiwanPermit,
    /// 旅行证件, in place of a passport
    TravelDocument,
}

impl DocumentKind {
    /// All of them, the citizen ID number first.
    pub const ALL: [Self; 6] = [
        Self::CitizenId,
        Self::Passport,
        Self::PermanentResidence,
        Self::HkMacaoPermit,
        Self::TaiwanPermit,
        Self::TravelDocument,
    ];

    /// Stable code, as serde writes it.
    pub fn code(self) -> &'static str {
        match self {
            Self::CitizenId => "citizen_id",
            Self::Passport => "passport",
            Self::PermanentResidence => "permanent_residence",
            Self::HkMacaoPermit => "hk_macao_permit",
            Self::TaiwanPermit => "taiwan_permit",
            Self::TravelDocument => "travel_document",
        }
    }

    /// The kind of this code; the empty one is the citizen ID number, as contracts leave it out.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "" => Some(Self::CitizenId),
            code => Self::ALL.into_iter().find(|kind| kind.code() == code),
        }
    }

    /// In Chinese.
    pub fn label(self) -> &'static str {
        match self {
            Self::CitizenId => "居民身份证",
            Self::Passport => "护照",
            Self::PermanentResidence => "外国人永久居留身份证",
            Self::HkMacaoPermit => "港澳居民来往内地通行证",
            Self::TaiwanPermit => "台湾居民来往大陆通行证",
            Self::TravelDocument => "旅行证件",
        }
    }

    /// Whether its country has to be said, since neither kind nor number tell it.
    pub fn asks_country(self) -> bool {
        matches!(
            self,
            Self::Passport | Self::PermanentResidence | Self::TravelDocument
        )
    }

    /// The country that kind and number themselves tell.
    pub(super) fn country_of(self, number: &str) -> Option<Country> {
        match self {
            Self::CitizenId => Some(Country::CHINA),
            Self::HkMacaoPermit if number.starts_with('H') => Some(Country::HONG_KONG),
            Self::HkMacaoPermit => Some(Country::MACAO),
            Self::TaiwanPermit => Some(Country::TAIWAN),
            Self::Passport | Self::PermanentResidence | Self::TravelDocument => None,
        }
    }

    /// Whether somebody of this country can have one. Only foreigners have the permanent
    /// residence card.
    pub(super) fn is_issued_to(self, country: Country) -> bool {
        self != Self::PermanentResidence || !country.is_chinese()
    }
}
