//! Where a long-term guardianship stands (rules B2.9).

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

/// Who decides.
pub const COUNTY: &[Role] = &[Role::ChildCounty];
/// Who looks after the children.
pub const CARE: &[Role] = &[Role::ChildCounty, Role::WelfareHome];

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 待复核.
    Opened,
    /// 长期监护中.
    InCare,
    /// 已被收养.
    Adopted,
    /// 已恢复监护人资格.
    Restored,
    /// 已成年.
    Adult,
    /// 已终止.
    Ended,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Opened,
        Self::InCare,
        Self::Adopted,
        Self::Restored,
        Self::Adult,
        Self::Ended,
    ];

    fn spec(self) -> StateSpec {
        let (code, label, awaiting, explanation) = TABLE[self as usize];
        StateSpec {
            code,
            label,
            explanation,
            awaiting,
        }
    }
}

/// Code, label, who is awaited, words; in the order of [`State`].
const TABLE: [(&str, &str, Awaiting, &str); 6] = [
    (
        "opened",
        "待复核",
        Awaiting::Roles(COUNTY),
        "已登记长期监护，请另一人复核证明和判决书；儿童已经有人负责。",
    ),
    (
        "in_care",
        "长期监护中",
        Awaiting::Roles(CARE),
        "收留抚养，落户，上学；有条件的送养。",
    ),
    (
        "adopted",
        "已被收养",
        Awaiting::Nobody,
        "儿童已被收养，监护终止。",
    ),
    (
        "restored",
        "已恢复监护人资格",
        Awaiting::Nobody,
        "人民法院恢复监护人资格，监护终止。",
    ),
    (
        "adult",
        "已成年",
        Awaiting::Nobody,
        "年满十八周岁，监护终止。",
    ),
    (
        "ended",
        "已终止",
        Awaiting::Nobody,
        "监护已经终止，原因见记录。",
    ),
];

#[cfg(test)]
mod tests {
    use yiwang_casework::State as _;

    use super::State;

    #[test]
    fn the_table_is_in_the_order_of_the_states() {
        for state in State::ALL {
            let code = serde_json::to_value(state).unwrap();
            assert_eq!(code, state.spec().code);
        }
    }
}
