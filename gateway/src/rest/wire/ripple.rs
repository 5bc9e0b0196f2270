//! What an act would set going.

use schemars::JsonSchema;
use serde::Serialize;

use super::{all, some, wire};

/// 办了以后会带动的办件和登记
#[derive(Serialize, JsonSchema)]
pub(in crate::rest) struct Foreseen {
    /// 变化：death、death_revoked、marriage、marriage_ended、custody、adoption
    change: String,
    /// 会带动的；只有您能看到的
    touched: Vec<Touched>,
    /// 暂时没有应答的服务
    unavailable: Vec<String>,
}

impl From<crate::clients::Foreseen> for Foreseen {
    fn from(foreseen: crate::clients::Foreseen) -> Self {
        Self {
            change: foreseen.change,
            touched: all(foreseen.touched),
            unavailable: foreseen.unavailable,
        }
    }
}

wire! {
    /// 会带动的一件
    Touched from Touched {
        case_number: Option<String> = |v| some(v),
        title: String = |v| v,
        state_label: String = |v| v,
        division_name: String = |v| v,
        what: String = |v| v,
    }
}
