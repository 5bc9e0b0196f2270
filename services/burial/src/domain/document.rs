//! Identity documents as forms ask for them.

use yiwang_civic::identity_document::{DocumentError, DocumentKind, IdentityDocument};

pub use yiwang_casework::document::Document;

yiwang_casework::code_list! {
    /// What a dead person is known by; 无 for a foundling or a body without a name (DC26).
    DeadDocument {
        CitizenId = "citizen_id", "居民身份证（户口簿）";
        Passport = "passport", "护照";
        PermanentResidence = "permanent_residence", "外国人永久居留身份证";
        HkMacaoPermit = "hk_macao_permit", "港澳居民来往内地通行证";
        TaiwanPermit = "taiwan_permit", "台湾居民来往大陆通行证";
        TravelDocument = "travel_document", "旅行证件";
        None = "none", "无";
    }
}

impl DeadDocument {
    /// Reads country and number as people type them; none for 无.
    ///
    /// # Errors
    /// The first field that is wrong.
    pub fn read(
        self,
        country: &str,
        number: &str,
    ) -> Result<Option<IdentityDocument>, DocumentError> {
        match self {
            Self::None => Ok(None),
            kind => {
                let kind = DocumentKind::from_code(kind.code()).ok_or(DocumentError::Kind)?;
                IdentityDocument::read(kind, country, number).map(Some)
            }
        }
    }
}
