//! Where an entrustment stands.

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

/// Who works on it.
pub const DESK: &[Role] = &[Role::ChildWorker, Role::ChildSupervisor];

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 待核查被委托人.
    Checking,
    /// 待签订协议.
    Suitable,
    /// 待书面告知.
    Signed,
    /// 照护中.
    Active,
    /// 预警.
    Alert,
    /// 不适合委托.
    Refused,
    /// 已撤回.
    Withdrawn,
    /// 已结束.
    Ended,
    /// 已更换.
    Replaced,
}

/// States in which the carer may not be barred.
pub const TRUSTED: &[State] = &[State::Suitable, State::Signed, State::Active];
/// States that go on.
pub const OPEN: &[State] = &[
    State::Checking,
    State::Suitable,
    State::Signed,
    State::Active,
    State::Alert,
];

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Checking,
        Self::Suitable,
        Self::Signed,
        Self::Active,
        Self::Alert,
        Self::Refused,
        Self::Withdrawn,
        Self::Ended,
        Self::Replaced,
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
const TABLE: [(&str, &str, Awaiting, &str); 9] = [
    (
        "checking",
        "待核查被委托人",
        Awaiting::Roles(DESK),
        "儿童主任正在核查被委托人是否适合照护儿童。",
    ),
    (
        "suitable",
        "待签订协议",
        Awaiting::Roles(DESK),
        "被委托人适合照护。请委托人、被委托人到村（居）委会签订协议。",
    ),
    (
        "signed",
        "待书面告知",
        Awaiting::Roles(DESK),
        "协议已经签订，要书面告知学校和实际居住地村（居）委会。",
    ),
    (
        "active",
        "照护中",
        Awaiting::Standing,
        "请委托人至少每周和儿童、被委托人联系一次，并在这里记下来。",
    ),
    (
        "alert",
        "预警",
        Awaiting::Roles(DESK),
        "照护出现问题。请委托人马上联系村（居）委会，尽快回来或者更换被委托人。",
    ),
    (
        "refused",
        "不适合委托",
        Awaiting::Nobody,
        "被委托人不适合照护儿童。请另外选择被委托人，重新申请。",
    ),
    ("withdrawn", "已撤回", Awaiting::Nobody, "已经撤回。"),
    ("ended", "已结束", Awaiting::Nobody, "委托照护已经结束。"),
    (
        "replaced",
        "已更换",
        Awaiting::Nobody,
        "被委托人已经更换，请看新的办件。",
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
