//! The words of the acts: how, what, by which paper; a parent's state as verified.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::{
    entitlements::law::ground::ParentFact,
    family::ParentState,
    fields::{DayOrNone, ShortText},
};

yiwang_casework::code_list! {
    /// How it was verified 查验 (民发〔2019〕62号 二).
    Method {
        Data = "data", "部门数据核对";
        Papers = "papers", "查看证明材料";
        Visit = "visit", "入户调查";
        Neighbours = "neighbours", "邻里走访";
        Letter = "letter", "信函索证";
        Villagers = "villagers", "群众评议";
    }
}

yiwang_casework::code_list! {
    /// What a second look came to.
    Outcome {
        GoesOn = "goes_on", "仍然符合条件，继续发放";
        Ends = "ends", "不再符合条件，终止";
    }
}

yiwang_casework::code_list! {
    /// What may have to be brought, where no department knows it.
    Paper {
        Household = "household", "孩子的户口簿";
        Death = "death", "父母的死亡证明，或者宣告死亡、宣告失踪的判决";
        Disability = "disability", "父母的残疾人证";
        Illness = "illness", "父母重病的诊断证明";
        Detention = "detention", "服刑、强制隔离戒毒等的法律文书";
        Contact = "contact", "公安机关查找满6个月的接警回执";
        Custody = "custody", "撤销监护资格的判决";
        Deported = "deported", "遣送（驱逐）出境的文书";
        Photo = "photo", "孩子的近照";
        Account = "account", "领取账户";
        School = "school", "在校就读证明";
    }
}

/// A parent's state as verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Finding {
    /// State.
    #[schemars(title = "情况", description = "")]
    pub state: ParentState,
    /// Since when.
    #[serde(default)]
    #[schemars(
        title = "从哪天起",
        description = "失联、服刑、戒毒等必填。",
        with = "DayOrNone"
    )]
    pub since: String,
    /// Till when.
    #[serde(default)]
    #[schemars(
        title = "到哪天止",
        description = "刑期、戒毒期限的最后一天，没有的不填。",
        with = "DayOrNone"
    )]
    pub until: String,
    /// By what.
    #[serde(default)]
    #[schemars(
        title = "凭什么认定",
        description = "数据来源或者证明编号。",
        with = "ShortText"
    )]
    pub proof: String,
}

impl Finding {
    /// As the law asks.
    #[must_use]
    pub fn fact(&self) -> ParentFact {
        ParentFact {
            state: self.state,
            since: self.since.trim().parse().ok(),
            until: self.until.trim().parse().ok(),
        }
    }
}
