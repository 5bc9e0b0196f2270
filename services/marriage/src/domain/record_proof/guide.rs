//! The guide 办事指南.

use yiwang_casework::guide::{Guide, MaterialSpec};

use crate::domain::desk::guide::{asked, issued, shared};

/// What is brought along, shared and issued.
const MATERIALS: &[MaterialSpec] = &[
    asked(
        "identity_card",
        "居民身份证",
        "到场办理的出示；网上办理的，须已经实名核验。",
    ),
    asked(
        "letter",
        "介绍信、调查令或者公函",
        "有权单位查询他人记录的提供，经办人并出示工作证或者律师证。",
    ),
    shared("record", "婚姻登记记录"),
    issued("proof", "婚姻登记记录证明或者无婚姻登记记录证明"),
];

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "查询本人的婚姻登记记录，当场出具有或者无婚姻登记记录的证明。",
        audience: "需要证明本人婚姻登记情况的人；凭函查询的律师、人民法院、人民检察院、公安机关和纪检监察机关。",
        conditions: vec![
            "本人网上办理的，账号已经实名核验；到场办理的，带身份证到任何一个婚姻登记处。",
            "单位凭函查询他人记录的，由经办人到婚姻登记处办理，不能网上办理。",
            "婚姻登记信息有冲突正在核实的，核实后再出具。",
        ],
        legal_basis: vec![
            ("婚姻登记条例（国务院令第804号）", "婚姻登记档案和信息管理"),
            ("婚姻登记档案管理办法", "档案的查询和利用"),
        ],
        materials: MATERIALS.to_vec(),
        steps: vec![
            (
                "申请",
                "本人或者凭函查询的经办人",
                "网上或者任何一个婚姻登记处",
            ),
            ("查询、出具", "系统按全国婚姻登记信息自动查询", "当场"),
        ],
        legal_time_limit: "当场出具。",
        promised_time_limit: "当场办结",
        fee: "不收费",
        result: "婚姻登记记录证明或者无婚姻登记记录证明；查询本人记录的同时有电子证照。证明只反映出具时的登记情况。",
        appeal: "认为记录有误的，可以申请更正；对不予出具不服的，可以依法申请行政复议或者提起行政诉讼。",
        at_counter: false,
        appointment: "",
    }
}
