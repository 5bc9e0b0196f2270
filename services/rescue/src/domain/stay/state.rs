//! Where a person stands between arrival and leaving (rules C2).

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

/// Who works at a station.
pub const STATION: &[Role] = &[Role::Station];

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 到站.
    Arrived,
    /// 先行送医, not admitted yet.
    SentHospital,
    /// 初检完成.
    Screened,
    /// 安检完成.
    Secured,
    /// 已登记.
    Registered,
    /// 在站.
    Admitted,
    /// 住院, admitted.
    InHospital,
    /// 返乡途中.
    OnTrip,
    /// 托养.
    Fostered,
    /// 已离站.
    Left,
    /// 不予救助.
    Refused,
}

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Arrived,
        Self::SentHospital,
        Self::Screened,
        Self::Secured,
        Self::Registered,
        Self::Admitted,
        Self::InHospital,
        Self::OnTrip,
        Self::Fostered,
        Self::Left,
        Self::Refused,
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

impl State {
    /// Admitted: in exactly one place.
    #[must_use]
    pub fn is_admitted(self) -> bool {
        matches!(
            self,
            Self::Admitted | Self::InHospital | Self::OnTrip | Self::Fostered
        )
    }
}

const HERE: Awaiting = Awaiting::Roles(STATION);

/// Code, label, who is awaited, what happens; in the order of [`State`].
const TABLE: [(&str, &str, Awaiting, &str); 11] = [
    (
        "arrived",
        "到站，待初检",
        HERE,
        "请先看有没有需要马上送医、报警的情况。",
    ),
    (
        "sent_hospital",
        "先行送医",
        HERE,
        "正在医院救治；出院后继续办理登记。",
    ),
    (
        "screened",
        "待安检",
        HERE,
        "请当面清点、寄存物品，做安全检查。",
    ),
    (
        "secured",
        "待登记",
        HERE,
        "请填写求助登记表；说不清楚的先救助。",
    ),
    (
        "registered",
        "待甄别",
        HERE,
        "请决定受助，或者书面告知不予救助。",
    ),
    ("admitted", "在站", HERE, "正在站内照料。"),
    ("in_hospital", "住院治疗", HERE, "正在住院，救助不中断。"),
    ("on_trip", "返乡途中", HERE, "正在护送返乡途中。"),
    ("fostered", "托养", HERE, "在托养机构照料，仍由本站负责。"),
    ("left", "已离站", Awaiting::Nobody, "救助已经结束。"),
    (
        "refused",
        "不予救助",
        Awaiting::Nobody,
        "已经书面告知理由和投诉途径。",
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
