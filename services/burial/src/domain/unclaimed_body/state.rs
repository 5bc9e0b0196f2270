//! Where a nameless or unclaimed body stands (rules F11).

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

/// Home and county.
pub const OFFICE: &[Role] = &[Role::Funeral, Role::CountyOfficer];

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 待采集.
    Registered,
    /// 待公告.
    Collected,
    /// 公告中.
    Announced,
    /// 待意见.
    Unanswered,
    /// 可火化.
    Allowed,
    /// 骨灰保存中.
    Kept,
    /// 已生态安葬.
    Placed,
    /// 已认领.
    Claimed,
    /// 已认领，待领骨灰.
    Returning,
    /// 已查明身份.
    Identified,
    /// 骨灰已归还.
    Returned,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Registered,
        Self::Collected,
        Self::Announced,
        Self::Unanswered,
        Self::Allowed,
        Self::Kept,
        Self::Placed,
        Self::Claimed,
        Self::Returning,
        Self::Identified,
        Self::Returned,
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

const OFFICERS: Awaiting = Awaiting::Roles(OFFICE);

/// Code, label, who is awaited, words; in the order of [`State`].
const TABLE: [(&str, &str, Awaiting, &str); 11] = [
    (
        "registered",
        "待采集",
        Awaiting::Department("公安机关"),
        "等公安机关采集指纹、DNA样本和照片，查找身份。",
    ),
    (
        "collected",
        "待公告",
        OFFICERS,
        "身份没有查到，准备发布认领公告。",
    ),
    (
        "announced",
        "公告中",
        Awaiting::Time("公告期满"),
        "认领公告已经发布，知道情况的请与公安机关或者殡仪馆联系。",
    ),
    (
        "unanswered",
        "公告期满，待意见",
        OFFICERS,
        "公告期满没有人认领，等有关部门出具不需要继续保留的意见。",
    ),
    (
        "allowed",
        "可以火化",
        OFFICERS,
        "有关部门已出具意见，由殡仪馆办理火化。",
    ),
    (
        "kept",
        "骨灰保存中",
        OFFICERS,
        "骨灰由殡仪馆保存，仍可认领。",
    ),
    (
        "placed",
        "已生态安葬",
        Awaiting::Nobody,
        "保存期满，骨灰已生态安葬；档案永久保存，DNA继续比对。",
    ),
    (
        "claimed",
        "已认领",
        Awaiting::Nobody,
        "亲属已经认领，由亲属接办后事。",
    ),
    (
        "returning",
        "已认领，待领骨灰",
        Awaiting::Standing,
        "亲属已经认领，请认领人带身份证和亲属关系材料到殡仪馆领取骨灰；保存不收费。",
    ),
    (
        "identified",
        "已查明身份",
        Awaiting::Standing,
        "身份已经查明，正在通知亲属领取骨灰。",
    ),
    (
        "returned",
        "骨灰已归还",
        Awaiting::Nobody,
        "骨灰已交给亲属。",
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
