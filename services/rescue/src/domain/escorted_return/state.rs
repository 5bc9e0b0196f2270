//! Where a return stands.

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

/// Who brings somebody home.
pub const OFFICE: &[Role] = &[Role::Station, Role::CountyOfficer];
/// Not ended.
pub const OPEN: &[State] = &[
    State::Opened,
    State::Forwarded,
    State::Asked,
    State::ToRaise,
    State::Agreed,
    State::OnWay,
];

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 待联系.
    Opened,
    /// 已报省级.
    Forwarded,
    /// 待答复.
    Asked,
    /// 待上报.
    ToRaise,
    /// 已商定.
    Agreed,
    /// 途中.
    OnWay,
    /// 已返回.
    Home,
    /// 已结束.
    Ended,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Opened,
        Self::Forwarded,
        Self::Asked,
        Self::ToRaise,
        Self::Agreed,
        Self::OnWay,
        Self::Home,
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

const HERE: Awaiting = Awaiting::Roles(OFFICE);

/// Code, label, who is awaited, words; in the order of [`State`].
const TABLE: [(&str, &str, Awaiting, &str); 8] = [
    (
        "opened",
        "待联系流出地",
        HERE,
        "请联系流出地；跨省的先报省级民政部门。",
    ),
    (
        "forwarded",
        "已报省级民政部门",
        HERE,
        "省级民政部门发函以后登记。",
    ),
    (
        "asked",
        "待流出地答复",
        HERE,
        "等流出地答复；到期没有答复的逐级上报。",
    ),
    (
        "to_raise",
        "待上报协调",
        HERE,
        "流出地不接收或者没有答复，请上报上一级民政部门。",
    ),
    ("agreed", "已商定", HERE, "返回方式已经商定，请安排。"),
    ("on_way", "护送途中", HERE, "正在护送，到达以后当面交接。"),
    ("home", "已返回", Awaiting::Nobody, "已经交接，返回家乡。"),
    (
        "ended",
        "已结束",
        Awaiting::Nobody,
        "没有接送返回，原因见记录。",
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
