//! What the two projects share: who handles them, acts that both know.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use yiwang_casework::{Standing, acts::of};
use yiwang_chassis::identity::Role;
use yiwang_civic::money::Fen;

use super::fields::{Day, LongText, ShortText, YesNo};

/// Who decides and pays.
pub const COUNTY: &[Role] = &[Role::ChildCounty];
/// Who receives and looks at an application.
pub const TOWNSHIP: &[Role] = &[Role::TownshipOfficer, Role::ChildSupervisor];
/// Who is near the child and may write down what happens.
pub const NEAR: &[Role] = &[
    Role::TownshipOfficer,
    Role::ChildSupervisor,
    Role::WelfareHome,
    Role::ChildCounty,
];

yiwang_casework::act_data! {
    /// Why.
    Reasons {
        reasons: String, "LongText", "理由", "";
    }
    /// The township has looked.
    Check {
        recommend: bool, "YesNo", "建议同意", "";
        findings: String, "LongText", "核实情况", "看了哪些材料，问了谁。";
    }
    /// The child was adopted.
    Adopted {
        case_number: String, "ShortText", "收养登记编号", "";
        on: Date, "Day", "登记日期", "";
    }
    /// The child has died.
    ChildDied {
        died_on: Date, "Day", "死亡日期", "";
        certificate: String, "ShortText", "证明编号", "";
    }
}

/// Schema of [`Reasons`], for tables of acts.
#[must_use]
pub fn reasons() -> schemars::Schema {
    of::<Reasons>()
}

/// Where a project was received, and by whom.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// 9 or 12 digits.
    pub division: String,
    /// A welfare home applied for a child of its own.
    pub home: bool,
}

impl Place {
    /// Who stands on the case besides the county: the home of the county, or the township.
    #[must_use]
    pub fn standing(&self) -> Vec<Standing> {
        let county = self.division.get(..6).unwrap_or_default();
        let township = self.division.get(..9).unwrap_or_default();
        let near: &[(Role, &str)] = match self.home {
            true => &[(Role::WelfareHome, county)],
            false => &[
                (Role::TownshipOfficer, township),
                (Role::ChildSupervisor, township),
            ],
        };
        let near = near.iter().filter(|(_, at)| !at.is_empty());
        near.map(|(role, at)| Standing {
            role: *role,
            division: (*at).to_owned(),
        })
        .collect()
    }
}

/// An amount in words.
#[must_use]
pub fn yuan(fen: Fen) -> String {
    format!("{}元", fen.yuan())
}
