//! The document somebody comes with, and whether it is one of where they belong (rules A3.4).

use yiwang_civic::{
    country::Country,
    identity_document::{DocumentKind, IdentityDocument},
};

use super::Residence;

yiwang_casework::code_list! {
    /// Kind of identity document.
    Document {
        CitizenId = "citizen_id", "居民身份证、港澳台居民居住证";
        Passport = "passport", "护照";
        PermanentResidence = "permanent_residence", "外国人永久居留身份证";
        HkMacaoPermit = "hk_macao_permit", "港澳居民来往内地通行证";
        TaiwanPermit = "taiwan_permit", "台湾居民来往大陆通行证";
        TravelDocument = "travel_document", "旅行证件";
    }
}

impl From<Document> for DocumentKind {
    fn from(document: Document) -> Self {
        match document {
            Document::CitizenId => Self::CitizenId,
            Document::Passport => Self::Passport,
            Document::PermanentResidence => Self::PermanentResidence,
            Document::HkMacaoPermit => Self::HkMacaoPermit,
            Document::TaiwanPermit => Self::TaiwanPermit,
            Document::TravelDocument => Self::TravelDocument,
        }
    }
}

#[expect(
    clippy::derivable_impls,
    reason = "code_list! takes no attributes of variants"
)]
impl Default for Document {
    fn default() -> Self {
        Self::CitizenId
    }
}

impl Residence {
    /// Where the holder of this document belongs, as far as the document tells it.
    #[must_use]
    pub fn of(document: &IdentityDocument) -> Self {
        let chinese = document.country().is_chinese();
        match document.kind() {
            DocumentKind::CitizenId => Self::of_number(document.number()),
            DocumentKind::HkMacaoPermit => Self::HkMacao,
            DocumentKind::TaiwanPermit => Self::Taiwan,
            DocumentKind::Passport if document.country() == Country::TAIWAN => Self::Taiwan,
            DocumentKind::Passport if document.country() != Country::CHINA && chinese => {
                Self::HkMacao
            }
            DocumentKind::Passport if chinese => Self::OverseasChinese,
            DocumentKind::Passport
            | DocumentKind::PermanentResidence
            | DocumentKind::TravelDocument => Self::Foreign,
        }
    }

    /// 81 and 82 stand on residence permits of Hong Kong and Macao, 83 on those of Taiwan.
    fn of_number(number: &str) -> Self {
        match number.get(..2) {
            Some("81" | "82") => Self::HkMacao,
            Some("83") => Self::Taiwan,
            _ => Self::Mainland,
        }
    }

    /// Whether somebody who belongs here registers with this document: the passports of Hong
    /// Kong, Macao and Taiwan are none for the mainland.
    pub(super) fn accepts(self, document: &IdentityDocument) -> bool {
        let own_passport = document.kind() == DocumentKind::Passport
            && matches!(self, Self::HkMacao | Self::Taiwan);
        self == Self::of(document) && !own_passport
    }

    /// What to bring instead.
    pub(super) fn wanted(self) -> &'static str {
        match self {
            Self::Mainland => "身份类别是内地居民的，用居民身份证办理，请核对身份类别和证件。",
            Self::HkMacao => {
                "香港、澳门居民用港澳居民来往内地通行证或者港澳居民居住证办理，请核对。"
            }
            Self::Taiwan => "台湾居民用台湾居民来往大陆通行证或者台湾居民居住证办理，请核对。",
            Self::OverseasChinese => "华侨用中国护照办理，签发国家填CHN，请核对。",
            Self::Foreign => "外国人用外国护照、外国人永久居留身份证或者旅行证件办理，请核对。",
        }
    }
}
