//! The notice 报丧: who died, who handles the funeral, where the body is.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::identity_document::{DocumentError, IdentityDocument, Part};

use super::papers::Named;
use crate::domain::{
    dead::Dead,
    desk::filled,
    document::Document,
    fields::{DivisionCode, DocumentNumber, Name, Phone, ShortText},
};

yiwang_casework::field_kinds! {
    /// Code of a funeral home.
    HomeCode => { "type": "string", "minLength": 1, "maxLength": 14, "x-widget": "funeral-home" };
}

yiwang_casework::code_list! {
    /// Who the handler is, in the order of the law: agreed in life, near relatives, other
    /// relatives, unit or village; the home itself for the unclaimed.
    Relation {
        Agreed = "agreed", "逝者生前约定的人";
        Spouse = "spouse", "配偶";
        Parent = "parent", "父母";
        Child = "child", "子女";
        Sibling = "sibling", "兄弟姐妹";
        Grandparent = "grandparent", "祖父母、外祖父母";
        Grandchild = "grandchild", "孙子女、外孙子女";
        Relative = "relative", "其他亲属";
        Unit = "unit", "生前所在单位、村（居）民委员会、养老机构";
        Home = "home", "殡仪馆（无名、无人认领遗体）";
    }
}

/// 丧事承办人.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Handler {
    /// Name.
    #[schemars(title = "承办人姓名", description = "与身份证一致。", with = "Name")]
    pub name: String,
    /// Document.
    #[serde(default = "citizen_id")]
    #[schemars(title = "证件种类", description = "")]
    pub document: Document,
    /// Who issued it.
    #[serde(default)]
    #[schemars(
        title = "签发国家（地区）",
        description = "照护照资料页填写。",
        with = "ShortText",
        extend("x-show-if" = {"pointer": "document", "equals": ["passport", "permanent_residence", "travel_document"]})
    )]
    pub country: String,
    /// Number.
    #[schemars(
        title = "承办人身份证件号码",
        description = "火化和领取骨灰时核对。",
        with = "DocumentNumber"
    )]
    pub id_number: String,
    /// Relation to the dead.
    #[schemars(title = "与逝者的关系", description = "")]
    pub relation: Relation,
    /// Telephone.
    #[schemars(title = "联系电话", description = "请保持畅通。", with = "Phone")]
    pub phone: String,
}

fn citizen_id() -> Document {
    Document::CitizenId
}

impl Handler {
    fn read(&self) -> Result<IdentityDocument, DocumentError> {
        self.document.read(&self.country, &self.id_number)
    }

    /// As papers name them.
    #[must_use]
    pub fn named(&self) -> Named<'_> {
        Named {
            name: self.name.trim(),
            number: self.id_number.trim(),
        }
    }
}

/// The notice.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "治丧服务", description = "")]
pub struct Form {
    /// The home.
    #[schemars(
        title = "殡仪馆",
        description = "选就近的殡仪馆。",
        with = "HomeCode",
        extend("x-step" = "报丧")
    )]
    pub home: String,
    /// Where the body is to be fetched.
    #[schemars(
        title = "接运地点",
        description = "写到门牌或者医院科室。",
        with = "ShortText",
        extend("x-step" = "报丧")
    )]
    pub address: String,
    /// Six or nine digits: where the person died.
    #[schemars(
        title = "死亡地点所在地",
        description = "选到乡镇（街道）。",
        with = "DivisionCode",
        extend("x-step" = "报丧")
    )]
    pub place: String,
    /// Who died.
    #[schemars(title = "逝者", description = "照死亡证明填写。", extend("x-step" = "逝者"))]
    pub dead: Dead,
    /// Number of the death certificate; may follow.
    #[serde(default)]
    #[schemars(
        title = "死亡证明编号",
        description = "还没有领到的可以先不填，接运前补上。",
        with = "ShortText",
        extend("x-step" = "逝者")
    )]
    pub certificate: String,
    /// 公安机关 lets the body be fetched before there is a certificate.
    #[serde(default)]
    #[schemars(
        title = "公安机关接运通知文号",
        description = "公安机关通知接运的填写，一般不填。",
        with = "ShortText",
        extend("x-step" = "逝者")
    )]
    pub police_paper: String,
    /// Cremation of their own will, where nobody must be cremated.
    #[serde(default)]
    #[schemars(
        title = "自愿火化",
        description = "逝者在土葬改革区，或者属于有土葬习俗的少数民族，家属自愿火化的勾选；任何人不得干涉。",
        extend("x-step" = "逝者")
    )]
    pub voluntary: bool,
    /// Who handles the funeral.
    #[schemars(title = "承办人", description = "", extend("x-step" = "承办人"))]
    pub handler: Handler,
    /// Case of the unclaimed body, when the home itself handles it.
    #[serde(default)]
    #[schemars(
        title = "无人认领遗体办件编号",
        description = "由殡仪馆为无名、无人认领遗体办理时填写，家属不填。",
        with = "ShortText",
        extend("x-step" = "承办人")
    )]
    pub unclaimed: String,
}

impl Form {
    /// Everybody: the handler first.
    pub(super) fn people(&self) -> Vec<Person> {
        let handler = self.handler.read().ok().map(|id| Person {
            id,
            name: self.handler.name.trim().to_owned(),
            relation: "self".to_owned(),
        });
        handler.into_iter().chain(self.dead.person()).collect()
    }

    /// The home handles it itself.
    #[must_use]
    pub fn is_unclaimed(&self) -> bool {
        !self.unclaimed.trim().is_empty()
    }

    /// The dead as papers name them.
    #[must_use]
    pub fn dead_named(&self) -> Named<'_> {
        Named {
            name: self.dead.name.trim(),
            number: self.dead.id_number.trim(),
        }
    }

    /// What is wrong with the fields.
    pub(super) fn violations(&self, now: Timestamp) -> Vec<FieldViolation> {
        let mut found = self.dead.violations("/dead", now);
        let handler = &self.handler;
        found.extend(filled(&self.address, "/address", "请填写到哪里接运。"));
        found.extend(filled(
            &self.place,
            "/place",
            "请选择死亡地点所在的县（市、区）。",
        ));
        found.extend(filled(&handler.name, "/handler/name", "请填写承办人姓名。"));
        found.extend(filled(&handler.phone, "/handler/phone", "请填写联系电话。"));
        if let Err(error) = handler.read() {
            let field = match error.part() {
                Part::Kind => "document",
                Part::Country => "country",
                Part::Number => "id_number",
            };
            let field = format!("/handler/{field}");
            found.push(FieldViolation::new(field, error.reason(), error.message()));
        } else if handler.read().ok() == self.dead.id() {
            let message = "承办人和逝者不能是同一个人，请核对身份证件。";
            found.push(FieldViolation::new(
                "/handler/id_number",
                "SAME_PERSON",
                message,
            ));
        }
        if self.is_unclaimed() != (handler.relation == Relation::Home) {
            let message = "殡仪馆承办的，请填写无人认领遗体办件编号；家属承办的不填。";
            found.push(FieldViolation::new(
                "/unclaimed",
                "UNCLAIMED_NUMBER",
                message,
            ));
        }
        found
    }
}
