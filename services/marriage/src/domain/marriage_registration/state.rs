//! Where a registration stands (rules A2.3).

use serde::{Deserialize, Serialize};
use yiwang_casework::{Awaiting, StateSpec};
use yiwang_chassis::identity::Role;

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Both are there, their cards are read; the police and the register are asked 初审.
    Checking,
    /// Both declare and sign 声明.
    Declaration,
    /// The registrar examines and asks both 审查.
    Review,
    /// Married 登记.
    Registered,
    /// Both hold their certificate 颁证.
    HandedOver,
    /// Filed 归档.
    Archived,
    /// 不予登记
    Refused,
    /// Given up before registration.
    Cancelled,
}

/// Who registers.
pub const REGISTRARS: &[Role] = &[Role::Clerk];

impl yiwang_casework::State for State {
    const ALL: &'static [Self] = &[
        Self::Checking,
        Self::Declaration,
        Self::Review,
        Self::Registered,
        Self::HandedOver,
        Self::Archived,
        Self::Refused,
        Self::Cancelled,
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

/// Code, label, who is awaited, words for the two; in the order of [`State`].
const TABLE: [(&str, &str, Awaiting, &str); 8] = [
    (
        "checking",
        "联网核对中",
        Awaiting::Department("公安人口信息库"),
        "正在联网核对双方的身份和婚姻状况，通常马上就有结果。",
    ),
    (
        "declaration",
        "待声明",
        Awaiting::Roles(REGISTRARS),
        "请双方阅读《申请结婚登记声明书》，在登记员面前签名、按指印。",
    ),
    (
        "review",
        "审查中",
        Awaiting::Roles(REGISTRARS),
        "登记员正在审查，会分别询问双方是否自愿结婚。符合条件的当场登记。",
    ),
    (
        "registered",
        "已登记",
        Awaiting::Roles(REGISTRARS),
        "结婚登记已经完成，请双方当面领取结婚证。电子证照可以随时查看和出示。",
    ),
    (
        "handed_over",
        "已领证",
        Awaiting::Roles(REGISTRARS),
        "双方已领取结婚证，登记档案正在归档，不需要您再办理什么。",
    ),
    (
        "archived",
        "已归档",
        Awaiting::Nobody,
        "结婚登记已经办结，档案已归档，可以随时申请查询。",
    ),
    (
        "refused",
        "不予登记",
        Awaiting::Nobody,
        "不符合结婚登记条件，理由和救济途径写在《不予办理结婚登记告知书》里。",
    ),
    (
        "cancelled",
        "已取消",
        Awaiting::Nobody,
        "这次登记没有办理。需要时可以重新预约，也可以直接到登记处办理。",
    ),
];
