//! Identity documents as forms ask for them.

use yiwang_civic::identity_document::{DocumentError, DocumentKind, IdentityDocument};

crate::code_list! {
    /// What a person comes with.
    Document {
        CitizenId = "citizen_id", "居民身份证（户口簿、港澳台居民居住证）";
        Passport = "passport", "护照";
        PermanentResidence = "permanent_residence", "外国人永久居留身份证";
        HkMacaoPermit = "hk_macao_permit", "港澳居民来往内地通行证";
        TaiwanPermit = "taiwan_permit", "台湾居民来往大陆通行证";
        TravelDocument = "travel_document", "旅行证件";
    }
}

/// What a field holds before it is filled in.
impl Default for Document {
    fn default() -> Self {
        Self::CitizenId
    }
}

impl Document {
    /// Reads country and number as people type them.
    ///
    /// # Errors
    /// The first field that is wrong.
    pub fn read(self, country: &str, number: &str) -> Result<IdentityDocument, DocumentError> {
        let kind = DocumentKind::from_code(self.code()).ok_or(DocumentError::Kind)?;
        IdentityDocument::read(kind, country, number)
    }
}
