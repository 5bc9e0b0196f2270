//! The guide 办事指南.

use yiwang_casework::guide::Guide;

use crate::domain::entitlements::procedure::guide::{self, shared};

/// The guide.
pub(super) fn guide() -> Guide {
    guide::guide(
        "父母都去世、失踪或者查找不到的孩子，认定为孤儿，按月发给基本生活费。",
        vec![
            "孩子不满18周岁。",
            "父母双方去世（含宣告死亡）、被宣告失踪，或者查找不到。",
            "满18周岁仍在全日制学校就读的，继续发放到毕业。",
            "不和事实无人抚养儿童补贴、特困人员救助供养同时享受。",
        ],
        vec![
            ("国办发〔2010〕54号", "关于加强孤儿保障工作的意见"),
            ("民发〔2010〕161号", "关于发放孤儿基本生活费的通知"),
        ],
        &[
            shared("death", "父母的死亡证明，或者宣告死亡、宣告失踪的判决"),
            shared("found", "查找不到父母的，公安机关的捡拾报案证明"),
        ],
    )
}
