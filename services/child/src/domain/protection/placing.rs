//! Into whose care a child comes, and what the child said to it (rules B5.9, B5.11, B5.18).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Refusal;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::citizen_id::CitizenId;

use super::{
    law,
    words::{Heard, HomeReason, PlaceKind},
};
use crate::domain::{
    desk::{filled, valid},
    fields::{HiddenText, IdOrNone, Phone, ShortText},
};

/// What the child said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "儿童本人的意见", description = "")]
pub struct Voice {
    /// Heard or not.
    #[schemars(title = "听取儿童意见", description = "")]
    pub heard: Heard,
    /// In the child's words; why not, when not.
    #[serde(default)]
    #[schemars(
        title = "本人怎么说",
        description = "按本人的话写；没有听取的写明原因。",
        with = "HiddenText"
    )]
    pub words: String,
}

/// Where a child is to live and who answers for it there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "安置", description = "")]
pub struct Placing {
    /// Kind of place.
    #[schemars(title = "安置方式", description = "")]
    pub place: PlaceKind,
    /// Carer or institution.
    #[schemars(title = "照护人或者机构", description = "姓名，或者机构全称。", with = "ShortText", extend("x-mask" = "name"))]
    pub carer: String,
    /// The carer's number.
    #[serde(default)]
    #[schemars(
        title = "照护人身份证号",
        description = "亲属抚养、家庭寄养的必须填。",
        with = "IdOrNone"
    )]
    pub carer_id: String,
    /// Telephone.
    #[serde(default)]
    #[schemars(title = "电话", description = "", with = "Phone")]
    pub phone: String,
    /// Why a children's home.
    #[serde(default)]
    #[schemars(
        title = "送儿童福利机构的理由",
        description = "临时监护送儿童福利机构的才选。"
    )]
    pub home_reason: Option<HomeReason>,
}

impl Placing {
    /// The carer's number, when it is one.
    #[must_use]
    pub fn id(&self) -> Option<CitizenId> {
        self.carer_id.trim().parse().ok()
    }

    /// Whether a person and no institution cares.
    #[must_use]
    pub fn by_person(&self) -> bool {
        matches!(self.place, PlaceKind::Relative | PlaceKind::Foster)
    }

    /// In words, without the name.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.place.label()
    }

    fn violations(&self) -> Vec<FieldViolation> {
        let carer = filled(
            &self.carer,
            "/placing/carer",
            "请填写照护人姓名或者机构名称。",
        );
        let mut found: Vec<_> = carer.into_iter().collect();
        if self.by_person() && self.id().is_none() {
            let message = "请填写照护人的身份证号，要核查是否有不能照护儿童的情形。";
            let at = "/placing/carer_id";
            found.push(FieldViolation::new(at, "REQUIRED", message));
        }
        found
    }

    /// Whether this carer may have the child, whose voice was heard.
    ///
    /// # Errors
    /// Field errors; `CARER_BARRED` (未成年人保护法 22, 93).
    pub fn check(&self, voice: &Voice, age: Option<u8>, barred: bool) -> Result<(), Refusal> {
        let mut found = self.violations();
        found.extend(law::voice(voice.heard, &voice.words, age, "/voice"));
        valid(found)?;
        if barred && self.by_person() {
            let message = "这个人有不能照护儿童的情形，或者涉嫌侵害这名儿童，请另选照护人。";
            return Err(crate::domain::desk::at_field(
                "CARER_BARRED",
                "/placing/carer_id",
                message,
            ));
        }
        Ok(())
    }
}
