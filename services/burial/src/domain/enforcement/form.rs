//! What a case is about, and against whom.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::{division, identity_document::IdentityDocument};

use crate::domain::{
    credit_code::CreditCode,
    desk::filled,
    document::Document,
    fields::{CreditCodeText, Day, DivisionCode, DocumentNumber, LongText, Name, Phone, ShortText},
};

yiwang_casework::code_list! {
    /// What it is about (FM26).
    Matter {
        IllegalGrave = "illegal_grave", "违规建造坟墓";
        ClanCemetery = "clan_cemetery", "建立、恢复宗族墓地";
        Residence = "residence", "将居民住宅专门用于安放骨灰";
        Coffins = "coffins", "在火葬区制造、销售棺材等土葬用品";
        Fees = "fees", "清单之外收费、强制捆绑";
        Certificate = "certificate", "伪造、买卖火化证明";
        Transport = "transport", "擅自接运遗体";
        PlotTrade = "plot_trade", "倒卖、炒卖墓位格位";
        Other = "other", "其他";
    }
}

yiwang_casework::code_list! {
    /// Departments of a joint action.
    Department {
        Civil = "civil", "民政";
        Police = "police", "公安";
        Market = "market", "市场监管";
        Land = "land", "自然资源";
        Forestry = "forestry", "林业";
        Water = "water", "水利";
        Transport = "transport", "交通运输";
        Housing = "housing", "住房和城乡建设";
        City = "city", "城市管理";
        Health = "health", "卫生健康";
        Ethnic = "ethnic", "民族宗教";
        Town = "town", "乡镇（街道）";
    }
}

yiwang_casework::code_list! {
    /// Against whom.
    PartyKind {
        Person = "person", "个人";
        Unit = "unit", "单位";
    }
}

/// What is handed in.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "殡葬执法立案", description = "")]
pub struct Form {
    /// Matter.
    #[schemars(title = "案由", description = "", extend("x-step" = "案情"))]
    pub matter: Matter,
    /// Who leads.
    #[schemars(title = "牵头部门", description = "", extend("x-step" = "案情"))]
    pub lead: Department,
    /// Where.
    #[schemars(title = "所在地", description = "", with = "DivisionCode", extend("x-step" = "案情"))]
    pub place: String,
    /// In words.
    #[schemars(title = "地点", description = "", with = "ShortText", extend("x-step" = "案情"))]
    pub address: String,
    /// When it was found.
    #[schemars(title = "发现日期", description = "", with = "Day", extend("x-step" = "案情"))]
    pub found_on: Date,
    /// What is known.
    #[schemars(title = "基本案情", description = "举报人的姓名、电话不要填写在这里。", with = "LongText",
        extend("x-step" = "案情"))]
    pub story: String,
    /// Case of the grave.
    #[serde(default)]
    #[schemars(title = "坟墓整治办件编号", description = "由整治转来的填写。", with = "ShortText",
        extend("x-step" = "案情"))]
    pub grave_case: String,
    /// Person or unit.
    #[schemars(title = "当事人类别", description = "", extend("x-step" = "当事人"))]
    pub party: PartyKind,
    /// Unit.
    #[serde(default)]
    #[schemars(title = "单位名称", description = "个人不填。", with = "ShortText", extend("x-step" = "当事人"))]
    pub unit: String,
    /// Its code.
    #[serde(default)]
    #[schemars(title = "统一社会信用代码", description = "个人不填。", with = "CreditCodeText",
        extend("x-step" = "当事人"))]
    pub unit_code: String,
    /// Name.
    #[schemars(title = "当事人姓名", description = "单位的填法定代表人。", with = "Name", extend("x-step" = "当事人"))]
    pub name: String,
    /// Card.
    #[schemars(title = "身份证号", description = "", with = "DocumentNumber", extend("x-step" = "当事人"))]
    pub number: String,
    /// Telephone.
    #[schemars(title = "电话", description = "", with = "Phone", extend("x-step" = "当事人"))]
    pub phone: String,
}

impl Form {
    fn document(&self) -> Option<IdentityDocument> {
        Document::CitizenId.read("", &self.number).ok()
    }

    /// The party stands for the applicant: it reads its own case and what it may do against it.
    pub(super) fn people(&self) -> Vec<Person> {
        let party = self.document().map(|id| Person {
            id,
            name: self.name.trim().to_owned(),
            relation: "party".to_owned(),
        });
        party.into_iter().collect()
    }

    /// As papers name it.
    #[must_use]
    pub fn party_name(&self) -> &str {
        match self.party {
            PartyKind::Person => self.name.trim(),
            PartyKind::Unit => self.unit.trim(),
        }
    }

    /// As everybody may read it: units by name, persons masked.
    #[must_use]
    pub fn public_name(&self) -> String {
        match self.party {
            PartyKind::Person => yiwang_civic::mask::name(self.name.trim()),
            PartyKind::Unit => self.unit.trim().to_owned(),
        }
    }

    /// What is wrong.
    pub(super) fn violations(&self, division: &str, today: Date) -> Vec<FieldViolation> {
        let mut found = Vec::new();
        found.extend(filled(&self.address, "/address", "请填写地点。"));
        found.extend(filled(&self.story, "/story", "请写明基本案情。"));
        found.extend(filled(&self.name, "/name", "请填写当事人姓名。"));
        if self.party == PartyKind::Unit {
            found.extend(filled(&self.unit, "/unit", "请填写单位名称。"));
            if let Err(error) = self.unit_code.parse::<CreditCode>() {
                found.push(FieldViolation::new(
                    "/unit_code",
                    "CREDIT_CODE",
                    error.message(),
                ));
            }
        }
        if let Err(error) = Document::CitizenId.read("", &self.number) {
            found.push(FieldViolation::new(
                "/number",
                error.reason(),
                error.message(),
            ));
        }
        let county = division.get(..6).unwrap_or(division);
        if !self.place.trim().starts_with(county) || division::find(self.place.trim()).is_none() {
            let message = "案发地应当在本县（市、区）内。";
            found.push(FieldViolation::new("/place", "DIVISION_UNKNOWN", message));
        }
        if self.found_on > today {
            let message = "发现日期晚于今天，请核对。";
            found.push(FieldViolation::new("/found_on", "FUTURE", message));
        }
        found
    }
}
