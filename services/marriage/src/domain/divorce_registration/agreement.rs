//! The divorce agreement 离婚协议书 (民法典 1076): the will to divorce, the children, the
//! property and the debts, all settled.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::domain::desk::fields::{Day, LongText, Name};

yiwang_casework::code_list! {
    /// Who brings a child up.
    RaisedBy {
        A = "a", "申请人一";
        B = "b", "申请人二";
        Both = "both", "双方共同";
    }
}

/// A child of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "子女", description = "")]
pub struct Child {
    /// Name.
    #[schemars(title = "姓名", description = "", with = "Name")]
    pub name: String,
    /// Birthday.
    #[schemars(title = "出生日期", description = "", with = "Day")]
    pub born: Date,
    /// With whom it lives.
    #[schemars(title = "由谁抚养", description = "")]
    pub raised_by: RaisedBy,
    /// Who pays what until when, and when the other one sees it.
    #[schemars(
        title = "抚养费和探望",
        description = "金额、支付方式、期限和探望安排。",
        with = "LongText"
    )]
    pub support: String,
}

/// The agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Agreement {
    /// Both want it.
    #[schemars(title = "双方自愿离婚", description = "")]
    pub will: bool,
    /// Children who are minors, or of age and dependent.
    #[schemars(
        title = "子女抚养",
        description = "没有需要抚养的子女就不填。",
        length(max = 20),
        extend("x-add" = "添加一名子女")
    )]
    pub children: Vec<Child>,
    /// Property.
    #[schemars(
        title = "财产处理",
        description = "没有共同财产的，写“无共同财产”。",
        with = "LongText"
    )]
    pub property: String,
    /// Debts.
    #[schemars(
        title = "债务处理",
        description = "没有共同债务的，写“无共同债务”。",
        with = "LongText"
    )]
    pub debts: String,
}

impl Agreement {
    /// Nothing is left open (民法典 1076, 1078).
    #[must_use]
    pub fn settled(&self) -> bool {
        let said = |text: &str| !text.trim().is_empty();
        let child = |child: &Child| said(&child.name) && said(&child.support);
        self.will && said(&self.property) && said(&self.debts) && self.children.iter().all(child)
    }

    /// Children below `majority` on `day`.
    #[must_use]
    pub fn minors(&self, day: Date, majority: u32) -> i32 {
        let minor = |child: &&Child| years(child.born, day) < i64::from(majority);
        let count = self.children.iter().filter(minor).count();
        i32::try_from(count).unwrap_or(i32::MAX)
    }

    /// Tells one version of the text from another.
    #[must_use]
    pub fn version(&self) -> String {
        let text = serde_json::to_vec(self).unwrap_or_default();
        hex::encode(Sha256::digest(&text).get(..4).unwrap_or_default())
    }
}

/// Full years from `born` to `day`.
fn years(born: Date, day: Date) -> i64 {
    let before = (day.month(), day.day()) < (born.month(), born.day());
    i64::from(day.year()) - i64::from(born.year()) - i64::from(before)
}
