//! The guide 办事指南.

use yiwang_casework::guide::{Guide, MaterialSpec};

use crate::domain::desk::guide::{asked, issued, shared};

/// What is brought along, shared and issued.
const MATERIALS: &[MaterialSpec] = &[
    asked(
        "identity_card",
        "居民身份证",
        "必须，本人到场出示，当面读取。",
    ),
    asked("lost_statement", "补领声明书", "必须，现场填写。"),
    asked(
        "mandate",
        "经公证的授权委托书",
        "由他人代办的必须提供，并带代办人身份证。",
    ),
    shared("identity_check", "身份和婚姻登记档案"),
    issued("certificate", "结婚证或者离婚证"),
];

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "结婚证、离婚证遗失或者损毁的，在任何一个婚姻登记处补领。",
        audience: "在内地办理过结婚登记或者离婚登记的当事人。",
        conditions: vec![
            "婚姻登记档案或者全国婚姻基础信息库能证明原来的登记。",
            "补领结婚证的，婚姻关系仍然存续。",
            "补领离婚证的，双方没有复婚。",
        ],
        legal_basis: vec![("婚姻登记条例（国务院令第804号）", "补领婚姻登记证")],
        materials: MATERIALS.to_vec(),
        steps: vec![
            ("申请", "当事人本人", "任何一个婚姻登记处，可以先预约"),
            ("核验身份、查档", "婚姻登记员", "当场"),
            ("补发", "婚姻登记员", "当场，旧证同时作废"),
        ],
        legal_time_limit: "查到档案的当场补发。",
        promised_time_limit: "当场办结",
        fee: "不收费",
        result: "补发的结婚证或者离婚证，以及电子证照。",
        appeal: "对不予补发不服的，可以依法申请行政复议或者提起行政诉讼。",
        at_counter: true,
        appointment: "reissue",
    }
}
